"""From the records of an opened file to figures and problems, one at a time."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TextIO

from evidence.importers.cells import clean, number, state_of
from evidence.importers.mapping import NUMBER_FIELDS, TEXT_FIELDS, Mapping, code_from
from evidence.importers.periods import FIRST_YEAR, LAST_YEAR, period_sort
from evidence.importers.rows import Item, Lines, ObservationRow, Record, RowProblem, State
from evidence.importers.seen import Seen
from evidence.importers.text import SEPARATOR_LINE

# Longer cells are not cut: a cut name or code would be another name or code.
LONGEST = {
    "indicator_code": 80,
    "indicator_name": 240,
    "area_code": 12,
    "area_name": 160,
    "area_type": 80,
    "period": 40,
    "sex": 40,
    "age": 60,
    "category_type": 80,
    "category": 160,
    "note": 400,
    "unit": 80,
    "comparison": 40,
}
_UNITS = {"proportion": "%", "percentage": "%", "percent": "%", "per cent": "%"}
_COUNTED = {"people", "persons", "referrals"}
_NAMES = {"lower": "lower limit", "upper": "upper limit"}
_LONGEST_SHOWN = 60
_TOO_LONG = "one cell is far too long. A quotation mark may be missing on this line or before it."


def records(text: TextIO, delimiter: str) -> Iterator[Record]:
    """The records that hold anything, without a "sep=;" line. Closes the text at its end."""
    reader = csv.reader(text, delimiter=delimiter)
    before = 0
    with text:
        while True:
            try:
                cells = next(reader, None)
            except csv.Error:
                # A cell of more than 131,072 characters; the reader goes on with the next line.
                yield Record(before + 1, None, _TOO_LONG)
            else:
                if cells is None:
                    break
                is_separator = before == 0 and SEPARATOR_LINE.fullmatch(delimiter.join(cells))
                if not is_separator and any(cell.strip() for cell in cells):
                    yield Record(before + 1, cells)
            before = reader.line_num


@dataclass(frozen=True)
class Reading:
    """What is needed to read each record of one file."""

    mapping: Mapping
    header: Sequence[str]
    found: MappingType[str, int]
    constants: MappingType[str, str]
    decimal_comma: bool
    lines: Lines = field(default_factory=Lines)

    def items(self, source: Iterable[Record]) -> Iterator[Item]:
        """A figure for each good record, every problem of each bad one, in the file's order."""
        seen = Seen()
        for record in source:
            row, problems = self.read(record)
            yield from problems
            if row is not None:
                yield _repeat(row, seen, self.lines) or row

    def read(self, record: Record) -> tuple[ObservationRow | None, list[RowProblem]]:
        """One record as a figure, or the problems that stop it being one."""
        cells, line = record.cells, record.line
        if cells is None:
            says = f"{self.lines.called(line)}: {record.trouble}"
            return None, [RowProblem(line, "", "", says)]
        width = len(self.header)
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            return None, [
                RowProblem(
                    line,
                    "",
                    str(len(cells)),
                    f"{self.lines.called(line)}: this row has {len(cells)} cells and the header has"
                    f" {width}."
                    " Look for a missing or extra separator or quotation mark.",
                )
            ]
        raw = {name: clean(cells[position]) for name, position in self.found.items()}
        fields = dict(self.constants) | raw
        if self.mapping.row_rule is not None:
            fields = self.mapping.row_rule(fields)
        return _Row(self, line, fields).build()


class _Row:
    """One record on its way to a figure, collecting what is wrong with it."""

    def __init__(self, reading: Reading, line: int, fields: dict[str, str]) -> None:
        self.reading = reading
        self.line = line
        self.fields = fields
        self.problems: list[RowProblem] = []

    def build(self) -> tuple[ObservationRow | None, list[RowProblem]]:
        text = {name: self.fields.get(name, "") for name in TEXT_FIELDS}
        text["unit"] = _UNITS.get(text["unit"].casefold(), text["unit"])
        self.check_text(text)
        text["indicator_code"] = text["indicator_code"] or code_from(text["indicator_name"])
        order = self.order(text["period"])
        states = {name: state_of(self.fields.get(name, "")) for name in NUMBER_FIELDS}
        numbers = {name: self.number(name, states[name]) for name in NUMBER_FIELDS}
        state = states["value"]
        if state == "missing" and states["count"] == "suppressed":
            state = "suppressed"  # the rate is empty because the count was withheld
        if state == "suppressed":
            numbers |= {"value": None, "lower": None, "upper": None, "count": None}
        self.check_numbers(numbers, text["unit"])
        if self.problems:
            return None, self.problems
        fields: dict[str, Any] = {**text, **numbers}
        return ObservationRow(**fields, period_sort=order, state=state, line=self.line), []

    def problem(self, name: str, found: str, says: str) -> None:
        position = self.reading.found.get(name)
        column = self.reading.header[position] if position is not None else ""
        if len(found) > _LONGEST_SHOWN:
            found = found[:_LONGEST_SHOWN] + "…"
        says = f"{self.reading.lines.called(self.line)}: {says}"
        self.problems.append(RowProblem(self.line, column, found, says))

    def check_text(self, text: MappingType[str, str]) -> None:
        if not text["area_code"]:
            self.problem(
                "area_code", "", "there is no area code. Add the code of the area that it is about."
            )
        if not text["indicator_name"]:
            self.problem(
                "indicator_name", "", "there is no indicator. Add what the figure measures."
            )
        for name, words in text.items():
            limit = LONGEST[name]
            if len(words) > limit:
                self.problem(
                    name,
                    words,
                    f"the {name.replace('_', ' ')} has {len(words)} characters."
                    f" The limit is {limit}. Shorten it, or look for a missing quotation mark.",
                )

    def order(self, period: str) -> int:
        if not period:
            self.problem("period", "", "there is no period. Add it, for example 2024-25 or 2024.")
            return 0
        given = self.fields.get("period_sort", "")
        if re.fullmatch(r"[0-9]{8}", given) and FIRST_YEAR <= int(given[:4]) <= LAST_YEAR:
            return int(given)
        try:
            return period_sort(period)
        except ValueError:
            shown = period[:_LONGEST_SHOWN]
            self.problem(
                "period",
                period,
                f"the period “{shown}” cannot be read. Write it like 2024, 2024-25 or 2024 Q1.",
            )
            return 0

    def number(self, name: str, state: State) -> Decimal | None:
        if state != "value":
            return None
        found = self.fields[name]
        try:
            return number(found, decimal_comma=self.reading.decimal_comma)
        except ValueError as error:
            shown = found[:_LONGEST_SHOWN]
            self.problem(name, found, f"the {_NAMES.get(name, name)} “{shown}” {error}.")
            return None

    def check_numbers(self, numbers: MappingType[str, Decimal | None], unit: str) -> None:
        counts = ["count", "denominator"] + (["value"] if unit.casefold() in _COUNTED else [])
        for name in counts:
            value = numbers[name]
            if value is not None and value < 0:
                called = "count" if name == "value" else name
                self.problem(
                    name,
                    self.fields[name],
                    f"the {called} is \u2212{-value:f}. A {called} cannot be below zero.",
                )
        if unit == "%":
            for name in ("value", "lower", "upper"):
                value = numbers[name]
                if value is not None and not 0 <= value <= 100:
                    self.problem(
                        name,
                        self.fields[name],
                        f"the {_NAMES.get(name, name)} is {value:f}%."
                        " A percentage lies between 0 and 100.",
                    )
        lower, upper = numbers["lower"], numbers["upper"]
        if lower is not None and upper is not None and lower > upper:
            self.problem(
                "lower",
                self.fields["lower"],
                f"the lower limit ({lower:f}) is above the upper limit ({upper:f})."
                " Check whether they changed places.",
            )


def _repeat(row: ObservationRow, seen: Seen, lines: Lines) -> RowProblem | None:
    """A problem where the figure was there before."""
    numbers = (str(row.value), str(row.lower), str(row.upper), str(row.count), row.state)
    first = seen.first(row.key, numbers, row.line)
    if first == row.line:
        return None
    if first > 0:
        says = f"this row repeats {lines.at(first)}. It is left out, and nothing needs doing."
    else:
        says = (
            f"this row is about the same figure as {lines.at(-first)}, with different numbers."
            f" {lines.called(-first)} is used. Check which is right, and remove the other."
        )
    return RowProblem(row.line, "", "", f"{lines.called(row.line)}: {says}")
