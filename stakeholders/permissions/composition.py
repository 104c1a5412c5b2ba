"""Who may say what the people an organisation serves are like."""

from typing import Any

from stakeholders.models import Organisation
from stakeholders.queries.panels import works_for
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_edit_population(user: Any, organisation: Organisation) -> Permission:
    if works_for(user, organisation):
        return ALLOWED
    return Denied("Only people who work for the organisation can enter figures about its area.")
