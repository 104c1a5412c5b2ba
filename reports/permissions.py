"""Who may do what with documents. Reading is decided by `queries.reports_visible_to`."""

from typing import Any

from reports.queries import MAKERS
from stakeholders.models import Meeting, Organisation
from stakeholders.permissions.panels import may_run_panel
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


def may_make_of(user: Any, subject: Any) -> Permission:
    """Make a document about a cycle or a decision."""
    return may_make_report(user, subject.owning_organisation)


def may_make_of_meeting(user: Any, meeting: Meeting) -> Permission:
    """Besides them whoever runs the panel: they write its minutes and send its papers round. Also
    once the panel has agreed the minutes, since making a document changes nothing in them."""
    if may_run_panel(user, meeting.panel) or may_make_of(user, meeting):
        return ALLOWED
    return Denied(
        "Documents of a meeting are made by the chair of the panel and the staff of "
        f"{meeting.owning_organisation.name}. You can read every document that has been made."
    )
