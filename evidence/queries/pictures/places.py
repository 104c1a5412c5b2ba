"""All areas of one kind: as bars in order, and on a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evidence import charts
from evidence.models import Area, AreaBoundary, Indicator
from evidence.queries import comparisons
from evidence.queries.alike import alike
from evidence.queries.comparisons import Compared
from evidence.queries.figures import Places
from evidence.queries.pictures.common import (
    Cells,
    Picture,
    Spec,
    bar,
    both,
    compared_in_words,
    figure_in_words,
    interval_in_words,
    is_rate,
    picture,
    short_name,
)
from evidence.queries.shown import Figure

# Of the areas of a kind, how many have to have an outline for a map of outlines.
_OUTLINED = 0.9
# More bars than this nobody reads; then those nearest to the area are shown.
MOST_BARS = 60
_NEAREST = 10
_AREAS_HOW = (
    "Every bar is one area, in order from the highest figure to the lowest; the area that this "
    "is about is darker. The dashed line is England. Where there is a thin line, the true figure "
    "is probably inside it."
)
_MAP_HOW = (
    "Each square is one integrated care board, about where it is in England and all of the same "
    "size. Darker squares have higher figures; the shape says the same. The square with the thick "
    "edge is the area that this is about."
)
_WORDS_HOW = (
    "Each square is one integrated care board, about where it is in England and all of the same "
    "size. Shade and shape say how it compares with England. The square with the thick edge is the "
    "area that this is about."
)


@dataclass(frozen=True, slots=True)
class Peer:
    """An area that another is compared with, and how it compares."""

    figure: Figure
    compared: Compared


def peers(indicator: Indicator, area: Area, places: Places) -> list[Peer]:
    """The areas that `area` is compared with and itself, highest first, those without a figure
    last."""
    like_it = alike(area, [row.area for row in places.areas])
    rows = [row for row in places.areas if like_it.has(row.area)]
    fifths = comparisons.fifths_of(rows)
    rows.sort(key=lambda row: (row.value is None, -(row.value or 0), row.area.name))
    return [Peer(row, comparisons.compared(row, indicator, places.england, fifths)) for row in rows]


def compared_of(indicator: Indicator, places: Places) -> dict[int, Compared]:
    """How each area compares among those that it is compared with, by its primary key."""
    there = [row.area for row in places.areas]
    sets = {row.area_id: alike(row.area, there) for row in places.areas}
    fifths = {
        each: comparisons.fifths_of(row for row in places.areas if each.has(row.area))
        for each in set(sets.values())
    }
    return {
        row.area_id: comparisons.compared(row, indicator, places.england, fifths[sets[row.area_id]])
        for row in places.areas
    }


def _called(area: Area, places: Places) -> str:
    """What the areas are that `area` is compared with, in words."""
    there = [row.area for row in places.areas]
    return alike(area, there).called(there)


def areas(indicator: Indicator, area: Area, places: Places) -> Picture:
    """Bars of all areas of the kind, in order, with England's line."""
    every = peers(indicator, area, places)
    near, note = _near(every, area)
    england = places.england if places.england and is_rate(indicator) else None
    benchmark = england.value if england else None
    items = [
        bar(each.figure, short_name(each.figure.area.name), _word(each.compared)) for each in near
    ]
    finding = charts.areas_sentence(
        [bar(each.figure, short_name(each.figure.area.name)) for each in every],
        indicator=indicator.name,
        area=short_name(area.name),
        period=places.period,
        unit=indicator.unit,
        benchmark=benchmark,
        called=_called(area, places),
    )
    specs = both(
        charts.bars,
        items,
        title=f"{indicator.name}, {places.period}{note}",
        unit=indicator.unit,
        finding=finding,
        benchmark=benchmark,
        highlight=short_name(area.name),
        is_dense=True,
    )
    return picture(
        finding,
        specs,
        _areas_table(indicator, near, england),
        [*(each.figure for each in near), *([england] if england else [])],
        how_to_read=_AREAS_HOW,
        is_wide=True,
        method=comparisons.method_in_words((indicator, each.compared) for each in near),
        only=f"the {len(near)} nearest of {len(every):,}" if len(near) < len(every) else "",
    )


def _areas_table(
    indicator: Indicator, near: Sequence[Peer], england: Figure | None
) -> tuple[list[str], Cells]:
    has_limits = any(each.figure.lower is not None for each in near)
    head = ["Area", "Figure", *(["95% interval"] if has_limits else []), "Beside England"]
    rows = [each.figure for each in near] + ([england] if england else [])
    words = [*compared_in_words([each.compared for each in near]), ""]
    table: Cells = []
    for row, word in zip(rows, words, strict=False):
        cells = [row.area.name, figure_in_words(row, indicator.unit)]
        if has_limits:
            cells.append(interval_in_words(row, indicator.unit))
        table.append([*cells, word])
    return head, table


_OUTLINES_HOW = (
    "Each shape is one area, where it is. Large areas look more important than they are, because "
    "few people may live there. Darker areas have higher figures; the small shape says the same. "
    "The area with the thick edge is the one that this is about."
)


def can_be_mapped(indicator: Indicator, area: Area, places: Places) -> bool:
    """Whether there is a map of areas of this kind (outlines that were imported, or squares), and
    their figures can be compared: shades of numbers of people would show how many live there."""
    if not is_rate(indicator):
        return False
    like_it = alike(area, [row.area for row in places.areas])
    rows = [row for row in places.areas if like_it.has(row.area)]
    return charts.has_squares(row.area.ods_code for row in rows) or _have_outlines(rows)


def _have_outlines(rows: Sequence[Figure]) -> bool:
    outlined = AreaBoundary.objects.filter(area__in=[row.area_id for row in rows]).count()
    return bool(rows) and outlined >= _OUTLINED * len(rows)


def area_map(indicator: Indicator, area: Area, places: Places) -> Picture:
    """Each area where it is, shaded by how it compares, or else by which fifth it is in: by its
    outline where outlines were imported, else as a square."""
    every = peers(indicator, area, places)
    words = [each.compared for each in every]
    method = comparisons.method_in_words((indicator, word) for word in words)
    outlined = _have_outlines([each.figure for each in every])
    how = _OUTLINES_HOW if outlined else _WORDS_HOW
    if not method or all(word.word in comparisons.FIFTHS.values() for word in words):
        fifths = comparisons.fifths_of(each.figure for each in every)
        words = [
            Compared(comparisons.FIFTHS.get(fifths.get(each.figure.area_id, 0), ""))
            for each in every
        ]
        how = _OUTLINES_HOW if outlined else _MAP_HOW
        method = "All areas are put in order and divided into five equal parts, by us."
    spots = [
        charts.Spot(
            each.figure.area.code if outlined else each.figure.area.ods_code,
            short_name(each.figure.area.name),
            figure_in_words(each.figure, indicator.unit),
            _word(word),
            each.figure.area_id == area.pk,
        )
        for each, word in zip(every, words, strict=True)
    ]
    finding = charts.areas_sentence(
        [bar(each.figure, short_name(each.figure.area.name)) for each in every],
        indicator=indicator.name,
        area=short_name(area.name),
        period=places.period,
        unit=indicator.unit,
        called=_called(area, places),
    )
    title = f"{indicator.name}, {places.period}"
    shapes_of: dict[str, Any] = {}
    spec: Spec | tuple[Spec, Spec]
    if outlined:
        found = AreaBoundary.objects.filter(area__in=[each.figure.area_id for each in every])
        shapes_of = dict(found.values_list("area__code", "geometry"))
        spec = both(charts.boundaries, spots, shapes_of=shapes_of, title=title, finding=finding)
    else:
        # Seven names in a row cannot be read on a phone: this one moves sideways there.
        spec = charts.squares(spots, title=title, finding=finding)
    table = [[spot.name, spot.figure, spot.word or "Not compared"] for spot in spots]
    if without := [each.name for each in spots if outlined and each.code not in shapes_of]:
        # A map that leaves somebody out says so.
        method = f"{method} Not on the map, because the outline is not known: {', '.join(without)}."
    return picture(
        finding,
        spec,
        (["Area", "Figure", "How it compares"], table),
        [each.figure for each in every],
        how_to_read=how,
        is_wide=True,
        method=method,
    )


def _near(every: Sequence[Peer], area: Area) -> tuple[Sequence[Peer], str]:
    """Those to draw: all, or where they are too many, those that are next to the area in order."""
    if len(every) <= MOST_BARS:
        return every, ""
    place = next((n for n, each in enumerate(every) if each.figure.area_id == area.pk), 0)
    first = max(0, place - _NEAREST)
    return every[first : place + _NEAREST + 1], ", the areas nearest in order"


def _word(compared: Compared) -> str:
    return "" if compared.word == comparisons.NOT_COMPARED.word else compared.word
