"""What is asked of whoever runs cycles: panels to look after, people to answer, a next step."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from cycles import gates
from cycles.enums import Stage
from cycles.machine import forward
from cycles.models import Cycle
from cycles.queries.facts import Facts
from cycles.queries.moderation import appeals_for
from evidence.queries.frameworks import sheets_with_notes_waiting
from stakeholders.enums import PanelStatus, SeatStatus
from stakeholders.models import Seat
from stakeholders.presenters.panels import counted
from stakeholders.queries.meetings import without_chair
from vbc.home.presenters.task import MOST_WAITING, Task
from vbc.ui.dates import day_in_words

# The line of a gate that asks for a panel that sits.
SITTING = "panel_sitting"


@dataclass(frozen=True)
class CycleRow:
    """A cycle that the reader runs, and the next thing it lacks."""

    title: str
    url: str
    stage: str
    next_step: str
    next_url: str
    waiting_for: str
    panel_waits: str


def to_look_after(cycles: list[Cycle], seats: list[Seat]) -> list[Task]:
    """Panels that wait, for whoever runs what they work on. Of whoever sits on one, nothing is
    asked."""
    mine = {seat.panel_id for seat in seats}
    waiting = {
        each.panel.pk: each.panel
        for each in cycles
        if each.panel and each.panel.status == PanelStatus.PAUSED and each.panel.pk not in mine
    }
    return [
        Task(
            f"Look after {panel.name}: it is waiting for a member",
            panel.get_absolute_url(),
            when="be in touch with its members today, then invite people",
            until=timezone.localdate(),
        )
        for panel in waiting.values()
    ]


def to_find_a_chair(cycles: list[Cycle]) -> list[Task]:
    """Panels that meet soon, and whose chair has left or was never named."""
    panels = {each.panel.pk: each.panel for each in cycles if each.panel}
    return [
        Task(
            f"Find somebody to chair {meeting.panel.name}",
            reverse("stakeholders:appoint-chair", args=[meeting.panel.public_id]),
            takes="a minute, once somebody has said yes",
            when=f"its next meeting is on {day_in_words(localdate(meeting.starts_at))}",
            until=localdate(meeting.starts_at),
        )
        for meeting in without_chair(panels.values())
    ]


def to_answer(cycles: list[Cycle], facts: dict[int, Facts]) -> list[Task]:
    """What people said in the reader's cycles, as long as it waits for an answer of theirs."""
    on_decisions = [
        Task(
            title=f"Answer what people said in “{each.title}”",
            url=reverse("cycles:decisions", args=[each.slug]),
            takes=counted(
                facts[each.pk].contributions_to_answer_now,
                "comment or option",
                "comments and options",
            ),
        )
        for each in cycles
        if facts[each.pk].contributions_to_answer_now
    ]
    on_the_problem = [
        Task(
            title=f"Answer how people see the problem in “{each.title}”",
            url=reverse("cycles:understanding", args=[each.slug]),
            takes=counted(facts[each.pk].understandings_unanswered, "view", "views"),
        )
        for each in cycles
        if facts[each.pk].understandings_unanswered
    ]
    return [*on_decisions, *on_the_problem]


def notes_to_answer(user: Any) -> list[Task]:
    """What members wrote beside the answers to frameworks, for whoever answers those."""
    return [
        Task(
            title=f"Reply to what members said on “{each.use.definition.name}”",
            url=each.get_absolute_url(),
            takes=counted(each.waiting_count, "note", "notes"),
        )
        for each in sheets_with_notes_waiting(user)[:MOST_WAITING]
    ]


def to_look_at_again(user: Any) -> list[Task]:
    """What was kept out of a talk, and whose author asks somebody else to look."""
    return [
        Task(
            title=f"Look again at something in the talk about “{each.decision.title}”",
            url=reverse(
                "cycles:answer-appeal",
                args=[each.decision.cycle.slug, each.decision.public_id, each.public_id],
            ),
            takes="about 5 minutes",
        )
        for each in appeals_for(user, MOST_WAITING)
    ]


def cycle_row(cycle: Cycle, facts: Facts, seats: list[Seat]) -> CycleRow:
    """The row of one cycle, with the first thing that its gate lacks."""
    missing = gates.unmet(cycle, facts)
    step = forward(cycle.stage)
    onwards = Stage(step.target).label if step else ""
    return CycleRow(
        title=cycle.title,
        url=cycle.get_absolute_url(),
        stage=Stage(cycle.stage).label,
        next_step=missing[0].missing
        if missing
        else f"Nothing is missing: it can go on to {onwards}.",
        next_url=missing[0].url if missing else cycle.get_absolute_url(),
        waiting_for=missing[0].waiting_for if missing else "",
        panel_waits=_panel_waits(cycle, seats, said=bool(missing) and missing[0].key == SITTING),
    )


def _panel_waits(cycle: Cycle, seats: list[Seat], *, said: bool) -> str:
    """That the panel waits for a member, never who or why; empty where it does not, where the line
    of the next step says it, and for whoever is away from it themselves."""
    is_away = any(
        seat.panel_id == cycle.panel_id and seat.status == SeatStatus.AWAY for seat in seats
    )
    if said or is_away or cycle.panel is None or cycle.panel.status != PanelStatus.PAUSED:
        return ""
    return "The panel is waiting for a member: nothing is decided meanwhile."
