"""The command that makes a document and waits for it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cycles.enums import StrategyElement
from reports.models import Report
from tests.factories import cycles, reports, stakeholders
from vbc.core.enums import JobStatus
from vbc.core.models import Job

pytestmark = pytest.mark.django_db


def render(kind: str, slug: str, output: Path, **options: str) -> str:
    said = StringIO()
    call_command("render_report", kind, slug, output=output, stdout=said, **options)
    return said.getvalue()


def test_it_makes_an_edition_and_writes_it(quick_layout: None, tmp_path: Path) -> None:
    cycle = cycles.cycle()
    output = tmp_path / "strategy.pdf"
    said = render("strategy", cycle.slug, output, reason="for the board")
    report = Report.objects.get()
    assert output.read_bytes() == reports.content(report)
    assert (report.created_by, report.reason) == (cycle.lead, "for the board")
    assert report.job.status == JobStatus.DONE
    assert said.startswith(f"Commissioning strategy, edition 1: {output}")
    assert [each.name for each in tmp_path.glob("*.pdf*")] == ["strategy.pdf"]


def test_each_run_is_an_edition_and_replaces_the_file(quick_layout: None, tmp_path: Path) -> None:
    cycle = cycles.cycle()
    render("strategy", cycle.slug, tmp_path / "strategy.pdf")
    cycles.write(cycle, StrategyElement.PURPOSE, "Written later.")
    render("strategy", cycle.slug, tmp_path / "strategy.pdf")
    newest = Report.objects.get(edition=2)
    assert (tmp_path / "strategy.pdf").read_bytes() == reports.content(newest)


def test_where_nothing_changed_the_edition_that_is_there_is_written(
    quick_layout: None, tmp_path: Path
) -> None:
    cycle = cycles.cycle()
    for name in ("one.pdf", "other.pdf"):
        render("strategy", cycle.slug, tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "other.pdf").read_bytes()
    assert Report.objects.count() == 1


def test_someone_can_be_named_as_asking(quick_layout: None, tmp_path: Path) -> None:
    cycle = cycles.cycle()
    admin = stakeholders.admin_of(cycle.organisation)
    render("strategy", cycle.slug, tmp_path / "s.pdf", by=admin.email.upper())
    assert Report.objects.get().created_by == admin


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("strategy", {"slug": "no-such-cycle"}, "There is no cycle “no-such-cycle”"),
        ("jsna", {}, "no needs assessment linked"),
        ("strategy", {"output": "missing/s.pdf"}, "name a file in a folder that is there"),
        ("strategy", {"output": ""}, "name a file in a folder that is there"),
        ("strategy", {"by": "x@example.org"}, "Nobody signs in with"),
    ],
)
def test_what_cannot_be_done_says_why_and_makes_nothing(
    tmp_path: Path, kind: str, given: dict[str, str], says: str
) -> None:
    given = dict(given)
    slug, output = given.pop("slug", cycles.cycle().slug), given.pop("output", "s.pdf")
    with pytest.raises(CommandError, match=says):
        render(kind, slug, tmp_path / output, **given)
    assert not Report.objects.exists()
    assert not list(tmp_path.glob("*.pdf"))


def test_a_kind_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("render_report", "novel", "any", "-o", str(tmp_path / "s.pdf"))


def test_a_document_that_cannot_be_made_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reports import pdf

    def fail(*_: object, **__: object) -> None:
        raise pdf.LayoutFailed("The document is too large to lay out.")

    monkeypatch.setattr("reports.pdf.make_pdf", fail)
    cycle = cycles.cycle()
    with pytest.raises(CommandError, match=r"Edition 1 was not made\. The document is too large"):
        render("strategy", cycle.slug, tmp_path / "s.pdf")
    assert not (tmp_path / "s.pdf").exists()


def test_it_waits_for_a_worker_that_was_quicker(
    quick_layout: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another worker holds the job when the command looks, and finishes while it waits."""
    from datetime import timedelta

    from django.utils import timezone

    from reports.services import reports as services

    request = services.request

    def taken(*args: object, **given: object) -> Report:
        report = request(*args, **given)  # type: ignore[arg-type]  # handed on as it came
        held = timezone.now() + timedelta(minutes=5)
        Job.objects.filter(pk=report.job.pk).update(status=JobStatus.RUNNING, lease_until=held)
        return report

    def finish(_: float) -> None:
        report = Report.objects.get()
        services.make(report, say=lambda *_: None)
        Job.objects.filter(pk=report.job.pk).update(status=JobStatus.DONE, lease_until=None)

    monkeypatch.setattr("reports.services.reports.request", taken)
    monkeypatch.setattr("time.sleep", finish)
    render("strategy", cycles.cycle().slug, tmp_path / "s.pdf")
    assert (tmp_path / "s.pdf").read_bytes() == reports.content(Report.objects.get())
    assert Report.objects.get().job.attempts == 0
