"""How a figure compares with England: the source's own word, or where it has none, ours.

Ours is worked out from what may be shown, never from what is kept, so that no word gives a hidden
number away; and it is always said that it is ours, and by which method.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from evidence import comparing
from evidence.charts.style import shown as printed
from evidence.comparing import Against, Reading, Recent, Way
from evidence.enums import BenchmarkMethod
from evidence.models import Indicator
from evidence.queries.shown import Figure, kind_of
from vbc.ui.dates import day_in_words

FIFTHS = {
    1: "Lowest fifth",
    2: "Second lowest fifth",
    3: "Middle fifth",
    4: "Second highest fifth",
    5: "Highest fifth",
}
METHODS = {
    BenchmarkMethod.INTERVAL: "similar means that England lies inside the area's 95% interval",
    BenchmarkMethod.PROPORTION: (
        "similar means as near to England as chance alone would bring an area of this size"
    ),
    BenchmarkMethod.QUINTILES: "all areas are put in order and divided into five equal parts",
}
MEETS, MISSES = "Meets the goal", "Misses the goal"


@dataclass(frozen=True, slots=True)
class Compared:
    """A word for a figure beside its benchmark, and whether it is ours or its source's."""

    word: str
    is_ours: bool = False


NOT_COMPARED = Compared("Not compared")


def compared(
    figure: Figure,
    indicator: Indicator,
    england: Figure | None,
    fifths: Mapping[int, int] | None = None,
) -> Compared:
    """The word for one figure. `fifths` has the fifth of each area, by its primary key."""
    if figure.state != "value" or figure.area.is_england:
        return NOT_COMPARED
    if figure.comparison.strip():
        return Compared(figure.comparison.strip())
    # Numbers of people of places of different size say nothing beside each other.
    if kind_of(indicator.unit) == "count":
        return NOT_COMPARED
    if indicator.benchmark_method == BenchmarkMethod.QUINTILES:
        fifth = (fifths or {}).get(figure.area_id)
        return Compared(FIFTHS[fifth], is_ours=True) if fifth else NOT_COMPARED
    if indicator.benchmark_method == BenchmarkMethod.GOAL:
        met = comparing.by_goal(figure.value, goal=indicator.goal, way=way_of(indicator))
        if met == comparing.NOT_COMPARED:
            return NOT_COMPARED
        return Compared(MEETS if met == "better" else MISSES, is_ours=True)
    word = _by_method(figure, indicator, england)
    if word == comparing.NOT_COMPARED:
        return NOT_COMPARED
    return Compared(word.capitalize(), is_ours=True)


def fifths_of(rows: Iterable[Figure]) -> dict[int, int]:
    """Which fifth the figure of each area is in, by the area's primary key."""
    return comparing.fifths({row.area_id: row.value for row in rows if row.value is not None})


def method_in_words(
    words: Iterable[tuple[Indicator, Compared]],
) -> str:
    """Whose comparisons these are and how ours are made, in a sentence; empty without any."""
    said = [(indicator, each) for indicator, each in words if each.word != NOT_COMPARED.word]
    ours = [indicator for indicator, each in said if each.is_ours]
    if not said:
        return ""
    methods = dict.fromkeys(_method(each) for each in ours)
    how = "; or ".join(methods)
    if not ours:
        return "How each compares is what the source says."
    whose = "The comparison is ours, because the source makes none"
    if len(ours) < len(said):
        whose = "Where the source compares, it is its word; the other comparisons are ours"
    return f"{whose}: {how}."


def goal_in_words(indicator: Indicator) -> str:
    """The goal and whose it is; empty where there is none."""
    if indicator.goal is None or indicator.goal_set_on is None:
        return ""
    goal = printed(indicator.goal, indicator.unit)
    unit = f" {indicator.unit}" if indicator.unit and indicator.unit != "%" else ""
    limit = {"high": "at least ", "low": "at most "}.get(indicator.polarity, "")
    return (
        f"{limit}{goal}{unit}, set by {indicator.goal_set_by} on"
        f" {day_in_words(indicator.goal_set_on)} ({indicator.goal_source})"
    )


def _method(indicator: Indicator) -> str:
    method = BenchmarkMethod(indicator.benchmark_method)
    return f"the goal is {goal_in_words(indicator)}" if method == "goal" else METHODS[method]


def recent_trend(indicator: Indicator, rows: Sequence[Figure]) -> Recent:
    """The recent trend of the years of one area, from what may be shown of them."""
    way = way_of(indicator)
    readings = [
        Reading(row.period_sort, row.value, row.lower, row.upper, row.count, row.denominator)
        for row in rows
    ]
    if kind_of(indicator.unit) == "percentage":
        said = comparing.in_proportions(readings, way)
        if said != "cannot be said":
            return said
    return comparing.in_rates(readings, way)


def way_of(indicator: Indicator) -> Way:
    """Which way is good."""
    return cast(Way, indicator.polarity)


def _by_method(figure: Figure, indicator: Indicator, england: Figure | None) -> Against:
    benchmark = england.value if england else None
    if benchmark is None:
        return comparing.NOT_COMPARED
    way = way_of(indicator)
    if indicator.benchmark_method == BenchmarkMethod.INTERVAL:
        return comparing.by_interval(figure.lower, figure.upper, benchmark, way)
    is_share = kind_of(indicator.unit) == "percentage"
    if indicator.benchmark_method == BenchmarkMethod.PROPORTION and is_share:
        count, denominator = figure.count, figure.denominator
        if count is not None and denominator and count <= denominator and benchmark <= 100:
            return comparing.by_proportion(count, denominator, benchmark / 100, way)
    return comparing.NOT_COMPARED
