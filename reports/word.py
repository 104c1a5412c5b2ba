"""The web page of a document in, a word-processor file out, for whoever has to edit it.

It is made of the same HTML as the PDF and the page, block by block, so that it says the same and no
kind of document needs anything of its own. A chart is a picture with its finding as text; every
other drawing stands as its words. Nothing of the file says who made it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from lxml import html as parser

TYPEFACE = "Arial"
INK, QUIET, BLUE = RGBColor(0x21, 0x2B, 0x32), RGBColor(0x4C, 0x62, 0x72), RGBColor(0, 0x30, 0x87)
# A4, as paper is here; a picture leaves room on its page for its caption and its source.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2.5)
PICTURE_WIDTH, PICTURE_HEIGHT = Cm(15.5), Cm(18)
SKIPPED = {"nav", "style", "script", "svg", "head"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD, SLANTED = {"strong", "b", "th", "dt"}, {"em", "i"}
BLOCKS = {
    *("article", "section", "div", "p", "ul", "ol", "li", "table", "figure", "figcaption"),
    *("blockquote", "dl", "dt", "dd", *HEADINGS),
}
# Boxes are set off by a line at their side: they have to be seen without their colour, too.
# What may follow the borders of a paragraph in its properties (ECMA-376, part 1, 17.3.1.26).
AFTER_BORDERS = tuple(
    f"w:{name}"
    for name in (
        *("shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
        *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid"),
        *("spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc"),
        *("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle"),
        *("rPr", "sectPr", "pPrChange"),
    )
)
# How deep the list of contents goes, and below how many headings there is none.
DEEPEST, FEWEST_HEADINGS = 2, 5
BOXES = ("doc-call-out", "doc-key-points", "doc-record", "doc-will-not")


def make_word(
    html: str,
    target: Path,
    *,
    title: str,
    organisation: str,
    edition: str,
    made_on: str,
    pictures: Mapping[str, bytes],
) -> None:
    """Write `html`, the article of a document, as a .docx file to `target`.

    `pictures` are PNG by name: `<img src="name" alt="...">` becomes the picture with that name, and
    is left out where there is none. `made_on` is an ISO day. Raises `ValueError` for no HTML.
    """
    document = Document()
    _page(document.sections[0])
    _styles(document)
    _properties(document, title=title, organisation=organisation, made_on=made_on)
    _foot(document, f"{title}. {edition}")
    document.add_heading(title, level=0)
    below = document.add_paragraph(f"{organisation}. {edition}", style="Note")
    writer = _Writer(document, pictures)
    writer.write(parser.fragment_fromstring(html, create_parent="article"))
    if len(writer.headings) >= FEWEST_HEADINGS:
        _contents(document, below, writer.headings)
    document.save(str(target))


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents, and the name of the place it leads to."""

    level: int
    words: str
    name: str


class _Writer:
    """Goes through the blocks in order. `holder` is what paragraphs are added to."""

    def __init__(self, document: Any, pictures: Mapping[str, bytes]) -> None:
        self.document = document
        self.pictures = pictures
        self.headings: list[Heading] = []

    def write(self, node: Any, holder: Any = None, style: str = "") -> None:
        """Every block inside `node`; words that stand between blocks are a paragraph each."""
        holder = self.document if holder is None else holder
        loose: list[Any] = []
        if (node.text or "").strip():
            loose.append(node.text)
        for child in node:
            if isinstance(child.tag, str) and _is_block(child):
                self._paragraph(holder, loose, style)
                loose = []
                self._block(child, holder, style)
            elif isinstance(child.tag, str) and child.tag not in SKIPPED:
                loose.append(child)
            elif child.tag == "svg" and (words := _words_of_drawing(child)):
                loose.append(words)
            if (child.tail or "").strip():
                loose.append(child.tail)
        self._paragraph(holder, loose, style)

    def _block(self, node: Any, holder: Any, style: str) -> None:
        tag, kind = node.tag, node.get("class", "")
        if tag in HEADINGS:
            # The title of the file is its first heading; parts begin below it.
            level = max(1, min(HEADINGS[tag] - 1, 5))
            paragraph = holder.add_paragraph(style=f"Heading {level}")
            _runs(paragraph, node)
            if level <= DEEPEST and paragraph.text.strip():
                self._remember(paragraph, level)
        elif tag in ("ul", "ol"):
            for item in node.iterchildren("li"):
                self.write(item, holder, "List Bullet" if tag == "ul" else "List Number")
        elif tag == "table":
            self._table(node)
        elif tag == "blockquote":
            self.write(node, holder, "Quote")
        elif tag == "figcaption":
            self._paragraph(holder, [node], "Caption")
        elif "doc-pillars" in kind.split():
            self._side_by_side(node)
        elif tag == "div" and any(each in kind for each in BOXES):
            self.write(node, holder, "Box")
        elif tag in ("p", "dt", "dd"):
            quiet = "doc-small" in kind or "doc-prompt" in kind or "doc-annex" in kind
            own = "Note" if quiet else "Number" if "doc-big-number" in kind else ""
            self._paragraph(holder, [node], style or own)
        else:
            self.write(node, holder, style)

    def _remember(self, paragraph: Any, level: int) -> None:
        """Make the heading a place that the contents can lead to."""
        number = len(self.headings) + 1
        heading = Heading(level, paragraph.text.strip(), f"_Toc{number:06}")
        begins, ends = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (begins, ends):
            mark.set(qn("w:id"), str(number))
        begins.set(qn("w:name"), heading.name)
        paragraph._p.insert_element_before(begins, "w:r")
        paragraph._p.append(ends)
        self.headings.append(heading)

    def _paragraph(self, holder: Any, parts: list[Any], style: str) -> None:
        """One paragraph of texts and inline elements; pictures stand by themselves."""
        pictures = [
            each
            for part in parts
            if not isinstance(part, str)
            for each in ([part] if part.tag == "img" else part.iter("img"))
        ]
        if any(_text(part).strip() for part in parts):
            paragraph = holder.add_paragraph(style=style or None)
            for part in parts:
                if isinstance(part, str):
                    _run(paragraph, part)
                elif part.tag in ("p", "dt", "dd", "figcaption"):
                    _runs(paragraph, part)
                else:
                    _inline(paragraph, part)
        for picture in pictures:
            self._picture(picture)

    def _picture(self, node: Any) -> None:
        content = self.pictures.get(node.get("src", ""))
        if content is None:
            return
        shape = self.document.add_picture(io.BytesIO(content), width=PICTURE_WIDTH)
        if shape.height > PICTURE_HEIGHT:
            ratio = PICTURE_HEIGHT / shape.height
            shape.width, shape.height = Emu(int(shape.width * ratio)), PICTURE_HEIGHT
        shape._inline.docPr.set("descr", node.get("alt", ""))

    def _table(self, node: Any) -> None:
        caption = node.find("caption")
        if caption is not None:
            self._paragraph(self.document, [_as_paragraph(caption)], "Caption")
        rows = list(node.iter("tr"))
        columns = max((len(list(row.iterchildren("th", "td"))) for row in rows), default=0)
        if not columns:
            return
        table = self.document.add_table(rows=0, cols=columns, style="Table Grid")
        if caption is not None:
            _name(table, " ".join(caption.text_content().split()))
        for row in rows:
            made = table.add_row()
            for cell, source in zip(made.cells, row.iterchildren("th", "td"), strict=False):
                self._cell(cell, source)
            if row.getparent().tag == "thead":
                _mark(made._tr.get_or_add_trPr(), "w:tblHeader")
            _mark(made._tr.get_or_add_trPr(), "w:cantSplit")
        self.document.add_paragraph(style="Note")

    def _side_by_side(self, node: Any) -> None:
        """The three pillars, in their order and of equal width."""
        columns = list(node.iterchildren("div"))
        table = self.document.add_table(rows=1, cols=len(columns), style="Table Grid")
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            self._cell(cell, column)
        self.document.add_paragraph(style="Note")

    def _cell(self, cell: Any, source: Any) -> None:
        empty = cell.paragraphs[0]
        self.write(source, cell, "Cell Head" if source.tag == "th" else "Cell")
        if len(cell.paragraphs) > 1:
            empty._p.getparent().remove(empty._p)


def _contents(document: Any, after: Any, headings: list[Heading]) -> None:
    """A list of contents that leads to each heading.

    It is the field that a word processor fills in anew, with its pages, when asked to. Its lines
    stand there already, since a program that only shows files fills in nothing.
    """
    lines = [document.add_paragraph("Contents", style="TOC Heading")]
    lines += [document.add_paragraph(style=f"toc {each.level}") for each in headings]
    first, last = lines[1], lines[-1]
    for mark in _field_begins(f'TOC \\o "1-{DEEPEST}" \\h \\z \\u'):
        first._p.append(mark)
    for line, heading in zip(lines[1:], headings, strict=True):
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), heading.name)
        link.set(qn("w:history"), "1")
        link.append(_text_run(heading.words))
        line._p.append(link)
    last._p.append(_run_with(_field_mark("end")))
    for line in reversed(lines):
        after._p.addnext(line._p)


def _field_begins(instruction: str) -> list[Any]:
    """What stands before the result of a field."""
    said = OxmlElement("w:instrText")
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    said.text = f" {instruction} "
    return [_run_with(each) for each in (_field_mark("begin"), said, _field_mark("separate"))]


def _field_mark(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _text_of(words: str) -> Any:
    text = OxmlElement("w:t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = words
    return text


def _run_with(element: Any) -> Any:
    run = OxmlElement("w:r")
    run.append(element)
    return run


def _name(table: Any, words: str) -> None:
    """What a table is, for whoever hears it read out. It stands last in its properties."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), words)
    table._tbl.tblPr.append(caption)


def _is_block(node: Any) -> bool:
    return node.tag in BLOCKS or any(_is_block(child) for child in node if _is_element(child))


def _is_element(node: Any) -> bool:
    return isinstance(node.tag, str)


def _as_paragraph(node: Any) -> Any:
    made = parser.fragment_fromstring("<p></p>")
    made.text = " ".join(node.text_content().split())
    return made


def _words_of_drawing(node: Any) -> str:
    title = node.find("{*}title")
    if title is None:
        title = node.find("title")
    return "" if title is None else " ".join((title.text or "").split())


def _text(part: Any) -> str:
    return part if isinstance(part, str) else "".join(_texts(part))


def _texts(node: Any) -> Iterator[str]:
    if node.tag in SKIPPED:
        yield _words_of_drawing(node) if node.tag == "svg" else ""
        return
    yield node.text or ""
    for child in node:
        if _is_element(child):
            yield from _texts(child)
        yield child.tail or ""


def _runs(paragraph: Any, node: Any, *, bold: bool = False, slanted: bool = False) -> None:
    """The words inside `node`, as they are set."""
    _run(paragraph, node.text or "", bold=bold, slanted=slanted)
    for child in node:
        if _is_element(child):
            _inline(paragraph, child, bold=bold, slanted=slanted)
        _run(paragraph, child.tail or "", bold=bold, slanted=slanted)


def _inline(paragraph: Any, node: Any, *, bold: bool = False, slanted: bool = False) -> None:
    if node.tag == "br":
        paragraph.add_run().add_break()
    elif node.tag == "svg":
        _run(paragraph, _words_of_drawing(node), bold=bold, slanted=slanted)
    elif node.tag not in SKIPPED:
        _runs(
            paragraph,
            node,
            bold=bold or node.tag in BOLD,
            slanted=slanted or node.tag in SLANTED,
        )


def _run(paragraph: Any, text: str, *, bold: bool = False, slanted: bool = False) -> None:
    """Words with single spaces, as a page shows them; none at the beginning of a paragraph."""
    words = re.sub(r"\s+", " ", text)
    if not paragraph.text or paragraph.text[-1].isspace():
        words = words.lstrip()
    if words:
        run = paragraph.add_run()
        run._r.add_t(
            words
        )  # There is no tab and no break in it: the library would look at each letter.
        run.bold, run.italic = bold or None, slanted or None


def _styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = TYPEFACE, Pt(11), INK
    normal.paragraph_format.space_after = Pt(8)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)
    for each in document.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), "en-GB")
    sizes = {"Title": 26, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12, "Heading 4": 11}
    for name, size in {**sizes, "Heading 5": 11, "Caption": 11, "TOC Heading": 14}.items():
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = TYPEFACE, Pt(size), BLUE
        style.font.bold, style.font.italic = True, False
        style.paragraph_format.keep_with_next = True
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    makers: dict[str, Callable[[Any], None]] = {
        "Note": lambda style: _look(style, size=9.5, colour=QUIET),
        "Number": lambda style: _look(style, size=16, after=2, bold=True),
        "Cell": lambda style: _look(style, size=10, after=2),
        "Cell Head": lambda style: _look(style, size=10, after=2, bold=True),
        "Box": _box,
        "toc 1": lambda style: _look(style, size=11, colour=BLUE, after=3),
        "toc 2": _deeper,
    }
    for name, make in makers.items():
        is_builtin = name.startswith("toc")
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=is_builtin)
        style.base_style = normal
        make(style)


def _look(
    style: Any,
    *,
    size: float,
    colour: RGBColor = INK,
    after: float = 6,
    bold: bool = False,
) -> None:
    style.font.size, style.font.color.rgb, style.font.bold = Pt(size), colour, bold
    style.paragraph_format.space_after = Pt(after)


def _deeper(style: Any) -> None:
    _look(style, size=10.5, colour=BLUE, after=3)
    style.paragraph_format.left_indent = Cm(0.6)


def _box(style: Any) -> None:
    style.paragraph_format.left_indent = Cm(0.5)
    edges = OxmlElement("w:pBdr")
    left = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "8"), ("color", "003087")):
        left.set(qn(f"w:{name}"), value)
    edges.append(left)
    # Where the schema has it: a strict reader refuses a file whose elements are out of order.
    style.element.get_or_add_pPr().insert_element_before(edges, *AFTER_BORDERS)


def _properties(document: Any, *, title: str, organisation: str, made_on: str) -> None:
    said = document.core_properties
    said.title, said.author, said.last_modified_by = title[:255], organisation[:255], ""
    said.comments, said.language = "", "en-GB"
    said.created = said.modified = datetime.combine(datetime.fromisoformat(made_on), time())


def _page(section: Any) -> None:
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN


def _foot(document: Any, words: str) -> None:
    """The title and the edition, and which page of how many it is."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Note"]
    for before, field in ((f"{words}. Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(before)
        for mark in (*_field_begins(field), _text_run("1"), _run_with(_field_mark("end"))):
            paragraph._p.append(mark)


def _text_run(words: str) -> Any:
    return _run_with(_text_of(words))


def _mark(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))
