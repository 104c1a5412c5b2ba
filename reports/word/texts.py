"""Words inside a paragraph: as they are set, with single spaces."""

import re
from collections.abc import Iterator
from typing import Any

SKIPPED = {"nav", "style", "script", "svg", "head"}
BOLD, SLANTED = {"strong", "b", "th", "dt"}, {"em", "i"}


def is_element(node: Any) -> bool:
    return isinstance(node.tag, str)


def words_of_drawing(node: Any) -> str:
    title = node.find("{*}title")
    if title is None:
        title = node.find("title")
    return "" if title is None else " ".join((title.text or "").split())


def text_of(part: Any) -> str:
    return part if isinstance(part, str) else "".join(_texts(part))


def _texts(node: Any) -> Iterator[str]:
    if node.tag in SKIPPED:
        yield words_of_drawing(node) if node.tag == "svg" else ""
        return
    yield node.text or ""
    for child in node:
        if is_element(child):
            yield from _texts(child)
        yield child.tail or ""


def add_runs(paragraph: Any, node: Any, *, bold: bool = False, slanted: bool = False) -> None:
    """The words inside `node`, as they are set."""
    add_run(paragraph, node.text or "", bold=bold, slanted=slanted)
    for child in node:
        if is_element(child):
            add_inline(paragraph, child, bold=bold, slanted=slanted)
        add_run(paragraph, child.tail or "", bold=bold, slanted=slanted)


def add_inline(paragraph: Any, node: Any, *, bold: bool = False, slanted: bool = False) -> None:
    if node.tag == "br":
        paragraph.add_run().add_break()
    elif node.tag == "svg":
        add_run(paragraph, words_of_drawing(node), bold=bold, slanted=slanted)
    elif node.tag not in SKIPPED:
        add_runs(
            paragraph,
            node,
            bold=bold or node.tag in BOLD,
            slanted=slanted or node.tag in SLANTED,
        )


def add_run(paragraph: Any, text: str, *, bold: bool = False, slanted: bool = False) -> None:
    """Words with single spaces, as a page shows them; none at the beginning of a paragraph."""
    words = re.sub(r"\s+", " ", text)
    if not paragraph.text or paragraph.text[-1].isspace():
        words = words.lstrip()
    if words:
        run = paragraph.add_run()
        # It holds no tab and no break, so the library need not look at each letter.
        run._r.add_t(words)
        run.bold, run.italic = bold or None, slanted or None
