"""That the web page of a document says the same words as its PDF."""

import re
from html.parser import HTMLParser

import pypdfium2
from django.test import Client
from django.urls import reverse

from reports.enums import Version
from reports.models import Report
from tests.factories import reports


class _Article(HTMLParser):
    """The words inside the article, each element's apart."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "article"

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "article"

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words.append(data)


def words_of(content: bytes) -> str:
    """The text of a PDF in one line, without what only numbers its pages."""
    pages = [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(content)]
    if len(pages) > 1:
        pages = [
            re.sub(rf"^{number}\s|\s{number}\s*$", " ", page)
            for number, page in enumerate(pages, start=1)
        ]
    return re.sub(r"\s+", " ", " ".join(pages)).strip()


def check_same_words(report: Report, version: Version) -> None:
    """The PDF and the web page say the same, letter by letter in the same order; where a line
    ends is left aside."""
    client = Client()
    client.force_login(report.created_by)
    page = _Article()
    address = reverse("reports:report-read-version", args=[report.public_id, version])
    page.feed(client.get(address).content.decode())
    on_screen = " ".join(page.words)
    on_paper = words_of(reports.content(report, version))
    paper, screen = _letters(on_paper), _letters(on_screen)
    same = next((n for n, (a, b) in enumerate(zip(paper, screen, strict=False)) if a != b), 0)
    assert paper == screen, f"on paper: {paper[same:][:200]}\non screen: {screen[same:][:200]}"


def _letters(text: str) -> str:
    """Without spaces, and without the marks of lists, which a browser draws by itself."""
    return re.sub(r"[\s\ufffe\u00ad•]", "", text)
