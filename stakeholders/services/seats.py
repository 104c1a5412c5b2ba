"""The one door to seats. Nobody who uses services sits alone; anybody can leave at any moment.

Every function here locks the panel row first, writes the change, counts again, and pauses a sitting
panel that fell below its minimum, all in one transaction. Leaving is never refused. No reason for
leaving or being away is asked or kept.

Lock order everywhere: cycle, panels by key, round, place, seat, the audit's head last.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders import permissions
from stakeholders.enums import PILLAR_OF, PanelStatus, Perspective, SeatKind, SeatStatus
from stakeholders.models import Invitation, Panel, PanelPause, Place, Seat, SeatPerspective
from stakeholders.notices import PANEL_SITS_AGAIN, PANEL_WAITS
from stakeholders.queries import has_service_users_to_sit, panel_people, seat_of
from vbc.core.database import retrying
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


class InvitationOver(Refused):
    """The invitation was used, withdrawn or has run out."""


class AlreadySeated(Refused):
    """The person already has a seat on this panel."""


@retrying
@transaction.atomic
def accept(
    invitation: Invitation, *, perspective: str, is_employed_by_affected_body: bool, by: Any
) -> Seat:
    """`by` takes a place on the panel, speaking from what they declare themselves.

    Also uses up the invitation and grants what a seat gives.
    """
    with _one_change(invitation.panel, by=by) as panel:
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        refuse_if_over(invitation)
        if seat_of(by, panel):
            raise AlreadySeated("You already have a seat on this panel. Nothing has changed.")
        now = timezone.now()
        place = Place.objects.create(panel=panel, pillar=PILLAR_OF.get(perspective))
        seat = Seat.objects.create(
            panel=panel,
            place=place,
            user=by,
            kind=SeatKind.MEMBER,
            status=SeatStatus.ACTIVE,
            perspective=Perspective(perspective),
            is_employed_by_affected_body=is_employed_by_affected_body,
            joined_at=now,
        )
        _declare(seat, now)
        invitation.accepted_at, invitation.accepted_by = now, by
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        permissions.grant_seat(by, panel)
        audit.record("seat.accepted", seat, by=by, subject=by)
    return seat


@retrying
@transaction.atomic
def leave(seat: Seat, *, by: Any) -> None:
    """The person leaves the panel, at once. What they gave stands unless they say otherwise."""
    with _one_change(seat.panel, by=by) as panel:
        seat = Seat.objects.select_for_update().select_related("user").get(pk=seat.pk)
        if seat.left_at is not None:
            return
        seat.status, seat.left_at = SeatStatus.LEFT, timezone.now()
        seat.save(update_fields=["status", "left_at"])
        if panel.chair_id == seat.user_id:
            Panel.objects.filter(pk=panel.pk).update(chair=None)
        permissions.revoke_all(seat.user, panel)
        audit.record("seat.left", seat, by=by, subject=seat.user)


@retrying
@transaction.atomic
def go_away(seat: Seat, *, by: Any) -> None:
    """The person steps back for a while. Their seat is kept; their cover may step in."""
    with _one_change(seat.panel, by=by):
        _move(seat, SeatStatus.ACTIVE, SeatStatus.AWAY)
        audit.record("seat.away", seat, by=by, subject=seat.user)


@retrying
@transaction.atomic
def come_back(seat: Seat, *, by: Any) -> None:
    """The person takes part again, as before."""
    with _one_change(seat.panel, by=by):
        _move(seat, SeatStatus.AWAY, SeatStatus.ACTIVE)
        audit.record("seat.back", seat, by=by, subject=seat.user)


@retrying
@transaction.atomic
def change_perspective(
    seat: Seat, *, perspective: str, is_employed_by_affected_body: bool, by: Any
) -> None:
    """The person now speaks from something else. What they gave before keeps what it was."""
    with _one_change(seat.panel, by=by):
        seat = Seat.objects.select_for_update().select_related("place").get(pk=seat.pk)
        seat.perspective = Perspective(perspective)
        seat.is_employed_by_affected_body = is_employed_by_affected_body
        seat.save(update_fields=["perspective", "is_employed_by_affected_body"])
        Place.objects.filter(pk=seat.place_id).update(pillar=PILLAR_OF.get(perspective))
        _declare(seat, timezone.now())
        audit.record("seat.perspective_changed", seat, by=by, subject=seat.user)


@retrying
@transaction.atomic
def account_disabled(user: Any, *, by: Any) -> None:
    """Close the account for signing in. Every panel of theirs counts again without them."""
    panels = list(
        Panel.objects.select_for_update()
        .filter(seats__user=user, seats__left_at__isnull=True)
        .order_by("pk")
    )
    were_sitting = {panel.pk: panel.is_sitting for panel in panels}
    user.is_active = False
    user.save(update_fields=["is_active"])
    for panel in panels:
        _settle(panel, was_sitting=were_sitting[panel.pk], by=by)
    audit.record("account.disabled", user, by=by, subject=user)


def refuse_if_over(invitation: Invitation) -> None:
    """Raise `InvitationOver` with what to do, if the invitation can no longer be used."""
    if invitation.accepted_at:
        raise InvitationOver(
            "This invitation has already been used. If it was you, sign in to go on."
        )
    if invitation.withdrawn_at:
        raise InvitationOver(
            "This invitation has been withdrawn. Ask the person who invited you if you expected it."
        )
    if invitation.expires_at <= timezone.now():
        raise InvitationOver(
            "This invitation has run out. Ask the person who invited you to send it again; "
            "nothing else is needed from you."
        )


def lock_panel(panel: Panel) -> Panel:
    """The panel as it is now, locked to the end of the transaction."""
    return Panel.objects.select_for_update().get(pk=panel.pk)


@contextmanager
def _one_change(panel: Panel, *, by: Any) -> Iterator[Panel]:
    """Lock the panel, let one change happen, count again."""
    panel = lock_panel(panel)
    was_sitting = panel.is_sitting
    yield panel
    _settle(panel, was_sitting=was_sitting, by=by)


def _settle(panel: Panel, *, was_sitting: bool, by: Any) -> None:
    enough = has_service_users_to_sit(panel)
    if was_sitting and not enough:
        pause(panel)
    elif panel.status == PanelStatus.PAUSED and enough and not newcomers(panel):
        sit_again(panel)


def pause(panel: Panel) -> None:
    """The panel waits for a member: no rating, clocks stand still, reading and talking go on.

    The database's own trigger may have done the same a moment ago; both together do it once.
    """
    Panel.objects.filter(pk=panel.pk).update(status=PanelStatus.PAUSED)
    opened, _ = PanelPause.objects.get_or_create(
        panel=panel, ended_at=None, defaults={"began_at": timezone.now()}
    )
    # Nobody's name stands here as the cause: nobody stopped the panel.
    audit.record("panel.paused", panel, by=None)
    for person in panel_people(panel):
        notices.tell(person, PANEL_WAITS, panel, once=str(opened.pk))


def sit_again(panel: Panel) -> None:
    """The panel goes on; the pause ends, and with it the standing still of clocks."""
    Panel.objects.filter(pk=panel.pk).update(status=PanelStatus.SITTING)
    pauses = PanelPause.objects.filter(panel=panel, ended_at__isnull=True)
    pause_id = pauses.values_list("pk", flat=True).first()
    pauses.update(ended_at=timezone.now())
    audit.record("panel.sits_again", panel, by=None)
    for person in panel_people(panel):
        notices.tell(person, PANEL_SITS_AGAIN, panel, once=str(pause_id))


def newcomers(panel: Panel) -> bool:
    """Whether someone joined during the pause that is on now; they are given time to read."""
    pause = PanelPause.objects.filter(panel=panel, ended_at__isnull=True).first()
    if pause is None:
        return False
    return panel.seats.active().filter(joined_at__gte=pause.began_at).exists()


def _move(seat: Seat, source: str, target: str) -> None:
    """From one state to the other; already there, or gone, changes nothing."""
    Seat.objects.filter(pk=seat.pk, status=source).update(status=target)


def _declare(seat: Seat, since: Any) -> None:
    SeatPerspective.objects.create(
        seat=seat,
        perspective=seat.perspective,
        is_employed_by_affected_body=seat.is_employed_by_affected_body,
        since=since,
    )
