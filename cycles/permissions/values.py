"""Who may say what matters to the panel, agree to it, and hold a decision against it."""

from typing import Any

from cycles.enums import DecisionStatus
from cycles.models import Cycle, Decision, DecisionValue, SharedValue
from cycles.permissions.comments import may_comment
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.decisions import while_open
from cycles.permissions.records import AFTER_THE_CLOSE
from cycles.permissions.stages import open_now
from cycles.permissions.taking_part import pillar_in, takes_part_or_runs
from vbc.core.refusals import ALLOWED, Denied, Permission

NOT_YOURS = (
    "Only the person who put this on the list, and the people who run the cycle, can change it or "
    "take it off. You can put words of your own on the list."
)


def may_propose_value(user: Any, cycle: Cycle) -> Permission:
    """Put a statement on the list: anyone on the panel, and who runs the cycle."""
    return open_now("edit_values", cycle) and takes_part_or_runs(user, cycle)


def may_edit_value(user: Any, value: SharedValue) -> Permission:
    """Change a statement, take it off, or put it back: whoever proposed it, and who runs the
    cycle."""
    allowed = may_propose_value(user, value.cycle)
    if not allowed:
        return allowed
    if value.proposed_by_id == user.pk or may_run_cycle(user, value.cycle):
        return ALLOWED
    return Denied(NOT_YOURS)


def may_put_values(user: Any, cycle: Cycle) -> Permission:
    """Take a preset over, and put the list to the panel: who runs the cycle."""
    return may_run_cycle(user, cycle) and open_now("edit_values", cycle)


def may_agree_values(user: Any, cycle: Cycle) -> Permission:
    """Agree to the newest list on behalf of one's pillar: whoever speaks for one today."""
    opened = open_now("agree_values", cycle)
    if not opened:
        return opened
    if pillar_in(user, cycle) is not None:
        return ALLOWED
    return Denied("Each pillar's agreement is given by those who speak for it. You can read it.")


def may_link_value(user: Any, decision: Decision) -> Permission:
    """Say how a shared value bears on a decision: everyone who may join its talk."""
    return may_comment(user, decision)


def may_change_link(user: Any, link: DecisionValue) -> Permission:
    """Whoever said it, and who runs the cycle."""
    allowed = may_link_value(user, link.decision)
    if not allowed:
        return allowed
    if link.linked_by_id == user.pk or may_run_cycle(user, link.decision.cycle):
        return ALLOWED
    return Denied(
        "Only the person who said how this bears on the decision, and the people who run the "
        "cycle, can change it. You can say what you think in the talk."
    )


def may_say_outweighed(user: Any, decision: Decision) -> Permission:
    """Say that a value pointed the other way: who runs the cycle, while the result is weighed."""
    runs = may_run_cycle(user, decision.cycle)
    if not runs:
        return runs
    if decision.status == DecisionStatus.WEIGHING:
        return ALLOWED
    opened = while_open(decision)
    return Denied(AFTER_THE_CLOSE) if opened else opened


def may_say_how_heard(user: Any, decision: Decision) -> Permission:
    """Write down what was done so that everybody's values were heard, until it is recorded."""
    return may_run_cycle(user, decision.cycle) and while_open(decision)
