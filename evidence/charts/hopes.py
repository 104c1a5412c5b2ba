"""How it is now and what people hope for, theme by theme: two marks on one scale, and the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.charts.measuring import fitted
from evidence.charts.paper import at
from evidence.charts.sheet import sheet
from evidence.charts.style import (
    BLUE,
    GRID,
    QUIET,
    TEXT,
    WIDE,
    Size,
    Spec,
    shown,
    wrapped,
)

_WIDTH = 300
_LABEL_WIDTH = 26
_ROW = 52
_LINE_HEIGHT = 18
# What the number of a mark takes beyond the end of the scale; the marks of a row with its label
# above; the space before the next.
_OUTSIDE, _MARKS, _AFTER = 36, 28, 14
_SCALE: Spec = {"domain": [1, 9], "nice": False, "zero": False}


@dataclass(frozen=True, slots=True)
class Hope:
    """A theme with two medians on the scale from 1 to 9."""

    label: str
    actual: float
    hoped: float


def hopes(items: Sequence[Hope], *, title: str, finding: str, size: Size = WIDE) -> Spec:
    """A Vega-Lite specification of `items` in the order given; `finding` is its text alternative.

    How it is now is a hollow circle, what is hoped for a filled diamond, with its number beside
    each: shape and number say what the colour says. Where both are the same they lie on each other,
    and the number stands once.
    """
    axis: Spec = {"values": [1, 3, 5, 7, 9], "labelExpr": "format(datum.value, ',~r')"}
    if size.is_narrow:
        rows, height = _above(items, size)
        # Its lines would cross the labels; each row has a line of its own instead.
        axis["grid"] = False
    else:
        rows = [_beside(number, item) for number, item in enumerate(items)]
        height = max(len(rows), 1) * _ROW
    x: Spec = {"type": "quantitative", "scale": _SCALE, "axis": axis}
    layers = [
        *(_scales(x) if size.is_narrow else []),
        {
            "mark": {"type": "rule", "color": QUIET, "strokeWidth": 2},
            "encoding": {"x": x | {"field": "actual"}, "x2": {"field": "hoped"}, "y": _y()},
        },
        _mark("actual", x, {"shape": "circle", "filled": True, "fill": "#FFFFFF", "stroke": TEXT}),
        _mark("hoped", x, {"shape": "diamond", "filled": True, "fill": BLUE, "stroke": BLUE}),
        _number("actual", x),
        _number("hoped", x),
        *_labels(rows, size),
    ]
    spec = sheet(
        layers,
        title=title,
        subtitle="From 1, as bad as it can be, to 9, as good as it can be: "
        "○ how it is now, ◆ what people hope for (medians)",
        finding=finding,
        width=size.inside - 2 * _OUTSIDE if size.is_narrow else _WIDTH,
        height=height,
        size=size,
        left=_OUTSIDE,
        below=26,
    )
    return spec | {"data": {"values": rows}}


def _above(items: Sequence[Hope], size: Size) -> tuple[list[Spec], float]:
    """Rows with their label above their marks, and how high all are."""
    rows: list[Spec] = []
    top: float = 0
    for item in items:
        label = fitted(item.label, size.inside, 15)
        middle = top + len(label) * _LINE_HEIGHT + _MARKS / 2
        rows.append(_numbers(item) | {"middle": middle, "label": label, "label_y": top + 9})
        top = middle + _MARKS / 2 + _AFTER
    return rows, max(top, _ROW)


def _beside(number: int, item: Hope) -> Spec:
    label = wrapped(item.label, _LABEL_WIDTH)
    return _numbers(item) | {"middle": number * _ROW + _ROW / 2, "label": label}


def _numbers(item: Hope) -> Spec:
    same = item.actual == item.hoped
    side = 1 if item.hoped >= item.actual else -1
    return {
        "actual": item.actual,
        "hoped": item.hoped,
        "says_actual": "" if same else shown(item.actual),
        "says_hoped": shown(item.hoped),
        "at_actual": -18 * side,
        "at_hoped": 18 * side,
    }


def _y(offset: float = 0) -> Spec:
    return {"field": "middle", "type": "quantitative", "scale": None, "axis": None} | (
        {"offset": offset} if offset else {}
    )


def _scales(x: Spec) -> list[Spec]:
    """The whole scale as a quiet line in every row."""
    ends = [x | {"datum": _SCALE["domain"][0]}, {"datum": _SCALE["domain"][1]}]
    return [
        {
            "mark": {"type": "rule", "color": GRID, "strokeWidth": 6, "strokeCap": "round"},
            "encoding": {"x": ends[0], "x2": ends[1], "y": _y()},
        }
    ]


def _mark(field: str, x: Spec, look: Spec) -> Spec:
    return {
        "mark": {"type": "point", "size": 170, "strokeWidth": 2, "opacity": 1} | look,
        "encoding": {"x": x | {"field": field}, "y": _y()},
    }


def _number(field: str, x: Spec) -> Spec:
    """Each number on the outer side of its mark, so that neither lies on the line."""
    return {
        "mark": {
            "type": "text",
            "baseline": "middle",
            "fontWeight": 600,
            "dx": {"expr": f"datum.at_{field}"},
        },
        "encoding": {
            "x": x | {"field": field},
            "y": _y(),
            "text": {"field": f"says_{field}", "type": "nominal"},
        },
    }


def _labels(rows: Sequence[Spec], size: Size) -> list[Spec]:
    mark: Spec = {"type": "text", "baseline": "middle", "lineHeight": _LINE_HEIGHT}
    if size.is_narrow:
        mark |= {"align": "left", "dx": -_OUTSIDE}
    else:
        mark |= {"align": "right", "dx": -44}  # past the number of a mark at the very beginning
    return [
        {
            "data": {"values": [row]},
            "mark": mark
            if size.is_narrow
            else mark | {"dy": -(len(row["label"]) - 1) * _LINE_HEIGHT / 2},
            "encoding": {
                "x": {"value": 0},
                "y": at("label_y") if size.is_narrow else _y(),
                "text": {"field": "label", "type": "nominal"},
            },
        }
        for row in rows
    ]
