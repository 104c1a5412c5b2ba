"""What each stage opens, as data. A role alone is not enough: the stage counts too."""

from dataclasses import dataclass

from cycles.enums import Stage
from cycles.models import Cycle
from vbc.core.refusals import ALLOWED, Denied, Permission

CLOSED = (
    "This cycle is closed. It can be read, but not changed. "
    "What was carried forward is in the next cycle."
)


@dataclass(frozen=True)
class Opening:
    """The stages in which something can be done, and what to say in the others."""

    stages: frozenset[str]
    otherwise: str


_ALWAYS = frozenset({Stage.ANALYSE, Stage.PLAN, Stage.DO, Stage.REVIEW})

OPENS: dict[str, Opening] = {
    "edit_cycle": Opening(_ALWAYS, CLOSED),
    "link_panel": Opening(
        frozenset({Stage.ANALYSE, Stage.PLAN}),
        "The panel has done its deciding in this cycle, so it can no longer be exchanged. "
        "The next cycle can have another panel.",
    ),
    "link_needs": Opening(
        frozenset({Stage.ANALYSE, Stage.PLAN}),
        "The plan rests on the needs assessment that is linked. To link another one, take the "
        "cycle back to Plan, with a reason.",
    ),
    "take_stock": Opening(
        frozenset({Stage.ANALYSE, Stage.PLAN}),
        "The plan rests on what was known of services. To say more of it, take the cycle back to "
        "Plan, with a reason.",
    ),
    "edit_values": Opening(
        frozenset({Stage.ANALYSE, Stage.PLAN}),
        "The list of what matters to this panel stands as it is: the cycle acts on it now. To "
        "change it, take the cycle back to Plan, with a reason.",
    ),
    "agree_values": Opening(_ALWAYS, CLOSED),
    "say_understanding": Opening(
        frozenset({Stage.ANALYSE, Stage.PLAN}),
        "How the problem is understood was settled in the first two stages, Analyse and Plan. "
        "What you want to say now fits in the talk on a decision, or in the review.",
    ),
    "edit_strategy": Opening(
        frozenset({Stage.ANALYSE, Stage.PLAN}),
        "The strategy is settled: the cycle has gone on from it. To change it, take the cycle back "
        "to Plan, with a reason.",
    ),
    "edit_actions": Opening(
        frozenset({Stage.PLAN, Stage.DO, Stage.REVIEW}),
        "Actions come from decisions, so they open in the second stage, Plan.",
    ),
    "edit_risks": Opening(_ALWAYS, CLOSED),
    "update_action": Opening(
        frozenset({Stage.PLAN, Stage.DO, Stage.REVIEW}),
        "Actions come from decisions, so they open in the second stage, Plan.",
    ),
    "edit_outcomes": Opening(
        frozenset({Stage.ANALYSE, Stage.PLAN, Stage.DO}),
        "Where we started and what we hoped for stand as they are while we look at whether it "
        "worked. To change them, take the cycle back to Do, with a reason.",
    ),
    "add_result": Opening(
        frozenset({Stage.DO, Stage.REVIEW}),
        "Results come once something has been done: they open in the third stage, Do.",
    ),
    "edit_findings": Opening(
        frozenset({Stage.DO, Stage.REVIEW}),
        "What we learned is written down in the third and fourth stages, Do and Review.",
    ),
}


def open_now(act: str, cycle: Cycle) -> Permission:
    """Whether the cycle's stage opens `act`, whoever asks."""
    if cycle.is_closed:
        return Denied(CLOSED)
    opening = OPENS[act]
    return ALLOWED if cycle.stage in opening.stages else Denied(opening.otherwise)
