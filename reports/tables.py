"""The tables of a document as a workbook: one sheet each, after one that says what they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import html as parser
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

WIDEST = 60
# A figure as it is printed: 1,234.5 or −3 or 47%.
_NUMBER = re.compile(r"[\u2212-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?")
_ABOUT = "About"


def make_workbook(html: str, target: Path, *, title: str, about: list[str]) -> int:
    """Write every table of `html`, the article of a document, to the .xlsx file `target`; how many.

    Figures become numbers; all else stays text, whatever it begins with, so that no program takes
    it for a formula. `about` is said on the first sheet.
    """
    tables = [_rows(each) for each in parser.fromstring(html).iter("table")]
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


def _rows(table: Any) -> tuple[str, list[list[str]]]:
    caption = table.find("caption")
    rows = [
        [" ".join(_words(cell).split()) for cell in row.iterchildren("th", "td")]
        for row in table.iter("tr")
    ]
    return " ".join(caption.text_content().split()) if caption is not None else "", rows


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
        plain = text.replace("\u2212", "-").replace(",", "").rstrip("%")
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
