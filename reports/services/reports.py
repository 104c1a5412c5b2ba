"""Asking for an edition of a document, and making its files."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cycles.models import Decision
from reports.editions import SCHEMA_VERSION, build, same_facts, standing
from reports.models import Report, ReportFile
from reports.notices import READY
from reports.services import files, forms, limits
from reports.snapshots.plain import digest, plain_text
from stakeholders.models import Meeting
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs, notices

RENDER = "reports.render_report"
Say = Callable[[str, int], None]


@transaction.atomic
def request(
    subject: Any, kind: str, *, by: Any, reason: str = "", only_if_changed: bool = False
) -> Report:
    """Take the facts of a cycle, a decision or a meeting down as the next edition of a kind of
    document about it, and queue the making of its files.

    Where the newest edition says the same, for the same reason or none is given, that one is
    returned: an unchanged document is not made twice. With `only_if_changed` it is not made for
    another reason either, nor where its facts changed in nothing that is printed. Raises `Refused`
    where there is nothing to print, and `TooLarge`.
    """
    # Editions are numbered one after the other, so whoever asks first goes first.
    subject = type(subject).objects.select_for_update().get(pk=subject.pk)
    newest = editions_of(subject, kind).order_by("-edition").first()
    snapshot = build(
        kind,
        subject,
        edition=newest.edition + 1 if newest else 1,
        made_on=timezone.localdate(),
        reason=reason.strip(),
    )
    limits.check(snapshot)
    if newest is not None and _stands(newest):
        before = newest.snapshot
        any_reason = only_if_changed or not reason.strip()
        if same_facts(before, snapshot, whatever_the_reason=any_reason) or (
            only_if_changed and forms.reads_the_same(before, snapshot)
        ):
            return newest
    report = Report.objects.create(
        organisation=subject.owning_organisation,
        **about(subject),
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


def _stands(report: Report) -> bool:
    """Whether an edition is made or on its way, so that another of the same facts is no use."""
    return report.is_ready or (report.job is not None and report.job.is_live)


def about(subject: Any) -> dict[str, Any]:
    """The columns of a report that say what it is about."""
    if isinstance(subject, Decision):
        return {"cycle": subject.cycle, "decision": subject}
    return {"meeting": subject} if isinstance(subject, Meeting) else {"cycle": subject}


def editions_of(subject: Any, kind: str) -> QuerySet[Report]:
    """Every edition of one kind of document about something."""
    return Report.objects.filter(kind=kind, **{"decision": None, "meeting": None, **about(subject)})


@transaction.atomic
def retry(report: Report, *, by: Any) -> None:
    """Start the making of the files afresh, after it failed. Their facts are those of then."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.is_ready or report.job is None or report.job.is_live:
        return
    jobs.retry(report.job, by=by)
    audit.record("report.retried", report, by=by, data={"edition": report.edition})


@transaction.atomic
def cancel(report: Report, *, by: Any) -> None:
    """Stop the making of an edition: what is half made is thrown away. A finished one stays."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.is_ready or report.job is None or not report.job.is_live:
        return
    jobs.cancel(report.job)
    audit.record("report.cancelled", report, by=by, data={"edition": report.edition})


class FactsChanged(Exception):
    """What the edition says changed while it was laid out, so it has to be laid out anew."""


def make(report: Report, *, say: Say) -> None:
    """Make the files from the facts of this moment and keep them. Safe to run twice: one set of
    files, one notice.

    Raises `JobRefused` where trying again would not help, and `FactsChanged` where it does: nothing
    is kept that says what was taken back while it was laid out.
    """
    if report.is_ready:
        return
    say("Drawing charts", 5)
    report = _with_facts_of_now(report)
    pictures = forms.pictures(report, say)
    kept: list[forms.Kept] = []
    is_ours = False
    try:
        for each in forms.made(report, pictures, say):
            kept.append(each)
        say("Keeping the files", 95)
        is_ours = _finish(report, kept)
    finally:
        if not is_ours:
            for each in kept:
                files.discard(each.name)


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


@transaction.atomic
def _finish(report: Report, kept: list[forms.Kept]) -> bool:
    """Write the files down, unless another worker was first. Returns whether they were ours.

    Raises `FactsChanged` where they say what no longer stands.
    """
    laid_out = report.snapshot_digest
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.is_ready:
        return False
    if digest(standing(report)) != laid_out:
        raise FactsChanged
    ReportFile.objects.bulk_create(
        ReportFile(
            report=report,
            version=each.version,
            format=each.format,
            name=each.name,
            digest=each.digest,
            size=each.size,
        )
        for each in kept
    )
    report.made_at = timezone.now()
    report.save(update_fields=["made_at"])
    notices.tell(report.created_by, READY, report)
    data = {"edition": report.edition, "files": [each.digest for each in kept]}
    audit.record("report.made", report, by=None, data=data)
    return True
