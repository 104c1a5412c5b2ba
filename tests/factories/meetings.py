"""Meetings in each state, built through the services."""

import itertools
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from stakeholders.enums import AgendaKind, Perspective
from stakeholders.models import AgendaItem, Meeting, Minutes, Panel, Seat
from stakeholders.services import agendas, attendance, meetings, minutes
from tests.factories import stakeholders as make
from tests.kept import kept

# No number begins with another, so that no name stands inside another.
_numbers = itertools.count(10_001)


@kept
def panel(**of: int) -> Panel:
    """A sitting panel; two service users and a carer unless said otherwise."""
    counts = {
        "service_users": 2,
        "carers": 1,
        "clinicians": 1,
        "evidence_reviewers": 0,
        **of,
    }
    return make.sitting_panel(make.organisation(), **counts)


@kept
def set_up(of: Panel | None = None) -> Meeting:
    """A meeting without a date."""
    of = of or panel()
    fields = {
        "title": f"Meeting {next(_numbers)}",
        "purpose": "We talk about what helps at night.",
        "place": "Room 2, 1 Example Street",
        "length": 90,
    }
    return meetings.set_up(of, fields=fields, by=of.created_by)


@kept
def arranged(of: Panel | None = None, starts_at: datetime | None = None) -> Meeting:
    """A meeting in ten days, unless said otherwise."""
    meeting = set_up(of)
    starts_at = starts_at or timezone.now() + timedelta(days=10)
    meetings.arrange(meeting, starts_at=starts_at, by=meeting.created_by)
    return fresh(meeting)


@kept
def going_on(of: Panel | None = None) -> Meeting:
    """A meeting that began a minute ago, with nobody there yet."""
    return arranged(of, timezone.now() - timedelta(minutes=1))


@kept
def held(of: Panel | None = None, days_ago: int = 14) -> Meeting:
    """A meeting that is over, with an item on its agenda."""
    meeting = arranged(of, timezone.now() - timedelta(days=days_ago))
    item(meeting)
    meetings.close(meeting, by=meeting.created_by)
    return fresh(meeting)


@kept
def item(meeting: Meeting, title: str = "", kind: str = AgendaKind.TALK) -> AgendaItem:
    made = agendas.add(
        meeting, title=title or f"Item {next(_numbers)}", kind=kind, by=meeting.created_by
    )
    made.meeting = meeting
    return made


@kept
def shared(meeting: Meeting) -> Minutes:
    made = minutes.share(meeting, by=meeting.created_by)
    made.meeting = meeting
    return made


def seats(of: Panel, perspective: str) -> list[Seat]:
    """The live seats of one perspective, in the order they joined."""
    return list(
        Seat.objects.live().filter(panel=of, perspective=perspective).select_related("user")
    )


@kept
def come(meeting: Meeting, people: Iterable[Seat]) -> None:
    """These are there."""
    for seat in people:
        attendance.say_present(meeting, seat=seat, is_present=True, by=seat.user)


def with_quorum(meeting: Meeting) -> Meeting:
    """Two service users are there."""
    come(meeting, seats(meeting.panel, Perspective.SERVICE_USER)[:2])
    return fresh(meeting)


def fresh(meeting: Any) -> Meeting:
    return Meeting.objects.select_related("panel").get(pk=meeting.pk)
