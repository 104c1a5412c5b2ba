"""Who may enter what a board answered, and decisions taken outside the panel."""

from typing import Any

from cycles.enums import DecisionStatus
from cycles.models import Cycle, Decision, UrgentDecision
from cycles.permissions.cycles import may_run_cycle
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_enter_board_answer(user: Any, decision: Decision) -> Permission:
    """Who runs the cycle, on a decision that is recorded."""
    runs = may_run_cycle(user, decision.cycle)
    if not runs:
        return runs
    if decision.status == DecisionStatus.RECORDED:
        return ALLOWED
    return Denied("A board answers what the panel has decided. Nothing is recorded here yet.")


def may_enter_urgent_decision(user: Any, cycle: Cycle) -> Permission:
    return may_run_cycle(user, cycle)


def may_edit_urgent_decision(user: Any, urgent: UrgentDecision) -> Permission:
    """Who runs the cycle, until the panel has looked at it."""
    runs = may_run_cycle(user, urgent.cycle)
    if not runs:
        return runs
    if urgent.reviewed_on is None:
        return ALLOWED
    return Denied("The panel has looked at this, so it stays as it was when they did.")


def may_review_urgent_decision(user: Any, urgent: UrgentDecision) -> Permission:
    """Write down what the panel said: who runs the cycle."""
    return may_edit_urgent_decision(user, urgent)
