"""What a person sees of their own rating, and of nobody else's."""

from dataclasses import dataclass
from typing import Any

from cycles.enums import BALLOT_IN_PLAIN_WORDS
from cycles.models import Decision, Option, Round
from cycles.permissions.decisions import member_seat
from cycles.permissions.ratings import may_rate
from cycles.presenters.decisions import RoundFacts, round_facts
from cycles.queries.interests import left_out_for
from cycles.queries.options import options_on
from cycles.queries.ratings import counts_as, my_ratings
from cycles.queries.rounds import CLINICAL_PERSPECTIVES, last_closed_round, open_round_of
from cycles.services.ratings import RoundNotOpen
from vbc.ui.fields import NOT_SCORED


@dataclass(frozen=True)
class RatePage:
    """One option to rate: which it is of how many, and what this person gave before."""

    round: Round
    facts: RoundFacts | None
    number: int
    count: int
    initial: dict[str, Any]
    is_reason_needed: bool
    ballot_sentence: str
    crisis_line: str


def next_to_rate(decision: Decision, user: Any) -> Option | None:
    """The first option that this person rates and has not rated in the open round."""
    rated = set(my_ratings(user, open_round_of(decision)).values_list("option_id", flat=True))
    settled = rated | left_out_for(user, decision)
    return next((option for option in options_on(decision) if option.pk not in settled), None)


def rate_page(decision: Decision, option: Option, user: Any) -> RatePage:
    """Raises RoundNotOpen where the round was closed a moment ago."""
    round_ = open_round_of(decision)
    if round_ is None:
        raise RoundNotOpen("This round has closed. What you gave before the close stands.")
    left_out = left_out_for(user, decision)
    keys = [key for key in options_on(decision).values_list("pk", flat=True) if key not in left_out]
    mine = my_ratings(user, round_).filter(option=option).first()
    initial = {}
    if mine is not None:
        initial = {
            "value": NOT_SCORED if mine.value is None else str(mine.value),
            "reason": mine.reason,
        }
    seat = member_seat(user, decision)
    return RatePage(
        round=round_,
        facts=round_facts(decision),
        number=keys.index(option.pk) + 1,
        count=len(keys),
        initial=initial,
        is_reason_needed=seat is not None and counts_as(seat, round_) in CLINICAL_PERSPECTIVES,
        ballot_sentence=BALLOT_IN_PLAIN_WORDS[decision.ballot],
        crisis_line=decision.cycle.organisation.crisis_line,
    )


def receipt_page(decision: Decision, user: Any) -> dict[str, Any]:
    """This person's receipts: of the open round, else of the last."""
    round_ = open_round_of(decision) or last_closed_round(decision)
    receipts = list(my_ratings(user, round_))
    to_rate = options_on(decision).count() - len(left_out_for(user, decision))
    return {
        "decision": decision,
        "receipts": receipts,
        "round": round_facts(decision),
        "may_rate": bool(may_rate(user, decision)),
        "all_rated": bool(receipts) and len(receipts) >= to_rate,
    }
