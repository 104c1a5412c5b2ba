"""Open a data file: what it is, which columns it has, and its rows, one at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as MappingType
from itertools import chain
from typing import BinaryIO

from evidence.importers.mapping import NUMBER_FIELDS, TEXT_FIELDS, Mapping
from evidence.importers.mappings import BY_NAME, SAVED, TIDY
from evidence.importers.periods import period_sort
from evidence.importers.reading import Reading, Record, records
from evidence.importers.rows import ParsedFile, UnreadableFile
from evidence.importers.text import (
    MAX_BYTES,
    MAX_COLUMNS,
    as_text,
    delimiter_of,
)

_SHOWN_COLUMNS = 12
_YEARS_IN_NAME = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[-_]([0-9]{2})(?![0-9])")


def open_file(
    stream: BinaryIO,
    filename: str,
    mapping_name: str | None = None,
    *,
    constants: MappingType[str, str] | None = None,
    max_bytes: int = MAX_BYTES,
) -> ParsedFile:
    """Open a CSV file of figures, however it was written, and prepare to read its rows.

    Without `mapping_name` the kind of file is found from its header. `constants` says what the
    file itself does not, such as {"period": "2024-25"}; it is used only for fields that the file
    has no column for. Raises UnreadableFile, with a plain message, before any row is read; after
    that no row of any file raises. Raises ValueError for a mapping or field that does not exist.
    """
    if mapping_name is not None and mapping_name not in BY_NAME:
        raise ValueError(f"no mapping {mapping_name!r}; there are {', '.join(BY_NAME)}")
    given = dict(constants or {})
    if unknown := given.keys() - {*TEXT_FIELDS, *NUMBER_FIELDS}:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")

    text, encoding = as_text(stream, max_bytes=max_bytes)
    try:
        delimiter = delimiter_of(text)
        source = records(text, delimiter)
        header = _header(source)
        mapping, found = _choose(header, mapping_name, given)
        assumed = _assumed(mapping, found, given, filename)
        first = next(source, None)
        if first is None:
            raise UnreadableFile("This file has a header and no rows below it.")
    except UnreadableFile:
        text.close()
        raise
    used = {field: header[position] for field, position in found.items()}
    reading = Reading(
        mapping=mapping,
        header=header,
        found=found,
        constants={name: value for name, value in given.items() if name not in found} | assumed,
        decimal_comma=delimiter == ";",
    )
    return ParsedFile(
        filename=filename,
        mapping=mapping.name,
        title=mapping.title,
        code_space=mapping.code_space,
        encoding=encoding,
        delimiter=delimiter,
        decimal_comma=delimiter == ";",
        header=header,
        columns=used,
        ignored=tuple(name for name in header if name and name not in used.values()),
        assumed=assumed,
        rows=reading.items(chain([first], source)),
    )


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
    header: Sequence[str], mapping_name: str | None, given: MappingType[str, str]
) -> tuple[Mapping, dict[str, int]]:
    if mapping_name is not None:
        mapping = BY_NAME[mapping_name]
        found = mapping.find(header)
        if missing := _missing(mapping, found, given):
            raise UnreadableFile(
                f"This file cannot be read as “{mapping.title}”."
                f" It needs the columns {_listed(missing)}. We found {_listed(header)}."
            )
        return mapping, found
    fitting = [
        (mapping, found)
        for mapping in SAVED
        if not _missing(mapping, found := mapping.find(header), given)
    ]
    if not fitting:
        needed = _listed(TIDY.missing({}))
        raise UnreadableFile(
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
