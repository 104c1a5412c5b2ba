"""Where anybody can turn in a crisis, day and night. The one place for these facts."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class CrisisLine:
    """A sentence around a number that can be tapped."""

    before: str
    number: str
    address: str
    after: str = "."


CRISIS_LINES = (
    CrisisLine("If a life is in danger, call", "999", "tel:999", " or go to A&E."),
    CrisisLine("Call", "111", "tel:111", " and choose option 2, for mental health, day or night."),
    CrisisLine("Talk to Samaritans on", "116 123", "tel:116123", ", free, day or night."),
    CrisisLine("Would you rather text? Send SHOUT to", "85258", "sms:85258"),
)
_ADDRESSES = {line.number: line.address for line in CRISIS_LINES}
# Known numbers by themselves, not inside a longer one.
_NUMBERS = re.compile(rf"(?<!\d)(?<!\d )({'|'.join(_ADDRESSES)})(?! ?\d)")


def with_numbers(words: str) -> list[tuple[str, str]]:
    """An organisation's own words in pieces: each with the address to tap, or without."""
    return [(piece, _ADDRESSES.get(piece, "")) for piece in _NUMBERS.split(words) if piece]


def lines_beside(words: str) -> list[CrisisLine]:
    """What the organisation's own words do not name already."""
    named = set(_NUMBERS.findall(words))
    return [line for line in CRISIS_LINES if line.number not in named]
