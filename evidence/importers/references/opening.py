"""Open a file of references: which kind it is, and its records, one at a time."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evidence.importers.references import bibtex, nbib, ris, table
from evidence.importers.references.records import Item, refuse_too_many
from evidence.importers.rows import UnreadableFile

MAX_BYTES = 25 * 1024 * 1024

_HEAD = 20_000
# What a table of references has beside its titles, and a table of figures has not.
_BESIDE_TITLES = ("author", "doi", "journal", "pmid")
_EXPORT = "Export the references as RIS where they are kept, and add that file."


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how it is recognised, and how its records are read."""

    name: str
    title: str
    looks_like: Callable[[str], bool]
    items: Callable[[str], Iterator[Item]]


_RIS = Format("ris", "RIS (EndNote, Zotero, Mendeley, Embase)", ris.looks_like, ris.items)
_NBIB = Format("nbib", "PubMed (.nbib)", nbib.looks_like, nbib.items)
_BIBTEX = Format("bibtex", "BibTeX (.bib)", bibtex.looks_like, bibtex.items)
FORMATS = (
    _RIS,
    _NBIB,
    _BIBTEX,
    Format(
        "json",
        "A list of printed references (JSON)",
        lambda text: text.lstrip().startswith("{"),
        table.printed_items,
    ),
    Format("table", "A table (CSV)", table.looks_like, table.items),
)


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """An opened file: its kind, and its records, read once only."""

    format: Format
    items: Iterator[Item]

    def __iter__(self) -> Iterator[Item]:
        return self.items


def open_references(content: bytes, *, max_bytes: int = MAX_BYTES) -> ReferenceFile:
    """Find out what kind of file this is, and prepare to read its records.

    Raises UnreadableFile, with a plain message, for what is no file of references. It may also be
    raised as the records are read, where the file turns out to be of another kind or too long.
    """
    text = _text(content, max_bytes)
    for each in FORMATS:
        if each.looks_like(text):
            return ReferenceFile(each, _limited(each.items(text)))
    raise UnreadableFile(
        "We do not know this kind of file. RIS, PubMed (.nbib), BibTeX, and tables (CSV) with a "
        f"column “Title” can be read. {_EXPORT}"
    )


def begins_references(head: bytes) -> bool:
    """Whether a file that begins like this holds references: for those who read other files, to
    say so. JSON is not looked at, because its beginning does not tell."""
    text = head[:_HEAD].decode("utf-8-sig", errors="replace").replace("\r", "\n")
    if any(each.looks_like(text) for each in (_RIS, _NBIB, _BIBTEX)):
        return True
    first = text.lstrip().partition("\n")[0].casefold()
    return table.is_of_trials(first) or (
        "title" in first and any(name in first for name in _BESIDE_TITLES)
    )


def _limited(items: Iterator[Item]) -> Iterator[Item]:
    """The records, up to the limit; a file without any, or with too many, is refused."""
    count = 0
    for item in items:
        count += 1
        refuse_too_many(count)
        yield item
    if count == 0:
        raise UnreadableFile("This file has no references in it.")


def _text(content: bytes, max_bytes: int) -> str:
    """The file as text, with line ends alike."""
    if len(content) > max_bytes:
        raise UnreadableFile(
            f"This file is larger than {max_bytes / 1024 / 1024:.3g} MB, which is the limit."
            " Split it."
        )
    if content.startswith(b"%PDF"):
        raise UnreadableFile(f"This is a PDF. References cannot be read from a PDF. {_EXPORT}")
    if content.startswith(b"PK\x03\x04"):
        raise UnreadableFile(f"This is an Office or ZIP file. {_EXPORT}")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(content, "utf-16")
    elif b"\0" in content:
        raise UnreadableFile(f"This file is not text. {_EXPORT}")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _decoded(content, "cp1252")
    if not text.strip():
        raise UnreadableFile("This file is empty. Check that it is the one you meant to add.")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _decoded(content: bytes, encoding: str) -> str:
    """Old files hold bytes that stand for nothing; the rest of such a file is still good."""
    return content.decode(encoding, errors="replace")
