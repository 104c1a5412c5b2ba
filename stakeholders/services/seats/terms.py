"""How long a seat is agreed for. Leaving earlier is always possible."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from stakeholders.models import Seat
from stakeholders.notices import seats as words
from stakeholders.services.seats.leaving import end
from stakeholders.services.sitting import locked, one_change
from vbc.core.database import database_now, retrying
from vbc.core.refusals import Refused
from vbc.core.services import notices

REMIND_BEFORE = timedelta(weeks=4)


@retrying
@transaction.atomic
def set_term(seat: Seat, *, ends_on: date | None, by: Any) -> None:
    """Agree the last day of a term, or that there is none. Leaving earlier is always possible."""
    if ends_on is not None and ends_on < timezone.localdate():
        raise Refused("The last day of a term is today or later. Nothing was changed.")
    with one_change(seat.panel, by=by) as change:
        seat = locked(seat)
        if seat.left_at is not None:
            return
        seat.term_ends_on = ends_on
        seat.save(update_fields=["term_ends_on"])
        change.record("seat.term_agreed", seat, subject=seat.user)
        notices.tell(seat.user, words.TERM_AGREED, seat, once=database_now().isoformat())


def end_terms(today: date) -> int:
    """End the seats whose last day is before `today`; returns how many. Safe to run again."""
    over = Seat.objects.live().filter(term_ends_on__lt=today).select_related("panel")
    return sum(_end_term(seat, today) for seat in over.order_by("panel", "pk"))


@retrying
@transaction.atomic
def _end_term(seat: Seat, today: date) -> bool:
    with one_change(seat.panel, by=None) as change:
        seat = locked(seat)
        if seat.left_at is not None or not seat.term_ends_on or seat.term_ends_on >= today:
            return False
        end(seat, change, "seat.term_ended")
        notices.tell(seat.user, words.TERM_ENDED, seat)
    return True


def remind_of_terms(today: date) -> None:
    """Tell whoever has four weeks or less to go; once for each last day."""
    soon = Seat.objects.live().filter(term_ends_on__range=(today, today + REMIND_BEFORE))
    for seat in soon.select_related("user"):
        notices.tell(seat.user, words.TERM_ENDS_SOON, seat, once=str(seat.term_ends_on))
