"""The three pillars' numbers on one scale from 1 to 9, as places in a small drawing."""

from collections.abc import Sequence
from typing import Any

WIDTH, FIRST, LAST = 520, 232, 496
ROW, TOP = 32, 22


def scale(title: str, columns: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Where each mark stands, in units of the drawing, and the drawing in words.

    None where no pillar has a number: then there is nothing to draw, and the reasons are in words.
    """
    if not any(each["number"] for each in columns):
        return None
    rows = [_row(place, each) for place, each in enumerate(columns)]
    bottom = TOP + ROW * len(rows)
    said = "; ".join(f"{each['label']}: {each['number'] or 'no number shown'}" for each in columns)
    return {
        "width": WIDTH,
        "height": bottom + 24,
        "first": FIRST,
        "last": LAST,
        "bottom": bottom - 6,
        "labels_y": bottom + 14,
        "rows": rows,
        "ticks": [{"x": _x(value), "value": value} for value in range(1, 10)],
        "in_words": f"{title}, on the scale from 1 to 9. {said}.",
    }


def _x(value: float) -> float:
    return round(FIRST + (value - 1) / 8 * (LAST - FIRST), 1)


def _row(place: int, column: dict[str, Any]) -> dict[str, Any]:
    y = TOP + ROW * place
    row = {"y": y, "text_y": y + 6, "label": column["label"], "drawn": column["drawn"]}
    if not column["number"]:
        return row | {"number": ""}
    x = _x(float(column["number"]))
    # Near the right end the number stands to the left of its mark.
    to_the_right = x < LAST - 20
    text_x = x + 16 if to_the_right else x - 16
    width = 9 * len(column["number"]) + 4
    return row | {
        "number": column["number"],
        "x": x,
        "text_x": text_x,
        "anchor": "start" if to_the_right else "end",
        # A white ground under the number, so that the line does not run through it.
        "blank_x": text_x - 2 if to_the_right else text_x - width + 2,
        "blank_y": y - 11,
        "blank_width": width,
        "left": x - 9,
        "top": y - 9,
        "triangle": f"{x},{y - 10} {x + 11},{y + 9} {x - 11},{y + 9}",
    }
