"""Who may rate."""

from typing import Any

from cycles.enums import DecisionStatus
from cycles.models import Decision, Round
from cycles.permissions.decisions import ONLY_MEMBERS, member_seat
from cycles.permissions.stages import CLOSED
from cycles.queries.ratings import has_rated_from_elsewhere, has_rated_in
from cycles.queries.rounds import RATING_PERSPECTIVES, open_round_of
from stakeholders.enums import SeatStatus
from stakeholders.models import Seat
from stakeholders.queries.seats import card_of, member_covered_by
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
    round_ = open_round_of(decision)
    if decision.status != DecisionStatus.RATING or round_ is None:
        return Denied("No round is open now. You will be told when rating begins.")
    return may_speak_in_round(user, seat, round_)


def may_speak_in_round(user: Any, seat: Seat, round_: Round) -> Permission:
    """A person has one voice in a round, and a place has one.

    Where the card of a member who is away says so, or there is no card, what they gave stands and
    their cover does not rate in this round. Cover reads that it is settled, never how.
    """
    if has_rated_from_elsewhere(user, seat, round_):
        return Denied(
            "You have rated in this round before, from another place on the panel, and everybody "
            "has one voice in a round. What you gave stands."
        )
    member = member_covered_by(seat)
    if member and card_of(member).ratings_stand and has_rated_in(member, round_):
        return Denied(
            "The person you step in for has settled this round themselves, so there is nothing for "
            "you to rate in it. You can read everything and take part in the talk. In the next "
            "round you rate."
        )
    return ALLOWED
