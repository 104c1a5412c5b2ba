"""Who may declare an interest."""

from typing import Any

from stakeholders.models import Interest, Panel
from stakeholders.permissions.meetings import may_come_to_meetings
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_declare_interest(user: Any, panel: Panel) -> Permission:
    """Each person on the panel, of themselves."""
    return may_come_to_meetings(user, panel)


def may_end_interest(user: Any, interest: Interest) -> Permission:
    if interest.seat.user_id == user.pk:
        return ALLOWED
    return Denied("Only the person who declared an interest can end it.")
