"""Showing the reason one gave beside the result, and taking it back."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from cycles.models import Rating
from cycles.permissions.ratings import may_release_reason, may_take_reason_back
from cycles.queries.tampering import REASON_RELEASED, REASON_TAKEN_BACK
from cycles.services import decisions
from vbc.core.database import database_now
from vbc.core.refusals import Denied, Permission, Refused
from vbc.core.services import audit


@transaction.atomic
def release_reason(rating: Rating, *, by: Any) -> None:
    """`by` shows the reason they gave beside the result, once there is one, with the name they
    chose. What they gave stays as sealed as it was."""
    _show_reason(rating, True, may_release_reason, REASON_RELEASED, by)


@transaction.atomic
def take_reason_back(rating: Rating, *, by: Any) -> None:
    """The reason is theirs alone again. Until the decision is recorded."""
    _show_reason(rating, False, may_take_reason_back, REASON_TAKEN_BACK, by)


def _show_reason(
    rating: Rating,
    shown: bool,
    may: Callable[[Any, Rating], Permission],
    verb: str,
    by: Any,
) -> None:
    """Set whether a reason is shown. One that was given for an order as a whole is shown, or not,
    with all of it."""
    decision = decisions.lock(rating.round.decision)
    locked = (
        Rating.objects.live()
        .select_for_update(of=("self",))
        .select_related("round__decision__cycle__organisation", "seat")
        .filter(round=rating.round_id, seat=rating.seat_id, given_at=rating.given_at)
    )
    rows = [row for row in locked.order_by("pk") if row.reason == rating.reason]
    if rating.pk not in {row.pk for row in rows}:
        raise Refused("You have changed this meanwhile. Nothing was changed now. Look again.")
    for row in rows:
        row.round.decision = decision
        allowed = may(by, row)
        if isinstance(allowed, Denied):
            raise Refused(allowed.reason)
    changed = [row for row in rows if (row.reason_released_at is not None) != shown]
    Rating.objects.filter(pk__in=[row.pk for row in changed]).update(
        reason_released_at=database_now() if shown else None
    )
    for row in changed:
        audit.record(verb, row, by=by)
