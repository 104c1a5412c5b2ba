"""Taking a seat."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.enums import COVERED, PILLAR_OF, PanelStatus, Perspective, SeatKind, SeatStatus
from stakeholders.models import Invitation, Place, Seat, User
from stakeholders.permissions import panels as permissions
from stakeholders.queries.panels import seat_of
from stakeholders.services.seats.cover import ask_to_step_in
from stakeholders.services.seats.perspectives import NotForThisPlace, declare, is_employed
from stakeholders.services.sitting import one_change
from vbc.core.database import database_now, retrying
from vbc.core.refusals import Refused


class InvitationOver(Refused):
    """The invitation was used, withdrawn or has run out."""


class AlreadySeated(Refused):
    """The person already has a seat on this panel."""


class AccountNotInUse(Refused):
    """The account was closed meanwhile."""


@retrying
@transaction.atomic
def accept(
    invitation: Invitation, *, perspective: str, is_employed_by_affected_body: bool, by: Any
) -> Seat:
    """`by` takes a seat of the kind they were invited to, speaking from what they declare.

    A member who was here before gets their own place back, so that nobody ever has two voices.
    Cover shares the place of the member whom it covers and speaks from the same; a supporter has no
    voice, whatever `perspective` says. Staff of the commissioning body are employed by it whatever
    they answer. Also uses up the invitation and grants what the seat gives.
    """
    with one_change(invitation.panel, by=by) as change:
        panel = change.panel
        invitation = (
            Invitation.objects.select_for_update(of=("self",), no_key=True)
            .select_related("seat")
            .get(pk=invitation.pk)
        )
        refuse_if_over(invitation)
        _refuse_if_closed(by)
        if seat_of(by, panel):
            raise AlreadySeated("You already have a seat on this panel. Nothing has changed.")
        now = database_now()
        kind = SeatKind(invitation.kind)
        if kind == SeatKind.SUPPORTER:
            perspective = Perspective.IN_ATTENDANCE
        ready = kind in (SeatKind.COVER, SeatKind.RESERVE)
        seat = Seat.objects.create(
            panel=panel,
            place=_place_for(invitation, perspective, by),
            user=by,
            kind=kind,
            status=SeatStatus.STANDBY if ready else SeatStatus.ACTIVE,
            beside=invitation.seat if kind == SeatKind.SUPPORTER else None,
            perspective=Perspective(perspective),
            is_employed_by_affected_body=is_employed(by, panel, is_employed_by_affected_body),
            joined_at=now,
        )
        declare(seat, now)
        invitation.accepted_at, invitation.accepted_by = now, by
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        permissions.grant_seat(by, panel, takes_part=kind == SeatKind.MEMBER)
        change.record("seat.accepted", seat, subject=by)
        if kind == SeatKind.COVER:
            ask_to_step_in(seat.place)
    return seat


def _refuse_if_closed(user: Any) -> None:
    """Raise `AccountNotInUse` where the account is closed; locked, so that it stays as it is.

    Whoever closes it meanwhile waits, and then leaves this seat as well.
    """
    if not User.objects.select_for_update(no_key=True).get(pk=user.pk).is_active:
        raise AccountNotInUse(
            "This account has been closed, so it takes no seat. Nothing was changed."
        )


def refuse_if_over(invitation: Invitation) -> None:
    """Raise `InvitationOver` with what to do, if the invitation can no longer be used."""
    if invitation.panel.status == PanelStatus.CLOSED:
        raise InvitationOver(
            "This panel has come to its end, so nobody joins it any more. Nothing is needed from "
            "you."
        )
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
    if invitation.seat is not None and invitation.seat.left_at is not None:
        raise InvitationOver(
            "The person who asked you is no longer on this panel, so this invitation is over. "
            "Nothing is needed from you."
        )


def _place_for(invitation: Invitation, perspective: str, user: Any) -> Place:
    """Cover gets the place that it covers; a member the place that was theirs, if it is free."""
    panel, covered = invitation.panel, invitation.seat
    if invitation.kind == SeatKind.COVER and covered is not None:
        if perspective != covered.perspective:
            raise NotForThisPlace(
                "Cover speaks from the same as the person who asked you, so that what they stand "
                "for is there while they are away. You said something else, so nothing was "
                "changed. Talk to the person who asked you: you may be welcome as a member."
            )
        if covered.place.seats.live().filter(kind=SeatKind.COVER).exists():
            raise NotForThisPlace(
                "Somebody else has already agreed to be cover here. Nothing was changed."
            )
        return covered.place
    if invitation.kind == SeatKind.RESERVE and perspective not in COVERED:
        raise NotForThisPlace(
            "The reserve list is for people who use services and for carers. Nothing was changed."
        )
    pillar = PILLAR_OF.get(perspective) if invitation.kind == SeatKind.MEMBER else None
    theirs = None
    if invitation.kind == SeatKind.MEMBER:
        taken = Seat.objects.live().filter(panel=panel, kind=SeatKind.MEMBER).values("place")
        theirs = (
            Place.objects.filter(panel=panel, seats__user=user, seats__kind=SeatKind.MEMBER)
            .exclude(pk__in=taken)
            .exclude(seats__status=SeatStatus.ACTIVE)
            .order_by("-pk")
            .first()
        )
    if theirs is None:
        return Place.objects.create(panel=panel, pillar=pillar)
    theirs.pillar = pillar
    theirs.save(update_fields=["pillar"])
    return theirs
