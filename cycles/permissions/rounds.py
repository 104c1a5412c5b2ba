"""Who may open and close rounds."""

from typing import Any

from cycles.enums import DecisionStatus, Stage
from cycles.models import Decision
from cycles.permissions.cycles import may_run_cycle
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_open_round(user: Any, decision: Decision) -> Permission:
    """Who runs the cycle, in Plan. A decision that was put off for want of people, without a
    record, may be tried again."""
    runs = may_run_cycle(user, decision.cycle)
    if not runs:
        return runs
    if decision.cycle.stage != Stage.PLAN:
        return Denied("Rating belongs to the stage Plan. The cycle is in another stage now.")
    if decision.status == DecisionStatus.RATING:
        return Denied("A round is open already.")
    if decision.status == DecisionStatus.RECORDED or hasattr(decision, "record"):
        return Denied("This decision is recorded. A change of mind is a new decision.")
    return ALLOWED


def may_close_round(user: Any, decision: Decision) -> Permission:
    runs = may_run_cycle(user, decision.cycle)
    if not runs:
        return runs
    if decision.status != DecisionStatus.RATING:
        return Denied("No round is open, so there is nothing to close.")
    return ALLOWED
