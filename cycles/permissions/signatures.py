"""Who may correct a record, sign it, and take back or mend what stands beside it."""

from typing import Any

from cycles.models import Decision, MinorityStatement
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.stages import CLOSED
from cycles.queries.corrections import current_number
from cycles.queries.signatures import has_said, is_asked_to_sign
from vbc.core.refusals import ALLOWED, Denied, Permission

NO_RECORD = "Nothing is recorded yet on this decision."


def may_correct_record(user: Any, decision: Decision) -> Permission:
    """Mend the words of a record as a new version: who runs the cycle."""
    runs = may_run_cycle(user, decision.cycle)
    if not runs:
        return runs
    return ALLOWED if hasattr(decision, "record") else Denied(NO_RECORD)


def may_sign_record(user: Any, decision: Decision) -> Permission:
    """Say that the record is accurate, or that one does not sign: once for each version.

    The reasons name no role: a refusal may be read over somebody's shoulder.
    """
    if decision.cycle.is_closed:
        return Denied(CLOSED)
    record = getattr(decision, "record", None)
    if record is None:
        return Denied(NO_RECORD)
    if not is_asked_to_sign(user, decision.cycle.panel):
        return Denied("Only some members of the panel are asked to sign. You can read the record.")
    if has_said(user, record, current_number(record)):
        return Denied(
            "You have said already what you think of this version. If the record is corrected, "
            "you are asked again."
        )
    return ALLOWED


def may_withdraw_statement(user: Any, statement: MinorityStatement) -> Permission:
    """Take a statement back: its author, at any time, also after leaving or the cycle's end."""
    if statement.author_id == user.pk:
        return ALLOWED
    return Denied("Only the person who wrote this can take it back.")
