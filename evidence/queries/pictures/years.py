"""The years of one area."""

from __future__ import annotations

from collections.abc import Sequence

from evidence import charts
from evidence.models import Area, Indicator
from evidence.queries import comparisons, figures
from evidence.queries.figures import People, Series
from evidence.queries.pictures.common import (
    Cells,
    Picture,
    bar,
    figure_in_words,
    interval_in_words,
    is_rate,
    picture,
    points,
    short_name,
    state_of,
)
from evidence.queries.shown import Figure

_HOW = (
    "Each dot is one period, the latest on the right. The dashed line is England. The shaded band "
    "is the 95% interval: the true figure is probably inside it, so small ups and downs can be "
    "chance. A change over the last five figures is called clear only where it is very unlikely to "
    "be chance (99.8%) and no single figure makes it."
)


def trend(
    indicator: Indicator,
    area: Area,
    rows: Sequence[Figure],
    *,
    people: People | None = None,
) -> Picture:
    """The years of one area beside England's; two bars where there is only one period."""
    series = figures.series_in(rows, area, people=people)
    if len(series.area) == 1:
        return _one_period(indicator, area, series)
    # A count of a country says nothing beside a count of a place.
    beside_england = series.england if is_rate(indicator) and not area.is_england else []
    own, england = points(series.area), points(beside_england)
    recent = comparisons.recent_trend(indicator, series.area)
    finding = charts.trend_sentence(
        own,
        area=area.name,
        indicator=indicator.name,
        unit=indicator.unit,
        benchmark_points=england,
        source_says=_source_word(series.area),
        recent="" if recent == "cannot be said" else recent,
    )
    spec = charts.trend(
        own,
        benchmark_points=england,
        title=indicator.name,
        unit=indicator.unit,
        finding=finding,
        name=short_name(area.name),
    )
    return picture(
        finding,
        spec,
        _table(indicator, area, series.area, beside_england),
        [*series.area, *beside_england],
        how_to_read=_HOW,
    )


def _source_word(rows: Sequence[Figure]) -> str:
    """How the source compares the latest figure, if it does."""
    latest = [row for row in rows if row.state == "value"][-1:]
    word = latest[0].comparison.strip() if latest else ""
    return "" if word.casefold() in ("not compared", "none") else word


def _table(
    indicator: Indicator, area: Area, rows: Sequence[Figure], beside_england: Sequence[Figure]
) -> tuple[list[str], Cells]:
    beside = {row.period: row for row in beside_england}
    has_limits = any(row.lower is not None for row in rows)
    head = ["Period", area.name, *(["95% interval"] if has_limits else [])]
    if beside_england:
        head.append("England")
    table: Cells = []
    for row in rows:
        cells = [row.period, figure_in_words(row, indicator.unit)]
        if has_limits:
            cells.append(interval_in_words(row, indicator.unit))
        if beside_england:
            cells.append(figure_in_words(beside.get(row.period), indicator.unit))
        table.append(cells)
    return head, table


def _one_period(indicator: Indicator, area: Area, series: Series) -> Picture:
    """One figure beside England's, because a line needs two."""
    only = series.area[0]
    england = next((row for row in series.england if row.period == only.period), None)
    beside = england if england and is_rate(indicator) else None
    finding = charts.comparison_sentence(
        area=area.name,
        period=only.period,
        unit=indicator.unit,
        indicator=indicator.name,
        value=only.value,
        # Where the source compares, the sentence says above or below, and no more than that.
        lower=None if _source_word([only]) else only.lower,
        upper=only.upper,
        state=state_of(only),
        benchmark=beside.value if beside else None,
    )
    shown_rows = [only, *([beside] if beside else [])]
    spec = charts.bars(
        [bar(row, row.area.name) for row in shown_rows],
        title=f"{indicator.name}, {only.period}",
        unit=indicator.unit,
        finding=finding,
        highlight=area.name,
    )
    table = [[row.area.name, figure_in_words(row, indicator.unit)] for row in shown_rows]
    return picture(finding, spec, (["Area", only.period], table), shown_rows)
