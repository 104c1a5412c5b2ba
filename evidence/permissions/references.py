"""Who may add to what is read."""

from typing import Any

from evidence.models import Reference
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
