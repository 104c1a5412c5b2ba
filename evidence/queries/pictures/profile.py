"""One area by all indicators of a library: where it stands, and beside which areas."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence import charts, comparing
from evidence.models import Area, Indicator
from evidence.queries import comparisons, figures
from evidence.queries.alike import alike
from evidence.queries.comparisons import Compared
from evidence.queries.figures import Places
from evidence.queries.pictures.common import (
    MARK,
    Cells,
    Picture,
    Spec,
    both,
    compared_in_words,
    figure_in_words,
    is_rate,
    picture,
    short_name,
)
from evidence.queries.shown import Figure

# More columns do not fit on paper.
MOST_BESIDE = 3
# More lines nobody reads on a screen; the table has all of them.
MOST_LINES = 20
# What can be read on a page of paper, in pixels of all rows (a spine has more to say around them),
# and how many pages a chart may take.
SPINE_ROOM, RUG_ROOM, MOST_PAGES = 480, 660, 2
# Indicators have no topic, so it is told from their names which are about mental health.
_MENTAL_HEALTH = re.compile(
    r"mental|depress|anxi|psych|schizo|bipolar|suicid|self.harm|eating disorder|dementia"
    r"|talking therap|wellbeing|well-being|lonel",
    re.IGNORECASE,
)
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
        """The figures of all areas that it is compared with, and its own."""
        if self.own is None:
            return []
        like_it = alike(self.own.area, [row.area for row in self.places.areas])
        return [row for row in self.places.areas if like_it.has(row.area)]

    @property
    def benchmark(self) -> Figure | None:
        """England's figure, where it says anything beside a place's."""
        return self.places.england if is_rate(self.indicator) else None

    @property
    def against(self) -> str:
        """England's figure in words, or that there is none."""
        return figure_in_words(self.places.england, self.indicator.unit)

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
    """A line for each indicator, from `figures.places_of`; those about mental health first, because
    not all may be drawn."""
    lines = []
    for indicator in indicators:
        people = figures.people_in(rows[indicator.pk], area)[0]
        places = figures.places_in(rows[indicator.pk], people)
        own = next((row for row in places.areas if row.area_id == area.pk), None)
        if own is not None:
            lines.append(Line(indicator, places, own))
    return sorted(lines, key=lambda line: not _MENTAL_HEALTH.search(line.indicator.name))


def spine(lines: Sequence[Line], area: Area) -> Picture:
    """A spine for every indicator of the area."""
    name = short_name(area.name)
    compared = [line.compared(line.own) for line in lines]
    named = _named(lines, [[line.own] for line in lines])
    rows = [
        _spine_row(line, word, line_name)
        for line, word, line_name in zip(lines, compared, named, strict=True)
    ]
    finding = charts.spine_sentence([word.word for word in compared], area=name)
    # A place's number of people is not held against England's, and a reader may still want both.
    table = [
        [row.name, row.period, row.figure, line.against, word]
        for line, row, word in zip(lines, rows, compared_in_words(compared), strict=True)
    ]
    return picture(
        finding,
        both(
            charts.spine_chart,
            rows[:MOST_LINES],
            title=f"Where {name} stands{_some(rows)}",
            finding=finding,
            area=name,
        ),
        (["Indicator", "Period", name, "England", "Beside England"], table),
        [row for line in lines for row in (line.own, line.places.england) if row is not None],
        how_to_read=_SPINE_HOW,
        method=comparisons.method_in_words(
            (line.indicator, word) for line, word in zip(lines, compared, strict=True)
        ),
        is_wide=True,
        paper=_on_paper(
            rows,
            charts.spine_height,
            charts.spine_chart,
            room=SPINE_ROOM,
            title=f"Where {name} stands",
            finding=finding,
            area=name,
        ),
        is_marked=_are_some_marked(named),
    )


def _spine_row(line: Line, compared: Compared, name: str) -> charts.SpineRow:
    unit, beside = line.indicator.unit, line.benchmark
    made = comparing.spine(
        line.own.value if line.own else None,
        benchmark=beside.value if beside else None,
        others=[row.value for row in line.like_it],
        way=comparisons.way_of(line.indicator),
    )
    return charts.SpineRow(
        name=name,
        period=line.places.period,
        figure=figure_in_words(line.own, unit),
        benchmark=figure_in_words(beside, unit) if beside else "",
        spine=made,
        word=compared.word,
        instead="" if made else _why_not(line),
    )


def rug(lines: Sequence[Line], area: Area, beside: Sequence[Area] = ()) -> Picture:
    """A grid of all indicators of the area, beside England and up to three other areas."""
    columns = [area, *beside][: MOST_BESIDE + 1]
    names = [short_name(each.name) for each in columns]
    found = [[line.of(each) for each in columns] for line in lines]
    compared = [
        [line.compared(figure) for figure in figures_of_line]
        for line, figures_of_line in zip(lines, found, strict=True)
    ]
    words = compared_in_words([word for row in compared for word in row])
    named = _named(lines, found)
    rows: list[charts.RugRow] = []
    table: Cells = []
    for number, line in enumerate(lines):
        unit = line.indicator.unit
        said = [figure_in_words(figure, unit) for figure in found[number]]
        cells = [
            charts.RugCell(figure, "" if word == comparisons.NOT_COMPARED else word.word)
            for figure, word in zip(said, compared[number], strict=True)
        ]
        name, period = named[number], line.places.period
        rows.append(charts.RugRow(name, period, [charts.RugCell(line.against), *cells]))
        beside_it = words[number * len(columns) : (number + 1) * len(columns)]
        both = [
            f"{cell.figure}, {word[:1].lower()}{word[1:]}" if cell.word else cell.figure
            for cell, word in zip(cells, beside_it, strict=True)
        ]
        table.append([name, period, line.against, *both])
    finding = charts.spine_sentence([row[0].word for row in compared], area=names[0])
    among = f" beside {' and '.join(names[1:])}" if names[1:] else ""
    return picture(
        finding,
        charts.rug(
            rows[:MOST_LINES],
            areas=["England", *names],
            title=f"{names[0]}{among}{_some(rows)}",
            finding=finding,
        ),
        (["Indicator", "Period", "England", *names], table),
        [
            figure
            for line, row in zip(lines, found, strict=True)
            for figure in (line.places.england, *row)
            if figure is not None
        ],
        how_to_read=_RUG_HOW,
        method=comparisons.method_in_words(
            (line.indicator, word)
            for line, row in zip(lines, compared, strict=True)
            for word in row
        ),
        is_wide=True,
        paper=_on_paper(
            rows,
            charts.rug_height,
            charts.rug,
            room=RUG_ROOM,
            areas=["England", *names],
            title=f"{names[0]}{among}",
            finding=finding,
        ),
        is_marked=_are_some_marked(named),
    )


def _named(lines: Sequence[Line], found: Sequence[Sequence[Figure | None]]) -> list[str]:
    """The name of each line; marked where a figure in it is an organisation's own, and others hold
    none: where all do, what is written under the picture says so once."""
    own = [any(each is not None and each.is_controlled for each in row) for row in found]
    return [
        f"{line.indicator.name} {MARK}" if is_own and not all(own) else line.indicator.name
        for line, is_own in zip(lines, own, strict=True)
    ]


def _are_some_marked(named: Sequence[str]) -> bool:
    return any(name.endswith(f" {MARK}") for name in named)


def _on_paper(
    rows: Sequence[Any],
    height: Callable[[Any], float],
    draw: Callable[..., Spec],
    *,
    room: float,
    title: str,
    finding: str,
    **more: Any,
) -> list[Spec]:
    """The rows in charts whose words can be read on a page each, two at most; none where one on a
    screen can be. Their titles say which rows they have, and where those are that are not drawn."""
    parts: list[list[Any]] = [[]]
    used = 0.0
    for row in rows:
        used += height(row)
        if parts[-1] and used > room:
            parts.append([])
            used = height(row)
        parts[-1].append(row)
    if len(parts) == 1:
        return []
    parts = parts[:MOST_PAGES]
    made, first = [], 1
    for number, part in enumerate(parts, start=1):
        last = first + len(part) - 1
        left = len(rows) - last if number == len(parts) else 0
        others = f"; the other {left} are in the table" if left else ""
        made.append(
            draw(
                part,
                title=f"{title} ({first} to {last} of {len(rows)} indicators{others})",
                finding=finding if number == 1 else f"{finding} Part {number}.",
                **more,
            )
        )
        first = last + 1
    return made


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
