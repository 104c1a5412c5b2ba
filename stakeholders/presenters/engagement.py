"""What pages say about whom a panel reached and what people said. Numbers leave through
`disclosure.attendance` unless the reader works for the organisation."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from stakeholders.disclosure import attendance
from stakeholders.enums import CameAs, EngagementEffect
from stakeholders.models import ConditionWording, EngagementEvent, Panel, SeldomHeardGroup
from stakeholders.queries.engagement import Happening, ToldElsewhere, day_of
from vbc.ui.dates import day_in_words

HEAD = ("Who came", {"text": "How many", "numeric": True})
ROUNDED = (
    "Numbers are rounded down to whole fives, and below five we say no more than that. A total "
    "adds up only what is shown. So nobody can be picked out, whatever else is known of an event."
)


@dataclass(frozen=True)
class GroupRow:
    """A group whom the panel means to reach."""

    name: str
    target_words: str
    target: int | None
    reached: str
    is_reached: bool
    progress: str
    edit_url: str
    withdraw_url: str


def group_rows(
    panel: Panel,
    groups: Iterable[SeldomHeardGroup],
    numbers: tuple[list[int], dict[int, dict[int, int]]],
    *,
    exact: bool,
    may_edit: bool,
) -> list[GroupRow]:
    events, reached = numbers
    rows = []
    for group in groups:
        came = [reached.get(group.pk, {}).get(event, 0) for event in events]
        shown = sum(came) if exact else attendance.total(came).at_least
        args = [panel.public_id, group.public_id]
        rows.append(
            GroupRow(
                name=group.name,
                target_words=group.target_words,
                target=group.target,
                reached=reached_in_words(came, exact=exact),
                is_reached=group.target is not None and shown >= group.target,
                progress=group.progress,
                edit_url=reverse("stakeholders:edit-group", args=args) if may_edit else "",
                withdraw_url=reverse("stakeholders:withdraw-group", args=args) if may_edit else "",
            )
        )
    return rows


def reached_in_words(came: list[int], *, exact: bool) -> str:
    """How many of a group came to the events so far, as a sentence."""
    if not came:
        return "There was no event yet."
    if exact:
        return f"{sum(came)} at {_events(len(came))}."
    total = attendance.total(came)
    large = len(came) - total.left_out
    if not large:
        where = "the one event" if len(came) == 1 else f"each of {len(came)} events"
        return f"Fewer than five at {where} so far."
    sentence = f"At least {total.at_least} at {_events(large)}."
    if total.left_out == 1:
        return f"{sentence} At one more, fewer than five."
    if total.left_out:
        return f"{sentence} At each of {total.left_out} more, fewer than five."
    return sentence


def _events(number: int) -> str:
    return "one event" if number == 1 else f"{number} events"


def event_rows(events: Iterable[EngagementEvent], *, exact: bool) -> list[dict[str, str]]:
    """Each event, for the list."""
    return [
        {
            "title": event.title,
            "url": event.get_absolute_url(),
            "what": f"{event.get_kind_display()}, {day_in_words(event.held_on)}",
            "came": total_in_words(event, exact=exact),
            "state": state(event),
        }
        for event in events
    ]


def state(event: EngagementEvent) -> str:
    """Whether there is something to read on what came of it."""
    if event.what_came_of_it or event.what_could_not_be_done:
        return "What came of it is written down."
    return "What came of it is not known yet."


def total_in_words(event: EngagementEvent, *, exact: bool) -> str:
    """How many came in all; what is not written down counts as few."""
    came = _came_as(event)
    if exact:
        return f"{sum(came.values())} came"
    total = attendance.total(came.values())
    return f"At least {total.at_least} came" if total.at_least else "A few people came"


def attendance_rows(event: EngagementEvent, *, exact: bool) -> list[list[str]]:
    """Who came: in every part, and of every group that was counted, so far as the reader may see.

    Whether a number was written down at all shows to nobody else: every part has its row.
    """

    def words(number: int) -> str:
        return str(number) if exact else attendance.number_in_words(number).capitalize()

    came = _came_as(event)
    return [[str(CameAs(part).label), words(number)] for part, number in came.items()]


def groups_counted(
    event: EngagementEvent, groups: Iterable[SeldomHeardGroup], *, exact: bool
) -> list[list[str]]:
    """The same for the groups that the panel means to reach."""
    numbers = {each.group_id: each.number for each in event.attendance.all() if each.group_id}
    rows = []
    for group in groups:
        number = numbers.get(group.pk, 0)
        shown = str(number) if exact else attendance.number_in_words(number).capitalize()
        rows.append([group.name, shown])
    return rows


def _came_as(event: EngagementEvent) -> dict[str, int]:
    """A number for every part; none where none was written down."""
    written = {each.came_as: each.number for each in event.attendance.all() if each.came_as}
    return {part.value: written.get(part.value, 0) for part in CameAs}


def effects(event: EngagementEvent) -> list[str]:
    """What it added, in the order of the list."""
    there = {each.effect for each in event.effects.all()}
    return [str(effect.label) for effect in EngagementEffect if effect.value in there]


def shared_address(event: EngagementEvent) -> str:
    """Where those who came can read what came of it; empty where it is not shared."""
    if event.shared_at is None:
        return ""
    return settings.SITE_ADDRESS + reverse("stakeholders:what-came-of-it", args=[event.public_id])


def log_rows(happenings: Iterable[Happening]) -> list[dict[str, Any]]:
    """The involvement log: what happened, in order."""
    return [{"day": day_of(each.at)} | _happened(each.thing) for each in happenings]


def _happened(
    thing: EngagementEvent | SeldomHeardGroup | ConditionWording | ToldElsewhere,
) -> dict[str, Any]:
    if isinstance(thing, ToldElsewhere):
        return asdict(thing)
    if isinstance(thing, EngagementEvent):
        return {
            "what": f"{thing.get_kind_display()}: {thing.title}",
            "url": thing.get_absolute_url(),
            "said": thing.what_was_said,
            "came_of_it": thing.what_came_of_it,
            "could_not": thing.what_could_not_be_done,
        }
    if isinstance(thing, SeldomHeardGroup):
        return {"what": f"We set out to reach: {thing.name}", "said": thing.target_words}
    return {
        "what": f"Written down, what people can rely on: {thing.condition.get_kind_display()}",
        "said": thing.text,
    }
