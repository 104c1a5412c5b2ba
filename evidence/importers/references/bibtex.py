"""BibTeX: what Zotero, JabRef and many publishers' pages write."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from bibtexparser.model import Entry, ParsingFailedBlock

from evidence.importers.references import words
from evidence.importers.references.records import Item, RecordProblem

_START = re.compile(
    r"^([ \t]*@[ \t]*(?!string|comment|preamble)\w+[ \t]*\{)[^,{}\n]*,", re.I | re.MULTILINE
)
_BRACES = re.compile(r"[{}]")


def looks_like(text: str) -> bool:
    return re.search(r"^[ \t]*@[ \t]*\w+[ \t]*\{[^=\n]*,", text[:200_000], re.MULTILINE) is not None


def items(text: str) -> Iterator[Item]:
    """Each entry. Keys are counted anew: a key that stands twice is no reason to lose an entry."""
    count = itertools.count(1)
    text = _START.sub(lambda found: f"{found[1]}r{next(count)},", text)
    library = bibtexparser.parse_string(
        text, append_middleware=[LatexDecodingMiddleware(), SeparateCoAuthors()]
    )
    numbers = itertools.count(1)
    for block in library.blocks:
        if isinstance(block, Entry):
            number = next(numbers)
            yield _record(
                number, {name.lower(): field.value for name, field in block.fields_dict.items()}
            )
        elif isinstance(block, ParsingFailedBlock):
            number, line = next(numbers), (block.start_line or 0) + 1
            yield RecordProblem(
                number,
                f"Record {number}, which begins on line {line}, cannot be read. A bracket or a "
                "quotation mark may be missing.",
            )


def _record(number: int, entry: dict[str, Any]) -> Item:
    def first(*names: str) -> str:
        return next((_plain(entry[name]) for name in names if entry.get(name)), "")

    authors = entry.get("author") or entry.get("editor") or []
    return words.record(
        number,
        title=first("title", "booktitle"),
        authors=map(_plain, authors if isinstance(authors, list) else [authors]),
        years=[first("year"), first("date")],
        published_in=first("journal", "journaltitle", "booktitle", "publisher", "institution"),
        dois=[first("doi")],
        pmid=first("pmid") or (first("eprint") if first("eprinttype") == "pubmed" else ""),
        abstract=first("abstract"),
        links=[first("url"), first("howpublished")],
        keywords=re.split(r"[,;]", first("keywords", "keyword")),
    )


def _plain(value: Any) -> str:
    text = " ".join(value) if isinstance(value, list) else str(value)
    return _BRACES.sub("", text)
