"""A commissioner brings in every kind of public file, on a phone, in no order at all."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from evidence.models import (
    Area,
    AreaBoundary,
    DataImport,
    ImportedReference,
    Indicator,
    Observation,
    Reference,
)
from tests.factories import stakeholders
from tests.journeys import public_files
from tests.journeys.background import Worker
from tests.journeys.keyboard import Keyboard
from tests.journeys.people import Person, control, named
from tests.journeys.public_files import FIGURES, PLACES, REFERENCES, SMALL, WHOLE, Cell
from tests.journeys.watching import Watch

pytestmark = pytest.mark.journey
READ_SECONDS = 120
# Every table's rows as words, also of tables that are folded away. On a phone a cell begins with
# the name of its column, which only the narrow screen shows.
TABLES = """() => [...document.querySelectorAll("main table")].map((table) =>
  [...table.rows].map((row) =>
    [...row.cells].map((cell) => cell.textContent.replace(/\\s+/g, " ").trim())
  )
)"""


class Importing:
    """The journey's steps."""

    def __init__(self, site: Watch, worker: Worker, enter: Callable[..., Person]) -> None:
        self.site, self.worker, self.enter = site, worker, enter

    def given_a_commissioner_with_a_phone(self) -> None:
        self.organisation = stakeholders.organisation()
        self.alex = self.enter(stakeholders.commissioner(self.organisation))

    def given_a_colleague_without_scripts(self) -> None:
        """Who reads the figures: so the tables are there without any picture having been drawn."""
        colleague = stakeholders.commissioner(self.organisation)
        self.colleague = self.enter(colleague, javascript=False)

    # --- Figures and places ----------------------------------------------------------------------

    def when_a_file_of_figures_or_places_is_added(self, file: Path, source: str) -> None:
        self.alex.opens("/library/imports/")
        self.alex.follows("Add figures")
        self._fills_in(file, source)
        self.alex.presses("Add and check")
        self._waits_until("Imported")

    def when_one_is_added_by_keyboard(self, file: Path, source: str) -> None:
        """Choosing the file itself is the browser's own window, which nobody can press here."""
        alex, keyboard = self.alex, Keyboard(self.alex)
        alex.opens("/library/imports/")
        keyboard.goes_by(control(alex.main, "Add figures"))
        alex.page.locator("input[type=file]").set_input_files(file)
        keyboard.moves_to(named(alex.main, "radio", "Yes, anybody can read it"))
        keyboard.presses("Space")
        keyboard.moves_to(alex.page.get_by_label("Where it is from"))
        alex.page.keyboard.type(source)
        with self.worker.held_up():
            keyboard.goes_by(control(alex.main, "Add and check"))
            expect(alex.page.get_by_role("progressbar")).to_be_visible()
            alex.sees("Waiting to start", "You can leave this page and come back")
            alex.looks_again("waiting")
        self._waits_until("Imported")
        alex.looks_again("imported")

    def then_the_cells_read_by_eye_stand_on_its_pages(self, cells: tuple[Cell, ...]) -> None:
        imported = self.alex.page.url
        before: Cell | None = None
        for cell in cells:
            same = before and (before.indicator, before.area, before.group) == (
                cell.indicator,
                cell.area,
                cell.group,
            )
            if not same:
                self._opens_indicator(imported, cell)
            tables = self.colleague.page.evaluate(TABLES)
            found = [each for table in tables for each in _figures(table, cell.row)]
            assert any(_is(cell.shows, each) for each in found), (cell, tables)
            if cell.shows == "Suppressed":
                assert all(_is("Suppressed", each) for each in found), (cell, found)
            before = cell

    def then_the_pages_of_places_say(self, places: tuple[public_files.Place, ...]) -> None:
        for reader, place in zip(self._readers(), places, strict=False):
            reader.opens("/library/areas/")
            reader.answers({"Name or code": place.code})
            reader.presses("Apply")
            with reader.page.expect_navigation():
                reader.main.locator("ul.nhsuk-list a").first.click()
            reader.arrives()
            text = reader.reads()
            for words in place.says:
                assert words in text, (place, text)

    # --- References ------------------------------------------------------------------------------

    def when_a_file_of_references_is_added(self, file: Path, source: str) -> None:
        alex = self.alex
        alex.opens("/library/references/import/")
        alex.follows("Add a file of references")
        alex.page.locator("input[type=file]").set_input_files(file)
        alex.answers({"Where the references are from": source})
        alex.presses("Add and look through it")
        self._waits_until("Waiting for your decision")
        alex.sees("Nothing has been added yet.")
        alex.looks_again("looked through")
        # Of the second search everything came with the first one, where both files are whole.
        has_new = alex.page.get_by_role("button", name="Add the new ones").count()
        alex.presses("Add the new ones" if has_new else "Fill in what is missing")
        self._waits_until("Added")
        alex.looks_again("added")

    def then_the_references_say(self, printed: tuple[public_files.Printed, ...]) -> None:
        for reader, each in zip(self._readers(), printed, strict=False):
            reader.opens("/library/")
            reader.answers({"Find something that was written": each.title[:60]})
            reader.presses("Search")
            reader.follows(each.title)
            text = reader.reads()
            for words in (each.title, *each.says):
                assert words in text, (each, text)

    # --- Files that are wrong --------------------------------------------------------------------

    def when_a_wrong_file_is_added(self, file: Path) -> None:
        self.alex.opens("/library/imports/start/")
        self._fills_in(file, "Nobody in particular")
        self.alex.presses("Add and check")
        self._waits()

    def when_wrong_references_are_added(self, file: Path) -> None:
        self.alex.opens("/library/references/import/start/")
        self.alex.page.locator("input[type=file]").set_input_files(file)
        self.alex.answers({"Where the references are from": "Nobody in particular"})
        self.alex.presses("Add and look through it")
        self._waits()

    def then_it_says_why_and_nothing_was_kept(self, name: str, *words: str) -> None:
        self.alex.sees(*words)
        self.alex.looks_again(f"with {name}")
        for model in (Observation, Indicator, Area, AreaBoundary, Reference, ImportedReference):
            assert not model._default_manager.exists(), (name, model)

    # --- Parts -----------------------------------------------------------------------------------

    def _fills_in(self, file: Path, source: str) -> None:
        self.alex.page.locator("input[type=file]").set_input_files(file)
        self.alex.chooses("Yes, anybody can read it")
        self.alex.answers({"Where it is from": source})

    def _waits_until(self, tag: str) -> None:
        self._waits()
        shown = self.alex.main.locator(".nhsuk-tag").first
        assert shown.inner_text().strip() == tag, self.alex.reads()[:2000]

    def _waits(self) -> None:
        """The page asks by itself how far it is, and shows the end when it has come."""
        being_read = self.alex.main.locator(".nhsuk-tag", has_text="Being read")
        expect(being_read, self.worker.said()).to_have_count(0, timeout=READ_SECONDS * 1000)
        expect(self.alex.page.get_by_role("progressbar")).to_have_count(0)

    def _opens_indicator(self, imported: str, cell: Cell) -> None:
        reader = self.colleague
        reader.opens(imported)
        reader.follows(cell.indicator)
        # Where there is only one to choose, the page does not ask. Which groups there are hangs on
        # the area, so that is chosen first.
        if self._asks("Area"):
            reader.page.get_by_label("Area", exact=True).select_option(label=cell.area)
            reader.presses("Show")
        if cell.group:
            reader.selects("Compare groups by", cell.group)
            reader.presses("Show")

    def _asks(self, label: str) -> bool:
        return self.colleague.page.get_by_label(label, exact=True).count() > 0

    def _readers(self) -> Iterator[Person]:
        """Whoever added the file looks first, then the colleague."""
        yield self.alex
        while True:
            yield self.colleague


def _figures(table: list[list[str]], key: str) -> list[str]:
    """The first figure in each row called `key`, and what stands below a column called so."""
    head, *body = table
    found = [row[1] for row in body if _is(key, row[0])]
    if key in head:
        found += [row[head.index(key)] for row in body]
    return found


def _is(words: str, cell: str) -> bool:
    return re.search(rf"(^|\s){re.escape(words)}$", cell) is not None


@pytest.mark.parametrize(
    "folder",
    [
        SMALL,
        pytest.param(
            WHOLE,
            marks=pytest.mark.skipif(not WHOLE.is_dir(), reason="the public files are not here"),
        ),
    ],
    ids=["small", "whole"],
)
@pytest.mark.thorough
def test_importing(site: Watch, worker: Worker, enter: Callable[..., Person], folder: Path) -> None:
    importing = Importing(site, worker, enter)
    importing.given_a_commissioner_with_a_phone()
    importing.given_a_colleague_without_scripts()
    for number, (name, (source, cells)) in enumerate(FIGURES.items()):
        if number == 0:
            importing.when_one_is_added_by_keyboard(folder / name, source)
        else:
            importing.when_a_file_of_figures_or_places_is_added(folder / name, source)
        importing.then_the_cells_read_by_eye_stand_on_its_pages(cells)
    for name, (source, places) in PLACES.items():
        importing.when_a_file_of_figures_or_places_is_added(folder / name, source)
        importing.then_the_pages_of_places_say(places)
    for name, (source, printed) in REFERENCES.items():
        importing.when_a_file_of_references_is_added(folder / name, source)
        importing.then_the_references_say(printed)
    assert not DataImport.objects.exclude(status="done").exists()
    assert not site.findings, "\n".join(site.findings)


def test_importing_what_is_wrong(
    site: Watch, worker: Worker, enter: Callable[..., Person], tmp_path: Path
) -> None:
    def file(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    years = (SMALL / "nhstt_annual_2017-18_to_2024-25_totals_ccg_stp_icb.csv").read_bytes()
    outlines = (SMALL / "icb_april2023_boundaries_bsc.geojson").read_bytes()
    records = (SMALL / "ptsd_trajectories_included-2.ris").read_bytes()
    importing = Importing(site, worker, enter)
    importing.given_a_commissioner_with_a_phone()

    importing.when_a_wrong_file_is_added(file("letter.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 o"))
    importing.then_it_says_why_and_nothing_was_kept(
        "no table", "This is a PDF. Figures cannot be read from a PDF.", "Nothing was kept"
    )
    importing.when_a_wrong_file_is_added(file("pets.csv", b"name,legs\nRex,4\n"))
    importing.then_it_says_why_and_nothing_was_kept(
        "columns nobody knows", "We do not know the columns of this file", "Nothing has been kept"
    )
    importing.when_a_wrong_file_is_added(
        file(
            "nhstt.csv",
            years.replace(b"STP,recovery,percentage,48\n", b"STP,recovery,percentage,148\n"),
        )
    )
    importing.then_it_says_why_and_nothing_was_kept(
        "one bad cell",
        "1 problem found",
        re.compile(r"Line \d+: the value is 148%. A percentage lies between 0 and 100."),
        "Nothing has been kept yet.",
    )
    importing.when_a_wrong_file_is_added(
        file("half.geojson", outlines[: outlines.rindex(b'"properties"')])
    )
    importing.then_it_says_why_and_nothing_was_kept(
        "half a map", "This JSON file is damaged or not complete. Download it again."
    )
    importing.when_wrong_references_are_added(
        file("found.ris", re.sub(rb"(?m)^TI  - .*$", b"", records, count=1))
    )
    importing.then_it_says_why_and_nothing_was_kept(
        "a broken record", re.compile(r"Record 1 "), "Nothing has been added yet."
    )
    assert not site.findings, "\n".join(site.findings)
