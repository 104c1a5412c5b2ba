"""A workbook (XLSX) as records: the first sheet that has a table, and after it those with the same
columns, read as if they were one CSV. Which sheets were read and which were not is always told.

What a cell shows is read, never what it would work out: of a formula the result that was saved.
Before anything is opened the archive is unpacked once, piece by piece and to nowhere, so that its
size is what it is and not what it claims. A workbook with macros is not opened at all.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, cast

from openpyxl import load_workbook

from evidence.importers.mapping import plain_name
from evidence.importers.rows import Lines, Record, Sheets, UnreadableFile

SIGNATURE = b"PK\x03\x04"
MAX_MEMBERS = 200
MAX_SHEETS = 100
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100  # unpacked to packed; tables of figures stay well below
_SMALL = 1024 * 1024  # what unpacks to less is no bomb, however well it was packed
_CHUNK = 64 * 1024
_LONGEST_NAME = 60  # of a sheet; a spreadsheet program allows 31
_TITLE_ROWS = 30  # a table begins no further down than this
# Spreadsheets declare no document type; whoever does wants entities to be expanded.
_DOCTYPES = tuple("<!DOCTYPE".encode(form) for form in ("utf-8", "utf-16-le", "utf-16-be"))
_LONGEST_MARK = 18
_SAVE_AGAIN = "Open it in the program that made it, save it as CSV, and add the CSV file."


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that is read: from which row on, and where the columns of the first one stand."""

    name: str
    cells: Any
    top: int
    columns: list[str]
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The records of a workbook's tables, column names first; its sheets; what lines are called."""

    records: Iterator[Record]
    sheets: Sheets
    lines: Lines


def open_workbook(stream: BinaryIO, *, max_bytes: int) -> Book:
    """Open a workbook and look at the beginning of each sheet.

    Raises UnreadableFile for what is no workbook, is too large, holds macros, or has no table.
    """
    copy = cast(IO[bytes], SpooledTemporaryFile(max_size=_SMALL))  # noqa: SIM115 - read row by row
    try:
        _copy(stream, copy, max_bytes)
        _look_inside(copy)
        copy.seek(0)
        read, sheets = _tables(copy)
    except UnreadableFile:
        copy.close()
        raise
    except Exception as error:  # openpyxl raises what the damage happens to cause
        copy.close()
        raise UnreadableFile(f"This workbook is damaged and cannot be read. {_SAVE_AGAIN}") from (
            error
        )
    lines = Lines()
    return Book(_until_the_end(_records(read, lines), copy), sheets, lines)


def _copy(stream: BinaryIO, copy: IO[bytes], max_bytes: int) -> None:
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > max_bytes:
            raise UnreadableFile(
                f"This file is larger than {max_bytes / 1024 / 1024:.3g} MB, which is the limit."
                " Split it, for example by year, and add the parts."
            )
        copy.write(chunk)


def _look_inside(copy: IO[bytes]) -> None:
    """Refuse an archive that is no workbook, holds macros, or unpacks to too much."""
    copy.seek(0, 2)
    packed = copy.tell()
    try:
        archive = zipfile.ZipFile(copy)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise UnreadableFile(f"This file is damaged and cannot be opened. {_SAVE_AGAIN}") from error
    members = archive.infolist()
    names = {member.filename.casefold() for member in members}
    if "xl/workbook.xml" not in names:
        if "[content_types].xml" in names:
            raise UnreadableFile(
                f"This is an Office file, but not a workbook that can be read. {_SAVE_AGAIN}"
            )
        raise UnreadableFile(
            "This is a ZIP file. Unpack it, and add the CSV file or workbook inside it."
        )
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise UnreadableFile(
            "This workbook holds macros, which are programs, so it was not opened. Save it as a"
            " workbook without macros (.xlsx) or as CSV, and add that file."
        )
    if len(members) > MAX_MEMBERS:
        raise UnreadableFile(
            f"This workbook is made of {len(members)} parts. The limit is {MAX_MEMBERS}."
            f" {_SAVE_AGAIN}"
        )
    limit = min(MAX_UNPACKED, max(_SMALL, packed * MAX_RATIO))
    unpacked = 0
    for member in members:
        try:
            with archive.open(member) as part:
                tail = b""
                while chunk := part.read(_CHUNK):
                    unpacked += len(chunk)
                    if any(mark in tail + chunk for mark in _DOCTYPES):
                        raise UnreadableFile(
                            "This workbook was not written by a spreadsheet program, so it was"
                            f" not opened. {_SAVE_AGAIN}"
                        )
                    tail = chunk[-_LONGEST_MARK:]
                    if unpacked > limit:
                        raise UnreadableFile(
                            "This workbook unpacks to far more than its size, so it was not"
                            f" opened. {_SAVE_AGAIN}"
                        )
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as why:
            raise UnreadableFile(
                f"This workbook is damaged or protected by a password. {_SAVE_AGAIN}"
            ) from why


def _tables(copy: IO[bytes]) -> tuple[list[_Sheet], Sheets]:
    """The sheets that are read: the first with a table, and those with the same columns; and what
    all sheets are called."""
    book = load_workbook(copy, read_only=True, data_only=True, keep_links=False)
    sheets = book.worksheets
    if len(sheets) > MAX_SHEETS:
        raise UnreadableFile(
            f"This workbook has {len(sheets)} sheets. The limit is {MAX_SHEETS}. Split it, and add"
            " the parts."
        )
    # Two sheets made of one part would be read twice, a hundred of them a hundred times.
    if len({sheet._worksheet_path for sheet in sheets}) < len(sheets):
        raise UnreadableFile(
            "This workbook was not written by a spreadsheet program, so it was not opened."
            f" {_SAVE_AGAIN}"
        )
    read: list[_Sheet] = []
    others, without = [], []
    for sheet in sheets:
        name = _short(sheet.title)
        sheet.reset_dimensions()  # what a workbook says of its own size need not be so
        top = _header_row(sheet) if sheet.sheet_state == "visible" else 0
        if not top:
            without.append(name)
            continue
        columns = _columns(sheet, top)
        order = _same_columns(read[0].columns, columns) if read else tuple(range(len(columns)))
        if order is None:
            others.append(name)
        else:
            read.append(_Sheet(name, sheet, top, columns, order))
    if not read:
        raise UnreadableFile(
            "No sheet of this workbook has a table: a row of column names with rows below it."
            f" {_SAVE_AGAIN}"
        )
    return read, Sheets(tuple(each.name for each in read), tuple(others), tuple(without))


def _columns(sheet: Any, top: int) -> list[str]:
    cells = next(iter(sheet.iter_rows(min_row=top, max_row=top)))
    return [plain_name(word) for word in _words(cells)]


def _same_columns(wanted: list[str], found: list[str]) -> tuple[int, ...] | None:
    """Where each column that is wanted stands in another table; None where the two differ."""
    if wanted == found:
        return tuple(range(len(found)))
    if sorted(wanted) != sorted(found) or len(set(found)) < len(found):
        return None
    return tuple(found.index(name) for name in wanted)


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _header_row(sheet: Any) -> int:
    """The number of the row of column names: two or more words with another row below; else 0."""
    candidate = 0
    for number, cells in enumerate(islice(sheet.iter_rows(), _TITLE_ROWS), start=1):
        filled = [cell.value for cell in cells if cell.value not in (None, "")]
        if len(filled) < 2:
            continue
        if candidate:
            return candidate
        if all(isinstance(value, str) for value in filled):
            candidate = number
    return candidate


def _records(sheets: list[_Sheet], lines: Lines) -> Iterator[Record]:
    """The column names once, then the rows of one sheet after the other.

    Damage that shows up half way is one more record that cannot be read; the next sheet is read.
    """
    width = len(sheets[0].columns)
    line = 0
    for position, sheet in enumerate(sheets):
        before = line
        if len(sheets) > 1:
            lines.begin(sheet.name, before)
        try:
            for number, cells in enumerate(sheet.cells.iter_rows(min_row=sheet.top), sheet.top):
                words = _words(cells)
                if not words or (position and number == sheet.top):
                    continue
                line = before + number
                # A sheet does not keep the empty cells at the end of a row.
                words += [""] * (width - len(words))
                ordered = [words[place] for place in sheet.order]
                yield Record(line, ordered + words[width:])
        except Exception:
            line = max(line, before + sheet.top) + 1
            yield Record(line, None, "the sheet is damaged from here on. Save it anew as CSV.")


def _words(cells: Any) -> list[str]:
    words = [as_written(cell) for cell in cells]
    while words and not words[-1]:
        words.pop()
    return words


def as_written(cell: Any) -> str:
    """What a cell shows: a date as 2024-04-30, 45% as such, a number with at most 15 digits."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        shown = format(value, ".15g") if isinstance(value, float) else str(value)
        if "%" in (cell.number_format or "") and shown.lstrip("-")[:1].isdigit():
            return f"{Decimal(shown).scaleb(2):f}%"
        return shown
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _until_the_end(records: Iterator[Record], copy: IO[bytes]) -> Iterator[Record]:
    """The records; the copy is let go of with the last."""
    with copy:
        yield from records
