"""Groups of people, or areas, side by side, with a benchmark across them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.charts.paper import shapes, texts
from evidence.charts.style import (
    BLUE,
    LIGHT_BLUE,
    QUIET,
    TEXT,
    Bar,
    Number,
    Spec,
    figure,
    frame,
    interval,
    reach,
    scale,
    shown,
    tick_text,
    why_none,
    wrapped,
)
from evidence.charts.verdicts import verdict

_LINE_HEIGHT = 18
_NEAR_AN_EDGE = 0.15
_FIGURE_WIDTH = 66
_LETTER = 8.7  # how wide a figure of a bold number is


@dataclass(frozen=True, slots=True)
class _Size:
    """How wide and how close together bars are, in pixels; labels in letters."""

    width: int
    label_width: int
    thickness: int
    least_height: int
    around: int


_ROOMY = _Size(width=300, label_width=26, thickness=22, least_height=36, around=14)
_DENSE = _Size(width=260, label_width=30, thickness=12, least_height=21, around=5)


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
) -> Spec:
    """A Vega-Lite specification that compares `items` in the order given.

    `finding` is its text alternative. A group without a figure is listed with the word for why,
    "Suppressed" or "No figure", where its bar would begin. `highlight` is the label of the one
    that the page is about: it is set in bold and darker, the rest lighter. Bars begin at zero.
    `is_dense` makes thinner bars, for many areas. A `word` of an item is written after its figure.
    """
    size = _DENSE if is_dense else _ROOMY
    low, high, ticks = scale(*reach(items, *([] if benchmark is None else [benchmark])))
    says = ["Per cent" if unit == "%" else unit[:1].upper() + unit[1:]] if unit else []
    if any(interval(item) for item in items):
        says.append("the thin lines are 95% intervals")
    spec = frame(
        title=title,
        subtitle="; ".join(says),
        finding=finding,
        gap=16 if benchmark is None else 34,
    )
    x: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": False},
        "axis": {"values": ticks, "labelExpr": tick_text(unit)},
    }
    rows, height = _rows(items, unit, highlight, size)
    layers = [*_bars(rows, x), *_intervals(rows, x)]
    if benchmark is not None:
        layers += _benchmark(float(benchmark), benchmark_name, unit, x, (low, high))
    layers += [*_labels(rows), *_figures(rows, x, size), *_words(rows)]
    return spec | {"width": size.width, "height": height, "layer": layers}


def _rows(items: Sequence[Bar], unit: str, highlight: str, size: _Size) -> tuple[list[Spec], int]:
    """Each item with its place in pixels from the top, as high as its label needs; and the total.

    Places are computed here because a band scale gives every row the height of the longest label,
    and joins two groups that have the same name.
    """
    rows: list[Spec] = []
    top = 0
    longest = max(
        (len(shown(value, unit)) for item in items if (value := figure(item)) is not None),
        default=0,
    )
    after = size.width + max(_FIGURE_WIDTH, 14 + longest * _LETTER + 14)
    for item in items:
        lines = wrapped(item.label, size.label_width)
        height = max(size.least_height, len(lines) * _LINE_HEIGHT + size.around)
        middle = top + height / 2
        row: Spec = {
            "label": lines,
            "label_y": middle - (len(lines) - 1) * _LINE_HEIGHT / 2,
            "middle": middle,
            "top": middle - size.thickness / 2,
            "bottom": middle + size.thickness / 2,
            "zero": 0,
            "is_chosen": bool(highlight) and item.label == highlight,
        }
        value = figure(item)
        if value is None:
            row["word"] = why_none(item)
        else:
            row |= {"value": float(value), "says": shown(value, unit)}
            if item.word:
                look = verdict(item.word)
                row |= {"compared": look.word, "path": look.path, "ink": TEXT}
                row |= {"shape_x": after, "word_x": after + 14}
            row["colour"] = LIGHT_BLUE if highlight and not row["is_chosen"] else BLUE
        if limits := interval(item):
            row |= {"lower": float(limits[0]), "upper": float(limits[1])}
        rows.append(row)
        top += height
    return rows, top


def _at(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _bars(rows: Sequence[Spec], x: Spec) -> list[Spec]:
    values = [row for row in rows if "value" in row]
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
    value: float, name: str, unit: str, x: Spec, ends: tuple[float, float]
) -> list[Spec]:
    low, high = ends
    along = (value - low) / (high - low)
    align = "left" if along < _NEAR_AN_EDGE else "right" if along > 1 - _NEAR_AN_EDGE else "center"
    data = {"values": [{"value": value}]}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "color": TEXT, "strokeWidth": 1.75, "strokeDash": [6, 4]},
            "encoding": {"x": x},
        },
        {
            "data": data,
            "mark": {
                "type": "text",
                "align": align,
                "baseline": "bottom",
                "text": f"{name} {shown(value, unit)}",
            },
            "encoding": {"x": x, "y": {"value": -8}},
        },
    ]


def _labels(rows: Sequence[Spec]) -> list[Spec]:
    return [
        {
            "data": {"values": values},
            "mark": {
                "type": "text",
                "align": "right",
                "baseline": "middle",
                "dx": -12,
                "fontWeight": weight,
                "lineHeight": _LINE_HEIGHT,
            },
            "encoding": {
                "x": {"value": 0},
                "y": _at("label_y"),
                "text": {"field": "label", "type": "nominal"},
            },
        }
        for is_chosen, weight in ((False, 400), (True, 600))
        if (values := [row for row in rows if row["is_chosen"] is is_chosen])
    ]


def _figures(rows: Sequence[Spec], x: Spec, size: _Size) -> list[Spec]:
    """Figures in a column of their own, where no line crosses them; a word where there is none."""
    text: Spec = {"type": "text", "baseline": "middle", "align": "left"}
    layers: list[Spec] = []
    if figures := [row for row in rows if "says" in row]:
        layers.append(
            {
                "data": {"values": figures},
                "mark": text | {"dx": 14, "fontWeight": 600},
                "encoding": {
                    "y": _at("middle"),
                    "x": {"value": size.width},
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


def _words(rows: Sequence[Spec]) -> list[Spec]:
    """How each compares, in a column after the figures: its shape, and the word."""
    compared = [row for row in rows if row.get("compared")]
    return [
        *shapes(compared, x="shape_x", y="middle", size=70),
        *texts(compared, x="word_x", y="middle", field="compared", size=14),
    ]
