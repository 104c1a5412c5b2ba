"""Every document of a cycle in one file, each made first where it is not there or out of date."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from cycles.models import Cycle
from cycles.queries.agendas import meetings_of
from reports.editions import file_name
from reports.enums import FileFormat, Subject, Version
from reports.kinds import Kind, kinds_about
from reports.models import Archive, Report
from reports.notices import ARCHIVE_READY
from reports.services import files, reports
from reports.snapshots.plain import canonical
from stakeholders.models import Meeting
from vbc.core.enums import JobStatus
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs, notices

MAKE = "reports.make_archive"
Say = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the archive: its edition, or why there is none."""

    kind: Kind
    subject: Any
    report: Report | None = None
    why_not: str = ""

    @property
    def files(self) -> list[tuple[str, str, str]]:
        """What each file is, where it stands in the archive, and its SHA-256."""
        if self.report is None:
            return []
        found = []
        for each in self.report.files.all():
            version, ending = Version(each.version), FileFormat(each.format)
            found.append((each.what, file_name(self.report, ending, version), each.digest))
        data = file_name(self.report, "json")
        return [*found, ("Its facts, for other programs", data, self.report.snapshot_digest)]


@transaction.atomic
def request(cycle: Cycle, *, by: Any) -> Archive:
    """Queue the making of an archive; one that is being made already is returned instead."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    waiting = Archive.objects.filter(
        cycle=cycle, made_at__isnull=True, job__status__in=JobStatus.live()
    ).first()
    if waiting is not None:
        return waiting
    archive = Archive.objects.create(cycle=cycle, created_by=by)
    archive.job = jobs.enqueue(MAKE, archive, by=by)
    archive.save(update_fields=["job"])
    audit.record("archive.requested", archive, by=by, data={"cycle": cycle.public_id})
    return archive


def make(archive: Archive, *, say: Say) -> None:
    """Make what is missing, and keep all of it as one file. Safe to run twice."""
    if archive.is_ready:
        return
    wanted = list(_wanted(archive.cycle, archive.created_by))
    entries = []
    for number, (kind, subject) in enumerate(wanted, start=1):

        def progress(words: str = kind.label, _percent: int = 0, *, number: int = number) -> None:
            done = 90 * (number - 1) // len(wanted)
            say(f"Document {number} of {len(wanted)}: {words[:1].lower()}{words[1:]}", done)

        progress()
        entries.append(_entry(kind, subject, by=archive.created_by, say=progress))
    say("Putting them into one file", 90)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "archive.zip"
        _write(made, archive, entries)
        size = made.stat().st_size
        name, digest = files.keep(made)
    is_ours = False
    try:
        is_ours = _finish(archive, name, digest, size, sum(1 for each in entries if each.report))
    finally:
        if not is_ours:
            files.discard(name)


def _wanted(cycle: Cycle, who: Any) -> Iterator[tuple[Kind, Any]]:
    """Every kind of document that there can be about a cycle, about each of its decisions, and
    about each meeting at which they were talked about, as far as `who` may see it."""
    for kind in kinds_about(Subject.CYCLE):
        yield kind, cycle
    decisions = cycle.decisions.select_related("cycle__organisation").order_by("created_at", "pk")
    for decision in decisions:
        for kind in kinds_about(Subject.DECISION):
            yield kind, decision
    # Whoever fetches the archive works for the organisation, and so may see its panel's meetings.
    for meeting in meetings_of(cycle).filter(pk__in=Meeting.objects.visible_to(who)):
        for kind in kinds_about(Subject.MEETING):
            yield kind, meeting


def _entry(kind: Kind, subject: Any, *, by: Any, say: Say) -> Entry:
    """The newest edition, or another where it would read differently today. One that cannot be
    made keeps the others from nothing."""
    try:
        report = reports.request(subject, kind.key, by=by, only_if_changed=True)
        reports.make(report, say=say)
    except (Refused, jobs.JobRefused) as refusal:
        return Entry(kind, subject, why_not=str(refusal))
    return Entry(kind, subject, Report.objects.select_related("cycle").get(pk=report.pk))


def _write(target: Path, archive: Archive, entries: list[Entry]) -> None:
    with ZipFile(target, "w", compression=ZIP_DEFLATED) as together:
        context = {"archive": archive, "entries": entries, "made_on": timezone.localdate()}
        together.writestr("index.html", render_to_string("reports/archive_index.html", context))
        for report in (each.report for each in entries if each.report):
            for stored in report.files.all():
                name = file_name(report, stored.format, Version(stored.version))
                with default_storage.open(stored.name) as source, together.open(name, "w") as copy:
                    shutil.copyfileobj(source, copy)
            together.writestr(file_name(report, "json"), canonical(report.snapshot))


@transaction.atomic
def _finish(archive: Archive, name: str, digest: str, size: int, documents: int) -> bool:
    """Write the file down, unless another worker was first. Returns whether it was ours."""
    archive = Archive.objects.select_for_update().get(pk=archive.pk)
    if archive.is_ready:
        return False
    archive.name, archive.digest, archive.size = name, digest, size
    archive.documents, archive.made_at = documents, timezone.now()
    archive.save()
    notices.tell(archive.created_by, ARCHIVE_READY, archive)
    audit.record("archive.made", archive, by=None, data={"file": digest})
    return True
