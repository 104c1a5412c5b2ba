"""Tables of references: CSV with commas, semicolons or tabs, and Metapsy's tables of trials."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from evidence.importers.cells import clean, number
from evidence.importers.references import words
from evidence.importers.references.citations import take_apart
from evidence.importers.references.records import Item, RecordProblem
from evidence.importers.rows import UnreadableFile
from evidence.importers.text import MAX_COLUMNS, delimiter_of

Row = dict[str, str]

# What the columns are called by PubMed, Zotero, Scopus, Cochrane and people.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("title", "article title", "document title"),
    "authors": ("authors", "author", "author(s)", "author names"),
    "year": ("publication year", "year", "pubyear", "date", "create date"),
    "published_in": (
        "journal/book",
        "publication title",
        "source title",
        "journal",
        "published in",
        "source",
        "publisher",
    ),
    "doi": ("doi",),
    "pmid": ("pmid", "pubmed id", "pubmed"),
    "abstract": ("abstract", "abstract note"),
    "link": ("url", "link", "web address", "links"),
    "keywords": ("keywords", "author keywords", "manual tags"),
}
_METAPSY = {"study", "full_ref"}
_AGES = {
    "adul": "adults",
    "yadul": "young adults",
    "old": "older adults (55 and over)",
    "olderold": "older adults (75 and over)",
}
_PLACES = {
    "us": "USA",
    "uk": "United Kingdom",
    "eu": "Europe",
    "can": "Canada",
    "au": "Australia",
    "eas": "East Asia",
}
_ABSENT = {"", "na", "not specified"}


def looks_like(text: str) -> bool:
    first = next((line for line in text.splitlines() if line.strip()), "").casefold()
    return "title" in first or is_of_trials(first)


def is_of_trials(header: str) -> bool:
    """Whether a first line, in small letters, is that of Metapsy's tables of trials."""
    return all(name in header for name in _METAPSY)


def items(text: str) -> Iterator[Item]:
    stream = io.StringIO(text, newline="")
    delimiter = delimiter_of(stream)
    rows = _rows(stream, delimiter)
    header = next(rows)
    names = [clean(cell).casefold() for cell in header if isinstance(header, list)]
    if len(names) > MAX_COLUMNS:
        raise UnreadableFile(f"This file has {len(names)} columns. The limit is {MAX_COLUMNS}.")
    if set(names) >= _METAPSY:
        yield from _trials(names, rows, decimal_comma=delimiter == ";")
        return
    found = {
        field: next(names.index(name) for name in known if name in names)
        for field, known in _COLUMNS.items()
        if any(name in names for name in known)
    }
    if "title" not in found:
        raise UnreadableFile("This table has no column “Title”, so no reference can be read.")
    for count, row in enumerate(rows, start=1):
        yield row if isinstance(row, RecordProblem) else _row(count, row, found)


def _rows(stream: io.StringIO, delimiter: str) -> Iterator[Any]:
    """The cells of each row; a problem for a row that cannot be read. The first is the header."""
    reader = csv.reader(stream, delimiter=delimiter)
    count = -1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            count += 1
            yield RecordProblem(count, f"Record {count} has a cell too long to be read.")
            continue
        if any(cell.strip() for cell in row) and not row[0].casefold().startswith("sep="):
            count += 1
            yield row


def _row(count: int, row: Sequence[str], found: Mapping[str, int]) -> Item:
    def cell(field: str) -> str:
        at = found.get(field, len(row))
        return row[at] if at < len(row) else ""

    return words.record(
        count,
        title=cell("title"),
        authors=_authors(cell("authors")),
        years=[cell("year")],
        published_in=cell("published_in"),
        dois=[cell("doi")],
        pmid=cell("pmid"),
        abstract=cell("abstract"),
        links=[cell("link")],
        keywords=[cell("keywords")],
    )


def _authors(text: str) -> list[str]:
    """Semicolons part authors where there are any; commas may belong to a name, and stay."""
    return text.split(";") if ";" in text else [text.rstrip(".")]


def _trials(names: Sequence[str], rows: Iterator[Any], *, decimal_comma: bool) -> Iterator[Item]:
    """Metapsy's tables have a row for each result; what is printed about a trial is one reference.

    Who took part and what was measured are put together from all rows of a trial.
    """
    trials: dict[str, list[Row]] = {}
    for row in rows:
        if isinstance(row, RecordProblem):
            yield row
            continue
        cells = dict(zip(names, map(clean, row), strict=False))
        printed = cells.get("full_ref", "")
        trials.setdefault("" if printed.casefold() in _ABSENT else printed, []).append(cells)
    for count, (printed, results) in enumerate(trials.items(), start=1):
        if not printed:
            yield RecordProblem(count, f"Record {count}: {len(results)} rows name no reference.")
            continue
        who = _who(results[0], lambda text: number(text, decimal_comma=decimal_comma))
        measured = dict.fromkeys(row.get("instrument", "") for row in results)
        shown = ", ".join(each for each in measured if each.casefold() not in _ABSENT)
        yield _printed(
            count,
            printed,
            years=[results[0].get("year", "")],
            population=who,
            outcome=f"Depression, measured with: {shown}" if shown else "Depression",
        )


def _who(row: Row, exact: Callable[[str], Decimal]) -> str:
    """Who took part in a trial, in a line: "Adults, mean age 48, 71% women, Europe"."""
    parts = [_AGES.get(row.get("age_group", ""), "")]
    for name, say in (("mean_age", _years), ("percent_women", _share)):
        try:
            parts.append(say(exact(row.get(name, ""))))
        except ValueError:
            continue  # Not said, or not a number: then it is not said here either.
    parts.append(_PLACES.get(row.get("country", ""), ""))
    line = ", ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def _years(age: Decimal) -> str:
    return f"mean age {age.normalize():f}" if 0 < age < 120 else ""


def _share(women: Decimal) -> str:
    return f"{women * 100:.0f}% women" if 0 <= women <= 1 else ""


def printed_items(text: str) -> Iterator[Item]:
    """Metapsy's list of references: a JSON object of study names, each with its reference."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableFile("This JSON file is broken. Download it again.") from None
    if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
        raise UnreadableFile(
            "This JSON file is no list of references: it needs a name and a printed reference in "
            "each line. Export the references as RIS instead."
        )
    for count, (study, printed) in enumerate(said.items(), start=1):
        yield _printed(count, printed, years=[str(study)])


def _printed(
    count: int, printed: str, *, years: Sequence[str], population: str = "", outcome: str = ""
) -> Item:
    parts = take_apart(words.mended(printed))
    return words.record(
        count,
        title=parts.title,
        authors=[parts.authors],
        years=[*years, printed],
        published_in=parts.published_in,
        dois=[printed],
        links=re.findall(r"https?://(?!(?:dx\.)?doi\.org)\S+", printed),
        kind="trial",
        design="randomised_trial",
        population=population,
        outcome=outcome,
    )
