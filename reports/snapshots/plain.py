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
# Controls but the end of a line and the tab, halves of a pair, and what is no character of a plane.
NO_CHARACTERS = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
DROPPED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{NO_CHARACTERS}]+")


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
    """`text` with one kind of line end, accents in one spelling and no control characters."""
    text = unicodedata.normalize("NFC", str(text)).replace("\r\n", "\n").replace("\r", "\n")
    return DROPPED.sub("", text)


def canonical(snapshot: Mapping[str, Any]) -> str:
    """The one spelling of a snapshot that its digest is taken of."""
    return json.dumps(
        snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def digest(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()
