"""Small helpers of the tests."""

import threading
from collections.abc import Callable
from typing import Any

from celery import current_app
from django.db import connection
from django.utils import timezone

from vbc.core.enums import JobStatus
from vbc.core.models import Job


def _due() -> Any:
    due = Job.objects.filter(status=JobStatus.QUEUED, not_before__lte=timezone.now())
    return due.order_by("pk")


def run_jobs() -> None:
    """Do all waiting background work here and now, by the same tasks as the worker's."""
    current_app.loader.import_default_modules()
    while jobs := list(_due()):
        for job in jobs:
            attempts = job.attempts
            current_app.tasks[job.kind](job.public_id)
            job.refresh_from_db()
            if job.status == JobStatus.QUEUED and job.attempts == attempts + 1:
                raise AssertionError(f"{job.kind} failed and would be tried again; see the log.")


def at_once(acts: list[Callable[[], Any]]) -> list[BaseException]:
    """Run every act in a thread of its own, all starting together. Returns what they raised."""
    start = threading.Barrier(len(acts))
    errors: list[BaseException] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            act()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors
