"""The guidance library: dated frameworks, laws and documents that commissioning here comes from.

`library.csv` has a line for each, as facts in our own words. A cell is empty where the sources do
not say. Sources: the Collaborating Centre for Values-based Practice on policy and service
development; Emma Dent in the Health Service Journal on values-based commissioning; the
Commissioning Friend for Mental Health Services (December 2009); the NHS Institute, Living our
Local Values (2008 to 2009); Valued Care in Mental Health. Knows nothing of Django.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "library.csv"
FACETS = ("topic", "group", "part", "process")


@dataclass(frozen=True, slots=True)
class GuidanceEntry:
    """One document. `tags` are values of each facet, in the words of `evidence.enums`; `rows` says
    which rows of the inventory of founding documents it comes from."""

    key: str
    title: str
    authors: str
    published_in: str
    year: int | None
    plain_summary: str
    asks_for: str
    standing: str
    standing_note: str
    tags: Mapping[str, tuple[str, ...]]
    rows: tuple[str, ...]


@cache
def entries() -> tuple[GuidanceEntry, ...]:
    """Every document of the library, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return tuple(map(_entry, csv.DictReader(stream)))


def _entry(line: dict[str, str]) -> GuidanceEntry:
    names = ("key", "title", "authors", "published_in", "plain_summary")
    more = ("asks_for", "standing", "standing_note")
    return GuidanceEntry(
        **{name: line[name] for name in (*names, *more)},
        year=int(line["year"]) if line["year"] else None,
        tags={facet: tuple(line[facet].split()) for facet in FACETS},
        rows=tuple(line["rows"].split()),
    )
