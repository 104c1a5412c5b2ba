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

WIDTH, HEIGHT = 520, 300
_MOST_PERIODS_NAMED = 8
_LINE_HEIGHT = 19
_LEAST_SPAN = 0.3
_NAME_WIDTH = 20


def trend(
    points: Sequence[Point],
    *,
    benchmark_points: Sequence[Point] = (),
    title: str,
    unit: str,
    finding: str,
    name: str = "",
    benchmark_name: str = "England",
) -> Spec:
    """A Vega-Lite specification of `points` over time, `finding` being its text alternative.

    `name` is the area's, written at the end of its line. A period whose figure is suppressed or
    missing is a gap with that word in it, and so is a year that is not listed at all. The scale
    begins at zero unless all figures lie far above it, and then says where it begins.
    """
    every = [*points, *benchmark_points]
    places = _places(every)
    low, high = reach(every)
    # Where more than half of the axis would be empty it begins higher, and says so. It still spans
    # a good part of the figures' size, so that a small change does not look like a large one.
    from_zero = low <= high / 2
    reach_down = low if from_zero else min(low, high * (1 - _LEAST_SPAN))
    bottom, top, ticks = scale(reach_down, high, zero=from_zero)
    first, last = min(places.values(), default=0), max(places.values(), default=0)
    room = 0.5 if first == last else (last - first) * 0.03

    spec = frame(title=title, subtitle=_subtitle(points, unit, bottom), finding=finding)
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
    layers = [*_interval(area, x, y), *_line(beside, x, y, TEXT, dashed=True)]
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
    run, before = 0, None
    for point in sorted(points, key=lambda point: point.order):
        value, place = figure(point), places[point.order]
        if value is None:
            before = None
            continue
        run += before is None or place - before > 1
        before = place
        row: Spec = {"x": place, "y": float(value), "run": run}
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
    return [
        {
            "data": {"values": list(rows)},
            "mark": line,
            "encoding": {"x": x, "y": y, "detail": {"field": "run"}},
        },
        {"data": {"values": dotted}, "mark": dots, "encoding": {"x": x, "y": y}},
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
    middles = [block[0] for block in blocks]
    if len(blocks) == 2:
        needed = (len(blocks[0][1]) + len(blocks[1][1])) * _LINE_HEIGHT / 2 + 6
        overlap = needed - (middles[1] - middles[0])
        if overlap > 0:
            middles = [middles[0] - overlap / 2, middles[1] + overlap / 2]
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
