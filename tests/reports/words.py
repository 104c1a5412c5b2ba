"""Whether paper and screen say the same words, for every version of every kind of document.

What a style sheet puts before words is left aside: marks of lists, dashes before a name, and the
numbers of tables and figures.
"""

import re
import unicodedata
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from lxml import html as parser

from reports.enums import Version
from reports.models import Report
from reports.presenters import page
from reports.services import forms
from tests.factories import reports
from tests.pages import as_
from tests.reports.paper import words_in_order

# What paper and screen each have in their own way, before what the document says.
HEADS_ON_PAPER = ("cover", "contents", "head", "one__head", "easy-head")
HEADS_ON_SCREEN = ("easy-head",)
PUT_BY_STYLE = re.compile(r"(?:Table|Figure)\d+\.|[•—\u00ad\ufffe]")


def letters(text: str) -> str:
    """Without white space, since lines end elsewhere on paper, and without what style puts there.
    Accents in one spelling: a PDF says letter and accent apart where it draws them so."""
    return PUT_BY_STYLE.sub("", unicodedata.normalize("NFC", re.sub(r"\s+", "", text)))


def of_html(html: str, within: str, without: tuple[str, ...] = ()) -> str:
    """The words inside an element, in their order, a drawing by its title; `without` are classes
    of elements that are left out."""
    node = next(iter(parser.document_fromstring(html).iter(within)))
    for drawing in list(node.iter("svg")):
        title = drawing.find("title")
        alternative = title.text_content() if title is not None else ""
        words = parser.Element("span")
        words.text = alternative
        drawing.addprevious(words)
        drawing.drop_tree()
    for gone in without:
        for each in node.find_class(gone):
            each.drop_tree()
    return str(node.text_content())


def on_screen(html: str) -> str:
    """What the document says on its web page, from below its head on."""
    article = next(iter(parser.document_fromstring(html).iter("article")))
    for each in [*article.iter("nav"), *article.iter("h1")]:
        below = each.getnext()
        if each.tag == "h1" and below is not None and below.get("class") == "doc-small":
            below.drop_tree()
        if each.getparent() is not None and each.getparent().get("class") != "easy-head":
            each.drop_tree()
    return of_html(parser.tostring(article, encoding="unicode"), "article", HEADS_ON_SCREEN)


def check_paper_says(content: bytes, html: str) -> None:
    """The PDF says what was to be printed, word for word, in the order in which it is read out."""
    check_same(letters(words_in_order(content)), letters(of_html(html, "body")))


def check_same(paper: str, screen: str) -> None:
    same = next((n for n, (a, b) in enumerate(zip(paper, screen, strict=False)) if a != b), None)
    same = min(len(paper), len(screen)) if same is None else same
    assert paper == screen, f"on paper: {paper[same:][:200]}\non screen: {screen[same:][:200]}"


def check_same_words(report: Report, reader: Any, version: str = Version.FULL) -> None:
    """The PDF and the web page say the same, letter by letter in the same order."""
    version = Version(version)
    html = render_to_string(forms.TEMPLATES[version], page(report, version))
    check_paper_says(reports.content(report, version), html)
    address = reverse("reports:report-read-version", args=[report.public_id, version])
    screen = as_(reader).get(address).content.decode()
    said = letters(of_html(html, "body", HEADS_ON_PAPER))
    assert len(said) > 300
    check_same(said, letters(on_screen(screen)))
    for said in (page(report, version)["organisation"], f"Edition {report.edition}"):
        assert letters(said) in letters(of_html(screen, "article"))
