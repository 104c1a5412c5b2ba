"""What comes out of a file of references."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.importers.rows import UnreadableFile

MAX_RECORDS = 10_000


@dataclass(frozen=True, slots=True)
class ReferenceRecord:
    """One reference, as its file gives it. What the file leaves out is empty.

    `number` counts the file's records from 1, those with problems too. `doi` is in small letters,
    without an address around it. `web_address` is http or https, never a link into somebody's own
    computer. `kind` and `design` are given only where the file says them, in the words of
    `evidence.enums`.
    """

    number: int
    title: str
    authors: str = ""
    year: int | None = None
    published_in: str = ""
    doi: str = ""
    pmid: str = ""
    abstract: str = ""
    web_address: str = ""
    keywords: tuple[str, ...] = ()
    kind: str = ""
    design: str = ""
    population: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """One record that cannot be used. `message` is a full sentence that begins with its number."""

    number: int
    message: str


Item = ReferenceRecord | RecordProblem


def refuse_too_many(count: int) -> None:
    """Raises UnreadableFile for more records than a file may have."""
    if count > MAX_RECORDS:
        raise UnreadableFile(
            f"This file has more than {MAX_RECORDS:,} records, which is the limit. Split it."
        )
