"""Who may choose through what a cycle is looked at."""

from typing import Any

from cycles.models import Cycle
from cycles.permissions.cycles import may_run_cycle
from vbc.core.refusals import Permission


def may_choose_lens(user: Any, cycle: Cycle) -> Permission:
    """Who runs the cycle, while it runs. Its answers are for staff, notes for the panel."""
    return may_run_cycle(user, cycle)
