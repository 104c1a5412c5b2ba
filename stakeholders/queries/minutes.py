"""Minutes, what was decided in meetings, and what people took on."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from stakeholders.enums import MeetingStatus, MinutesStatus
from stakeholders.models import (
    AgendaItem,
    Correction,
    Meeting,
    MeetingAction,
    MeetingDecision,
    Minutes,
    OrganisationMember,
    Panel,
    User,
)
from stakeholders.queries.agendas import agenda_of
from stakeholders.queries.attendance import expected_at


def minutes_of(meeting: Meeting) -> Minutes | None:
    return Minutes.objects.filter(meeting=meeting).select_related("agreed_in__panel").first()


def items_with_minutes(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The agenda, each item with what was said, decided and taken on: four queries in all."""
    return (
        agenda_of(meeting)
        .select_related("note")
        .prefetch_related(
            Prefetch("decisions", MeetingDecision.objects.order_by("recorded_at", "pk")),
            Prefetch(
                "actions", MeetingAction.objects.standing().select_related("owner").order_by("pk")
            ),
        )
    )


def corrections_of(minutes: Minutes) -> QuerySet[Correction]:
    return minutes.corrections.select_related("author", "answered_by").order_by("created_at", "pk")


def correction_of(meeting: Meeting, public_id: str) -> Correction | None:
    return (
        Correction.objects.filter(minutes__meeting=meeting, public_id=public_id)
        .select_related("author", "minutes__meeting__panel")
        .first()
    )


def minutes_to_agree(meeting: Meeting) -> QuerySet[Minutes]:
    """Shared minutes of the panel's earlier meetings, which this one can agree, oldest first."""
    return (
        Minutes.objects.filter(
            meeting__panel=meeting.panel_id,
            meeting__status=MeetingStatus.HELD,
            meeting__starts_at__lt=meeting.starts_at,
            status=MinutesStatus.SHARED,
        )
        .select_related("meeting__panel")
        .order_by("meeting__starts_at", "pk")
        if meeting.starts_at
        else Minutes.objects.none()
    )


def action_of(item: AgendaItem, public_id: str) -> MeetingAction | None:
    """An action of this item and no other, while it stands."""
    return MeetingAction.objects.standing().filter(item=item, public_id=public_id).first()


def actions_of(user: Any) -> QuerySet[MeetingAction]:
    """What the person took on in meetings: open first, then by date."""
    return (
        MeetingAction.objects.visible_to(user)
        .filter(owner_id=user.pk)
        .select_related("item__meeting__panel")
        .order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")
    )


def open_actions_of(user: Any) -> QuerySet[MeetingAction]:
    """What the person took on in meetings and has not done yet, what is due first on top."""
    return actions_of(user).open()  # type: ignore[attr-defined]


def people_to_act(panel: Panel) -> QuerySet[User]:
    """Who can take something on: those who may come to meetings and the organisation's staff, by
    name. Not who stands ready to step in: whoever chairs would read the reserve list off it."""
    works_here = OrganisationMember.objects.filter(
        organisation=panel.organisation_id, user=OuterRef("pk"), until__isnull=True
    )
    comes = Q(pk__in=expected_at(panel).values("user"))
    return User.objects.filter(Exists(works_here) | comes, is_active=True).order_by(
        "display_name", "pk"
    )
