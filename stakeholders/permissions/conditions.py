"""Who may write the conditions under which people take part."""

from typing import Any

from stakeholders.models import Panel
from stakeholders.permissions.panels import may_run_panel
from vbc.core.refusals import Permission


def may_write_condition(user: Any, panel: Panel) -> Permission:
    """Those who run the panel: staff of the organisation, or the chair."""
    return may_run_panel(user, panel)
