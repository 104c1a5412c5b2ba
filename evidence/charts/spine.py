"""Where one area stands among all areas of its kind: a line for each of its indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.charts.measuring import fitted, measured
from evidence.charts.paper import Rows, lines, middle_of, rects, shapes, texts
from evidence.charts.sheet import sheet
from evidence.charts.style import QUIET, TEXT, WIDE, Size, Spec, wrapped
from evidence.charts.verdicts import NONE, key, verdict
from evidence.comparing import Spine

_NAME, _NAME_WIDTH = 0, 26
_LINE, _LEAST, _THICK, _HEAD = 18, 52, 18, 46
_TEXT, _SMALL, _MOST_WORD, _SHAPE_ROOM = 15, 14, 136, 18
_HEADING: Spec = {"x": "x", "y": "y", "size": 14}
_OUTER, _INNER, _AREA = "#E4E9EC", "#AEBBC4", "M0,-1L1,0L0,1L-1,0Z"


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns are, in pixels. Where it `is_stacked` the names stand above the bars and
    the figures below them, and how each compares is written beside its period."""

    width: float
    value: float
    left: float
    right: float
    against: float
    is_stacked: bool = False

    def x(self, place: float) -> float:
        """A place on a spine, from 0 to 1, in pixels."""
        return round(self.left + place * (self.right - self.left), 1)


_BESIDE = _Layout(width=640, value=262, left=284, right=564, against=582)


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
    size: Size = WIDE,
) -> Spec:
    """A Vega-Lite specification with a spine for each row, in the order given."""
    layout = _BESIDE
    if size.is_narrow:
        # Half a diamond stands beyond the end of a bar.
        layout = _Layout(size.inside, 0, 9, size.inside - 9, size.inside, is_stacked=True)
    placed, height = _placed(rows, benchmark_name, layout)
    drawn = [each for each in placed if "x" in each]
    diamonds = [each for each in drawn if "place" in each]
    # Where every row has its word there is no need for a key.
    unsaid = [] if layout.is_stacked else [row.word for row in rows]
    under, key_height = key(unsaid, x=layout.left, y=height + 14)
    head = [
        {"x": layout.value, "y": 10, "text": wrapped(area, 14)},
        {"x": layout.x(0.5), "y": 10, "text": [benchmark_name]},
    ]
    ends = [
        {"x": layout.left, "y": 10, "text": ["Worst or", "lowest"]},
        {"x": layout.right, "y": 10, "text": ["Best or", "highest"]},
    ]
    layers = [
        *texts([] if layout.is_stacked else head[:1], **_HEADING, align="right", weight=600),
        *texts(head[1:], **_HEADING, align="center"),
        *texts(ends[:1], **_HEADING),
        *texts(ends[1:], **_HEADING, align="right"),
        *lines([each | {"x": _NAME, "x2": layout.width} for each in _between(placed)]),
        *_bars(drawn),
        *lines(_upright(drawn), colour=TEXT, width=2),
        *_words(placed, layout),
        *texts(
            [each for each in placed if "instead" in each],
            x="left",
            y="middle",
            field="instead",
            size=14,
            ink="quiet",
        ),
        *_diamonds(diamonds),
        *_verdicts(placed, diamonds, layout),
        *under,
    ]
    return sheet(
        layers,
        title=title,
        subtitle=(
            "Each bar goes from the area with the worst (or lowest) figure to that with the best "
            "(or highest); the dark part is the middle half of all areas; the line down is "
            f"{benchmark_name}; the diamond is {area}"
        ),
        finding=finding,
        width=layout.width,
        height=height + 14 + key_height,
        size=size,
    )


def spine_height(row: SpineRow) -> float:
    """How many pixels a row takes in a wide chart."""
    return _in_columns(row, 0, _BESIDE)[1]


def _placed(
    rows: Sequence[SpineRow], benchmark_name: str, layout: _Layout
) -> tuple[list[Spec], float]:
    placed: list[Spec] = []
    top: float = _HEAD
    for row in rows:
        each, height = (
            _stacked(row, top, benchmark_name, layout)
            if layout.is_stacked
            else _in_columns(row, top, layout)
        )
        look = verdict(row.word)
        if row.spine is None:
            each["instead"] = row.instead
        else:
            each |= {
                "x": layout.x(row.spine.low_end),
                "x2": layout.x(row.spine.high_end),
                "quarter": layout.x(row.spine.low_quarter),
                "three_quarters": layout.x(row.spine.high_quarter),
                "benchmark_x": layout.x(row.spine.benchmark),
            }
            if row.spine.value is not None:
                each |= {
                    "place": layout.x(row.spine.value),
                    "above": each["middle"] - _THICK / 2 - 9,
                    "path": look.path,
                    "fill": look.fill,
                    "ink": TEXT,
                }
        placed.append(each)
        top += height
    return placed, top


def _in_columns(row: SpineRow, top: float, layout: _Layout) -> tuple[Spec, float]:
    """Where everything about an indicator is, beside each other; and how high its row is."""
    name = wrapped(row.name, _NAME_WIDTH)
    height = max(_LEAST, (len(name) + 1) * _LINE + 18)
    middle = top + height / 2
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
        "value_x": layout.value,
        "benchmark": row.benchmark,
        "against_x": layout.against,
        "quiet": QUIET,
        "left": layout.left,
    }
    return each, height


def _stacked(row: SpineRow, top: float, benchmark_name: str, layout: _Layout) -> tuple[Spec, float]:
    """The same below each other: name; period, and how it compares; the bar; both figures."""
    look = verdict(row.word)
    word = fitted(look.word, _MOST_WORD, _SMALL) if look.word != NONE.word else []
    word_width = max((measured(line, _SMALL) for line in word), default=0)
    name = fitted(row.name, layout.width, _TEXT)
    period = fitted(row.period, layout.width - word_width - _SHAPE_ROOM - 12, _SMALL)
    begin = top + 18
    second = begin + len(name) * _LINE
    step = 24 if row.spine is None else 30
    middle = second + (max(len(period), len(word)) - 1) * _LINE + step
    figures = middle + step
    each: Spec = {
        "top": top,
        "middle": middle,
        "name": name,
        "name_x": _NAME,
        "name_y": begin,
        "period": period,
        "period_y": second,
        "figure": f"\u25c6 {row.figure}"
        if row.spine and row.spine.value is not None
        else row.figure,
        "value_x": layout.value,
        "benchmark": f"{benchmark_name} {row.benchmark}" if row.benchmark else "",
        "against_x": layout.against,
        "figures_y": figures,
        "quiet": QUIET,
        "left": _NAME,
    }
    if word:
        shape_x = layout.width - word_width - _SHAPE_ROOM / 2
        each |= {"word": word, "word_x": layout.width, "shape_x": shape_x}
        each |= {"path": look.path, "ink": TEXT}
    return each, figures + 18 - top


def _words(placed: Rows, layout: _Layout) -> list[Spec]:
    """Names, periods and figures."""
    if layout.is_stacked:
        return [
            *texts(placed, x="name_x", y="name_y", field="name", weight=600),
            *texts(placed, x="name_x", y="period_y", field="period", size=_SMALL, ink="quiet"),
            *texts(placed, x="value_x", y="figures_y", field="figure", weight=600),
            *texts(
                placed, x="against_x", y="figures_y", field="benchmark", align="right", ink="quiet"
            ),
        ]
    return [
        *texts(placed, x="name_x", y="name_y", field="name"),
        *texts(placed, x="name_x", y="period_y", field="period", size=13, ink="quiet"),
        *texts(placed, x="value_x", y="middle", field="figure", align="right", weight=600),
        *texts(placed, x="against_x", y="middle", field="benchmark", ink="quiet"),
    ]


def _verdicts(placed: Rows, diamonds: Rows, layout: _Layout) -> list[Spec]:
    """How each compares: a shape above its diamond, or shape and word beside its period."""
    if not layout.is_stacked:
        return shapes(diamonds, x="place", y="above", size=90)
    said = [each for each in placed if "word" in each]
    return [
        *shapes(said, x="shape_x", y="period_y", size=70),
        *texts(said, x="word_x", y="period_y", field="word", size=_SMALL, align="right"),
    ]


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
