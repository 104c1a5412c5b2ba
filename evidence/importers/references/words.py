"""What the fields of a reference say, however its file writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from evidence.importers.cells import clean
from evidence.importers.references.records import Item, RecordProblem, ReferenceRecord

TITLE, AUTHORS, JOURNAL, ADDRESS = 600, 2000, 240, 400
ABSTRACT = 20_000
DOI, PMID, KEYWORDS = 200, 12, 60
TITLE_KEY = 200
# A title of fewer letters, such as "Editorial", does not tell one reference from another.
SHORTEST_KEY = 15

_DOI_ADDRESS = re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:\s*", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>]+")
_YEAR = re.compile(r"(?<![0-9])(1[89][0-9]{2}|20[0-9]{2})(?![0-9])")
_MARKUP = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|span|p|jats:\w+)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)

# Letters of one encoding read as another. Latin-1 read as Mac Roman puts these between letters.
_MAC_LETTERS = {"\u00b8": "ü", "\u00b7": "á", "\u00c8": "é"}
_MAC = re.compile(r"(?<=[A-Za-z])[\u00b8\u00b7](?=[a-z])|(?<=[a-z])\u00c8(?=[a-z])")
_UTF8_AS_LATIN = re.compile(
    r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]{1,3}"
)

DESIGNS = (
    ("review", "systematic_review", ("meta-analysis", "systematic review")),
    ("trial", "randomised_trial", ("randomized controlled trial", "randomised controlled trial")),
    ("trial", "", ("clinical trial", "controlled clinical trial", "pragmatic clinical trial")),
    ("guidance", "", ("guideline", "practice guideline")),
)


def plain_doi(text: str) -> str:
    """A DOI as it is compared: in small letters, without the address around it."""
    return _DOI_ADDRESS.sub("", text.strip()).strip().casefold()


def doi_in(*texts: str) -> str:
    """The first DOI that stands in one of the texts, plain; or nothing."""
    for text in texts:
        if found := _DOI.search(text):
            doi = plain_doi(found[0].rstrip(".,;)]}"))
            return doi if len(doi) <= DOI else ""
    return ""


def title_key(title: str) -> str:
    """A title as it is compared: its letters and digits, without accents; empty if too short."""
    spread = unicodedata.normalize("NFKD", title).casefold()
    key = "".join(character for character in spread if character.isalnum())
    return key[:TITLE_KEY] if len(key) >= SHORTEST_KEY else ""


def year_in(*texts: str) -> int | None:
    """The first year between 1800 and 2099 that one of the texts says."""
    for text in texts:
        if found := _YEAR.search(text):
            return int(found[1])
    return None


def address_in(texts: Iterable[str]) -> str:
    """The first link that others can open. Links into somebody's own computer are dropped."""
    for text in texts:
        for link in _LINK.findall(text):
            if len(link) <= ADDRESS:
                return str(link)
    return ""


def words(text: str, most: int) -> str:
    """A field's words on one line, without markup, mended, and cut with an ellipsis."""
    return cut(mended(clean(_MARKUP.sub("", text))), most)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def title_of(text: str) -> str:
    """A title, without the full stop and brackets that some files put around it."""
    title = words(text, TITLE)
    if title.startswith("[") and title.rstrip(".").endswith("]"):
        title = title.rstrip(".")[1:-1]
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def names(authors: Iterable[str]) -> str:
    """The authors in one line; those that do not fit are counted."""
    listed = [name for name in (words(author, JOURNAL) for author in authors) if name]
    line = fits = ""
    for many, name in enumerate(listed, start=1):
        line = f"{line}; {name}" if line else name
        if len(line) > AUTHORS:
            break
        left = len(listed) - many
        with_rest = line + (f"; and {left} others" if left else "")
        if len(with_rest) <= AUTHORS:
            fits = with_rest
    return fits


def mended(text: str) -> str:
    """Letters that a wrong encoding made unreadable, where what was meant is plain."""
    if text.isascii():
        return text
    text = _UTF8_AS_LATIN.sub(_as_utf8, text)
    return _MAC.sub(_as_latin, text)


def _as_utf8(found: re.Match[str]) -> str:
    try:
        return found[0].encode("cp1252").decode()
    except UnicodeError:
        return found[0]


def _as_latin(found: re.Match[str]) -> str:
    letter, text, at = found[0], found.string, found.start()
    if letter == "\u00b7" and text[at - 1].casefold() == text[at + 1].casefold() == "l":
        return letter  # Catalan writes l·l.
    return _MAC_LETTERS[letter]


def kind_and_design(types: Iterable[str]) -> tuple[str, str]:
    """What a file says that a study is, in our words: kind and design, or nothing."""
    said = {each.strip().casefold() for each in types}
    for kind, design, names_of_it in DESIGNS:
        if said & set(names_of_it):
            return kind, design
    return "", ""


def record(
    number: int,
    *,
    title: str,
    authors: Iterable[str] = (),
    years: Iterable[str] = (),
    published_in: str = "",
    dois: Iterable[str] = (),
    pmid: str = "",
    abstract: str = "",
    links: Iterable[str] = (),
    keywords: Iterable[str] = (),
    kind: str = "",
    design: str = "",
    population: str = "",
    outcome: str = "",
) -> Item:
    """A record of what its file says, each field made plain; a problem where it has no title."""
    plain = title_of(title)
    if not any(character.isalnum() for character in plain):
        return RecordProblem(number, f"Record {number} has no title, so it cannot be found again.")
    found_pmid = pmid.strip()
    return ReferenceRecord(
        number=number,
        title=plain,
        authors=names(authors),
        year=year_in(*years),
        published_in=words(published_in, JOURNAL),
        doi=doi_in(*dois),
        pmid=found_pmid if found_pmid.isdigit() and len(found_pmid) <= PMID else "",
        abstract=words(abstract, ABSTRACT),
        web_address=address_in(links),
        keywords=_keywords(keywords),
        kind=kind,
        design=design,
        population=words(population, ADDRESS),
        outcome=words(outcome, ADDRESS),
    )


def _keywords(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the file's order. Some files give many in one field, a line for each."""
    every = (words(line, 120) for text in texts for line in re.split(r"[\n;]", text))
    return tuple(dict.fromkeys(word for word in every if word))[:KEYWORDS]
