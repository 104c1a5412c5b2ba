"""Who may change the map, and the words by which it sorts."""

from typing import Any

from stakeholders.models import Organisation, Panel
from stakeholders.permissions.panels import may_run_panel
from stakeholders.queries.panels import works_for
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_edit_stakeholder_map(user: Any, panel: Panel) -> Permission:
    """Those who run the panel: staff of the organisation, or the chair."""
    return may_run_panel(user, panel)


def may_edit_stakeholder_categories(user: Any, organisation: Organisation) -> Permission:
    if works_for(user, organisation):
        return ALLOWED
    return Denied("Only people who work for the organisation can change its categories.")
