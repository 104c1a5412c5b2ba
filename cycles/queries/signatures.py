"""Who is asked to sign a record, and what was said of which version."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cycles.enums import SignatureKind
from cycles.models import Cycle, DecisionRecord, RecordCorrection, RecordSignature
from stakeholders.enums import OrganisationRole
from stakeholders.models import OrganisationMember, Panel, Seat, User
from stakeholders.queries.panels import staff_of
from vbc.ui.naming import looks_like

SIGNATURES_ASKED = 2
REMIND_FOR = timedelta(days=30)
# Signing is asked for and never owed, so it does not stand among what waits for ever.
ASK_FOR = timedelta(days=30)


def people_to_sign(panel: Panel | None) -> list[User]:
    """The members of the panel who use services and take part today."""
    if panel is None:
        return []
    seats = Seat.objects.counting_as_service_users().taking_part().filter(panel=panel)
    return list(User.objects.filter(pk__in=seats.values("user")).order_by("pk"))


def is_asked_to_sign(user: Any, panel: Panel | None) -> bool:
    """Whether `user` is one of them."""
    if panel is None:
        return False
    seats = Seat.objects.counting_as_service_users().taking_part()
    return seats.filter(panel=panel, user_id=user.pk).exists()


def is_name_of_another(name: str, cycle: Cycle, user: Any) -> bool:
    """Whether `name` looks like that of somebody else who is or was on the panel, or who works for
    its organisation, and not like that of `user`."""
    if not name or looks_like(name, user.display_name):
        return False
    on_the_panel = User.objects.filter(seats__panel=cycle.panel, erased_at__isnull=True)
    people = [*on_the_panel.distinct(), *staff_of(cycle.organisation), cycle.lead]
    return any(looks_like(name, person.display_name) for person in people)


def records_to_sign(user: Any) -> QuerySet[DecisionRecord]:
    """The records that `user` is asked to sign and has said nothing of, as they read now: until
    two have signed that version, and for thirty days at most. One query."""
    panels = Seat.objects.counting_as_service_users().taking_part().filter(user_id=user.pk)
    newest = RecordCorrection.objects.filter(record=OuterRef("pk")).order_by("-number")
    said = RecordSignature.objects.filter(record=OuterRef("pk"), correction=OuterRef("reads"))
    of_it = Q(signatures__kind=SignatureKind.SIGNED, signatures__correction=F("reads"))
    return (
        DecisionRecord.objects.filter(
            decision__cycle__panel__in=panels.values("panel"),
            decision__cycle__in=Cycle.objects.visible_to(user).running(),
        )
        .annotate(
            reads=Coalesce(Subquery(newest.values("number")[:1]), 0),
            reads_since=Coalesce(Subquery(newest.values("made_at")[:1]), F("recorded_at")),
        )
        .annotate(signed=Count("signatures", filter=of_it))
        .filter(
            ~Exists(said.filter(by_id=user.pk)),
            signed__lt=SIGNATURES_ASKED,
            reads_since__gte=timezone.now() - ASK_FOR,
        )
        .select_related("decision__cycle")
        .order_by("recorded_at", "pk")
    )


def signatures_by_version(record: DecisionRecord) -> dict[int, list[RecordSignature]]:
    """What was said of each version, in no order that tells who said it when."""
    by_version: dict[int, list[RecordSignature]] = {}
    said: Iterable[RecordSignature] = record.signatures.all()
    for each in sorted(said, key=lambda one: (one.kind, one.shown_name, one.public_id)):
        by_version.setdefault(each.correction, []).append(each)
    return by_version


def has_said(user: Any, record: DecisionRecord, number: int) -> bool:
    """Whether `user` has signed this version, or said that they do not."""
    return record.signatures.filter(correction=number, by_id=user.pk).exists()


def records_due(today: date) -> QuerySet[DecisionRecord]:
    """The records whose day has come on which the panel looks at them again."""
    return DecisionRecord.objects.filter(
        review_on__range=(today - REMIND_FOR, today)
    ).select_related(
        "decision__cycle__panel", "decision__cycle__organisation", "decision__cycle__lead"
    )


def commissioners_and_lead(cycle: Cycle) -> list[User]:
    """Whoever runs the cycle: its lead, and the commissioners of its organisation, once each."""
    commissioners = OrganisationMember.objects.filter(
        organisation=cycle.organisation,
        role=OrganisationRole.COMMISSIONER,
        until__isnull=True,
    )
    people = User.objects.filter(pk__in=commissioners.values("user"), is_active=True)
    found = {person.pk: person for person in people.order_by("pk")}
    if cycle.lead.is_active:
        found.setdefault(cycle.lead_id, cycle.lead)
    return list(found.values())
