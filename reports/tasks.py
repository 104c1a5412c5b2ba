"""Making documents in the background, and what happens to them by itself as time goes by."""

import logging
from collections.abc import Callable

from celery import shared_task
from django.utils import timezone

from reports.models import Archive, Report
from reports.services import archives, reports, retention, schedules
from vbc.core.services import jobs

logger = logging.getLogger(__name__)


@jobs.task(reports.RENDER)
def render_report(running: jobs.Running) -> None:
    about = ("cycle", "decision__cycle", "meeting__panel")
    report = Report.objects.select_related("created_by", *about).get(public_id=running.object_id)
    reports.make(report, say=running.say)


@jobs.task(archives.MAKE, at_most=jobs.LONG)
def make_archive(running: jobs.Running) -> None:
    archive = Archive.objects.select_related("cycle__organisation", "created_by").get(
        public_id=running.object_id
    )
    archives.make(archive, say=running.say)


@shared_task(name="reports.keep_house")
def keep_house() -> None:
    """Each part by itself; the first failure is raised at the end, so that it is seen."""
    parts: tuple[Callable[[], object], ...] = (
        lambda: schedules.make_due(timezone.localdate()),
        retention.forget,
    )
    failures = []
    for part in parts:
        try:
            part()
        except Exception as error:
            logger.exception("A part of the housekeeping of documents failed")
            failures.append(error)
    if failures:
        raise failures[0]
