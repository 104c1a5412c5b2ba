"""Who may ask, read the answers, and say what came of it."""

from typing import Any

from cycles.models import Call, Cycle
from cycles.permissions.cycles import may_run_cycle, runs
from cycles.queries.calls import is_reader
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_start_call(user: Any, cycle: Cycle) -> Permission:
    return may_run_cycle(user, cycle)


def may_edit_call(user: Any, call: Call) -> Permission:
    """Until it is put out: everybody answers the same questions, under the same promise."""
    allowed = may_run_cycle(user, call.cycle)
    if allowed and call.published_at is not None:
        return Denied(
            "It is out, so its questions and its promise stay as they are. You can close it, and "
            "ask anew in another."
        )
    return allowed


def may_run_call(user: Any, call: Call) -> Permission:
    """Put it out, close it, name readers. Also in a cycle that has closed: people wait to hear."""
    if runs(user, call.cycle):
        return ALLOWED
    return Denied("Only the people who run this cycle can do this. You can read what came of it.")


def may_read_answers(user: Any, call: Call) -> Permission:
    """Who runs the cycle, and the members of the panel who were named for it."""
    if call.published_at is None:
        return Denied("It has not been put out yet, so there is nothing to read.")
    if runs(user, call.cycle) or is_reader(user, call):
        return ALLOWED
    return Denied(
        "The answers are read by those who run this cycle and by the members of the panel who were "
        "named for it. What people said is shown here once the call has closed."
    )


def may_respond(user: Any, call: Call) -> Permission:
    """Say what came of it, once it has closed."""
    allowed = may_run_call(user, call)
    if allowed and not call.is_closed:
        return Denied("It is not closed yet. Say what came of it once everybody has had their say.")
    return allowed
