"""Naming who reads concerns about somebody's safety."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.models import Organisation, Panel, User
from stakeholders.notices.concerns import LEAD_CHANGED, LEAD_NAMED
from stakeholders.queries.concerns import reads_concerns_of
from stakeholders.queries.panels import works_for
from stakeholders.services import panels
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


@transaction.atomic
def name_panel_lead(panel: Panel, user: Any, *, by: Any) -> None:
    """`user` reads concerns about this panel from now on, those that wait included. They are told.

    So are whoever read them before and the organisation's lead: a lead who is changed behind
    everybody's back would be a way to read what was written for another. The panel keeps its lead
    where the same person is named again.
    """
    panel = Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    if panel.safeguarding_lead_id == user.pk:
        return
    before = {panel.safeguarding_lead, panel.organisation.safeguarding_lead}
    _tell(user, panel, by=by, before=before)
    panels.name_safeguarding_lead(panel, user, by=by)


@transaction.atomic
def name_organisation_lead(organisation: Organisation, user: Any, *, by: Any) -> None:
    """`user` reads every concern that belongs to no panel, and those about a panel's lead.

    They are told, and so is whoever did before. Nobody takes a lead's place by themselves.
    """
    if not works_for(user, organisation):
        raise Refused("The safeguarding lead of an organisation works for it. Nothing was changed.")
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if organisation.safeguarding_lead_id == user.pk:
        return
    if user.pk == by.pk and reads_concerns_of(organisation) is not None:
        raise Refused(panels.TAKES_NOBODYS_PLACE)
    before = {organisation.safeguarding_lead}
    organisation.safeguarding_lead = user
    organisation.save(update_fields=["safeguarding_lead"])
    _tell(user, organisation, by=by, before=before)
    audit.record("organisation.safeguarding_lead_named", organisation, by=by, subject=user)


def _tell(
    user: Any, named_for: Panel | Organisation, *, by: Any, before: Collection[User | None]
) -> None:
    """Tell whoever is named, and those who have to know of it, but for whoever did it."""
    once = f"{timezone.now():%Y%m%d%H%M%S%f}"
    if user.pk != by.pk:
        notices.tell(user, LEAD_NAMED, named_for, once=once)
    others = [each for each in before if each is not None and each.pk not in (user.pk, by.pk)]
    notices.tell_everyone(others, LEAD_CHANGED, named_for, once=once)
