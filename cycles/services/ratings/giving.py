"""Giving a number, a yes or no, or an order."""

from collections.abc import Sequence
from typing import Any

from cycles.enums import BallotMethod, YesNo
from cycles.models import Option, Rating, Round
from cycles.services.ratings.acts import Act, Helped, NotInOrder, Said
from cycles.services.ratings.recording import record
from vbc.core.refusals import Refused


def cast(
    round_: Round,
    *,
    option: Option,
    value: int | None,
    reason: str = "",
    by: Any,
    helped: Helped | None = None,
) -> Rating:
    """Record the rating of an option by the place on which `by` sits today.

    `value` is 1 to 9, or None for "I choose not to score". A change supersedes what the place gave
    before; the same again, by the same person, changes nothing and returns the same receipt. What
    somebody speaks from may change meanwhile; within a round the place goes on counting where it
    counted first, so that nobody counts in two pillars. In time or not is judged by the database's
    clock, under the locks. With `helped`, `by` enters what a member said: it counts for the
    member's place, and the member is told, and asked for a reason where one is missing.

    Raises RoundNotOpen, PanelWaiting, NoVoice, ReasonNeeded.
    """
    if value is not None and (isinstance(value, bool) or value not in range(1, 10)):
        raise Refused("A rating is a whole number from 1 to 9. Nothing was recorded.")
    act = Act(round_, BallotMethod.RATING, reason, by, helped, only=option)
    return record(act, lambda options: [Said(options[0], value=value)])[0]


def vote(
    round_: Round,
    *,
    option: Option,
    vote: str,
    reason: str = "",
    by: Any,
    helped: Helped | None = None,
) -> Rating:
    """Record yes or no to an option; an empty `vote` is "I abstain". The rest is as in `cast`."""
    if vote not in ("", *YesNo.values):
        raise Refused("Say yes, no, or that you abstain. Nothing was recorded.")
    act = Act(round_, BallotMethod.YES_NO, reason, by, helped, only=option)
    return record(act, lambda options: [Said(options[0], vote=vote)])[0]


def rank(
    round_: Round,
    *,
    order: Sequence[Option] | None,
    reason: str = "",
    by: Any,
    helped: Helped | None = None,
) -> list[Rating]:
    """Record an order of the options, the best first, as a whole; None is "I choose not to say".

    The order holds each option that stands, but those in which the person has an interest. The
    rest is as in `cast`. Raises NotInOrder beside what that raises.
    """

    def in_order(options: list[Option]) -> list[Said]:
        if order is None:
            return [Said(option) for option in options]
        keys = [option.pk for option in order]
        if sorted(keys) != sorted(option.pk for option in options):
            raise NotInOrder(
                "The options to put in order have changed, or one stands twice. Nothing was "
                "recorded. Give each option a place of its own."
            )
        # Written down in the order of the options, not of the places: the audit shows none.
        return [Said(option, rank=keys.index(option.pk) + 1) for option in options]

    given = record(Act(round_, BallotMethod.RANKING, reason, by, helped), in_order)
    return sorted(given, key=lambda rating: (rating.rank or 0, rating.option_id))
