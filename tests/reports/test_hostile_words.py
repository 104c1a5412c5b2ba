"""Whatever people type is words: in every version of every kind of document, and in every file."""

import csv
import functools
import io
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from django.core.files.storage import default_storage
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from reports.enums import FileFormat
from reports.kinds import KINDS
from reports.models import Report
from reports.services import archives, forms, limits
from reports.snapshots.plain import digest, plain
from tests.factories import cycles, stakeholders
from tests.factories import decisions as deciding
from tests.reports import hostile, paper, words
from tests.reports.every_document import made
from tests.support import run_jobs, thoroughly
from vbc.ui import charts

pytestmark = pytest.mark.django_db
SECRET = "the secret words"
# What a PDF that does something has, and one that says something has not.
ACTS = {
    "/AA", "/EmbeddedFile", "/EmbeddedFiles", "/JS", "/JavaScript", "/Launch", "/RichMedia",
    "/SubmitForm", "/URI", "/XFA",
}  # fmt: skip
INVISIBLE = re.compile("[\u200b-\u200f\u00ad\ufeff]")


class Tags(HTMLParser):
    """The elements of a page with the names of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


@functools.cache
def places(kind: str) -> tuple[hostile.Path, ...]:
    return tuple(hostile.printed_texts(made(kind).snapshot))


BREAKS_OUT = "x\"'><img src=x onerror=alert(1)></p></td></svg><script>y</script>{{ cycle }}{% if %}"
HARMLESS = BREAKS_OUT.translate(str.maketrans("<>\"'{}%", "()**()~"))


@pytest.mark.parametrize("kind", thoroughly(KINDS, "decision"))
def test_no_text_adds_an_element_or_an_attribute_wherever_it_stands(kind: str) -> None:
    snapshot, where = made(kind).snapshot, places(kind)
    assert len(where) > 10
    quiet, loud = (
        hostile.html_of(plain(hostile.with_texts(snapshot, where, [said])))
        for said in (HARMLESS, BREAKS_OUT)
    )
    for version, html in loud.items():
        assert "&lt;script&gt;y" in html
        assert Tags(html).found == Tags(quiet[version]).found


@pytest.fixture(scope="module")
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes whoever asks it for anything."""
    yield from hostile.canary()


@pytest.mark.row("A3-66")
@pytest.mark.parametrize("kind", thoroughly(KINDS, "decision"))
def test_hostile_words_fetch_nothing_do_nothing_and_appear_as_words(
    kind: str,
    canary: tuple[str, list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, asked = canary
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    texts = hostile.payloads(address, secret.as_uri())
    snapshot = plain(hostile.with_texts(made(kind).snapshot, places(kind), texts))

    def fails(spec: dict[str, Any]) -> bytes:
        raise charts.ChartFailed(digest(spec))

    monkeypatch.setattr(charts, "stored_png", fails)
    report = Report(kind=kind, edition=1, snapshot=snapshot)
    html = hostile.html_of(snapshot)
    seen = set()
    for kept in forms.made(report, {}, lambda *_: None):
        with default_storage.open(kept.name) as file:
            content = file.read()
        seen.add((kept.version, kept.format))
        if kept.format == FileFormat.PDF:
            check_paper(content, html[kept.version])
        elif kept.format == FileFormat.WORD:
            check_word(content, html[kept.version])
        elif kept.format == FileFormat.TABLES:
            check_workbook(content)
        else:
            check_csv(content)
    assert len(seen) == len(KINDS[kind].versions) + len(KINDS[kind].also)
    assert asked == []


def check_paper(content: bytes, html: str) -> None:
    document = pikepdf.open(io.BytesIO(content))
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            keys = set(each.keys()) | {str(each.get("/S", "")), str(each.get("/Type", ""))}
            assert not keys & ACTS, each
    assert len(document.attachments) == 0
    paper.check_keeps_the_rules(content)
    read, asked = paper.words_in_order(content), words.of_html(html, "body")
    # A row that goes over to the next page is read cell by cell on each: so letters are counted.
    said, wanted = (Counter(words.letters(INVISIBLE.sub("", each))) for each in (read, asked))
    assert said == wanted
    assert SECRET not in read


def check_word(content: bytes, html: str) -> None:
    with ZipFile(io.BytesIO(content)) as parts:
        assert not any("embed" in name or "media" in name for name in parts.namelist())
        for name in parts.namelist():
            assert b'TargetMode="External"' not in parts.read(name)
            assert SECRET.encode() not in parts.read(name)
    document = Document(io.BytesIO(content))
    bodies = [document.element.body, document.sections[0].footer._element]
    fields = [each.text for body in bodies for each in body.iter(qn("w:instrText"))]
    # Its contents, and which page of how many: all fields are ours.
    assert [each.split()[0] for each in fields] == ["TOC", "PAGE", "NUMPAGES"]
    for name in ("w:fldSimple", "w:object", "w:altChunk"):
        assert not [each for body in bodies for each in body.iter(qn(name))]
    links = [each for body in bodies for each in body.iter(qn("w:hyperlink"))]
    assert {name for link in links for name in link.attrib} == {qn("w:anchor"), qn("w:history")}
    said = "".join(each.text or "" for each in document.element.body.iter(qn("w:t")))
    # As words, wherever this version prints the place that they were written to.
    printed = words.of_html(html, "body")
    assert "<script" in printed
    for each in ("<script", "INCLUDETEXT", "=HYPERLINK"):
        assert (each in said) == (each in printed)


def check_workbook(content: bytes) -> None:
    with ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        assert not any(re.search("external|embed|vba|connection|drawing", name) for name in names)
        for name in names:
            assert b"<f>" not in parts.read(name)
            assert b'TargetMode="External"' not in parts.read(name)
    cells = [
        cell
        for sheet in load_workbook(io.BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert [cell for cell in cells if str(cell.value).startswith("=")]


def check_csv(content: bytes) -> None:
    """A cell that begins as a formula does has a mark of text before it."""
    with ZipFile(io.BytesIO(content)) as parts:
        assert all(re.fullmatch(r"(about|table-\d+)\.csv", name) for name in parts.namelist())
        texts = [parts.read(name).decode("utf-8-sig") for name in parts.namelist()]
    cells = [cell for text in texts for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    assert [cell for cell in cells if cell.startswith("'=")]


@pytest.mark.parametrize("kind", thoroughly(KINDS, "minutes"))
def test_five_megabytes_in_any_text_are_refused_in_plain_words(kind: str) -> None:
    snapshot = made(kind).snapshot
    for place in places(kind):
        with pytest.raises(limits.TooLarge, match=r"No document was made.* Shorten"):
            limits.check(hostile.with_texts(snapshot, [place], ["word " * 1_000_000]))


def test_an_archive_has_names_of_its_own_and_an_index_of_words(quick_layout: None) -> None:
    org = stakeholders.organisation("<img src=x onerror=alert(1)> & {{ org }}")
    cycle = cycles.planning(
        org, by=stakeholders.commissioner(org), title="../../<script>alert(1)</script>\\..\\CON"
    )
    decision = deciding.decision(cycle)
    type(decision).objects.filter(pk=decision.pk).update(title='"><a href="javascript:alert(1)">')
    archive = archives.request(cycle, by=cycle.lead)
    run_jobs()
    archive.refresh_from_db()
    with default_storage.open(archive.name) as file, ZipFile(file) as together:
        names, index = together.namelist(), together.read("index.html").decode()
    assert len(names) > 3
    for name in names:
        assert re.fullmatch(r"[a-z0-9-]+\.(html|pdf|docx|xlsx|zip|json)", name)
    tags = {tag for tag, _ in Tags(index).found}
    assert tags <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "li", "a", "br",
        "code",
    }  # fmt: skip
    assert set(re.findall(r'href="([^"]*)"', index)) == set(names) - {"index.html"}
    assert "&lt;script&gt;" in index
