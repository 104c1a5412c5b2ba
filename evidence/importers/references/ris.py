"""RIS: what EndNote, Zotero, Mendeley, Embase and most search pages write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rispy
from rispy.config import LIST_TYPE_TAGS

from evidence.importers.references import words
from evidence.importers.references.records import Item, RecordProblem

_TAG = re.compile(r"^([A-Z][A-Z0-9]) {1,3}-(?: (.*)|\s*)$", re.DOTALL)
# A link may hold the semicolon at which rispy would cut it.
_OPTIONS: dict[str, Any] = {
    "delimiter_tags_mapping": {},
    "list_tags": [*LIST_TYPE_TAGS, "UR", "DO", "AB", "N2"],
}
_PUBMED = {"nlm", "pubmed", "medline"}
_GUIDANCE = {"GOVDOC", "LEGAL", "STAT", "BILL", "STAND"}


def looks_like(text: str) -> bool:
    return re.search(r"^TY {1,3}- ", text[:20_000], re.MULTILINE) is not None


def items(text: str) -> Iterator[Item]:
    """Each record of the file, parsed on its own, so that one that is broken spoils no other."""
    for number, lines in enumerate(_records(text), start=1):
        try:
            (entry,) = rispy.loads("\n".join(lines), **_OPTIONS)
            yield _record(number, entry)
        except Exception:
            yield RecordProblem(
                number, f"Record {number} is not written as RIS records are, and cannot be read."
            )


def _records(text: str) -> Iterator[list[str]]:
    """The lines of one record after the other, from its TY to its ER, each tag written alike."""
    lines: list[str] = []
    for line in text.splitlines():
        tag = _TAG.match(line)
        if tag and tag[1] == "TY":
            if lines:
                yield [*lines, "ER  - "]
            lines = [f"TY  - {(tag[2] or '').strip()}"]
        elif not lines:
            continue  # What stands before the first record is none.
        elif tag and tag[1] == "ER":
            yield [*lines, "ER  - "]
            lines = []
        elif line.strip():
            lines.append(f"{tag[1]}  - {(tag[2] or '').strip()}" if tag else line.strip())
    if lines:
        yield [*lines, "ER  - "]


def _record(number: int, entry: dict[str, Any]) -> Item:
    def first(*names: str) -> str:
        return next((_text(entry[name]) for name in names if entry.get(name)), "")

    links = [*entry.get("urls", []), *entry.get("file_attachments1", [])]
    kind = "guidance" if entry.get("type_of_reference", "").upper() in _GUIDANCE else ""
    found_kind, design = words.kind_and_design(
        line for note in entry.get("notes", []) for line in note.splitlines()
    )
    # EndNote writes where a record came from, and its number there.
    database = {first("name_of_database").casefold(), first("database_provider").casefold()}
    accession = first("accession_number")
    return words.record(
        number,
        title=first("title", "primary_title", "translated_title"),
        authors=entry.get("authors") or entry.get("first_authors") or [],
        years=[first("year"), first("publication_year"), first("date")],
        published_in=first(
            "secondary_title", "journal_name", "alternate_title3", "alternate_title1", "publisher"
        ),
        dois=entry.get("doi", []),
        pmid=accession if database & _PUBMED else "",
        abstract=first("abstract", "notes_abstract"),
        links=links,
        keywords=entry.get("keywords", []),
        kind=found_kind or kind,
        design=design,
    )


def _text(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)
