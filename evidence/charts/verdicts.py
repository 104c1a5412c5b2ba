"""How a figure compares, as a word, a shape and a shade; any one of them would do alone.

The shades run from light to dark, so that they stay apart in grey, and blue and brown are told
apart by people who do not see red and green as different. The word is written wherever there is
room for it, and a key names the shapes where there is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.charts.paper import rects, shapes, texts
from evidence.charts.style import QUIET, TEXT, Spec

_WHITE = "#FFFFFF"
_TICK = "M-0.9,0.1L-0.3,0.7L0.9,-0.7"
_EQUAL = "M-0.8,-0.35L0.8,-0.35M-0.8,0.35L0.8,0.35"
_CROSS = "M-0.7,-0.7L0.7,0.7M-0.7,0.7L0.7,-0.7"
_UP = "M0,0.9L0,-0.8M-0.6,-0.1L0,-0.8L0.6,-0.1"
_DOWN = "M0,-0.9L0,0.8M-0.6,0.1L0,0.8L0.6,0.1"
_FAR_UP = "M-0.7,0L0,-0.7L0.7,0M-0.7,0.8L0,0.1L0.7,0.8"
_FAR_DOWN = "M-0.7,-0.8L0,-0.1L0.7,-0.8M-0.7,0L0,0.7L0.7,0"
_BIT_UP = "M-0.7,0.35L0,-0.35L0.7,0.35"
_BIT_DOWN = "M-0.7,-0.35L0,0.35L0.7,-0.35"
_MIDDLE = "M-0.8,0L0.8,0"
_KEY_STEP = 26


@dataclass(frozen=True, slots=True)
class Verdict:
    """`path` is the shape, drawn from -1 to 1; `fill` the shade; `ink` what is read on it."""

    word: str
    path: str
    fill: str
    ink: str = TEXT


VERDICTS: dict[str, Verdict] = {
    "better": Verdict("Better", _TICK, "#BCDDE8"),
    "similar": Verdict("Similar", _EQUAL, _WHITE),
    "worse": Verdict("Worse", _CROSS, "#8A3A00", _WHITE),
    "higher": Verdict("Higher", _UP, "#425563", _WHITE),
    "lower": Verdict("Lower", _DOWN, "#D5DCE1"),
    "meets the goal": Verdict("Meets the goal", _TICK, "#BCDDE8"),
    "misses the goal": Verdict("Misses the goal", _CROSS, "#8A3A00", _WHITE),
    "lowest fifth": Verdict("Lowest fifth", _FAR_DOWN, "#F0F3F5"),
    "second lowest fifth": Verdict("Second lowest fifth", _BIT_DOWN, "#D5DCE1"),
    "middle fifth": Verdict("Middle fifth", _MIDDLE, "#AEBBC4"),
    "second highest fifth": Verdict("Second highest fifth", _BIT_UP, "#5A6E7C", _WHITE),
    "highest fifth": Verdict("Highest fifth", _FAR_UP, "#2F3E49", _WHITE),
}
NONE = Verdict("Not compared", "", _WHITE, QUIET)
FIFTHS = tuple(word for word in VERDICTS if word.endswith("fifth"))


def verdict(word: str) -> Verdict:
    """What a word looks like. One that only its source uses stays as it is, without a shape."""
    plain = word.strip()
    return VERDICTS.get(plain.casefold()) or (Verdict(plain, "", _WHITE) if plain else NONE)


def key(words: Iterable[str], *, x: float, y: float) -> tuple[list[Spec], float]:
    """A key to the shapes of `words` at a place, one below the other, and how high it is."""
    used = {word.strip().casefold() for word in words}
    shown = [each for word, each in VERDICTS.items() if word in used]
    rows = [
        {
            "x": x,
            "x2": x + 24,
            "y": y + number * _KEY_STEP,
            "y2": y + number * _KEY_STEP + 20,
            "middle": y + number * _KEY_STEP + 10,
            "centre": x + 12,
            "after": x + 34,
            "fill": each.fill,
            "ink": each.ink,
            "path": each.path,
            "text": each.word,
        }
        for number, each in enumerate(shown)
    ]
    layers = [
        *rects(rows),
        *shapes(rows, x="centre", y="middle"),
        *texts(rows, x="after", y="middle", size=14),
    ]
    return layers, len(shown) * _KEY_STEP
