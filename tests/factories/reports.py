"""Documents, asked for and made through the services."""

from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from reports.enums import FileFormat, ReportKind, Version
from reports.models import Report, ReportFile
from reports.services import reports
from tests.kept import kept
from tests.support import run_jobs


@kept
def asked_for(subject: Any, kind: str = ReportKind.STRATEGY, **given: Any) -> Report:
    """An edition that waits to be made, of a cycle, a decision or a meeting."""
    by = given.pop("by", None) or getattr(subject, "lead", None) or subject.created_by
    return reports.request(subject, kind, by=by, **given)


@kept
def made(subject: Any, kind: str = ReportKind.STRATEGY, **given: Any) -> Report:
    """An edition with its files, made by the same task as the worker's."""
    report = asked_for(subject, kind, **given)
    run_jobs()
    report.refresh_from_db()
    return report


def without_layout(monkeypatch: Any) -> None:
    """Let the layout write the words at once, not laid out, for tests of everything around it."""
    monkeypatch.setattr("reports.pdf.make_pdf", _not_laid_out)


def _not_laid_out(html: str, target: Path, **_: Any) -> None:
    target.write_bytes(b"%PDF-1.7 " + html.encode())


def pdf_of(report: Report, version: str = Version.FULL) -> ReportFile:
    return report.files.get(version=version, format=FileFormat.PDF)


def content(report: Report, version: str = Version.FULL, ending: str = FileFormat.PDF) -> bytes:
    stored = report.files.get(version=version, format=ending)
    with default_storage.open(stored.name) as file:
        found: bytes = file.read()
    return found
