"""Who may add figures."""

from typing import Any

from evidence.models import DataImport
from evidence.permissions.common import only_staff
from stakeholders.models import Organisation
from vbc.core.refusals import Permission


def may_import_figures(user: Any, organisation: Organisation) -> Permission:
    return only_staff(user, organisation, "add figures")


def may_decide_import(user: Any, data_import: DataImport) -> Permission:
    return only_staff(user, data_import.organisation, "decide about this file")
