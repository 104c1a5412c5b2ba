"""Who may say who leads on what, and read what is handed over."""

from typing import Any

from stakeholders.models import Organisation
from stakeholders.queries.panels import works_for
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_edit_leads(user: Any, organisation: Organisation) -> Permission:
    if works_for(user, organisation):
        return ALLOWED
    return Denied("Only people who work for the organisation can say who leads on what.")
