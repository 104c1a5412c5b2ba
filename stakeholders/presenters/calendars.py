"""A meeting as a calendar file (iCalendar, RFC 5545)."""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from stakeholders.enums import MeetingStatus
from stakeholders.models import Meeting


def calendar_file(meeting: Meeting) -> bytes:
    """The meeting for somebody's own calendar.

    Its identity stays and its sequence grows, so that a calendar replaces what it had. It says the
    meeting's own name, where and when: not the panel's, nor anything of who reads it.
    """
    if meeting.starts_at is None:
        raise ValueError("A meeting without a time has no calendar file.")
    is_cancelled = meeting.status == MeetingStatus.CANCELLED
    starts_at = meeting.starts_at.astimezone(UTC)
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SERVICE_NAME}//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{meeting.public_id}@{urlsplit(settings.SITE_ADDRESS).hostname}")
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=meeting.length))
    event.add("summary", meeting.title)
    event.add("status", _status(meeting))
    event.add("class", "PRIVATE")
    if where := ", ".join(
        each for each in (*meeting.place.split("\n"), meeting.link) if each.strip()
    ):
        event.add("location", where.replace("\r", ""))
    event.add("url", settings.SITE_ADDRESS + meeting.get_absolute_url())
    calendar.add_component(event)
    return calendar.to_ical()


def _status(meeting: Meeting) -> str:
    if meeting.status == MeetingStatus.CANCELLED:
        return "CANCELLED"
    if meeting.status == MeetingStatus.BEING_MOVED:
        return "TENTATIVE"
    return "CONFIRMED"
