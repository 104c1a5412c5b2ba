"""What pages about meetings say: when in words, what waits for the reader, and never who is
missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import AgendaKind, DateChoice, MeetingStatus, MinutesStatus
from stakeholders.models import AgendaItem, Meeting, MeetingDate, Panel
from stakeholders.permissions.meetings import (
    may_arrange_meeting,
    may_read_minutes,
    may_run_meeting,
    may_take_part_in_meeting,
    may_write_minutes,
)
from stakeholders.presenters.panel_now import coming_words
from stakeholders.presenters.panels import counted
from stakeholders.queries.agendas import agenda_of, asked_for, not_taken_of
from stakeholders.queries.attendance import attendance_of
from stakeholders.queries.meetings import PAPERS_BEFORE, dates_of, papers_of
from stakeholders.queries.panels import seat_of
from vbc.ui.dates import clock, day_in_words, london, moment_in_words

BEING_MOVED = "This meeting is being moved."
KINDS: dict[str, str] = {
    AgendaKind.HEAR: "To hear",
    AgendaKind.TALK: "To talk about",
    AgendaKind.DECIDE: "To decide",
}


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in the panel's list."""

    title: str
    url: str
    sentence: str
    minutes: str


def meeting_rows(meetings: Iterable[Meeting]) -> list[MeetingRow]:
    return [
        MeetingRow(each.title, each.get_absolute_url(), sentence(each), _minutes_word(each))
        for each in meetings
    ]


def sentence(meeting: Meeting) -> str:
    """How the meeting stands, in a sentence or two."""
    when = moment_in_words(meeting.starts_at) if meeting.starts_at else ""
    if meeting.status == MeetingStatus.FINDING_DATE:
        return "A date is being looked for."
    if meeting.status == MeetingStatus.BEING_MOVED:
        return f"{BEING_MOVED} It was to be on {when}. You are told when it has a new date."
    if meeting.status == MeetingStatus.CANCELLED:
        return (
            f"This meeting will not take place. It was to be on {when}."
            if when
            else ("This meeting will not take place.")
        )
    if meeting.status == MeetingStatus.HELD:
        return f"This meeting was on {when}."
    return f"{when}, about {counted(meeting.length, 'minute', 'minutes')}."


def _minutes_word(meeting: Meeting) -> str:
    minutes = getattr(meeting, "record", None)
    if meeting.status != MeetingStatus.HELD:
        return ""
    if minutes is None or minutes.status == MinutesStatus.DRAFT:
        return "Its minutes are being written."
    if minutes.status == MinutesStatus.SHARED:
        return "Its minutes can be read."
    return "Its minutes are agreed."


def list_page(panel: Panel, user: Any, page: Any) -> dict[str, Any]:
    return {
        "panel": panel,
        "page": page,
        "rows": meeting_rows(page),
        "seat": seat_of(user, panel),
        "may_arrange": bool(may_arrange_meeting(user, panel)),
    }


@dataclass(frozen=True)
class AgendaLine:
    """An item with the time at which it should begin."""

    item: AgendaItem
    kind: str
    at: str


def agenda_lines(meeting: Meeting, items: Iterable[AgendaItem]) -> list[AgendaLine]:
    """The items in their order; `at` is empty while the meeting has no date that stands."""
    lines, begins = [], meeting.starts_at
    if meeting.status == MeetingStatus.BEING_MOVED:
        begins = None
    for item in items:
        lines.append(AgendaLine(item, KINDS[item.kind], clock(london(begins)) if begins else ""))
        begins = begins + timedelta(minutes=item.minutes) if begins else None
    return lines


def papers_due(meeting: Meeting) -> str:
    """When agenda and papers are to be there, and whether they are."""
    if meeting.papers_ready_at is not None:
        return f"Sent round on {day_in_words(meeting.papers_ready_at)}."
    if meeting.starts_at is None or meeting.status != MeetingStatus.ARRANGED:
        return "Papers come a week before the meeting."
    due = meeting.starts_at - PAPERS_BEFORE
    if due < timezone.now():
        return f"Papers were due on {day_in_words(due)}, a week before the meeting. They are late."
    return f"Papers come by {day_in_words(due)}, a week before the meeting."


def too_long(meeting: Meeting, items: Iterable[AgendaItem]) -> str:
    """Kind words where the agenda needs more time than there is; empty otherwise."""
    needed = sum(item.minutes for item in items)
    if needed <= meeting.length:
        return ""
    return (
        f"The items need {needed} minutes and the meeting takes {meeting.length}. Leave something "
        "for another time, so that nobody is hurried."
    )


def meeting_page(meeting: Meeting, user: Any) -> dict[str, Any]:
    """What the page of a meeting shows to `user`."""
    seat = seat_of(user, meeting.panel)
    runs = bool(may_run_meeting(user, meeting))
    items = list(agenda_of(meeting))
    mine = attendance_of(meeting, user) if seat else None
    is_searching = meeting.status in (MeetingStatus.FINDING_DATE, MeetingStatus.BEING_MOVED)
    has_minutes = meeting.status == MeetingStatus.HELD or hasattr(meeting, "record")
    return {
        "meeting": meeting,
        "panel": meeting.panel,
        "seat": seat,
        "sentence": sentence(meeting),
        "agenda": agenda_lines(meeting, items),
        "too_long": too_long(meeting, items) if runs else "",
        "asked": list(asked_for(meeting)),
        "not_taken": list(not_taken_of(meeting, user)),
        "papers": list(papers_of(meeting)),
        "papers_due": papers_due(meeting),
        "is_open": meeting.is_open,
        "is_on": meeting.status == MeetingStatus.ARRANGED,
        "is_searching": is_searching,
        "has_dates": is_searching and dates_of(meeting).exists(),
        "coming": coming_words(mine.coming if mine else ""),
        "may_answer": bool(seat) and meeting.status == MeetingStatus.ARRANGED,
        "may_ask": bool(may_take_part_in_meeting(user, meeting)),
        "may_run": runs,
        "may_write": bool(may_write_minutes(user, meeting)) and has_minutes,
        "may_read_minutes": has_minutes and bool(may_read_minutes(user, meeting)),
        "minutes_word": _minutes_word(meeting),
        "has_calendar": meeting.starts_at is not None,
        "documents_url": reverse("reports:meeting-documents", args=[meeting.public_id]),
        "begins_later": meeting.starts_at is not None and meeting.starts_at > timezone.now(),
    }


@dataclass(frozen=True)
class DateRow:
    """A date that is offered, and how it suits people: counts and names, by the names they
    chose."""

    date: MeetingDate
    when: str
    summary: str
    yes: str
    if_need_be: str
    no: str


def dates_page(meeting: Meeting, user: Any, offered: list[MeetingDate]) -> dict[str, Any]:
    is_searching = meeting.status in (MeetingStatus.FINDING_DATE, MeetingStatus.BEING_MOVED)
    takes_part = bool(may_take_part_in_meeting(user, meeting))
    return {
        "meeting": meeting,
        "panel": meeting.panel,
        "seat": seat_of(user, meeting.panel),
        "rows": [_date_row(each) for each in offered],
        "is_searching": is_searching,
        "may_answer": is_searching and bool(offered) and takes_part,
        "may_run": is_searching and bool(may_run_meeting(user, meeting)),
    }


def _date_row(date: MeetingDate) -> DateRow:
    names: dict[str, list[str]] = {choice: [] for choice in DateChoice.values}
    for answer in date.answers.all():
        names[answer.choice].append(answer.seat.user.display_name)
    yes, need, no = (names[c] for c in (DateChoice.YES, DateChoice.IF_NEED_BE, DateChoice.NO))
    return DateRow(
        date,
        moment_in_words(date.starts_at),
        f"Yes: {len(yes)}. If need be: {len(need)}. No: {len(no)}.",
        ", ".join(yes),
        ", ".join(need),
        ", ".join(no),
    )
