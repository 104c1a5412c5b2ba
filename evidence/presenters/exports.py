"""Figures for a spreadsheet: what pages show of them, and no more."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from evidence.models import Area, Indicator
from evidence.presenters.figures import ChosenView
from evidence.queries import comparisons, figures, pictures
from evidence.queries.comparisons import Compared
from evidence.queries.pictures import Figures
from evidence.queries.shown import Figure

HEAD = [
    "Indicator",
    "Unit",
    "Area code",
    "Area",
    "Period",
    "Sex",
    "Age",
    "Kind of group",
    "Group",
    "Figure",
    "Lower 95% limit",
    "Upper 95% limit",
    "Count",
    "Out of",
    "Beside England",
    "Who compares",
    "Source",
    "Licence",
    "What was done to it",
]
_STATES = {"suppressed": "Suppressed", "missing": "No figure"}
Row = list[str]


def indicator_rows(indicator: Indicator, view: ChosenView) -> Iterator[Row]:
    """All figures of the area, of what it was before and of England, then the latest of the other
    areas."""
    places = figures.places_in(view.read.places[indicator.pk], view.whom)
    words = pictures.compared_of(indicator, places)
    for row in view.rows:
        word = words.get(row.area_id) if row in places.areas else None
        yield _row(indicator, row, word)
    already = {row.area_id for row in view.rows}
    for row in places.areas:
        if row.area_id not in already:
            yield _row(indicator, row, words[row.area_id])


def profile_rows(read: Figures, beside: Sequence[Area]) -> Iterator[Row]:
    """Every indicator of the area: its figure, England's, and those of the areas beside it."""
    for line in pictures.lines_about(read.indicators, read.area, read.places):
        shown: Iterable[Figure | None] = [
            line.places.england,
            line.own,
            *(line.of(area) for area in beside),
        ]
        for row in shown:
            if row is not None:
                yield _row(line.indicator, row, line.compared(row))


def _row(indicator: Indicator, row: Figure, compared: Compared | None) -> Row:
    said = compared if compared and compared != comparisons.NOT_COMPARED else None
    return [
        indicator.name,
        indicator.unit,
        row.area.code,
        row.area.name,
        row.period,
        row.sex,
        row.age,
        row.category_type,
        row.category,
        _STATES[row.state] if row.value is None else _number(row.value),
        _number(row.lower),
        _number(row.upper),
        _number(row.count),
        _number(row.denominator),
        said.word if said else row.comparison,
        ("vbc" if said.is_ours else "source") if said else ("source" if row.comparison else ""),
        row.data_import.source,
        row.data_import.licence,
        "1 to 7 hidden, others rounded to 5" if row.is_controlled else "as published",
    ]


def _number(number: Decimal | None) -> str:
    """Without the zeros that the library keeps behind the point."""
    return "" if number is None else f"{number.normalize():f}"
