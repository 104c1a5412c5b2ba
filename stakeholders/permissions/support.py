"""Who may write and read what people need."""

from typing import Any

from stakeholders.models import Panel, Seat
from stakeholders.permissions.panels import may_run_panel
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_write_support_plan(user: Any, seat: Seat) -> Permission:
    """Each person their own, as long as they have the seat."""
    if seat.user_id == user.pk and seat.left_at is None:
        return ALLOWED
    return Denied("Only the person themselves can write what they need.")


def may_name_arranger(user: Any, panel: Panel) -> Permission:
    """Whoever runs the panel says who arranges; that does not let them read."""
    return may_run_panel(user, panel)
