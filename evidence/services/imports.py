"""Files of public data on their way in: figures, and areas, boundaries and what indicators mean.

A file is read twice. The first reading writes nothing: it finds every row that cannot be used.
Where there is one, nothing is kept until a person decides. The second reading writes, 2,000
figures at a time, each batch in a short transaction of its own, so that nobody waits for a long
file. A figure is complete in itself, so it can be read as soon as its batch is written; the import
counts as done, with its numbers, only when the last one is. A figure that the library has already
(the same indicator, area, period and group) is replaced by the newer import's, so reading a file
again, or after an interruption, ends in the same state. The other kinds are read the same way.

Three questions may stand before the reading: the same bytes were imported before; nobody knows the
columns (`columns`); some rows cannot be used, or sheets of a workbook would stay out. Each waits
for a person, and keeps nothing meanwhile.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from evidence.enums import DisclosureProfile, ImportKind, ImportStatus
from evidence.importers import (
    BY_NAME,
    OTHERS,
    ParsedFile,
    RowProblem,
    Sheets,
    UnknownColumns,
    UnreadableFile,
    is_read_whole,
    look_at,
    open_any,
)
from evidence.models import DataImport
from evidence.queries import columns
from evidence.queries.columns import ASK
from evidence.queries.imports import DONE, READ, indicators_in, same_bytes_before
from evidence.services import descriptions, drawings, files, observations, places
from evidence.services.files import PROBLEMS_KEPT, in_steps
from evidence.services.observations import Written
from vbc.core.models import Job
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs, uploads

BATCH = 2000
TALKING_THERAPIES = "nhs-talking-therapies"
PUBLISHED = DisclosureProfile.NONE

Say = Callable[[str, int], None]


@dataclass
class Checked:
    """What the first reading found."""

    good: int = 0
    problem_count: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    sheets: Sheets = field(default_factory=Sheets)

    @property
    def asks(self) -> bool:
        """Whether a person has to decide before anything is kept: rows that cannot be used, or
        tables of a workbook that would stay out."""
        return bool(self.problem_count or self.sheets.others)

    def note(self, problem: RowProblem) -> None:
        self.problem_count += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(
                {"line": problem.line, "column": problem.column, "says": problem.message}
            )


@transaction.atomic
def start(
    file: File,
    *,
    organisation: Any,
    by: Any,
    source: str,
    licence: str = "",
    mapping: str = "",
    constants: dict[str, str] | None = None,
    keep_good_rows: bool = False,
    is_published: bool = True,
    again: bool = False,
) -> DataImport:
    """Take a file and have it read in the background.

    `mapping` names the kind of file (empty: found out; `ASK`: somebody will say which column is
    what); `constants` says what the file does not, such as {"period": "2024-25"}. Figures that
    nobody has published (`is_published`) are shown with small numbers hidden and others rounded.
    Where the same bytes were imported before, it waits for a person, unless this is said to be
    `again`. Raises `uploads.FileRefused` or `Refused`.
    """
    if mapping and mapping not in {*BY_NAME, *OTHERS, ASK}:
        raise Refused(f"There is no kind of file called “{mapping}”. Choose one from the list.")
    if not source.strip():
        raise Refused("Say where the figures are from, so that readers can judge them.")
    limit = _max_bytes(file)
    upload = uploads.receive(
        file, organisation=organisation, by=by, purpose="figures", max_bytes=limit
    )
    is_known = not again and same_bytes_before(organisation, upload) is not None
    data_import = DataImport.objects.create(
        organisation=organisation,
        upload=upload,
        mapping=mapping,
        constants={name: value for name, value in (constants or {}).items() if value},
        source=source.strip(),
        licence=licence.strip(),
        keep_good_rows=keep_good_rows,
        disclosure_profile=DisclosureProfile.NONE if is_published else DisclosureProfile.HES,
        status=ImportStatus.SAME if is_known else ImportStatus.WAITING,
        created_by=by,
    )
    if not is_known:
        jobs.enqueue(READ, data_import, by=by)
    audit.record(
        "import.started",
        data_import,
        by=by,
        data={
            "bytes": upload.size,
            "sha256": upload.digest,
            "same": is_known,
            "disclosure": data_import.disclosure_profile,
        },
    )
    return data_import


@transaction.atomic
def go_on(data_import: DataImport, *, by: Any) -> None:
    """Decide that a file is read although the same bytes were imported before."""
    data_import = files.waiting_for(data_import, ImportStatus.SAME)
    data_import.status = ImportStatus.WAITING
    data_import.save()
    jobs.enqueue(READ, data_import, by=by)
    audit.record("import.gone_on", data_import, by=by)


def read(data_import: DataImport, *, say: Say) -> None:
    """Read the file: import it, or list what is wrong with it, or refuse it with the reason.

    Safe to run again: an import that has been read is left as it is.
    """
    if data_import.status != ImportStatus.WAITING:
        return
    try:
        if data_import.mapping == ASK and data_import.column_mapping is None:
            _ask(data_import)
            return
        checked = _check(data_import, say)
    except UnknownColumns:
        _ask(data_import)
        return
    except UnreadableFile as refusal:
        _settle(data_import, ImportStatus.REFUSED, "import.refused", refusal=str(refusal))
        return
    found: dict[str, Any] = {
        "row_count": checked.good,
        "problem_count": checked.problem_count,
        "problems": checked.problems,
        "sheets": asdict(checked.sheets),
    }
    if checked.asks and not (data_import.keep_good_rows and checked.good):
        _settle(data_import, ImportStatus.CHECKED, "import.checked", **found)
        return
    written = _write(data_import, checked.good, say)
    found |= {
        "row_count": written.rows,
        "suppressed_count": written.suppressed,
        "missing_count": written.missing,
    }
    _settle(data_import, ImportStatus.DONE, DONE, written=written, **found)


@transaction.atomic
def keep_good_rows(data_import: DataImport, *, by: Any) -> None:
    """Decide that the rows that can be used should be; the others stay out, and stay listed."""
    data_import = files.waiting_for(data_import, ImportStatus.CHECKED)
    if data_import.row_count == 0:
        raise Refused(
            "No row of this file can be used, so there is nothing to keep. Mend the file and add "
            "it again."
        )
    data_import.keep_good_rows = True
    data_import.status = ImportStatus.WAITING
    data_import.save()
    # A job of its own: the one that found the problems may not have ended yet.
    jobs.enqueue(READ, data_import, by=by, edition="keep-good-rows")
    audit.record(
        "import.good_rows_kept",
        data_import,
        by=by,
        data={"good": data_import.row_count, "problems": data_import.problem_count},
    )


@transaction.atomic
def put_aside(data_import: DataImport, *, by: Any) -> None:
    """Decide that nothing of this file is kept."""
    files.put_aside(data_import, verb="import.put_aside", by=by)


def try_again(data_import: DataImport, job: Job, *, by: Any) -> None:
    """Read once more a file whose reading broke off."""
    files.try_again(data_import, job, by=by)


def opened(data_import: DataImport) -> ParsedFile:
    """The kept file of an import, ready to be read as it was described. Raises UnreadableFile."""
    upload, said = data_import.upload, data_import.column_mapping
    with default_storage.open(upload.stored_name, "rb") as stream:
        return open_any(
            cast(BinaryIO, stream),
            upload.original_name,
            "" if said else data_import.mapping,
            mapping=columns.mapping_of(said) if said else None,
            constants=data_import.constants | (said.constants if said else {}),
            writing=columns.writing_of(said) if said else None,
            max_bytes=_max_bytes(stream),
        )


def _max_bytes(stream: Any) -> int:
    """How large a file may be: one that is read a row at a time, larger than others."""
    stream.seek(0)
    is_whole = is_read_whole(cast(BinaryIO, stream))
    return int(settings.UPLOAD_MAX_BYTES if is_whole else settings.FIGURES_MAX_BYTES)


def _ask(data_import: DataImport) -> None:
    """Keep the beginning of a file whose columns nobody knows, for a person to say.

    Where the organisation has described such a header before, that is proposed.
    """
    with default_storage.open(data_import.upload.stored_name, "rb") as stream:
        try:
            sample = look_at(cast(BinaryIO, stream), max_bytes=_max_bytes(stream))
        except UnreadableFile as refusal:
            _settle(data_import, ImportStatus.REFUSED, "import.refused", refusal=str(refusal))
            return
    _settle(
        data_import,
        ImportStatus.COLUMNS,
        "import.columns_asked",
        sample=columns.as_json(sample),
        sheets=asdict(sample.sheets),
        column_mapping=columns.described_before(data_import.organisation, sample.header),
    )


def _check(data_import: DataImport, say: Say) -> Checked:
    """Read every row and keep nothing but what is wrong."""
    checked = Checked()
    parsed = opened(data_import)
    data_import.kind = parsed.kind
    checked.sheets = parsed.sheets
    last_line = max(1, _lines(data_import))
    looks_again = _looking_again(data_import, parsed)
    for items in in_steps(parsed.rows, BATCH):
        good = []
        for item in items:
            if isinstance(item, RowProblem):
                checked.note(item)
            else:
                good.append(item)
        kept, problems = looks_again.split(good)
        for problem in problems:
            checked.note(problem)
        checked.good += len(kept)
        line = items[-1].line
        say(f"Checking: {line:,} lines so far", min(49, 50 * line // last_line))
    return checked


def _looking_again(
    data_import: DataImport, parsed: ParsedFile
) -> "places.ListCheck | places.BoundaryCheck | NothingMore":
    """What is looked at beside what everybody's register holds."""
    if data_import.kind == ImportKind.AREAS:
        return places.ListCheck(parsed.lines)
    if data_import.kind == ImportKind.BOUNDARIES:
        return places.BoundaryCheck(data_import)
    return NothingMore()


class NothingMore:
    """The check of rows that are right or wrong by themselves, whatever the library holds."""

    def split(self, rows: list[Any]) -> tuple[list[Any], list[RowProblem]]:
        return rows, []


def _write(data_import: DataImport, good: int, say: Say) -> Written:
    """Keep every good row."""
    written = Written()
    parsed = opened(data_import)
    if parsed.mapping == TALKING_THERAPIES and data_import.disclosure_profile == PUBLISHED:
        # The file says of itself that its source has rounded it. Nothing more is done to it.
        data_import.disclosure_profile = DisclosureProfile.TALKING_THERAPIES
        data_import.save(update_fields=["disclosure_profile"])
    is_ods = parsed.code_space == "ods"
    rows = (item for item in parsed if not isinstance(item, RowProblem))
    for batch in in_steps(rows, BATCH):
        if parsed.kind == ImportKind.FIGURES:
            observations.write(data_import, batch, written, is_ods=is_ods)
        else:
            _WRITERS[parsed.kind](data_import, batch, written)
        percent = 50 + 49 * written.rows // max(1, good)
        say(f"Keeping: {written.rows:,} of {good:,}", min(99, percent))
    return written


_WRITERS: dict[str, Callable[[DataImport, list[Any], Written], None]] = {
    ImportKind.AREAS: places.write_areas,
    ImportKind.BOUNDARIES: places.write_boundaries,
    ImportKind.INDICATORS: descriptions.write,
}


@transaction.atomic
def _settle(
    data_import: DataImport,
    status: str,
    verb: str,
    *,
    written: Written | None = None,
    **fields: Any,
) -> None:
    """Say once what became of the file; a second worker that comes late changes nothing."""
    locked = files.settle(data_import, status, kind=data_import.kind, **fields)
    if locked is None:
        return
    data = {"good": locked.row_count, "problems": locked.problem_count}
    if written is not None:
        drawings.ask_again(indicators_in(locked), by=None)
        data |= {
            "new": written.new,
            "replaced": written.replaced,
            "before": written.before,
            "suppressed": written.suppressed,
            "missing": written.missing,
        }
    audit.record(verb, locked, by=None, data=data)


def _lines(data_import: DataImport) -> int:
    """About how many lines the file has, to say how far the reading is."""
    with default_storage.open(data_import.upload.stored_name, "rb") as stream:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 16), b""))
