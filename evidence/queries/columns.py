"""Files whose columns somebody described: what was said, and what would come of it."""

from collections.abc import Mapping, Sequence
from hashlib import blake2s
from typing import Any, cast

from evidence.importers import ObservationRow, RowProblem, Sample, UnreadableFile, Writing, preview
from evidence.importers.mapping import Mapping as HowToRead
from evidence.importers.mapping import plain_name
from evidence.importers.rows import CodeSpace, Record
from evidence.models import ColumnMapping, DataImport

ASK = "columns"  # the kind of a file of which a person says which column is what

# What a row needs to be a figure.
NEEDED = ("area_code", "period", "indicator_name", "value")


def mapping_of(said: ColumnMapping) -> HowToRead:
    """What somebody said about a file, as the importers take it."""
    columns: dict[str, str] = said.columns
    return HowToRead(
        name=ASK,
        title=said.name,
        columns={column: field for field, column in columns.items()},
        required=NEEDED,
        code_space=cast(CodeSpace, said.code_space),
    )


def writing_of(said: ColumnMapping) -> Writing:
    return Writing(
        encoding=said.encoding or None,
        delimiter=said.delimiter or None,
        decimal_comma=said.decimal_comma,
    )


def digest_of(header: Sequence[str]) -> str:
    """What names a header, whatever its capitals and spaces."""
    names = "\x1f".join(plain_name(name) for name in header)
    return blake2s(names.encode(), digest_size=16).hexdigest()


def described_before(organisation: Any, header: Sequence[str]) -> ColumnMapping | None:
    """The newest description of such a header in an organisation."""
    return ColumnMapping.objects.filter(
        organisation=organisation, header_digest=digest_of(header)
    ).first()


def as_json(sample: Sample) -> dict[str, Any]:
    """A sample as it is kept in the row of its import."""
    return {
        "encoding": sample.encoding,
        "delimiter": sample.delimiter,
        "decimal_comma": sample.decimal_comma,
        "header": list(sample.header),
        "rows": [
            {"line": record.line, "cells": list(record.cells), "trouble": ""}
            if record.cells is not None
            else {"line": record.line, "cells": None, "trouble": record.trouble}
            for record in sample.records
        ],
    }


def sample_of(data_import: DataImport) -> Sample:
    kept: Mapping[str, Any] = data_import.sample
    return Sample(
        encoding=kept["encoding"],
        delimiter=kept["delimiter"],
        decimal_comma=kept["decimal_comma"],
        header=tuple(kept["header"]),
        records=tuple(Record(row["line"], row["cells"], row["trouble"]) for row in kept["rows"]),
    )


def preview_of(data_import: DataImport) -> list[ObservationRow | RowProblem]:
    """What would be kept of the first rows, as somebody described them; empty before that.

    A description that does not fit the file at all (its header was proposed for another one) gives
    one problem that says so.
    """
    said = data_import.column_mapping
    if said is None or not data_import.sample:
        return []
    try:
        return list(
            preview(
                sample_of(data_import),
                mapping_of(said),
                constants=data_import.constants | said.constants,
            )
        )
    except UnreadableFile as refusal:
        return [RowProblem(1, "", "", str(refusal))]
