"""Documents that kill whoever makes them, nudges that get lost, and nudges that come three times.

Rows 22, 24 and 25 of the fault table, for documents. The journeys kill real workers.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.core.files.storage import default_storage
from django.utils import timezone

from reports.enums import ReportKind
from reports.models import Report, ReportFile
from reports.services import reports as services
from tests.factories import meetings, reports
from tests.support import at_once, run_jobs
from vbc.core.enums import JobStatus
from vbc.core.models import Job, Notification
from vbc.core.services import jobs

MANY = 100
POISON = "This one kills"


class Killed(BaseException):
    """Nothing in a worker catches it, as nothing catches SIGKILL: the job stays in dead hands."""


def kept() -> set[str]:
    there = default_storage.exists("reports")
    return {f"reports/{each}" for each in default_storage.listdir("reports")[1]} if there else set()


def told() -> int:
    return Notification.objects.filter(kind="reports.ready").count()


def a_meeting() -> Any:
    meeting = meetings.arranged()
    meetings.item(meeting, "What helps at night")
    return meetings.fresh(meeting)


@pytest.fixture
def delivered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the broker was told of documents, which nobody hands on."""
    current_app.loader.import_default_modules()
    said: list[str] = []

    def send(kind: str, args: list[str], **_: Any) -> None:
        if kind == services.RENDER:
            said.extend(args)

    monkeypatch.setattr(current_app, "send_task", send)
    return said


@pytest.fixture
def quick_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    reports.without_layout(monkeypatch)


@pytest.mark.django_db
def test_a_document_that_kills_its_workers_is_given_up_after_five_and_others_are_made(
    delivered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lay_out(html: str, target: Path, **_: Any) -> None:
        if POISON in html:
            raise Killed
        target.write_bytes(b"%PDF-1.7")

    monkeypatch.setattr("reports.pdf.make_pdf", lay_out)
    meeting = a_meeting()
    poison = reports.asked_for(meeting, ReportKind.PAPERS, reason=POISON)
    other = reports.asked_for(meeting, ReportKind.PAPERS, reason="for the board")
    make = current_app.tasks[services.RENDER]
    for _ in range(Job.MAX_ATTEMPTS):
        with pytest.raises(Killed):
            make(poison.job.public_id)
        # Its lease runs out, and the sweep hands it on.
        Job.objects.filter(pk=poison.job_id).update(lease_until=timezone.now())
        delivered.clear()
        jobs.sweep()
        if other.job.public_id in delivered:
            make(other.job.public_id)
            other.refresh_from_db()
            assert other.is_ready
    poison.refresh_from_db()
    job = Job.objects.get(pk=poison.job_id)
    assert (job.status, job.attempts) == (JobStatus.FAILED, Job.MAX_ATTEMPTS)
    assert job.reason.startswith("It was tried five times and did not work. Nothing else")
    assert not poison.is_ready
    assert poison.job.public_id not in delivered
    assert kept() == {each.name for each in other.files.all()}
    assert told() == 1


@pytest.mark.django_db
@pytest.mark.thorough
def test_of_a_hundred_documents_whose_nudges_were_lost_each_is_made(
    delivered: list[str],
    quick_layout: None,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    meeting = a_meeting()
    with django_capture_on_commit_callbacks(execute=True):
        asked = [
            reports.asked_for(meeting, ReportKind.PAPERS, reason=f"for reader {number}")
            for number in range(MANY)
        ]
    assert len(delivered) == MANY
    delivered.clear()  # The broker has forgotten all of them.
    jobs.sweep()
    assert delivered == [each.job.public_id for each in asked]
    for public_id in delivered:
        current_app.tasks[services.RENDER](public_id)
    assert Report.objects.filter(made_at__isnull=False).count() == len(asked)
    assert told() == MANY
    assert len(kept()) == ReportFile.objects.count() == MANY


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_lost", [False, True], ids=["delivered", "by three who all hold it"])
def test_one_document_that_is_made_three_times_at_once_arrives_once(
    is_lost: bool, delivered: list[str], quick_layout: None
) -> None:
    """Whoever comes first has it; also where a lease was lost and three make it to the end."""
    report = reports.asked_for(a_meeting(), ReportKind.PAPERS)
    if is_lost:
        acts = [partial(services.make, _read(report), say=lambda *_: None) for _ in range(3)]
    else:
        make = current_app.tasks[services.RENDER]
        acts = [partial(make, report.job.public_id) for _ in range(3)]
    assert at_once(acts) == []
    report = _read(report)
    assert report.is_ready
    assert told() == 1
    assert kept() == {each.name for each in report.files.all()}
    assert len(kept()) == 1
    run_jobs()
    assert told() == 1


def _read(report: Report) -> Report:
    return Report.objects.select_related("created_by", "meeting__panel", "job").get(pk=report.pk)
