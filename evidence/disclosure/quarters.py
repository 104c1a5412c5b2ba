"""Quarters of a year, in which what people say is told together once the quarter is over.

An answer is in one quarter only and a quarter that is over takes no more, so that nothing is
learned by comparing one day with the next, or one quarter with another.
"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Three months of a year; `number` from 1 to 4."""

    year: int
    number: int

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def months(self) -> tuple[int, int]:
        """Its first and its last month, 1 to 12."""
        return self.number * 3 - 2, self.number * 3

    @property
    def shown_from(self) -> date:
        """The first day on which it is over."""
        return date(self.year + self.number // 4, self.number % 4 * 3 + 1, 1)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month - 1) // 3 + 1)


def quarter_shown_from(day: date) -> Quarter:
    """The quarter that was over on `day`, which is the first day after it."""
    return quarter_of(day - timedelta(days=1))
