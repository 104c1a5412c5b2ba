"""How far it is from what people live through to what they hope for, as it may be shown.

Improvement distance (row A4-3): what somebody hopes for minus how it is now, each on a scale from 1
to 9, so from -8 to 8. Of several people it is the median of their own distances, which need not be
the difference of the two medians.

The rule: no number of fewer than five people, and the spread (the middle half: lower to upper
quartile, by linear interpolation) only from ten. How many they are is rounded down to whole fives.
A median of five leaves every single answer open, even to somebody who knows one of the others;
`tests/evidence/test_gaps.py` tries every set of answers on a small scale. What is compared
(periods, calls) shares no answer, and there is no total of them, so that nothing is learned by
taking away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

NUMBERS_FROM = 5
SPREAD_FROM = 10
STEP = 5
LOWEST, HIGHEST = 1, 9

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ShownGap:
    """What may be told of one theme in one period.

    `at_least`: how many people, in whole fives. `actual` and `hoped`: medians, 1 to 9. `distance`:
    the median distance, -8 to 8. `spread`: the middle half of the distances, None below ten people.
    """

    at_least: int
    actual: float
    hoped: float
    distance: float
    spread: tuple[float, float] | None


def gap(pairs: Sequence[Pair]) -> ShownGap | None:
    """What may be shown of `pairs` of (how it is, what is hoped for); None of fewer than five.

    Raises ValueError for an answer that is not on the scale.
    """
    for pair in pairs:
        if not all(LOWEST <= value <= HIGHEST for value in pair):
            raise ValueError(f"Not on the scale from {LOWEST} to {HIGHEST}: {pair}")
    if len(pairs) < NUMBERS_FROM:
        return None
    distances = [hoped - actual for actual, hoped in pairs]
    return ShownGap(
        at_least=len(pairs) - len(pairs) % STEP,
        actual=float(median(actual for actual, _ in pairs)),
        hoped=float(median(hoped for _, hoped in pairs)),
        distance=float(median(distances)),
        spread=_middle_half(distances) if len(pairs) >= SPREAD_FROM else None,
    )


def _middle_half(values: Sequence[int]) -> tuple[float, float]:
    lower, _, upper = quantiles(values, n=4, method="inclusive")
    return lower, upper
