"""Bring a file of public data into a library, by the same services as the page."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from celery import current_app
from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError

from evidence.enums import ImportKind, ImportStatus
from evidence.importers import BY_NAME, OTHERS
from evidence.models import DataImport
from evidence.queries.imports import READ, outcome_of, reading_job
from evidence.services import imports
from stakeholders.enums import OrganisationRole
from stakeholders.models import Organisation, OrganisationMember, User
from vbc.core.enums import JobStatus
from vbc.core.refusals import Refused
from vbc.core.services.uploads import FileRefused

_NOUNS = {
    ImportKind.FIGURES: "figure",
    ImportKind.AREAS: "area",
    ImportKind.BOUNDARIES: "outline",
    ImportKind.INDICATORS: "indicator",
}


class Command(BaseCommand):
    help = (
        "Import published figures (CSV or XLSX), a list of areas, boundaries (GeoJSON) or "
        "what indicators mean. Ends with 1 where a row could not be used; then nothing is kept, "
        "unless --keep-good is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the file")
        parser.add_argument(
            "--mapping",
            default="",
            help=f"the kind of file, one of: {', '.join([*BY_NAME, *OTHERS])}",
        )
        parser.add_argument("--organisation", default="", help="whose library (its short name)")
        parser.add_argument("--by", default="", help="the e-mail address of who imports it")
        parser.add_argument("--source", default="", help="who publishes the figures")
        parser.add_argument("--licence", default="", help="such as Open Government Licence v3.0")
        parser.add_argument("--period", default="", help="where the file does not say, as 2024-25")
        parser.add_argument(
            "--own",
            action="store_true",
            help="they are not published: small numbers are hidden and others rounded when shown",
        )
        parser.add_argument(
            "--keep-good", action="store_true", help="keep the rows that can be used"
        )
        parser.add_argument(
            "--again", action="store_true", help="read it although it was imported before"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        organisation = self.organisation(options["organisation"])
        person = self.person(organisation, options["by"])
        try:
            with path.open("rb") as stream:
                data_import = imports.start(
                    File(stream, name=path.name),
                    organisation=organisation,
                    by=person,
                    source=options["source"] or f"The file {path.name}",
                    licence=options["licence"],
                    mapping=options["mapping"],
                    constants={"period": options["period"]},
                    keep_good_rows=options["keep_good"],
                    is_published=not options["own"],
                    again=options["again"],
                )
        except OSError as error:
            raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error
        except (Refused, FileRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Reading {path.name} for {organisation.name}, as {person}.")
        self.wait(data_import)
        self.report(data_import)

    def wait(self, data_import: DataImport) -> None:
        """Do the work here, unless a worker has taken it already; then wait for the worker."""
        current_app.loader.import_default_modules()
        while data_import.status == ImportStatus.WAITING:
            job = reading_job(data_import)
            if job is None or job.status in {JobStatus.FAILED, JobStatus.CANCELLED}:
                reason = job.reason if job else ""
                raise CommandError(f"Reading the file broke off. {reason}".strip())
            current_app.tasks[READ](job.public_id)
            data_import.refresh_from_db()
            if data_import.status == ImportStatus.WAITING:
                time.sleep(0.5)

    def report(self, data_import: DataImport) -> None:
        if data_import.status == ImportStatus.SAME:
            raise CommandError(
                "The same file was imported before, so nothing was done. Run this with --again to "
                "read it all the same."
            )
        if data_import.status == ImportStatus.COLUMNS:
            header = ", ".join(data_import.sample["header"])
            raise CommandError(
                f"We do not know the columns of this file: {header}. Nothing was kept. Open its "
                "page in the library to say which column is what, or name its kind with --mapping."
            )
        if data_import.status == ImportStatus.REFUSED:
            raise CommandError(f"Not imported: {data_import.refusal} Nothing was kept.")
        for problem in data_import.problems:
            self.stderr.write(problem["says"])
        left = data_import.problem_count - len(data_import.problems)
        if left > 0:
            self.stderr.write(f"And {left:,} more.")
        problems = _count(data_import.problem_count, "problem")
        if data_import.status == ImportStatus.CHECKED:
            good = _count(data_import.row_count, "row")
            raise CommandError(
                f"{problems} found, so nothing was kept. {good} can be used. "
                "Mend the file, or run this again with --keep-good."
            )
        outcome = outcome_of(data_import)
        noun = _NOUNS[ImportKind(data_import.kind)]
        self.stdout.write(f"Imported {_count(data_import.row_count, noun)}.")
        if outcome:
            self.stdout.write(f"{outcome.new:,} new, {outcome.replaced:,} replaced earlier ones.")
        if data_import.kind == ImportKind.FIGURES:
            self.stdout.write(
                f"{data_import.suppressed_count:,} suppressed by the source, "
                f"{data_import.missing_count:,} without a figure."
            )
        if data_import.problem_count:
            raise CommandError(f"{problems} found: those rows were left out, the rest was kept.")

    def organisation(self, slug: str) -> Organisation:
        if slug:
            found = Organisation.objects.filter(slug=slug).first()
            if found is None:
                raise CommandError(f"There is no organisation “{slug}”. {self.known()}")
            return found
        every = list(Organisation.objects.all()[:2])
        if len(every) != 1:
            raise CommandError(f"Say whose library it is for, with --organisation. {self.known()}")
        return every[0]

    def known(self) -> str:
        names = ", ".join(Organisation.objects.order_by("slug").values_list("slug", flat=True))
        return f"There are: {names}." if names else "There is none yet."

    def person(self, organisation: Organisation, email: str) -> User:
        """Who imports it, because the audit names a person: by default its first administrator."""
        staff = OrganisationMember.objects.filter(
            organisation=organisation, until__isnull=True, user__is_active=True
        ).select_related("user")
        if email:
            staff = staff.filter(user__email__iexact=email)
        ordered = sorted(staff, key=lambda each: (each.role != OrganisationRole.ADMIN, each.pk))
        if not ordered:
            raise CommandError(
                f"{email or 'Nobody'} works for {organisation.name}, so nobody can be named as the "
                "one who imported it. Give another address with --by."
                if email
                else f"Nobody works for {organisation.name} yet. Add an administrator first."
            )
        return ordered[0].user


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
