"""How long what nobody needs any more is kept. Finished editions stay: they are the record."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from reports.models import Archive, Report, ReportFile
from reports.services import files
from vbc.core.enums import JobStatus
from vbc.core.services import audit

# An archive can be made again at any time; an edition that was never made is of no use to anybody.
ARCHIVES, NEVER_MADE = timedelta(days=30), timedelta(days=90)
# What no row names: left by a machine that stopped between keeping a file and writing it down.
STRAY = timedelta(days=1)


def forget(now: datetime | None = None) -> None:
    """Delete all that is past its time. Safe to run again at any time."""
    now = now or timezone.now()
    for archive in Archive.objects.filter(created_at__lt=now - ARCHIVES):
        _forget_archive(archive)
    never_made = Report.objects.filter(made_at__isnull=True, created_at__lt=now - NEVER_MADE)
    for report in never_made.exclude(job__status__in=JobStatus.live()):
        _forget_report(report)
    _forget_strays(now)


@transaction.atomic
def _forget_archive(archive: Archive) -> None:
    archive = Archive.objects.select_for_update().get(pk=archive.pk)
    name = archive.name
    audit.record("archive.forgotten", archive, by=None, data={"file": archive.digest})
    archive.delete()
    if name:
        transaction.on_commit(lambda: files.discard(name))


@transaction.atomic
def _forget_report(report: Report) -> None:
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.is_ready:
        return
    audit.record("report.forgotten", report, by=None, data={"edition": report.edition})
    report.delete()


def _forget_strays(now: datetime) -> None:
    if not default_storage.exists(files.FOLDER):
        return
    named = {*ReportFile.objects.values_list("name", flat=True)}
    named |= {*Archive.objects.exclude(name="").values_list("name", flat=True)}
    for each in default_storage.listdir(files.FOLDER)[1]:
        name = f"{files.FOLDER}/{each}"
        if name not in named and default_storage.get_modified_time(name) < now - STRAY:
            files.discard(name)
