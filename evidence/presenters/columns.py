"""What pages say about a file whose columns somebody describes."""

from typing import Any

from evidence.enums import CodeSpace
from evidence.enums.columns import FIGURE_FIELDS
from evidence.importers import ObservationRow, RowProblem, Sample
from evidence.models import ColumnMapping, DataImport
from evidence.queries import columns as queries
from evidence.queries.pictures.common import WORDS

_LONGEST_CELL = 40


def first_rows(sample: Sample) -> list[dict[str, Any]]:
    """Each column of a file with what stands in its first rows: a list, which a phone can show."""
    found = []
    for position, name in enumerate(sample.header):
        cells = [
            record.cells[position]
            for record in sample.records
            if record.cells is not None and position < len(record.cells)
        ]
        shown = [_short(cell) for cell in cells]
        found.append({"name": name or f"Column {position + 1}, without a name", "cells": shown})
    return found


def preview_table(data_import: DataImport) -> dict[str, Any]:
    """The first rows as they would be kept, as a table; and what is wrong with the others."""
    items = queries.preview_of(data_import)
    rows = [item for item in items if isinstance(item, ObservationRow)]
    shown = [name for name in _COLUMNS if any(_cell(row, name) for row in rows)]
    return {
        "head": [{"text": _COLUMNS[name]} for name in shown],
        "rows": [[_cell(row, name) for name in shown] for row in rows],
        "problems": [item.message for item in items if isinstance(item, RowProblem)],
    }


def described_now(form: Any, current: ColumnMapping) -> list[dict[str, str]]:
    """What somebody else said about the columns meanwhile."""
    said = current.columns | {
        field: f"\u201c{words}\u201d" for field, words in current.constants.items()
    }
    return [
        {"key": "What you call files like this", "value": current.name},
        {"key": "Whose codes the areas have", "value": CodeSpace(current.code_space).label},
        *({"key": FIGURE_FIELDS[field][0], "value": words} for field, words in said.items()),
    ]


_COLUMNS = {
    "area": "Area",
    "indicator_name": "What is measured",
    "period": "Period",
    "group": "Group",
    "figure": "Figure",
}


def _cell(row: ObservationRow, name: str) -> str:
    if name == "area":
        return f"{row.area_name} ({row.area_code})" if row.area_name else row.area_code
    if name == "group":
        parts = (row.sex, row.age, row.category_type, row.category)
        return ", ".join(part for part in parts if part)
    if name == "figure":
        return WORDS[row.state] if row.value is None else f"{row.value:f} {row.unit}".strip()
    return str(getattr(row, name))


def _short(cell: str) -> str:
    if not cell.strip():
        return "(empty)"
    return cell if len(cell) <= _LONGEST_CELL else f"{cell[:_LONGEST_CELL]}\u2026"
