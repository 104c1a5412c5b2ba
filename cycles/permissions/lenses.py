"""Who may choose through what a cycle is looked at."""

from typing import Any

from cycles.models import Cycle
from cycles.permissions.cycles import may_run_cycle
from evidence.permissions.frameworks import may_switch_framework
from evidence.queries.frameworks import is_on_in
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_choose_lens(user: Any, cycle: Cycle) -> Permission:
    """Who runs the cycle, while it runs. Its answers are for staff, notes for the panel."""
    return may_run_cycle(user, cycle)


def may_look_through(user: Any, cycle: Cycle, framework: str) -> Permission:
    """One that is switched on in the organisation. Another is switched on by it for everybody
    there, so only by who may do that: leading one cycle is no right over all of them."""
    if is_on_in(cycle.organisation, framework) or may_switch_framework(user, cycle.organisation):
        return ALLOWED
    return Denied(
        f"This one is not used at {cycle.organisation.name} yet. Somebody who works there switches "
        "it on for everybody first; then you can choose it. Nothing was changed."
    )
