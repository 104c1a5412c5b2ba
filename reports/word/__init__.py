"""The web page of a document in, a word-processor file out, for whoever has to edit it.

It is made of the same HTML as the PDF and the page, block by block, so that it says the same and no
kind of document needs anything of its own. A chart is a picture with its finding as text; every
other drawing stands as its words. Nothing of the file says who made it.
"""

from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any

from docx import Document
from lxml import html as parser

from reports.word.blocks import Writer
from reports.word.fields import FEWEST_HEADINGS, add_contents, add_foot
from reports.word.looks import add_styles, set_page


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
    set_page(document.sections[0])
    add_styles(document)
    _properties(document, title=title, organisation=organisation, made_on=made_on)
    add_foot(document, f"{title}. {edition}")
    document.add_heading(title, level=0)
    below = document.add_paragraph(f"{organisation}. {edition}", style="Note")
    writer = Writer(document, pictures)
    writer.write(parser.fragment_fromstring(html, create_parent="article"))
    if len(writer.headings) >= FEWEST_HEADINGS:
        add_contents(document, below, writer.headings)
    document.save(str(target))


def _properties(document: Any, *, title: str, organisation: str, made_on: str) -> None:
    said = document.core_properties
    said.title, said.author, said.last_modified_by = title[:255], organisation[:255], ""
    said.comments, said.language = "", "en-GB"
    said.created = said.modified = datetime.combine(datetime.fromisoformat(made_on), time())
