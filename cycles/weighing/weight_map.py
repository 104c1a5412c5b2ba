"""The weight map: which option comes first under which weighting of the three pillars.

All weightings of three pillars form a triangle. Its corners are "this pillar alone", its middle is
"all three equal". Each option comes first in a convex part of it, which may be empty: where its
weighted total is at least that of every other option. The share of the area that an option holds
is the share of all weightings under which it comes first; the middle of its part is its central
weighting. Nobody has to choose a weighting: the map shows how much the answer depends on one.

Areas and corners are exact, by cutting polygons with straight lines in rational arithmetic
(Sutherland and Hodgman 1974). What they mean is that of SMAA (Lahdelma and Salminen 2001; survey
by Tervonen and Figueira 2008, doi 10.1002/mcda.407) for scores without uncertainty: the share is
the first rank acceptability index, the middle the central weight vector. Totals are sums of
weight times number, so it does not matter whether numbers are on the scale of 1 to 9 or scores
from 0 to 1. For uncertain ratings: ``smaa``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from cycles.weighing.pillars import HIGHEST, LOWEST, PillarNumbers

Triple = tuple[Fraction, Fraction, Fraction]
"""A number or a weight for each pillar, in the fixed order."""

EQUAL_WEIGHTS: Triple = (Fraction(1, 3), Fraction(1, 3), Fraction(1, 3))
NO_LOWEST_WEIGHT = Fraction(0)
# "No pillar below 20 %": weightings that are still near to equal. This project's own choice.
NEAR_EQUAL_LOWEST_WEIGHT = Fraction(1, 5)
CORNERS = 3


@dataclass(frozen=True)
class Region:
    """The weightings under which an option comes first.

    ``share`` of the whole area, 0 to 1. ``corners`` of the polygon, each a weighting, in order
    round it, for drawing; none where the option comes first nowhere, or level with others on a
    line only. ``centroid`` is the middle of the polygon, None where there is no polygon. Options
    with the same three numbers have the same polygon and each an equal part of its share.
    """

    share: Fraction
    centroid: Triple | None
    corners: tuple[Triple, ...]


NOWHERE = Region(Fraction(0), None, ())


def complete(options: Mapping[str, PillarNumbers]) -> dict[str, Triple]:
    """Return the three numbers of each option that has all three; the others are left out.

    Leaving them out is right only where the caller shows that they are: an option without all
    three pillars is never compared by the two that it has.
    """
    found = {}
    for option, numbers in options.items():
        if not numbers.missing():
            users, clinical, evidence = (Fraction(number) for _, number in numbers.present())
            found[option] = (users, clinical, evidence)
    return found


def weight_map(
    options: Mapping[str, Triple], lowest_weight: Fraction = NO_LOWEST_WEIGHT
) -> dict[str, Region]:
    """Return each option's region of the triangle in which no weight is below ``lowest_weight``.

    Shares add up to exactly 1, unless there are no options. Raises ValueError for a lowest weight
    below 0, and from a third on, where at most one weighting is left.
    """
    if not 0 <= lowest_weight < Fraction(1, 3):
        raise ValueError(f"The lowest weight is from 0 to below a third, not {lowest_weight}.")
    triangle = _triangle(lowest_weight)
    alike: dict[Triple, list[str]] = {}
    for option, numbers in options.items():
        alike.setdefault(numbers, []).append(option)
    found = {}
    for numbers, names in alike.items():
        region = _region(numbers, alike, triangle)
        region = replace(region, share=region.share / len(names))
        found.update(dict.fromkeys(names, region))
    return {option: found[option] for option in options}


def share_ranges(
    options: Mapping[str, PillarNumbers], lowest_weight: Fraction = NO_LOWEST_WEIGHT
) -> dict[str, tuple[Fraction, Fraction]]:
    """Return each option's smallest and largest share while unknown evidence may be 1 to 9.

    An option's share grows with its own numbers and shrinks with those of others, so its smallest
    is where its own evidence is 1 and all other unknown evidence is 9. Options that lack one of
    the other two numbers are left out, as in ``complete``.
    """
    triangle = _triangle(lowest_weight)
    at_lowest, at_highest = (
        complete(
            {
                option: replace(numbers, evidence=if_unknown)
                if numbers.evidence is None
                else numbers
                for option, numbers in options.items()
            }
        )
        for if_unknown in (LOWEST, HIGHEST)
    )
    return {
        option: (
            _share_of(option, at_highest | {option: at_lowest[option]}, triangle),
            _share_of(option, at_lowest | {option: at_highest[option]}, triangle),
        )
        for option in at_lowest
    }


def weighted_total(numbers: Triple, weights: Triple) -> Fraction:
    """Return the sum of weight times number, on the scale of the numbers."""
    return sum(
        (number * weight for number, weight in zip(numbers, weights, strict=True)), Fraction(0)
    )


def first(options: Mapping[str, Triple], weights: Triple = EQUAL_WEIGHTS) -> tuple[str, ...]:
    """Return the options that come first under a weighting: several where they are level."""
    totals = {option: weighted_total(numbers, weights) for option, numbers in options.items()}
    highest = max(totals.values(), default=None)
    return tuple(option for option, total in totals.items() if total == highest)


def _share_of(option: str, options: Mapping[str, Triple], triangle: list[Triple]) -> Fraction:
    numbers = options[option]
    level = sum(others == numbers for others in options.values())
    return _region(numbers, options.values(), triangle).share / level


def _triangle(lowest_weight: Fraction) -> list[Triple]:
    if not 0 <= lowest_weight < Fraction(1, 3):
        raise ValueError(f"The lowest weight is from 0 to below a third, not {lowest_weight}.")
    rest = 1 - 3 * lowest_weight
    zero = Fraction(0)
    return [
        (lowest_weight + a, lowest_weight + b, lowest_weight + c)
        for a, b, c in ((rest, zero, zero), (zero, rest, zero), (zero, zero, rest))
    ]


def _region(numbers: Triple, rivals: Iterable[Triple], triangle: list[Triple]) -> Region:
    """Return where these numbers come first against rivals; equal ones take nothing away."""
    polygon = triangle
    for others in rivals:
        if others != numbers:
            polygon = _cut(polygon, _minus(numbers, others))
        # Fewer than three corners are a line or a point, on which it is level with others.
        if len(polygon) < CORNERS:
            return NOWHERE
    area, centroid = _area_and_centroid(polygon)
    whole, _ = _area_and_centroid(triangle)
    return Region(area / whole, centroid, tuple(polygon))


def _minus(numbers: Triple, others: Triple) -> Triple:
    return numbers[0] - others[0], numbers[1] - others[1], numbers[2] - others[2]


def _cut(polygon: list[Triple], ahead: Triple) -> list[Triple]:
    """Keep the part of a convex polygon in which one option is not behind another."""
    leads = [weighted_total(ahead, corner) for corner in polygon]
    kept = []
    for place, (corner, lead) in enumerate(zip(polygon, leads, strict=True)):
        if lead >= 0:
            kept.append(corner)
        after = (place + 1) % len(polygon)
        if lead * leads[after] < 0:
            kept.append(_between(corner, polygon[after], lead / (lead - leads[after])))
    return kept


def _between(start: Triple, end: Triple, way: Fraction) -> Triple:
    a, b = (start[axis] + way * (end[axis] - start[axis]) for axis in (0, 1))
    return a, b, 1 - a - b


def _area_and_centroid(polygon: list[Triple]) -> tuple[Fraction, Triple]:
    """Twice the area and the middle, in the plane of the first two weights.

    Seen from there the triangle is askew, which changes neither shares of area nor middles.
    """
    area = x = y = Fraction(0)
    for start, end in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        cross = start[0] * end[1] - end[0] * start[1]
        area += cross
        x += (start[0] + end[0]) * cross
        y += (start[1] + end[1]) * cross
    x, y = x / (3 * area), y / (3 * area)
    return area, (x, y, 1 - x - y)
