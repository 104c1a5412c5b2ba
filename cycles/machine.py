"""The whole transition table of a cycle, as data. `cycles/services/stages.py` is its one door."""

from dataclasses import dataclass

from cycles.enums import Stage


@dataclass(frozen=True)
class Transition:
    """One allowed step. `gate` names the function in `cycles/gates` that must find nothing."""

    source: str
    target: str
    gate: str | None
    needs_reason: bool = False


TRANSITIONS: tuple[Transition, ...] = (
    Transition(Stage.ANALYSE, Stage.PLAN, gate="analyse_to_plan"),
    Transition(Stage.PLAN, Stage.DO, gate="plan_to_do"),
    Transition(Stage.DO, Stage.REVIEW, gate="do_to_review"),
    Transition(Stage.REVIEW, Stage.CLOSED, gate="review_to_closed"),
    # Going back is allowed, with a reason: learning something late is not a fault.
    Transition(Stage.PLAN, Stage.ANALYSE, gate=None, needs_reason=True),
    Transition(Stage.DO, Stage.PLAN, gate=None, needs_reason=True),
    Transition(Stage.REVIEW, Stage.DO, gate=None, needs_reason=True),
)

_BY_STEP = {(step.source, step.target): step for step in TRANSITIONS}


def transition(source: str, target: str) -> Transition | None:
    """The step from `source` to `target`, or None where there is none."""
    return _BY_STEP.get((source, target))


def forward(source: str) -> Transition | None:
    """The step onwards from `source`; None from a closed cycle."""
    return next((s for s in TRANSITIONS if s.source == source and s.gate), None)


def backward(source: str) -> Transition | None:
    """The step back from `source`; None where there is nothing to go back to."""
    return next((s for s in TRANSITIONS if s.source == source and not s.gate), None)
