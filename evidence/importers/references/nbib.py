"""PubMed's own format: a tag of four characters, a dash, and lines that go on indented by six.

Read by hand: the library that there is for it gives up a whole file at the first odd record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.importers.references import words
from evidence.importers.references.records import Item

_TAG = re.compile(r"^([A-Z]{2,4}) {0,2}- ?(.*)$")
Fields = dict[str, list[str]]


def looks_like(text: str) -> bool:
    return re.search(r"^PMID- ?[0-9]", text[:20_000], re.MULTILINE) is not None


def items(text: str) -> Iterator[Item]:
    for number, fields in enumerate(_records(text), start=1):
        yield _record(number, fields)


def _records(text: str) -> Iterator[Fields]:
    """The fields of one record after the other; each begins with its PMID."""
    fields: dict[str, list[list[str]]] = {}
    tag = ""
    for line in text.splitlines():
        found = _TAG.match(line)
        if found and found[1] == "PMID":
            if fields:
                yield _joined(fields)
            fields = {}
        if found and (fields or found[1] == "PMID"):
            tag = found[1]
            fields.setdefault(tag, []).append([found[2].strip()])
        elif fields and line.strip():
            fields[tag][-1].append(line.strip())
    if fields:
        yield _joined(fields)


def _joined(fields: dict[str, list[list[str]]]) -> Fields:
    return {tag: [" ".join(lines) for lines in said] for tag, said in fields.items()}


def _record(number: int, fields: Fields) -> Item:
    def first(*tags: str) -> str:
        return next((fields[tag][0] for tag in tags if fields.get(tag)), "")

    kind, design = words.kind_and_design(fields.get("PT", []))
    identifiers = [*fields.get("LID", []), *fields.get("AID", []), *fields.get("SO", [])]
    return words.record(
        number,
        title=first("TI", "BTI", "TT"),
        authors=fields.get("FAU") or fields.get("AU") or fields.get("CN") or [],
        years=[first("DP"), first("DEP"), first("EDAT")],
        published_in=first("JT", "TA", "PB"),
        dois=[each for each in identifiers if "[doi]" in each],
        pmid=first("PMID"),
        abstract=first("AB"),
        keywords=[each.replace("*", "") for each in (*fields.get("MH", []), *fields.get("OT", []))],
        kind=kind,
        design=design,
    )
