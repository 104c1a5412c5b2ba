"""Small helpers of the tests."""

import functools
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone

from vbc.core.enums import JobStatus
from vbc.core.models import Job


def thoroughly(values: Iterable[Any], *always: Any) -> list[Any]:
    """The values of a parameter: one or a few stand for all, and the others run with
    `bin/test --thorough`."""
    named = list(values)
    assert all(each in named for each in always), always
    return [
        each if each in always else pytest.param(*_together(each), marks=pytest.mark.thorough)
        for each in named
    ]


def _together(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _due() -> Any:
    due = Job.objects.filter(status=JobStatus.QUEUED, not_before__lte=timezone.now())
    return due.order_by("pk")


@functools.cache
def _tasks_are_known() -> None:
    """Celery checks every model when it looks for tasks, so once must do."""
    current_app.loader.import_default_modules()


def run_jobs() -> None:
    """Do all waiting background work here and now, by the same tasks as the worker's."""
    _tasks_are_known()
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


@dataclass
class Log:
    """What was logged, record by record."""

    records: list[logging.LogRecord] = field(default_factory=list)

    @property
    def messages(self) -> list[str]:
        return [record.getMessage() for record in self.records]

    @property
    def text(self) -> str:
        """Every line with its traceback, and whatever else its record carries."""
        formatter = logging.Formatter()
        return "\n".join(f"{formatter.format(each)} {vars(each)}" for each in self.records)


@contextmanager
def logged() -> Iterator[Log]:
    """Everything that is logged meanwhile at the levels of the settings, also by background work.

    Loading the tasks lets Celery set logging up anew, which takes away the level and the handlers
    that `caplog` has put there: it hears nothing of a task, nor of what comes after it. Here each
    record is taken as it is made, whatever handlers there are.
    """
    log, make = Log(), logging.getLogRecordFactory()

    def keep(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        log.records.append(record)
        return record

    logging.setLogRecordFactory(keep)
    try:
        yield log
    finally:
        logging.setLogRecordFactory(make)
