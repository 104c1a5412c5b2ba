"""Concerns about somebody's safety: who reads which, and where a person can turn."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from stakeholders.enums import ConcernStatus, ConcernStepKind, OrganisationRole
from stakeholders.models import (
    Concern,
    ConcernStep,
    Organisation,
    OrganisationMember,
    Panel,
    Seat,
    User,
)
from stakeholders.queries.panels import works_for

NEWS_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Reach:
    """Where a person can turn: panels of theirs, and organisations for everything else."""

    panels: list[Panel]
    organisations: list[Organisation]
    # Who works where, of the people who are named: pairs of organisation and person.
    at_work: frozenset[tuple[int, int]]

    def reader(self, about: Panel | Organisation) -> User | None:
        """Who would read what belongs to `about` today."""
        organisation = about.organisation if isinstance(about, Panel) else about
        named: list[Any] = [organisation.safeguarding_lead]
        if isinstance(about, Panel):
            named.insert(0, about.safeguarding_lead)
        return next(
            (each for each in named if each and (organisation.pk, each.pk) in self.at_work), None
        )


def reach_of(user: Any) -> Reach:
    """The panels that `user` is or was on or may see, and the organisations they belong to.

    Whoever has left can still say what happened. Whoever belongs nowhere can turn to each
    organisation that has named somebody.
    """
    panels = list(
        Panel.objects.filter(
            Q(pk__in=Panel.objects.visible_to(user).values("pk"))
            | Q(pk__in=Seat.objects.filter(user=user.pk).values("panel"))
        )
        .select_related("organisation__safeguarding_lead", "safeguarding_lead")
        .order_by("name", "pk")
    )
    works_at = Organisation.objects.of_staff(user).select_related("safeguarding_lead")
    found = {each.organisation.pk: each.organisation for each in panels}
    found |= {each.pk: each for each in works_at}
    if not found:
        named = Organisation.objects.filter(safeguarding_lead__isnull=False)
        found = {each.pk: each for each in named.select_related("safeguarding_lead")}
    organisations = sorted(found.values(), key=lambda each: (each.name, each.pk))
    at_work = OrganisationMember.objects.filter(
        organisation__in=organisations, until__isnull=True, user__is_active=True
    ).values_list("organisation", "user")
    return Reach(panels, organisations, frozenset(at_work))


def readers_of(concern: Concern) -> list[User]:
    """The named leads who may read `concern` today: none, one, or both."""
    named = Concern.objects.filter(pk=concern.pk).values_list(
        "panel__safeguarding_lead", "organisation__safeguarding_lead"
    )
    leads = User.objects.filter(pk__in={each for pair in named for each in pair if each})
    return [
        lead
        for lead in leads.order_by("pk")
        if Concern.objects.visible_to(lead).filter(pk=concern.pk).exists()
    ]


def is_a_lead(user: Any) -> bool:
    """Whether `user` is named as a lead today, with or without anything to read."""
    works_at = Organisation.objects.of_staff(user)
    return (
        works_at.filter(safeguarding_lead=user.pk).exists()
        or Panel.objects.filter(safeguarding_lead=user.pk, organisation__in=works_at).exists()
    )


def queue_of(user: Any, *, show: str = "open") -> QuerySet[Concern]:
    """What `user` reads as a lead: where somebody is in danger first, then what is due first."""
    concerns = Concern.objects.visible_to(user).select_related("panel", "organisation")
    if show == "open":
        concerns = concerns.still_open()
    elif show == "closed":
        concerns = concerns.filter(status=ConcernStatus.CLOSED)
    return concerns.order_by("-is_in_danger", "look_by", "pk")


def own_concerns(user: Any) -> QuerySet[Concern]:
    """What `user` raised, with what was done about it, newest first."""
    return (
        Concern.objects.raised_by(user)
        .select_related("panel", "organisation")
        .prefetch_related("steps")
        .order_by("-raised_at", "-pk")
    )


def own_news(user: Any) -> QuerySet[Concern]:
    """Of what `user` raised, what is open or was moved on in the last two weeks."""
    moved = ConcernStep.objects.filter(
        concern=OuterRef("pk"), at__gt=timezone.now() - NEWS_FOR
    ).exclude(kind=ConcernStepKind.NOTE)
    return (
        Concern.objects.raised_by(user)
        .filter(~Q(status=ConcernStatus.CLOSED) | Exists(moved))
        .order_by("raised_at", "pk")
    )


def people_to_name(organisation: Organisation) -> QuerySet[User]:
    """Who can be a lead: everyone who works for the organisation, by name."""
    works_here = OrganisationMember.objects.filter(organisation=organisation, until__isnull=True)
    return User.objects.filter(pk__in=works_here.values("user"), is_active=True).order_by(
        "display_name", "pk"
    )


def is_lead_for(user: Any, panel: Panel | None) -> bool:
    """Whether `user` is the panel's named lead, and works for its organisation."""
    if panel is None or panel.safeguarding_lead_id != user.pk:
        return False
    return works_for(user, panel.organisation)


def reads_concerns_of(about: Panel | Organisation) -> User | None:
    """The lead who is named for a panel, or an organisation, and works there today."""
    organisation = about.organisation if isinstance(about, Panel) else about
    named: User | None = about.safeguarding_lead
    if named is None or not named.is_active or not works_for(named, organisation):
        return None
    return named


def who_can_name(organisation: Organisation) -> list[User]:
    """Whoever can name a lead, told when nobody is left to read: its administrators, else staff."""
    staff = OrganisationMember.objects.filter(organisation=organisation, until__isnull=True)
    admins = staff.filter(role=OrganisationRole.ADMIN, user__is_active=True)
    chosen = admins if admins.exists() else staff.filter(user__is_active=True)
    return list(User.objects.filter(pk__in=chosen.values("user")).order_by("pk"))
