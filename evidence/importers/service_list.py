"""Read a list of services from a CSV file or a workbook: a stream in, services and problems out.

One row is one service. The words that a column may hold are given by the caller, so that this
module knows no list of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from evidence.importers.cells import clean
from evidence.importers.opening import Table, open_table
from evidence.importers.rows import Lines, RowProblem, Sheets, UnreadableFile
from evidence.importers.service_columns import (
    BOTH_PERIOD,
    BOTH_UNIT,
    EXAMPLE,
    HEAD,
    NEEDED,
    TEXTS,
)
from evidence.importers.service_row import RowReader, ServiceRow, Words

MAX_ROWS = 500
MAX_BYTES = 1024 * 1024


@dataclass(slots=True)
class ServiceFile:
    """What a file holds: the rows that can be used, and what is wrong with the others."""

    rows: list[ServiceRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    sheets: Sheets = field(default_factory=Sheets)
    lines: Lines = field(default_factory=Lines)
    had_example: bool = False


def read(stream: BinaryIO, words: Words) -> ServiceFile:
    """Read a whole file. `words`: for sector, level, status, groups, ways_in, basis and period
    what each value is called; a cell may hold either, in small or capital letters.

    Of a workbook, the first sheet with a table is read and all with the same columns; one with
    other columns is a problem. Raises UnreadableFile for a file that is no table, too large or too
    long, without the columns that every service needs, or without a service.
    """
    table = open_table(stream, max_bytes=MAX_BYTES)
    try:
        return _read(table, words)
    except UnreadableFile as refusal:
        raise UnreadableFile(f"{refusal}{table.which}") from refusal
    finally:
        table.close()


def _read(table: Table, words: Words) -> ServiceFile:
    columns, ignored = _columns(table.header)
    lines = table.lines
    found = ServiceFile(ignored=ignored, sheets=table.sheets, lines=lines)
    found.problems += [_not_read(sheet) for sheet in table.sheets.others]
    seen: dict[tuple[str, str], int] = {}
    for record in table.records:
        line = record.line
        row = RowReader(line, columns, record.cells or (), words, lines)
        if row.cell(TEXTS["title"][0]).casefold() == EXAMPLE.casefold():
            found.had_example = True
            continue
        if len(found.rows) + len({each.line for each in found.problems if each.line}) >= MAX_ROWS:
            raise UnreadableFile(
                f"This file has more than {MAX_ROWS} services, which is the limit. Split it, and "
                "add the parts."
            )
        if record.cells is None:
            says = f"{lines.called(line)}: {record.trouble}"
            found.problems.append(RowProblem(line, "", "", says))
            continue
        made = row.service()
        if made is not None:
            key = (made.provider.casefold(), made.title.casefold())
            if key in seen:
                says = f"stands on {lines.at(seen[key])} already"
                row.wrong(TEXTS["title"][0], made.title, says)
            else:
                seen[key] = line
        if made is not None and not row.problems:
            found.rows.append(made)
        found.problems.extend(row.problems)
    if not found.rows and not found.problems:
        only = " but the example" if found.had_example else ""
        raise UnreadableFile(
            f"This file has no service below the column names{only}. Write each service on a line "
            "of its own, and add the file again."
        )
    return found


def _not_read(sheet: str) -> RowProblem:
    return RowProblem(
        0,
        "",
        sheet,
        f"The sheet “{sheet}” was not read, because its columns are others. If it has services "
        "too, save it by itself and add that file.",
    )


def _columns(head: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    known = {name.casefold(): name for name in (*HEAD, BOTH_UNIT, BOTH_PERIOD)}
    columns: dict[str, int] = {}
    ignored = []
    for place, cell in enumerate(head):
        name = known.get(clean(cell).casefold().removesuffix("?"))
        if name is None:
            ignored.append(clean(cell))
        elif name in columns:
            raise UnreadableFile(f"The column “{name}” stands twice. Take one of them out.")
        else:
            columns[name] = place
    if missing := [name for name in NEEDED if name not in columns]:
        named = ", ".join(f"“{name}”" for name in missing)
        raise UnreadableFile(
            f"This file lacks columns that every service needs: {named}. Write their names into "
            "the first line."
        )
    return columns, tuple(name for name in ignored if name)
