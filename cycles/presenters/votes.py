"""What came of a vote of yes and no, or of a ranking, in words, pillar by pillar."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cycles.disclosure import ShownRanking, ShownVote, is_adopted, ranked_together
from cycles.enums import BallotMethod
from cycles.models import Option
from cycles.presenters.options import OptionFacts, option_facts
from cycles.queries.records import sentences_of
from cycles.queries.results import Result, rankings_in, votes_on
from stakeholders.enums import Pillar


@dataclass(frozen=True)
class Said:
    """What one pillar said of one option: its sentence and its vote."""

    label: str
    sentence: str
    vote: str


@dataclass(frozen=True)
class VotedOption:
    """One option with what each pillar said, and what that comes to."""

    option: Option
    facts: OptionFacts
    pillars: tuple[Said, ...]
    outcome: str


def votes_part(result: Result | None) -> dict[str, Any]:
    """What the result page shows where members voted or ranked; nothing where they rated."""
    if result is None or result.round.decision.method == BallotMethod.RATING:
        return {}
    if result.round.decision.method == BallotMethod.YES_NO:
        return {"voted": _voted(result)}
    return {"ranked": _ranked(result)}


def vote_words(vote: ShownVote) -> str:
    """A pillar's yes or no, with its share where that is shown."""
    if vote.says_yes is None:
        return vote.reason
    if vote.pillar == Pillar.EVIDENCE:
        if vote.is_tie:
            return "What is known speaks neither for it nor against it."
        return f"What is known speaks {'for' if vote.says_yes else 'against'} it."
    if vote.is_tie:
        return "As many said yes as no."
    words = "More said yes than no." if vote.says_yes else "More said no than yes."
    return words if vote.share is None else f"{words} {_per_cent(vote.share)} said yes."


def outcome_words(votes: Sequence[ShownVote]) -> str:
    """Whether all three pillars say yes; a large pillar never carries a small one with it."""
    adopted = is_adopted(votes)
    if adopted:
        return "All three pillars say yes."
    no = [Pillar(vote.pillar).label for vote in votes if vote.says_yes is False]
    if adopted is None:
        return "It is not shown of all three pillars, so their sentences tell what each thinks."
    if len(no) == len(votes):
        return "No pillar says yes."
    return f"The pillars differ, and that stays in view. Without a yes: {', '.join(no)}."


def _voted(result: Result) -> list[VotedOption]:
    votes = votes_on(result)
    found = []
    for option, _ in result.options:
        sentences = sentences_of(option)
        found.append(
            VotedOption(
                option,
                option_facts(option),
                tuple(
                    Said(
                        str(Pillar(vote.pillar).label),
                        sentences.get(vote.pillar, ""),
                        vote_words(vote),
                    )
                    for vote in votes[option.pk]
                ),
                outcome_words(votes[option.pk]),
            )
        )
    return found


def _ranked(result: Result) -> dict[str, Any]:
    titles = {shown.option: option.title for option, shown in result.options}
    rankings = rankings_in(result)
    together = ranked_together(rankings)
    return {
        "pillars": [
            (str(Pillar(each.pillar).label), ranking_words(each, titles)) for each in rankings
        ],
        "firsts_differ": len({each.first for each in rankings if each.first}) > 1,
        "order": [
            titles[option] for option in sorted(together, key=lambda option: together[option])
        ]
        if together
        else [],
        "options": [
            (option, option_facts(option), sentences_of(option)) for option, _ in result.options
        ],
    }


def ranking_words(ranking: ShownRanking, titles: dict[str, str]) -> str:
    """A pillar's first choice, or why none is shown."""
    if not ranking.first:
        return ranking.reason
    return "First: " + " and ".join(f"“{titles[option]}”" for option in ranking.first) + "."


def _per_cent(share: Fraction) -> str:
    return f"{round(share * 100)}%"
