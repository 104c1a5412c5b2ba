"""Groups from the most to the least deprived, with a straight line through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.charts.measuring import measured
from evidence.charts.paper import texts
from evidence.charts.sheet import sheet
from evidence.charts.style import (
    BLUE,
    QUIET,
    TEXT,
    WIDE,
    Bar,
    Size,
    Spec,
    apart,
    figure,
    interval,
    reach,
    scale,
    shown,
    tick_text,
    ticks_width,
    why_none,
)
from evidence.comparing import Slope

_NEAR_THE_FLOOR = 0.12
_FIGURE = 14
_DOT_ROOM, _FEW = 10, 5


@dataclass(frozen=True, slots=True)
class _Layout:
    """How large the part with the dots is, in pixels; `step` from one group to the next, `edge`
    what is left and right of them all, `left` what the scale takes.

    Where it is `tight`, figures that would touch are left to the scale, but for the two ends, and
    so are the numbers below and the upright words.
    """

    width: float
    height: float
    step: float
    edge: float
    left: float = 0
    ends: int = 15
    is_tight: bool = False
    has_all: bool = True


def inequality(
    items: Sequence[Bar],
    *,
    title: str,
    unit: str,
    finding: str,
    slope: Slope | None,
    size: Size = WIDE,
) -> Spec:
    """A Vega-Lite specification of `items` in order, the most deprived first. Begins at zero."""
    ends = [] if slope is None else [slope.at_most, slope.at_least]
    low, high, ticks = scale(*reach(items, *ends))
    last = len(items) - 1
    layout = _Layout(440, 280, 440 / max(len(items), 1), 220 / max(len(items), 1))
    if size.is_narrow:
        layout = _fitting(items, ticks, unit, size)
    edge = layout.edge / layout.step
    says = ["Per cent" if unit == "%" else unit[:1].upper() + unit[1:]] if unit else []
    if slope is not None:
        says.append("the dashed line is the straight line that fits best")
    if any(interval(item) for item in items):
        says.append("the thin lines are 95% intervals")
    x: Spec = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [-edge, last + edge], "nice": False, "zero": False},
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
        layers += _numbers(with_figure, x, y, layout)
    layers += _absent(items, x, layout)
    layers += _below(len(items), layout)
    return sheet(
        layers,
        title=title,
        subtitle="; ".join(says),
        finding=finding,
        width=layout.width,
        height=layout.height,
        size=size,
        left=layout.left,
        above=10,
        below=52,
    )


def _fitting(items: Sequence[Bar], ticks: Sequence[float], unit: str, size: Size) -> _Layout:
    """How far apart dots may be. Where not all figures can be written, those of the ends have room
    outside, so that they keep away from their neighbours' dots."""
    left = ticks_width(ticks, unit, size)
    width = size.inside - left
    step = width / max(len(items), 1)
    figures = [shown(value, unit) for item in items if (value := figure(item)) is not None]
    widest = max((measured(each, _FIGURE) for each in figures), default=0)
    layout = _Layout(width, 220, step, step / 2, left, ends=14, is_tight=True)
    if widest + 4 < step:
        return layout
    outside = widest - (step - _DOT_ROOM)
    if outside > step / 2 and len(items) > _FEW:
        step = (width - 2 * (widest + _DOT_ROOM)) / (len(items) - 3)
        outside = widest - (step - _DOT_ROOM)
    return replace(layout, step=step, edge=max(outside, step / 2), has_all=False)


def _numbers(rows: Sequence[Spec], x: Spec, y: Spec, layout: _Layout) -> list[Spec]:
    """Each figure on the side of its dot that is away from the line."""
    layers = []
    for is_below, dy in ((False, -16), (True, 18)):
        for chosen, place in _with_room(rows, layout):
            if chosen := [row for row in chosen if row["is_below"] is is_below]:
                mark: Spec = {"type": "text", "dy": dy, "fontSize": _FIGURE, "fontWeight": 600}
                over = {"x": x, "y": y, "text": {"field": "says", "type": "nominal"}}
                layers.append({"data": {"values": chosen}, "mark": mark | place, "encoding": over})
    return layers


def _with_room(rows: Sequence[Spec], layout: _Layout) -> list[tuple[Sequence[Spec], Spec]]:
    """The dots whose figure is written, and how it is set: all, or the ends alone, inwards."""
    if layout.has_all:
        return [(rows, {})]
    aside = round(layout.edge, 1)
    ends: list[tuple[Sequence[Spec], Spec]] = [(rows[:1], {"align": "left", "dx": -aside})]
    return [*ends, (rows[1:][-1:], {"align": "right", "dx": aside})]


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


def _absent(items: Sequence[Bar], x: Spec, layout: _Layout) -> list[Spec]:
    rows = [
        {"x": place, "word": why_none(item)}
        for place, item in enumerate(items)
        if figure(item) is None
    ]
    if not rows:
        return []
    if layout.is_tight:
        rows = apart(rows, 16 / layout.step)
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
        "y": {"value": layout.height - 8},
        "text": {"field": "word", "type": "nominal"},
    }
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]


def _below(number: int, layout: _Layout) -> list[Spec]:
    """Which end is which, in words; the steps between by their number."""
    steps: list[Spec] = [
        {
            "x": round(layout.edge + place * layout.step, 1),
            "y": layout.height + 18,
            "text": str(place + 1),
            "ink": QUIET,
        }
        for place in range(number)
    ]
    if layout.is_tight:
        steps = apart(steps, 20)
    ends = [
        {"x": 0, "y": layout.height + 42, "text": "\u2190 Most deprived"},
        {"x": layout.width, "y": layout.height + 42, "text": "Least deprived \u2192"},
    ]
    return [
        *texts(steps, x="x", y="y", size=14, align="center", ink="ink"),
        *texts(ends[:1], x="x", y="y", weight=600, size=layout.ends),
        *texts(ends[1:], x="x", y="y", weight=600, size=layout.ends, align="right"),
    ]
