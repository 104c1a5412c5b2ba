"""How documents say things: dates, numbers, counts, and the entries of the contents."""

from dataclasses import dataclass
from datetime import date, datetime

from stakeholders.enums import Pillar
from vbc.ui.dates import MONTHS, london
from vbc.ui.pillars import PILLARS
from vbc.ui.pillars import Pillar as DrawnPillar

# The pillars are in one order everywhere, so their places tell which drawn one is which.
DRAWN: dict[str, DrawnPillar] = dict(zip(Pillar.values, PILLARS, strict=True))

SMALL_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, which leads to the section with the id `key`."""

    key: str
    title: str
    number: str = ""
    level: int = 1

    @property
    def prefix(self) -> str:
        """ "Annex A: " or "1. "; empty for a section without a number."""
        if self.number.isalpha():
            return f"Annex {self.number}: "
        return f"{self.number}. " if self.number else ""


def day(value: str | None) -> str:
    """4 December 2026, of an ISO day or moment; empty for none."""
    if not value:
        return ""
    if "T" in value:
        found: date = london(datetime.fromisoformat(value)).date()
    else:
        found = date.fromisoformat(value)
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def figure(value: float | int | None) -> str:
    """1,234.5, with a true minus sign; empty for none."""
    if value is None:
        return ""
    return f"{value:,.10g}".replace("-", "\u2212")


def count(number: int) -> str:
    """A number in words up to ten, in figures from there on."""
    return SMALL_NUMBERS[number] if number < len(SMALL_NUMBERS) else f"{number:,}"
