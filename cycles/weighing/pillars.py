"""Summarise inside each pillar first, then combine three numbers.

Ratings are whole numbers from 1 to 9, the scale of the RAND/UCLA appropriateness method (Fitch
and others, 2001, RAND MR-1269). A pillar's number lies on the same scale but need not be whole.
A pillar's score is its number moved to 0..1.

Because each pillar becomes one number before anything is combined, the weight of a pillar does
not depend on how many people speak for it: ten times as many clinicians with the same views
change nothing. The James Lind Alliance keeps interim rankings apart by group for the same reason.
"""

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

SERVICE_USERS_AND_CARERS = "service_users_and_carers"
CLINICAL = "clinical"
EVIDENCE = "evidence"
PILLARS = (SERVICE_USERS_AND_CARERS, CLINICAL, EVIDENCE)

SERVICE_USER = "service_user"
CARER = "carer"

LOWEST, HIGHEST = 1, 9

# A group of one would carry half a pillar: one carer could then outweigh six service users.
SMALLEST_GROUP_WITH_ITS_OWN_MEDIAN = 2
# The geometric mean is zero as soon as one score is, whatever the others are. A floor keeps
# options with a pillar at the bottom of the scale in an order.
GEOMETRIC_FLOOR = 0.01
# Three points on the scale of 1 to 9. The threshold is this project's own choice.
IMBALANCE_ABOVE = 0.375
DISSENSUS_FROM_POINTS = 3


def check_rating(rating: object) -> int:
    """Return a rating that is a whole number from 1 to 9; raise ValueError for anything else."""
    if not isinstance(rating, int) or isinstance(rating, bool):
        raise ValueError(f"A rating is a whole number from 1 to 9, not {rating!r}.")
    if not LOWEST <= rating <= HIGHEST:
        raise ValueError(f"A rating is from 1 to 9, not {rating}.")
    return rating


def check_number(number: float) -> float:
    """Return a pillar's number, from 1 to 9 and not always whole; raise ValueError otherwise."""
    if not LOWEST <= number <= HIGHEST:
        raise ValueError(f"A pillar's number is from 1 to 9, not {number}.")
    return float(number)


def median(values: Iterable[int]) -> float:
    """Return the median of ratings, 1 to 9; of an even count, halfway between the middle two.

    Raises ValueError when there are none, or when one of them is not a rating.
    """
    ratings = [check_rating(value) for value in values]
    if not ratings:
        raise ValueError("There is no median of no ratings.")
    return float(statistics.median(ratings))


def pillar_score(number: float) -> float:
    """Move a pillar's number from the scale of 1 to 9 to a score from 0 to 1."""
    return (check_number(number) - LOWEST) / (HIGHEST - LOWEST)


def parts(given_by_group: Mapping[str, Sequence[T]]) -> tuple[tuple[T, ...], ...]:
    """Return what people of one pillar gave, in the parts that are summarised each by itself.

    Service users and carers are two parts where two people or more of each gave something, so
    that neither swamps the other. In every other case everyone is in one part, perhaps empty.
    """
    pair = [tuple(given_by_group.get(group, ())) for group in (SERVICE_USER, CARER)]
    if all(len(group) >= SMALLEST_GROUP_WITH_ITS_OWN_MEDIAN for group in pair):
        return tuple(pair)
    return (tuple(each for group in given_by_group.values() for each in group),)


def blocs(ratings_by_group: Mapping[str, Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Return the ratings in the blocs that get a median each, as ``parts`` says, sorted.

    Raises ValueError for a rating that is not a whole number from 1 to 9.
    """
    checked = {
        group: [check_rating(rating) for rating in ratings]
        for group, ratings in ratings_by_group.items()
    }
    return tuple(tuple(sorted(part)) for part in parts(checked))


def pillar_number(ratings_by_group: Mapping[str, Sequence[int]]) -> float | None:
    """Return the number of one pillar, 1 to 9, or None when nobody gave a rating.

    With two ratings or more from service users and from carers: the mean of the two medians.
    Otherwise, and for every other pillar, the median of all ratings together.
    """
    medians_of = blocs(ratings_by_group)
    if not medians_of[0]:
        return None
    return statistics.fmean(median(bloc) for bloc in medians_of)


@dataclass(frozen=True)
class PillarNumbers:
    """The three numbers of one option, each from 1 to 9; None where a pillar has none."""

    service_users_and_carers: float | None
    clinical: float | None
    evidence: float | None

    def __post_init__(self) -> None:
        for _, number in self.present():
            check_number(number)

    def present(self) -> tuple[tuple[str, float], ...]:
        """Return (pillar, number) for each pillar that has a number, in the fixed order."""
        pairs = zip(
            PILLARS, (self.service_users_and_carers, self.clinical, self.evidence), strict=True
        )
        return tuple((pillar, number) for pillar, number in pairs if number is not None)

    def missing(self) -> tuple[str, ...]:
        """Return the pillars that have no number, in the fixed order."""
        present = dict(self.present())
        return tuple(pillar for pillar in PILLARS if pillar not in present)


@dataclass(frozen=True)
class Incomplete:
    """There is no total, because these pillars have no number. Absent is not zero."""

    missing: tuple[str, ...]


@dataclass(frozen=True)
class Combination:
    """Three pillars of equal weight, combined, and how well balanced they are.

    ``total`` is the arithmetic mean of the three scores, 0 to 1, and ``total_on_scale`` the same
    on the scale of 1 to 9. One pillar can pay for another in it, so two measures stand beside:
    ``geometric_mean`` of the scores, each raised to at least 0.01 first (the United Nations'
    Human Development Index uses it since 2010 for the same reason), and ``minimum``, the lowest
    score. ``is_imbalanced`` when the highest and lowest scores are more than 0.375 apart, which
    is 3 points on the scale.
    """

    total: float
    total_on_scale: float
    geometric_mean: float
    minimum: float
    is_imbalanced: bool


@dataclass(frozen=True)
class TotalRange:
    """The total if the evidence were 1, and if it were 9, as scores and on the scale of 1 to 9."""

    lowest: float
    highest: float
    lowest_on_scale: float
    highest_on_scale: float


def combine(numbers: PillarNumbers) -> Combination | Incomplete:
    """Combine three pillars of equal weight; Incomplete unless each of them has a number."""
    missing = numbers.missing()
    if missing:
        return Incomplete(missing)
    values = [number for _, number in numbers.present()]
    scores = [pillar_score(value) for value in values]
    return Combination(
        total=statistics.fmean(scores),
        total_on_scale=statistics.fmean(values),
        geometric_mean=math.prod(max(score, GEOMETRIC_FLOOR) for score in scores) ** (1 / 3),
        minimum=min(scores),
        is_imbalanced=max(scores) - min(scores) > IMBALANCE_ABOVE,
    )


def total_range(service_users_and_carers: float, clinical: float) -> TotalRange:
    """Return the totals that two pillars leave open while the evidence may be anything, 1 to 9."""
    two = (check_number(service_users_and_carers), check_number(clinical))
    lowest, highest = (statistics.fmean((*two, evidence)) for evidence in (LOWEST, HIGHEST))
    return TotalRange(
        lowest=pillar_score(lowest),
        highest=pillar_score(highest),
        lowest_on_scale=lowest,
        highest_on_scale=highest,
    )


Weighed = Combination | TotalRange | Incomplete


def weigh_options(options: Mapping[str, PillarNumbers]) -> dict[str, Weighed]:
    """Weigh the options of one decision, by a key of the caller's choosing.

    Where the evidence is unknown for any option, every option that has its other two numbers
    gets a range instead of a total, those with known evidence too. Otherwise ideas that nobody
    has run a trial of would be compared, at a disadvantage, with those that somebody has.
    """
    if all(numbers.evidence is not None for numbers in options.values()):
        return {option: combine(numbers) for option, numbers in options.items()}
    return {option: _range_or_missing(numbers) for option, numbers in options.items()}


def _range_or_missing(numbers: PillarNumbers) -> TotalRange | Incomplete:
    if numbers.service_users_and_carers is None or numbers.clinical is None:
        return Incomplete(numbers.missing())
    return total_range(numbers.service_users_and_carers, numbers.clinical)
