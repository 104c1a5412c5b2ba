"""What pages say of documents."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from cycles.models import Cycle, Decision
from reports.documents.changes import Change, changes
from reports.documents.words import day
from reports.editions import key_of, printed, standing
from reports.enums import FileFormat, Rhythm, Subject, Version
from reports.kinds import KINDS, Kind, kinds_about
from reports.models import Archive, Report, ReportFile, Schedule
from reports.queries import (
    edition_of_file,
    edition_with_fingerprint,
    newest_after,
    newest_archive,
    reports_visible_to,
    schedules_of,
)
from stakeholders.models import Meeting
from vbc.core.enums import JobStatus
from vbc.ui import charts

# What each version is read with on screen, and what it is, for whoever chooses.
READ = {
    Version.FULL: "reports/read.html",
    Version.ONE_PAGE: "reports/read_one_page.html",
    Version.EASY_READ: "reports/read_easy_read.html",
}
WHAT_IT_IS = {
    Version.FULL: "Everything, with what stands behind it.",
    Version.ONE_PAGE: "The main points, on one sheet of paper.",
    Version.EASY_READ: "Short sentences in large print, with pictures.",
}
NOT_STARTED = "Waiting to start"
LOST = "It was not started. Nothing else is affected. Ask for a new edition."


@dataclass(frozen=True, slots=True)
class State:
    """How far an edition is. `colour` is a tag's; the words say the same."""

    words: str
    colour: str
    is_live: bool = False
    has_failed: bool = False
    reason: str = ""
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents of one kind about one thing, newest edition first; there also where none is."""

    kind: Kind
    subject: Any
    editions: list[Report]
    may_make: bool

    @property
    def not_yet(self) -> str:
        """Why none can be made at the moment, and when; empty where one can."""
        return self.kind.not_yet(self.subject)

    @property
    def named(self) -> str:
        """Of what an edition is, for whoever hears a link without what stands around it."""
        return f"of the {self.kind.inside} of {self.subject.title}"

    @property
    def make_url(self) -> str:
        return reverse("reports:request-report", args=[key_of(self.subject), self.kind.key])


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version of an edition; `pdf_url` and `word_url` are empty where there is no such file."""

    label: str
    what_it_is: str
    read_url: str
    pdf_url: str
    word_url: str


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle's documents on the list."""

    cycle: Cycle
    shelves: list[Shelf]

    @property
    def shown(self) -> list[Shelf]:
        """Those on which something stands, or on which the reader can put something."""
        return [shelf for shelf in self.shelves if shelf.editions or shelf.may_make]

    @property
    def not_made(self) -> str:
        """The other kinds, in a line: with a heading over each one would look for nothing."""
        return ", ".join(shelf.kind.inside for shelf in self.shelves if shelf not in self.shown)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision's documents."""

    decision: Decision
    shelves: list[Shelf]

    @property
    def url(self) -> str:
        return reverse("reports:decision-documents", args=[self.decision.public_id])


def state(report: Report | Archive) -> State:
    """Ready, being made, or why not."""
    if report.is_ready:
        return State("Ready", "green")
    job = report.job
    if job is None:
        return State("Did not work", "red", has_failed=True, reason=LOST)
    if job.status in JobStatus.live():
        return State(job.progress or NOT_STARTED, "blue", is_live=True, percent=job.percent)
    if job.status == JobStatus.CANCELLED:
        return State("Cancelled", "grey", has_failed=True, reason="It was cancelled.")
    return State("Did not work", "red", has_failed=True, reason=job.reason or LOST)


def row(cycle: Cycle, makeable: set[int], kind: str = "") -> CycleRow:
    """One cycle of the list, with its documents of one `kind` or of all; `makeable` holds the
    organisations this person may make for."""
    may_make = cycle.organisation_id in makeable
    return CycleRow(cycle, shelves(cycle, cycle.reports.all(), may_make=may_make, kind=kind))


def decision_row(decision: Decision, makeable: set[int]) -> DecisionRow:
    """One decision with its documents."""
    may_make = decision.cycle.organisation_id in makeable
    return DecisionRow(decision, shelves(decision, decision.reports.all(), may_make=may_make))


def shelves(
    subject: Any, reports: Iterable[Report], *, may_make: bool, kind: str = ""
) -> list[Shelf]:
    """A shelf for every kind of document that there can be about something."""
    editions = list(reports)
    return [
        Shelf(each, subject, [one for one in editions if one.kind == each.key], may_make)
        for each in kinds_about(Subject(type(subject)._meta.model_name))
        if kind in ("", each.key)
    ]


def shelves_for(subject: Any, reports: Iterable[Report], user: Any) -> list[Shelf]:
    """A shelf for every kind of document that there can be about one thing, as `user` sees it."""
    return [
        replace(shelf, may_make=bool(shelf.kind.may_make(user, subject)))
        for shelf in shelves(subject, reports, may_make=False)
    ]


def page(report: Report, version: Version) -> dict[str, Any]:
    """The web page of an edition, from its facts, with the charts drawn so far."""
    return printed(standing(report), draw=_ready, version=version)


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """A document that is made by itself, in words."""

    schedule: Schedule
    kind: Kind
    rhythm: str


def by_itself(cycle: Cycle) -> dict[str, Any]:
    """What a cycle's documents page has for those who make documents: all in one file, and what is
    made by itself."""
    lines = [
        ScheduleLine(each, KINDS[each.kind], str(Rhythm(each.rhythm).label).lower())
        for each in schedules_of(cycle)
    ]
    return {"archive": newest_archive(cycle), "schedules": lines}


def versions(report: Report, files: Iterable[ReportFile]) -> list[ShownVersion]:
    """Every version that a kind of document has, in order. One that was made before a version was
    thought of has a page of it, and no file."""
    kept = {(each.version, each.format) for each in files}

    def address(version: Version, ending: FileFormat) -> str:
        is_there = (version, ending) in kept
        return _file_address(report, version, ending) if is_there else ""

    return [
        ShownVersion(
            label=str(each.label),
            what_it_is=WHAT_IT_IS[each],
            read_url=reverse("reports:report-read-version", args=[report.public_id, each]),
            pdf_url=address(each, FileFormat.PDF),
            word_url=address(each, FileFormat.WORD),
        )
        for each in KINDS[report.kind].versions
    ]


@dataclass(frozen=True, slots=True)
class OtherFile:
    """A file for other programs: what it is called, what it is for, and where."""

    label: str
    what_for: str
    url: str


WHAT_FOR = {
    FileFormat.TABLES: "Its tables, a sheet each, to go on reckoning with.",
    FileFormat.CSV: "The same tables, a plain file each, for any program.",
}


def other_files(report: Report, files: Iterable[ReportFile]) -> list[OtherFile]:
    """What there is besides each version's own files, in order."""
    found = ((FileFormat(each.format), each.version) for each in files)
    return [
        OtherFile(
            label=f"{ending.label} (.{ending.value})",
            what_for=WHAT_FOR[ending],
            url=_file_address(report, version, ending),
        )
        for ending, version in found
        if ending in WHAT_FOR
    ]


def pdf_url(report: Report, version: Version) -> str:
    """Where the PDF of a version is; empty where there is none."""
    is_kept = report.files.filter(version=version, format=FileFormat.PDF).exists()
    return _file_address(report, version, FileFormat.PDF) if is_kept else ""


def _file_address(report: Report, version: str, ending: FileFormat) -> str:
    return reverse("reports:report-file", args=[report.public_id, version, ending])


def asked_for(report: Report) -> str:
    """What whoever asks for an edition is told: also that it is there already."""
    if report.is_ready:
        return f"Nothing has changed since edition {report.edition}, so this is it."
    return f"Edition {report.edition} is being made."


def changes_between(before: Report, after: Report) -> list[Change]:
    """What changed for a reader, from one edition to another."""
    old, new = (
        render_to_string(each["body_template"], each)
        for each in (page(before, Version.FULL), page(after, Version.FULL))
    )
    return changes(old, new)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is said of a PDF that somebody holds. `url` where they may see the edition here."""

    is_ours: bool
    is_the_file: bool = False
    title: str = ""
    edition: str = ""
    organisation: str = ""
    made_on: str = ""
    has_newer: bool = False
    url: str = ""


def checked(given: dict[str, Any], user: Any) -> Checked:
    """Whether a file or a fingerprint is that of an edition we made, and of which one."""
    if file := given.get("file"):
        found = edition_of_file(_digest_of(file))
    else:
        found = edition_with_fingerprint(given["fingerprint"])
    if found is None:
        return Checked(is_ours=False, is_the_file=bool(file))
    document = found.snapshot["document"]
    seen = user.is_authenticated and reports_visible_to(user).filter(pk=found.pk).exists()
    return Checked(
        is_ours=True,
        is_the_file=bool(file),
        title=document["title"],
        edition=f"{KINDS[found.kind].label}, edition {found.edition}",
        organisation=found.organisation.name,
        made_on=day(document["made_on"]),
        has_newer=newest_after(found) is not None,
        url=found.get_absolute_url() if seen else "",
    )


def _digest_of(file: Any) -> str:
    """SHA-256 of an uploaded file, read a piece at a time."""
    found = hashlib.sha256()
    for piece in file.chunks():
        found.update(piece)
    return found.hexdigest()


def back_to(subject: Any) -> tuple[str, str]:
    """Address and words of the documents beside one."""
    if isinstance(subject, Cycle):
        return f"{reverse('reports:documents')}?cycle={subject.slug}", "Documents of this cycle"
    if isinstance(subject, Decision):
        where = reverse("reports:decision-documents", args=[subject.public_id])
        return where, "Documents of this decision"
    if isinstance(subject, Meeting):
        address = reverse("reports:meeting-documents", args=[subject.public_id])
        return address, "Documents of this meeting"
    return subject.get_absolute_url(), subject.title


def _ready(spec: dict[str, Any]) -> str | None:
    try:
        return charts.ready_svg(spec)
    except ValueError:
        return None  # A chart that is refused has no picture; its table stands on the page.
