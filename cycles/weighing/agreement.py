"""Whether the people of one pillar agree with each other: the RAND/UCLA appropriateness method.

Source: Fitch and others, 2001, RAND MR-1269. The constants 2.35 and 1.5 are the manual's; a
published worked example (BMJ Open 2012;2:e001431, table 1) gives an IPRAS of 6.1 with them, though
its legend misprints 2.35 as 2.5. The index as a ratio is common usage beside the manual.

The ratings of one pillar go in, never those of several: pooled, 4 people at 9, 40 at 3 and 3 at 6
have an index of 0, which looks like perfect agreement.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from cycles.weighing.difference import Third, third
from cycles.weighing.pillars import (
    DISSENSUS_FROM_POINTS,
    blocs,
    check_rating,
    median,
    pillar_number,
)

SMALLEST_PANEL_WITH_AN_INDEX = 5
SMALL_PANEL_BELOW = 8
MIDDLE_OF_SCALE = 5
IPRAS_WHERE_SYMMETRIC = Fraction("2.35")
IPRAS_BY_ASYMMETRY = Fraction("1.5")
# The manual's table of the classic definition ends at 16 people.
LARGEST_CLASSIC_PANEL = 16


class Classification(StrEnum):
    """The manual's three words."""

    APPROPRIATE = "appropriate"
    UNCERTAIN = "uncertain"
    INAPPROPRIATE = "inappropriate"


IN_PLAIN_WORDS = {
    Classification.APPROPRIATE: "in favour",
    Classification.UNCERTAIN: "undecided",
    Classification.INAPPROPRIATE: "against",
}


class Classic(StrEnum):
    """What the definition by counting says, which the method used before the index."""

    AGREEMENT = "agreement"
    NEITHER = "neither"
    DISAGREEMENT = "disagreement"


@dataclass(frozen=True)
class Spread:
    """How far the middle ratings lie apart, and how far they may.

    ``lower`` and ``upper`` are the 30th and 70th percentiles, on the scale of 1 to 9. ``ipr`` is
    the distance between them, 0 to 8 points. ``ipras`` is the distance from which it counts as
    disagreement, 2.35 points where the middle lies at 5 and up to 8.35 towards either end: people
    who are all on one side of the scale may lie further apart. ``index`` is ``ipr / ipras``, from
    0 to 3.4 (8 / 2.35); more than 1 is disagreement.
    """

    lower: Fraction
    upper: Fraction
    ipr: Fraction
    ipras: Fraction

    @property
    def index(self) -> Fraction:
        """The disagreement index."""
        return self.ipr / self.ipras


@dataclass(frozen=True)
class Agreement:
    """What can be said of agreement inside one pillar.

    ``people`` counts the ratings, None where that is not told, and ``number`` is the pillar's.
    ``index`` is None below 5 people; below 8, ``is_small_panel`` is to be printed beside it.
    ``between_groups`` is how many points
    the median of the service users and that of the carers lie apart, None where they have no
    median each. From 3 points that is disagreement too, which is this project's own addition: ten
    service users at 9 and two carers at 1 have an index of 0. ``is_disagreement`` and
    ``classification`` are None where neither the index nor the two groups can tell.
    """

    people: int | None
    number: float
    lower: float
    upper: float
    ipr: float
    ipras: float
    index: float | None
    between_groups: float | None
    is_small_panel: bool
    is_disagreement: bool | None
    classification: Classification | None
    classic: Classic | None


def percentile(ratings: Sequence[int], per_cent: int) -> Fraction:
    """Return a percentile, 1 to 9, by linear interpolation between the two nearest ratings.

    The default of numpy, and PERCENTILE.INC of spreadsheets. The choice matters for small panels:
    other methods give other numbers. Raises ValueError for no ratings, and for a percentage below
    0 or above 100.
    """
    if not 0 <= per_cent <= 100:
        raise ValueError(f"A percentage is from 0 to 100, not {per_cent}.")
    in_order = sorted(check_rating(rating) for rating in ratings)
    if not in_order:
        raise ValueError("There is no percentile of no ratings.")
    place = Fraction(per_cent * (len(in_order) - 1), 100)
    below = math.floor(place)
    above = math.ceil(place)
    return in_order[below] + (place - below) * (in_order[above] - in_order[below])


def spread(ratings: Sequence[int]) -> Spread:
    """Return the spread of ratings from 1 to 9, in any order; ValueError for none."""
    return spread_between(percentile(ratings, 30), percentile(ratings, 70))


def spread_between(lower: Fraction, upper: Fraction) -> Spread:
    """Return the spread whose 30th and 70th percentiles are given, each from 1 to 9."""
    asymmetry = abs(MIDDLE_OF_SCALE - (lower + upper) / 2)
    return Spread(
        lower=lower,
        upper=upper,
        ipr=upper - lower,
        ipras=IPRAS_WHERE_SYMMETRIC + IPRAS_BY_ASYMMETRY * asymmetry,
    )


def classify(number: float, is_disagreement: bool) -> Classification:
    """Return the manual's word for a median, 1 to 9, and whether there is disagreement.

    Appropriate from 7 and inappropriate to 3, both without disagreement; uncertain otherwise. A
    median halfway between two thirds counts with the higher one, as in the manual.
    """
    if is_disagreement or third(number) is Third.MIDDLE:
        return Classification.UNCERTAIN
    if third(number) is Third.HIGH:
        return Classification.APPROPRIATE
    return Classification.INAPPROPRIATE


def classic(ratings: Sequence[int]) -> Classic | None:
    """Return what counting heads says, by the size of the panel; None where it is not defined.

    Of 8 to 10 people it is agreement when at most 2 rated outside the third of the scale that
    holds the median, and disagreement when at least 3 rated in 1 to 3 and at least 3 in 7 to 9.
    Of 11 to 13 people the numbers are 3 and 4, of 14 to 16 they are 4 and 5. Larger panels have
    only disagreement, when a third or more rated at either end. Source: table 7 of BMC Medical
    Informatics and Decision Making 12:93, after the RAND manual. None below 8 people, and for
    larger panels that do not disagree.
    """
    people = len(ratings)
    if people < SMALL_PANEL_BELOW:
        return None
    thirds = [third(check_rating(rating)) for rating in ratings]
    at_either_end = min(thirds.count(Third.LOW), thirds.count(Third.HIGH))
    if people > LARGEST_CLASSIC_PANEL:
        return Classic.DISAGREEMENT if 3 * at_either_end >= people else None
    may_be_outside = (people - 2) // 3
    if at_either_end > may_be_outside:
        return Classic.DISAGREEMENT
    outside = people - thirds.count(third(median(ratings)))
    return Classic.AGREEMENT if outside <= may_be_outside else Classic.NEITHER


def agreement_of_spread(number: float, lower: int, upper: int, *, people: int | None) -> Agreement:
    """Return what can be said of agreement from a published number and spread alone.

    Published spreads are rounded outwards to whole points, so this never finds more agreement than
    there was. ``people`` is None where their number is not told; then the panel counts as small.
    """
    found = spread_between(Fraction(lower), Fraction(upper))
    return Agreement(
        people=people,
        number=number,
        lower=float(found.lower),
        upper=float(found.upper),
        ipr=float(found.ipr),
        ipras=float(found.ipras),
        index=float(found.index),
        between_groups=None,
        is_small_panel=people is None or people < SMALL_PANEL_BELOW,
        is_disagreement=found.index > 1,
        classification=classify(number, found.index > 1),
        classic=None,
    )


def agreement(ratings_by_group: Mapping[str, Sequence[int]]) -> Agreement | None:
    """Return what can be said of agreement inside one pillar; None when nobody gave a rating.

    ``ratings_by_group`` as ``pillars.pillar_number`` takes it. The percentiles are those of all
    the pillar's ratings together. Raises ValueError for a rating that is not 1 to 9.
    """
    number = pillar_number(ratings_by_group)
    if number is None:
        return None
    parts = blocs(ratings_by_group)
    ratings = [rating for part in parts for rating in part]
    found = spread(ratings)
    has_index = len(ratings) >= SMALLEST_PANEL_WITH_AN_INDEX
    between = abs(median(parts[0]) - median(parts[1])) if len(parts) > 1 else None
    apart = between is not None and between >= DISSENSUS_FROM_POINTS
    is_disagreement = True if apart else (found.index > 1 if has_index else None)
    return Agreement(
        people=len(ratings),
        number=number,
        lower=float(found.lower),
        upper=float(found.upper),
        ipr=float(found.ipr),
        ipras=float(found.ipras),
        index=float(found.index) if has_index else None,
        between_groups=between,
        is_small_panel=len(ratings) < SMALL_PANEL_BELOW,
        is_disagreement=is_disagreement,
        classification=None if is_disagreement is None else classify(number, is_disagreement),
        classic=classic(ratings),
    )
