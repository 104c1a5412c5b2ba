"""The one door to background work.

`enqueue` writes the row inside the caller's transaction; a message to the worker is only a nudge.
If the broker is down or loses it, the sweep finds the row: a request never breaks and a job is
never lost. A worker holds a job by a lease that it renews as long as it lives, so a worker that is
killed loses it to the next within two minutes.
"""

import functools
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from celery import current_app, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from vbc.core.enums import JobStatus
from vbc.core.models import Job

logger = logging.getLogger(__name__)

# Long enough for a machine that stands still for a moment, short enough for somebody who waits.
LEASE = timedelta(seconds=90)
HEARTBEAT = timedelta(seconds=25)
# Less than what the broker waits before it hands a message to somebody else.
LONG = timedelta(minutes=50)
BACK_OFF = timedelta(seconds=20)  # Times the number of attempts so far.


class JobRefused(Exception):
    """The work cannot be done, however often it is tried. The text is for the person."""


class JobCancelled(Exception):
    """The person cancelled while it ran."""


def enqueue(
    kind: str,
    thing: models.Model,
    *,
    by: Any,
    edition: str = "",
    organisation: Any = None,
    after: timedelta = timedelta(0),
) -> Job:
    """Ask for work of `kind` on `thing`, not before `after` has passed.

    Asking again for work that is live returns that job.
    """
    with transaction.atomic():
        job, created = Job.objects.select_for_update().get_or_create(
            kind=kind,
            object_id=getattr(thing, "public_id", thing.pk),
            edition=edition,
            defaults={
                "organisation": organisation or getattr(thing, "owning_organisation", None),
                "requested_by": by,
                "not_before": timezone.now() + after,
            },
        )
        if not created and not job.is_live:
            _requeue(job)
        if not after:
            # What is not due yet, no worker would take: the sweep finds it when it is.
            transaction.on_commit(lambda: nudge(job))
    return job


def enqueue_new(
    kind: str, things: Iterable[models.Model], *, by: Any, after: timedelta = timedelta(0)
) -> None:
    """Ask for work of `kind` on each of `things`, which were made a moment ago, so that nobody can
    have asked for it before. As many statements for many as for one."""
    due = timezone.now() + after
    with transaction.atomic():
        asked = Job.objects.bulk_create(
            Job(
                kind=kind,
                object_id=getattr(thing, "public_id", thing.pk),
                organisation=getattr(thing, "owning_organisation", None),
                requested_by=by,
                not_before=due,
            )
            for thing in things
        )
        if not after:
            transaction.on_commit(lambda: _nudge_all(asked))


def retry(job: Job, *, by: Any) -> Job:
    """Start a failed job afresh, with its attempts forgotten."""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        if not job.is_live:
            job.requested_by = by
            _requeue(job)
            transaction.on_commit(lambda: nudge(job))
    return job


def cancel(job: Job) -> None:
    """Stop a job: at once if it waits, at its next step of progress if it runs."""
    Job.objects.filter(pk=job.pk, status__in=JobStatus.live()).update(
        status=JobStatus.CANCELLED, finished_at=timezone.now(), lease_until=None
    )


def nudge(job: Job) -> None:
    """Tell a worker. A broker that is down is written to the log and otherwise ignored."""
    try:
        current_app.send_task(job.kind, args=[job.public_id], retry=False)
    except Exception as error:
        logger.warning("The broker did not take a nudge; the sweep will: %s", type(error).__name__)


def _nudge_all(asked: list[Job]) -> None:
    for job in asked:
        nudge(job)


def sweep() -> int:
    """Nudge everything that is due or whose lease ran out. Returns how many."""
    now = timezone.now()
    with transaction.atomic():
        due = Job.objects.filter(
            models.Q(status=JobStatus.QUEUED, not_before__lte=now)
            | models.Q(status=JobStatus.RUNNING, lease_until__lt=now)
        ).order_by("pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        jobs = list(due[:200])
        for job in jobs:
            if job.attempts >= Job.MAX_ATTEMPTS:
                _finish(job, JobStatus.FAILED, reason=_GAVE_UP)
    live = [job for job in jobs if job.is_live]
    for job in live:
        nudge(job)
    return len(live)


def run_now(job: Job) -> Job:
    """Do the job here, in this process, instead of waiting for a worker: for commands."""
    current_app.loader.import_default_modules()
    current_app.tasks[job.kind](job.public_id)
    job.refresh_from_db()
    return job


class Running:
    """A job in a worker's hands: its row, and how to say how far it is."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @property
    def object_id(self) -> str:
        return self.job.object_id

    @property
    def is_last_attempt(self) -> bool:
        """Whether the job has failed for good if this attempt fails."""
        return self.job.attempts >= Job.MAX_ATTEMPTS

    def say(self, progress: str, percent: int) -> None:
        """Show progress on the page; raises `JobCancelled` if the job was."""
        changed = Job.objects.filter(pk=self.job.pk, status=JobStatus.RUNNING).update(
            progress=progress[:200],
            percent=max(0, min(100, percent)),
            lease_until=timezone.now() + LEASE,
        )
        if not changed:
            raise JobCancelled


def task(
    kind: str, *, at_most: timedelta | None = None
) -> Callable[[Callable[[Running], None]], Any]:
    """Make a function the worker of jobs of `kind`. It must be safe to run twice.

    It is stopped when it has run `at_most` so long, or else as long as the settings let any task.
    """
    limits: dict[str, Any] = {}
    if at_most is not None:
        seconds = int(at_most.total_seconds())
        limits = {"time_limit": seconds, "soft_time_limit": seconds - 30}

    def decorate(work: Callable[[Running], None]) -> Any:
        @shared_task(name=kind, **limits)
        @functools.wraps(work)
        def run(public_id: str) -> None:
            job = _claim(public_id)
            if job is not None:
                _carry_out(job, work)

        return run

    return decorate


def _claim(public_id: str) -> Job | None:
    """Take the job, unless someone has it, it is not due, or it has failed too often."""
    now = timezone.now()
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(public_id=public_id).first()
        if job is None or not job.is_live or job.not_before > now:
            return None
        if job.status == JobStatus.RUNNING and job.lease_until and job.lease_until > now:
            return None
        if job.attempts >= Job.MAX_ATTEMPTS:
            _finish(job, JobStatus.FAILED, reason=_GAVE_UP)
            return None
        job.status = JobStatus.RUNNING
        job.attempts += 1
        job.lease_until = now + LEASE
        job.save()
    return job


def _carry_out(job: Job, work: Callable[[Running], None]) -> None:
    try:
        with _held(job):
            work(Running(job))
    except JobCancelled:
        return
    except JobRefused as refusal:
        why = type(refusal.__cause__ or refusal).__name__
        logger.warning("A job of kind %s cannot be done: %s", job.kind, why)
        _finish(job, JobStatus.FAILED, reason=str(refusal))
    except SoftTimeLimitExceeded:
        _finish(job, JobStatus.FAILED, reason=_TOO_LONG)
    except Exception:
        logger.exception("A job of kind %s failed on attempt %s", job.kind, job.attempts)
        if job.attempts >= Job.MAX_ATTEMPTS:
            _finish(job, JobStatus.FAILED, reason=_GAVE_UP)
        else:
            Job.objects.filter(pk=job.pk, status=JobStatus.RUNNING).update(
                status=JobStatus.QUEUED,
                lease_until=None,
                not_before=timezone.now() + BACK_OFF * job.attempts,
            )
    else:
        _finish(job, JobStatus.DONE)


@contextmanager
def _held(job: Job) -> Iterator[None]:
    """Renew the lease as long as this process lives, however long one step of the work takes."""
    is_over = threading.Event()

    def beat() -> None:
        try:
            while not is_over.wait(HEARTBEAT.total_seconds()):
                try:
                    Job.objects.filter(pk=job.pk, status=JobStatus.RUNNING).update(
                        lease_until=timezone.now() + LEASE
                    )
                except DatabaseError as error:
                    logger.warning("A lease could not be renewed: %s", type(error).__name__)
        finally:
            connection.close()  # Of this thread.

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _finish(job: Job, status: str, reason: str = "") -> None:
    job.status = status
    Job.objects.filter(pk=job.pk, status__in=JobStatus.live()).update(
        status=status,
        reason=reason,
        percent=100 if status == JobStatus.DONE else models.F("percent"),
        lease_until=None,
        finished_at=timezone.now(),
    )


def _requeue(job: Job) -> None:
    job.status = JobStatus.QUEUED
    job.attempts = job.percent = 0
    job.progress = job.reason = ""
    job.not_before = timezone.now()
    job.finished_at = job.lease_until = None
    job.save()


_GAVE_UP = (
    "It was tried five times and did not work. Nothing else is affected. "
    "Try again; if it fails again, tell the people who run this service."
)
_TOO_LONG = (
    "It took too long and was stopped. Nothing else is affected. "
    "Try with fewer pages or a smaller file."
)
