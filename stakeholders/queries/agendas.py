"""The agenda of a meeting, and what was asked for."""

from typing import Any

from django.db.models import QuerySet

from stakeholders.enums import AgendaStatus
from stakeholders.models import AgendaItem, Meeting


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """What is on the agenda, in its order."""
    return meeting.items.filter(withdrawn_at__isnull=True, status=AgendaStatus.TAKEN).order_by(
        "position", "pk"
    )


def asked_for(meeting: Meeting) -> QuerySet[AgendaItem]:
    """What somebody asked for and nobody has answered yet, oldest first."""
    return (
        meeting.items.filter(withdrawn_at__isnull=True, status=AgendaStatus.ASKED)
        .select_related("asked_by")
        .order_by("pk")
    )


def not_taken_of(meeting: Meeting, user: Any) -> QuerySet[AgendaItem]:
    """What this person asked for and is not on the agenda this time, with the reason."""
    return meeting.items.filter(
        withdrawn_at__isnull=True, status=AgendaStatus.NOT_TAKEN, asked_by_id=user.pk
    ).order_by("pk")


def item_of(meeting: Meeting, public_id: str) -> AgendaItem | None:
    """An item of this meeting and no other, taken or asked for."""
    return meeting.items.filter(
        public_id=public_id,
        withdrawn_at__isnull=True,
        status__in=[AgendaStatus.TAKEN, AgendaStatus.ASKED],
    ).first()
