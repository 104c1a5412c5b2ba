"""One area by all indicators of a library: where it stands, and beside which areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence import charts, comparing
from evidence.models import Area, Indicator
from evidence.queries import comparisons, figures
from evidence.queries.comparisons import Compared
from evidence.queries.figures import Places
from evidence.queries.pictures.common import (
    Cells,
    Picture,
    compared_in_words,
    figure_in_words,
    is_rate,
    picture,
    short_name,
)
from evidence.queries.shown import Figure

# More columns do not fit on paper.
MOST_BESIDE = 3
# More lines do not fit on a page of paper; the table has all of them.
MOST_LINES = 20
_SPINE_HOW = (
    "Each line is one indicator. The pale bar goes from the area of this kind with the worst "
    "figure to that with the best (where nobody says what is good, from the lowest to the "
    "highest); its "
    "dark part is the middle half of all areas, with quarters worked out between ranks. The line "
    "down the middle is England, and the diamond is this area. Where low is good the bar is turned "
    "round, so that further right is always better."
)
_RUG_HOW = (
    "Each row is one indicator and each column one area. Every box has the figure, and how it "
    "compares with England as a word and a shape. The shade only repeats the word."
)


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator of the area: its figures in the latest period that areas have."""

    indicator: Indicator
    places: Places
    own: Figure | None

    @property
    def like_it(self) -> list[Figure]:
        """The figures of all areas of the same kind."""
        kind = self.own.area.area_type if self.own else None
        return [row for row in self.places.areas if row.area.area_type == kind]

    def of(self, area: Area) -> Figure | None:
        return next((row for row in self.places.areas if row.area_id == area.pk), None)

    def compared(self, figure: Figure | None) -> Compared:
        if figure is None:
            return comparisons.NOT_COMPARED
        fifths = comparisons.fifths_of(self.like_it)
        return comparisons.compared(figure, self.indicator, self.places.england, fifths)


def lines_about(
    indicators: Sequence[Indicator], area: Area, rows: Mapping[int, list[Figure]]
) -> list[Line]:
    """A line for each indicator, from `figures.places_of`."""
    lines = []
    for indicator in indicators:
        people = figures.people_in(rows[indicator.pk], area)[0]
        places = figures.places_in(rows[indicator.pk], people)
        own = next((row for row in places.areas if row.area_id == area.pk), None)
        if own is not None:
            lines.append(Line(indicator, places, own))
    return lines


def spine(lines: Sequence[Line], area: Area) -> Picture:
    """A spine for every indicator of the area."""
    rows: list[charts.SpineRow] = []
    table: Cells = []
    words: list[Compared] = []
    used: list[Figure] = []
    for line in lines:
        compared = line.compared(line.own)
        unit, england = line.indicator.unit, line.places.england
        beside = england if is_rate(line.indicator) else None
        made = comparing.spine(
            line.own.value if line.own else None,
            benchmark=beside.value if beside else None,
            others=[row.value for row in line.like_it],
            way=comparisons.way_of(line.indicator),
        )
        words.append(compared)
        against = figure_in_words(beside, unit) if beside else ""
        figure = figure_in_words(line.own, unit)
        rows.append(
            charts.SpineRow(
                line.indicator.name,
                line.places.period,
                figure,
                against,
                made,
                compared.word,
                "" if made else _why_not(line),
            )
        )
        table.append(
            [line.indicator.name, line.places.period, figure, against, compared_in_words(compared)]
        )
        used += [row for row in (line.own, beside) if row is not None]
    name = short_name(area.name)
    finding = charts.spine_sentence([word.word for word in words], area=name)
    spec = charts.spine_chart(
        rows[:MOST_LINES],
        title=f"Where {name} stands{_some(rows)}",
        finding=finding,
        area=name,
    )
    head = ["Indicator", "Period", name, "England", "Beside England"]
    return picture(
        finding,
        spec,
        (head, table),
        used,
        how_to_read=_SPINE_HOW,
        method=_methods(lines, words),
        is_wide=True,
    )


def rug(lines: Sequence[Line], area: Area, beside: Sequence[Area] = ()) -> Picture:
    """A grid of all indicators of the area, beside England and up to three other areas."""
    columns = [area, *beside][: MOST_BESIDE + 1]
    rows: list[charts.RugRow] = []
    table: Cells = []
    words: list[Compared] = []
    used: list[Figure] = []
    for line in lines:
        unit, england = line.indicator.unit, line.places.england
        found = [line.of(each) for each in columns]
        compared = [line.compared(figure) for figure in found]
        words += compared
        against = figure_in_words(england, unit)
        said = [figure_in_words(figure, unit) for figure in found]
        cells = [charts.RugCell(against)]
        cells += [
            charts.RugCell(figure, "" if word is comparisons.NOT_COMPARED else word.word)
            for figure, word in zip(said, compared, strict=True)
        ]
        rows.append(charts.RugRow(line.indicator.name, line.places.period, cells))
        table.append(
            [
                line.indicator.name,
                line.places.period,
                against,
                *(
                    f"{figure}, {compared_in_words(word).casefold()}"
                    if word is not comparisons.NOT_COMPARED
                    else figure
                    for figure, word in zip(said, compared, strict=True)
                ),
            ]
        )
        used += [row for row in (england, *found) if row is not None]
    names = [short_name(each.name) for each in columns]
    own = [line.compared(line.own).word for line in lines]
    finding = charts.spine_sentence(own, area=names[0])
    beside_words = f" beside {' and '.join(names[1:])}" if names[1:] else ""
    spec = charts.rug(
        rows[:MOST_LINES],
        areas=["England", *names],
        title=f"{names[0]}{beside_words}{_some(rows)}",
        finding=finding,
    )
    head = ["Indicator", "Period", "England", *names]
    return picture(
        finding,
        spec,
        (head, table),
        used,
        how_to_read=_RUG_HOW,
        method=_methods(lines, words),
        is_wide=True,
    )


def _some(rows: Sequence[object]) -> str:
    """What a title says where not all lines are drawn."""
    if len(rows) <= MOST_LINES:
        return ""
    return f" ({MOST_LINES} of {len(rows)} indicators; all are in the table)"


def _why_not(line: Line) -> str:
    """Why an indicator has no spine, in a few words."""
    if not is_rate(line.indicator):
        return "A number of people, not compared"
    if line.places.england is None or line.places.england.value is None:
        return "No figure for England"
    return "Too few areas to compare"


def _methods(lines: Sequence[Line], words: Sequence[Compared]) -> str:
    """Whose comparisons these are."""
    said = [word for word in words if word is not comparisons.NOT_COMPARED]
    if not said:
        return ""
    if not any(word.is_ours for word in said):
        return "How each compares is what the source says."
    methods = dict.fromkeys(
        comparisons.METHODS.get(line.indicator.benchmark_method, "")  # type: ignore[call-overload]
        for line in lines
        if line.compared(line.own).is_ours
    )
    return (
        "Where the source compares, it is its word; the other comparisons are ours: "
        f"{'; or '.join(filter(None, methods))}."
    )
