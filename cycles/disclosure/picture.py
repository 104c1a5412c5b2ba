"""All else that is said of a result, worked out from what is shown of it.

Agreement, dissensus, the weight map, robustness and what would change the outcome rest on the
numbers, spreads and open ballots in ``ShownOption`` alone. Exact shares of a triangle, or 10,000
draws from ratings that nobody may see, would give hidden numbers away; so what a reader can work
out from the page is all that stands on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from cycles.disclosure.ratings import Shown, ShownOption
from cycles.weighing.agreement import Agreement, agreement, agreement_of_spread
from cycles.weighing.dissensus import Dissensus, dissensus
from cycles.weighing.pillars import EVIDENCE, HIGHEST, LOWEST, PILLARS
from cycles.weighing.resampling import (
    DRAWS,
    UNKNOWN,
    Between,
    Source,
    evidence_between,
    number_draws,
    weightings,
)
from cycles.weighing.smaa import Smaa, smaa
from cycles.weighing.turning_points import (
    NumberChange,
    WeightChange,
    number_changes,
    weight_change,
)
from cycles.weighing.weight_map import (
    NEAR_EQUAL_LOWEST_WEIGHT,
    Region,
    complete,
    share_ranges,
    weight_map,
)

SEED = 0
# A number of a secret pillar is shown in whole points, so it may lie half a point either way.
HALF_A_POINT = 0.5


@dataclass(frozen=True)
class Picture:
    """What can be said of a result beyond its numbers. Everything is by option.

    ``agreements`` holds, by pillar, what its own people agree on, None where too little is shown.
    ``regions`` is the weight map over the options that have all three numbers, ``near_equal`` the
    same where no pillar weighs less than a fifth. Where the evidence is unknown for an option both
    are empty and ``ranges`` holds the smallest and largest share of each option instead. Options
    in ``left_out`` lack a number, so they are on no map. ``robustness`` is None where fewer than
    two options can be compared. ``by_number`` and ``by_weight`` say, by pillar, what smallest
    change would bring another option to the front; empty where options are level there.
    """

    agreements: dict[str, dict[str, Agreement | None]]
    dissensus: dict[str, Dissensus]
    regions: dict[str, Region]
    near_equal: dict[str, Region]
    ranges: dict[str, tuple[Fraction, Fraction]]
    left_out: tuple[str, ...]
    robustness: Smaa | None
    by_number: dict[str, tuple[NumberChange, ...]]
    by_weight: dict[str, tuple[WeightChange, ...]]


def picture_of(options: Sequence[ShownOption], certainties: Mapping[str, str]) -> Picture:
    """Return what can be said of a closed round as one audience sees it.

    ``certainties`` is each option's GRADE level of certainty, for those whose evidence is rated.
    """
    agreements = {
        each.option: {one.pillar: _agreement(one) for one in each.pillars} for each in options
    }
    numbers = {each.option: each.numbers for each in options}
    is_evidence_known = all(found.evidence is not None for found in numbers.values())
    triples = complete(numbers) if is_evidence_known else {}
    ranges = {} if is_evidence_known else share_ranges(numbers)
    compared = triples or ranges
    return Picture(
        agreements=agreements,
        dissensus={
            option: dissensus(found, agreements[option]) for option, found in numbers.items()
        },
        regions=weight_map(triples),
        near_equal=weight_map(triples, NEAR_EQUAL_LOWEST_WEIGHT),
        ranges=ranges,
        left_out=tuple(option for option in numbers if option not in compared),
        robustness=_robustness(
            [each for each in options if each.option in compared], dict(certainties)
        ),
        by_number={pillar: number_changes(triples, pillar) for pillar in PILLARS},
        by_weight={pillar: weight_change(triples, pillar) for pillar in PILLARS},
    )


def _agreement(shown: Shown) -> Agreement | None:
    if shown.pillar == EVIDENCE or shown.number is None:
        return None
    if shown.in_full:
        return agreement(_scores(shown))
    if shown.spread is None:
        return None
    return agreement_of_spread(shown.number, *shown.spread, people=shown.took_part)


def _scores(shown: Shown) -> dict[str, list[int]]:
    """The open scores by group, without those who chose not to score."""
    return {
        group: [score for score in scores if score is not None] for group, scores in shown.scores
    }


def _robustness(options: Sequence[ShownOption], certainties: Mapping[str, str]) -> Smaa | None:
    if len(options) < 2:
        return None
    return _drawn(
        tuple(
            (
                each.option,
                tuple(_source(one, certainties.get(each.option, "")) for one in each.pillars),
            )
            for each in options
        )
    )


# What a source is, in a form that can be looked up again: limits, or scores by group.
_Key = Between | tuple[tuple[str, tuple[int, ...]], ...]


def _source(shown: Shown, certainty: str) -> _Key:
    if shown.pillar == EVIDENCE:
        if shown.number is None:
            return UNKNOWN
        if certainty:
            return evidence_between(shown.number, certainty)
        return Between(shown.number, shown.number)
    if shown.in_full:
        return tuple((group, tuple(scores)) for group, scores in _scores(shown).items())
    number = shown.number or 0.0
    lower, upper = shown.spread or (number - HALF_A_POINT, number + HALF_A_POINT)
    return Between(max(LOWEST, lower), min(HIGHEST, upper))


@lru_cache(maxsize=128)
def _drawn(options: tuple[tuple[str, tuple[_Key, ...]], ...]) -> Smaa:
    """The draws of one result. They are the same each time, so a page that is opened again does
    not wait for them again; what is kept is nothing but what was shown."""
    sources: dict[str, list[Source]] = {
        option: [key if isinstance(key, Between) else dict(key) for key in keys]
        for option, keys in options
    }
    return smaa(number_draws(sources, DRAWS, SEED), weightings(DRAWS, SEED))
