"""Groups of people in one area: side by side, and from the most to the least deprived."""

from __future__ import annotations

from collections.abc import Sequence

from evidence import charts, comparing
from evidence.models import Area, Indicator
from evidence.queries import figures
from evidence.queries.figures import People
from evidence.queries.pictures.common import (
    Picture,
    bar,
    both,
    figure_in_words,
    is_rate,
    picture,
)
from evidence.queries.shown import Figure

_GROUPS_HOW = (
    "Each bar is one group of people in this area. The dashed line is everyone here. A difference "
    "between groups does not say why there is one."
)
_INEQUALITY_HOW = (
    "Neighbourhoods are put in order from the most deprived to the least and divided into equal "
    "parts. Each dot is the people who live in one of them. If deprivation made no difference, the "
    "dashed line would be flat. How steep it is, is called the slope index of inequality: the "
    "figure at its end less that at its beginning, worked out by the straight line that fits best, "
    "each part counted as equally large."
)


def groups(
    indicator: Indicator,
    area: Area,
    rows: Sequence[Figure],
    category_type: str,
    *,
    people: People | None = None,
) -> Picture:
    """Groups of people in one area, in its latest period that has any."""
    found = figures.groups_in(rows, area, category_type, people=people)
    items = [bar(row, row.category) for row in found.groups]
    finding = charts.groups_sentence(
        items, indicator=indicator.name, area=area.name, period=found.period, unit=indicator.unit
    )
    # Beside a rate, everyone's rate says who is above and below; a sum of counts would not.
    rates = is_rate(indicator)
    gap = charts.gap_sentence(items, unit=indicator.unit) if rates else ""
    finding = f"{finding} {gap}".strip()
    specs = both(
        charts.bars,
        items,
        title=f"{indicator.name}, {area.name}, {found.period}",
        unit=indicator.unit,
        finding=finding,
        benchmark=found.everyone.value if found.everyone and rates else None,
        benchmark_name="Everyone",
    )
    table = [[row.category, figure_in_words(row, indicator.unit)] for row in found.groups]
    used = [*found.groups]
    if found.everyone is not None:
        table.append(["Everyone", figure_in_words(found.everyone, indicator.unit)])
        used.append(found.everyone)
    head = [category_type, "Figure"]
    return picture(finding, specs, (head, table), used, how_to_read=_GROUPS_HOW)


def has_order(rows: Sequence[Figure], area: Area, category_type: str) -> bool:
    """Whether the groups of one kind go from the most to the least deprived."""
    labels = {
        row.category
        for row in rows
        if row.area_id == area.pk and row.category_type == category_type
    }
    return bool(comparing.deprivation_order(labels))


def inequality(
    indicator: Indicator,
    area: Area,
    rows: Sequence[Figure],
    category_type: str,
    *,
    people: People | None = None,
) -> Picture:
    """Groups by deprivation, the most deprived first, with the line that fits them best."""
    found = figures.groups_in(rows, area, category_type, people=people)
    by_label = {row.category: row for row in found.groups}
    ordered = [by_label[label] for label in comparing.deprivation_order(by_label)]
    items = [bar(row, row.category) for row in ordered]
    slope = comparing.slope_index([row.value for row in ordered]) if is_rate(indicator) else None
    most, least = (ordered[0].value, ordered[-1].value) if ordered else (None, None)
    finding = charts.inequality_sentence(
        items,
        indicator=indicator.name,
        area=area.name,
        period=found.period,
        unit=indicator.unit,
        index=slope.index if slope else None,
        times=comparing.relative_gap(most, least),
    )
    specs = both(
        charts.inequality,
        items,
        title=f"{indicator.name}, {area.name}, {found.period}",
        unit=indicator.unit,
        finding=finding,
        slope=slope,
    )
    table = [[row.category, figure_in_words(row, indicator.unit)] for row in ordered]
    head = [category_type, "Figure"]
    return picture(finding, specs, (head, table), ordered, how_to_read=_INEQUALITY_HOW)
