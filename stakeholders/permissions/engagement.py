"""Who may write down that people were asked, and read exact numbers."""

from typing import Any

from stakeholders.enums import PanelStatus
from stakeholders.models import Panel
from stakeholders.permissions.panels import may_run_panel
from stakeholders.queries.panels import works_for
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_record_engagement(user: Any, panel: Panel) -> Permission:
    """Staff alone, since whoever writes an event down sees its exact numbers."""
    if panel.status == PanelStatus.CLOSED:
        return Denied("This panel has been closed. It can be read, but not changed.")
    return may_read_exact_numbers(user, panel)


def may_read_exact_numbers(user: Any, panel: Panel) -> Permission:
    """How many came, to the person: staff of the organisation. Others read it rounded down."""
    if works_for(user, panel.organisation):
        return ALLOWED
    return Denied("Only people who work for the organisation can do this.")


def may_edit_seldom_heard_groups(user: Any, panel: Panel) -> Permission:
    """Whom the panel means to reach: those who run it, a chair who is a member included."""
    return may_run_panel(user, panel)
