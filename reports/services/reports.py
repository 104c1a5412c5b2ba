"""Asking for an edition of a document, and making its PDF."""

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from cycles.models import Cycle
from reports import documents, pdf
from reports.models import Report
from reports.notices import READY
from reports.services import files, limits
from reports.snapshots import SCHEMA_VERSION, build, same_facts, standing
from reports.snapshots.plain import digest, plain_text
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs, notices
from vbc.ui import charts

logger = logging.getLogger(__name__)

RENDER = "reports.render_report"
FONTS = ("Regular", "It", "Semibold", "Bold")

Say = Callable[[str, int], None]


@transaction.atomic
def request(cycle: Cycle, kind: str, *, by: Any, reason: str = "") -> Report:
    """Take the facts down as the next edition and queue the making of its PDF.

    Asking again while an edition with the same facts and reason is still being made returns that
    one. Raises `MissingAssessment` for a JSNA of a cycle without one, and `TooLarge`.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    newest = Report.objects.filter(cycle=cycle, kind=kind).order_by("-edition").first()
    snapshot = build(
        kind,
        cycle,
        edition=newest.edition + 1 if newest else 1,
        made_on=timezone.localdate(),
        reason=reason.strip(),
    )
    limits.check(snapshot)
    if newest and newest.job and newest.job.is_live and same_facts(newest.snapshot, snapshot):
        return newest
    report = Report.objects.create(
        cycle=cycle,
        kind=kind,
        edition=snapshot["document"]["edition"],
        schema_version=SCHEMA_VERSION,
        snapshot=snapshot,
        snapshot_digest=digest(snapshot),
        reason=plain_text(reason.strip()),
        created_by=by,
    )
    report.job = jobs.enqueue(RENDER, report, by=by)
    report.save(update_fields=["job"])
    audit.record(
        "report.requested",
        report,
        by=by,
        data={"kind": kind, "edition": report.edition, "snapshot": report.snapshot_digest},
    )
    return report


@transaction.atomic
def retry(report: Report, *, by: Any) -> None:
    """Start the making of the PDF afresh, after it failed. Its facts are those of then."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.is_ready or report.job is None or report.job.is_live:
        return
    jobs.retry(report.job, by=by)
    audit.record("report.retried", report, by=by, data={"edition": report.edition})


class FactsChanged(Exception):
    """What the edition says changed while it was laid out, so it has to be laid out anew."""


def make(report: Report, *, say: Say) -> None:
    """Make the PDF from the facts of this moment and keep it. Safe to run twice: one file, one
    notice.

    Raises `JobRefused` where trying again would not help, and `FactsChanged` where it does: nothing
    is kept that says what was taken back while it was laid out.
    """
    if report.is_ready:
        return
    say("Drawing charts", 5)
    report = _with_facts_of_now(report)
    pictures = _pictures(report, say)
    say("Laying out pages", 50)
    context = documents.context(
        report.snapshot,
        digest=report.snapshot_digest,
        draw=lambda spec: pictures.get(digest(spec)),
    )
    html = render_to_string("reports/pdf.html", context)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "document.pdf"
        try:
            pdf.make_pdf(
                html, made, files=_own_files(), seconds=limits.seconds_for(report.snapshot)
            )
        except pdf.LayoutFailed as failure:
            raise jobs.JobRefused(str(failure)) from failure
        say("Keeping the file", 95)
        name, file_digest = files.keep(made)
    is_kept = False
    try:
        is_kept = _finish(report, name, file_digest)
    finally:
        if not is_kept:
            files.discard(name)


@transaction.atomic
def _with_facts_of_now(report: Report) -> Report:
    """The edition, with its facts taken anew where they are no longer those it was asked for with:
    somebody may have taken back what they said, or had a name taken out."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if digest(report.snapshot) != report.snapshot_digest:
        raise jobs.JobRefused(
            "The facts of this edition are not what they were when they were taken down, so it "
            "was not made. Ask for a new edition, and tell the people who run this service."
        )
    try:
        facts = standing(report)
        limits.check(facts)
    except Refused as refusal:
        raise jobs.JobRefused(str(refusal)) from refusal
    if facts is report.snapshot:
        return report
    report.snapshot, report.snapshot_digest = facts, digest(facts)
    report.schema_version = SCHEMA_VERSION
    report.save(update_fields=["snapshot", "snapshot_digest", "schema_version"])
    data = {"edition": report.edition, "snapshot": report.snapshot_digest}
    audit.record("report.facts_taken_anew", report, by=None, data=data)
    return report


def _pictures(report: Report, say: Say) -> dict[str, str]:
    """Every chart of the document that can be drawn, by the digest of its specification."""
    pictures: dict[str, str] = {}
    specs = documents.charts(report.snapshot)
    for number, spec in enumerate(specs, start=1):
        say(f"Drawing charts: {number} of {len(specs)}", 5 + 45 * number // (len(specs) + 1))
        try:
            pictures[digest(spec)] = charts.stored_svg(spec)
        except (charts.ChartFailed, ValueError) as error:
            # The finding and the table hold the same figures, so the document is still whole.
            logger.warning("A chart was left out of a document: %s", type(error).__name__)
    return pictures


@transaction.atomic
def _finish(report: Report, name: str, file_digest: str) -> bool:
    """Write the file down, unless another worker was first. Returns whether it was ours.

    Raises `FactsChanged` where it says what no longer stands.
    """
    laid_out = report.snapshot_digest
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.is_ready:
        return False
    if digest(standing(report)) != laid_out:
        raise FactsChanged
    report.pdf_name, report.pdf_digest, report.made_at = name, file_digest, timezone.now()
    report.save(update_fields=["pdf_name", "pdf_digest", "made_at"])
    notices.tell(report.created_by, READY, report)
    audit.record(
        "report.made", report, by=None, data={"edition": report.edition, "file": file_digest}
    )
    return True


def _own_files() -> dict[str, Path]:
    """What a document may use, by name: its style sheet and its typeface."""
    found = {"document.css": _found("reports/document.css")}
    for style in FONTS:
        name = f"SourceSans3-{style}.ttf"
        found[name] = _found(f"vendor/fonts/{name}")
    return found


def _found(path: str) -> Path:
    place = finders.find(path)
    if not place:
        raise FileNotFoundError(f"{path} is missing. Run `manage.py build_assets` first.")
    return Path(place)
