"""Who may rate."""

from typing import Any

from cycles.enums import DecisionStatus
from cycles.models import Decision
from cycles.permissions.decisions import ONLY_MEMBERS, member_seat
from cycles.permissions.stages import CLOSED
from cycles.queries.rounds import RATING_PERSPECTIVES
from stakeholders.enums import SeatStatus
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_rate(user: Any, decision: Decision) -> Permission:
    """Members who take part today and speak for a pillar that rates, while a round is open.

    The reasons name no role: a refusal may be read over somebody's shoulder.
    """
    if decision.cycle.is_closed:
        return Denied(CLOSED)
    seat = member_seat(user, decision)
    if seat is None:
        return Denied(ONLY_MEMBERS)
    if seat.perspective not in RATING_PERSPECTIVES:
        return Denied("Your seat on this panel does not rate. You can comment on every option.")
    if seat.status != SeatStatus.ACTIVE:
        return Denied(
            "You have stepped away from this panel for now, so there is nothing for you to do. "
            "What you gave stands. If you want to rate, come back first: you can do so at any time."
        )
    if decision.status != DecisionStatus.RATING:
        return Denied("No round is open now. You will be told when rating begins.")
    return ALLOWED
