"""A PDF as somebody reads it who does not see it: its elements in their order, with their words."""

import functools
import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import page as validation
import pikepdf
import pypdfium2

_BEGINS, _ENDS = "beginbf", "endbf"
_CODES = re.compile(r"<([0-9a-fA-F]+)>")


def text_of(content: bytes) -> str:
    """The words as they stand on the pages, with running headers and page numbers."""
    document = pypdfium2.PdfDocument(content)
    return "\n".join(each.get_textpage().get_text_range() for each in document)


def flat(text: str) -> str:
    """Without line ends, which are where the page is narrow and not what was written."""
    return re.sub(r"\s+", " ", text)


@functools.lru_cache(maxsize=4)
def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def elements(node: Any) -> Iterator[Any]:
    """Every element of a structure tree, in reading order."""
    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def structure(document: pikepdf.Pdf) -> list[Any]:
    return list(elements(document.Root.StructTreeRoot))


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def bookmarks(content: bytes) -> list[str]:
    with opened(content).open_outline() as outline:
        return [each.title for each in outline.root]


def check_is_accessible(content: bytes, *, title: str) -> None:
    """By the rules of PDF/UA-1, and by what those leave to whoever looks."""
    check_keeps_the_rules(content)
    document = opened(content)
    assert document.Root.Lang == "en-GB"
    assert document.Root.MarkInfo.Marked
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.docinfo["/Title"]) == title
    found = structure(document)
    levels = [int(str(each.S)[2]) for each in found if re.fullmatch(r"/H\d", str(each.S))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for figure in (each for each in found if each.S == "/Figure"):
        _check_figure(str(figure.get("/Alt", "")).strip())
    for table in (each for each in found if each.S == "/Table"):
        _check_table(table)


def check_keeps_the_rules(content: bytes) -> None:
    """Those of PDF/UA-1 that a program can check: also that no letter lacks its glyph."""
    report = validation.validate_pdf_bytes(content, profile="ua1")
    assert [(each.rule_id, each.message) for each in report.failures] == []
    assert report.rules.total > 50


def _check_figure(alternative: str) -> None:
    assert alternative
    assert " " in alternative, f"{alternative} is a name, not what the picture shows"
    assert not re.search(r"\.(svg|png|jpe?g|gif)\b", alternative), alternative


def _check_table(table: Any) -> None:
    """Every cell of the head is one, every row has its own, and each cell says whose it is."""
    rows = [each for each in elements(table) if each.S == "/TR"]
    heads = [row for part in elements(table) if part.S == "/THead" for row in _kids(part)]
    assert heads, "a table without a head"
    named = {str(each.ID) for each in elements(table) if each.S == "/TH"}
    for row in rows:
        cells = [str(each.S) for each in _kids(row)]
        is_head = any(row.objgen == head.objgen for head in heads)
        assert set(cells) == {"/TH"} if is_head else cells[0] == "/TH", cells
    for cell in (each for each in elements(table) if each.S == "/TD"):
        said = {str(each) for each in cell.A.Headers}
        assert said, "a cell of no row and no column"
        assert said <= named


def words_in_order(content: bytes) -> str:
    """The words as they are read out: element after element, a drawing by what it shows. Left out
    are marks of lists, the heads that a table has again on its next page, and what style puts after
    a link: dots, and the page that it leads to."""
    document = opened(content)
    drawn = {each.objgen: _marked(each) for each in document.pages}
    return "".join(_Reader(drawn).said(document.Root.StructTreeRoot, None))


class _Reader:
    def __init__(self, drawn: dict[Any, dict[int, str]]) -> None:
        self.drawn = drawn
        self.head = ""

    def said(self, node: Any, page: Any, *, is_in_link: bool = False) -> Iterator[str]:
        kind, page = str(node.get("/S", "")), node.get("/Pg", page)
        if kind == "/Figure":
            yield str(node.Alt)
            return
        if kind == "/Lbl" or (kind == "/Link" and is_in_link):
            return
        if kind == "/THead":
            yield from self._head(node, page)
            return
        if kind == "/Caption":
            self.head = ""
        for kid in _kids(node):
            yield from self._kid(kid, page, is_in_link=is_in_link or kind == "/Link")

    def _kid(self, kid: Any, page: Any, *, is_in_link: bool) -> Iterator[str]:
        if isinstance(kid, int):
            yield self.drawn[page.objgen].get(kid, "")
        elif "/S" in kid:
            yield from self.said(kid, page, is_in_link=is_in_link)
        elif "/MCID" in kid:
            yield self.drawn[kid.get("/Pg", page).objgen].get(int(kid.MCID), "")

    def _head(self, node: Any, page: Any) -> Iterator[str]:
        words = "".join(part for row in _kids(node) for part in self.said(row, page))
        if words != self.head:
            yield words
        self.head = words


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """The words of each marked piece of a page."""
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    inside: list[int | None] = []
    letters: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            said = operands[1] if len(operands) > 1 else {}
            is_marked = isinstance(said, pikepdf.Dictionary) and "/MCID" in said
            inside.append(int(said.MCID) if is_marked else None)
        elif name == "EMC":
            inside.pop()
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in ("Tj", "TJ"):
            here = next((each for each in reversed(inside) if each is not None), None)
            parts = operands[0] if name == "TJ" else operands
            if here is not None:
                words = "".join(_decoded(each, letters) for each in parts)
                found[here] = found.get(here, "") + words
    return found


def _decoded(part: Any, letters: dict[bytes, str]) -> str:
    if not isinstance(part, pikepdf.String):
        return ""
    codes = bytes(part)
    return "".join(letters.get(codes[n : n + 2], "") for n in range(0, len(codes), 2))


def _letters(font: Any) -> dict[bytes, str]:
    """What each glyph stands for."""
    found: dict[bytes, str] = {}
    is_map = False
    for line in font.ToUnicode.read_bytes().decode().splitlines():
        is_map = (is_map or _BEGINS in line) and _ENDS not in line
        codes = _CODES.findall(line)
        if is_map and len(codes) == 2:
            found[bytes.fromhex(codes[0])] = bytes.fromhex(codes[1]).decode("utf-16-be")
    return found
