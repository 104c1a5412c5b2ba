"""Files of references on their way into a library.

A file is read twice. The first reading writes nothing: it counts what is new, what the library has
already and what cannot be used, and shows the first records. When a person agrees, the second
reading adds them, 500 at a time, each batch in a transaction of its own together with what became
of each record; so a reading that breaks off goes on where it ended, and nothing is added twice.
What is in the library already is kept, and given only what it lacks.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from evidence.enums import ImportStatus, ReferenceKind
from evidence.importers import UnreadableFile
from evidence.importers.references import (
    RecordProblem,
    ReferenceFile,
    ReferenceRecord,
    open_references,
    title_key,
)
from evidence.models import ImportedReference, Reference, ReferenceImport
from evidence.queries.reference_imports import READ_REFERENCES, could_be_taken_back
from evidence.services import files, matching
from stakeholders.models import Organisation
from vbc.core.models import Job
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs, uploads

BATCH = 500
SHOWN_FIRST = 5

Say = Callable[[str, int], None]


@dataclass
class Found:
    """What the first reading found."""

    file_kind: str = ""
    new_count: int = 0
    here_count: int = 0
    problem_count: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    preview: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def start(
    file: File, *, organisation: Any, by: Any, source: str, is_agreed: bool = False
) -> ReferenceImport:
    """Take a file of references and have it read in the background.

    `is_agreed` adds what can be used without asking again. Raises `uploads.FileRefused`, or
    `Refused`.
    """
    if not source.strip():
        raise Refused("Say where the references are from, so that others can look there again.")
    upload = uploads.receive(file, organisation=organisation, by=by, purpose="references")
    made = ReferenceImport.objects.create(
        organisation=organisation,
        upload=upload,
        source=source.strip(),
        is_agreed=is_agreed,
        created_by=by,
    )
    jobs.enqueue(READ_REFERENCES, made, by=by)
    audit.record("reference_import.started", made, by=by, data={"bytes": upload.size})
    return made


def read(reference_import: ReferenceImport, *, say: Say) -> None:
    """Read the file: look through it, or add what is in it, or refuse it with the reason.

    Safe to run again: an import that has been read is left as it is.
    """
    if reference_import.status != ImportStatus.WAITING:
        return
    try:
        found = _look(reference_import, say)
    except UnreadableFile as refusal:
        _settle(
            reference_import,
            ImportStatus.REFUSED,
            "reference_import.refused",
            refusal=str(refusal),
        )
        return
    usable = found.new_count + found.here_count
    if not (reference_import.is_agreed and usable):
        verb = "reference_import.checked"
        _settle(reference_import, ImportStatus.CHECKED, verb, **asdict(found))
        return
    _add(reference_import, usable, say)
    said = asdict(found)
    for name, is_new in (("new_count", True), ("here_count", False)):
        said[name] = reference_import.records.filter(is_new=is_new).count()
    _settle(reference_import, ImportStatus.DONE, "reference_import.done", **said)


@transaction.atomic
def agree(reference_import: ReferenceImport, *, by: Any) -> None:
    """Decide that the references of this file are added; what cannot be used stays listed."""
    locked = files.waiting_for(reference_import, ImportStatus.CHECKED)
    if locked.record_count == 0:
        raise Refused(
            "No record of this file can be used, so there is nothing to add. Export the "
            "references once more and add that file."
        )
    locked.is_agreed = True
    locked.status = ImportStatus.WAITING
    locked.save()
    # A job of its own: the one that looked through the file may not have ended yet.
    jobs.enqueue(READ_REFERENCES, locked, by=by, edition="agreed")
    data = {"new": locked.new_count, "here": locked.here_count, "problems": locked.problem_count}
    audit.record("reference_import.agreed", locked, by=by, data=data)


@transaction.atomic
def put_aside(reference_import: ReferenceImport, *, by: Any) -> None:
    """Decide that nothing of this file is added."""
    files.put_aside(reference_import, verb="reference_import.put_aside", by=by)


def try_again(reference_import: ReferenceImport, job: Job, *, by: Any) -> None:
    """Read once more a file whose reading broke off."""
    files.try_again(reference_import, job, by=by)


@transaction.atomic
def undo(reference_import: ReferenceImport, *, by: Any) -> int:
    """Take back what this file added, but for what somebody changed or anything leans on.

    What the file added to references that were there before stays. Returns how many were taken
    back. Raises `Refused` where there is nothing to undo.
    """
    locked = ReferenceImport.objects.select_for_update().get(pk=reference_import.pk)
    if locked.status != ImportStatus.DONE or locked.undone_at is not None:
        raise Refused("There is nothing to undo. Nothing was changed by this.")
    going = list(could_be_taken_back(locked).values_list("pk", flat=True))
    now = timezone.now()
    Reference.objects.filter(pk__in=going).update(withdrawn_at=now)
    locked.records.filter(reference_id__in=going, is_new=True).update(was_taken_back=True)
    locked.undone_at, locked.undone_by = now, by
    locked.save()
    stay = locked.records.filter(is_new=True, was_taken_back=False).count()
    data = {"taken_back": len(going), "stay": stay}
    audit.record("reference_import.undone", locked, by=by, data=data)
    return len(going)


def _open(reference_import: ReferenceImport) -> ReferenceFile:
    with default_storage.open(reference_import.upload.stored_name, "rb") as stream:
        return open_references(stream.read(), max_bytes=settings.UPLOAD_MAX_BYTES)


def _look(reference_import: ReferenceImport, say: Say) -> Found:
    """Read every record and keep nothing but counts, problems and the first few."""
    opened = _open(reference_import)
    found = Found(file_kind=opened.format.title)
    shelf = matching.shelf_of(reference_import.organisation)
    for step in files.in_steps(opened, BATCH):
        for item in step:
            if isinstance(item, RecordProblem):
                _note(found, item)
                continue
            known = shelf.find(item)
            is_new = known is None or known.was_taken_back
            found.new_count += is_new
            found.here_count += not is_new
            if len(found.preview) < SHOWN_FIRST:
                found.preview.append(_shown(item, is_new))
            shelf.put_record(item)
        say(f"Looking through it: {step[-1].number:,} records so far", 25)
    return found


def _note(found: Found, problem: RecordProblem) -> None:
    found.problem_count += 1
    if len(found.problems) < files.PROBLEMS_KEPT:
        found.problems.append({"number": problem.number, "says": problem.message})


def _shown(record: ReferenceRecord, is_new: bool) -> dict[str, Any]:
    names = ("title", "authors", "year", "published_in", "doi", "pmid")
    return {name: getattr(record, name) for name in names} | {"is_new": is_new}


def _add(reference_import: ReferenceImport, usable: int, say: Say) -> None:
    """Add every record that can be used, but for those that an earlier attempt added."""
    count = 0
    for batch in files.in_steps(_records(_open(reference_import)), BATCH):
        _add_batch(reference_import, batch)
        count += len(batch)
        say(f"Adding: {count:,} of {usable:,}", 50 + 49 * count // max(1, usable))


def _records(opened: ReferenceFile) -> Iterator[ReferenceRecord]:
    return (item for item in opened if isinstance(item, ReferenceRecord))


@transaction.atomic
def _add_batch(reference_import: ReferenceImport, batch: list[ReferenceRecord]) -> None:
    # Two files of one library take turns, so that what is in both is added once. Rows that only
    # name the organisation do not wait for this lock.
    Organisation.objects.select_for_update(no_key=True).get(pk=reference_import.organisation_id)
    done = set(
        reference_import.records.filter(number__in=[record.number for record in batch]).values_list(
            "number", flat=True
        )
    )
    shelf = matching.shelf_of(reference_import.organisation)
    made: list[tuple[ReferenceRecord, Reference]] = []
    here: list[tuple[ReferenceRecord, matching.Known]] = []
    for record in batch:
        if record.number in done:
            continue
        known = shelf.find(record)
        if known is None:
            reference = _reference(reference_import, record)
            made.append((record, reference))
            shelf.put_record(record, reference)
        else:
            here.append((record, known))
    Reference.objects.bulk_create(reference for _, reference in made)
    outcomes = [_outcome(reference_import, record, reference, True) for record, reference in made]
    outcomes += _met_again(reference_import, here, shelf)
    ImportedReference.objects.bulk_create(outcomes)


def _met_again(
    reference_import: ReferenceImport,
    here: list[tuple[ReferenceRecord, matching.Known]],
    shelf: matching.Shelf,
) -> list[ImportedReference]:
    """Give those that are there what they lack; bring back what undoing an import took back."""
    wanted = {known.pk for _, known in here if known.pk is not None}
    locked = Reference.objects.select_for_update().in_bulk(sorted(wanted))
    changed: set[Reference] = set()
    outcomes = []
    for record, known in here:
        reference = known.reference or locked[known.pk]
        comes_back = reference.withdrawn_at is not None
        reference.withdrawn_at = None
        filled = matching.fill(reference, record, shelf)
        if filled and known.pk is not None and not comes_back and reference not in changed:
            reference.version += 1  # Whoever has its form open is told, and loses no word.
        if filled or comes_back:
            changed.add(reference)
        outcomes.append(_outcome(reference_import, record, reference, comes_back, filled))
    names = [*matching.FILLED, "withdrawn_at", "version"]
    Reference.objects.bulk_update(changed, names, batch_size=100)
    back = [each.reference_id for each in outcomes if each.is_new]
    ImportedReference.objects.filter(reference_id__in=back).update(was_taken_back=False)
    return outcomes


def _reference(reference_import: ReferenceImport, record: ReferenceRecord) -> Reference:
    return Reference(
        organisation_id=reference_import.organisation_id,
        kind=record.kind or ReferenceKind.STUDY,
        title=record.title,
        title_key=title_key(record.title),
        created_by_id=reference_import.created_by_id,
        **matching.fields_of(record),
    )


def _outcome(
    reference_import: ReferenceImport,
    record: ReferenceRecord,
    reference: Reference,
    is_new: bool,
    added: list[str] | None = None,
) -> ImportedReference:
    return ImportedReference(
        reference_import=reference_import,
        reference=reference,
        number=record.number,
        is_new=is_new,
        added=added or [],
    )


@transaction.atomic
def _settle(reference_import: ReferenceImport, status: str, verb: str, **fields: Any) -> None:
    locked = files.settle(reference_import, status, **fields)
    if locked is not None:
        data = {
            "new": locked.new_count,
            "here": locked.here_count,
            "problems": locked.problem_count,
        }
        audit.record(verb, locked, by=None, data=data)
