"""The tables of a document, from its page: a workbook with a sheet each, or CSV with a file each.

Figures are numbers in both, and nothing that anybody typed is ever a formula. A cell that says more
than one thing on paper is more than one here: what is marked `data-column` (the day of a figure,
its unit) has a column of that name after it, and so has the word beside a figure ("38.5, lower").
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import html as parser
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from vbc.core.spreadsheets import as_text

WIDEST = 60
# A figure as it is printed: 1,234.5 or −3 or 47%.
_NUMBER = re.compile(r"[\u2212-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?")
_ABOUT = "About"
# A figure with a word beside it that says how it compares.
_COMPARED = re.compile(rf"({_NUMBER.pattern}), (\D.*)")
# Where a word beside a figure goes.
_BESIDE = "how it compares"
Cell = dict[str, str]
"""What a cell says, under "", and what it says besides, by the name of that column."""


def make_workbook(html: str, target: Path, *, title: str, about: list[str]) -> int:
    """Write every table of `html`, the article of a document, to the .xlsx file `target`; how many.

    Figures become numbers; all else stays text, whatever it begins with, so that no program takes
    it for a formula. `about` is said on the first sheet.
    """
    tables = _tables(html)
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title[:255], ""
    first = book.create_sheet(_ABOUT)
    first.column_dimensions["A"].width = 100
    captions = [f"Table {n}: {caption}" for n, (caption, _) in enumerate(tables, start=1)]
    for number, line in enumerate([title, *about, "", *captions]):
        first.append([_cell(first, line, bold=number == 0)])
    for number, (caption, rows) in enumerate(tables, start=1):
        sheet = book.create_sheet(f"Table {number}")
        for letter, width in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _widths(rows), strict=False):
            sheet.column_dimensions[letter].width = width
        sheet.append([_cell(sheet, caption, bold=True)])
        for place, row in enumerate(rows):
            sheet.append([_cell(sheet, text, bold=place == 0) for text in row])
    book.save(target)
    return len(tables)


def make_csv(html: str, target: Path, *, title: str, about: list[str]) -> int:
    """Write every table of `html` as a CSV file into the .zip file `target`; how many.

    Each is UTF-8 and marked as such, with its heads as its first row and every figure as a plain
    number (47% as it is printed). `about.csv` says which file is which. The same tables always give
    the same bytes.
    """
    tables = _tables(html)
    names = [f"table-{number}.csv" for number in range(1, len(tables) + 1)]
    listed = [("What this is", title), *(("About", each) for each in about)]
    listed += [(name, caption) for name, (caption, _) in zip(names, tables, strict=True)]
    files = {"about.csv": listed} | {
        name: rows for name, (_, rows) in zip(names, tables, strict=True)
    }
    with ZipFile(target, "w") as together:
        for name, rows in files.items():
            together.writestr(ZipInfo(name), _csv(rows), compress_type=ZIP_DEFLATED)
    return len(tables)


def _csv(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def _plain(text: str) -> str:
    """A figure without what only print needs, or words that no program runs."""
    if _NUMBER.fullmatch(text):
        return text.replace("\u2212", "-").replace(",", "")
    return as_text(text)


def _tables(html: str) -> list[tuple[str, list[list[str]]]]:
    """The caption and the rows of each table, in order."""
    article = parser.fragment_fromstring(html, create_parent="article")
    return [_rows(each) for each in article.iter("table")]


def _rows(table: Any) -> tuple[str, list[list[str]]]:
    caption = table.find("caption")
    rows = [[_said(cell) for cell in row.iterchildren("th", "td")] for row in table.iter("tr")]
    return " ".join(caption.text_content().split()) if caption is not None else "", _apart(rows)


def _said(cell: Any) -> Cell:
    """What a cell says, and apart from it what is marked as another column of its own. What only
    holds those (`data-columns`) goes with them, with the signs between them."""
    more: Cell = {}
    for each in list(cell.iter("*")):
        if name := each.get("data-column"):
            more[name] = " ".join(_words(each).split())
    for each in list(cell.xpath(".//*[@data-columns or @data-column]")):
        tail, each.tail = each.tail, None
        each.clear()
        each.tail = tail
    words = " ".join(_words(cell).split())
    if compared := _COMPARED.fullmatch(words):
        more[_BESIDE], words = compared.groups()[-1], compared[1]
    return {"": words, **more}


def _apart(rows: list[list[Cell]]) -> list[list[str]]:
    """The rows with a column for everything that some cell of a column says besides. Its head
    begins with that of the column it is from, so that no two are alike."""
    columns = max((len(row) for row in rows), default=0)
    names = [
        list(dict.fromkeys(name for row in rows if n < len(row) for name in row[n]))
        for n in range(columns)
    ]
    found = []
    for place, row in enumerate(rows):
        said = []
        for n, cell in enumerate(row):
            besides = [name for name in names[n] if name]
            said += [cell[""]]
            said += [
                f"{cell['']}: {name}" if place == 0 else cell.get(name, "") for name in besides
            ]
        found.append(said)
    return found


def _words(cell: Any) -> str:
    """The words of a cell, with a space wherever a line or a block ends."""
    return " ".join(cell.itertext())


def _widths(rows: list[list[str]]) -> list[int]:
    columns = max((len(row) for row in rows), default=0)
    longest = [
        max((len(row[n]) for row in rows if n < len(row)), default=0) for n in range(columns)
    ]
    return [max(12, min(WIDEST, each + 2)) for each in longest]


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    if _NUMBER.fullmatch(text):
        plain = _plain(text).rstrip("%")
        number = float(plain) if "." in plain else int(plain)
        cell.value = number / 100 if text.endswith("%") else number
        decimals = "." + "0" * len(plain.rpartition(".")[2]) if "." in plain else ""
        # A year has no comma in print, and gets none here.
        whole = "#,##0" if "," in text else "0"
        cell.number_format = f"{whole}{decimals}{'%' if text.endswith('%') else ''}"
    else:
        cell.value = text
        cell.data_type = "s"  # Not a formula, whatever it begins with.
    cell.font = Font(name="Arial", size=11, bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
