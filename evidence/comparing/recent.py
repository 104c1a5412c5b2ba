"""Whether the last five figures of an area go anywhere.

Source: the recent trend of Fingertips (Office for Health Improvement and Disparities): five points,
a chi-squared test for trend at 99.8%, and the same direction whichever of the points is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from evidence.comparing.benchmark import Way

Number = Decimal | float | int
Recent = Literal[
    "getting better",
    "getting worse",
    "going up",
    "going down",
    "no clear change",
    "cannot be said",
]
POINTS = 5
# Chi-squared with one degree of freedom at 99.8%.
CRITICAL = 9.54953570608324
# The 95% interval of a normal estimate is this many standard errors wide.
WIDTH_95 = 3.92


@dataclass(frozen=True, slots=True)
class Reading:
    """One period. `at` is its place in time; periods are taken to be equally far apart."""

    at: int
    value: Number | None = None
    lower: Number | None = None
    upper: Number | None = None
    count: Number | None = None
    denominator: Number | None = None


Pairs = list[tuple[float, ...]]


def in_proportions(readings: Sequence[Reading], way: Way) -> Recent:
    """The recent trend of a proportion, from its counts and denominators.

    "Cannot be said" with fewer than five periods, or where one of the last five lacks a count or a
    denominator, or where the counts are not among the denominators.
    """
    pairs: Pairs = []
    for place, each in enumerate(_last(readings)):
        if each.count is None or not each.denominator or not 0 <= each.count <= each.denominator:
            return "cannot be said"
        pairs.append((place, float(each.count), float(each.denominator)))
    return _said(pairs, proportion_chi_squared, way)


def in_rates(readings: Sequence[Reading], way: Way) -> Recent:
    """The recent trend of any other figure, by a regression weighted by its 95% limits.

    The standard error of a figure is (upper - lower) / 3.92. "Cannot be said" where one of the
    last five has no figure or no interval, or one without any width.
    """
    pairs: Pairs = []
    for place, each in enumerate(_last(readings)):
        if each.value is None or each.lower is None or each.upper is None:
            return "cannot be said"
        error = float(each.upper - each.lower) / WIDTH_95  # type: ignore[operator]
        if error <= 0:
            return "cannot be said"
        pairs.append((place, float(each.value), error))
    return _said(pairs, regression_chi_squared, way)


def proportion_chi_squared(points: Pairs) -> tuple[float, float]:
    """The statistic, and a number with the sign of the slope, of (time, count, denominator).

    D(D·CY - C·DY)² / [C(D - C)(D·DY2 - DY²)], where D and C are the sums of denominators and
    counts, CY and DY those of each times its time, DY2 that of denominators times time squared.
    """
    d = sum(n for _, _, n in points)
    c = sum(count for _, count, _ in points)
    cy = sum(count * t for t, count, _ in points)
    dy = sum(n * t for t, _, n in points)
    dy2 = sum(n * t * t for t, _, n in points)
    slope = d * cy - c * dy
    below = c * (d - c) * (d * dy2 - dy * dy)
    return (d * slope**2 / below if below > 0 else 0.0), slope


def regression_chi_squared(points: Pairs) -> tuple[float, float]:
    """The square of slope over its error, and the slope, of (time, value, standard error)."""
    weights = [1 / error**2 for _, _, error in points]
    whole = sum(weights)
    mean_t = sum(w * t for w, (t, _, _) in zip(weights, points, strict=True)) / whole
    mean_y = sum(w * y for w, (_, y, _) in zip(weights, points, strict=True)) / whole
    spread = sum(w * (t - mean_t) ** 2 for w, (t, _, _) in zip(weights, points, strict=True))
    slope = (
        sum(w * (t - mean_t) * (y - mean_y) for w, (t, y, _) in zip(weights, points, strict=True))
        / spread
    )
    return slope**2 * spread, slope


def _last(readings: Sequence[Reading]) -> list[Reading]:
    ordered = sorted(readings, key=lambda each: each.at)[-POINTS:]
    # One reading that nothing is known of stands for too few.
    return ordered if len(ordered) == POINTS else [Reading(0)]


def _said(points: Pairs, test: Callable[[Pairs], tuple[float, float]], way: Way) -> Recent:
    statistic, slope = test(points)
    agree = all(
        test([*points[:out], *points[out + 1 :]])[1] * slope > 0 for out in range(len(points))
    )
    if statistic <= CRITICAL or not agree:
        return "no clear change"
    if way == "none":
        return "going up" if slope > 0 else "going down"
    return "getting better" if (slope > 0) == (way == "high") else "getting worse"
