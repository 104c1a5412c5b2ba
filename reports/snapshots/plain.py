"""Plain JSON: the same facts always give the same bytes, on any database."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

JSON = dict[str, Any]
# All letters but those that may have to be looked at one by one.
_ODD = re.compile("[^\t\n -~\u00a0-\u2027\u202f-\u2065\u206a-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]")
_LINE_ENDS = {*"\r\u2028\u2029"}
# Dropped like control characters: they turn round the words that come after a text, which are ours.
_TURNS_ROUND = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}
# Word writes its bullets and ticks as letters that only its own fonts have. Any other letter of
# such a kind has no form that is known, and stands as the mark for that.
_PRIVATE = {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "✓"}
_UNKNOWN = "\ufffd"


def plain(value: Any) -> Any:
    """`value` as JSON types only: dates as ISO text, decimals as numbers, text in one spelling.

    Raises ValueError for a number that is not finite, TypeError for anything that is not data.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, Decimal):
        return plain(int(value) if value == value.to_integral_value() else float(value))
    if isinstance(value, float):
        if not isfinite(value):
            raise ValueError("A snapshot holds finite numbers only.")
        if abs(value) >= 1e16:
            return int(value)  # A database writes such a number out in full, so we do too.
        return value + 0.0  # It also forgets the sign of zero.
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    raise TypeError(f"A snapshot cannot hold a {type(value).__name__}.")


def plain_text(text: str) -> str:
    """`text` with one kind of line end, accents in one spelling, no control characters, and no
    letters that only one program knows."""
    text = unicodedata.normalize("NFC", str(text)).replace("\r\n", "\n")
    return _ODD.sub(lambda found: _plain_letter(found[0]), text)


def _plain_letter(letter: str) -> str:
    if letter in _LINE_ENDS:
        return "\n"
    kind, code = unicodedata.category(letter), ord(letter)
    if kind == "Co":
        return _PRIVATE.get(letter, _UNKNOWN)
    # The last two of each plane, and 32 more, are never letters.
    is_none = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return "" if is_none or kind in {"Cc", "Cs"} or letter in _TURNS_ROUND else letter


def canonical(snapshot: Mapping[str, Any]) -> str:
    """The one spelling of a snapshot that its digest is taken of."""
    return json.dumps(
        snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def digest(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()
