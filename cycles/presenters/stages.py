"""The stages of a cycle on a page: its line, its task list, what each stage opens."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cycles.enums import STAGE_IN_PLAIN_WORDS, Stage
from cycles.gates import PANEL, RUNNERS, Check, counted, number, parts_written
from cycles.machine import backward, forward
from cycles.models import Cycle, StageChange
from cycles.presenters.stock_take import in_short
from cycles.queries.facts import Facts

ROLES_ARE_HIDDEN = (
    "The panel's members and the staff who run it see how this stands. Beside the names on other "
    "pages, it could tell who uses services or cares."
)
WORKING_STAGES = (Stage.ANALYSE, Stage.PLAN, Stage.DO, Stage.REVIEW)


@dataclass(frozen=True)
class Work:
    """Something a stage opens: what it is, how far it is, where it is."""

    title: str
    state: str
    url: str


def timeline(cycle: Cycle) -> dict[str, Any]:
    """The addresses of the four stages, for the stage timeline."""
    return {
        "current": cycle.stage,
        "urls": {str(stage): stage_url(cycle, stage) for stage in WORKING_STAGES},
    }


def stage_url(cycle: Cycle, stage: str) -> str:
    return reverse("cycles:stage", args=[cycle.slug, stage])


def onwards(cycle: Cycle) -> dict[str, str] | None:
    """The step onwards: what it is called and where it is taken; None from a closed cycle."""
    step = forward(cycle.stage)
    if step is None:
        return None
    if step.target == Stage.CLOSED:
        words = "Close this cycle"
    else:
        words = f"Go on to {Stage(step.target).label}"
    return {"target": step.target, "words": words, "url": _url(cycle, "advance")}


def back(cycle: Cycle) -> dict[str, str] | None:
    """The step back; None where there is nothing to go back to."""
    step = backward(cycle.stage)
    if step is None:
        return None
    words = f"Go back to {Stage(step.target).label}"
    return {"target": step.target, "words": words, "url": _url(cycle, "go-back")}


def tasks(
    checks: list[Check], *, runs: bool, is_member: bool, knows_roles: bool
) -> list[dict[str, str]]:
    """A gate as a task list for this reader: done, for them to do, or waiting for whom.

    Who runs the cycle reads all of it: whether the step onwards is refused would tell them.
    """
    return [
        _task(check, runs=runs, is_member=is_member)
        if runs or knows_roles or not check.tells_roles
        else {"title": check.label, "hint": ROLES_ARE_HIDDEN, "status": "not_shown"}
        for check in checks
    ]


def _task(check: Check, *, runs: bool, is_member: bool) -> dict[str, str]:
    is_theirs = (runs and check.waiting_for == RUNNERS) or (
        is_member and check.waiting_for == PANEL
    )
    is_done = check.is_met and not check.nothing_yet
    waits = "to_do" if is_theirs and not check.is_met else "waiting"
    return {
        "title": check.label,
        "hint": check.nothing_yet if check.is_met else check.missing,
        "url": "" if check.for_runners and not runs else check.url,
        "status": "done" if is_done else waits,
        "waiting_for": check.waiting_for,
    }


def work(cycle: Cycle, stage: str, facts: Facts, *, runs: bool) -> list[Work]:
    """What `stage` opens, each with how far it is."""
    outcomes = Work("Outcomes", _outcomes(facts), _url(cycle, "outcomes"))
    actions = Work("Actions", _actions(facts), _url(cycle, "actions"))
    opened = {
        Stage.ANALYSE: [
            Work(
                "The panel",
                cycle.panel.name if cycle.panel else "No panel is linked yet.",
                _linked(cycle, cycle.panel, "link-panel", runs=runs),
            ),
            Work(
                "The needs assessment",
                cycle.needs_assessment.title
                if cycle.needs_assessment
                else "No needs assessment is linked yet.",
                _linked(cycle, cycle.needs_assessment, "link-needs", runs=runs),
            ),
            Work(
                "The services that there are now",
                in_short(facts.services_described, why_none=cycle.why_no_service),
                _url(cycle, "stock-take"),
            ),
            Work(
                "How the problem is understood",
                "Everyone on the panel can say how they see it, before any option.",
                _url(cycle, "understanding"),
            ),
            Work(
                "What matters to us",
                "A list of shared values, which each pillar agrees to.",
                _url(cycle, "values"),
            ),
            Work(
                "Calls for views",
                "Anybody can say what they think, in two minutes and without an account.",
                _url(cycle, "calls"),
            ),
        ],
        Stage.PLAN: [
            Work("Decisions", _decisions(facts), _url(cycle, "decisions")),
            Work(
                "The strategy",
                parts_written(facts.elements_written),
                _url(cycle, "strategy"),
            ),
            outcomes,
        ],
        Stage.DO: [actions, outcomes],
        Stage.REVIEW: [
            outcomes,
            actions,
            Work(
                "What we learned",
                f"{counted(facts.findings, 'thing', 'things')} written down.",
                _url(cycle, "review"),
            ),
        ],
    }
    return opened.get(Stage(stage), [])


def change_in_words(change: StageChange) -> dict[str, Any]:
    """A step of the history: what happened, when, by whom, why, and what was gone without."""
    source, target = Stage(change.source), Stage(change.target)
    order = list(Stage.values)
    if target == Stage.CLOSED:
        words = "The cycle was closed"
    elif order.index(target) < order.index(source):
        words = f"The cycle went back from {source.label} to {target.label}"
    else:
        words = f"The cycle went on from {source.label} to {target.label}"
    return {
        "words": words,
        "meaning": STAGE_IN_PLAIN_WORDS[target],
        "at": change.at,
        "by": change.by.display_name,
        "reason": change.reason,
        "passed": [item["text"] for item in change.still_missing],
    }


def arrival(cycle: Cycle) -> str:
    """What is said when a cycle has just taken a step."""
    if cycle.is_closed:
        return "The cycle is closed. The next one has started, with what was carried forward."
    label = Stage(cycle.stage).label
    return f"The cycle is now in the stage “{label}”. {STAGE_IN_PLAIN_WORDS[cycle.stage]}"


def _linked(cycle: Cycle, thing: Any, link: str, *, runs: bool) -> str:
    if thing is not None:
        return str(thing.get_absolute_url())
    return _url(cycle, link) if runs else ""


def _decisions(facts: Facts) -> str:
    recorded = counted(facts.decisions_recorded, "decision", "decisions") + " recorded"
    if facts.decisions_unsettled:
        still = _among(facts.decisions_unsettled)
        return f"{recorded}, {still} being rated or talked about."
    return f"{recorded}."


def _actions(facts: Facts) -> str:
    if not facts.actions:
        return "No action yet."
    still = _among(facts.actions_unfinished)
    return f"{counted(facts.actions, 'action', 'actions')}, {still} still open."


def _outcomes(facts: Facts) -> str:
    if not facts.outcomes:
        return "No outcome to measure yet."
    measured = facts.outcomes - facts.outcomes_without_result
    return f"{counted(facts.outcomes, 'outcome', 'outcomes')}, {_among(measured)} measured again."


def _among(count: int) -> str:
    """How many of them, within a sentence."""
    return number(count).lower() if count else "none"


def _url(cycle: Cycle, name: str) -> str:
    return reverse(f"cycles:{name}", args=[cycle.slug])
