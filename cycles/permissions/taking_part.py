"""Who takes part in a cycle, and which pillar they speak for today."""

from typing import Any

from cycles.models import Cycle
from cycles.permissions.cycles import may_run_cycle
from stakeholders.enums import PILLAR_OF, Pillar, SeatStatus
from stakeholders.permissions.panels import may_read_roles
from stakeholders.queries.panels import part_of
from vbc.core.refusals import ALLOWED, Denied, Permission

NOT_ON_THE_PANEL = (
    "Only members of this panel, and the people who run the cycle, can do this. You can read it."
)


def takes_part_or_runs(user: Any, cycle: Cycle) -> Permission:
    """Anyone who takes part in the panel, away or not, and who runs the cycle."""
    if part_of(user, cycle.panel) or may_run_cycle(user, cycle):
        return ALLOWED
    return Denied(NOT_ON_THE_PANEL)


def may_read_roles_in(user: Any, cycle: Cycle) -> Permission:
    """What those who take part in the cycle speak from, and whatever would tell it beside a name.
    Without a panel there is nothing to tell."""
    return ALLOWED if cycle.panel is None else may_read_roles(user, cycle.panel)


def pillar_in(user: Any, cycle: Cycle) -> Pillar | None:
    """The pillar that this person speaks for today, taking part."""
    seat = part_of(user, cycle.panel)
    if seat is None or seat.status != SeatStatus.ACTIVE:
        return None
    return PILLAR_OF.get(seat.perspective)
