"""One area's figures over time, with their 95% intervals, beside a benchmark."""

from __future__ import annotations

import json
from collections.abc import Sequence

from evidence.charts.style import (
    BLUE,
    QUIET,
    TEXT,
    Point,
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

WIDTH, HEIGHT = 400, 280
_MOST_PERIODS_NAMED = 6
_LINE_HEIGHT = 19
_LEAST_SPAN = 0.3
_NAME_WIDTH = 17
_BREAK_WIDTH = 100  # what the words above the line of a break take


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
) -> Spec:
    """A Vega-Lite specification of `points` over time, `finding` being its text alternative.

    `name` is the area's, written at the end of its line. A period whose figure is suppressed or
    missing is a gap with that word in it, and so is a year that is not listed at all. The scale
    begins at zero unless all figures lie far above it, and then says where it begins. `breaks`
    are pairs of periods, by their order, between which borders changed; `earlier` are lines of
    other areas, drawn thin. Points that are joined from other areas are hollow.
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

    spec = frame(
        title=title,
        subtitle=_subtitle(points, unit, bottom),
        finding=finding,
        gap=36 if breaks else 16,
    )
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [first - room, last + room], "nice": False, "zero": False},
        "axis": _period_axis(every, places),
    }
    y = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [bottom, top], "nice": False, "zero": False},
        "axis": {"values": ticks, "labelExpr": tick_text(unit)},
    }
    area = _rows(points, places)
    beside = _rows(benchmark_points, places)
    names = _end_names(
        [(name, points, BLUE, 600), (benchmark_name, benchmark_points, TEXT, 400)],
        unit,
        (bottom, top),
    )
    layers = [*_breaks(breaks, places, x), *_interval(area, x, y)]
    for line in earlier:
        layers += _thin(_rows(line, places), x, y)
    layers += _line(beside, x, y, TEXT, dashed=True)
    layers += [*_line(area, x, y, BLUE, dashed=False), *_absences(points, places, x), *names]
    return spec | {"width": WIDTH, "height": HEIGHT, "layer": layers}


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


def _period_axis(points: Sequence[Point], places: dict[int, float]) -> Spec:
    names = {places[point.order]: point.period for point in reversed(points)}
    every = sorted(names)
    stride = -(-len(every) // _MOST_PERIODS_NAMED) or 1
    values = every[::-1][::stride][::-1]  # counted from the end: the latest is always named
    # Keys as Vega prints numbers; the names are JSON strings, so they cannot be read as code.
    words = json.dumps({f"{value:g}": names[value] for value in values}, ensure_ascii=True)
    return {"values": values, "labelExpr": f"({words})[datum.value]", "grid": False}


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


def _line(rows: Sequence[Spec], x: Spec, y: Spec, colour: str, *, dashed: bool) -> list[Spec]:
    if not rows:
        return []
    line: Spec = {"type": "line", "color": colour, "strokeWidth": 1.75 if dashed else 3}
    if dashed:
        line["strokeDash"] = [6, 4]
    dots: Spec = {"type": "point", "filled": True, "opacity": 1, "color": colour}
    # A benchmark without neighbours has no line to be seen by, so it needs a mark too.
    runs = [row["run"] for row in rows]
    dotted = [row for row in rows if runs.count(row["run"]) == 1] if dashed else rows
    dots |= {"size": 50, "shape": "diamond"} if dashed else {"size": 64, "stroke": "#FFFFFF"}
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


def _breaks(breaks: Sequence[tuple[int, int]], places: dict[int, float], x: Spec) -> list[Spec]:
    """An upright line where borders changed, and what it is; not twice where there is no room."""
    ends = x["scale"]["domain"]
    values: list[Spec] = []
    for earlier, later in breaks:
        at = (places[earlier] + places[later]) / 2
        far = not values or (at - values[-1]["x"]) / (ends[1] - ends[0]) * WIDTH > _BREAK_WIDTH
        values.append({"x": at, "word": "New borders" if far else ""})
    if not values:
        return []
    return [
        {
            "data": {"values": values},
            "mark": {"type": "rule", "color": QUIET, "strokeWidth": 1.5, "strokeDash": [2, 4]},
            "encoding": {"x": x, "y": {"value": -6}, "y2": {"value": HEIGHT}},
        },
        {
            "data": {"values": values},
            "mark": {"type": "text", "baseline": "bottom", "color": QUIET, "fontSize": 14},
            "encoding": {
                "x": x,
                "y": {"value": -10},
                "text": {"field": "word", "type": "nominal"},
            },
        },
    ]


def _absences(points: Sequence[Point], places: dict[int, float], x: Spec) -> list[Spec]:
    values = [
        {"x": places[point.order], "word": why_none(point)}
        for point in points
        if figure(point) is None
    ]
    if not values:
        return []
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
                "y": {"value": HEIGHT - 8},
                "text": {"field": "word", "type": "nominal"},
            },
        }
    ]


def _end_names(
    lines: Sequence[tuple[str, Sequence[Point], str, int]],
    unit: str,
    ends: tuple[float, float],
) -> list[Spec]:
    """Each line's name and latest figure at its end, moved apart where they would touch."""
    bottom, top = ends
    blocks: list[tuple[float, list[str], str, int]] = []
    for name, points, colour, weight in lines:
        ordered = sorted(points, key=lambda point: point.order)
        figures = [value for point in ordered if (value := figure(point)) is not None]
        if figures:
            value = float(figures[-1])
            words = [*(wrapped(name, _NAME_WIDTH) if name else []), shown(value, unit)]
            height = HEIGHT * (top - value) / (top - bottom)
            blocks.append((height, words, colour, weight))
    blocks.sort(key=lambda block: block[0])
    # No name hangs down into the names of the periods.
    middles = [
        min(middle, HEIGHT - len(words) * _LINE_HEIGHT / 2 + 4) for middle, words, *_ in blocks
    ]
    if len(blocks) == 2:
        needed = (len(blocks[0][1]) + len(blocks[1][1])) * _LINE_HEIGHT / 2 + 6
        overlap = needed - (middles[1] - middles[0])
        if overlap > 0:
            down = min(overlap / 2, HEIGHT - len(blocks[1][1]) * _LINE_HEIGHT / 2 + 4 - middles[1])
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
            "encoding": {"x": {"value": WIDTH}, "y": {"value": round(middle, 1)}},
        }
        for middle, (_, words, colour, weight) in zip(middles, blocks, strict=True)
    ]
