"""The years of one area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from evidence import charts
from evidence.importers.periods import middle
from evidence.models import Area, Indicator
from evidence.queries import before, comparisons, figures
from evidence.queries.before import Moment, Past
from evidence.queries.figures import People, Series
from evidence.queries.lineage import Lineage
from evidence.queries.pictures.common import (
    Cells,
    Picture,
    bar,
    both,
    figure_in_words,
    interval_in_words,
    is_rate,
    picture,
    points,
    short_name,
    state_of,
)
from evidence.queries.shown import Figure
from vbc.ui.dates import day_in_words

# More thin lines than this nobody tells apart; the table has all of them.
_MOST_EARLIER = 4
_HOW = (
    "Each dot is one period, the latest on the right. The dashed line is England. The shaded band "
    "is the 95% interval: the true figure is probably inside it, so small ups and downs can be "
    "chance. A change over the last five figures is called clear only where it is very unlikely to "
    "be chance (99.8%) and no single figure makes it."
)
_BREAK_HOW = (
    "Where the borders of the area changed there is an upright dotted line: what is on either side "
    "of it is not quite the same place. Thin grey lines are other areas."
)


def past_in(
    indicator: Indicator,
    lineage: Lineage,
    rows: Sequence[Figure],
    people: People | None = None,
) -> Past:
    """The whole line of an area, from the figures of all that it was and is made of."""
    whom = people or figures.people_in(rows, lineage.area)[0]
    totals = [row for row in rows if whom.are_in(row) and not row.category_type]
    return before.past_of(indicator, lineage, totals)


def trend(
    indicator: Indicator,
    lineage: Lineage,
    rows: Sequence[Figure],
    *,
    people: People | None = None,
) -> Picture:
    """The years of one area beside England's; two bars where there is only one period."""
    area = lineage.area
    series = figures.series_in(rows, area, people=people)
    past = past_in(indicator, lineage, rows, people)
    if len(series.area) == 1 and len(past.moments) == 1 and not past.earlier:
        return _one_period(indicator, area, series)
    # A count of a country says nothing beside a count of a place.
    beside_england = series.england if is_rate(indicator) and not area.is_england else []
    england = points(beside_england)
    latest = [each.figure for each in past.latest]
    recent = comparisons.recent_trend(indicator, latest)
    finding = charts.trend_sentence(
        points(latest),
        area=area.name,
        indicator=indicator.name,
        unit=indicator.unit,
        benchmark_points=england,
        source_says=_source_word(latest),
        recent="" if recent == "cannot be said" else recent,
    )
    breaks = _breaks(past)
    if breaks:
        days = [day_in_words(day) for day, _ in breaks]
        finding = f"{finding} {charts.borders_sentence(days, is_added=past.is_whole)}"
    specs = both(
        charts.trend,
        [point for each in past.moments for point in _points(each)],
        benchmark_points=england,
        title=indicator.name,
        unit=indicator.unit,
        finding=finding,
        name=short_name(area.name),
        breaks=[each for _, each in breaks],
        earlier=[points(line) for _, line in past.earlier[:_MOST_EARLIER]],
    )
    return picture(
        finding,
        specs,
        _table(indicator, area, past, beside_england),
        [*past.used, *beside_england],
        how_to_read=f"{_HOW} {_BREAK_HOW}" if breaks else _HOW,
        method=" ".join(_notes(area, past)),
    )


def _points(moment: Moment) -> list[charts.Point]:
    return [
        replace(point, stretch=moment.stretch, is_joined=bool(moment.parts))
        for point in points([moment.figure])
    ]


def _breaks(past: Past) -> list[tuple[date, tuple[int, int]]]:
    """Each day on which borders changed, and between which two periods that is; only those that
    have figures on both sides."""
    drawn = [each.figure for each in past.moments] + [
        row for _, line in past.earlier for row in line
    ]
    found = []
    for day in past.breaks:
        before_it = [row.period_sort for row in drawn if middle(row.period) < day]
        after_it = [row.period_sort for row in drawn if middle(row.period) >= day]
        if before_it and after_it and _is_seen(past, day):
            found.append((day, (max(before_it), min(after_it))))
    return found


def _is_seen(past: Past, day: date) -> bool:
    """Whether anything from before a day is shown that is not of today's borders."""
    apart = [each.figure for each in past.moments if each.stretch < len(past.breaks)]
    apart += [row for _, line in past.earlier for row in line]
    return any(middle(row.period) < day for row in apart)


def _notes(area: Area, past: Past) -> list[str]:
    """What of the line is not the area's own figures, and why."""
    notes = []
    renamed: dict[str, list[str]] = {}
    for each in past.moments:
        if each.parts and not each.is_added:
            renamed.setdefault(each.parts[0].name, []).append(each.figure.period)
    for name, periods in renamed.items():
        notes.append(f"The figures for {_from_to(periods)} were published as “{name}”.")
    added = [each for each in past.moments if each.is_added]
    whole = [each.figure.period for each in added if each.figure.state == "value"]
    if whole:
        notes.append(
            f"The figures for {_from_to(whole)} (hollow dots) are those of the areas that"
            f" {area.name} is made of today, added up. Where those were rounded, so is the sum."
        )
    for state, why in (("suppressed", "kept back"), ("missing", "missing")):
        without = [each for each in added if each.figure.state == state]
        if without:
            when = _from_to([each.figure.period for each in without])
            notes.append(
                f"For {when} they were not added up, because the figure of at least one of them"
                f" is {why}: a sum without it would be too small."
            )
    if past.earlier:
        lines = "; ".join(
            f"{other.name if other.pk != area.pk else 'the same name with its earlier borders'}"
            f" ({_from_to([row.period for row in line])})"
            for other, line in past.earlier
        )
        notes.append(f"Not part of the line, because the borders were others: {lines}.")
    return notes


def _from_to(periods: Sequence[str]) -> str:
    first, last = periods[0], periods[-1]
    return first if first == last else f"{first} to {last}"


def _source_word(rows: Sequence[Figure]) -> str:
    """How the source compares the latest figure, if it does."""
    latest = [row for row in rows if row.state == "value"][-1:]
    word = latest[0].comparison.strip() if latest else ""
    return "" if word.casefold() in ("not compared", "none") else word


def _table(
    indicator: Indicator, area: Area, past: Past, beside_england: Sequence[Figure]
) -> tuple[list[str], Cells]:
    beside = {row.period: row for row in beside_england}
    lines = [(each.figure, _of_what(each, past)) for each in past.moments]
    lines += [
        (row, other.name if other.pk != area.pk else "Its earlier borders")
        for other, line in past.earlier
        for row in line
    ]
    has_limits = any(row.lower is not None for row, _ in lines)
    head = ["Period", area.name, *(["95% interval"] if has_limits else [])]
    head += (["England"] if beside_england else []) + (["Of which area"] if past.is_joined else [])
    table: Cells = []
    for row, of_what in lines:
        cells = [row.period, figure_in_words(row, indicator.unit)]
        if has_limits:
            cells.append(interval_in_words(row, indicator.unit))
        if beside_england:
            cells.append(figure_in_words(beside.get(row.period), indicator.unit))
        table.append([*cells, *([of_what] if past.is_joined else [])])
    return head, table


def _of_what(moment: Moment, past: Past) -> str:
    if moment.is_added:
        return f"{len(moment.used)} areas, added up"
    if moment.stretch < len(past.breaks):
        return moment.parts[0].name if moment.parts else "Its earlier borders"
    return moment.parts[0].name if moment.parts else "As it is today"


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
    specs = both(
        charts.bars,
        [bar(row, row.area.name) for row in shown_rows],
        title=f"{indicator.name}, {only.period}",
        unit=indicator.unit,
        finding=finding,
        highlight=area.name,
    )
    table = [[row.area.name, figure_in_words(row, indicator.unit)] for row in shown_rows]
    return picture(finding, specs, (["Area", only.period], table), shown_rows)
