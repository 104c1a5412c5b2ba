"""What every evidence chart shares: its points, colours and type, scales, and words on it.

Meaning never rests on colour: the benchmark is dashed and the area's line has dots, each is named
where it is drawn, and what has no figure says so in words.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from evidence.charts.measuring import measured

Number = Decimal | float | int
State = Literal["value", "suppressed", "missing"]
Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
# Quoted, because SVG reads a family name as CSS does, and a bare name cannot have a word "3" in it.
FONT = "'Source Sans 3', Arial, sans-serif"
BLUE = "#005EB8"
LIGHT_BLUE = "#8FB8DE"
TEXT = "#212B32"
QUIET = "#4C6272"
GRID = "#E4E9EC"
AXIS_PADDING = 8
NO_FIGURE = {"suppressed": "Suppressed", "missing": "No figure"}


@dataclass(frozen=True, slots=True)
class Size:
    """What a chart is drawn for, in pixels. `inside` is how wide all of it may be between its
    `padding`; 0 where it takes what it needs, and its title is wrapped by letters."""

    padding: int
    inside: int
    title: int
    title_line: int
    subtitle: int
    subtitle_line: int
    axis: int

    @property
    def is_narrow(self) -> bool:
        return self.inside > 0


WIDE = Size(16, 0, title=19, title_line=24, subtitle=15, subtitle_line=20, axis=14)
# A phone of 360 pixels, less the margins of a page: 328 across.
NARROW = Size(10, 308, title=17, title_line=22, subtitle=14, subtitle_line=19, axis=13)


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in a period. `order` sorts periods, as an import's `period_sort` does.

    Points of another `stretch` are of other borders and are not joined by a line; one that
    `is_joined` comes from other areas that are the same place.
    """

    period: str
    order: int
    value: Number | None
    lower: Number | None = None
    upper: Number | None = None
    state: State = "value"
    stretch: int = 0
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure for a group of people, or an area; `word` says how it compares."""

    label: str
    value: Number | None
    lower: Number | None = None
    upper: Number | None = None
    state: State = "value"
    word: str = ""


def figure(thing: Point | Bar) -> Number | None:
    """The figure to draw, if there is one. A suppressed one is not, whatever came with it."""
    return thing.value if thing.state == "value" else None


def interval(thing: Point | Bar) -> tuple[Number, Number] | None:
    """Both 95% limits of a figure, where it has both."""
    if figure(thing) is None or thing.lower is None or thing.upper is None:
        return None
    return thing.lower, thing.upper


def reach(things: Sequence[Point] | Sequence[Bar], *also: Number) -> tuple[float, float]:
    """The lowest and highest number drawn; 0 and 1 where there is none."""
    numbers = [float(number) for number in also]
    for thing in things:
        value = figure(thing)
        if value is not None:
            numbers += [float(number) for number in (value, *(interval(thing) or ()))]
    return min(numbers, default=0.0), max(numbers, default=1.0)


def why_none(thing: Point | Bar) -> str:
    """The words that stand where a figure would."""
    return NO_FIGURE["suppressed" if thing.state == "suppressed" else "missing"]


def shown(value: Number, unit: str = "") -> str:
    """A figure in print: whole where it is whole, else one decimal; "47%", "1,234.5"."""
    rounded = Decimal(str(value)).quantize(Decimal("0.1"))
    text = f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,.1f}"
    return f"{text.replace('-', chr(0x2212))}{'%' if unit == '%' else ''}"


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; words are broken only where one alone is longer."""
    return textwrap.wrap(" ".join(text.split()), width) or [""]


def scale(low: float, high: float, *, zero: bool = True) -> tuple[float, float, list[float]]:
    """The two ends of an axis that takes in `low` and `high`, and four to seven round steps."""
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    # Figures closer to each other than the last place that is drawn are one figure.
    if high - low < 1e-9:
        high = low + 1.0
    rough = (high - low) / 5
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [round(position * step, 10) for position in range(first, last + 1)]
    return ticks[0], ticks[-1], ticks


def frame(*, title: str, subtitle: str, finding: str, gap: int = 16, size: Size = WIDE) -> Spec:
    """The outside of a chart: its words, type and quiet lines. `finding` is its text."""
    return {
        "$schema": SCHEMA,
        "description": finding,
        "background": "#FFFFFF",
        "padding": size.padding,
        "title": {
            "text": wrapped(title, 50),
            "subtitle": wrapped(subtitle, 64) if subtitle else [],
            "offset": gap,
        },
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "title": {
                "anchor": "start",
                "frame": "bounds",
                "color": TEXT,
                "fontSize": size.title,
                "fontWeight": 600,
                "lineHeight": size.title_line,
                "subtitleColor": QUIET,
                "subtitleFontSize": size.subtitle,
                "subtitleLineHeight": size.subtitle_line,
                "subtitlePadding": 6,
            },
            "axis": {
                "labelColor": QUIET,
                "labelFontSize": size.axis,
                "labelPadding": AXIS_PADDING,
                "title": None,
                "domain": False,
                "ticks": False,
                "labelFlush": False,
                "gridColor": GRID,
            },
            "text": {"fontSize": 15, "lineHeight": 19, "color": TEXT},
        },
    }


def tick_text(unit: str) -> str:
    """How an axis writes its steps."""
    return "format(datum.value, ',~r') + '%'" if unit == "%" else "format(datum.value, ',~r')"


def ticks_width(ticks: Sequence[float], unit: str, size: Size) -> float:
    """How many pixels the steps of an upright axis take at most, with the space after them."""
    words = [f"{Decimal(f'{tick:.6g}'):,f}{'%' if unit == '%' else ''}" for tick in ticks]
    return max(measured(each, size.axis) for each in words) + AXIS_PADDING


def apart(rows: Sequence[Spec], least: float) -> list[Spec]:
    """Those rows, from left to right, that lie at least so far from the last one kept."""
    kept: list[Spec] = []
    for row in sorted(rows, key=lambda row: float(row["x"])) if least else rows:
        if not kept or row["x"] - kept[-1]["x"] >= least:
            kept.append(row)
    return kept
