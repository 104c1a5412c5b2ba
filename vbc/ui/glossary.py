"""Words that a neighbour would ask about, each with its meaning in a plain sentence.

They are ours to say plainly: `glossary.csv` has a line for each, with the other spellings of it.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("glossary.csv")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or several, as we spell it, with what it means. `also` are other spellings of it."""

    term: str
    also: tuple[str, ...]
    meaning: str


@cache
def terms() -> tuple[Term, ...]:
    """Every word that has a meaning here, in the order of the alphabet."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        found = [
            Term(row["term"], tuple(filter(None, row["also"].split(";"))), row["meaning"])
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(found, key=lambda each: each.term.casefold()))


def used_in(text: str) -> list[Term]:
    """The terms that `text` uses, in the order of the alphabet.

    Only whole words count (SHA-256 is not SHA), and of two that begin together the longer one. What
    is spelled with capitals inside, such as JSNA or NICE, counts only where the text spells it so.
    """
    by_spelling = _by_spelling()
    found = set()
    for match in _pattern().finditer(re.sub(r"\s+", " ", text)):
        said = match.group()
        term = by_spelling.get(said) or by_spelling.get(said.casefold())
        if term is not None:
            found.add(term)
    return [each for each in terms() if each in found]


@cache
def _by_spelling() -> dict[str, Term]:
    return {
        spelling if _keeps_its_capitals(spelling) else spelling.casefold(): term
        for term in terms()
        for spelling in (term.term, *term.also)
    }


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_by_spelling(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_spelled, longest_first))})(?!\w|-\d)")


def _spelled(spelling: str) -> str:
    plain = re.escape(spelling)
    return plain if _keeps_its_capitals(spelling) else f"(?i:{plain})"


def _keeps_its_capitals(spelling: str) -> bool:
    """JSNA, PbR, EqIAs; not Healthwatch or Talking Therapies, which people spell either way."""
    return any(letter.isupper() for letter in spelling[1:] if letter) and " " not in spelling
