"""BibTeX: what Zotero, JabRef and many publishers' pages write."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import bibtexparser
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from bibtexparser.middlewares.middleware import BlockMiddleware
from bibtexparser.model import Entry, Field, ParsingFailedBlock

from evidence.importers.references import words
from evidence.importers.references.records import Item, RecordProblem, refuse_too_many

_START = re.compile(
    r"^([ \t]*@[ \t]*(?!string|comment|preamble)\w+[ \t]*\{)[^,{}\n]*,", re.I | re.MULTILINE
)
# Far longer than any abstract with its notes, and short enough to be read in seconds.
LONGEST_RECORD = 200_000
_LONGEST_FIELD = 2 * words.ABSTRACT
_READ = (
    *("title", "booktitle", "author", "editor", "year", "date", "journal", "journaltitle"),
    *("publisher", "institution", "doi", "pmid", "eprint", "eprinttype", "abstract", "url"),
    *("howpublished", "keywords", "keyword"),
)
_BRACES = re.compile(r"[{}]")


def looks_like(text: str) -> bool:
    return re.search(r"^[ \t]*@[ \t]*\w+[ \t]*\{[^=\n]*,", text[:200_000], re.MULTILINE) is not None


class _OnlyWhatIsRead(BlockMiddleware):
    """Leaves out the fields that nobody reads, and what is longer than anybody keeps: decoding
    letters takes longer than all the rest."""

    def transform_entry(self, entry: Entry, library: Library) -> Entry:
        entry.fields = [
            Field(field.key, str(field.value)[:_LONGEST_FIELD], field.start_line)
            for field in entry.fields
            if field.key.lower() in _READ
        ]
        return entry


def items(text: str) -> Iterator[Item]:
    """Each entry. Keys are counted anew: a key that stands twice is no reason to lose an entry."""
    heads = list(_START.finditer(text))
    # Each takes so long that they are counted before they are read.
    refuse_too_many(len(heads))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    parts = [text[: heads[0].start()] if heads else text]
    too_long = set()
    for number, (head, end) in enumerate(zip(heads, ends, strict=True), start=1):
        body = text[head.end() : end]
        if len(body) > LONGEST_RECORD:
            too_long.add(number)
            # As many lines as before, so that what comes after stands on its line.
            body = "\n" * body.count("\n")
        parts.append(f"{head[1]}r{number},{body}")
    library = bibtexparser.parse_string(
        "".join(parts),
        append_middleware=[_OnlyWhatIsRead(), LatexDecodingMiddleware(), SeparateCoAuthors()],
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
            where = f"Record {number}, which begins on line {line},"
            if number in too_long:
                yield RecordProblem(number, f"{where} is too long to be a reference.")
            else:
                yield RecordProblem(
                    number,
                    f"{where} cannot be read. A bracket or a quotation mark may be missing.",
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
