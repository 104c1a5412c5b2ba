"""Who may say how they see the problem, and who answers."""

from typing import Any

from cycles.models import Cycle, Understanding
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.stages import CLOSED, open_now
from cycles.permissions.taking_part import takes_part_or_runs
from vbc.core.refusals import ALLOWED, Denied, Permission

NOT_YOURS = "Only the person who wrote this can change it or take it back."


def may_say_understanding(user: Any, cycle: Cycle) -> Permission:
    """Everybody on the panel, and who runs the cycle, in Analyse and Plan."""
    return open_now("say_understanding", cycle) and takes_part_or_runs(user, cycle)


def may_edit_understanding(user: Any, said: Understanding) -> Permission:
    """Its author, until it has been answered: an answer stays beside what it answers."""
    opened = open_now("say_understanding", said.cycle)
    if not opened:
        return opened
    if said.author_id != user.pk:
        return Denied(NOT_YOURS)
    if said.answered_at is not None:
        return Denied(
            "This has had an answer, so it stays as it is. You can write something more, or take "
            "this back."
        )
    return ALLOWED


def may_withdraw_understanding(user: Any, said: Understanding) -> Permission:
    """Its author, at any time while the cycle runs."""
    if said.cycle.is_closed:
        return Denied(CLOSED)
    return ALLOWED if said.author_id == user.pk else Denied(NOT_YOURS)


def may_answer_understanding(user: Any, cycle: Cycle) -> Permission:
    """Say what became of it: who runs the cycle."""
    return may_run_cycle(user, cycle)
