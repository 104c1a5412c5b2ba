"""Finding a date that suits most: several are offered, everyone answers, one is picked."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from stakeholders.enums import DateChoice, MeetingStatus
from stakeholders.models import DateAnswer, Meeting, MeetingDate, Seat
from stakeholders.notices import meetings as words
from stakeholders.queries.meetings import told_of_meetings
from stakeholders.services import meetings
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices

SEARCHING = frozenset({MeetingStatus.FINDING_DATE, MeetingStatus.BEING_MOVED})


class NoDateIsLookedFor(Refused):
    """The meeting has its date, or is over."""


@transaction.atomic
def offer(meeting: Meeting, *, starts_at: datetime, by: Any) -> MeetingDate:
    """Put one more date on the list."""
    meeting = _lock_searching(meeting)
    try:
        with transaction.atomic():
            date = MeetingDate.objects.create(meeting=meeting, starts_at=starts_at)
    except IntegrityError:
        raise Refused("This date is on the list already. Nothing was added.") from None
    audit.record("meeting_date.offered", date, by=by)
    return date


@transaction.atomic
def withdraw(date: MeetingDate, *, by: Any) -> None:
    """Take a date off the list."""
    meetings.lock(date.meeting)
    MeetingDate.objects.filter(pk=date.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    audit.record("meeting_date.withdrawn", date, by=by)


@transaction.atomic
def ask_everyone(meeting: Meeting, *, by: Any) -> None:
    """Ask everyone on the panel which of the dates suit them; again when dates were added."""
    meeting = _lock_searching(meeting)
    offered = meeting.dates.filter(withdrawn_at__isnull=True)
    if not offered.exists():
        raise Refused("Put at least one date on the list first. Nobody was asked.")
    newest = offered.order_by("-pk").values_list("pk", flat=True)[0]
    notices.tell_everyone(
        told_of_meetings(meeting.panel), words.DATES_ASKED, meeting, once=str(newest)
    )
    audit.record("meeting.dates_asked", meeting, by=by)


@transaction.atomic
def answer(meeting: Meeting, *, seat: Seat, choices: dict[MeetingDate, str], by: Any) -> None:
    """What one person says of each date. It replaces what they said before."""
    meeting = _lock_searching(meeting)
    for date, choice in choices.items():
        if date.meeting_id != meeting.pk:
            raise Refused("That date belongs to another meeting. Nothing was saved.")
        DateAnswer.objects.update_or_create(
            date=date, seat=seat, defaults={"choice": DateChoice(choice)}
        )
    audit.record("meeting.dates_answered", meeting, by=by)


@transaction.atomic
def pick(date: MeetingDate, *, by: Any) -> None:
    """This is the date. The others stay as history."""
    _lock_searching(date.meeting)
    if MeetingDate.objects.filter(pk=date.pk, withdrawn_at__isnull=False).exists():
        raise Refused("This date was taken off the list a moment ago. Nothing was changed.")
    if date.starts_at <= timezone.now():
        raise Refused("This date has gone by. Offer another one. Nothing was changed.")
    meetings.arrange(date.meeting, starts_at=date.starts_at, by=by)


def _lock_searching(meeting: Meeting) -> Meeting:
    meeting = meetings.lock(meeting)
    if meeting.status not in SEARCHING:
        raise NoDateIsLookedFor(
            "No date is being looked for: this meeting has one, or is over. Nothing was changed."
        )
    return meeting
