"""Reads of engagement: whom a panel means to reach, events, and who came."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from stakeholders.models import (
    ConditionWording,
    EngagementEvent,
    EventAttendance,
    Organisation,
    Panel,
    SeldomHeardGroup,
)
from vbc.ui.dates import london


def groups(panel: Panel) -> QuerySet[SeldomHeardGroup]:
    """The groups that the panel means to reach, by name."""
    return panel.seldom_heard_groups.filter(withdrawn_at__isnull=True)


def groups_withdrawn(panel: Panel) -> QuerySet[SeldomHeardGroup]:
    return panel.seldom_heard_groups.filter(withdrawn_at__isnull=False)


def group_of(panel: Panel) -> QuerySet[SeldomHeardGroup]:
    """Every group of this panel and no other."""
    return panel.seldom_heard_groups.select_related("panel__organisation")


def numbers_reached(panel: Panel) -> tuple[list[int], dict[int, dict[int, int]]]:
    """The events of the panel, and for each group how many of it came to which: two queries."""
    events = list(panel.engagement_events.order_by("pk").values_list("pk", flat=True))
    reached: dict[int, dict[int, int]] = {}
    for group, event, number in EventAttendance.objects.filter(
        event__panel=panel, group__isnull=False
    ).values_list("group", "event", "number"):
        reached.setdefault(int(group or 0), {})[event] = number
    return events, reached


def events(panel: Panel) -> QuerySet[EngagementEvent]:
    """The events of the panel with who came, the latest first."""
    return (
        panel.engagement_events.select_related("panel__organisation")
        .prefetch_related(
            Prefetch("attendance", EventAttendance.objects.select_related("group").order_by("pk")),
            "effects",
        )
        .order_by("-held_on", "-pk")
    )


def shared_event(public_id: str) -> EngagementEvent | None:
    """An event that is shared with those who came, for anyone who has its address."""
    return (
        EngagementEvent.objects.filter(public_id=public_id, shared_at__isnull=False)
        .select_related("panel__organisation")
        .prefetch_related("attendance")
        .first()
    )


def shared_events(organisation: Organisation) -> QuerySet[EngagementEvent]:
    """The events of its panels of which everybody can read what came of them, the latest first."""
    return EngagementEvent.objects.filter(
        panel__organisation=organisation, shared_at__isnull=False
    ).order_by("-held_on", "-pk")


@dataclass(frozen=True)
class Happening:
    """Something that happened in the involvement of people, for the log."""

    at: date
    key: int
    thing: Any


@dataclass(frozen=True)
class ToldElsewhere:
    """Something that another app keeps, as the log tells it."""

    what: str
    said: str
    url: str = ""
    came_of_it: str = ""


Source = Callable[[Panel], Iterable[Happening]]
_sources: list[Source] = []


def tells_of(source: Source) -> Source:
    """Register a function that gives what another app knows of the involvement of people."""
    _sources.append(source)
    return source


def happenings(panel: Panel) -> list[Happening]:
    """Everything that belongs into the involvement log, in the order in which it happened."""
    found: list[Happening] = [
        *(Happening(event.held_on, event.pk, event) for event in events(panel)),
        *(Happening(group.created_at, group.pk, group) for group in groups(panel)),
        *(Happening(each.since, each.pk, each) for each in _wordings(panel)),
        *(each for source in _sources for each in source(panel)),
    ]
    return sorted(found, key=lambda each: (day_of(each.at), type(each.thing).__name__, each.key))


def _wordings(panel: Panel) -> Iterable[ConditionWording]:
    return ConditionWording.objects.filter(condition__panel=panel).select_related("condition")


def day_of(moment: date) -> date:
    """The day in London of a moment; a day stays as it is."""
    return london(moment).date() if isinstance(moment, datetime) else moment
