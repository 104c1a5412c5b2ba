"""Whether the paper and the screen say the same words, for every kind of document."""

import re
from html.parser import HTMLParser
from typing import Any

import pypdfium2
from django.urls import reverse

from reports.enums import Version
from reports.models import Report
from reports.presenters import page
from tests.factories import reports
from tests.pages import as_

APART = {"p", "li", "th", "td", "caption", "figcaption", "blockquote", "br", "div", "title", "text"}
APART |= {f"h{level}" for level in range(1, 7)}


class _Article(HTMLParser):
    """What stands in the article of a page, block by block, without its contents, and the words in
    its pictures, which stand wherever they were drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [""]
        self.inside: list[str] = []
        self.drawn: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("article", "nav") or (tag == "svg" and self.inside):
            self.inside.append(tag)
        if tag in APART:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()
        if tag in APART:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if self.inside == ["article"]:
            self.blocks[-1] += data
        elif self.inside[-1:] == ["svg"]:
            self.drawn.add(data)


def _squeezed(text: str) -> str:
    """Without any white space: lines end elsewhere on paper."""
    return re.sub(r"\s+", "", text)


def check_same_words(report: Report, reader: Any, version: str = Version.FULL) -> None:
    """Every block of the web page stands on paper, and nothing else does but what paper adds:
    cover, contents, the head and the foot of each page, and the numbers of tables and figures."""
    said = page(report, Version(version))
    edition = f"Edition {report.edition}, {said['made_on']}"
    organisation, area = said["organisation"], said.get("area", "")
    title = said["document"]["kind_label"] + said["cover_title"]  # As the head of paper has it.
    furniture = [said["document"]["title"], title, f"{organisation}, {area}", organisation, edition]

    def bare(text: str) -> str:
        text = re.sub(r"Page \d+ of \d+", "", re.sub(r"(Table|Figure) \d+\. ", "", text))
        text = _squeezed(text)
        for each in furniture:
            text = text.replace(_squeezed(each), "")
        return text

    # The cover says no more than the head of the web page.
    pages = list(pypdfium2.PdfDocument(reports.content(report, version)))
    pages = pages if said["is_short"] else pages[1:]
    paper = "".join(bare(each.get_textpage().get_text_range()) for each in pages)
    article = _Article()
    address = reverse("reports:report-read-version", args=[report.public_id, version])
    article.feed(as_(reader).get(address).content.decode())
    blocks = {bare(each).removesuffix(".DownloadasPDF") for each in article.blocks} - {""}
    left = paper
    for entry in reversed(said.get("contents", [])):
        left = re.sub(re.escape(_squeezed(f"{entry.number}{entry.title}")) + r"\.+\d+", " ", left)
    drawn = {bare(each) for each in article.drawn} - {""}
    for block in sorted(blocks | drawn, key=len, reverse=True):
        assert block in paper or block in drawn, block
        left = left.replace(block, " ")
    assert re.sub(r"[\W\d_]+", "", left) in ("", "Contents"), left
