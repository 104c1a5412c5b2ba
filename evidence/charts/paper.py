"""Marks by their place in pixels, for charts that are a table at heart: no axis, no scale.

Each takes rows with the names of the fields that say where; an empty list of rows is no mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evidence.charts.style import GRID, TEXT, Spec

Rows = Sequence[dict[str, Any]]
_EDGE = "#768692"


def at(field: str) -> Spec:
    """A place that is a number of pixels already."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def as_it_is(field: str) -> Spec:
    """A colour, a shape or a text that is in the row."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def rects(rows: Rows, *, edge: str = _EDGE, width: float = 1) -> list[Spec]:
    """Boxes from x, y to x2, y2, in the row's `fill`."""
    if not rows:
        return []
    return [
        {
            "data": {"values": list(rows)},
            "mark": {"type": "rect", "stroke": edge, "strokeWidth": width, "cornerRadius": 1},
            "encoding": {
                "x": at("x"),
                "x2": {"field": "x2"},
                "y": at("y"),
                "y2": {"field": "y2"},
                "fill": as_it_is("fill"),
            },
        }
    ]


def shapes(rows: Rows, *, x: str, y: str, size: float = 130) -> list[Spec]:
    """The row's `path`, drawn with its `ink`; rows without one have none."""
    with_one = [row for row in rows if row.get("path")]
    if not with_one:
        return []
    return [
        {
            "data": {"values": with_one},
            "mark": {
                "type": "point",
                "filled": False,
                "size": size,
                "strokeWidth": 2,
                "opacity": 1,
            },
            "encoding": {
                "x": at(x),
                "y": at(y),
                "shape": as_it_is("path"),
                "stroke": as_it_is("ink"),
            },
        }
    ]


def texts(
    rows: Rows,
    *,
    x: str,
    y: str,
    field: str = "text",
    size: float = 15,
    weight: int = 400,
    align: str = "left",
    ink: str = "",
    line: float = 18,
) -> list[Spec]:
    """The row's text, in the colour that its field `ink` names, or dark."""
    if not rows:
        return []
    mark: Spec = {
        "type": "text",
        "align": align,
        "baseline": "middle",
        "fontSize": size,
        "fontWeight": weight,
        "lineHeight": line,
        "color": TEXT,
    }
    encoding: Spec = {"x": at(x), "y": at(y), "text": {"field": field, "type": "nominal"}}
    if ink:
        encoding["color"] = as_it_is(ink)
    return [{"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}]


def lines(rows: Rows, *, colour: str = GRID, width: float = 1, dash: bool = False) -> list[Spec]:
    """Straight lines from x, y to x2, y2."""
    if not rows:
        return []
    mark: Spec = {"type": "rule", "color": colour, "strokeWidth": width}
    if dash:
        mark["strokeDash"] = [6, 4]
    return [
        {
            "data": {"values": list(rows)},
            "mark": mark,
            "encoding": {
                "x": at("x"),
                "x2": {"field": "x2"},
                "y": at("y"),
                "y2": {"field": "y2"},
            },
        }
    ]


def middle_of(lines_of_text: Sequence[str], place: float, line: float = 18) -> float:
    """Where a text of several lines has to begin for its middle to be at `place`."""
    return place - (len(lines_of_text) - 1) * line / 2
