"""Where an area stands among all areas of its kind, on one scale for every indicator.

Source: the area profiles of Fingertips (Office for Health Improvement and Disparities), whose scale
is symmetric about the benchmark and turned round where low is good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor

from evidence.comparing.benchmark import Way

Number = Decimal | float | int
# With fewer areas than this the quarters say nothing.
FEWEST = 4
# A spine of which more than half of the areas are missing would be one of those that are left.
MOST_MISSING = 0.5


@dataclass(frozen=True, slots=True)
class Spine:
    """Places from 0 to 1, the benchmark at a half: worst (or lowest) left, best (or highest) right.

    `value` is the area's own place, None where it has no figure.
    """

    low_end: float
    low_quarter: float
    high_quarter: float
    high_end: float
    value: float | None
    benchmark: float = 0.5


def quantile(values: Sequence[Number], share: float) -> float:
    """The quantile at `share` (0 to 1) by linear interpolation between ranks (PERCENTILE.INC).

    The way is stated because others give other numbers for few areas. Raises ValueError for none.
    """
    if not values:
        raise ValueError("Of no figures there is no quantile.")
    ordered = sorted(float(value) for value in values)
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def spine(
    value: Number | None,
    *,
    benchmark: Number | None,
    others: Sequence[Number | None],
    way: Way,
) -> Spine | None:
    """The places of one indicator. `others` are the figures of all areas of the kind, this too.

    None without a benchmark, with fewer than four figures, where more than half are missing, or
    where all figures are the benchmark, so that there is no scale.
    """
    known = [float(each) for each in others if each is not None]
    if benchmark is None or len(known) < FEWEST:
        return None
    if len(known) < len(others) * (1 - MOST_MISSING):
        return None
    middle = float(benchmark)
    least, quarter, three_quarters, most = (quantile(known, q) for q in (0, 0.25, 0.75, 1))
    # A figure beyond all others is still on the scale, and so is a benchmark.
    reach = max(middle - least, most - middle)
    if value is not None:
        reach = max(reach, abs(float(value) - middle))
    if reach <= 0:
        return None

    def place(number: float) -> float:
        x = (number - (middle - reach)) / (2 * reach)
        return 1 - x if way == "low" else x

    ends = sorted((place(least), place(most)))
    quarters = sorted((place(quarter), place(three_quarters)))
    return Spine(
        low_end=ends[0],
        low_quarter=quarters[0],
        high_quarter=quarters[1],
        high_end=ends[1],
        value=None if value is None else place(float(value)),
    )
