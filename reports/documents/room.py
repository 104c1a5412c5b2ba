"""How much of a text there is room for on paper: lines reckoned from letters, cut at a sentence.

What is reckoned is never less than what the layout takes: letters are as wide as in the boldest of
our type, and what is not in it is taken to be wider than any that we know. So a page that is full
by this reckoning is not too full on paper, and the web page can say the same as the paper without
asking it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from vbc.ui.blocks import blocks

MORE = "More in the whole document."
ALL_OF_IT = "This is in the whole document."

# Hundredths of an em: the widest that each letter is in the three weights of Source Sans 3 that we
# set, by its own tables.
_LETTERS = {
    20: " ",
    27: "|",
    28: "ij",
    29: "l",
    30: "',.:;·‘’",
    31: "I",
    34: "!-",
    35: "()/[\\]f{}•",
    37: "°",
    39: "t",
    40: "r",
    45: "s",
    46: "*z",
    47: "?c",
    48: "–",
    50: "_",
    51: "J",
    52: "Lex",
    53: "#$+0123456789<=>FY^avy~£€",
    54: '"g“”',
    55: "EZk",
    56: "STV`o",
    57: "Xu",
    58: "Abdhnpq",
    59: "C",
    60: "P",
    61: "B",
    62: "KR",
    64: "DG",
    67: "&NU",
    68: "H",
    69: "OQ",
    77: "M",
    78: "w",
    80: "—",
    82: "W",
    86: "%m",
    91: "@",
    98: "…",
}
_WIDTHS = {letter: width / 100 for width, letters in _LETTERS.items() for letter in letters}
# An accent adds a little at most; what is not in our type is wider than all that we know.
_ACCENT, _LATIN, _MARK, _ANY = 0.04, 0.9, 0.7, 1.4
# Letters that stand for whole words, and the long dashes: (first, last, width).
_WIDEST = ((0x2E3A, 0x2E3B, 2.3), (0xFDF0, 0xFDFD, 12.0), (0x12000, 0x16FFF, 4.0))
_LAST_LATIN = 0x24F
_ENDS = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+")
# A remark in brackets after a sentence needs no full stop of its own.
_ENDED = re.compile(r"(?:[.!?:;…”]|[.!?…]\s*\([^()]*\))$")
_NO_END = re.compile(r"(?:^\d{1,2}|\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|vs|approx|e\.g|i\.e)|\b[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class Cut:
    """A text as far as there is room for it. `more` says where the rest is; empty where all of it
    stands here."""

    text: str
    more: str = ""


def lines(text: str, width: float) -> int:
    """How many lines of `width` em the text takes at most; none for no text."""
    taken, left = 0, 0.0
    for word in text.split():
        long = sum(map(_width, word))
        space = _WIDTHS[" "] if taken else 0.0
        if taken and space + long <= left:
            left -= space + long
        elif long <= width:
            taken, left = taken + 1, width - long
        else:  # It is broken, and every line may end a letter early.
            holds = max(width - max(map(_width, word)), 1.0)
            taken, left = taken + ceil(long / holds), 0.0
    return taken


def cut(text: str, width: float, most: int) -> Cut:
    """As many whole sentences as there is room for in `most` lines of `width` em, at least one
    line, with where the rest is."""
    if lines(text, width) <= most:
        return Cut(text)
    kept = ""
    for sentence in sentences(text):
        longer = f"{kept} {sentence}".strip()
        if lines(f"{longer} {MORE}", width) > most:
            break
        kept = longer
    return Cut(kept, MORE if kept else ALL_OF_IT)


def shortened(text: str, width: float, most: int) -> str:
    """A title as far as there is room for it in `most` lines, by whole letters."""
    if lines(text, width) <= most:
        return text
    kept = len(text)
    while lines(f"{text[:kept]}…", width) > most:
        kept -= 1
    return f"{text[:kept].rstrip()}…"


def sentences(text: str) -> list[str]:
    """The sentences of a text in one line, in order. In doubt two stay together."""
    found: list[str] = []
    begun = 0
    for end in _ENDS.finditer(text):
        after = text[end.end() : end.end() + 1]
        # A remark in brackets belongs to the sentence before it.
        if after.islower() or after == "(" or _NO_END.search(text[begun : end.start()]):
            continue
        found.append(text[begun : end.end()].strip())
        begun = end.end()
    return [each for each in (*found, text[begun:].strip()) if each]


def in_one_line(text: str) -> str:
    """A text with its lists and quotations, as sentences one after the other."""
    said = []
    for block in blocks(text):
        if block.kind == "quotation":
            said.append(f"“{' '.join(block.lines)}”")
        elif block.kind == "list":
            said += [_ended(line) for line in block.lines]
        else:
            said.append(_ended(" ".join(block.lines)))
    return " ".join(" ".join(said).split())


def steps(text: str, width: float, most: int) -> list[int]:
    """The numbers of lines, up to `most`, at which one more sentence has room."""
    found: list[int] = []
    kept = ""
    for sentence in sentences(text)[:-1]:
        kept = f"{kept} {sentence}".strip()
        high = lines(f"{kept} {MORE}", width)
        if high > most:
            break
        found.append(high)
    if (whole := lines(text, width)) <= most:
        found.append(whole)
    return sorted(set(found))


def shared_out(
    given: Sequence[int], wanted: Sequence[Sequence[int]], prices: Sequence[float], room: float
) -> list[int]:
    """Lines for each of several texts: what is `given`, and then its next step of those `wanted`,
    in turn, while there is room for it at its price a line."""
    got = list(given)
    waiting = {
        place: [each for each in wanted[place] if each > got[place]] for place in range(len(got))
    }
    while waiting:
        for place, ahead in list(waiting.items()):
            price = (ahead[0] - got[place]) * prices[place] if ahead else 0.0
            if not ahead or price > room:
                del waiting[place]
                continue
            got[place] = ahead.pop(0)
            room -= price
    return got


def _ended(line: str) -> str:
    line = line.strip()
    return line if _ENDED.search(line) else f"{line}."


def _width(letter: str) -> float:
    if (known := _WIDTHS.get(letter)) is not None:
        return known
    code = ord(letter)
    plain = _WIDTHS.get(unicodedata.normalize("NFD", letter)[0])
    if plain is not None:
        return plain + _ACCENT
    if code <= _LAST_LATIN:
        return _LATIN
    for first, last, width in _WIDEST:
        if first <= code <= last:
            return width
    kind = unicodedata.category(letter)
    if kind == "Cf":
        return 0.0
    return _MARK if kind in {"Mn", "Me"} else _ANY
