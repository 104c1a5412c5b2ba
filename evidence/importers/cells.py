"""What one cell says: a number, a mark for "withheld", or nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from evidence.importers.rows import State

LARGEST = Decimal(10) ** 12  # no count of people, pounds or contacts in England comes near

# GSS symbols [c] (confidential), [x] (not available), [z] (not applicable), and what statistical
# packages and spreadsheets write for an empty cell.
_SUPPRESSED = re.compile(r"\*+|c|\[c\]|[<\u2264]\s?[0-9]{1,3}", re.IGNORECASE)
_MISSING = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "null", "none", "x", "[x]", "z", "[z]"}
    | {"-", "--", "\u2013", "\u2014", ".", "..", ":"}
)
_PLAIN = r"(?:[0-9]+(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][+-]?[0-9]{{1,2}})?"
# Thousands never begin with a nought: "0,123" is a decimal, and in a British file a mistake.
_GROUPED = r"[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+(?:{point}[0-9]+)?"
_POINT_NUMBER = re.compile(
    rf"-?(?:{_PLAIN.format(point='[.]')}|{_GROUPED.format(point='[.]', group='[, ]')})"
)
_COMMA_NUMBER = re.compile(
    rf"-?(?:{_PLAIN.format(point=',')}|{_GROUPED.format(point=',', group='[. ]')})"
)
_EITHER_WAY = re.compile(r"-?[1-9][0-9]{0,2}[.][0-9]{3}")
_DASHES = str.maketrans({"\u2212": "-", "\u2013": "-"})


def clean(text: str) -> str:
    """The cell's words with single spaces, and without characters that cannot be seen."""
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return "".join(character for character in text if character.isprintable()).strip()


def state_of(text: str) -> State:
    """Whether a cleaned cell holds a value, stands for a withheld one, or holds nothing."""
    if _SUPPRESSED.fullmatch(text):
        return "suppressed"
    return "missing" if text.casefold() in _MISSING else "value"


def number(text: str, *, decimal_comma: bool = False) -> Decimal:
    """Read a cleaned cell as an exact number; a trailing per cent sign is allowed.

    With `decimal_comma`, "1.234,5" is one thousand two hundred and thirty-four and a half, and
    "12.5" is still read as twelve and a half; "1.234" could be either of two numbers a thousand
    times apart, so it is refused. Raises ValueError with half a sentence that says what to do.
    """
    plain = text.translate(_DASHES).removesuffix("%").strip().removeprefix("+")
    if decimal_comma and _EITHER_WAY.fullmatch(plain):
        raise ValueError(
            "can be read as thousands or as decimals. Write decimals with a comma, and thousands"
            " without a full stop"
        )
    if decimal_comma and _COMMA_NUMBER.fullmatch(plain):
        plain = plain.replace(".", "").replace(" ", "").replace(",", ".")
    elif _POINT_NUMBER.fullmatch(plain):
        plain = plain.replace(",", "").replace(" ", "")
    else:
        raise ValueError("is not a number. Write digits only, or leave the cell empty")
    value = Decimal(plain)
    if abs(value) >= LARGEST or len(plain) > 40:
        raise ValueError("is too long or too large to be right. Check the figure at its source")
    return value
