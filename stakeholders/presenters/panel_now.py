"""What the page of a panel says of now: what waits for the reader on it, and what comes up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from stakeholders.enums import Coming, MeetingStatus, PanelStatus, SeatStatus
from stakeholders.models import Meeting, Panel, Seat
from stakeholders.queries.meetings import coming_for, meetings_of
from vbc.ui.dates import moment_in_words

MOST_MEETINGS = 3
# Among the latest of a panel's meetings stand all that are to come.
LATEST = 20
SAID = {
    Coming.YES: "You said that you are coming.",
    Coming.NO: "You said that you cannot come. That is all right.",
}
SEARCHING = {
    MeetingStatus.FINDING_DATE: "A date is being looked for.",
    MeetingStatus.BEING_MOVED: "A new date is being looked for.",
}


@dataclass(frozen=True)
class Now:
    """Something that waits for the reader or comes up, and when, in words."""

    title: str
    url: str
    when: str = ""


def for_reader(panel: Panel, seat: Seat | None, user: Any, *, can_step_in: bool) -> dict[str, Any]:
    """What waits for the reader, and the next meetings, for everyone who sees the panel."""
    meetings = _meetings(panel, seat, user)
    return {
        "waiting": _waiting(panel, seat, meetings, can_step_in=can_step_in),
        "meetings": [_meeting(each) for each in meetings[:MOST_MEETINGS]],
    }


def _meetings(panel: Panel, seat: Seat | None, user: Any) -> list[Meeting]:
    """Those to come, soonest first; with what the reader said of each, where they have a seat."""
    if seat is not None:
        return list(coming_for(user).filter(panel=panel))
    to_come = [each for each in meetings_of(panel)[:LATEST] if each.is_open]
    dated = [each for each in reversed(to_come) if each.starts_at]
    return dated + [each for each in to_come if not each.starts_at]


def _waiting(
    panel: Panel, seat: Seat | None, meetings: Iterable[Meeting], *, can_step_in: bool
) -> list[Now]:
    """Of whoever only stands ready to step in, that alone is asked; and nothing of whoever has
    stepped away, or while the panel waits: the page says that there is nothing one needs to do."""
    if can_step_in:
        title = "Say whether you can step in for a while"
        return [Now(title, reverse("stakeholders:your-part", args=[panel.public_id]))]
    asks_nothing = (SeatStatus.AWAY, SeatStatus.STANDBY)
    if seat is None or seat.status in asks_nothing or panel.status == PanelStatus.PAUSED:
        return []
    return [_question(each) for each in meetings if _asks(each)]


def _asks(meeting: Any) -> bool:
    """Whether the meeting waits for a word from the reader."""
    is_arranged = meeting.status == MeetingStatus.ARRANGED
    return (is_arranged and not meeting.coming) or meeting.asks_for_dates


def _question(meeting: Meeting) -> Now:
    if meeting.status == MeetingStatus.ARRANGED and meeting.starts_at:
        title = f"Say whether you are coming to “{meeting.title}”"
        return Now(title, meeting.get_absolute_url(), moment_in_words(meeting.starts_at))
    url = reverse("stakeholders:meeting-dates", args=[meeting.panel.public_id, meeting.public_id])
    return Now(f"Say which dates suit you for “{meeting.title}”", url, "About 2 minutes")


def _meeting(meeting: Meeting) -> Now:
    when = SEARCHING.get(MeetingStatus(meeting.status), "")
    if not when and meeting.starts_at:
        said = coming_words(getattr(meeting, "coming", ""))
        when = f"{moment_in_words(meeting.starts_at)}. {said}".strip()
    return Now(meeting.title, meeting.get_absolute_url(), when)


def coming_words(coming: str | None) -> str:
    """What the reader said of coming to a meeting; empty where they have not."""
    return SAID[Coming(coming)] if coming else ""
