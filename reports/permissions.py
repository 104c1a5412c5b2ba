"""Who may do what with documents. Reading is decided by `queries.reports_visible_to`."""

from typing import Any

from reports.queries import MAKERS
from stakeholders.models import Organisation
from stakeholders.queries.panels import works_for
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_make_report(user: Any, organisation: Organisation) -> Permission:
    """Commissioners and administrators of the organisation that it is of, at every stage."""
    if works_for(user, organisation, *MAKERS):
        return ALLOWED
    return Denied(
        "Documents are made by the commissioners and administrators of "
        f"{organisation.name}. You can read every document that has been made. "
        "If you need a new edition, ask the lead of the cycle."
    )
