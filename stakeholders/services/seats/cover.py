"""Stepping away and coming back, and whoever steps in meanwhile."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from stakeholders.enums import SeatKind, SeatStatus
from stakeholders.models import Panel, Place, Seat
from stakeholders.notices import seats as words
from stakeholders.permissions import panels as permissions
from stakeholders.queries.seats import can_step_in, who_can_step_in
from stakeholders.services import liaisons
from stakeholders.services.sitting import Change, locked, locked_all, one_change
from vbc.core.database import database_now, retrying, wait_patiently
from vbc.core.refusals import Refused
from vbc.core.services import notices

# The cover that a member named is asked first.
HEAD_START_OF_COVER = timedelta(days=1)


class NothingToStepInFor(Refused):
    """The place is not free: its member is there, or somebody else has stepped in."""


@retrying
@transaction.atomic
def go_away(seat: Seat, *, by: Any) -> None:
    """The person steps back for a while. Their seat is kept, and whoever can step in is asked."""
    wait_patiently()
    with one_change(seat.panel, by=by) as change:
        seat = locked(seat)
        if seat.status != SeatStatus.ACTIVE or seat.kind == SeatKind.SUPPORTER:
            return
        # Cover is on standby when it is not there: a place has one member, who may be away.
        is_cover = seat.kind == SeatKind.COVER
        _put(seat, SeatStatus.STANDBY if is_cover else SeatStatus.AWAY)
        if is_cover:
            _stands_down(seat, change)
        change.record("seat.away", seat, subject=seat.user)
        ask_to_step_in(seat.place)


@retrying
@transaction.atomic
def come_back(seat: Seat, *, by: Any) -> None:
    """The person takes part again, as before. Cover that had stepped in is on standby again."""
    with one_change(seat.panel, by=by) as change:
        seat = locked(seat)
        if seat.status != SeatStatus.AWAY:
            return
        for cover in _locked_at(seat.place, SeatStatus.ACTIVE):
            _put(cover, SeatStatus.STANDBY)
            _stands_down(cover, change)
            notices.tell(cover.user, words.MEMBER_IS_BACK, cover, once=database_now().isoformat())
            change.record("seat.stepped_back", cover, subject=cover.user)
        _put(seat, SeatStatus.ACTIVE)
        change.record("seat.back", seat, subject=seat.user)


@retrying
@transaction.atomic
def step_in(seat: Seat, place: Place, *, by: Any) -> None:
    """Cover, or somebody of the reserve list, speaks for `place` while its member is away.

    Whoever was on the reserve list is that place's cover from now on. Nobody steps in without
    saying so themselves: a panel does not count on somebody who may not be there.
    """
    with one_change(seat.panel, by=by) as change:
        seat = locked(seat)
        place = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
        if not can_step_in(seat, place):
            raise NothingToStepInFor(
                "Nobody is needed here any more: the member is back, or somebody else has stepped "
                "in. Thank you for offering. Nothing was changed."
            )
        # Cover that was asked first and did not answer makes room.
        for idle in locked_all(place.seats.live().filter(kind=SeatKind.COVER).exclude(pk=seat.pk)):
            to_reserve(idle, change)
        if seat.kind == SeatKind.RESERVE:
            seat.kind, seat.place = SeatKind.COVER, place
        seat.status = SeatStatus.ACTIVE
        seat.save(update_fields=["kind", "place", "status"])
        permissions.grant_seat(seat.user, change.panel, takes_part=True)
        change.record("seat.stepped_in", seat, subject=seat.user)


def hand_on(place: Place, change: Change) -> None:
    """A member has gone for good: cover that has stepped in becomes the place's member."""
    for cover in locked_all(place.seats.live().filter(kind=SeatKind.COVER)):
        if cover.status == SeatStatus.ACTIVE:
            cover.kind = SeatKind.MEMBER
            cover.save(update_fields=["kind"])
            notices.tell(cover.user, words.PLACE_IS_YOURS, cover)
            change.record("seat.became_member", cover, subject=cover.user)
        else:
            to_reserve(cover, change)


def to_reserve(cover: Seat, change: Change) -> None:
    """Cover that fits its place no longer can go on helping from the reserve list."""
    cover.kind, cover.status = SeatKind.RESERVE, SeatStatus.STANDBY
    cover.place = Place.objects.create(panel=cover.panel, pillar=None)
    cover.save(update_fields=["kind", "status", "place"])
    _stands_down(cover, change)
    change.record("seat.on_reserve", cover, subject=cover.user)


def ask_to_step_in(place: Place) -> None:
    """If the place is free, ask whoever can step in: its own cover, a day later the reserve list.

    The words are made at sending, and nobody is asked any more once somebody has stepped in.
    """
    now = database_now().isoformat()
    for seat in who_can_step_in(place):
        wait = timedelta(0) if seat.kind == SeatKind.COVER else HEAD_START_OF_COVER
        notices.tell(seat.user, words.CAN_YOU_STEP_IN, place, once=now, after=wait)


def _locked_at(place: Place, status: str) -> list[Seat]:
    return locked_all(place.seats.filter(status=status))


def _stands_down(cover: Seat, change: Change) -> None:
    """Who no longer speaks for a place neither takes part nor chairs, and cannot be chosen to be in
    touch: they may not see who chose them, and whoever is alone would wait for them."""
    permissions.grant_seat(cover.user, change.panel, takes_part=False)
    if change.panel.chair_id == cover.user_id:
        permissions.revoke_chair(cover.user, change.panel)
        Panel.objects.filter(pk=change.panel.pk).update(chair=None)
        change.panel.chair = None
    liaisons.end_offer_of_who_is_gone(change.panel, cover.user)


def _put(seat: Seat, status: str) -> None:
    seat.status = status
    seat.save(update_fields=["status"])
