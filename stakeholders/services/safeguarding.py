"""Naming who reads concerns about somebody's safety."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.models import Organisation, Panel
from stakeholders.notices.concerns import LEAD_NAMED
from stakeholders.queries.panels import works_for
from stakeholders.services import panels
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


@transaction.atomic
def name_panel_lead(panel: Panel, user: Any, *, by: Any) -> None:
    """`user` reads concerns about this panel from now on, those that wait included. They are told.

    The panel keeps its lead where the same person is named again.
    """
    panel = Panel.objects.select_for_update().get(pk=panel.pk)
    if panel.safeguarding_lead_id == user.pk:
        return
    _tell(user, panel, by=by)
    panels.name_safeguarding_lead(panel, user, by=by)


@transaction.atomic
def name_organisation_lead(organisation: Organisation, user: Any, *, by: Any) -> None:
    """`user` reads every concern that belongs to no panel, and those about a panel's lead."""
    if not works_for(user, organisation):
        raise Refused("The safeguarding lead of an organisation works for it. Nothing was changed.")
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.safeguarding_lead_id == user.pk:
        return
    organisation.safeguarding_lead = user
    organisation.save(update_fields=["safeguarding_lead"])
    _tell(user, organisation, by=by)
    audit.record("organisation.safeguarding_lead_named", organisation, by=by, subject=user)


def _tell(user: Any, named_for: Panel | Organisation, *, by: Any) -> None:
    if user.pk != by.pk:
        notices.tell(user, LEAD_NAMED, named_for, once=f"{timezone.now():%Y%m%d%H%M%S%f}")
