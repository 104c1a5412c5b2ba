"""How far apart people are, from the most to the least deprived.

Source of the slope index: Mackenbach and Kunst 1997, doi 10.1016/S0277-9536(96)00073-1; it is what
the Office for Health Improvement and Disparities publishes for inequality by deprivation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = Decimal | float | int
FEWEST = 5
_ORDINALS = ("second", "third", "fourth", "fifth")


@dataclass(frozen=True, slots=True)
class Slope:
    """The slope index: the fitted figure at the least deprived end less that at the most deprived,
    in the indicator's unit. `at_most` and `at_least` are the two fitted ends."""

    index: float
    at_most: float
    at_least: float


def slope_index(
    values: Sequence[Number | None], sizes: Sequence[Number | None] = ()
) -> Slope | None:
    """The slope index of groups in order from the most to the least deprived.

    Each group stands at the middle of its share of all people. Where `sizes` has everybody's
    number (above 0), the shares are those and groups weigh by them; else groups count as equally
    large, as deciles of a country are. None with fewer than five figures.
    """
    known = [value for value in values if value is not None]
    if len(known) < FEWEST:
        return None
    given = [float(size) for size in sizes if size]
    numbers = given if len(given) == len(values) else [1.0] * len(values)
    total, so_far = sum(numbers), 0.0
    points: list[tuple[float, float, float]] = []
    for value, number in zip(values, numbers, strict=True):
        if value is not None:
            points.append(((so_far + number / 2) / total, float(value), number))
        so_far += number
    weight = sum(w for _, _, w in points)
    mean_x = sum(w * x for x, _, w in points) / weight
    mean_y = sum(w * y for _, y, w in points) / weight
    spread = sum(w * (x - mean_x) ** 2 for x, _, w in points)
    slope = sum(w * (x - mean_x) * (y - mean_y) for x, y, w in points) / spread
    start = mean_y - slope * mean_x
    return Slope(index=slope, at_most=start, at_least=start + slope)


def relative_gap(most: Number | None, least: Number | None) -> float | None:
    """How many times the least deprived group's figure the most deprived group's is."""
    if most is None or least is None or least <= 0:
        return None
    return float(most) / float(least)


def deprivation_order(labels: Iterable[str]) -> list[str]:
    """The labels of deprivation groups from the most to the least deprived; others are left out.

    Reads "10 Most deprived ... 01 Least deprived" (either way round), and "Most deprived decile,
    Second most deprived decile, ... Least deprived decile". Empty where both ends are not named.
    """
    every = [label for label in labels if "deprived" in label.casefold()]
    numbered = {label: int(found[1]) for label in every if (found := re.match(r"(\d+)\b", label))}
    if numbered and len(numbered) == len(every):
        ordered = sorted(numbered, key=lambda label: numbered[label])
        first, last = ordered[0].casefold(), ordered[-1].casefold()
        if "least" in first and "most" in last:
            return ordered[::-1]
        return ordered if "most" in first and "least" in last else []
    places = {label: _place(label) for label in every}
    ordered = sorted(every, key=lambda label: places[label])
    ends = {places[label] for label in every}
    return ordered if {0, 99} <= ends and len(ends) == len(every) else []


def _place(label: str) -> int:
    """Most deprived 0, second most 1; least deprived 99, second least 98."""
    words = label.casefold()
    step = next((n for n, word in enumerate(_ORDINALS, 1) if word in words), 0)
    return step if re.search(r"\b(most|more)\b", words) else 99 - step
