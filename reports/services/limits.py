"""How large a document may be, settled before anything is laid out."""

from collections.abc import Iterator, Mapping
from typing import Any

from reports.snapshots.plain import canonical
from vbc.core.refusals import Refused

LARGEST_TEXT = 200 * 1024
LARGEST_DOCUMENT = 4 * 1024 * 1024
CHARACTERS_A_PAGE = 2000
SECONDS_A_PAGE = 0.5
LEAST_SECONDS, MOST_SECONDS = 60, 600
# What a layout takes as a rule (bench/): to begin with, and for each page.
USUAL_START, USUAL_SECONDS_A_PAGE = 2.0, 0.2


class TooLarge(Refused):
    """A text or the whole document is larger than can be laid out safely."""


def check(snapshot: Mapping[str, Any]) -> None:
    """Raise `TooLarge` where one text has more than 200 KB, or all facts more than 4 MB."""
    if any(len(text.encode()) > LARGEST_TEXT for text in texts(snapshot)):
        raise TooLarge(
            "One of the texts in this document is longer than 200 KB, which is about seventy "
            "pages. No document was made, and nothing was changed. Shorten the text, then ask "
            "for the document again."
        )
    if len(canonical(snapshot).encode()) > LARGEST_DOCUMENT:
        raise TooLarge(
            "This document would hold more than 4 MB of text and figures. No document was made, "
            "and nothing was changed. Shorten the longest texts or take out some charts, then "
            "ask for the document again."
        )


def seconds_for(snapshot: Mapping[str, Any]) -> int:
    """How long the layout may take, in processor time: half a second a page, from one minute to
    ten."""
    return round(min(MOST_SECONDS, max(LEAST_SECONDS, _pages(snapshot) * SECONDS_A_PAGE)))


def usual_seconds(snapshot: Mapping[str, Any]) -> float:
    """How long the layout takes as a rule, to say how far it is."""
    return USUAL_START + _pages(snapshot) * USUAL_SECONDS_A_PAGE


def _pages(snapshot: Mapping[str, Any]) -> float:
    return sum(len(text) for text in texts(snapshot)) / CHARACTERS_A_PAGE


def texts(value: Any) -> Iterator[str]:
    """Every text in a snapshot."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
