"""Saying which column of a file is what, where nobody knew: described, looked at, imported."""

import io
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from evidence.enums import ImportStatus
from evidence.importers import Sample, UnreadableFile, Writing, look_at
from evidence.importers.opening import WORKBOOK
from evidence.models import ColumnMapping, DataImport
from evidence.queries import columns as queries
from evidence.queries.imports import READ
from evidence.services import files
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs
from vbc.core.services.versions import EditedMeanwhile

_HEAD = 256 * 1024  # of a file, to look at its first rows again


@transaction.atomic
def describe(
    data_import: DataImport,
    *,
    name: str,
    columns: dict[str, str],
    constants: dict[str, str],
    code_space: str,
    encoding: str = "",
    delimiter: str = "",
    decimal_comma: bool = False,
    version: int,
    by: Any,
) -> ColumnMapping:
    """Say which column is which field of a figure, and what is the same in every row.

    `columns` and `constants` are by field. Nothing is imported by this: the first rows are shown
    as they would be kept (`queries.columns.preview_of`). `version` is of the description that the
    form was opened with, 0 where there was none. Raises `Refused` or `EditedMeanwhile`.
    """
    data_import = files.waiting_for(data_import, ImportStatus.COLUMNS)
    before = data_import.column_mapping
    if before is not None and before.version != version:
        raise EditedMeanwhile(before)
    missing = [field for field in queries.NEEDED if field not in columns | constants]
    if missing:
        raise Refused("Say where the area, the period, the indicator and the value are.")
    sample = _sample(data_import, Writing(encoding or None, delimiter or None, decimal_comma))
    if strange := [column for column in columns.values() if column not in sample.header]:
        raise Refused(
            f"The file has no column “{strange[0][:60]}” when it is read like this. Nothing was "
            "saved. Look at the first rows again and choose the columns anew."
        )
    said = _to_write(before, data_import, by)
    said.name = name.strip()
    said.columns, said.constants = columns, constants
    said.code_space = code_space
    said.encoding, said.delimiter = sample.encoding, sample.delimiter
    said.decimal_comma = decimal_comma
    said.header_digest = queries.digest_of(sample.header)
    said.save()
    data_import.column_mapping = said
    data_import.sample = queries.as_json(sample)
    data_import.save()
    audit.record(
        "import.columns_described", data_import, by=by, data={"fields": sorted(columns | constants)}
    )
    return said


@transaction.atomic
def look_again(data_import: DataImport, *, encoding: str, delimiter: str, by: Any) -> None:
    """Read the first rows anew, written in another way; what was said of the columns is dropped."""
    data_import = files.waiting_for(data_import, ImportStatus.COLUMNS)
    sample = _sample(data_import, Writing(encoding or None, delimiter or None))
    data_import.sample = queries.as_json(sample)
    data_import.column_mapping = None
    data_import.save()
    audit.record("import.looked_again", data_import, by=by)


@transaction.atomic
def confirm(data_import: DataImport, *, by: Any) -> None:
    """Import the file as it was described."""
    data_import = files.waiting_for(data_import, ImportStatus.COLUMNS)
    if data_import.column_mapping is None:
        raise Refused("Say first which column is what. Nothing was imported.")
    data_import.status = ImportStatus.WAITING
    data_import.save()
    # A job of its own: the one that asked for the columns may not have ended yet.
    jobs.enqueue(READ, data_import, by=by, edition="described")
    audit.record("import.columns_confirmed", data_import, by=by)


def _to_write(before: ColumnMapping | None, data_import: DataImport, by: Any) -> ColumnMapping:
    """The description to change, or a new one where another import has used the one there is."""
    if before is None:
        return ColumnMapping(organisation=data_import.organisation, created_by=by)
    before.version += 1
    if before.data_imports.exclude(pk=data_import.pk).exists():
        return ColumnMapping(
            organisation=data_import.organisation, created_by=by, version=before.version
        )
    return before


def _sample(data_import: DataImport, writing: Writing) -> Sample:
    """The first rows, read as `writing` says. Of a workbook those that were kept."""
    kept = queries.sample_of(data_import)
    same = (writing.encoding or kept.encoding, writing.delimiter or kept.delimiter)
    comma = kept.decimal_comma if writing.decimal_comma is None else writing.decimal_comma
    if kept.encoding == WORKBOOK or same == (kept.encoding, kept.delimiter):
        return Sample(kept.encoding, kept.delimiter, comma, kept.header, kept.records)
    with default_storage.open(data_import.upload.stored_name, "rb") as stream:
        head = stream.read(_HEAD)
    whole_lines = head if len(head) < _HEAD else head[: head.rfind(b"\n") + 1]
    try:
        sample = look_at(io.BytesIO(whole_lines), writing=writing)
    except UnreadableFile as refusal:
        raise Refused(f"{refusal} Nothing was saved.") from refusal
    return Sample(sample.encoding, sample.delimiter, comma, sample.header, sample.records)
