"""Reads about cycles, and what can be chosen for them. Each choice stays in one organisation."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cycles.enums import DecisionStatus
from cycles.models import Cycle, Decision
from evidence.models import NeedsAssessment
from stakeholders.enums import OrganisationRole, PanelStatus
from stakeholders.models import Organisation, OrganisationMember, Panel, Seat, User
from stakeholders.queries.panels import panel_people

ORDERS = {"newest": ("-created_at", "-pk"), "title": ("title", "pk")}


def listed(
    user: Any, *, stage: str = "", topic: str = "", order: str = "newest"
) -> QuerySet[Cycle]:
    """The cycles that `user` may see; `stage` narrows to one, "running" to all but closed ones."""
    cycles = Cycle.objects.visible_to(user).select_related("area", "panel", "needs_assessment")
    if stage == "running":
        cycles = cycles.running()
    elif stage:
        cycles = cycles.filter(stage=stage)
    if topic:
        cycles = cycles.about(topic)
    return cycles.order_by(*ORDERS.get(order, ORDERS["newest"]))


def with_its_things(cycles: QuerySet[Cycle]) -> QuerySet[Cycle]:
    """`cycles` with what a page about one of them shows."""
    return cycles.select_related(
        *("organisation", "area", "lead", "panel__organisation"),
        *("needs_assessment__newer", "previous", "next"),
    )


def organisations_to_start_in(user: Any) -> QuerySet[Organisation]:
    """The organisations in which `user` is a commissioner today."""
    return Organisation.objects.filter(
        pk__in=OrganisationMember.objects.filter(
            user_id=user.pk, role=OrganisationRole.COMMISSIONER, until__isnull=True
        ).values("organisation_id")
    )


def panels_to_choose(organisation: Organisation) -> QuerySet[Panel]:
    """The organisation's panels that have not been closed."""
    return Panel.objects.filter(organisation=organisation).exclude(status=PanelStatus.CLOSED)


def needs_to_choose(organisation: Organisation) -> QuerySet[NeedsAssessment]:
    return NeedsAssessment.objects.filter(organisation=organisation).select_related("area")


def possible_leads(organisation: Organisation, panel: Panel | None = None) -> QuerySet[User]:
    """Who can lead a cycle or own an action: the organisation's staff and the panel's people."""
    works_here = OrganisationMember.objects.filter(
        organisation=organisation, user=OuterRef("pk"), until__isnull=True
    )
    seated = Seat.objects.taking_part().filter(panel=panel, user=OuterRef("pk"))
    return User.objects.filter(Q(Exists(works_here)) | Q(Exists(seated)), is_active=True).order_by(
        "display_name", "pk"
    )


def people_to_tell(cycle: Cycle) -> list[User]:
    """Everyone who takes part in the panel today, and the lead; once each."""
    people = {person.pk: person for person in panel_people(cycle.panel)} if cycle.panel else {}
    if cycle.lead.is_active:
        people.setdefault(cycle.lead_id, cycle.lead)
    return list(people.values())


def has_been_rated(cycle: Cycle) -> bool:
    """Whether the panel has begun to rate any decision of this cycle, its options opened again
    since or not."""
    begun = ~Q(status=DecisionStatus.PREPARING) | Q(rounds__isnull=False)
    return Decision.objects.filter(begun, cycle=cycle).exists()


def free_slug(base: str) -> str:
    """`base`, or `base` with the first number that is free."""
    taken = set(Cycle.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
