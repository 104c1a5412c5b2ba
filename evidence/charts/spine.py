"""Where one area stands among all areas of its kind: a line for each of its indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.charts.paper import Rows, lines, middle_of, rects, shapes, texts
from evidence.charts.style import QUIET, TEXT, Spec, frame, wrapped
from evidence.charts.verdicts import key, verdict
from evidence.comparing import Spine

WIDTH = 640
_NAME, _NAME_WIDTH, _VALUE, _LEFT, _RIGHT, _AGAINST = 0, 26, 262, 284, 564, 582
_LINE, _LEAST, _THICK, _HEAD = 18, 52, 18, 46
_OUTER, _INNER, _AREA = "#E4E9EC", "#AEBBC4", "M0,-1L1,0L0,1L-1,0Z"


@dataclass(frozen=True, slots=True)
class SpineRow:
    """One indicator: its places, and what is written beside. `spine` None says why in `instead`."""

    name: str
    period: str
    figure: str
    benchmark: str
    spine: Spine | None
    word: str = ""
    instead: str = ""


def spine_chart(
    rows: Sequence[SpineRow],
    *,
    title: str,
    finding: str,
    area: str,
    benchmark_name: str = "England",
) -> Spec:
    """A Vega-Lite specification with a spine for each row, in the order given."""
    spec = frame(
        title=title,
        subtitle=(
            "Each bar goes from the area with the worst (or lowest) figure to that with the best "
            "(or highest); the dark part is the middle half of all areas; the line down is "
            f"{benchmark_name}; the diamond is {area}"
        ),
        finding=finding,
    )
    placed, height = _placed(rows)
    drawn = [each for each in placed if "x" in each]
    diamonds = [each for each in drawn if "place" in each]
    under, key_height = key((row.word for row in rows), x=_LEFT, y=height + 14)
    head = [
        {"x": _VALUE, "y": 10, "text": wrapped(area, 14)},
        {"x": (_LEFT + _RIGHT) / 2, "y": 10, "text": [benchmark_name]},
    ]
    ends = [
        {"x": _LEFT, "y": 10, "text": ["Worst or", "lowest"]},
        {"x": _RIGHT, "y": 10, "text": ["Best or", "highest"]},
    ]
    layers = [
        *texts(head[:1], x="x", y="y", align="right", weight=600, size=14),
        *texts(head[1:], x="x", y="y", align="center", size=14),
        *texts(ends[:1], x="x", y="y", size=14),
        *texts(ends[1:], x="x", y="y", align="right", size=14),
        *lines([each | {"x": _NAME, "x2": WIDTH} for each in _between(placed)]),
        *_bars(drawn),
        *lines(_upright(drawn), colour=TEXT, width=2),
        *texts(placed, x="name_x", y="name_y", field="name"),
        *texts(placed, x="name_x", y="period_y", field="period", size=13, ink="quiet"),
        *texts(placed, x="value_x", y="middle", field="figure", align="right", weight=600),
        *texts(placed, x="against_x", y="middle", field="benchmark", ink="quiet"),
        *texts(
            [each for each in placed if "instead" in each],
            x="left",
            y="middle",
            field="instead",
            size=14,
            ink="quiet",
        ),
        *_diamonds(diamonds),
        *shapes(diamonds, x="place", y="above", size=90),
        *under,
    ]
    return spec | {"width": WIDTH, "height": height + 14 + key_height, "layer": layers}


def _placed(rows: Sequence[SpineRow]) -> tuple[list[Spec], float]:
    placed: list[Spec] = []
    top: float = _HEAD
    for row in rows:
        name = wrapped(row.name, _NAME_WIDTH)
        height = max(_LEAST, (len(name) + 1) * _LINE + 18)
        middle = top + height / 2
        look = verdict(row.word)
        begin = middle_of([*name, row.period], middle)
        each: Spec = {
            "top": top,
            "middle": middle,
            "name": name,
            "name_x": _NAME,
            "name_y": begin,
            "period": row.period,
            "period_y": begin + len(name) * _LINE,
            "figure": row.figure,
            "value_x": _VALUE,
            "benchmark": row.benchmark,
            "against_x": _AGAINST,
            "quiet": QUIET,
            "left": _LEFT,
        }
        if row.spine is None:
            each["instead"] = row.instead
        else:
            each |= {
                "x": _x(row.spine.low_end),
                "x2": _x(row.spine.high_end),
                "quarter": _x(row.spine.low_quarter),
                "three_quarters": _x(row.spine.high_quarter),
                "benchmark_x": _x(row.spine.benchmark),
            }
            if row.spine.value is not None:
                each |= {
                    "place": _x(row.spine.value),
                    "above": middle - _THICK / 2 - 9,
                    "path": look.path,
                    "fill": look.fill,
                    "ink": TEXT,
                }
        placed.append(each)
        top += height
    return placed, top


def _x(place: float) -> float:
    return round(_LEFT + place * (_RIGHT - _LEFT), 1)


def _bars(drawn: Sequence[Spec]) -> list[Spec]:
    def box(each: Spec, start: str, end: str, fill: str) -> Spec:
        top = each["middle"] - _THICK / 2
        return {
            "x": each[start],
            "x2": each[end],
            "y": top,
            "y2": top + _THICK,
            "fill": fill,
        }

    outer = [box(each, "x", "x2", _OUTER) for each in drawn]
    inner = [box(each, "quarter", "three_quarters", _INNER) for each in drawn]
    return [*rects(outer, width=0), *rects(inner, width=0)]


def _upright(drawn: Sequence[Spec]) -> Rows:
    return [
        {
            "x": each["benchmark_x"],
            "x2": each["benchmark_x"],
            "y": each["middle"] - _THICK / 2 - 5,
            "y2": each["middle"] + _THICK / 2 + 5,
        }
        for each in drawn
    ]


def _between(placed: Sequence[Spec]) -> list[Spec]:
    return [{"y": each["top"], "y2": each["top"]} for each in placed]


def _diamonds(rows: Rows) -> list[Spec]:
    """The area itself, in the shade of how it compares, with a dark edge on any shade."""
    if not rows:
        return []
    made = shapes([row | {"path": _AREA} for row in rows], x="place", y="middle", size=210)
    made[0]["mark"] |= {"filled": True, "stroke": TEXT}
    made[0]["encoding"]["fill"] = {"field": "fill", "type": "nominal", "scale": None}
    return made
