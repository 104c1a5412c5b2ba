"""Who may declare an interest in an option, and bring a decision to a meeting."""

from typing import Any

from cycles.models import Decision
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.decisions import while_open
from stakeholders.permissions.meetings import may_come_to_meetings
from vbc.core.refusals import Denied, Permission


def may_declare_option_interest(user: Any, decision: Decision) -> Permission:
    """Everyone on the panel, of themselves, until the decision is recorded."""
    if decision.cycle.panel is None:
        return Denied("This cycle has no panel yet.")
    return may_come_to_meetings(user, decision.cycle.panel) and while_open(decision)


def may_put_on_agenda(user: Any, decision: Decision) -> Permission:
    """Who runs the cycle, once it has a panel."""
    if decision.cycle.panel is None:
        return Denied("This cycle has no panel yet.")
    return may_run_cycle(user, decision.cycle) and while_open(decision)
