"""What somebody speaks from: declared by themselves, with its history."""

from typing import Any

from django.db import transaction

from stakeholders.enums import PILLAR_OF, Perspective, SeatKind
from stakeholders.models import Organisation, Panel, Place, Seat, SeatPerspective
from stakeholders.queries.panels import works_for
from stakeholders.services.seats.cover import to_reserve
from stakeholders.services.sitting import locked, locked_all, one_change, refuse_who_left
from vbc.core.database import database_now, retrying
from vbc.core.refusals import Refused


class NotForThisPlace(Refused):
    """What the person speaks from does not fit the place."""


@retrying
@transaction.atomic
def change_perspective(
    seat: Seat, *, perspective: str | None = None, is_employed_by_affected_body: bool, by: Any
) -> None:
    """The person now speaks from something else (None: from what they do already).

    What they gave before keeps what it was.

    Whoever covers a place, or sits beside a member, does not choose: the place decides. Raises
    NoSeatAnyMore: the place of somebody who has left may be another's by now.
    """
    with one_change(seat.panel, by=by) as change:
        refuse_who_left(seat)
        seat = locked(seat)
        perspective = perspective or seat.perspective
        if seat.kind != SeatKind.MEMBER and perspective != seat.perspective:
            raise NotForThisPlace(
                "You are on this panel to step in, or to sit beside somebody, so you speak from "
                "what that place speaks from. Nothing was changed."
            )
        seat.perspective = Perspective(perspective)
        seat.is_employed_by_affected_body = is_employed(
            seat.user, change.panel, is_employed_by_affected_body
        )
        seat.save(update_fields=["perspective", "is_employed_by_affected_body"])
        if seat.kind == SeatKind.MEMBER:
            Place.objects.filter(pk=seat.place_id).update(pillar=PILLAR_OF.get(perspective))
        declare(seat, database_now())
        change.record("seat.perspective_changed", seat, subject=seat.user)
        for cover in locked_all(seat.place.seats.live().filter(kind=SeatKind.COVER)):
            if cover.perspective != seat.perspective:
                to_reserve(cover, change)


@retrying
@transaction.atomic
def employed(user: Any, organisation: Organisation, *, by: Any) -> None:
    """`user` now works for `organisation`: their seats on its panels no longer count to the two.

    Every panel of the organisation is locked first, so that nobody takes a seat there meanwhile who
    is looked up as somebody from outside.
    """
    list(
        Panel.objects.select_for_update(no_key=True)
        .filter(organisation=organisation)
        .order_by("pk")
    )
    seats = Seat.objects.live().filter(
        user=user, panel__organisation=organisation, is_employed_by_affected_body=False
    )
    for seat in seats.select_related("panel").order_by("panel"):
        change_perspective(seat, is_employed_by_affected_body=True, by=by)


def is_employed(user: Any, panel: Panel, answer: bool) -> bool:
    """What the person says, and what the system knows already."""
    return answer or works_for(user, panel.organisation)


def declare(seat: Seat, since: Any) -> None:
    SeatPerspective.objects.create(
        seat=seat,
        perspective=seat.perspective,
        is_employed_by_affected_body=seat.is_employed_by_affected_body,
        since=since,
    )
