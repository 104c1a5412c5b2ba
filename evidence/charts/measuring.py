"""How wide words are, so that a chart of a given width can be laid out before it is drawn.

The widths are those of Source Sans 3 Semibold, in parts of the size of the type, each letter taken
as wide as the widest of its kind: what is measured here is never narrower than what is drawn.
"""

from __future__ import annotations

import unicodedata

_WIDTHS = (
    (0.2, " "),
    (0.29, "|ijl',.:;I"),
    (0.33, "!f-()[]{}"),
    (0.38, "rt/\\"),
    (0.45, "sz*?"),
    (0.5, 'cvxyJY_"L'),
    (0.53, "aegk0123456789#$+<=>^~F"),
    (0.57, "bdhnopquAESTVXZ`"),
    (0.6, "BCKPR"),
    (0.68, "DGHNOQU&"),
    (0.76, "Mw"),
    (0.88, "Wm%@"),
)
_LETTERS = {letter: width for width, letters in _WIDTHS for letter in letters}
_FOREIGN = 0.95
_SQUARE = 1.4  # Chinese signs, and small pictures, which come from another font


def measured(text: str, size: float) -> float:
    """How many pixels `text` takes at most, in type of `size` pixels."""
    return sum(_letter(letter) for letter in text) * size


def fitted(text: str, width: float, size: float) -> list[str]:
    """Lines of at most `width` pixels; words are cut only where one alone is wider. Always one."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if measured(longer, size) <= width:
            lines[-1] = longer
            continue
        parts = _cut(word, width, size)
        lines += parts if lines[-1] else []
        if not lines[0]:
            lines = parts
    return lines


def _cut(word: str, width: float, size: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and measured(parts[-1] + letter, size) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _letter(letter: str) -> float:
    if letter in _LETTERS:
        return _LETTERS[letter]
    if unicodedata.combining(letter):
        return 0.0
    is_square = ord(letter) > 0xFFFF or unicodedata.east_asian_width(letter) in "WF"
    return _SQUARE if is_square else _FOREIGN
