"""What of rankings and of votes of yes and no may be shown, and to whom.

Of a secret pillar there are no shares and no mean ranks: only, from five people whose say counts,
whether more said yes than no, or which option the pillar put first. Below five, and before the
close, nothing. Five is enough for these two answers: whoever knows their own vote and the answer
can find, for every other person, more than one thing that person may have said; a test tries all
that five to seven people can say. Two rounds can give away together what neither does alone, so
where anybody came or went since the same was asked, nothing is shown, as with ratings; and where a
vote has too few people because somebody has an interest in the option, none of the round is shown.
A pillar that is not secret is shown in full.

As with ratings, a group inside the pillar never stands by itself, the same wording stands wherever
something is not shown, and what is combined is combined from what is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cycles.disclosure.ratings import EVIDENCE_UNKNOWN, NOT_CLOSED
from cycles.weighing.pillars import EVIDENCE, PILLARS
from cycles.weighing.ranking import Ballot, MeanRanks, ranking
from cycles.weighing.yes_no import ADOPTED_ABOVE, Vote, count_votes

PEOPLE_NEEDED = 5
# The middle of the scale of 1 to 9. Above it the evidence speaks for an option: our own reading.
MIDDLE_OF_SCALE = 5
TOO_FEW = (
    f"Nothing is shown here. It needs at least {PEOPLE_NEEDED} people, and must not let anyone "
    "work out what another person said. Their sentence speaks for them."
)

Votes = Mapping[str, Sequence[Vote]]
"""Votes by group inside a pillar, such as ``{"carer": [Vote.YES]}``."""

Rankings = Mapping[str, Sequence[Ballot]]
"""Each person's ranks, by group inside a pillar. An empty ballot chose not to say."""


@dataclass(frozen=True)
class ShownVote:
    """What may be said of one pillar's votes on one option.

    ``says_yes`` is whether more than half said yes, None where nothing is shown or nobody said
    yes or no; ``is_tie`` where as many said yes as no. ``share`` of yes, 0 to 1, only where the
    pillar is not secret.
    """

    pillar: str
    says_yes: bool | None = None
    is_tie: bool = False
    share: Fraction | None = None
    withheld: bool = False
    reason: str = ""


@dataclass(frozen=True)
class ShownRanking:
    """What may be said of one pillar's ranking: its first choice, several where they are level.

    ``mean_ranks`` only where the pillar is not secret.
    """

    pillar: str
    first: tuple[str, ...] = ()
    mean_ranks: MeanRanks | None = None
    withheld: bool = False
    reason: str = ""


def shown_vote(
    pillar: str,
    votes: Votes,
    *,
    closed: bool,
    secret: bool,
    some_came_or_went: bool = False,
    enough_for_all: bool = True,
) -> ShownVote:
    """Return what may be said of one pillar's votes on one option.

    Of a secret pillar everyone's vote counts alike, whatever group they are of: shares of two
    groups, averaged, would say more than the majority does. ``some_came_or_went`` is as in
    ``Ballots``, ``enough_for_all`` as in ``ratings.enough_for_all``.
    """
    if not closed:
        return ShownVote(pillar, withheld=True, reason=NOT_CLOSED)
    said = [vote for group in votes.values() for vote in group if vote is not Vote.ABSTAIN]
    if secret and (len(said) < PEOPLE_NEEDED or some_came_or_went or not enough_for_all):
        return ShownVote(pillar, withheld=True, reason=TOO_FEW)
    together: Votes = {"": said} if secret else votes
    share = count_votes({pillar: together}).shares[pillar]
    if share is None:
        return ShownVote(pillar, reason="Nobody said yes or no.")
    return ShownVote(
        pillar,
        says_yes=share > ADOPTED_ABOVE,
        is_tie=share == ADOPTED_ABOVE,
        share=None if secret else share,
    )


def evidence_vote(rating: float | None) -> ShownVote:
    """Return the evidence's yes or no to an option, from its agreed rating, which is no ballot.

    Above the middle of the scale is a yes and below it a no. Unknown is neither.
    """
    if rating is None:
        return ShownVote(EVIDENCE, reason=EVIDENCE_UNKNOWN)
    return ShownVote(EVIDENCE, says_yes=rating > MIDDLE_OF_SCALE, is_tie=rating == MIDDLE_OF_SCALE)


def is_adopted(votes: Sequence[ShownVote]) -> bool | None:
    """Whether each of the three pillars said yes; None where it is not shown of each."""
    said = {vote.pillar: vote.says_yes for vote in votes}
    if said.keys() != set(PILLARS) or None in said.values():
        return None
    return all(said.values())


def shown_ranking(
    pillar: str,
    options: Sequence[str],
    ballots: Rankings,
    *,
    closed: bool,
    secret: bool,
    some_came_or_went: bool = False,
) -> ShownRanking:
    """Return what may be said of one pillar's ranking of the options; as ``shown_vote``."""
    if not closed:
        return ShownRanking(pillar, withheld=True, reason=NOT_CLOSED)
    given = [ballot for group in ballots.values() for ballot in group if ballot]
    if secret and (len(given) < PEOPLE_NEEDED or some_came_or_went):
        return ShownRanking(pillar, withheld=True, reason=TOO_FEW)
    together: Rankings = {"": given} if secret else ballots
    counted = ranking(options, {pillar: together})
    ranks = counted.by_pillar[pillar]
    if ranks is None:
        return ShownRanking(pillar, reason="Nobody put the options in order.")
    return ShownRanking(
        pillar, first=counted.first_by_pillar[pillar], mean_ranks=None if secret else ranks
    )


def evidence_ranking(ratings: Mapping[str, float | None]) -> ShownRanking:
    """Return the order that the agreed ratings of the evidence give the options.

    Nothing where the evidence is unknown for one of them: an option that nobody has studied is not
    behind the others.
    """
    known = {option: rating for option, rating in ratings.items() if rating is not None}
    if not known or len(known) < len(ratings):
        return ShownRanking(EVIDENCE, reason=EVIDENCE_UNKNOWN)
    ballot = {
        option: 1 + sum(other > rating for other in known.values())
        for option, rating in known.items()
    }
    counted = ranking(list(ratings), {EVIDENCE: {"": [ballot]}})
    return ShownRanking(
        EVIDENCE, first=counted.first_by_pillar[EVIDENCE], mean_ranks=counted.by_pillar[EVIDENCE]
    )


def ranked_together(rankings: Sequence[ShownRanking]) -> MeanRanks | None:
    """Return the mean over three equal pillars of their mean ranks, lowest best.

    None unless the mean ranks of all three are shown.
    """
    shown = {each.pillar: each.mean_ranks for each in rankings}
    ranks = [shown[pillar] for pillar in PILLARS if shown.get(pillar)]
    if len(ranks) < len(PILLARS):
        return None
    first, second, third = (each or {} for each in ranks)
    return {option: (first[option] + second[option] + third[option]) / 3 for option in first}
