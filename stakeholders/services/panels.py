"""Setting up a panel, opening it, letting it sit again. Seats have their own door: `seats`."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from stakeholders.enums import PanelStatus
from stakeholders.gates import to_open
from stakeholders.models import Organisation, Panel, PanelPause
from stakeholders.notices.panels import PANEL_CLOSED, PANEL_OPENED
from stakeholders.permissions import panels as permissions
from stakeholders.queries.concerns import reads_concerns_of
from stakeholders.queries.panels import (
    has_service_users_to_sit,
    panel_people,
    takes_part,
    works_for,
)
from stakeholders.services import meetings
from stakeholders.services.sitting import lock_panel, newcomers, one_change, sit_again
from vbc.core.database import database_now, retrying
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version

READING_TIME = timedelta(days=3)
EDITABLE = frozenset({"name", "purpose"})
TAKES_NOBODYS_PLACE = (
    "Somebody reads concerns here already. Ask somebody else to name you: nobody lets themselves "
    "in. Nothing was changed."
)


class NotEnoughServiceUsers(Refused):
    """The panel would sit with a lone service user, or none."""


class NotReadyToOpen(Refused):
    """Something that every panel needs is missing."""


class StillReading(Refused):
    """Someone who joined in the pause has not had time to read."""


@transaction.atomic
def create(
    organisation: Organisation,
    *,
    name: str,
    purpose: str,
    authority: str,
    minimum_service_users: int = 2,
    is_for_under_18s: bool = False,
    by: Any,
) -> Panel:
    """A panel that is being formed: people can be invited, nothing can be decided.

    One of people under 18 needs the organisation's word on how they are looked after.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if is_for_under_18s and not organisation.young_people_statement:
        raise Refused(
            f"{organisation.name} has not written down how consent, parents and guardians are "
            "handled. A panel of people under 18 needs that first. Nothing was set up."
        )
    panel = Panel.objects.create(
        organisation=organisation,
        name=name,
        purpose=purpose,
        authority=authority,
        minimum_service_users=minimum_service_users,
        is_for_under_18s=is_for_under_18s,
        created_by=by,
    )
    audit.record("panel.created", panel, by=by)
    return panel


@transaction.atomic
def edit(panel: Panel, *, expected: int, fields: dict[str, Any], by: Any) -> None:
    """Change name or purpose; refuses if someone else did meanwhile.

    What the panel may do is settled when it is set up: its members joined on that understanding.
    """
    if unknown := set(fields) - EDITABLE:
        raise ValueError(f"Not a panel's to edit: {', '.join(sorted(unknown))}.")
    save_version(panel, expected=expected, fields=fields)
    audit.record("panel.edited", panel, by=by, data={"fields": sorted(fields)})


@transaction.atomic
def open_panel(panel: Panel, *, by: Any) -> None:
    """From now on the panel sits. Needs its minimum of service users, and what `gates` asks."""
    panel = lock_panel(panel)
    if panel.status != PanelStatus.FORMING:
        return
    _refuse_if_alone(panel)
    if missing := to_open(panel):
        raise NotReadyToOpen(
            "The panel was not opened yet. " + " ".join(each.text for each in missing)
        )
    panel.status, panel.opened_at = PanelStatus.SITTING, database_now()
    panel.save(update_fields=["status", "opened_at"])
    notices.tell_everyone(panel_people(panel), PANEL_OPENED, panel)
    audit.record("panel.opened", panel, by=by)


@transaction.atomic
def resume(panel: Panel, *, by: Any) -> None:
    """A paused panel sits again: enough service users, and newcomers have had time to read."""
    panel = lock_panel(panel)
    if panel.status != PanelStatus.PAUSED:
        return
    _refuse_if_alone(panel)
    until = reading_until(panel)
    if until and until > database_now():
        raise StillReading(
            "Someone joined while the panel was waiting and still has time to read. "
            f"The panel can go on from {timezone.localtime(until):%A %-d %B, %-I:%M%p}."
        )
    sit_again(panel)
    audit.record("panel.resumed", panel, by=by)


@retrying
@transaction.atomic
def raise_minimum(panel: Panel, *, minimum: int, by: Any) -> None:
    """Ask for more service users from now on. The number can be raised, never lowered."""
    with one_change(panel, by=by) as change:
        if minimum < change.panel.minimum_service_users:
            raise Refused("The number can be raised, never lowered. Nothing was changed.")
        change.panel.minimum_service_users = minimum
        change.panel.save(update_fields=["minimum_service_users"])
        change.record("panel.minimum_raised", change.panel)


@retrying
@transaction.atomic
def close(panel: Panel, *, by: Any) -> None:
    """The panel has done its work: it can be read, and nothing in it can be changed any more.

    Meetings that are still to come fall through.
    """
    panel = lock_panel(panel)
    if panel.status == PanelStatus.CLOSED:
        return
    now = database_now()
    PanelPause.objects.filter(panel=panel, ended_at__isnull=True).update(ended_at=now)
    panel.status, panel.closed_at, panel.closed_by = PanelStatus.CLOSED, now, by
    panel.save(update_fields=["status", "closed_at", "closed_by"])
    notices.tell_everyone(panel_people(panel), PANEL_CLOSED, panel)
    fell_through = meetings.cancel_what_is_to_come(panel)
    audit.record("panel.closed", panel, by=by)
    for verb, thing, _, subject in fell_through:
        audit.record(verb, thing, by=None, subject=subject)


@transaction.atomic
def name_safeguarding_lead(panel: Panel, user: Any, *, by: Any) -> None:
    """`user`, who works for the organisation, reads concerns about this panel from now on.

    Not whoever chairs it, whom a concern may be about; and nobody takes the place of a lead by
    themselves: that would let anyone who works here read what was written for somebody else. Where
    the lead of a panel that has begun is gone, it is the organisation's lead's to read.
    """
    panel = lock_panel(panel)
    if not works_for(user, panel.organisation):
        raise Refused(
            "The safeguarding lead of a panel works for its organisation. Nothing was changed."
        )
    if panel.chair_id == user.pk:
        raise Refused(
            "Whoever chairs the panel does not read concerns about it. Choose somebody else. "
            "Nothing was changed."
        )
    reader = reads_concerns_of(panel)
    if reader is None and (panel.opened_at is not None or panel.concerns.exists()):
        reader = reads_concerns_of(panel.organisation)
    if user.pk == by.pk and reader not in (None, user):
        raise Refused(TAKES_NOBODYS_PLACE)
    panel.safeguarding_lead = user
    panel.save(update_fields=["safeguarding_lead"])
    audit.record("panel.safeguarding_lead_named", panel, by=by, subject=user)


@transaction.atomic
def appoint_chair(panel: Panel, user: Any, *, by: Any) -> None:
    """Anyone who takes part can chair, service users included."""
    panel = lock_panel(panel)
    if not takes_part(user, panel):
        raise Refused("Only someone with a seat on the panel can chair it. Nothing was changed.")
    if panel.safeguarding_lead_id == user.pk:
        raise Refused(
            "This person reads concerns about the panel, so they cannot chair it. Name somebody "
            "else for that first. Nothing was changed."
        )
    if panel.chair_id and panel.chair is not None:
        permissions.revoke_chair(panel.chair, panel)
    panel.chair = user
    panel.save(update_fields=["chair"])
    permissions.grant_chair(user, panel)
    audit.record("panel.chair_appointed", panel, by=by, subject=user)


def reading_until(panel: Panel) -> datetime | None:
    """When the last newcomer of the present pause has had their reading time; None without any."""
    newest = newcomers(panel).aggregate(newest=Max("joined_at"))["newest"]
    return newest + READING_TIME if newest else None


def _refuse_if_alone(panel: Panel) -> None:
    if not has_service_users_to_sit(panel):
        raise NotEnoughServiceUsers(
            f"A panel needs at least {panel.minimum_service_users} service users, so that nobody "
            "who uses services sits alone. Invite more people first. Seats of people who work for "
            "the commissioning body or an affected provider do not count towards this."
        )
