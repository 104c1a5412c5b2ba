"""Who may name safeguarding leads, and act on a concern. Reading one: `Concern.visible_to`."""

from typing import Any

from stakeholders.models import Concern, Organisation
from stakeholders.queries.panels import works_for
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_name_organisation_lead(user: Any, organisation: Organisation) -> Permission:
    if works_for(user, organisation):
        return ALLOWED
    return Denied("Only people who work for the organisation can name its safeguarding lead.")


def may_write_on_concern(user: Any, concern: Concern) -> Permission:
    """Write a note: its named lead, also when it has been closed."""
    if Concern.objects.visible_to(user).filter(pk=concern.pk).exists():
        return ALLOWED
    return Denied("Only the named safeguarding lead can do this.")


def may_move_concern(user: Any, concern: Concern) -> Permission:
    """Pass it on or close it: its named lead, while it is open and after they have read it."""
    reads = may_write_on_concern(user, concern)
    if not reads:
        return reads
    if concern.is_closed:
        return Denied("This has been closed. To do more about it, look at it again first.")
    if concern.first_looked_at is None:
        return Denied("Open it and read it first.")
    return ALLOWED


def may_reopen_concern(user: Any, concern: Concern) -> Permission:
    reads = may_write_on_concern(user, concern)
    if not reads:
        return reads
    return ALLOWED if concern.is_closed else Denied("This is still open.")
