"""Who may take a name out of what somebody wrote, and who may read how it stood."""

from typing import Any

from cycles.models import Cycle, Decision
from cycles.permissions.cycles import may_run_cycle
from stakeholders.queries.concerns import is_lead_for
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_redact(user: Any, decision: Decision) -> Permission:
    """Who runs the cycle, and the panel's safeguarding lead, who may also when it is closed."""
    return may_redact_in(user, decision.cycle)


def may_redact_in(user: Any, cycle: Cycle) -> Permission:
    """The same of whatever was written in the cycle."""
    if may_run_cycle(user, cycle) or may_see_original_in(user, cycle):
        return ALLOWED
    return Denied(
        "Only the people who run the cycle, and the safeguarding lead, can take a name out. Tell "
        "one of them which name you mean."
    )


def may_see_original(user: Any, decision: Decision) -> Permission:
    return may_see_original_in(user, decision.cycle)


def may_see_original_in(user: Any, cycle: Cycle) -> Permission:
    if is_lead_for(user, cycle.panel):
        return ALLOWED
    return Denied("Only the panel's safeguarding lead can read how it stood before.")
