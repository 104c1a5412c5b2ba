"""Ballots of each kind and help with them, built through the services."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from cycles.enums import BallotMethod
from cycles.models import Cycle, Decision, Option, Rating, RatingHelper
from cycles.queries.rounds import RATING_PERSPECTIVES
from cycles.services import decisions, helping, ratings
from cycles.services.ratings import Helped
from stakeholders.models import Seat
from stakeholders.queries.panels import seat_of
from tests.factories import decisions as make
from tests.kept import kept

REASON = "I have seen both."


@kept
def rated_by(method: str, count: int = 3, **panel_of: int) -> Decision:
    """A decision that is open, answered by `method`."""
    return make.opened(ready_for(method, count, **panel_of))


@kept
def ready_for(method: str, count: int = 3, cycle: Cycle | None = None, **panel_of: int) -> Decision:
    """A decision with options, before its first round."""
    cycle = cycle or make.planning_cycle(**panel_of)
    made = decisions.propose(
        cycle,
        title="Out of hours",
        question="What shall there be at night?",
        why="At night there is only the emergency department.",
        method=method,
        by=cycle.lead,
    )
    return make.with_options(made, count)


@kept
def ranked(made: Decision, person: Any, *order: int, reason: str = REASON) -> list[Rating]:
    """One person's order, of the options by their number, the best first; none: not said."""
    options = make.options_of(made)
    wanted = [options[number] for number in order] or None
    return ratings.rank(make.round_of(made), order=wanted, reason=reason, by=person)


@kept
def voted(made: Decision, person: Any, *votes: str, reason: str = REASON) -> list[Rating]:
    """One person's yes or no to the options, in their order."""
    return [
        ratings.vote(make.round_of(made), option=option, vote=vote, reason=reason, by=person)
        for option, vote in zip(make.options_of(made), votes, strict=False)
    ]


@kept
def said(made: Decision, person: Any) -> list[Rating]:
    """Something of every option, in whichever way the decision is answered."""
    options = make.options_of(made)
    if made.method == BallotMethod.RANKING:
        return ranked(made, person, *range(len(options)))
    if made.method == BallotMethod.YES_NO:
        return voted(made, person, *(["yes"] * len(options)))
    return make.cast(made, person, [7] * len(options))


@kept
def helper(made: Decision, member: Any, person: Any) -> RatingHelper:
    """The member chose the person."""
    seat = seat_of(member, made.cycle.panel)
    assert seat is not None
    return helping.choose(seat, person, by=member)


@kept
def entered(
    made: Decision,
    chosen: RatingHelper,
    value: int | None = 6,
    *,
    option: Option | None = None,
    reason: str = "",
) -> Rating:
    """The helper enters what the member said, of the first option unless another is named."""
    options: Sequence[Option] = make.options_of(made)
    return ratings.cast(
        make.round_of(made),
        option=option or options[0],
        value=value,
        reason=reason,
        by=chosen.helper,
        helped=Helped(chosen, member_said_so=True),
    )


@kept
def by_everybody(made: Decision, *, but: Any = None) -> None:
    """Something of every option from every place that rates, in the open round, but one person.

    Written at once, past the service: a full panel with many options would take it a minute.
    """
    round_ = make.round_of(made)
    voices = Seat.objects.active().filter(
        panel=made.cycle.panel, perspective__in=sorted(RATING_PERSPECTIVES)
    )
    if but is not None:
        voices = voices.exclude(user=but)
    Rating.objects.bulk_create(
        Rating(
            round=round_,
            option=option,
            place_id=seat.place_id,
            seat=seat,
            perspective=seat.perspective,
            value=number % 9 + 1 if made.method == BallotMethod.RATING else None,
            rank=number if made.method == BallotMethod.RANKING else None,
            vote="yes" if made.method == BallotMethod.YES_NO else "",
            reason=REASON,
            receipt=ratings.new_receipt(),
            given_at=timezone.now(),
        )
        for seat in voices
        for number, option in enumerate(make.options_of(made), start=1)
    )


@kept
def shown(decision: Decision, *, by: Any, helped_by: Any) -> dict[str, str]:
    """Something of everything that has an address, by the name of its argument: `by` has given a
    reason, and chose `helped_by` to enter what they say."""
    given = ratings.cast(
        make.round_of(decision),
        option=make.options_of(decision)[0],
        value=6,
        reason="It is near to where I live.",
        by=by,
    )
    return {
        "own-rating": given.public_id,
        "helping": helper(decision, by, helped_by).public_id,
    }
