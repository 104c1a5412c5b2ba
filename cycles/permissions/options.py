"""Who may propose and change options."""

from typing import Any

from cycles.enums import DecisionStatus, Stage
from cycles.models import Decision, Option
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.decisions import SETTLED, as_member_or_runner, while_preparing
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_propose_option(user: Any, decision: Decision) -> Permission:
    """Anyone on the panel, and who runs the cycle, until the first round opens."""
    return while_preparing(decision) and as_member_or_runner(user, decision)


def may_edit_option(user: Any, option: Option) -> Permission:
    """Its author while they are on the panel, and who runs the cycle, until a round opens."""
    allowed = may_propose_option(user, option.decision)
    if not allowed:
        return allowed
    if option.author_id == user.pk or may_run_cycle(user, option.decision.cycle):
        return ALLOWED
    return Denied(
        "Only the person who proposed this option, and the people who run the cycle, can change "
        "it. You can propose another option, or say what you think in a comment."
    )


def may_withdraw_option(user: Any, option: Option) -> Permission:
    return may_edit_option(user, option)


def may_reopen_options(user: Any, decision: Decision) -> Permission:
    """Open the options for change again: who runs the cycle, between a round and the record."""
    runs = may_run_cycle(user, decision.cycle)
    if not runs:
        return runs
    if decision.status == DecisionStatus.PREPARING:
        return Denied("The options are open: they can be changed until rating begins.")
    if decision.status == DecisionStatus.RATING:
        return Denied(
            "A round is open, and everyone rates the same thing to the end. Once it has closed, "
            "the options can be opened again."
        )
    if decision.status != DecisionStatus.WEIGHING:
        return Denied(SETTLED)
    if decision.cycle.stage != Stage.PLAN:
        return Denied("Rating belongs to the stage Plan. The cycle is in another stage now.")
    return ALLOWED
