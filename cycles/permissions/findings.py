"""What we learned: everyone who takes part says it."""

from typing import Any

from cycles.models import Cycle, Finding
from cycles.permissions.cycles import may_run_cycle, open_now
from cycles.permissions.taking_part import takes_part_or_runs
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_add_finding(user: Any, cycle: Cycle) -> Permission:
    """Everyone on the panel and who runs the cycle: those it was for know whether it worked."""
    return open_now("edit_findings", cycle) and takes_part_or_runs(user, cycle)


def may_edit_finding(user: Any, finding: Finding) -> Permission:
    """Whoever wrote it down, and the people who run the cycle."""
    allowed = may_add_finding(user, finding.cycle)
    if not allowed:
        return allowed
    if finding.made_by_id == user.pk or may_run_cycle(user, finding.cycle):
        return ALLOWED
    return Denied(
        "Only whoever wrote this down, and the people who run the cycle, can change it. You can "
        "write down what you learned yourself."
    )
