"""Documents, asked for and made through the services."""

from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from cycles.models import Cycle
from reports.enums import ReportKind
from reports.models import Report
from reports.services import reports
from tests.kept import kept
from tests.support import run_jobs


@kept
def asked_for(cycle: Cycle, kind: str = ReportKind.STRATEGY, **given: Any) -> Report:
    """An edition that waits to be made."""
    by = given.pop("by", cycle.lead)
    return reports.request(cycle, kind, by=by, **given)


@kept
def made(cycle: Cycle, kind: str = ReportKind.STRATEGY, **given: Any) -> Report:
    """An edition with its PDF, made by the same task as the worker's."""
    report = asked_for(cycle, kind, **given)
    run_jobs()
    report.refresh_from_db()
    return report


def without_layout(monkeypatch: Any) -> None:
    """Let the layout write a few bytes at once, for tests of everything around it."""

    def lay_out(html: str, target: Path, **_: Any) -> None:
        target.write_bytes(b"%PDF-1.7 " + html.encode()[:200])

    monkeypatch.setattr("reports.pdf.make_pdf", lay_out)


def content(report: Report) -> bytes:
    with default_storage.open(report.pdf_name) as file:
        found: bytes = file.read()
    return found
