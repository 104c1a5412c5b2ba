"""Open any file that the library can read: figures, areas, boundaries, or what indicators mean."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingType
from typing import BinaryIO

from evidence.importers import areas, boundaries, indicators
from evidence.importers.mapping import Mapping
from evidence.importers.mappings import BY_NAME
from evidence.importers.opening import Table, open_file, open_table
from evidence.importers.references.opening import begins_references
from evidence.importers.rows import Lines, ParsedFile, Sheets, UnreadableFile, Writing
from evidence.importers.text import MAX_BYTES
from evidence.importers.workbook import SIGNATURE

AREAS, BOUNDARIES, INDICATORS = "areas", "boundaries", "indicators"
# What is no figures, by the name that a person chooses it by.
OTHERS = {
    AREAS: "A list of areas",
    BOUNDARIES: "Boundaries of areas (GeoJSON)",
    INDICATORS: "What indicators mean",
}
_CHUNK = 64 * 1024
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_REFERENCES = "This is a list of references: it holds neither figures nor areas."


def open_any(
    stream: BinaryIO,
    filename: str,
    wanted: str = "",
    *,
    mapping: Mapping | None = None,
    constants: MappingType[str, str] | None = None,
    writing: Writing | None = None,
    max_bytes: int = MAX_BYTES,
) -> ParsedFile:
    """Open a file and say what it is.

    `wanted` names one of `OTHERS` or a saved mapping of figures; empty, it is found out. `mapping`,
    `constants` and `writing` are for figures, as in `open_file`. Raises UnreadableFile, also for a
    file of references, which has readers of its own.
    """
    writing = writing or Writing()
    if wanted not in BY_NAME and mapping is None:
        if _begins_as_json(stream) and wanted != AREAS:
            return _json(stream, filename, wanted, max_bytes)
        if not wanted and _holds_references(stream):
            raise UnreadableFile(_REFERENCES)
        if wanted in OTHERS or _looks_other(stream, writing, max_bytes):
            return _table(stream, filename, wanted, writing, max_bytes)
    return open_file(
        stream,
        filename,
        wanted or None,
        mapping=mapping,
        constants=constants,
        writing=writing,
        max_bytes=max_bytes,
    )


def is_read_whole(stream: BinaryIO) -> bool:
    """Whether a file is of a kind that is taken into memory as one: JSON, or a workbook. Tables
    of text are read a row at a time."""
    start = stream.tell()
    begins = stream.read(len(SIGNATURE))
    stream.seek(start)
    return begins == SIGNATURE or _begins_as_json(stream)


def _begins_as_json(stream: BinaryIO) -> bool:
    start = stream.tell()
    head = stream.read(256)
    stream.seek(start)
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def _holds_references(stream: BinaryIO) -> bool:
    start = stream.tell()
    head = stream.read(_CHUNK)
    stream.seek(start)
    return begins_references(head)


def _looks_other(stream: BinaryIO, writing: Writing, max_bytes: int) -> bool:
    """Whether its columns are those of a list of areas or of what indicators mean."""
    start = stream.tell()
    table = open_table(stream, writing=writing, max_bytes=max_bytes)
    stream.seek(start)
    table.close()
    return areas.shape_of(table.header) is not None or indicators.fits(table.header)


def _json(stream: BinaryIO, filename: str, wanted: str, max_bytes: int) -> ParsedFile:
    content = bytearray()
    while chunk := stream.read(_CHUNK):
        content += chunk
        if len(content) > max_bytes:
            raise UnreadableFile(
                f"This file is larger than {max_bytes / 1024 / 1024:.3g} MB, which is the limit."
            )
    data = boundaries.parsed(bytes(content))
    is_list = isinstance(data, list)
    if not wanted and _is_printed_references(data):
        raise UnreadableFile(_REFERENCES)
    if not wanted and not is_list and "features" not in data:
        raise UnreadableFile(
            "This JSON file holds neither boundaries (GeoJSON) nor what indicators mean."
        )
    if wanted == INDICATORS or (not wanted and is_list):
        return _other(filename, INDICATORS, indicators.indicators_in_json(data))
    return _other(filename, BOUNDARIES, boundaries.boundaries_in(data))


def _is_printed_references(data: object) -> bool:
    """Names of studies, each with a reference as it is printed, which has a year."""
    words = list(data.values()) if isinstance(data, dict) else []
    if not words or not all(isinstance(each, str) for each in words):
        return False
    return any(_YEAR.search(each) for each in words)


def _table(
    stream: BinaryIO, filename: str, wanted: str, writing: Writing, max_bytes: int
) -> ParsedFile:
    if wanted == BOUNDARIES:
        raise UnreadableFile("Boundaries are read from GeoJSON files only. This is a table.")
    table = open_table(stream, writing=writing, max_bytes=max_bytes)
    shape = areas.shape_of(table.header)
    if wanted != INDICATORS and shape is not None:
        rows = areas.areas_in(table.header, table.records, shape, table.lines)
        return _other(filename, AREAS, rows, title=shape.title, table=table)
    if wanted != AREAS and indicators.fits(table.header):
        items = indicators.indicators_in_table(table.header, table.records, table.lines)
        return _other(filename, INDICATORS, items, table=table)
    table.close()
    needed = (
        "area_code, area_name and lies_in" if wanted == AREAS else ", ".join(indicators.COLUMNS)
    )
    raise UnreadableFile(
        f"This file cannot be read as “{OTHERS[wanted]}”. It needs at least the columns {needed}."
        f"{table.which}"
    )


def _other(
    filename: str, kind: str, rows: object, *, title: str = "", table: Table | None = None
) -> ParsedFile:
    return ParsedFile(
        filename=filename,
        mapping=kind,
        title=title or OTHERS[kind],
        kind=kind,
        code_space="ons",
        encoding=table.encoding if table else "utf-8",
        delimiter="",
        decimal_comma=False,
        header=(),
        columns={},
        ignored=(),
        assumed={},
        rows=rows,  # type: ignore[arg-type] # of its own kind of row
        sheets=table.sheets if table else Sheets(),
        lines=table.lines if table else Lines(),
    )
