"""One figure against a benchmark, in a word.

Source of the rules: the comparers of Fingertips (Office for Health Improvement and Disparities),
which compare health indicators of areas in England.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from math import sqrt
from typing import Literal, TypeVar

Number = Decimal | float | int
Way = Literal["high", "low", "none"]
Against = Literal["better", "similar", "worse", "higher", "lower", "not compared"]
Key = TypeVar("Key", bound=Hashable)

NOT_COMPARED: Against = "not compared"
# The quantile of the normal distribution that leaves 2.5% at either end.
Z_95 = 1.959963984540054


def by_interval(
    lower: Number | None, upper: Number | None, benchmark: Number | None, way: Way
) -> Against:
    """By a single overlapping interval: similar where `benchmark` lies in the area's 95% interval.

    All three are in the indicator's unit. Without both limits and a benchmark nothing is said.
    `way` is which way is good; where neither is, the words are lower and higher.
    """
    if lower is None or upper is None or benchmark is None:
        return NOT_COMPARED
    if lower <= benchmark <= upper:
        return "similar"
    return _outside(is_above=lower > benchmark, way=way)


def by_proportion(
    count: Number | None, denominator: Number | None, benchmark: Number | None, way: Way
) -> Against:
    """By limits of a control chart for proportions, around `benchmark` (from 0 to 1).

    With n the denominator, E = n times the benchmark and z = 1.96, the limits are
    (2E + z² -/+ z √(z² + 4E(1 - E/n))) / (2(n + z²)): Wilson's interval of the benchmark at the
    area's size. Raises ValueError for a count that is not among its denominator, or a benchmark
    that is no proportion.
    """
    if count is None or denominator is None or benchmark is None or denominator <= 0:
        return NOT_COMPARED
    n, p0, p = float(denominator), float(benchmark), float(count) / float(denominator)
    if not 0 <= p <= 1 or not 0 <= p0 <= 1:
        raise ValueError("A proportion lies between 0 and 1.")
    low, high = control_limits(p0, n)
    if low <= p <= high:
        return "similar"
    return _outside(is_above=p > high, way=way)


def control_limits(benchmark: float, n: float, z: float = Z_95) -> tuple[float, float]:
    """The two limits around `benchmark` (0 to 1) for an area with `n` (above 0) people."""
    expected = n * benchmark
    spread = z * sqrt(z**2 + 4 * expected * (1 - expected / n))
    middle, whole = 2 * expected + z**2, 2 * (n + z**2)
    return (middle - spread) / whole, (middle + spread) / whole


def fifths(values: Mapping[Key, Number]) -> dict[Key, int]:
    """Which fifth of the areas each figure is in: 1 the lowest, 5 the highest.

    By rank, as even as it goes; equal figures share a fifth, that of the middle of their ranks.
    Fewer than five figures make no fifths, and nothing is said.
    """
    if len(values) < 5:
        return {}
    ordered = sorted(values.values())
    first: dict[Number, int] = {}
    last: dict[Number, int] = {}
    for rank, value in enumerate(ordered):
        first.setdefault(value, rank)
        last[value] = rank
    return {
        key: 1 + (first[value] + last[value]) * 5 // (2 * len(ordered))
        for key, value in values.items()
    }


def by_goal(value: Number | None, *, goal: Number | None, way: Way) -> Against:
    """Whether a goal is met: better where it is, worse where not. It takes a way that is good."""
    if value is None or goal is None or way == "none":
        return NOT_COMPARED
    return "better" if (value >= goal if way == "high" else value <= goal) else "worse"


def _outside(*, is_above: bool, way: Way) -> Against:
    if way == "none":
        return "higher" if is_above else "lower"
    return "better" if is_above == (way == "high") else "worse"
