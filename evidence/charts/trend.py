"""One area's figures over time, with their 95% intervals, beside a benchmark."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.charts.measuring import fitted, measured
from evidence.charts.paper import at, lines, texts
from evidence.charts.sheet import sheet
from evidence.charts.style import (
    AXIS_PADDING,
    BLUE,
    QUIET,
    TEXT,
    WIDE,
    Number,
    Point,
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
    wrapped,
)

# The name of a line, its figures, its colour and the weight of its name.
_Named = tuple[str, Sequence[Point], str, int]
_LINE_HEIGHT = 19
_LEAST_SPAN = 0.3
_NAME_WIDTH = 17
_NEAR_AN_END = 0.25
_FIGURE, _SIGN, _KEY_LINE = 15, 34, 22  # type; what stands before a name in the key; its lines


@dataclass(frozen=True, slots=True)
class _Layout:
    """How large the part with the lines is, in pixels, and what has room around it.

    `left` and `below` are what its axes take; `periods` how many are named, each in lines of
    `period_width`; `break_width` what the words above the line of a break take; `beneath` how far
    apart upright words have to be. Where `inside` is known there is no room at the ends of the
    lines: their names stand above, as a key.
    """

    width: float = 400
    height: float = 280
    periods: int = 6
    period_width: float = 0
    break_width: float = 100
    dot: int = 64
    left: float = 0
    below: float = 0
    beneath: float = 0
    inside: float = 0

    @property
    def has_key(self) -> bool:
        return self.inside > 0


_ROOMY = _Layout()
_TIGHT = _Layout(width=0, height=220, period_width=84, break_width=150, dot=44, beneath=16)


def trend(
    points: Sequence[Point],
    *,
    benchmark_points: Sequence[Point] = (),
    title: str,
    unit: str,
    finding: str,
    name: str = "",
    benchmark_name: str = "England",
    breaks: Sequence[tuple[int, int]] = (),
    earlier: Sequence[Sequence[Point]] = (),
    size: Size = WIDE,
) -> Spec:
    """A Vega-Lite specification of `points` over time, `finding` being its text alternative.

    `name` is the area's, written at the end of its line, or above in a key that shows the line. A
    period whose figure is suppressed or missing is a gap with that word in it, and so is a year
    that is not listed at all. The scale begins at zero unless all figures lie far above it, and
    then says where it begins. `breaks` are pairs of periods, by their order, between which borders
    changed; `earlier` are lines of other areas, drawn thin. Points that are joined from other areas
    are hollow.
    """
    every = [*points, *benchmark_points, *(point for line in earlier for point in line)]
    places = _places(every)
    low, high = reach(every)
    # Where more than half of the axis would be empty it begins higher, and says so. It still spans
    # a good part of the figures' size, so that a small change does not look like a large one.
    from_zero = low <= high / 2
    reach_down = low if from_zero else min(low, high * (1 - _LEAST_SPAN))
    bottom, top, ticks = scale(reach_down, high, zero=from_zero)
    first, last = min(places.values(), default=0), max(places.values(), default=0)
    room = 0.5 if first == last else (last - first) * 0.03

    named = [(name, points, BLUE, 600), (benchmark_name, benchmark_points, TEXT, 400)]
    layout = _ROOMY
    if size.is_narrow:
        layout = _fitting(every, named, ticks, unit, size)
    above = 34 if breaks else 14
    key, key_height = _key(named, layout, above) if layout.has_key else ([], 0)
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [first - room, last + room], "nice": False, "zero": False},
        "axis": _period_axis(every, places, layout),
    }
    y = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [bottom, top], "nice": False, "zero": False},
        "axis": {"values": ticks, "labelExpr": tick_text(unit)},
    }
    area = _rows(points, places)
    beside = _rows(benchmark_points, places)
    layers = [*_breaks(breaks, places, x, layout), *_interval(area, x, y)]
    for line in earlier:
        layers += _thin(_rows(line, places), x, y)
    layers += _line(beside, x, y, TEXT, layout, dashed=True)
    layers += _line(area, x, y, BLUE, layout, dashed=False)
    layers += _absences(points, places, x, layout)
    layers += [*_end_names(named, unit, (bottom, top), layout), *key]
    return sheet(
        layers,
        title=title,
        subtitle=_subtitle(points, unit, bottom),
        finding=finding,
        width=layout.width,
        height=layout.height,
        gap=36 if breaks else 16,
        size=size,
        left=layout.left,
        above=above + key_height,
        below=layout.below,
    )


def _fitting(
    every: Sequence[Point],
    named: Sequence[_Named],
    ticks: Sequence[float],
    unit: str,
    size: Size,
) -> _Layout:
    """How wide the lines may be between the steps of the scale and their latest figures."""
    periods = [fitted(point.period, _TIGHT.period_width, size.axis) for point in every]
    widest = max((measured(line, size.axis) for period in periods for line in period), default=0)
    most_lines = max((len(period) for period in periods), default=0)
    latest = [
        shown(value, unit) for _, points, *_ in named if (value := _latest(points)) is not None
    ]
    figures = max((measured(each, _FIGURE) for each in latest), default=0)
    left = max(ticks_width(ticks, unit, size), widest / 2)
    width = int(size.inside - left - max(figures + 8, widest / 2))
    return replace(
        _TIGHT,
        inside=size.inside,
        left=left,
        below=AXIS_PADDING + most_lines * (size.axis + 2) + 4,
        width=width,
        periods=max(2, int(width / (widest + 12))),
    )


def _latest(points: Sequence[Point]) -> Number | None:
    """The latest figure that there is."""
    ordered = sorted(points, key=lambda point: point.order)
    figures = [value for point in ordered if (value := figure(point)) is not None]
    return figures[-1] if figures else None


def _key(named: Sequence[_Named], layout: _Layout, above: float) -> tuple[list[Spec], float]:
    """What each line looks like, and whose it is: above the lines, one below the other."""
    rows: list[Spec] = []
    height = 0.0
    for number, (name, points, colour, weight) in enumerate(named):
        if name and _latest(points) is not None:
            words = fitted(name, layout.inside - _SIGN, _FIGURE)
            row: Spec = {"x": -layout.left, "x2": 26 - layout.left, "after": _SIGN - layout.left}
            rows.append(
                row
                | {"y": height, "middle": 13 - layout.left, "text": words}
                | {"colour": colour, "weight": weight, "is_dashed": number > 0}
            )
            height += _KEY_LINE + (len(words) - 1) * _LINE_HEIGHT
    layers: list[Spec] = []
    for row in rows:
        row["y"] = row["y2"] = row["y"] - height - above + _KEY_LINE / 2
        is_dashed = row["is_dashed"]
        width = 1.75 if is_dashed else 3
        layers += lines([row], colour=row["colour"], width=width, dash=is_dashed)
        if not is_dashed:
            dot: Spec = {"type": "point", "filled": True, "opacity": 1, "size": layout.dot}
            over = {"x": at("middle"), "y": at("y")}
            mark = dot | {"color": row["colour"], "stroke": "#FFFFFF"}
            layers.append({"data": {"values": [row]}, "mark": mark, "encoding": over})
        layers += texts([row], x="after", y="y", weight=row["weight"], line=_LINE_HEIGHT)
    return layers, height


def _subtitle(points: Sequence[Point], unit: str, bottom: float) -> str:
    says = ["Per cent" if unit == "%" else unit[:1].upper() + unit[1:]] if unit else []
    if any(interval(point) for point in points):
        says.append("the shaded band is the 95% interval")
    if bottom > 0:
        says.append(f"the scale begins at {shown(bottom, unit)}, not at zero")
    return "; ".join(says)


def _places(points: Sequence[Point]) -> dict[int, float]:
    """Where each period stands: years by their number, so that an absent year leaves its gap."""
    orders = sorted({point.order for point in points})
    if all(order % 10000 == 0 for order in orders):
        return {order: order / 10000 for order in orders}
    return {order: float(position) for position, order in enumerate(orders)}


def _period_axis(points: Sequence[Point], places: dict[int, float], layout: _Layout) -> Spec:
    names = {places[point.order]: point.period for point in reversed(points)}
    every = sorted(names)
    stride = -(-len(every) // layout.periods) or 1
    values = every[::-1][::stride][::-1]  # counted from the end: the latest is always named
    # Keys as Vega prints numbers; the names are JSON strings, so they cannot be read as code.
    said = {f"{value:g}": _period(names[value], layout) for value in values}
    words = json.dumps(said, ensure_ascii=True)
    axis: Spec = {"values": values, "labelExpr": f"({words})[datum.value]", "grid": False}
    # Where there is little room it was seen to here; the renderer takes words for wider than they
    # are, and would leave some out.
    return axis | {"labelOverlap": False} if layout.has_key else axis


def _period(name: str, layout: _Layout) -> str | list[str]:
    return fitted(name, layout.period_width, 13) if layout.period_width else name


def _rows(points: Sequence[Point], places: dict[int, float]) -> list[Spec]:
    """The figures, with a number for each unbroken run of them."""
    rows: list[Spec] = []
    run = 0
    before: tuple[float, int] | None = None
    for point in sorted(points, key=lambda point: point.order):
        value, place = figure(point), places[point.order]
        if value is None:
            before = None
            continue
        # Neither a gap nor a change of borders is drawn over.
        run += before is None or place - before[0] > 1 or point.stretch != before[1]
        before = (place, point.stretch)
        row: Spec = {"x": place, "y": float(value), "run": run}
        if point.is_joined:
            row["hollow"] = True
        if limits := interval(point):
            row |= {"lower": float(limits[0]), "upper": float(limits[1])}
        rows.append(row)
    return rows


def _interval(rows: Sequence[Spec], x: Spec, y: Spec) -> list[Spec]:
    values = [row for row in rows if "lower" in row]
    if not values:
        return []
    lower_y = y | {"field": "lower"}
    ends = {"x": x, "y": lower_y, "y2": {"field": "upper"}, "detail": {"field": "run"}}
    runs = [row["run"] for row in values]
    alone = [row for row in values if runs.count(row["run"]) == 1]
    return [
        {
            "data": {"values": values},
            "mark": {"type": "area", "color": BLUE, "opacity": 0.14},
            "encoding": ends,
        },
        # A band needs two ends; a figure between two gaps gets an upright line.
        {
            "data": {"values": alone},
            "mark": {"type": "rule", "color": BLUE, "opacity": 0.5, "strokeWidth": 2},
            "encoding": ends,
        },
    ]


def _line(
    rows: Sequence[Spec], x: Spec, y: Spec, colour: str, layout: _Layout, *, dashed: bool
) -> list[Spec]:
    if not rows:
        return []
    line: Spec = {"type": "line", "color": colour, "strokeWidth": 1.75 if dashed else 3}
    if dashed:
        line["strokeDash"] = [6, 4]
    dots: Spec = {"type": "point", "filled": True, "opacity": 1, "color": colour}
    # A benchmark without neighbours has no line to be seen by, so it needs a mark too.
    runs = [row["run"] for row in rows]
    dotted = [row for row in rows if runs.count(row["run"]) == 1] if dashed else rows
    dots |= (
        {"size": 50, "shape": "diamond"} if dashed else {"size": layout.dot, "stroke": "#FFFFFF"}
    )
    hollow = [row for row in dotted if row.get("hollow")]
    layers: list[Spec] = [
        {
            "data": {"values": list(rows)},
            "mark": line,
            "encoding": {"x": x, "y": y, "detail": {"field": "run"}},
        },
        {
            "data": {"values": [row for row in dotted if not row.get("hollow")]},
            "mark": dots,
            "encoding": {"x": x, "y": y},
        },
    ]
    if hollow:
        ring = dots | {"fill": "#FFFFFF", "stroke": colour, "strokeWidth": 2.5}
        layers.append({"data": {"values": hollow}, "mark": ring, "encoding": {"x": x, "y": y}})
    return layers


def _thin(rows: Sequence[Spec], x: Spec, y: Spec) -> list[Spec]:
    """The line of another area: there to be seen, not to be compared."""
    if not rows:
        return []
    line: Spec = {"type": "line", "color": QUIET, "strokeWidth": 1.25}
    dots: Spec = {"type": "point", "filled": True, "opacity": 1, "color": QUIET, "size": 18}
    data = {"values": list(rows)}
    detail = {"field": "run"}
    return [
        {"data": data, "mark": line, "encoding": {"x": x, "y": y, "detail": detail}},
        {"data": data, "mark": dots, "encoding": {"x": x, "y": y}},
    ]


def _breaks(
    breaks: Sequence[tuple[int, int]], places: dict[int, float], x: Spec, layout: _Layout
) -> list[Spec]:
    """An upright line where borders changed, and what it is; not twice where there is no room."""
    ends = x["scale"]["domain"]
    values: list[Spec] = []
    for earlier, later in breaks:
        at = (places[earlier] + places[later]) / 2
        far = not values or (
            (at - values[-1]["x"]) / (ends[1] - ends[0]) * layout.width > layout.break_width
        )
        values.append({"x": at, "word": "New borders" if far else ""})
    if not values:
        return []
    return [
        {
            "data": {"values": values},
            "mark": {"type": "rule", "color": QUIET, "strokeWidth": 1.5, "strokeDash": [2, 4]},
            "encoding": {"x": x, "y": {"value": -6}, "y2": {"value": layout.height}},
        },
        *(
            {
                "data": {"values": chosen},
                "mark": {"type": "text", "baseline": "bottom", "color": QUIET, "fontSize": 14}
                | place,
                "encoding": {
                    "x": x,
                    "y": {"value": -10},
                    "text": {"field": "word", "type": "nominal"},
                },
            }
            for chosen, place in _sides(values, ends, layout)
        ),
    ]


def _sides(
    values: Sequence[Spec], ends: Sequence[float], layout: _Layout
) -> list[tuple[list[Spec], Spec]]:
    """The words of breaks by how they are set: where it is narrow, those near an end inwards."""
    if not layout.has_key:
        return [(list(values), {})]
    sides: dict[str, list[Spec]] = {}
    for each in values:
        along = (each["x"] - ends[0]) / (ends[1] - ends[0])
        side = "left" if along < _NEAR_AN_END else "right" if along > 1 - _NEAR_AN_END else "center"
        sides.setdefault(side, []).append(each)
    return [(chosen, {"align": side}) for side, chosen in sides.items()]


def _absences(
    points: Sequence[Point], places: dict[int, float], x: Spec, layout: _Layout
) -> list[Spec]:
    values = [
        {"x": places[point.order], "word": why_none(point)}
        for point in points
        if figure(point) is None
    ]
    if not values:
        return []
    start, end = x["scale"]["domain"]
    values = apart(values, (end - start) / layout.width * layout.beneath)
    return [
        {
            "data": {"values": values},
            "mark": {
                "type": "text",
                "angle": 270,
                "align": "left",
                "baseline": "middle",
                "color": QUIET,
                "fontSize": 14,
            },
            "encoding": {
                "x": x,
                "y": {"value": layout.height - 8},
                "text": {"field": "word", "type": "nominal"},
            },
        }
    ]


def _end_names(
    named: Sequence[_Named], unit: str, ends: tuple[float, float], layout: _Layout
) -> list[Spec]:
    """Each line's name (where no key has it) and latest figure at its end, moved apart where they
    would touch."""
    bottom, top = ends
    blocks: list[tuple[float, list[str], str, int]] = []
    for name, points, colour, weight in named:
        latest = _latest(points)
        if latest is not None:
            value = float(latest)
            name_lines = wrapped(name, _NAME_WIDTH) if name and not layout.has_key else []
            height = layout.height * (top - value) / (top - bottom)
            blocks.append((height, [*name_lines, shown(value, unit)], colour, weight))
    blocks.sort(key=lambda block: block[0])
    # No name hangs down into the names of the periods.
    middles = [
        min(middle, layout.height - len(words) * _LINE_HEIGHT / 2 + 4)
        for middle, words, *_ in blocks
    ]
    if len(blocks) == 2:
        needed = (len(blocks[0][1]) + len(blocks[1][1])) * _LINE_HEIGHT / 2 + 6
        overlap = needed - (middles[1] - middles[0])
        if overlap > 0:
            lowest = layout.height - len(blocks[1][1]) * _LINE_HEIGHT / 2 + 4
            down = min(overlap / 2, lowest - middles[1])
            middles = [middles[0] - (overlap - down), middles[1] + down]
    return [
        {
            "data": {"values": [{}]},
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "middle",
                "dx": 8,
                # A block of lines hangs from its first; lift it so that its middle is at the line.
                "dy": -(len(words) - 1) * _LINE_HEIGHT / 2,
                "color": colour,
                "fontWeight": weight,
                "text": words,
            },
            "encoding": {"x": {"value": layout.width}, "y": {"value": round(middle, 1)}},
        }
        for middle, (_, words, colour, weight) in zip(middles, blocks, strict=True)
    ]
