"""Who may look after a library. Reading it is open to more people: see `queries.visible`."""

from typing import Any

from evidence.models import DataImport, NeedsAssessment, Reference
from stakeholders.enums import Perspective
from stakeholders.models import Organisation, Seat
from stakeholders.queries.panels import works_for
from vbc.core.refusals import ALLOWED, Denied, Permission

_ASK = "Ask someone who works for {name} to do it."


def _only_staff(user: Any, organisation: Organisation, what: str) -> Permission:
    if works_for(user, organisation):
        return ALLOWED
    return Denied(f"You can read this, but not {what}. {_ASK.format(name=organisation.name)}")


def may_import_figures(user: Any, organisation: Organisation) -> Permission:
    return _only_staff(user, organisation, "add figures")


def may_decide_import(user: Any, data_import: DataImport) -> Permission:
    return _only_staff(user, data_import.organisation, "decide about this file")


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
    return _only_staff(user, reference.organisation, "change it")


def may_add_needs(user: Any, organisation: Organisation) -> Permission:
    return _only_staff(user, organisation, "start a needs assessment")


def may_edit_needs(user: Any, assessment: NeedsAssessment) -> Permission:
    allowed = _only_staff(user, assessment.organisation, "change it")
    if allowed and assessment.is_published:
        return Denied(
            "This needs assessment is published, so it does not change. Reopen it as a draft first."
        )
    return allowed


def may_publish_needs(user: Any, assessment: NeedsAssessment) -> Permission:
    return _only_staff(user, assessment.organisation, "publish or reopen it")
