"""What most people said of choice, and an attack on it that tries everything people can say."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable
from itertools import product

import pytest

from evidence.disclosure.choices import most_said

ANSWERS = ("yes", "partly", "no", "not_known")
Said = tuple[str, ...]


def given_away(people: int, publish: Callable[[Said], Hashable]) -> list[tuple[Hashable, ...]]:
    """Every (person, own answer, what is shown, other person) where only one answer of theirs fits.

    The attacker knows the rule, how many answered, and their own answer.
    """
    fitting = defaultdict(set)
    for said in product(ANSWERS, repeat=people):
        shown = publish(said)
        for attacker, victim in product(range(people), repeat=2):
            if attacker != victim:
                fitting[attacker, said[attacker], shown, victim].add(said[victim])
    return [key for key, possible in fitting.items() if len(possible) == 1]


@pytest.mark.parametrize(
    ("said", "most"),
    [
        ("no no no no", None),
        ("no no no no no", "no"),
        ("no no no yes partly", "no"),
        ("no no partly yes yes", ""),
        ("no no no yes yes yes", ""),
        ("no no no no yes yes yes", "no"),
    ],
)
def test_most_are_more_than_half_of_at_least_five(said: str, most: str | None) -> None:
    assert most_said(said.split()) == most


@pytest.mark.parametrize("people", [2, 3, 4, 5, 6, 7])
def test_nobody_who_answered_learns_what_another_said(people: int) -> None:
    assert given_away(people, most_said) == []


@pytest.mark.parametrize("people", [5, 6, 7])
def test_the_attack_catches_how_many_said_what(people: int) -> None:
    """The control: with exact counts somebody is given away."""
    assert given_away(people, lambda said: frozenset(Counter(said).items()))


def test_the_attack_catches_what_most_of_three_said() -> None:
    assert given_away(3, lambda said: next((one for one in said if said.count(one) > 1), ""))
