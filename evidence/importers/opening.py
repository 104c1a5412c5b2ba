"""Open a data file: what it is, which columns it has, and its rows, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import BinaryIO

from evidence.importers.mapping import NUMBER_FIELDS, TEXT_FIELDS, Mapping
from evidence.importers.mappings import BY_NAME, SAVED, TIDY
from evidence.importers.periods import period_sort
from evidence.importers.reading import Reading, records
from evidence.importers.rows import (
    Item,
    Lines,
    ParsedFile,
    Record,
    Sample,
    Sheets,
    UnknownColumns,
    UnreadableFile,
    Writing,
)
from evidence.importers.text import (
    MAX_BYTES,
    MAX_COLUMNS,
    as_text,
    delimiter_of,
)
from evidence.importers.workbook import SIGNATURE, open_workbook

WORKBOOK = "workbook"
_SHOWN_COLUMNS = 12
_YEARS_IN_NAME = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-_]([0-9]{2})(?![0-9])")
_AS_FOUND = Writing()


@dataclass(slots=True)
class Table:
    """A file's column names and the records below them, read one at a time and once only."""

    encoding: str
    delimiter: str
    decimal_comma: bool
    header: tuple[str, ...]
    records: Iterator[Record]
    sheets: Sheets = field(default_factory=Sheets)
    lines: Lines = field(default_factory=Lines)

    @property
    def which(self) -> str:
        """Which sheet was looked at, where there was a choice, as a sentence to add to a refusal:
        the table that was meant may stand on another."""
        if not self.sheets.others:
            return ""
        return (
            f" We looked at {_listed(self.sheets.read)}, the first with a table. If another sheet"
            " is meant, save that sheet by itself and add that file."
        )

    def close(self) -> None:
        """Let go of a file that is read no further."""
        _let_go(self.records)


def open_file(
    stream: BinaryIO,
    filename: str,
    mapping_name: str | None = None,
    *,
    mapping: Mapping | None = None,
    constants: MappingType[str, str] | None = None,
    writing: Writing = _AS_FOUND,
    max_bytes: int = MAX_BYTES,
) -> ParsedFile:
    """Open a table of figures (a CSV file or a workbook) and prepare to read its rows.

    `mapping` says how to read it, or `mapping_name` names a saved one; without either the kind of
    file is found from its header, and where none fits, `UnknownColumns` is raised. `constants`
    says what the file itself does not, such as {"period": "2024-25"}; it is used only for fields
    that the file has no column for. Raises UnreadableFile, with a plain message, before any row is
    read; after that no row of any file raises. Raises ValueError for a mapping or field that does
    not exist. `stream` can be wound back.
    """
    if mapping_name is not None and mapping_name not in BY_NAME:
        raise ValueError(f"no mapping {mapping_name!r}; there are {', '.join(BY_NAME)}")
    given = dict(constants or {})
    if unknown := given.keys() - {*TEXT_FIELDS, *NUMBER_FIELDS}:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    wanted = BY_NAME[mapping_name] if mapping_name is not None else mapping
    table = open_table(stream, writing=writing, max_bytes=max_bytes)
    try:
        chosen, found = _choose(table.header, wanted, given)
        assumed = _assumed(chosen, found, given, filename)
        first = next(table.records, None)
        if first is None:
            raise UnreadableFile("This file has a header and no rows below it.")
    except UnreadableFile as refusal:
        table.close()
        raise type(refusal)(f"{refusal}{table.which}") from refusal
    used = {field: table.header[position] for field, position in found.items()}
    reading = Reading(
        mapping=chosen,
        header=table.header,
        found=found,
        constants={name: value for name, value in given.items() if name not in found} | assumed,
        decimal_comma=table.decimal_comma,
        lines=table.lines,
    )
    return ParsedFile(
        filename=filename,
        mapping=chosen.name,
        title=chosen.title,
        code_space=chosen.code_space,
        encoding=table.encoding,
        delimiter=table.delimiter,
        decimal_comma=table.decimal_comma,
        header=table.header,
        columns=used,
        ignored=tuple(name for name in table.header if name and name not in used.values()),
        assumed=assumed,
        rows=reading.items(chain([first], table.records)),
        sheets=table.sheets,
        lines=table.lines,
    )


def open_table(
    stream: BinaryIO, *, writing: Writing = _AS_FOUND, max_bytes: int = MAX_BYTES
) -> Table:
    """The column names and records of a CSV file or a workbook, whatever they are about.

    Raises UnreadableFile.
    """
    begins = stream.read(len(SIGNATURE))
    stream.seek(-len(begins), 1)
    if begins == SIGNATURE:
        encoding, delimiter = WORKBOOK, ""
        book = open_workbook(stream, max_bytes=max_bytes)
        source, sheets, lines = book.records, book.sheets, book.lines
    else:
        text, encoding = as_text(stream, max_bytes=max_bytes, encoding=writing.encoding)
        delimiter = writing.delimiter or delimiter_of(text)
        source, sheets, lines = records(text, delimiter), Sheets(), Lines()
    try:
        header = _header(source)
    except UnreadableFile:
        _let_go(source)
        raise
    comma = delimiter == ";" if writing.decimal_comma is None else writing.decimal_comma
    return Table(encoding, delimiter, comma, header, source, sheets, lines)


def look_at(
    stream: BinaryIO,
    *,
    rows: int = 10,
    writing: Writing = _AS_FOUND,
    max_bytes: int = MAX_BYTES,
) -> Sample:
    """The beginning of a file: its column names and the first `rows` records below them.

    Raises UnreadableFile, also where there are no rows at all.
    """
    table = open_table(stream, writing=writing, max_bytes=max_bytes)
    first = tuple(islice(table.records, rows))
    table.close()
    if not first:
        raise UnreadableFile(f"This file has a header and no rows below it.{table.which}")
    return Sample(
        table.encoding, table.delimiter, table.decimal_comma, table.header, first, table.sheets
    )


def preview(
    sample: Sample, mapping: Mapping, *, constants: MappingType[str, str] | None = None
) -> list[Item]:
    """What would come of the rows of a sample: figures, and what is wrong with those that are none.

    Raises UnreadableFile where a column that the mapping needs is not there.
    """
    given = dict(constants or {})
    chosen, found = _choose(sample.header, mapping, given)
    _assumed(chosen, found, given, "")
    reading = Reading(
        mapping=chosen,
        header=sample.header,
        found=found,
        constants={name: value for name, value in given.items() if name not in found},
        decimal_comma=sample.decimal_comma,
    )
    return list(reading.items(sample.records))


def _let_go(source: Iterator[Record]) -> None:
    """Close a reading that goes no further, and its file with it."""
    close = getattr(source, "close", None)
    if close is not None:
        close()


def _header(source: Iterator[Record]) -> tuple[str, ...]:
    first = next(source, None)
    if first is None or first.cells is None:
        raise UnreadableFile("The first line of this file cannot be read as column names.")
    names = [" ".join(cell.split()) for cell in first.cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise UnreadableFile(
            f"This file has {len(names)} columns. The limit is {MAX_COLUMNS}. Give it one row for"
            " each figure, with the period and the indicator in columns of their own."
        )
    return tuple(names)


def _choose(
    header: Sequence[str], wanted: Mapping | None, given: MappingType[str, str]
) -> tuple[Mapping, dict[str, int]]:
    if wanted is not None:
        found = wanted.find(header)
        if missing := _missing(wanted, found, given):
            raise UnreadableFile(
                f"This file cannot be read as “{wanted.title}”."
                f" It needs the columns {_listed(missing)}. We found {_listed(header)}."
            )
        return wanted, found
    fitting = [
        (mapping, found)
        for mapping in SAVED
        if not _missing(mapping, found := mapping.find(header), given)
    ]
    if not fitting:
        needed = _listed(TIDY.missing({}))
        raise UnknownColumns(
            "We do not know the columns of this file. It needs at least the columns"
            f" {needed}. We found {_listed(header)}. Rename the columns, and add the file again."
        )
    return max(fitting, key=lambda pair: len(pair[1]))


def _missing(
    mapping: Mapping, found: MappingType[str, int], given: MappingType[str, str]
) -> list[str]:
    return mapping.missing(dict(found) | dict.fromkeys(given, -1))


def _assumed(
    mapping: Mapping,
    found: MappingType[str, int],
    given: MappingType[str, str],
    filename: str,
) -> dict[str, str]:
    """What this file leaves unsaid. A period that the file's name states is better than a guess."""
    assumed = {
        name: value
        for name, value in mapping.constants.items()
        if name not in found and name not in given
    }
    if "period" in assumed:
        years = {f"{start}-{end}" for start, end in _YEARS_IN_NAME.findall(filename)}
        if len(years) == 1:
            assumed["period"] = years.pop()
    period = assumed.get("period") or ("" if "period" in found else given.get("period", ""))
    if period:
        try:
            period_sort(period)
        except ValueError:
            raise UnreadableFile(
                f"The period “{period}” cannot be read. Write it like 2024, 2024-25 or 2024 Q1."
            ) from None
    return assumed


def _listed(names: Sequence[str]) -> str:
    shown = [f"“{name[:40]}”" for name in names[:_SHOWN_COLUMNS] if name]
    more = len(names) - _SHOWN_COLUMNS
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    if len(shown) > 1:
        return f"{', '.join(shown[:-1])} and {shown[-1]}"
    return shown[0] if shown else "none"
