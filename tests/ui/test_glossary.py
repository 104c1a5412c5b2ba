"""Words that a neighbour would ask about: found whole, and explained in plain sentences."""

import re

import pytest

from vbc.ui.glossary import Term, terms, used_in
from vbc.ui.reading import grade


def found(text: str) -> list[str]:
    return [each.term for each in used_in(text)]


@pytest.mark.row("A3-55")
@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Carers told the commissioners.", ["carer", "commissioner"]),
        ("CARERS, and a Carer’s story", ["carer"]),
        # Whole words only.
        ("A careful carers' meeting of the subpanel", ["carer"]),
        ("Panelling and outcomesque", []),
        ("pre-commissioned", ["commission"]),
        # Of two that begin together the longer one.
        ("Outcome measures are agreed.", ["outcome measure"]),
        ("A needs\n   assessment", ["needs assessment"]),
        # Capitals inside are part of a word.
        ("It is a nice grade, and a link of pals.", []),
        ("NICE and GRADE, a LINk, PALS", ["GRADE", "LINk", "NICE", "PALS"]),
        ("The JSNA of two CCGs", ["CCG", "JSNA"]),
        # However it is spelled, it is one thing.
        ("Co-produced, coproduction", ["co-production"]),
        ("talking therapies (IAPT)", ["IAPT", "talking therapies"]),
        ("SHA-256", []),
        ("The SHA of that time", ["SHA"]),
        ("", []),
        ("Ein Łódź 我们", []),
    ],
)
def test_only_the_terms_that_a_text_uses_are_found(text: str, used: list[str]) -> None:
    assert found(text) == used


def test_every_term_finds_itself_in_each_of_its_spellings() -> None:
    for term in terms():
        for spelling in (term.term, *term.also):
            assert found(f"It is about {spelling}.") == [term.term]


def test_no_spelling_stands_for_two_things() -> None:
    spellings = [one.casefold() for term in terms() for one in (term.term, *term.also)]
    assert len(set(spellings)) == len(spellings)


def test_whoever_looks_for_what_the_text_says_finds_it() -> None:
    """Another spelling is one that looks alike, or a part of it, or the meaning says it."""
    for term in terms():
        name = re.sub("[ -]", "", term.term.casefold())
        for spelling in term.also:
            said = re.sub("[ -]", "", spelling.casefold()).removesuffix("s").removesuffix("ie")
            looks_alike = said.startswith(name[:4]) or said in name or name in said
            assert (
                looks_alike
                or spelling.casefold().removesuffix("s").removesuffix("ie")
                in term.meaning.casefold()
            ), said


def test_every_meaning_is_a_plain_sentence() -> None:
    for term in terms():
        assert term.meaning[0].isupper()
        assert term.meaning.endswith(".")
        assert len(term.meaning) < 160
    # For readers of about thirteen: the names of laws and bodies are long.
    assert grade("\n".join(each.meaning for each in terms())) < 8


def test_a_long_text_is_read_in_no_time_that_grows_with_the_words_we_know() -> None:
    text = "commissioner " * 50_000 + "co-" * 50_000
    assert used_in(text) == [term for term in terms() if term.term == "commissioner"]
    assert isinstance(terms()[0], Term)
