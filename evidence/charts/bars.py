"""Groups of people, or areas, side by side, with a benchmark across them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.charts.measuring import fitted, measured
from evidence.charts.paper import lines, shapes, texts
from evidence.charts.sheet import sheet
from evidence.charts.style import (
    BLUE,
    LIGHT_BLUE,
    QUIET,
    TEXT,
    WIDE,
    Bar,
    Number,
    Size,
    Spec,
    figure,
    interval,
    reach,
    scale,
    shown,
    tick_text,
    why_none,
    wrapped,
)
from evidence.charts.verdicts import Verdict, verdict

_LINE_HEIGHT = 18
_NEAR_AN_EDGE = 0.15
_FIGURE_WIDTH = 66
_LETTER = 8.7  # how wide a figure of a bold number is
_LEAST_WIDTH = 60
_DASHED_LINE: Spec = {"type": "rule", "color": TEXT, "strokeWidth": 1.75, "strokeDash": [6, 4]}


@dataclass(frozen=True, slots=True)
class _Layout:
    """How wide and how close together bars are, in pixels; labels in letters.

    Where `inside` is known all of it has to fit into that many pixels: the label stands above its
    bar, and how it compares at the end of the label's line, `word_width` wide.
    """

    width: float
    thickness: int
    around: int
    label_width: int = 0
    least_height: int = 0
    gap: int = 14
    inside: float = 0
    word_width: float = 0

    @property
    def is_above(self) -> bool:
        return self.inside > 0


_ROOMY = _Layout(width=300, label_width=26, thickness=22, least_height=36, around=14)
_DENSE = _Layout(width=260, label_width=30, thickness=12, least_height=21, around=5)
_ABOVE = _Layout(width=0, thickness=18, around=16, gap=8)
_DENSE_ABOVE = _Layout(width=0, thickness=12, around=12, gap=8)
_TEXT, _WORD, _SHAPE_ROOM, _MOST_WORD = 15, 14, 18, 136


def bars(
    items: Sequence[Bar],
    *,
    title: str,
    unit: str,
    finding: str,
    benchmark: Number | None = None,
    benchmark_name: str = "England",
    highlight: str = "",
    is_dense: bool = False,
    size: Size = WIDE,
) -> Spec:
    """A Vega-Lite specification that compares `items` in the order given.

    `finding` is its text alternative. A group without a figure is listed with the word for why,
    "Suppressed" or "No figure", where its bar would begin. `highlight` is the label of the one
    that the page is about: it is set in bold and darker, the rest lighter. Bars begin at zero.
    `is_dense` makes thinner bars, for many areas. A `word` of an item is written after its figure.
    """
    if size.is_narrow:
        layout = _fitting(_DENSE_ABOVE if is_dense else _ABOVE, items, unit, size)
    else:
        layout = _DENSE if is_dense else _ROOMY
    low, high, ticks = scale(*reach(items, *([] if benchmark is None else [benchmark])))
    says = ["Per cent" if unit == "%" else unit[:1].upper() + unit[1:]] if unit else []
    if any(interval(item) for item in items):
        says.append("the thin lines are 95% intervals")
    x: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": False},
        # Above each other labels would be crossed by the lines of an axis, and each bar has its
        # figure anyway.
        "axis": None if layout.is_above else {"values": ticks, "labelExpr": tick_text(unit)},
    }
    rows, height = _rows(items, unit, highlight, layout)
    layers = [*_bars(rows, x, layout), *_intervals(rows, x)]
    if benchmark is not None:
        said = f"{benchmark_name} {shown(benchmark, unit)}"
        draw = _benchmark_by_bar if layout.is_above else _benchmark
        layers += draw(float(benchmark), said, rows, x, (low, high))
    layers += [*_labels(rows, layout), *_figures(rows, x, layout), *_words(rows, layout)]
    return sheet(
        layers,
        title=title,
        subtitle="; ".join(says),
        finding=finding,
        width=layout.width,
        height=height,
        gap=16 if benchmark is None else 34,
        size=size,
        above=0 if benchmark is None else 36,
    )


def _fitting(layout: _Layout, items: Sequence[Bar], unit: str, size: Size) -> _Layout:
    """How wide bars may be beside the longest figure, and labels beside the longest word."""
    figures = [shown(value, unit) for item in items if (value := figure(item)) is not None]
    longest = max((measured(each, _TEXT) for each in figures), default=0)
    words = [verdict(item.word).word for item in items if item.word and figure(item) is not None]
    widest = max((measured(each, _WORD) for each in words), default=0)
    return replace(
        layout,
        inside=size.inside,
        width=max(_LEAST_WIDTH, int(size.inside - layout.gap - longest)),
        word_width=min(widest, _MOST_WORD),
    )


def _rows(
    items: Sequence[Bar], unit: str, highlight: str, layout: _Layout
) -> tuple[list[Spec], float]:
    """Each item with its place in pixels from the top, as high as its label needs; and the total.

    Places are computed here because a band scale gives every row the height of the longest label,
    and joins two groups that have the same name.
    """
    rows: list[Spec] = []
    top: float = 0
    longest = max(
        (len(shown(value, unit)) for item in items if (value := figure(item)) is not None),
        default=0,
    )
    after = layout.width + max(_FIGURE_WIDTH, 14 + longest * _LETTER + 14)
    for item in items:
        value = figure(item)
        look = verdict(item.word) if item.word and value is not None else None
        row, height = _above(item, look, layout) if layout.is_above else _beside(item, layout)
        row = {name: place + top if name in _PLACES else place for name, place in row.items()}
        row |= {
            "zero": 0,
            "is_chosen": bool(highlight) and item.label == highlight,
        }
        if value is None:
            row["word"] = why_none(item)
        else:
            row |= {"value": float(value), "says": shown(value, unit)}
            if look:
                row |= {"path": look.path, "ink": TEXT}
                row = {"compared": look.word, "shape_x": after, "word_x": after + 14} | row
            row["colour"] = LIGHT_BLUE if highlight and not row["is_chosen"] else BLUE
        if limits := interval(item):
            row |= {"lower": float(limits[0]), "upper": float(limits[1])}
        rows.append(row)
        top += height
    return rows, top


_PLACES = ("label_y", "middle", "top", "bottom")


def _beside(item: Bar, layout: _Layout) -> tuple[Spec, float]:
    """Where a bar is whose label stands left of it, from the top of its row; and the row's height.
    Its word comes after its figure."""
    label = wrapped(item.label, layout.label_width)
    height = max(layout.least_height, len(label) * _LINE_HEIGHT + layout.around)
    middle = height / 2
    row: Spec = {
        "label": label,
        "label_y": middle - (len(label) - 1) * _LINE_HEIGHT / 2,
        "middle": middle,
        "top": middle - layout.thickness / 2,
        "bottom": middle + layout.thickness / 2,
    }
    return row, height


def _above(item: Bar, look: Verdict | None, layout: _Layout) -> tuple[Spec, float]:
    """The same where label and word stand above the bar."""
    aside = layout.word_width + _SHAPE_ROOM + layout.gap if layout.word_width else 0
    label = fitted(item.label, layout.inside - aside, _TEXT)
    word = fitted(look.word, layout.word_width, _WORD) if look else []
    top = max(len(label), len(word)) * _LINE_HEIGHT + 5
    row: Spec = {
        "label": label,
        "label_y": _LINE_HEIGHT / 2,
        "middle": top + layout.thickness / 2,
        "top": top,
        "bottom": top + layout.thickness,
    }
    if word:
        word_x = layout.inside - layout.word_width
        row |= {"compared": word, "word_x": word_x, "shape_x": word_x - _SHAPE_ROOM / 2 - 2}
    return row, top + layout.thickness + layout.around


def _at(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _bars(rows: Sequence[Spec], x: Spec, layout: _Layout) -> list[Spec]:
    values = [row for row in rows if "value" in row]
    if not values and rows and layout.is_above:
        return []
    if not values:
        # The scale and its steps are drawn even where every group is suppressed.
        return [{"data": {"values": [{"value": 0}]}, "mark": "rule", "encoding": {"x": x}}]
    return [
        {
            "data": {"values": values},
            "mark": {"type": "rect", "cornerRadius": 1},
            "encoding": {
                "x": x | {"field": "zero"},
                "x2": {"field": "value"},
                "y": _at("top"),
                "y2": {"field": "bottom"},
                "color": {"field": "colour", "type": "nominal", "scale": None},
            },
        }
    ]


def _intervals(rows: Sequence[Spec], x: Spec) -> list[Spec]:
    values = [row for row in rows if "lower" in row]
    if not values:
        return []
    ends = {"y": _at("middle"), "x": x | {"field": "lower"}, "x2": {"field": "upper"}}
    return [
        # White beneath, so that the line is seen on the bar as well as beyond it.
        {
            "data": {"values": values},
            "mark": {"type": "rule", "color": colour, "strokeWidth": width},
            "encoding": ends,
        }
        for colour, width in (("#FFFFFF", 5), (TEXT, 1.75))
    ]


def _benchmark(
    value: float, said: str, rows: Sequence[Spec], x: Spec, ends: tuple[float, float]
) -> list[Spec]:
    low, high = ends
    along = (value - low) / (high - low)
    align = "left" if along < _NEAR_AN_EDGE else "right" if along > 1 - _NEAR_AN_EDGE else "center"
    data = {"values": [{"value": value}]}
    return [
        {
            "data": data,
            "mark": _DASHED_LINE,
            "encoding": {"x": x},
        },
        {
            "data": data,
            "mark": {
                "type": "text",
                "align": align,
                "baseline": "bottom",
                "text": said,
            },
            "encoding": {"x": x, "y": {"value": -8}},
        },
    ]


def _benchmark_by_bar(
    value: float, said: str, rows: Sequence[Spec], x: Spec, ends: tuple[float, float]
) -> list[Spec]:
    """A dashed line across each bar, so that it crosses no label; above all, what it is."""
    key = [{"x": 2, "x2": 2, "y": -32, "y2": -10, "after": 12, "middle": -21, "text": said}]
    across = [
        {"value": value, "top": row["top"] - 4, "bottom": row["bottom"] + 4}
        for row in rows
        if "value" in row
    ]
    white: Spec = {"type": "rule", "color": "#FFFFFF", "strokeWidth": 5}
    made = [*lines(key, colour=TEXT, width=1.75, dash=True), *texts(key, x="after", y="middle")]
    for mark in (white, _DASHED_LINE) if across else ():
        # White beneath, so that the line is seen on the bar as well as beyond it.
        over = {"x": x, "y": _at("top"), "y2": {"field": "bottom"}}
        made.append({"data": {"values": across}, "mark": mark, "encoding": over})
    return made


def _labels(rows: Sequence[Spec], layout: _Layout) -> list[Spec]:
    place: Spec = {"align": "left"} if layout.is_above else {"align": "right", "dx": -12}
    return [
        {
            "data": {"values": values},
            "mark": {
                "type": "text",
                "baseline": "middle",
                "fontWeight": weight,
                "lineHeight": _LINE_HEIGHT,
            }
            | place,
            "encoding": {
                "x": {"value": 0},
                "y": _at("label_y"),
                "text": {"field": "label", "type": "nominal"},
            },
        }
        for is_chosen, weight in ((False, 400), (True, 600))
        if (values := [row for row in rows if row["is_chosen"] is is_chosen])
    ]


def _figures(rows: Sequence[Spec], x: Spec, layout: _Layout) -> list[Spec]:
    """Figures in a column of their own, where no line crosses them; a word where there is none."""
    text: Spec = {"type": "text", "baseline": "middle", "align": "left"}
    layers: list[Spec] = []
    if figures := [row for row in rows if "says" in row]:
        layers.append(
            {
                "data": {"values": figures},
                "mark": text | {"dx": layout.gap, "fontWeight": 600},
                "encoding": {
                    "y": _at("middle"),
                    "x": {"value": layout.width},
                    "text": {"field": "says", "type": "nominal"},
                },
            }
        )
    if absent := [row for row in rows if "word" in row]:
        layers.append(
            {
                "data": {"values": absent},
                "mark": text | {"dx": 8, "color": QUIET},
                "encoding": {
                    "y": _at("middle"),
                    "x": x | {"field": "zero"},
                    "text": {"field": "word", "type": "nominal"},
                },
            }
        )
    return layers


def _words(rows: Sequence[Spec], layout: _Layout) -> list[Spec]:
    """How each compares, in a column after the figures or above them: its shape, and the word."""
    compared = [row for row in rows if row.get("compared")]
    y = "label_y" if layout.is_above else "middle"
    return [
        *shapes(compared, x="shape_x", y=y, size=70),
        *texts(compared, x="word_x", y=y, field="compared", size=_WORD),
    ]
