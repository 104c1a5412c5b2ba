"""What a person sees of their own rating, and of nobody else's."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse

from cycles.enums import BALLOT_IN_PLAIN_WORDS, BallotMethod, YesNo
from cycles.models import Decision, Option, Rating, Round
from cycles.permissions.decisions import member_seat
from cycles.permissions.ratings import may_rate, may_release_reason
from cycles.presenters.decisions import RoundFacts, round_facts
from cycles.presenters.options import OptionFacts, option_facts, with_facts
from cycles.queries.interests import left_out_for
from cycles.queries.options import options_on
from cycles.queries.ratings import counts_as, my_ratings, recorded_for, released_reasons
from cycles.queries.rounds import CLINICAL_PERSPECTIVES, last_closed_round, open_round_of
from cycles.services.ratings import RoundNotOpen
from stakeholders.models import Seat
from vbc.ui.fields import NOT_SCORED

# What is said once everything is given, by the decision's method.
_ALL_GIVEN: dict[str, str] = {
    BallotMethod.RATING: "You have rated every option.",
    BallotMethod.RANKING: "You have put the options in order.",
    BallotMethod.YES_NO: "You have answered for every option.",
}


Row = dict[str, str]


@dataclass(frozen=True)
class RatePage:
    """One option to rate: which it is of how many, and what this person gave before. `given` says
    that in words, for a time in which no rating is taken."""

    facts: RoundFacts | None
    given: list[Row]
    option_facts: OptionFacts
    number: int
    count: int
    initial: dict[str, Any]
    ballot_sentence: str
    crisis_line: str
    entered_by: str


@dataclass(frozen=True)
class RankPage:
    """All options to be put in order, and the order this person gave before. `given` says that in
    words, for a time in which no rating is taken."""

    facts: RoundFacts | None
    given: list[Row]
    options: list[Option]
    left_out: list[Option]
    places: dict[int, int]
    initial: dict[str, Any]
    ballot_sentence: str
    crisis_line: str
    entered_by: str


@dataclass(frozen=True)
class Recorded:
    """Something that is recorded for the reader, as they said it. `add_reason_url`: where they add
    a reason that they are asked for, and that their helper entered nothing of. `is_from_before`:
    they gave it before they left the place on which they sit again."""

    rating: Rating
    words: str
    entered_by: str
    shows_reason: bool
    may_show_reason: bool
    add_reason_url: str
    is_from_before: bool


@dataclass(frozen=True)
class ShownReason:
    """A reason beside the result, with the name its author chose."""

    name: str
    about: str
    text: str


def next_to_rate(decision: Decision, user: Any) -> Option | None:
    """The first option that this person rates and has not rated in the open round."""
    rated = set(my_ratings(user, open_round_of(decision)).values_list("option_id", flat=True))
    settled = rated | left_out_for(user, decision)
    return next((option for option in options_on(decision) if option.pk not in settled), None)


def where_to_rate(decision: Decision, user: Any) -> str:
    """The page that is next: an option to rate, the options to put in order, or the receipts."""
    option = next_to_rate(decision, user)
    address = [decision.cycle.slug, decision.public_id]
    if option is None:
        return reverse("cycles:receipt", args=address)
    if decision.method == BallotMethod.RANKING:
        return reverse("cycles:rank-options", args=address)
    return reverse("cycles:rate", args=[*address, option.public_id])


def rate_page(decision: Decision, round_: Round, option: Option, user: Any) -> RatePage:
    """The page of one option in the open round."""
    left_out = left_out_for(user, decision)
    keys = [key for key in options_on(decision).values_list("pk", flat=True) if key not in left_out]
    mine = my_ratings(user, round_).filter(option=option).first()
    return RatePage(
        facts=round_facts(decision),
        given=_given([mine] if mine else [], decision),
        option_facts=option_facts(option),
        number=keys.index(option.pk) + 1,
        count=len(keys),
        initial=_initial(mine),
        ballot_sentence=BALLOT_IN_PLAIN_WORDS[decision.ballot],
        crisis_line=decision.cycle.organisation.crisis_line,
        entered_by=_entered_by([mine] if mine else []),
    )


def rank_page(decision: Decision, round_: Round, user: Any) -> RankPage:
    """The page of all options in the open round."""
    left_out = left_out_for(user, decision)
    options = list(options_on(decision))
    mine = list(my_ratings(user, round_))
    places = {each.option_id: each.rank for each in mine if each.rank is not None}
    return RankPage(
        facts=round_facts(decision),
        given=_given(sorted(mine, key=lambda each: each.rank or 0), decision),
        options=with_facts(option for option in options if option.pk not in left_out),
        left_out=[option for option in options if option.pk in left_out],
        places=places,
        initial={"reason": mine[0].reason, "not_said": not places} if mine else {},
        ballot_sentence=BALLOT_IN_PLAIN_WORDS[decision.ballot],
        crisis_line=decision.cycle.organisation.crisis_line,
        entered_by=_entered_by(mine),
    )


def round_now(decision: Decision) -> Round:
    """The open round; raises RoundNotOpen where it was closed a moment ago."""
    round_ = open_round_of(decision)
    if round_ is None:
        raise RoundNotOpen("This round has closed. What you gave before the close stands.")
    return round_


def i_need_a_reason(user: Any, decision: Decision, round_: Round) -> bool:
    """Whether this person gives a reason."""
    return needs_reason(member_seat(user, decision), round_)


def needs_reason(seat: Seat | None, round_: Round) -> bool:
    """Whether whoever speaks from this seat gives a reason."""
    return seat is not None and counts_as(seat, round_) in CLINICAL_PERSPECTIVES


def receipt_page(decision: Decision, user: Any) -> dict[str, Any]:
    """This person's receipts: of the open round, else of the last."""
    round_ = open_round_of(decision) or last_closed_round(decision)
    facts = round_facts(decision)
    receipts = list(my_ratings(user, round_))
    to_rate = options_on(decision).count() - len(left_out_for(user, decision))
    return {
        "decision": decision,
        "receipts": receipts,
        "round": facts,
        "may_change": _may_change(user, decision, facts),
        "all_rated": bool(receipts) and len(receipts) >= to_rate,
        "all_given": _ALL_GIVEN[decision.method],
        "is_ranking": decision.method == BallotMethod.RANKING,
    }


def recorded_page(decision: Decision, user: Any) -> dict[str, Any]:
    """All that is recorded for this person in the decision, by round; for nobody but them."""
    recorded = recorded_for(user, decision)
    facts = round_facts(decision)
    may_change = _may_change(user, decision, facts)
    rounds = [
        (number, _recorded(list(ratings), user, decision, may_change=may_change))
        for number, ratings in groupby(recorded, key=lambda rating: rating.round.number)
    ]
    return {
        "decision": decision,
        "rounds": rounds,
        "round": facts,
        "may_change": may_change,
        "is_ranking": decision.method == BallotMethod.RANKING,
    }


def reasons_beside_result(decision: Decision) -> list[ShownReason]:
    """The reasons that people released, for whoever may see the result; none while a round is open.

    One that was given for an order as a whole stands there once.
    """
    if open_round_of(decision) is not None:
        return []
    is_whole = decision.method == BallotMethod.RANKING
    shown = [
        ShownReason(
            name=rating.seat.user.display_name,
            about="the order as a whole" if is_whole else rating.option.title,
            text=rating.reason,
        )
        for rating in released_reasons(last_closed_round(decision))
    ]
    return list(dict.fromkeys(shown))


def in_words(rating: Rating, method: str) -> str:
    """What was given, as a person would say it."""
    if method == BallotMethod.RANKING:
        return "I chose not to say" if rating.rank is None else f"Place {rating.rank}"
    if method == BallotMethod.YES_NO:
        return YesNo(rating.vote).label if rating.vote else "I abstained"
    return "I chose not to score" if rating.value is None else f"{rating.value}, of 1 to 9"


def _recorded(
    ratings: list[Rating], user: Any, decision: Decision, *, may_change: bool
) -> list[Recorded]:
    """What was recorded in one round. A reason for an order as a whole stands once, at its end."""
    is_whole = decision.method == BallotMethod.RANKING
    shown = []
    for number, rating in enumerate(ratings, start=1):
        rating.round.decision = decision
        shown.append(
            Recorded(
                rating=rating,
                words=in_words(rating, decision.method),
                entered_by=_entered_by([rating]),
                shows_reason=bool(rating.reason) and (number == len(ratings) or not is_whole),
                may_show_reason=bool(may_release_reason(user, rating)),
                add_reason_url=_where_to_add_a_reason(rating, decision)
                if may_change and (number == len(ratings) or not is_whole)
                else "",
                is_from_before=rating.seat.left_at is not None,
            )
        )
    return shown


def _where_to_add_a_reason(rating: Rating, decision: Decision) -> str:
    """Where its author adds a reason that is asked of them; empty where nothing is missing."""
    is_asked = rating.perspective in CLINICAL_PERSPECTIVES and not rating.reason
    if not is_asked or rating.round.closed_at is not None:
        return ""
    address = [decision.cycle.slug, decision.public_id]
    if decision.method == BallotMethod.RANKING:
        return reverse("cycles:rank-options", args=address)
    return reverse("cycles:rate", args=[*address, rating.option.public_id])


def _may_change(user: Any, decision: Decision, facts: RoundFacts | None) -> bool:
    """Whether something else can be given at this moment."""
    return facts is not None and facts.takes_ratings and bool(may_rate(user, decision))


def _given(mine: list[Rating], decision: Decision) -> list[Row]:
    """What this person gave in the open round; a reason for an order as a whole stands once."""
    rows = [{"key": each.option.title, "value": in_words(each, decision.method)} for each in mine]
    if mine and mine[0].reason:
        rows.append({"key": "Your reason", "value": mine[0].reason})
    return rows


def _initial(mine: Rating | None) -> dict[str, Any]:
    if mine is None:
        return {}
    return {
        "value": NOT_SCORED if mine.value is None else str(mine.value),
        "vote": mine.vote,
        "reason": mine.reason,
    }


def _entered_by(ratings: Iterable[Rating]) -> str:
    """Which helper entered what the reader said; empty where they did it themselves."""
    return next((each.entered_by.display_name for each in ratings if each.entered_by), "")
