"""Groups from the most to the least deprived, with a straight line through them."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.charts.paper import texts
from evidence.charts.style import (
    BLUE,
    QUIET,
    TEXT,
    Bar,
    Spec,
    figure,
    frame,
    interval,
    reach,
    scale,
    shown,
    tick_text,
    why_none,
)
from evidence.comparing import Slope

WIDTH, HEIGHT = 440, 280
_NEAR_THE_FLOOR = 0.12


def inequality(
    items: Sequence[Bar], *, title: str, unit: str, finding: str, slope: Slope | None
) -> Spec:
    """A Vega-Lite specification of `items` in order, the most deprived first. Begins at zero."""
    ends = [] if slope is None else [slope.at_most, slope.at_least]
    low, high, ticks = scale(*reach(items, *ends))
    last = len(items) - 1
    says = ["Per cent" if unit == "%" else unit[:1].upper() + unit[1:]] if unit else []
    if slope is not None:
        says.append("the dashed line is the straight line that fits best")
    if any(interval(item) for item in items):
        says.append("the thin lines are 95% intervals")
    x: Spec = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [-0.5, last + 0.5], "nice": False, "zero": False},
        "axis": None,
    }
    y: Spec = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [low, high], "nice": False},
        "axis": {"values": ticks, "labelExpr": tick_text(unit)},
    }
    with_figure: list[Spec] = [
        {"x": place, "y": float(value), "says": shown(value, unit)}
        for place, item in enumerate(items)
        if (value := figure(item)) is not None
    ]
    layers = [*_intervals(items, x, y)]
    if slope is not None:
        line = [{"x": -0.5, "y": slope.at_most}, {"x": last + 0.5, "y": slope.at_least}]
        mark: Spec = {"type": "line", "color": TEXT, "strokeWidth": 1.75, "strokeDash": [6, 4]}
        layers.append({"data": {"values": line}, "mark": mark, "encoding": {"x": x, "y": y}})
    if with_figure:
        dot: Spec = {"type": "point", "filled": True, "opacity": 1, "size": 110, "color": BLUE}
        layers.append({"data": {"values": with_figure}, "mark": dot, "encoding": {"x": x, "y": y}})
        for row in with_figure:
            row["is_below"] = _is_below(row, slope, len(items), low, high)
        layers += _numbers(with_figure, x, y)
    layers += _absent(items, x)
    layers += _below(len(items))
    spec = frame(title=title, subtitle="; ".join(says), finding=finding)
    return spec | {"width": WIDTH, "height": HEIGHT, "layer": layers}


def _numbers(rows: Sequence[Spec], x: Spec, y: Spec) -> list[Spec]:
    """Each figure on the side of its dot that is away from the line."""
    layers = []
    for is_below, dy in ((False, -16), (True, 18)):
        if chosen := [row for row in rows if row["is_below"] is is_below]:
            mark: Spec = {"type": "text", "dy": dy, "fontSize": 14, "fontWeight": 600}
            over = {"x": x, "y": y, "text": {"field": "says", "type": "nominal"}}
            layers.append({"data": {"values": chosen}, "mark": mark, "encoding": over})
    return layers


def _is_below(row: Spec, slope: Slope | None, number: int, low: float, high: float) -> bool:
    """Whether a dot lies below the line, with room beneath it."""
    if slope is None or row["y"] - low < (high - low) * _NEAR_THE_FLOOR:
        return False
    along = (row["x"] + 0.5) / number
    return bool(row["y"] < slope.at_most + along * (slope.at_least - slope.at_most))


def _intervals(items: Sequence[Bar], x: Spec, y: Spec) -> list[Spec]:
    rows = [
        {"x": place, "lower": float(limits[0]), "upper": float(limits[1])}
        for place, item in enumerate(items)
        if (limits := interval(item))
    ]
    if not rows:
        return []
    ends = {"x": x, "y": y | {"field": "lower"}, "y2": {"field": "upper"}}
    mark: Spec = {"type": "rule", "color": BLUE, "opacity": 0.55, "strokeWidth": 2}
    return [{"data": {"values": rows}, "mark": mark, "encoding": ends}]


def _absent(items: Sequence[Bar], x: Spec) -> list[Spec]:
    rows = [
        {"x": place, "word": why_none(item)}
        for place, item in enumerate(items)
        if figure(item) is None
    ]
    if not rows:
        return []
    mark: Spec = {
        "type": "text",
        "angle": 270,
        "align": "left",
        "baseline": "middle",
        "color": QUIET,
        "fontSize": 14,
    }
    encoding = {
        "x": x,
        "y": {"value": HEIGHT - 8},
        "text": {"field": "word", "type": "nominal"},
    }
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]


def _below(number: int) -> list[Spec]:
    """Which end is which, in words; the steps between by their number."""
    step = WIDTH / number if number else WIDTH
    steps = [
        {
            "x": round((place + 0.5) * step, 1),
            "y": HEIGHT + 18,
            "text": str(place + 1),
            "ink": QUIET,
        }
        for place in range(number)
    ]
    ends = [
        {"x": 0, "y": HEIGHT + 42, "text": "\u2190 Most deprived"},
        {"x": WIDTH, "y": HEIGHT + 42, "text": "Least deprived \u2192"},
    ]
    return [
        *texts(steps, x="x", y="y", size=14, align="center", ink="ink"),
        *texts(ends[:1], x="x", y="y", weight=600),
        *texts(ends[1:], x="x", y="y", weight=600, align="right"),
    ]
