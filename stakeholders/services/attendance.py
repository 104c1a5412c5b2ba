"""Who is coming and who is there. Why somebody cannot come is written nowhere."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.enums import Coming, MeetingStatus
from stakeholders.models import Attendance, Meeting, Seat
from stakeholders.services import meetings
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.ui.dates import day_in_words, london


class NotTheDay(Refused):
    """Nobody can be there yet."""


@transaction.atomic
def say_coming(meeting: Meeting, *, seat: Seat, coming: str, by: Any) -> None:
    """The person comes, or cannot come. They can change it until the meeting is over.

    The audit keeps that they answered, and not what.
    """
    meeting = meetings.lock(meeting)
    meetings.refuse_unless_open(meeting)
    attendance, _ = Attendance.objects.get_or_create(meeting=meeting, seat=seat)
    attendance.coming = Coming(coming)
    attendance.save(update_fields=["coming"])
    audit.record("attendance.answered", meeting, by=by)


@transaction.atomic
def say_present(meeting: Meeting, *, seat: Seat, is_present: bool, by: Any) -> None:
    """The person is there, or no longer: said by themselves, or by whoever runs the meeting.

    What they speak from is kept with the first time, so that the meeting's count stays.
    """
    meeting = meetings.lock(meeting)
    _refuse_unless_its_day(meeting)
    if seat.panel_id != meeting.panel_id or seat.left_at is not None:
        raise Refused("That person is not on this panel. Nothing was changed.")
    attendance, _ = Attendance.objects.get_or_create(meeting=meeting, seat=seat)
    attendance.is_present = is_present
    if is_present and attendance.first_present_at is None:
        attendance.first_present_at = timezone.now()
        attendance.perspective = seat.perspective
    attendance.save(update_fields=["is_present", "first_present_at", "perspective"])
    audit.record("attendance.presence_changed", meeting, by=by)


def _refuse_unless_its_day(meeting: Meeting) -> None:
    if meeting.status != MeetingStatus.ARRANGED or meeting.starts_at is None:
        raise meetings.NotNow("This meeting is not on. Nothing was changed.")
    day = london(meeting.starts_at).date()
    if london(timezone.now()).date() < day:
        raise NotTheDay(
            f"This meeting is on {day_in_words(day)}. On that day you can say that you are there."
        )
