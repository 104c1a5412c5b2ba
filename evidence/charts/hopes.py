"""How it is now and what people hope for, theme by theme: two marks on one scale, and the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.charts.style import BLUE, QUIET, TEXT, Spec, frame, shown, wrapped

WIDTH = 300
_LABEL_WIDTH = 26
_ROW = 52
_LINE_HEIGHT = 18
_SCALE: Spec = {"domain": [1, 9], "nice": False, "zero": False}


@dataclass(frozen=True, slots=True)
class Hope:
    """A theme with two medians on the scale from 1 to 9."""

    label: str
    actual: float
    hoped: float


def hopes(items: Sequence[Hope], *, title: str, finding: str) -> Spec:
    """A Vega-Lite specification of `items` in the order given; `finding` is its text alternative.

    How it is now is a hollow circle, what is hoped for a filled diamond, with its number beside
    each: shape and number say what the colour says. Where both are the same they lie on each other,
    and the number stands once.
    """
    rows = [_row(number, item) for number, item in enumerate(items)]
    x: Spec = {
        "type": "quantitative",
        "scale": _SCALE,
        "axis": {"values": [1, 3, 5, 7, 9], "labelExpr": "format(datum.value, ',~r')"},
    }
    spec = frame(
        title=title,
        subtitle="From 1, as bad as it can be, to 9, as good as it can be: "
        "○ how it is now, ◆ what people hope for (medians)",
        finding=finding,
    )
    layers = [
        {
            "mark": {"type": "rule", "color": QUIET, "strokeWidth": 2},
            "encoding": {"x": x | {"field": "actual"}, "x2": {"field": "hoped"}, "y": _y()},
        },
        _mark("actual", x, {"shape": "circle", "filled": True, "fill": "#FFFFFF", "stroke": TEXT}),
        _mark("hoped", x, {"shape": "diamond", "filled": True, "fill": BLUE, "stroke": BLUE}),
        _number("actual", x),
        _number("hoped", x),
        *_labels(rows),
    ]
    height = max(len(rows), 1) * _ROW
    return spec | {
        "width": WIDTH,
        "height": height,
        "data": {"values": rows},
        "layer": layers,
    }


def _row(number: int, item: Hope) -> Spec:
    same = item.actual == item.hoped
    side = 1 if item.hoped >= item.actual else -1
    return {
        "middle": number * _ROW + _ROW / 2,
        "label": wrapped(item.label, _LABEL_WIDTH),
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


def _labels(rows: Sequence[Spec]) -> list[Spec]:
    return [
        {
            "data": {"values": [row]},
            "mark": {
                "type": "text",
                "align": "right",
                "baseline": "middle",
                "dx": -44,  # past the number of a mark at the very beginning
                "dy": -(len(row["label"]) - 1) * _LINE_HEIGHT / 2,
                "lineHeight": _LINE_HEIGHT,
            },
            "encoding": {
                "x": {"value": 0},
                "y": _y(),
                "text": {"field": "label", "type": "nominal"},
            },
        }
        for row in rows
    ]
