"""Asking for editions and making them."""

from typing import Any

import pytest
from django.core.files.storage import default_storage

from cycles.enums import StrategyElement
from reports.enums import ReportKind, Version
from reports.kinds import KINDS
from reports.models import Report
from reports.services import limits
from reports.services import reports as services
from reports.snapshots.jsna import MissingAssessment
from reports.snapshots.plain import digest
from tests.factories import cycles, evidence, reports, stakeholders
from tests.support import run_jobs
from vbc.core.enums import JobStatus
from vbc.core.models import AuditEntry, Job, Notification
from vbc.core.services import jobs
from vbc.ui import charts

pytestmark = pytest.mark.django_db


def verbs(report: Report) -> list[str]:
    entries = AuditEntry.objects.filter(object_id=report.public_id).order_by("sequence")
    return list(entries.values_list("verb", flat=True))


def reports_kept() -> list[str]:
    return (
        sorted(default_storage.listdir("reports")[1]) if default_storage.exists("reports") else []
    )


def names_of(report: Report) -> list[str]:
    """The names of an edition's files: one for each version and each other form of its kind."""
    names = sorted(each.name.removeprefix("reports/") for each in report.files.all())
    kind = KINDS[report.kind]
    assert len(names) == len(kind.versions) + len(kind.also)
    return names


def test_an_edition_is_frozen_numbered_queued_and_audited() -> None:
    cycle = cycles.cycle()
    report = reports.asked_for(cycle, reason="  for the board ")
    assert (report.edition, report.schema_version, report.reason) == (1, 2, "for the board")
    assert report.snapshot["document"]["edition"] == 1
    assert report.snapshot_digest == digest(report.snapshot)
    assert (report.job.kind, report.job.status) == (services.RENDER, JobStatus.QUEUED)
    assert verbs(report) == ["report.requested"]


def test_the_digest_is_that_of_what_the_database_gives_back() -> None:
    report = reports.asked_for(cycles.cycle(summary="Łódź, Šárka, Nguyễn, Ólafsdóttir\r\n"))
    assert digest(Report.objects.get(pk=report.pk).snapshot) == report.snapshot_digest


def test_editions_are_numbered_by_cycle_and_kind(quick_layout: None) -> None:
    one, other = cycles.cycle(), cycles.cycle()
    editions = [reports.made(one).edition]
    cycles.write(one, StrategyElement.PURPOSE, "Written later.")
    assert [*editions, reports.made(one).edition] == [1, 2]
    assert reports.asked_for(other).edition == 1


def test_what_changes_later_does_not_change_an_edition(quick_layout: None) -> None:
    cycle = cycles.cycle()
    before = reports.made(cycle)
    cycles.write(cycle, StrategyElement.PURPOSE, "Written later.")
    after = reports.made(cycle)
    before.refresh_from_db()
    assert [each.snapshot["elements"][0]["text"] for each in (before, after)] == [
        "",
        "Written later.",
    ]


def test_asking_twice_for_the_same_makes_one_edition() -> None:
    cycle = cycles.cycle()
    assert reports.asked_for(cycle) == reports.asked_for(cycle)
    assert Report.objects.count() == Job.objects.filter(kind=services.RENDER).count() == 1


def test_an_unchanged_document_is_not_made_twice(
    quick_layout: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle = cycles.cycle()
    report = reports.made(cycle, reason="for the board in May")
    laid_out: list[str] = []
    monkeypatch.setattr("reports.pdf.make_pdf", lambda html, *_, **__: laid_out.append(html))
    for reason in ("", "for the board in May"):
        assert reports.made(cycle, reason=reason) == report
    assert laid_out == []
    assert reports_kept() == names_of(report)


def test_another_reason_is_another_edition_because_it_is_printed(quick_layout: None) -> None:
    cycle = cycles.cycle()
    reports.made(cycle, reason="for the board in May")
    assert reports.made(cycle, reason="for the board in June").edition == 2


def test_an_edition_that_failed_stands_in_nobodys_way(quick_layout: None) -> None:
    cycle = cycles.cycle()
    failed = reports.asked_for(cycle)
    Job.objects.filter(pk=failed.job_id).update(status=JobStatus.FAILED)
    assert reports.made(cycle).edition == 2


def test_asking_again_after_a_change_makes_another_edition() -> None:
    cycle = cycles.cycle()
    reports.asked_for(cycle)
    cycles.write(cycle, StrategyElement.PURPOSE, "Written meanwhile.")
    assert reports.asked_for(cycle).edition == 2


def test_a_jsna_without_an_assessment_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(MissingAssessment):
        reports.asked_for(cycles.cycle(), ReportKind.JSNA)
    assert not Report.objects.exists()
    assert not Job.objects.filter(kind=services.RENDER).exists()


def test_nothing_is_kept_when_the_audit_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    cycle = cycles.cycle()

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr("vbc.core.services.audit.record", fail)
    with pytest.raises(RuntimeError, match="no audit"):
        reports.asked_for(cycle)
    assert not Report.objects.exists()
    assert not Job.objects.filter(kind=services.RENDER).exists()


def test_making_keeps_every_file_whole_and_tells_whoever_asked(quick_layout: None) -> None:
    report = reports.made(cycles.cycle())
    assert report.is_ready
    for version in Version:
        assert reports.content(report, version).startswith(b"%PDF-1.7")
    assert reports_kept() == names_of(report)
    assert report.cycle.slug not in reports.pdf_of(report).name
    assert verbs(report) == ["report.requested", "report.made"]
    notice = Notification.objects.get(kind="reports.ready")
    assert (notice.recipient, notice.object_id) == (report.created_by, report.public_id)


def test_making_twice_changes_nothing(quick_layout: None) -> None:
    report = reports.made(cycles.cycle())
    services.make(report, say=lambda *_: None)
    stale = Report.objects.get(pk=report.pk)
    stale.made_at = None  # As another worker saw it before this one had finished.
    services.make(stale, say=lambda *_: None)
    assert reports_kept() == names_of(report)
    assert Notification.objects.filter(kind="reports.ready").count() == 1
    assert verbs(report) == ["report.requested", "report.made"]


def test_a_layout_that_breaks_half_way_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_(html: str, target: Any, **_: Any) -> None:
        target.write_bytes(b"%PDF-")
        raise OSError("no space left on device")

    monkeypatch.setattr("reports.pdf.make_pdf", break_)
    report = reports.asked_for(cycles.cycle())
    with pytest.raises(OSError, match="no space"):
        services.make(report, say=lambda *_: None)
    report.refresh_from_db()
    assert not report.is_ready
    assert reports_kept() == []


def test_progress_is_said_in_words_and_rises(quick_layout: None, monkeypatch: Any) -> None:
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    cycle = cycles.cycle(org, by=lead)
    from cycles.services import cycles as cycle_services

    cycle_services.link_needs_assessment(cycle, evidence.published_needs(org, lead), by=lead)
    monkeypatch.setattr(charts, "stored_svg", lambda spec: "<svg></svg>")
    said: list[tuple[str, int]] = []
    services.make(
        reports.asked_for(cycles.fresh(cycle), ReportKind.JSNA),
        say=lambda words, percent: said.append((words, percent)),
    )
    assert [words for words, _ in said] == [
        "Drawing charts",
        "Drawing charts: 1 of 2",
        "Drawing charts: 2 of 2",
        "Laying out pages: the whole document",
        "Laying out pages: on one page",
        "Laying out pages: in easy words",
        "Making the Word file",
        "Making the Excel file",
        "Making the CSV files",
        "Keeping the files",
    ]
    percents = [percent for _, percent in said]
    assert percents == sorted(percents)
    assert percents[-1] < 100


def test_a_chart_that_cannot_be_drawn_does_not_stop_the_document(
    quick_layout: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(spec: Any) -> str:
        raise charts.ChartFailed("This chart could not be drawn.")

    monkeypatch.setattr(charts, "stored_svg", fail)
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    cycle = cycles.cycle(org, by=lead)
    from cycles.services import cycles as cycle_services

    cycle_services.link_needs_assessment(cycle, evidence.published_needs(org, lead), by=lead)
    assert reports.made(cycles.fresh(cycle), ReportKind.JSNA).is_ready


def test_facts_that_were_tampered_with_are_not_printed(quick_layout: None) -> None:
    report = reports.asked_for(cycles.cycle())
    forged = {**report.snapshot, "elements": []}
    Report.objects.filter(pk=report.pk).update(snapshot=forged)
    run_jobs()
    report.refresh_from_db()
    assert not report.is_ready
    assert report.job.status == JobStatus.FAILED
    assert "not what they were" in report.job.reason


def test_a_failed_edition_says_why_and_can_be_tried_again(
    monkeypatch: pytest.MonkeyPatch, quick_layout: None
) -> None:
    from reports import pdf

    works = pdf.make_pdf

    def fail(*_: Any, **__: Any) -> None:
        raise pdf.LayoutFailed("The document is too large to lay out.")

    monkeypatch.setattr("reports.pdf.make_pdf", fail)
    report = reports.made(cycles.cycle())
    assert (report.job.status, report.job.reason) == (
        JobStatus.FAILED,
        "The document is too large to lay out.",
    )
    monkeypatch.setattr("reports.pdf.make_pdf", works)
    services.retry(report, by=report.created_by)
    run_jobs()
    report.refresh_from_db()
    report.job.refresh_from_db()
    assert report.is_ready
    assert report.job.status == JobStatus.DONE
    assert verbs(report) == ["report.requested", "report.retried", "report.made"]


def test_an_edition_that_is_ready_is_not_tried_again(quick_layout: None) -> None:
    report = reports.made(cycles.cycle())
    services.retry(report, by=report.created_by)
    report.job.refresh_from_db()
    assert report.job.status == JobStatus.DONE
    assert verbs(report) == ["report.requested", "report.made"]


def test_a_job_that_was_cancelled_stops_at_its_next_step(quick_layout: None) -> None:
    report = reports.asked_for(cycles.cycle())
    jobs.cancel(report.job)
    with pytest.raises(jobs.JobCancelled):
        services.make(report, say=jobs.Running(report.job).say)
    report.refresh_from_db()
    assert not report.is_ready


@pytest.mark.parametrize(("size", "is_refused"), [(200 * 1024, False), (200 * 1024 + 1, True)])
def test_a_text_over_the_limit_is_refused_before_anything_is_made(
    size: int, is_refused: bool
) -> None:
    cycle = cycles.cycle()
    cycles.write(cycle, StrategyElement.PURPOSE, "é" * (size // 2) + "x" * (size % 2))
    if is_refused:
        with pytest.raises(limits.TooLarge, match="200 KB"):
            reports.asked_for(cycle)
    else:
        reports.asked_for(cycle)
    assert Report.objects.count() == (0 if is_refused else 1)


def test_a_whole_document_over_the_limit_is_refused() -> None:
    with pytest.raises(limits.TooLarge, match="4 MB"):
        limits.check({"texts": ["x" * 150_000] * 30})


@pytest.mark.parametrize(("characters", "seconds"), [(10, 60), (1_000_000, 250), (50_000_000, 600)])
def test_the_time_for_a_layout_grows_with_its_pages(characters: int, seconds: int) -> None:
    assert limits.seconds_for({"text": "x" * characters}) == seconds


def test_stopping_an_edition_keeps_nothing_and_it_can_be_made_after_all(quick_layout: None) -> None:
    report = reports.asked_for(cycles.cycle())
    services.cancel(report, by=report.created_by)
    run_jobs()
    report = Report.objects.get()
    assert (report.is_ready, report.job.status) == (False, JobStatus.CANCELLED)
    assert verbs(report) == ["report.requested", "report.cancelled"]
    assert not Notification.objects.filter(kind="reports.ready").exists()
    services.retry(report, by=report.created_by)
    run_jobs()
    assert Report.objects.get().is_ready


def test_stopping_it_while_it_is_laid_out_throws_away_what_is_half_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = reports.asked_for(cycles.cycle())

    def lay_out(html: str, target: Any, *, meanwhile: Any, **_: Any) -> None:
        services.cancel(report, by=report.created_by)
        target.write_bytes(b"%PDF-1.7 half")
        meanwhile()

    monkeypatch.setattr("reports.pdf.make_pdf", lay_out)
    run_jobs()
    report.refresh_from_db()
    assert (report.is_ready, report.job.status) == (False, JobStatus.CANCELLED)
    assert reports_kept() == []


def test_a_finished_edition_cannot_be_stopped(quick_layout: None) -> None:
    report = reports.made(cycles.cycle())
    services.cancel(report, by=report.created_by)
    assert report.job.status == JobStatus.DONE
    assert "report.cancelled" not in verbs(report)
