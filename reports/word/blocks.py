"""The blocks of a page, in their order, as paragraphs, tables and pictures."""

import io
from collections.abc import Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu
from lxml import html as parser

from reports.word.fields import DEEPEST, Heading
from reports.word.texts import (
    SKIPPED,
    add_inline,
    add_run,
    add_runs,
    is_element,
    text_of,
    words_of_drawing,
)

# A picture leaves room on its page for its caption and its source.
PICTURE_WIDTH, PICTURE_HEIGHT = Cm(15.5), Cm(18)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    *("article", "section", "div", "p", "ul", "ol", "li", "table", "figure", "figcaption"),
    *("blockquote", "dl", "dt", "dd", *HEADINGS),
}
# Boxes are set off by a line at their side: they have to be seen without their colour, too.
BOXES = ("doc-call-out", "doc-key-points", "doc-record", "doc-will-not")


class Writer:
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
            elif child.tag == "svg" and (words := words_of_drawing(child)):
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
            add_runs(paragraph, node)
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
        if any(text_of(part).strip() for part in parts):
            paragraph = holder.add_paragraph(style=style or None)
            for part in parts:
                if isinstance(part, str):
                    add_run(paragraph, part)
                elif part.tag in ("p", "dt", "dd", "figcaption"):
                    add_runs(paragraph, part)
                else:
                    add_inline(paragraph, part)
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


def _name(table: Any, words: str) -> None:
    """What a table is, for whoever hears it read out. It stands last in its properties."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), words)
    table._tbl.tblPr.append(caption)


def _mark(properties: Any, name: str) -> None:
    properties.append(OxmlElement(name))


def _is_block(node: Any) -> bool:
    return node.tag in BLOCKS or any(_is_block(child) for child in node if is_element(child))


def _as_paragraph(node: Any) -> Any:
    made = parser.fragment_fromstring("<p></p>")
    made.text = " ".join(node.text_content().split())
    return made
