"""The day of a meeting: who is there, whose turn it is, and whether it can decide.

Roles are counted only for those who may see them, and never while the panel waits.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from stakeholders.enums import MeetingStatus
from stakeholders.models import Meeting, Seat
from stakeholders.permissions.meetings import (
    may_come_to_meetings,
    may_run_meeting,
    may_write_minutes,
)
from stakeholders.permissions.panels import may_read_roles
from stakeholders.presenters.meetings import agenda_lines, sentence
from stakeholders.presenters.panels import by_name, who_takes_part
from stakeholders.queries.attendance import (
    attendance_by_seat,
    came_by_perspective,
    can_decide,
    expected_at,
)
from stakeholders.queries.minutes import items_with_minutes, minutes_to_agree
from stakeholders.queries.panels import Composition, seat_of, works_for
from stakeholders.queries.speakers import queue_of
from vbc.ui.dates import london

CAN_DECIDE = "This meeting can decide."
CAN_TALK = "This meeting can talk; it cannot decide now."


@dataclass(frozen=True)
class Person:
    """Somebody on the panel, as whoever runs the meeting sees them on the day."""

    seat: Seat
    name: str
    is_present: bool
    said: str


@dataclass(frozen=True)
class Turn:
    """Somebody who waits to speak."""

    public_id: str
    name: str
    is_reader: bool
    spoken: int


def now_page(meeting: Meeting, user: Any) -> dict[str, Any]:
    """What changes from minute to minute: the part of the page that is asked for again.

    Who is there is not for somebody who only stands ready: with whom a meeting could decide, and
    without whom it no longer can, would tell them from home what those people speak from.
    """
    people = _people(meeting)
    seat = seat_of(user, meeting.panel)
    turns = [
        Turn(each.public_id, each.seat.user.display_name, each.seat.user_id == user.pk, each.spoken)
        for each in queue_of(meeting)
    ]
    is_on = meeting.status == MeetingStatus.ARRANGED
    may_run = bool(may_run_meeting(user, meeting))
    is_for_those_there = works_for(user, meeting.panel.organisation) or may_run
    return {
        "meeting": meeting,
        "panel": meeting.panel,
        "seat": seat,
        "is_on": is_on,
        "is_its_day": is_on and _is_its_day(meeting),
        "quorum": CAN_DECIDE if is_on and can_decide(meeting) else CAN_TALK,
        "sees_who_is_here": is_for_those_there or bool(may_come_to_meetings(user, meeting.panel)),
        "present": [person.name for person in people if person.is_present],
        "people": people,
        "turns": turns,
        "next": turns[0] if turns else None,
        "my_turn": next((turn for turn in turns if turn.is_reader), None),
        "am_present": any(p.is_present and p.seat.user_id == user.pk for p in people),
        "may_run": may_run,
    }


def room_page(meeting: Meeting, user: Any) -> dict[str, Any]:
    """One calm screen for the day."""
    now = now_page(meeting, user)
    return now | {
        "sentence": sentence(meeting),
        "agenda": agenda_lines(meeting, items_with_minutes(meeting)),
        "may_write": bool(may_write_minutes(user, meeting)),
        "to_agree": list(minutes_to_agree(meeting)) if now["may_run"] else [],
    }


def roles_there(meeting: Meeting, user: Any) -> str:
    """How many of each were there, in words; empty for whoever may not see roles."""
    if not may_read_roles(user, meeting.panel):
        return ""
    return who_takes_part(Composition(came_by_perspective(meeting)))


def _people(meeting: Meeting) -> list[Person]:
    said = attendance_by_seat(meeting)
    people = []
    for seat in by_name(expected_at(meeting.panel)):
        answer = said.get(seat.pk)
        people.append(
            Person(
                seat,
                seat.user.display_name,
                bool(answer and answer.is_present),
                answer.get_coming_display() if answer else "",
            )
        )
    return people


def _is_its_day(meeting: Meeting) -> bool:
    if meeting.starts_at is None:
        return False
    return london(timezone.now()).date() >= london(meeting.starts_at).date()
