"""Who may add to what is read."""

from typing import Any

from evidence.models import Reference, ReferenceImport
from evidence.permissions.common import only_staff
from stakeholders.enums import Perspective
from stakeholders.models import Organisation, Seat
from stakeholders.queries.panels import works_for
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_add_reference(user: Any, organisation: Organisation) -> Permission:
    """Staff; and the evidence reviewers of its panels, who bring what they found."""
    reviews = Seat.objects.live().filter(
        user_id=user.pk,
        panel__organisation=organisation,
        perspective=Perspective.EVIDENCE_REVIEWER,
    )
    if works_for(user, organisation) or reviews.exists():
        return ALLOWED
    return Denied(
        "References are added by those who review evidence on a panel, and by those who work for "
        f"{organisation.name}. Tell one of them what you found."
    )


def may_edit_reference(user: Any, reference: Reference) -> Permission:
    """Staff, and a reviewer the ones that they added themselves."""
    if reference.created_by_id == user.pk and may_add_reference(user, reference.organisation):
        return ALLOWED
    return only_staff(user, reference.organisation, "change it")


def may_describe_reference(user: Any, reference: Reference) -> Permission:
    """Say in plain words what it found and how sure that is: staff, and every evidence reviewer,
    whoever added it."""
    return may_add_reference(user, reference.organisation)


def may_decide_reference_import(user: Any, reference_import: ReferenceImport) -> Permission:
    """Staff, and a reviewer about the files that they added themselves."""
    allowed = may_add_reference(user, reference_import.organisation)
    if allowed and reference_import.created_by_id == user.pk:
        return ALLOWED
    return only_staff(user, reference_import.organisation, "decide about this file")


def may_add_guidance(user: Any, organisation: Organisation) -> Permission:
    return only_staff(user, organisation, "add the guidance library")
