"""Who may say what an indicator means."""

from typing import Any

from evidence.models import Indicator
from evidence.permissions.common import only_staff
from stakeholders.models import Organisation
from vbc.core.refusals import Permission


def may_edit_indicator(user: Any, indicator: Indicator) -> Permission:
    return only_staff(user, indicator.organisation, "change it")


def may_add_indicator(user: Any, organisation: Organisation) -> Permission:
    return only_staff(user, organisation, "add to it")
