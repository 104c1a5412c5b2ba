"""Makes an edition of a document from the command line, and waits for it."""

import sys
import time
from pathlib import Path
from typing import Any

from celery import current_app
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cycles.models import Cycle
from reports.enums import FileFormat, Subject, Version
from reports.kinds import KINDS, kinds_about
from reports.models import Report
from reports.services import files, reports
from stakeholders.models import User
from vbc.core.models import Job
from vbc.core.refusals import Refused

LONGEST_WAIT_SECONDS = 900


class Command(BaseCommand):
    """`manage.py render_report strategy CYCLE -o FILE`: an edition, by the same path as a page.

    Where nothing changed since the last one, that one is written. Else it does the work itself,
    unless a worker was quicker; then it waits for the worker.
    """

    help = "Makes a new edition of a strategy or a needs assessment (JSNA) and writes its PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=[each.key.value for each in kinds_about(Subject.CYCLE)])
        parser.add_argument("cycle", help="the cycle's slug; list_cycles shows them")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
        parser.add_argument("--reason", default="", help="why this edition; it is printed in it")
        parser.add_argument(
            "--by",
            metavar="E-MAIL",
            default="",
            help="who asks for it; by default the person who leads the cycle",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends with status 1 and words where there is no such cycle, person or folder."""
        output: Path = options["output"]
        if output.is_dir() or not output.parent.is_dir():
            raise CommandError(
                f"{output} cannot be written: name a file in a folder that is there. "
                "No edition was made."
            )
        cycle = _cycle(options["cycle"])
        by = _person(options["by"]) if options["by"] else cycle.lead
        try:
            report = reports.request(cycle, options["kind"], by=by, reason=options["reason"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        assert report.job is not None  # noqa: S101 - `request` always queues one
        job = self._done(report.job)
        report = Report.objects.get(pk=report.pk)
        if not report.is_ready:
            raise CommandError(f"Edition {report.edition} was not made. {job.reason}".strip())
        stored = report.files.get(version=Version.FULL, format=FileFormat.PDF)
        with default_storage.open(stored.name) as file:
            content = file.read()
        try:
            files.put(content, output)
        except OSError as error:
            raise CommandError(
                f"Edition {report.edition} was made and can be downloaded, but {output} could not "
                f"be written: {error.strerror}."
            ) from None
        self.stdout.write(
            f"{KINDS[report.kind].label}, edition {report.edition}: {output} "
            f"({len(content) / 1024:.0f} KB)"
        )

    def _done(self, job: Job) -> Job:
        """The job when it has ended, or when nobody has ended it for a quarter of an hour."""
        current_app.loader.import_default_modules()
        until = time.monotonic() + LONGEST_WAIT_SECONDS
        said = ""
        while True:
            current_app.tasks[job.kind](job.public_id)
            job.refresh_from_db()
            if not job.is_live or time.monotonic() > until:
                return job
            if job.progress != said and sys.stderr.isatty():
                said = job.progress
                self.stderr.write(f"{said} ...")
            time.sleep(1)


def _cycle(slug: str) -> Cycle:
    cycle = Cycle.objects.filter(slug=slug).select_related("lead").first()
    if cycle is None:
        raise CommandError(
            f"There is no cycle “{slug}”. `manage.py list_cycles` shows every cycle's name in "
            "addresses. No edition was made."
        )
    return cycle


def _person(email: str) -> User:
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody signs in with {email}. No edition was made.")
    return person
