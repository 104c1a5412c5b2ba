"""Setting up a panel, opening it, letting it sit again. Seats have their own door: `seats`."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from stakeholders import permissions
from stakeholders.enums import PanelStatus
from stakeholders.models import Organisation, Panel
from stakeholders.notices import PANEL_OPENED
from stakeholders.queries import has_service_users_to_sit, panel_people, seat_of
from stakeholders.services import seats
from vbc.core.database import database_now
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version

READING_TIME = timedelta(days=3)


class NotEnoughServiceUsers(Refused):
    """The panel would sit with a lone service user, or none."""


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
    by: Any,
) -> Panel:
    """A panel that is being formed: people can be invited, nothing can be decided."""
    panel = Panel.objects.create(
        organisation=organisation,
        name=name,
        purpose=purpose,
        authority=authority,
        minimum_service_users=minimum_service_users,
        created_by=by,
    )
    audit.record("panel.created", panel, by=by)
    return panel


@transaction.atomic
def edit(panel: Panel, *, expected: int, fields: dict[str, Any], by: Any) -> None:
    """Change name, purpose or authority; refuses if someone else did meanwhile."""
    save_version(panel, expected=expected, fields=fields)
    audit.record("panel.edited", panel, by=by, data={"fields": sorted(fields)})


@transaction.atomic
def open_panel(panel: Panel, *, by: Any) -> None:
    """From now on the panel sits. Needs at least its minimum of service users."""
    panel = seats.lock_panel(panel)
    if panel.status != PanelStatus.FORMING:
        return
    _refuse_if_alone(panel)
    panel.status, panel.opened_at = PanelStatus.SITTING, database_now()
    panel.save(update_fields=["status", "opened_at"])
    for person in panel_people(panel):
        notices.tell(person, PANEL_OPENED, panel)
    audit.record("panel.opened", panel, by=by)


@transaction.atomic
def resume(panel: Panel, *, by: Any) -> None:
    """A paused panel sits again: enough service users, and newcomers have had time to read."""
    panel = seats.lock_panel(panel)
    if panel.status != PanelStatus.PAUSED:
        return
    _refuse_if_alone(panel)
    until = reading_until(panel)
    if until and until > database_now():
        raise StillReading(
            "Someone joined while the panel was waiting and still has time to read. "
            f"The panel can go on from {timezone.localtime(until):%A %-d %B, %-I:%M%p}."
        )
    seats.sit_again(panel)
    audit.record("panel.resumed", panel, by=by)


@transaction.atomic
def appoint_chair(panel: Panel, user: Any, *, by: Any) -> None:
    """Anyone with a seat can chair, service users included."""
    panel = seats.lock_panel(panel)
    if seat_of(user, panel) is None:
        raise Refused("Only someone with a seat on the panel can chair it. Nothing was changed.")
    if panel.chair_id and panel.chair is not None:
        permissions.revoke_chair(panel.chair, panel)
    panel.chair = user
    panel.save(update_fields=["chair"])
    permissions.grant_chair(user, panel)
    audit.record("panel.chair_appointed", panel, by=by, subject=user)


def reading_until(panel: Panel) -> datetime | None:
    """When the last newcomer of the present pause has had their reading time; None without any."""
    newest = seats.newcomers(panel).aggregate(newest=Max("joined_at"))["newest"]
    return newest + READING_TIME if newest else None


def _refuse_if_alone(panel: Panel) -> None:
    if not has_service_users_to_sit(panel):
        raise NotEnoughServiceUsers(
            f"A panel needs at least {panel.minimum_service_users} service users, so that nobody "
            "who uses services sits alone. Invite more people first. Seats of people who work for "
            "the commissioning body or an affected provider do not count towards this."
        )
