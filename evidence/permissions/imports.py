"""Who may add figures, and replace what all organisations share."""

from typing import Any

from evidence.models import AreaBoundary, DataImport
from evidence.permissions.common import only_staff
from stakeholders.models import Organisation
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_import_figures(user: Any, organisation: Organisation) -> Permission:
    return only_staff(user, organisation, "add figures")


def may_decide_import(user: Any, data_import: DataImport) -> Permission:
    return only_staff(user, data_import.organisation, "decide about this file")


def may_replace_outline(user: Any, outline: AreaBoundary, data_import: DataImport) -> Permission:
    """Everybody's maps are drawn with it: whoever brought it may bring it anew from where it was
    from, and so may the people who run this service, from anywhere."""
    earlier = outline.data_import
    is_theirs = earlier.organisation_id == data_import.organisation_id
    if user.is_superuser or (is_theirs and _same(earlier.source, data_import.source)):
        return ALLOWED
    return Denied(
        f"It is from “{earlier.source}” and all organisations use it, so it stays. It is replaced "
        "by a newer one that those who added it bring from the same place. If this file is better, "
        "tell the people who run this service."
    )


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
