"""What comes out of an imported file: figures, problems, and what was learned about the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

State = Literal["value", "suppressed", "missing"]
CodeSpace = Literal["ons", "ods"]


class UnreadableFile(Exception):
    """The whole file cannot be used. Its text is a plain message for the person who added it."""


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One published figure: an indicator, in an area, in a period, for a group of people.

    `period` is as printed by the source; `period_sort` orders periods of one indicator.
    `value` is in `unit`; `lower` and `upper` are its 95% limits. `comparison` is the source's own
    word, such as "Better". `state` says why a value is absent: a suppressed figure exists and was
    withheld to protect people, a missing one is not there; neither is ever zero. A suppressed row
    carries no limits and no count, since those could give back what was withheld.
    """

    indicator_code: str
    indicator_name: str
    area_code: str
    area_name: str
    area_type: str
    period: str
    period_sort: int
    sex: str
    age: str
    category_type: str
    category: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    count: Decimal | None
    denominator: Decimal | None
    state: State
    note: str
    unit: str
    comparison: str
    line: int

    @property
    def key(self) -> tuple[str, ...]:
        """What makes this figure the same figure as another: everything but the numbers."""
        return (
            self.indicator_code,
            self.area_code,
            self.period,
            self.sex,
            self.age,
            self.category_type,
            self.category,
        )


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong with one row: where, what was found, and what to do about it.

    `column` is the file's own name for the column, or '' where the whole row is meant. `message`
    is a full sentence that begins with the line number.
    """

    line: int
    column: str
    found: str
    message: str


Item = ObservationRow | RowProblem


@dataclass(slots=True)
class ParsedFile:
    """An opened file: what it is, and its rows, read one at a time and once only.

    `columns` gives the file's column for each field that was recognised; `ignored` lists the
    columns that were not. `assumed` holds what the file does not say and was taken for granted,
    such as the period, so that a person can confirm it before anything is kept.
    """

    filename: str
    mapping: str
    title: str
    code_space: CodeSpace
    encoding: str
    delimiter: str
    decimal_comma: bool
    header: tuple[str, ...]
    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    assumed: Mapping[str, str]
    rows: Iterator[Item]

    def __iter__(self) -> Iterator[Item]:
        return self.rows
