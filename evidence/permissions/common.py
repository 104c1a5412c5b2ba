"""Who works here."""

from typing import Any

from stakeholders.models import Organisation
from stakeholders.queries.panels import works_for
from vbc.core.refusals import ALLOWED, Denied, Permission

_ASK = "Ask someone who works for {name} to do it."


def only_staff(user: Any, organisation: Organisation, what: str) -> Permission:
    if works_for(user, organisation):
        return ALLOWED
    return Denied(f"You can read this, but not {what}. {_ASK.format(name=organisation.name)}")
