"""What a word processor fills in itself: the list of contents, and which page of how many."""

from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# How deep the list of contents goes, and below how many headings there is none.
DEEPEST, FEWEST_HEADINGS = 2, 5


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents, and the name of the place it leads to."""

    level: int
    words: str
    name: str


def add_contents(document: Any, after: Any, headings: list[Heading]) -> None:
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


def add_foot(document: Any, words: str) -> None:
    """The title and the edition, and which page of how many it is."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Note"]
    for before, field in ((f"{words}. Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(before)
        for mark in (*_field_begins(field), _text_run("1"), _run_with(_field_mark("end"))):
            paragraph._p.append(mark)


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


def _text_run(words: str) -> Any:
    text = OxmlElement("w:t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = words
    return _run_with(text)


def _run_with(element: Any) -> Any:
    run = OxmlElement("w:r")
    run.append(element)
    return run
