"""Tables for spreadsheets. What people typed stays text: no cell of ours is ever a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

# What makes a spreadsheet take a cell for a formula, or for the end of one. Full-width forms are
# turned into the plain ones by some programs before they look.
DANGEROUS = frozenset("=+-@\t\r\n＝＋－＠")


def as_text(value: object) -> str:
    """The cell as text, with an apostrophe before it where a program could run it.

    A space or an invisible character before the sign does not help: some programs take it away.
    """
    text = str(value)
    if text[:1] in DANGEROUS or _first_visible(text) in DANGEROUS:
        return f"'{text}"
    return text


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The whole table, every cell in quotes, marked as UTF-8 for programs that would guess."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def _first_visible(text: str) -> str:
    """The first character that is neither a space nor invisible; empty where there is none."""
    return next((c for c in text if unicodedata.category(c)[0] not in "CZ"), "")
