"""Read one row of a list of services. Nothing is guessed: a cell that cannot be read is a problem,
with its line and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from evidence.importers.cells import clean, number
from evidence.importers.periods import one_year
from evidence.importers.rows import Lines, RowProblem
from evidence.importers.service_columns import (
    ACTIVITY,
    ADULTS,
    AS_OF,
    BOTH_PERIOD,
    BOTH_UNIT,
    CAPACITY,
    CHOSEN,
    COST,
    COST_BASIS,
    COST_YEAR,
    DAY,
    EVERYBODY,
    NEEDED,
    NUMBERS,
    PERIODS,
    SEVERAL,
    SOURCE,
    TEXTS,
    UNITS,
    WAITING,
)

ADULT_FROM = 18
# Above this many times the room, one unit and period cannot be meant for both.
MOST_TIMES = 2
_LISTED = "The words that go here are listed below"
_NOT_A_WORD = "is not one of the words that go here, which are listed below"
_AGES = 150
_LARGEST = 10_000_000_00


Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """One figure of a row: whole pence, days, or units over a period."""

    kind: str
    value: int
    unit: str = ""
    period: str = ""
    basis: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service as its row says it. `source` and `dated_on` are those of all its figures."""

    line: int
    title: str
    description: str
    provider: str
    sector: str
    level: str
    status: str
    place: str
    contact: str
    age_from: int | None
    age_to: int | None
    contract_ends: date | None
    groups: tuple[str, ...]
    ways_in: tuple[str, ...]
    figures: tuple[ReadFigure, ...]
    source: str
    dated_on: date | None


class RowReader:
    """One row while it is read; what is wrong is collected in `problems`, not raised."""

    def __init__(
        self,
        line: int,
        columns: Mapping[str, int],
        cells: Sequence[str],
        words: Words,
        lines: Lines,
    ) -> None:
        self.line, self.columns, self.cells, self.words = line, columns, cells, words
        self.place = lines.called(line)
        self.problems: list[RowProblem] = []

    def cell(self, column: str) -> str:
        """What stands in a column; empty where the file has no such column."""
        place = self.columns.get(column, len(self.cells))
        return clean(self.cells[place]) if place < len(self.cells) else ""

    def wrong(self, column: str, found: str, what: str) -> None:
        """Note that something of a column cannot be used."""
        said = f"“{found[:80]}” " if found else ""
        message = f"{self.place}, “{column}”: {said}{what}."
        problem = RowProblem(self.line, column, found[:200], message)
        if problem not in self.problems:
            self.problems.append(problem)

    def service(self) -> ServiceRow | None:
        """What the row says; None where something of it cannot be used."""
        texts = {name: self._text(*TEXTS[name]) for name in TEXTS}
        chosen = {
            name: self._one_of(name, column, is_needed=column in NEEDED)
            for name, column in CHOSEN.items()
        }
        ways_in = self._several("ways_in", self._said("ways_in"))
        groups, is_for_adults = self._meant_for()
        age_from, age_to = (
            self._whole(column, at_most=_AGES, what="an age in years")
            for column in NUMBERS.values()
        )
        if is_for_adults and age_from is None and not self.cell(NUMBERS["age_from"]):
            age_from = ADULT_FROM
        if age_from is not None and age_to is not None and age_from > age_to:
            self.wrong(NUMBERS["age_to"], self.cell(NUMBERS["age_to"]), "is below the first age")
        figures = tuple(self._figures())
        source, dated_on = self.cell(SOURCE), self._day(AS_OF)
        if figures and not source:
            self.wrong(SOURCE, "", "is empty. Say where the figures are from")
        if figures and dated_on is None and not self.cell(AS_OF):
            self.wrong(AS_OF, "", "is empty. Say of which day the figures are")
        contract_ends = self._day(DAY["contract_ends"])
        if len(source) > 240:
            self.wrong(SOURCE, source, "is longer than 240 characters")
        if self.problems:
            return None
        return ServiceRow(
            line=self.line,
            title=texts["title"],
            description=texts["description"],
            provider=texts["provider"],
            place=texts["place"],
            contact=texts["contact"],
            sector=chosen["sector"],
            level=chosen["level"],
            status=chosen["status"],
            groups=groups,
            ways_in=ways_in,
            age_from=age_from,
            age_to=age_to,
            contract_ends=contract_ends,
            figures=figures,
            source=source,
            dated_on=dated_on,
        )

    def _text(self, column: str, longest: int, is_needed: bool) -> str:
        said = self.cell(column)
        if is_needed and not said:
            self.wrong(column, "", "is empty. Fill it in")
        if len(said) > longest:
            self.wrong(column, said, f"is longer than {longest} characters")
        return said

    def _value(self, name: str, said: str) -> str | None:
        """What a word stands for: the value itself, or what it is called."""
        for value, label in self.words[name].items():
            if said.casefold() in (value.casefold(), label.casefold()):
                return value
        return None

    def _one_of(self, name: str, column: str, *, is_needed: bool = False) -> str:
        said = self.cell(column)
        if not said:
            if is_needed:
                self.wrong(column, "", f"is empty. {_LISTED}")
            return ""
        value = self._value(name, said)
        if value is None:
            self.wrong(column, said, _NOT_A_WORD)
        return value or ""

    def _said(self, name: str) -> list[str]:
        """The words of a cell that holds several, with semicolons between them."""
        return [each for each in map(clean, self.cell(SEVERAL[name]).split(";")) if each]

    def _meant_for(self) -> tuple[tuple[str, ...], bool]:
        """The groups a service is made for, and whether it is for adults."""
        said = self._said("groups")
        plain = [each.casefold() for each in said]
        is_for_all = EVERYBODY.casefold() in plain
        if is_for_all and len(set(plain)) > 1:
            self.wrong(
                SEVERAL["groups"],
                self.cell(SEVERAL["groups"]),
                f"says “{EVERYBODY}” and others too. Write one or the other",
            )
            return (), False
        special = (EVERYBODY.casefold(), ADULTS.casefold())
        groups = [each for each in said if each.casefold() not in special]
        return self._several("groups", groups), ADULTS.casefold() in plain

    def _several(self, name: str, said: list[str]) -> tuple[str, ...]:
        values = []
        for each in said:
            value = self._value(name, each)
            if value is None:
                self.wrong(SEVERAL[name], each, _NOT_A_WORD)
            else:
                values.append(value)
        return tuple(dict.fromkeys(values))

    def _decimal(self, column: str) -> Decimal | None:
        said = self.cell(column).removeprefix("£").strip()
        if not said:
            return None
        try:
            value = number(said)
        except ValueError as error:
            self.wrong(column, said, str(error))
            return None
        if value < 0:
            self.wrong(column, said, "is below nought")
            return None
        return value

    def _whole(self, column: str, *, at_most: int, what: str) -> int | None:
        value = self._decimal(column)
        if value is None:
            return None
        if value != int(value) or value > at_most:
            self.wrong(column, self.cell(column), f"is not {what}")
            return None
        return int(value)

    def _day(self, column: str) -> date | None:
        """1/4/2026 (day first, as in the United Kingdom) or 2026-04-01."""
        said = self.cell(column)
        if not said:
            return None
        for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(said, pattern).date()
            except ValueError:
                continue
        self.wrong(column, said, "is not a day. Write it like 1/4/2026")
        return None

    def _figures(self) -> Iterator[ReadFigure]:
        pounds = self._decimal(COST)
        basis, year = self._one_of("basis", COST_BASIS), self.cell(COST_YEAR)
        if pounds is not None:
            pence = pounds * 100
            if pence != int(pence) or pence > _LARGEST * 100:
                self.wrong(COST, self.cell(COST), "is not an amount in pounds and pence")
            elif not basis and not self.cell(COST_BASIS):
                self.wrong(COST_BASIS, "", f"is empty. {_LISTED}")
            elif not (plain := _year(year)):
                self.wrong(COST_YEAR, year, "is not a year. Write it like 2025-26")
            else:
                yield ReadFigure("cost", int(pence), basis=basis, year=plain)
        yield from self._amounts()
        days = self._whole(WAITING, at_most=3650, what="a number of days")
        if days is not None:
            yield ReadFigure("waiting", days)

    def _amounts(self) -> Iterator[ReadFigure]:
        values = {
            column: self._whole(column, at_most=10_000_000, what="a whole number")
            for column in (CAPACITY, ACTIVITY)
        }
        if self._is_unclear(values[CAPACITY], values[ACTIVITY]):
            return
        for kind, column in (("capacity", CAPACITY), ("activity", ACTIVITY)):
            value = values[column]
            unit_column = self._beside(UNITS[column], BOTH_UNIT)
            period_column = self._beside(PERIODS[column], BOTH_PERIOD)
            unit, period = self.cell(unit_column), self._one_of("period", period_column)
            if value is None:
                continue
            if not unit or len(unit) > 40:
                self.wrong(
                    unit_column, unit, "does not say what is counted, such as people or beds"
                )
            elif not period and not self.cell(period_column):
                self.wrong(period_column, "", f"is empty. {_LISTED}")
            else:
                yield ReadFigure(kind, value, unit=unit, period=period)

    def _beside(self, own: str, both: str) -> str:
        """The column that says it of this number: its own, or where that is empty the shared one
        of an older file."""
        return both if self.cell(both) and not self.cell(own) else own

    def _is_unclear(self, room: int | None, use: int | None) -> bool:
        """Whether an older file says one thing of two numbers that cannot both be meant by it."""
        shares = any(
            self._beside(of[CAPACITY], both) == self._beside(of[ACTIVITY], both) == both
            for of, both in ((UNITS, BOTH_UNIT), (PERIODS, BOTH_PERIOD))
        )
        if not shares or room is None or use is None or use <= MOST_TIMES * room:
            return False
        both = BOTH_UNIT if self.cell(BOTH_UNIT) else BOTH_PERIOD
        named = ", ".join(f"“{each}”" for each in (*UNITS.values(), *PERIODS.values()))
        self.wrong(
            both,
            self.cell(both),
            f"is said of the room and of the use, and {use:,} is many times {room:,}. They may be "
            f"counted in different things. Say each by itself, in the columns {named}",
        )
        return True


def _year(text: str) -> str:
    """A year as it is kept; empty where it is none."""
    try:
        return one_year(text)
    except ValueError:
        return ""
