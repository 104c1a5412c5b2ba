"""What each step onwards needs. A gate answers with everything it looks at, met or not.

One module a step. Gates are read from `cycles.queries.facts`, so a list of cycles costs no more
queries than one. A cycle keeps the version of the gates it started with: a new line is a new
version, never a change to one that is under way.
"""

from collections.abc import Callable

from cycles.gates.analyse_to_plan import (
    analyse_to_plan,
    analyse_to_plan_together,
    analyse_to_plan_with_stock_take,
)
from cycles.gates.do_to_review import do_to_review, do_to_review_together
from cycles.gates.lines import (
    OWNERS,
    PANEL,
    RUNNERS,
    Blocker,
    Check,
    counted,
    number,
    parts_written,
)
from cycles.gates.plan_to_do import plan_to_do, plan_to_do_together
from cycles.gates.review_to_closed import review_to_closed, review_to_closed_together
from cycles.machine import forward
from cycles.models import Cycle
from cycles.queries.facts import Facts, facts_of

__all__ = [
    "GATES",
    "OWNERS",
    "PANEL",
    "RUNNERS",
    "Blocker",
    "Check",
    "blockers",
    "checks",
    "counted",
    "number",
    "parts_written",
    "unmet",
]

Gate = Callable[[Cycle, Facts], list[Check]]

GATES: dict[int, dict[str, Gate]] = {
    1: {
        "analyse_to_plan": analyse_to_plan,
        "plan_to_do": plan_to_do,
        "do_to_review": do_to_review,
        "review_to_closed": review_to_closed,
    },
    # What the panel agrees on before it plans; and no stage ends without those it is for.
    2: {
        "analyse_to_plan": analyse_to_plan_together,
        "plan_to_do": plan_to_do_together,
        "do_to_review": do_to_review_together,
        "review_to_closed": review_to_closed_together,
    },
}
# What there is today is known before anything is planned.
GATES[3] = GATES[2] | {"analyse_to_plan": analyse_to_plan_with_stock_take}


def checks(cycle: Cycle, facts: Facts | None = None, *, stage: str = "") -> list[Check]:
    """Everything the step onwards needs, met or not; nothing for a closed cycle.

    `stage` asks about another stage than today's. Without `facts` they are read now.
    """
    step = forward(stage or cycle.stage)
    if step is None or step.gate is None:
        return []
    return GATES[cycle.gate_version][step.gate](cycle, facts or facts_of(cycle))


def unmet(cycle: Cycle, facts: Facts | None = None) -> list[Check]:
    """What is still missing for the step onwards, in the order in which it is best done."""
    return [check for check in checks(cycle, facts) if not check.is_met]


def blockers(cycle: Cycle, facts: Facts | None = None) -> list[Blocker]:
    """What is still missing, in plain words with links."""
    return [check.blocker for check in unmet(cycle, facts)]
