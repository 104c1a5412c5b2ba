"""The row is the job: nothing is lost when the broker or a worker is, and nothing is done twice."""

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.utils import timezone

from evidence.tasks import read_import
from tests.factories import stakeholders as make
from vbc.core.enums import JobStatus
from vbc.core.models import Job
from vbc.core.services import jobs

pytestmark = pytest.mark.django_db
KIND = "tests.count"
done: list[str] = []


@jobs.task(KIND)
def count_one(running: jobs.Running) -> None:
    running.say("Counting", 50)
    done.append(running.object_id)


@jobs.task("tests.fail")
def fail(running: jobs.Running) -> None:
    raise ValueError("something unforeseen")


@jobs.task("tests.refuse")
def refuse(running: jobs.Running) -> None:
    raise jobs.JobRefused("The file has no rows. Choose another file.")


@jobs.task("tests.cancelled")
def cancelled_at_the_end(running: jobs.Running) -> None:
    jobs.cancel(running.job)


@pytest.fixture(autouse=True)
def _start_from_nothing() -> None:
    done.clear()


def _enqueue(kind: str = KIND) -> Job:
    return jobs.enqueue(kind, make.organisation(), by=None)


def _run(job: Job) -> Job:
    current_app.tasks[job.kind](job.public_id)
    job.refresh_from_db()
    return job


def test_job_is_done_once_however_often_it_is_delivered() -> None:
    job = _run(_enqueue())
    assert (job.status, job.percent, job.attempts) == (JobStatus.DONE, 100, 1)
    for _ in range(2):
        _run(job)
    assert done == [job.object_id]


def test_asking_twice_makes_one_job() -> None:
    org = make.organisation()
    assert jobs.enqueue(KIND, org, by=None) == jobs.enqueue(KIND, org, by=None)


def test_refusal_is_final_and_says_why() -> None:
    job = _run(_enqueue("tests.refuse"))
    assert job.status == JobStatus.FAILED
    assert job.reason == "The file has no rows. Choose another file."


def test_failure_is_tried_five_times_then_said() -> None:
    job = _enqueue("tests.fail")
    for attempt in range(1, 6):
        Job.objects.filter(pk=job.pk).update(not_before=timezone.now())
        job = _run(job)
        assert job.attempts == attempt
    assert job.status == JobStatus.FAILED
    assert "tried five times" in job.reason
    assert "unforeseen" not in job.reason


def test_failure_waits_before_the_next_try() -> None:
    job = _run(_enqueue("tests.fail"))
    assert job.status == JobStatus.QUEUED
    assert job.not_before > timezone.now()
    assert _run(job).attempts == 1


def test_job_in_a_workers_hands_is_left_to_it() -> None:
    job = _enqueue()
    Job.objects.filter(pk=job.pk).update(
        status=JobStatus.RUNNING, lease_until=timezone.now() + timedelta(minutes=1)
    )
    _run(job)
    assert done == []


def test_sweep_hands_on_what_a_dead_worker_held(monkeypatch: pytest.MonkeyPatch) -> None:
    job = _enqueue()
    Job.objects.filter(pk=job.pk).update(
        status=JobStatus.RUNNING, attempts=1, lease_until=timezone.now() - timedelta(seconds=1)
    )
    nudged: list[str] = []
    monkeypatch.setattr(jobs, "nudge", lambda job: nudged.append(job.public_id))
    assert jobs.sweep() == 1
    assert nudged == [job.public_id]
    assert _run(job).status == JobStatus.DONE


def test_sweep_buries_what_kills_its_workers() -> None:
    job = _enqueue()
    Job.objects.filter(pk=job.pk).update(
        status=JobStatus.RUNNING, attempts=5, lease_until=timezone.now() - timedelta(seconds=1)
    )
    assert jobs.sweep() == 0
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED


def test_broker_that_is_down_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    def down(*args: object, **kwargs: object) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(current_app, "send_task", down)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        job = _enqueue()
    assert Job.objects.get(pk=job.pk).status == JobStatus.QUEUED


def test_cancelled_job_stops_at_its_next_step() -> None:
    job = _enqueue()
    jobs.cancel(job)
    assert _run(job).status == JobStatus.CANCELLED
    assert done == []


def test_job_that_is_cancelled_in_its_last_step_is_not_said_to_be_done() -> None:
    assert _run(_enqueue("tests.cancelled")).status == JobStatus.CANCELLED


def test_failed_job_can_be_tried_again() -> None:
    job = _run(_enqueue("tests.refuse"))
    job = jobs.retry(job, by=None)
    assert (job.status, job.attempts, job.reason) == (JobStatus.QUEUED, 0, "")


def test_work_that_reads_a_large_file_may_take_longer_than_other_work(settings: Any) -> None:
    long = read_import
    assert long.time_limit == jobs.LONG.total_seconds() > settings.CELERY_TASK_TIME_LIMIT
    assert long.soft_time_limit < long.time_limit
    # It ends before the broker hands its message to somebody else, whichever broker that is.
    assert long.time_limit < 3600
    assert current_app.tasks[KIND].time_limit == settings.CELERY_TASK_TIME_LIMIT


def test_a_lease_is_renewed_before_it_ends_and_lost_within_two_minutes(settings: Any) -> None:
    assert 3 * jobs.HEARTBEAT < jobs.LEASE
    sweeps = timedelta(seconds=settings.CELERY_BEAT_SCHEDULE["sweep-jobs"]["schedule"])
    assert jobs.LEASE + 2 * sweeps < timedelta(minutes=2)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_lives_keeps_its_job_however_long_a_step_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The work itself says nothing meanwhile, as a layout of many pages does."""
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=1.5))
    monkeypatch.setattr(jobs, "HEARTBEAT", timedelta(seconds=0.2))
    job = _enqueue("tests.slow")
    left: list[float] = []

    @jobs.task("tests.slow")
    def slow(running: jobs.Running) -> None:
        for _ in range(3):
            time.sleep(1)
            until = Job.objects.get(pk=running.job.pk).lease_until
            assert until is not None
            left.append((until - timezone.now()).total_seconds())

    slow(job.public_id)
    assert min(left) > 0
    assert _reread(job).status == JobStatus.DONE
    assert [each.name for each in threading.enumerate() if each.name == "heartbeat"] == []


def _reread(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)
