"""Documents: asked for, made in the background, downloaded, and sound."""

import pikepdf
from playwright.sync_api import expect

from tests.journeys.steps.cast import Cast
from tests.journeys.steps.deciding import CYCLE


class Publishing:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def when_an_edition_is_asked_for_then_it_can_be_downloaded(
        self, shelf: str, *, title: str
    ) -> None:
        alex = self.cast.commissioner
        alex.follows("Cycles")
        alex.follows(CYCLE)
        alex.follows("Documents", within=alex.main)
        alex.presses(f"Make an edition of the {shelf}")
        alex.answers({"Why do you make this edition?": "For the board."})
        with self.cast.worker.held_up():
            alex.presses("Make this edition")
            expect(alex.page.get_by_role("progressbar")).to_be_visible()
        link = alex.page.get_by_role("link", name="Download as PDF the whole document")
        expect(link).to_be_visible(timeout=90_000)
        alex.looks_again("ready")
        with alex.page.expect_download() as download:
            link.click()
        path = download.value.path()
        assert path.read_bytes().startswith(b"%PDF-")
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == "en-GB"
            assert str(pdf.docinfo.Title) == title
            with pdf.open_metadata() as metadata:
                assert metadata["dc:title"] == title
        alex.follows("Read as a web page the whole document")
        alex.looks_again(f"of the {shelf}")
