"""Asking to speak. Next is whoever has spoken least, so that nobody has to fight for a word."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from stakeholders.enums import MeetingStatus
from stakeholders.models import Meeting, Seat, SpeakerTurn
from stakeholders.services import meetings
from vbc.core.services import audit


@transaction.atomic
def ask(meeting: Meeting, *, seat: Seat, by: Any) -> SpeakerTurn:
    """Put the person on the list. Whoever is on it stays where they are."""
    meeting = meetings.lock(meeting)
    if meeting.status != MeetingStatus.ARRANGED:
        raise meetings.NotNow("This meeting is not on. Nothing was changed.")
    try:
        with transaction.atomic():
            turn = SpeakerTurn.objects.create(meeting=meeting, seat=seat, asked_at=timezone.now())
    except IntegrityError:
        return SpeakerTurn.objects.get(
            meeting=meeting, seat=seat, spoke_at__isnull=True, withdrawn_at__isnull=True
        )
    audit.record("turn.asked", turn, by=by)
    return turn


@transaction.atomic
def has_spoken(turn: SpeakerTurn, *, by: Any) -> None:
    """The person has had their turn. It counts when the next is called."""
    if _waiting(turn).update(spoke_at=timezone.now()):
        audit.record("turn.spoken", turn, by=by)


@transaction.atomic
def take_off(turn: SpeakerTurn, *, by: Any) -> None:
    """The person no longer wants to speak now. It does not count as having spoken."""
    if _waiting(turn).update(withdrawn_at=timezone.now()):
        audit.record("turn.withdrawn", turn, by=by)


def _waiting(turn: SpeakerTurn) -> Any:
    return SpeakerTurn.objects.filter(pk=turn.pk, spoke_at__isnull=True, withdrawn_at__isnull=True)
