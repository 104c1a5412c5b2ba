"""Bring a file of references into a library, by the same services as the page."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import CommandError

from evidence.enums import ImportStatus
from evidence.management.importing import ImportCommand, counted
from evidence.models import ReferenceImport
from evidence.queries.reference_imports import READ_REFERENCES, reading_job
from evidence.services import reference_imports
from vbc.core.refusals import Refused
from vbc.core.services.uploads import FileRefused


class Command(ImportCommand):
    help = (
        "Import a file of references: RIS, PubMed (.nbib), BibTeX or CSV. Adds what is new, gives "
        "what is there only what it lacks, and lists records that cannot be used; ends with 1 "
        "where there are any."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the file")
        parser.add_argument("--organisation", default="", help="whose library (its short name)")
        parser.add_argument("--by", default="", help="the e-mail address of who imports it")
        parser.add_argument("--source", default="", help="where the references are from")
        parser.add_argument(
            "--look-only", action="store_true", help="say what is in it, and add nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        organisation = self.organisation(options["organisation"])
        person = self.person(organisation, options["by"])
        try:
            with path.open("rb") as stream:
                made = reference_imports.start(
                    File(stream, name=path.name),
                    organisation=organisation,
                    source=options["source"] or f"The file {path.name}",
                    is_agreed=not options["look_only"],
                    by=person,
                )
        except OSError as error:
            raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error
        except (Refused, FileRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Reading {path.name} for {organisation.name}, as {person}.")
        self.wait(made, READ_REFERENCES, reading_job)
        self.report(made)

    def report(self, made: ReferenceImport) -> None:
        if made.status == ImportStatus.REFUSED:
            raise CommandError(f"Not imported: {made.refusal} Nothing was added.")
        for problem in made.problems:
            self.stderr.write(problem["says"])
        left = made.problem_count - len(made.problems)
        if left > 0:
            self.stderr.write(f"And {left:,} more.")
        new, here = counted(made.new_count, "reference"), f"{made.here_count:,} already here"
        if made.status == ImportStatus.CHECKED:
            self.stdout.write(f"{new} would be new, {here}. Nothing was added.")
        else:
            self.stdout.write(f"Added {new}; {here}.")
        if made.problem_count:
            problems = counted(made.problem_count, "record")
            raise CommandError(f"{problems} cannot be used, and the rest can.")
