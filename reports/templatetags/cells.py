"""How wide the cells of a printed table have to be, so that no word and no figure is torn apart."""

import re
from collections.abc import Sequence

from django import template

register = template.Library()

# A figure, an interval or a period, which is read as one thing: "2019-20", "38.5 to 41.2".
LONGEST_FIGURE = 20
# Longer than ordinary words are; addresses mostly. It may break anywhere, or it pushes a page wide.
LONGEST_WORD = 22
# A row with more letters in one cell may need more than a page, so it may go over to the next.
LONG_CELL = 1500
# Letters that stand beside each other on paper, and what the space between two columns takes of it.
_ROOM, _BETWEEN = 86, 1.7


@register.filter
def cell_class(text: object) -> str:
    """How a cell breaks: a figure or a period nowhere, what has a very long word anywhere, all else
    between its words."""
    said = str(text)
    if _is_figure(said):
        return " doc-cell--whole"
    return " doc-cell--long" if _longest(said) > LONGEST_WORD else ""


@register.filter
def is_long_row(row: Sequence[object]) -> bool:
    """Whether a row may have more to say than a page has room for."""
    return any(len(str(cell)) > LONG_CELL for cell in row)


@register.filter
def is_tight(rows: Sequence[Sequence[object]], head: Sequence[object]) -> bool:
    """Whether the columns have less room than their longest words and figures need."""
    columns = [max(map(_needs, column)) for column in zip(head, *rows, strict=False)]
    return sum(columns) > _ROOM - _BETWEEN * len(columns)


def _needs(cell: object) -> int:
    said = str(cell)
    return len(said) if _is_figure(said) else min(_longest(said), LONGEST_WORD)


def _is_figure(said: str) -> bool:
    return len(said) <= LONGEST_FIGURE and re.search(r"\d", said) is not None


def _longest(said: str) -> int:
    return max(map(len, said.split()), default=0)
