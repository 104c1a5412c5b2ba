"""Indicators down, areas across: in each box the figure, how it compares, and its shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.charts.paper import middle_of, rects, shapes, texts
from evidence.charts.style import QUIET, Spec, frame, wrapped
from evidence.charts.verdicts import verdict

_NAME_WIDTH, _LEFT, _BOX, _GAP, _ROW, _LINE = 24, 196, 112, 4, 60, 18
_HEAD_WIDTH = 15


@dataclass(frozen=True, slots=True)
class RugCell:
    """A figure in print, and how it compares; an empty word is the benchmark's own column."""

    figure: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class RugRow:
    name: str
    period: str
    cells: Sequence[RugCell]


def rug(
    rows: Sequence[RugRow], *, areas: Sequence[str], title: str, finding: str, subtitle: str = ""
) -> Spec:
    """A Vega-Lite specification of a grid; every row has a cell for each of `areas`."""
    heads = [wrapped(area, _HEAD_WIDTH) for area in areas]
    head_height = max((len(head) for head in heads), default=1) * _LINE + 14
    names: list[Spec] = []
    boxes: list[Spec] = []
    top = float(head_height)
    for row in rows:
        name, height = wrapped(row.name, _NAME_WIDTH), rug_height(row)
        middle = top + height / 2
        begin = middle_of([*name, row.period], middle)
        names.append(
            {
                "x": 0,
                "y": begin,
                "name": name,
                "period": row.period,
                "below": begin + len(name) * _LINE,
                "quiet": QUIET,
            }
        )
        for number, cell in enumerate(row.cells):
            boxes.append(_box(cell, number, top, height - _GAP))
        top += height
    columns = [
        {
            "x": _LEFT + number * (_BOX + _GAP) + 2,
            "y": head_height - 12 - (len(head) - 1) * _LINE,
            "text": head,
        }
        for number, head in enumerate(heads)
    ]
    with_word = [box for box in boxes if box["word"]]
    layers = [
        *texts(columns, x="x", y="y", weight=600, size=14),
        *texts(names, x="x", y="y", field="name"),
        *texts(names, x="x", y="below", field="period", size=13, ink="quiet"),
        *rects(boxes),
        *texts(boxes, x="figure_x", y="figure_y", field="figure", weight=600, ink="ink"),
        *texts(with_word, x="word_x", y="word_y", field="word", size=13, ink="ink", line=14),
        *shapes(with_word, x="shape_x", y="word_middle", size=80),
    ]
    spec = frame(title=title, subtitle=subtitle, finding=finding)
    width = _LEFT + len(areas) * (_BOX + _GAP)
    return spec | {"width": width, "height": top, "layer": layers}


def rug_height(row: RugRow) -> float:
    """How many pixels a row takes."""
    return max(_ROW, (len(wrapped(row.name, _NAME_WIDTH)) + 1) * _LINE + 8)


def _box(cell: RugCell, column: int, top: float, height: float) -> Spec:
    look = verdict(cell.word)
    left = _LEFT + column * (_BOX + _GAP)
    word = wrapped(look.word, 14) if cell.word else []
    two = len(word) - 1
    middle = top + height / 2
    figure_y = middle - 10 - 7 * two if word else middle
    below = figure_y + 21
    return {
        "x": left,
        "x2": left + _BOX,
        "y": top,
        "y2": top + height,
        "figure": cell.figure,
        # Beside the word, which leaves room for its shape; else where the box begins.
        "figure_x": left + (26 if word else 12),
        "figure_y": figure_y,
        "word": word,
        "word_x": left + 26,
        "word_y": below,
        "word_middle": below + 7 * two,
        "shape_x": left + 14,
        "fill": look.fill,
        "ink": look.ink,
        "path": look.path,
    }
