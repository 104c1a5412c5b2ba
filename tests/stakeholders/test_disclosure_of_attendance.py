"""An attack on what members read of attendance: every small table, by somebody who knows the rest.

For each number in a table the attacker knows all the others exactly, and the rule. If what is shown
fits only some of the numbers that the rule promises to keep apart, the rule has failed.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from stakeholders.disclosure import attendance
from stakeholders.presenters.engagement import reached_in_words

LARGEST = 11
Table = tuple[int, ...]


def _as_shown(table: Table) -> Any:
    """What the pages say of events with these numbers: each, and all of them after each event."""
    return (
        tuple(attendance.number_in_words(number) for number in table),
        tuple(attendance.total(table[: count + 1]) for count in range(len(table))),
        tuple(
            reached_in_words(list(table[: count + 1]), exact=False) for count in range(len(table))
        ),
    )


def _with_true_total(table: Table) -> Any:
    """The usual way, small numbers masked and the true total beside: the attack has to break it."""
    return tuple(number if number >= 5 else "*" for number in table), sum(table)


def _with_rounded_total(table: Table) -> Any:
    """A true total rounded like the numbers: better, and still not enough."""
    return (
        tuple(attendance.rounded_down(number) for number in table),
        attendance.rounded_down(sum(table)),
    )


def _tables(cells: int) -> Iterator[Table]:
    return itertools.product(range(LARGEST + 1), repeat=cells)


def _given_away(shown: Callable[[Table], Any], cells: int) -> list[tuple[Table, int, set[int]]]:
    """The numbers for which the attacker is left with fewer than five possibilities."""
    found = []
    for place in range(cells):
        fitting: dict[Any, set[int]] = defaultdict(set)
        for table in _tables(cells):
            others = table[:place] + table[place + 1 :]
            fitting[others, shown(table)].add(table[place])
        # The last step that fits below the end of what was tried has fewer for that reason alone.
        found += [
            (others, place, left)
            for (others, _), left in fitting.items()
            if len(left) < 5 and max(left) < LARGEST - LARGEST % 5
        ]
    return found


@pytest.mark.parametrize("cells", [1, 2, 3])
@pytest.mark.row("A3-46")
def test_nobody_who_knows_every_other_number_learns_one(cells: int) -> None:
    assert _given_away(_as_shown, cells) == []


@pytest.mark.parametrize("naive", [_with_true_total, _with_rounded_total])
def test_the_attack_breaks_the_usual_ways(naive: Callable[[Table], Any]) -> None:
    assert _given_away(naive, 2)


@pytest.mark.parametrize("number", range(5))
def test_a_small_number_is_the_same_words_whatever_it_is(number: int) -> None:
    assert attendance.number_in_words(number) == "fewer than five"
    assert attendance.total([number, number]) == attendance.Reached(0, 2)


def test_larger_numbers_are_rounded_down_and_never_up() -> None:
    words = [attendance.number_in_words(number) for number in (5, 9, 10, 14, 23)]
    assert words == ["at least 5", "at least 5", "at least 10", "at least 10", "at least 20"]


def test_a_total_adds_up_only_what_is_shown() -> None:
    assert attendance.total([4, 4, 9, 14, 0]) == attendance.Reached(at_least=15, left_out=3)
