"""What comes out of an imported file: figures, problems, and what was learned about the file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

State = Literal["value", "suppressed", "missing"]
CodeSpace = Literal["ons", "ods"]


class UnreadableFile(Exception):
    """The whole file cannot be used. Its text is a plain message for the person who added it."""


class UnknownColumns(UnreadableFile):
    """A table, but of no kind that is known: a person has to say which column is what."""


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record, with the line it begins on.

    No cells where it was unreadable; `trouble` then says why, as half a sentence.
    """

    line: int
    cells: Sequence[str] | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a workbook by name: those that are read; those with a table of other columns,
    which are not; and those without a table (a cover, notes) or hidden. Empty for other files."""

    read: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Lines:
    """What the lines of a file are called for the person who looks for them.

    Where several sheets are read one after the other, lines are counted on through all of them, so
    that each number is one row; here it becomes the sheet and its row again.
    """

    def __init__(self) -> None:
        self._sheets: list[str] = []
        self._before: list[int] = []

    def begin(self, sheet: str, before: int) -> None:
        """From here on the rows are of this sheet; `before` lines were counted by then."""
        self._sheets.append(sheet)
        self._before.append(before)

    def at(self, line: int) -> str:
        """A line inside a sentence: "line 12", or "row 12 of the sheet “2023-24”"."""
        if not self._sheets:
            return f"line {line}"
        place = max(0, bisect_left(self._before, line) - 1)
        return f"row {line - self._before[place]} of the sheet “{self._sheets[place]}”"

    def called(self, line: int) -> str:
        """The same at the beginning of a sentence."""
        words = self.at(line)
        return words[0].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Writing:
    """How a file was written. What is None is found out from the file.

    `encoding` and `delimiter` are of a CSV file; a workbook has neither (its encoding is
    "workbook"). With `decimal_comma`, "12,5" is twelve and a half.
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal_comma: bool | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file as it was read, for a person to say which column is what."""

    encoding: str
    delimiter: str
    decimal_comma: bool
    header: tuple[str, ...]
    records: tuple[Record, ...]
    sheets: Sheets = field(default_factory=Sheets)


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


@dataclass(frozen=True, slots=True)
class AreaChange:
    """What an area became: the code of the other area, how, and the day where it is known.

    `how` is "same" (the same place by another name or code, with the same borders), "new_code" (it
    has another code since, and mostly other borders), "merged" (all of it is part of the other one
    now) or "split" (the other one is a part of it).
    """

    code: str
    how: str
    on: date | None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A place: its codes, its name, what it lies in and what it became.

    `area_type` is empty where the code says it. `within` names other areas by their code, the one
    that matters most first. A row without a name says something of an area that others name.
    """

    code: str
    line: int
    name: str = ""
    ods_code: str = ""
    area_type: str = ""
    within: tuple[str, ...] = ()
    became: tuple[AreaChange, ...] = ()
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class BoundaryRow:
    """The outline of an area as GeoJSON: longitude and latitude, WGS 84."""

    code: str
    name: str
    geometry: dict[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """What a publisher says of an indicator. Empty is what it does not say.

    `polarity` is "high", "low" or "none"; `benchmark_method` is "ci", "proportion", "quintiles",
    "goal" or "none", and `benchmark_words` are the publisher's own for it.
    """

    code: str
    name: str
    unit: str
    polarity: str
    benchmark_method: str
    benchmark_words: str
    definition: str
    rationale: str
    caveats: str
    disclosure: str
    line: int


Item = ObservationRow | RowProblem


@dataclass(slots=True)
class ParsedFile:
    """An opened file: what it is, and its rows, read one at a time and once only.

    `kind` is "figures", and then each good row is an ObservationRow; or "areas", "boundaries" or
    "indicators", with rows of those.
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
    kind: str = "figures"
    sheets: Sheets = field(default_factory=Sheets)
    lines: Lines = field(default_factory=Lines)

    def __iter__(self) -> Iterator[Item]:
        return self.rows
