"""Whether the web page of a document says the same words as its PDF, for every kind of document.

What only one of the two has by nature is left out: running headers and page numbers, contents, the
head, and what style sheets put before a caption, a list line or a name.
"""

import re
from html.parser import HTMLParser
from typing import Any

import pypdfium2
from django.test import Client
from django.urls import reverse

from reports.enums import Version
from reports.models import Report
from tests.factories import reports

BLOCKS = {
    "article", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "li", "nav", "ol", "p", "section", "svg", "table",
    "tbody", "td", "text", "th", "thead", "tr", "ul",
}  # fmt: skip
POINTS_A_MM = 72 / 25.4
MARGINS = {"top": 24 * POINTS_A_MM, "bottom": 19 * POINTS_A_MM}
PUT_BEFORE = re.compile(r"(Table|Figure)\d+\.|[•—]")


class _Words(HTMLParser):
    """The words of the article of a page, piece by piece, without its contents."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.depth = 0
        self.left_out = 0
        self.now = ""
        # The heads of tables, which the PDF says again on each page that a table goes over to.
        self.heads: list[str] = []
        self.is_head = False
        # The words in drawings, which stand at the end of the text of a page.
        self.drawings: list[str] = []
        self.is_drawing = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "article":
            self.depth += 1
        if tag in BLOCKS:
            self._end()
        if tag == "thead":
            self.is_head = True
            self.heads.append("")
        if tag == "svg":
            self.is_drawing = True
            self.drawings.append("")
        if self.left_out or tag in ("nav", "title", "style"):
            self.left_out += tag not in ("br", "hr", "img")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end()
        if self.left_out:
            self.left_out -= 1
        if tag == "article":
            self.depth -= 1
        self.is_head = self.is_head and tag != "thead"
        self.is_drawing = self.is_drawing and tag != "svg"

    def handle_data(self, data: str) -> None:
        if self.depth and not self.left_out:
            self.now += data

    def _end(self) -> None:
        piece = re.sub(r"\s+", "", self.now)
        if piece and self.is_drawing:
            self.drawings[-1] += piece
        elif piece:
            self.pieces.append(piece)
            if self.is_head:
                self.heads[-1] += piece
        self.now = ""


def of_page(report: Report, who: Any, version: str = Version.FULL) -> _Words:
    """The words of the web page as `who` reads it."""
    client = Client()
    client.force_login(who)
    address = reverse("reports:report-read-version", args=[report.public_id, version])
    words = _Words()
    words.feed(client.get(address).content.decode())
    return words


def of_pdf(content: bytes) -> str:
    """The words of the pages without white space, running headers and page numbers."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(content)):
        width, height = page.get_size()
        top = height if number == 0 else height - MARGINS["top"]
        text = page.get_textpage().get_text_bounded(0, MARGINS["bottom"], width, top)
        found.append(text)
    return re.sub(r"\s+", "", "".join(found))


def check_says_the_same(report: Report, who: Any, *, head: str) -> None:
    """Every piece of the page stands in the PDF in the same order; nothing else does but `head`,
    the words of the PDF before its first section."""
    page = of_page(report, who)
    rest = PUT_BEFORE.sub("", of_pdf(reports.content(report)))
    assert rest.startswith(re.sub(r"\s+", "", head)), rest[:200]
    rest = rest.removeprefix(re.sub(r"\s+", "", head))
    for drawing in page.drawings:
        assert drawing in rest
        rest = rest.replace(drawing, "", 1)
    # The page has a head of its own: its title, and the line with its edition.
    pieces = page.pieces[2:]
    assert len(pieces) > 10
    for each in pieces:
        piece = PUT_BEFORE.sub("", each)
        for again in page.heads:
            if not rest.startswith(piece):
                rest = rest.removeprefix(again)
        assert rest.startswith(piece), (piece, rest[:200])
        rest = rest.removeprefix(piece)
    assert rest == ""
