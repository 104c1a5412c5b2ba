"""A document that is asked for arrives once and whole, or says why not, whatever breaks."""

import time
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from celery import current_app
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from cycles.models import Cycle
from cycles.services import cycles as cycle_services
from reports.enums import ReportKind
from reports.kinds import KINDS
from reports.models import Report
from reports.services import reports as services
from reports.services import retention
from tests.factories import cycles, evidence, reports, stakeholders
from tests.journeys.background import Worker, working
from tests.journeys.trouble_names import OTHER_POINTS
from tests.journeys.watching import Watch
from vbc.core.enums import JobStatus
from vbc.core.models import Job, Notification

pytestmark = [
    pytest.mark.journey,
    pytest.mark.thorough,
    pytest.mark.django_db(transaction=True),
]
SECONDS = 120


def wait_for(what: Callable[[], object], worker: Worker | None = None) -> None:
    until = time.monotonic() + SECONDS
    while not what():
        if time.monotonic() > until:
            raise AssertionError(f"Waited in vain.\n{worker.said() if worker else ''}")
        time.sleep(0.1)


def read(report: Report) -> Report:
    return Report.objects.select_related("job").get(pk=report.pk)


def kept() -> set[str]:
    there = default_storage.exists("reports")
    return {f"reports/{each}" for each in default_storage.listdir("reports")[1]} if there else set()


def is_whole(report: Report) -> bool:
    """Every file of it is there, to its last byte, and the document has its pages."""
    kind = KINDS[report.kind]
    stored = list(report.files.all())
    assert len(stored) == len(kind.versions) + len(kind.also)
    for each in stored:
        with default_storage.open(each.name) as file:
            content = file.read()
        if (len(content), sha256(content).hexdigest()) != (each.size, each.digest):
            return False
    return len(pypdfium2.PdfDocument(reports.content(report))) > 5


@pytest.mark.parametrize(
    "point",
    [
        "before the layout",
        "while it is written down",
        *(pytest.param(each, marks=pytest.mark.long) for each in OTHER_POINTS),
    ],
)
def test_a_worker_is_killed_and_the_document_arrives_once(
    point: str, site: Watch, tmp_path: Path
) -> None:
    cycle = cycles.planning()
    with working(tmp_path / "one", site.site_address, trouble=point) as worker:
        report = reports.asked_for(cycle)
        wait_for((tmp_path / "one" / "reached").exists, worker)
        worker.is_killed()
    # As 90 seconds later: its lease has run out.
    Job.objects.filter(status=JobStatus.RUNNING).update(lease_until=timezone.now())
    with working(tmp_path / "two", site.site_address) as worker:
        wait_for(lambda: read(report).job.status == JobStatus.DONE, worker)
        report = read(report)
        assert report.is_ready
        assert is_whole(report)
        wait_for(lambda: Notification.objects.filter(kind="reports.ready").exists(), worker)
    assert Notification.objects.filter(kind="reports.ready").count() == 1
    named = {each.name for each in report.files.all()}
    assert named <= kept()
    assert len(kept() - named) <= len(named)  # What the dead worker had kept, and no row names.
    retention.forget(timezone.now() + timedelta(days=2))
    assert kept() == named


def test_a_full_disk_is_a_reason_and_leaves_nothing(site: Watch, tmp_path: Path) -> None:
    cycle = cycles.planning()
    with working(tmp_path / "one", site.site_address, trouble="no space") as worker:
        report = reports.asked_for(cycle)
        wait_for(lambda: read(report).job.status == JobStatus.FAILED, worker)
    report = read(report)
    assert not report.is_ready
    assert report.job is not None
    assert report.job.attempts == Job.MAX_ATTEMPTS
    assert report.job.reason
    assert kept() == set()
    with working(tmp_path / "two", site.site_address) as worker:
        services.retry(report, by=cycle.lead)
        wait_for(lambda: read(report).is_ready, worker)
    assert is_whole(read(report))


def test_a_broker_that_is_down_when_it_is_asked_for_delays_it_and_no_more(
    site: Watch, tmp_path: Path
) -> None:
    cycle = cycles.planning()
    with working(tmp_path / "one", site.site_address) as worker:
        works = current_app.conf.broker_url
        current_app.conf.update(broker_url="redis://127.0.0.1:1")
        current_app._after_fork()
        try:
            report = reports.asked_for(cycle)
        finally:
            current_app.conf.update(broker_url=works)
            current_app._after_fork()
        wait_for(lambda: read(report).is_ready, worker)
    assert is_whole(read(report))


def test_ten_at_once_all_arrive_while_the_site_answers(site: Watch, tmp_path: Path) -> None:
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    asked = []
    client = Client()
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    percents: dict[int, list[int]] = {}
    with working(tmp_path / "one", site.site_address) as worker:
        for number in range(10):
            cycle = cycles.planning(org, by=lead, lead=lead, title=f"Cycle {number}")
            asked.append(reports.asked_for(cycle))

        def all_are_ready() -> bool:
            for each in Job.objects.filter(kind=services.RENDER):
                percents.setdefault(each.pk, []).append(each.percent)
            page = client.get("/documents/")
            assert page.status_code == 200
            shown = page.content.decode().count("Being made")
            ready = Report.objects.filter(made_at__isnull=False).count()
            # A page is older than what is counted after it, never younger.
            assert shown >= 10 - ready, " ".join(strip_tags(page.content.decode()).split())
            return ready == 10

        wait_for(all_are_ready, worker)
    assert all(is_whole(read(each)) for each in asked)
    assert Notification.objects.filter(kind="reports.ready").count() == 10
    assert len(percents) == 10
    assert all(seen == sorted(seen) for seen in percents.values())


def test_one_needs_assessment_draws_no_chart_again_after_a_changed_paragraph(
    site: Watch, tmp_path: Path
) -> None:
    """Charts are kept under what they show, so that another edition finds them drawn."""
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    cycle = cycles.cycle(org, by=lead)
    assessment: Any = evidence.published_needs(org, lead)
    cycle_services.link_needs_assessment(cycle, assessment, by=lead)
    with working(tmp_path / "one", site.site_address) as worker:
        first = reports.asked_for(cycles.fresh(cycle), ReportKind.JSNA)
        wait_for(lambda: read(first).is_ready, worker)
        # What the pages of the library asked to be drawn comes in its own time.
        wait_for(lambda: not Job.objects.filter(status__in=JobStatus.live()).exists(), worker)
        drawn = drawings()
        assert drawn
        Cycle.objects.filter(pk=cycle.pk).update(summary="Another summary.")
        second = reports.asked_for(cycles.fresh(cycle), ReportKind.JSNA)
        assert second != first
        wait_for(lambda: read(second).is_ready, worker)
    assert drawings() == drawn


def drawings() -> dict[str, float]:
    """Every drawing that is kept, and when it was."""
    return {
        each: default_storage.get_modified_time(f"charts/{each}").timestamp()
        for each in default_storage.listdir("charts")[1]
    }
