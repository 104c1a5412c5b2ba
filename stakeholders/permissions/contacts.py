"""Who may write down contact with stakeholders."""

from typing import Any

from stakeholders.models import Panel
from stakeholders.permissions.panels import may_run_panel
from vbc.core.refusals import Permission


def may_log_contact(user: Any, panel: Panel) -> Permission:
    """Those who run the panel. Leads and their cover are among them: they work for it."""
    return may_run_panel(user, panel)
