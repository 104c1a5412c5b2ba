"""A vote of yes, no or "I abstain" on three equal pillars, each of which has to say yes.

The share of yes is taken in each pillar by itself, over those who did not abstain. A proposal is
adopted only when each pillar is above a half: a large pillar cannot carry it over a small one.
The COMET initiative asks the same of outcomes in a core set, a threshold in each group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from cycles.weighing.pillars import PILLARS, parts

ADOPTED_ABOVE = Fraction(1, 2)


class Vote(StrEnum):
    """What one person says to a proposal. To abstain is to take part, and counts for neither."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """What a vote comes to; a pillar in which nobody said yes or no leaves it incomplete."""

    ADOPTED = "adopted"
    DISSENSUS = "dissensus"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class Count:
    """A vote counted: each pillar's share of yes, 0 to 1, None where nobody said yes or no.

    ``not_in_favour`` names the pillars at a half or below. Where that is all three they do not
    differ from each other, and the words beside the outcome should say so.
    """

    shares: dict[str, Fraction | None]
    outcome: Outcome
    not_in_favour: tuple[str, ...]
    missing: tuple[str, ...]


def count_votes(votes: Mapping[str, Mapping[str, Sequence[Vote]]]) -> Count:
    """Count votes, by pillar and by group inside it.

    Where two or more service users and two or more carers said yes or no, their pillar's share is
    the mean of the two groups'. Raises ValueError for an unknown pillar and an unknown vote.
    """
    if not votes.keys() <= set(PILLARS):
        raise ValueError(f"There are three pillars: {', '.join(PILLARS)}.")
    shares = {pillar: _share_of_yes(votes.get(pillar, {})) for pillar in PILLARS}
    missing = tuple(pillar for pillar, share in shares.items() if share is None)
    not_in_favour = tuple(
        pillar for pillar, share in shares.items() if share is not None and share <= ADOPTED_ABOVE
    )
    outcome = Outcome.DISSENSUS if not_in_favour else Outcome.ADOPTED
    return Count(shares, Outcome.INCOMPLETE if missing else outcome, not_in_favour, missing)


def _share_of_yes(votes_by_group: Mapping[str, Sequence[Vote]]) -> Fraction | None:
    given = {
        group: [Vote(vote) for vote in votes if Vote(vote) is not Vote.ABSTAIN]
        for group, votes in votes_by_group.items()
    }
    each = parts(given)
    if not each[0]:
        return None
    return sum((Fraction(part.count(Vote.YES), len(part)) for part in each), Fraction()) / len(each)
