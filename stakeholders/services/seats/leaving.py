"""Giving a seat up, or losing it. Leaving is never refused, and no reason is asked or kept."""

from typing import Any

from django.db import transaction

from stakeholders.enums import SeatKind, SeatStatus
from stakeholders.models import Panel, Removal, Seat, SupportPlan, UnwellCard
from stakeholders.notices import seats as words
from stakeholders.notices.invitations import RELEASED
from stakeholders.permissions import panels as permissions
from stakeholders.queries.seats import came_from_the_reserve_list
from stakeholders.services import liaisons
from stakeholders.services.seats.cover import hand_on, to_reserve
from stakeholders.services.sitting import (
    Change,
    lock_panels_of,
    locked,
    locked_all,
    one_change,
)
from vbc.core.database import database_now, retrying, wait_patiently
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


@retrying
@transaction.atomic
def leave(seat: Seat, *, takes_ratings_back: bool = False, by: Any) -> None:
    """The person leaves the panel, at once. What they gave stands unless they say otherwise.

    With `takes_ratings_back`, what they rated in rounds that are still open no longer counts. Who
    sat beside them leaves too. Cover that has stepped in keeps the place, as a member; cover that
    has not goes on the reserve list.
    """
    wait_patiently()
    with one_change(seat.panel, by=by) as change:
        seat = locked(seat)
        if seat.left_at is None:
            end(seat, change, "seat.left", takes_ratings_back=takes_ratings_back)


@retrying
@transaction.atomic
def remove(seat: Seat, *, reason: str, by: Any) -> None:
    """End somebody's seat, with a reason that is given to them and can be read by nobody else but
    those who run the panel. What they gave stands."""
    reason = reason.strip()
    if not reason:
        raise Refused("Write the reason: the person is told. Nothing was changed.")
    with one_change(seat.panel, by=by) as change:
        seat = locked(seat)
        if seat.left_at is not None:
            return
        Removal.objects.create(seat=seat, reason=reason, removed_by=by)
        end(seat, change, "seat.removed")
        notices.tell(seat.user, words.REMOVED, seat)


@retrying
@transaction.atomic
def release(seat: Seat, *, by: Any) -> None:
    """A member no longer needs their cover, or who sits beside them. No reason is asked.

    Whoever came to the place from the reserve list goes back there: service users and carers put
    them on it, so no one member puts them off it. Whoever has become a member meanwhile stays.
    """
    wait_patiently()
    with one_change(seat.panel, by=by) as change:
        seat = locked(seat)
        if seat.left_at is not None or seat.kind not in (SeatKind.COVER, SeatKind.SUPPORTER):
            return
        if seat.kind == SeatKind.COVER and came_from_the_reserve_list(seat):
            to_reserve(seat, change)
            notices.tell(seat.user, words.ON_RESERVE_AGAIN, seat, once=database_now().isoformat())
        else:
            end(seat, change, "seat.left")
            notices.tell(seat.user, RELEASED, seat)


@retrying
@transaction.atomic
def account_disabled(user: Any, *, by: Any) -> None:
    """Close the account for signing in. Every panel of theirs counts again without them."""
    wait_patiently()
    changes = [Change(panel, by) for panel in lock_panels_of(user)]
    user.is_active = False
    user.save(update_fields=["is_active"])
    for change in changes:
        change.settle()
    for change in changes:
        change.write_down()
    audit.record("account.disabled", user, by=by, subject=user)


def end(seat: Seat, change: Change, verb: str, *, takes_ratings_back: bool = False) -> None:
    """End a locked seat and all that hangs on it, on a locked panel."""
    panel = change.panel
    seat.status, seat.left_at = SeatStatus.LEFT, database_now()
    seat.takes_ratings_back, seat.liaison = takes_ratings_back, None
    seat.save(update_fields=["status", "left_at", "takes_ratings_back", "liaison"])
    if panel.chair_id == seat.user_id:
        Panel.objects.filter(pk=panel.pk).update(chair=None)
    liaisons.end_offer(panel, seat.user)
    # What was written to look after somebody here has done its work.
    UnwellCard.objects.filter(seat=seat).delete()
    SupportPlan.objects.filter(seat=seat).delete()
    permissions.revoke_all(seat.user, panel)
    change.record(verb, seat, subject=seat.user)
    for supporter in locked_all(seat.supporters.live()):
        end(supporter, change, "seat.left")
    if seat.kind == SeatKind.MEMBER:
        hand_on(seat.place, change)
