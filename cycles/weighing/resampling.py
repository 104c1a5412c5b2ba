"""Draws of weightings and of pillars' numbers, to see how much a result hangs on chance.

Ratings are resampled inside each pillar, option by option: as many are drawn from those given,
with replacement, as there are, and combined as ``pillars.pillar_number`` combines them (the
bootstrap, Efron 1979). Where service users and carers have a median each, each group is resampled
by itself; everyone else of a pillar is resampled together. More people who say the same make a
number surer and never heavier.

The chances of every median that resampling can give are worked out (order statistics of draws
from the ratings given), and numbers are drawn from those. That is the same as drawing ratings and
taking their median each time, without doing so 10,000 times.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, product
from random import Random

from cycles.weighing.pillars import HIGHEST, LOWEST, blocs, check_number, check_rating
from cycles.weighing.smaa import Vector

DRAWS = 10_000
# How far the evidence reviewers' rating may be out, in points, by GRADE's four levels of
# certainty. GRADE gives no such numbers: these are this project's own choice.
MARGIN_BY_CERTAINTY = {"high": 0.5, "moderate": 1.0, "low": 2.0, "very_low": 3.0}


@dataclass(frozen=True)
class Between:
    """A number of which only its limits are known, each from 1 to 9; anything between is as likely.

    Raises ValueError for limits off the scale or the wrong way round.
    """

    lowest: float
    highest: float

    def __post_init__(self) -> None:
        if check_number(self.lowest) > check_number(self.highest):
            raise ValueError("The lowest limit is above the highest.")


UNKNOWN = Between(LOWEST, HIGHEST)
"""Evidence of which nothing is known: anything from 1 to 9, never low."""

Source = Mapping[str, Sequence[int]] | Between
"""What a pillar says of an option: its ratings by group, or the limits of its number."""


def evidence_between(number: float, certainty: str) -> Between:
    """Return where the evidence's number may lie, by its GRADE certainty, within 1 to 9.

    Raises ValueError for a number off the scale and KeyError for an unknown level of certainty.
    """
    margin = MARGIN_BY_CERTAINTY[certainty]
    return Between(max(LOWEST, check_number(number) - margin), min(HIGHEST, number + margin))


def weightings(count: int, seed: int) -> list[Vector]:
    """Return weightings of three pillars, every weighting as likely as any other.

    Dirichlet(1, 1, 1): the gaps that two uniform numbers leave between 0 and 1. (Three uniform
    numbers divided by their sum would favour the middle.)
    """
    random = Random(f"weightings {seed}")
    drawn: list[Vector] = []
    for _ in range(count):
        low, high = sorted((random.random(), random.random()))
        drawn.append((low, high - low, 1 - high))
    return drawn


def number_draws(
    options: Mapping[str, Sequence[Source]], count: int, seed: int
) -> dict[str, list[Vector]]:
    """Return draws of each option's three numbers, 1 to 9, from its three pillars' sources.

    An option's draws depend on the seed, its key and its sources, not on other options or on the
    order of anything. Raises ValueError for a pillar without ratings: an option that lacks a
    pillar is not weighed by the other two.
    """
    drawn = {}
    for option, sources in options.items():
        random = Random(f"numbers {seed} {option}")
        drawn[option] = list(
            zip(*(_numbers(source, count, random) for source in sources), strict=True)
        )
    return drawn


def number_chances(ratings_by_group: Mapping[str, Sequence[int]]) -> dict[float, float]:
    """Return how likely resampling gives each number of a pillar; the chances add up to 1.

    Raises ValueError for no ratings, or one that is not 1 to 9.
    """
    medians = [median_chances(bloc) for bloc in blocs(ratings_by_group)]
    found: dict[float, float] = {}
    for each in product(*(chances.items() for chances in medians)):
        number = sum(median for median, _ in each) / len(each)
        found[number] = found.get(number, 0.0) + math.prod(chance for _, chance in each)
    return dict(sorted(found.items()))


def median_chances(ratings: Sequence[int]) -> dict[float, float]:
    """Return how likely each median is when as many ratings are drawn, with replacement.

    Right to about 10 decimals. Raises ValueError for no ratings, or one that is not 1 to 9.
    """
    size = len(ratings)
    if not size:
        raise ValueError("Nothing can be drawn from no ratings.")
    counts = Counter(check_rating(rating) for rating in ratings)
    values = sorted(counts)
    up_to = [0.0, *(running / size for running in accumulate(counts[value] for value in values))]
    # The middle draw, or the lower of the middle two, is at most a value when half of them are.
    reached = [_at_least((size + 1) // 2, size, until) for until in up_to]
    lower_middle = [after - before for before, after in pairwise(reached)]
    if size % 2:
        return _with_chance(zip(values, lower_middle, strict=True))
    found: list[tuple[float, float]] = []
    for low, value in enumerate(values):
        apart = 0.0
        for high in range(low + 1, len(values)):
            # Half of the draws are at most `value`, one of them equal to it, and the other half
            # at least `values[high]`, one of them equal to that.
            chance = (
                _halves(size, up_to[low + 1], 1 - up_to[high])
                - _halves(size, up_to[low], 1 - up_to[high])
                - _halves(size, up_to[low + 1], 1 - up_to[high + 1])
                + _halves(size, up_to[low], 1 - up_to[high + 1])
            )
            apart += chance
            found.append(((value + values[high]) / 2, chance))
        found.append((value, lower_middle[low] - apart))
    return _with_chance(found)


def _with_chance(pairs: Iterable[tuple[float, float]]) -> dict[float, float]:
    """Add up the chances of each number, without what is left of zero after rounding."""
    found: dict[float, float] = {}
    for number, chance in pairs:
        found[float(number)] = found.get(float(number), 0.0) + max(0.0, chance)
    return dict(sorted((number, chance) for number, chance in found.items() if chance))


def _at_least(least: int, size: int, chance: float) -> float:
    """The chance that at least so many of ``size`` draws fall where one does with ``chance``."""
    if chance <= 0 or chance >= 1:
        return float(chance >= 1)
    return math.fsum(
        math.exp(
            _log_ways(size, hits) + hits * math.log(chance) + (size - hits) * math.log1p(-chance)
        )
        for hits in range(least, size + 1)
    )


def _halves(size: int, below: float, above: float) -> float:
    """The chance that half of the draws fall below and the other half above."""
    if below <= 0 or above <= 0:
        return 0.0
    half = size // 2
    return math.exp(_log_ways(size, half) + half * (math.log(below) + math.log(above)))


def _log_ways(size: int, chosen: int) -> float:
    """The logarithm of the number of ways to choose, which itself would soon be too large."""
    return math.lgamma(size + 1) - math.lgamma(chosen + 1) - math.lgamma(size - chosen + 1)


def _numbers(source: Source, count: int, random: Random) -> list[float]:
    if isinstance(source, Between):
        return [random.uniform(source.lowest, source.highest) for _ in range(count)]
    chances = number_chances(source)
    return random.choices(list(chances), cum_weights=list(accumulate(chances.values())), k=count)
