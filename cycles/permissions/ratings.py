"""Who may rate."""

from typing import Any

from cycles.enums import DecisionStatus
from cycles.models import Decision, Rating, Round
from cycles.permissions.decisions import ONLY_MEMBERS, member_seat
from cycles.permissions.stages import CLOSED
from cycles.queries.ratings import has_rated_from_elsewhere, has_rated_in
from cycles.queries.rounds import RATING_PERSPECTIVES, open_round_of
from stakeholders.enums import SeatStatus
from stakeholders.models import Seat
from stakeholders.queries.seats import card_of, member_covered_by
from vbc.core.refusals import ALLOWED, Denied, Permission

HAS_A_VOICE_ELSEWHERE = Denied(
    "You have rated in this round before, from another place on the panel, and everybody has one "
    "voice in a round. What you gave stands."
)
SETTLED_BY_MEMBER = Denied(
    "The person you step in for has settled this round themselves, so there is nothing for you to "
    "rate in it. You can read everything and take part in the talk. In the next round you rate."
)


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
        return HAS_A_VOICE_ELSEWHERE
    member = member_covered_by(seat)
    if member and card_of(member).ratings_stand and has_rated_in(member, round_):
        return SETTLED_BY_MEMBER
    return ALLOWED


def may_release_reason(user: Any, rating: Rating) -> Permission:
    """Show one's reason beside the result: its author alone, of their own will."""
    return _own_reason(user, rating) and _until_recorded(rating.round.decision)


def may_take_reason_back(user: Any, rating: Rating) -> Permission:
    """The same person, until the decision is recorded: then the reason belongs to its record."""
    return may_release_reason(user, rating)


def _own_reason(user: Any, rating: Rating) -> Permission:
    if rating.seat.user_id != user.pk:
        return Denied("A reason is its author's, and nobody else shows it or takes it back.")
    if not rating.reason:
        return Denied("You gave no reason here, so there is nothing to show.")
    return ALLOWED


def _until_recorded(decision: Decision) -> Permission:
    if decision.cycle.is_closed:
        return Denied(CLOSED)
    if hasattr(decision, "record"):
        return Denied(
            "This decision is recorded, so what stands beside it stays as it is. Nothing was "
            "changed."
        )
    return ALLOWED
