"""Bring a file of public data into a library, by the same services as the page."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import CommandError

from evidence.enums import ImportKind, ImportStatus
from evidence.importers import BY_NAME, OTHERS
from evidence.management.importing import ImportCommand, counted
from evidence.models import DataImport
from evidence.queries.imports import READ, outcome_of, reading_job
from evidence.services import imports
from vbc.core.refusals import Refused
from vbc.core.services.uploads import FileRefused

_NOUNS = {
    ImportKind.FIGURES: "figure",
    ImportKind.AREAS: "area",
    ImportKind.BOUNDARIES: "outline",
    ImportKind.INDICATORS: "indicator",
}


class Command(ImportCommand):
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
        self.wait(data_import, READ, reading_job)
        self.report(data_import)

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
        others = ", ".join(data_import.sheets.get("others", []))
        if others:
            self.stderr.write(
                f"Sheets not read, because their columns are others: {others}. Save each by "
                "itself, and import that file."
            )
        if without := ", ".join(data_import.sheets.get("without", [])):
            self.stderr.write(f"Sheets without a table, or hidden: {without}.")
        problems = counted(data_import.problem_count, "problem")
        if data_import.status == ImportStatus.CHECKED:
            good = counted(data_import.row_count, "row")
            if not data_import.problem_count:
                raise CommandError(
                    f"Some sheets would stay out, so nothing was kept. {good} can be used. Run "
                    "this again with --keep-good to keep them."
                )
            raise CommandError(
                f"{problems} found, so nothing was kept. {good} can be used. "
                "Mend the file, or run this again with --keep-good."
            )
        outcome = outcome_of(data_import)
        noun = _NOUNS[ImportKind(data_import.kind)]
        self.stdout.write(f"Imported {counted(data_import.row_count, noun)}.")
        if outcome:
            self.stdout.write(f"{outcome.new:,} new, {outcome.replaced:,} replaced earlier ones.")
        if data_import.kind == ImportKind.FIGURES:
            self.stdout.write(
                f"{data_import.suppressed_count:,} suppressed by the source, "
                f"{data_import.missing_count:,} without a figure."
            )
        if data_import.problem_count:
            raise CommandError(f"{problems} found: those rows were left out, the rest was kept.")
