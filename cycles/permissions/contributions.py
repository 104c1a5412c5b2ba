"""Who may say that an answer does not answer, and until when what is said is answered first."""

from typing import Any

from cycles.models import Cycle, Decision
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.decisions import while_preparing
from cycles.permissions.stages import CLOSED
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_say_not_answered(user: Any, contribution: Any, cycle: Cycle) -> Permission:
    """Its author, of an answer that they have not sent back yet, while somebody can answer."""
    if contribution.author_id != user.pk:
        return Denied("Only the person who said this can say that it has not been answered.")
    if cycle.is_closed:
        return Denied(CLOSED)
    if contribution.is_answered:
        return ALLOWED
    return Denied("This waits for an answer already.")


def may_set_cut_off(user: Any, decision: Decision) -> Permission:
    """Who runs the cycle, until a round opens: nobody finds afterwards that they were too late."""
    runs = may_run_cycle(user, decision.cycle)
    if not runs:
        return runs
    if decision.rounds.exists():
        return Denied(
            "Rating has begun, so it stays as it was published until when what is said gets an "
            "answer first. What is said later gets an answer too."
        )
    return while_preparing(decision)
