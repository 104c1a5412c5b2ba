"""An attack on the numbers of who sits on panels that tries every small table there can be.

The attacker knows the rule and who answered, sees everything that is shown, and may know up to two
answers: their own and a friend's. They write down every table that fits. They succeed where
somebody else's answer is the same in all of them. That nothing is shown is an output too. Nothing
here uses the rule's own reasoning: it calls `floors` and looks at what comes out.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import combinations_with_replacement, product
from typing import Any

import pytest

from stakeholders.disclosure.composition import STEP, down, floors

# How many gave each answer, for each part of the organisation that can be told apart.
Parts = tuple[tuple[int, ...], ...]
ANSWERS = "abcd"


def tables(total: int, kinds: int) -> Iterator[tuple[int, ...]]:
    """Every way in which `total` people can give `kinds` answers."""
    if kinds == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in tables(total - first, kinds - 1):
            yield (first, *rest)


def worlds(*sizes: int, kinds: int = 2) -> list[Parts]:
    return list(product(*(list(tables(size, kinds)) for size in sizes)))


def written(counts: Sequence[int]) -> list[str]:
    return [ANSWERS[kind] for kind, number in enumerate(counts) for _ in range(number)]


def attack(possible: list[Parts], publish: Callable[[Parts], Hashable]) -> list[Any]:
    """The successes: (what was shown, what the attacker knew, of whom they learned)."""
    fitting: dict[Any, set[int]] = defaultdict(set)
    for parts in possible:
        output = publish(parts)
        cells = [(p, k) for p, counts in enumerate(parts) for k, n in enumerate(counts) if n]
        for size in range(3):
            for known in combinations_with_replacement(cells, size):
                left = [list(counts) for counts in parts]
                for part, kind in known:
                    left[part][kind] -= 1
                if min(min(counts) for counts in left) < 0:
                    continue
                for part, counts in enumerate(left):
                    fitting[output, known, part].update(k for k, n in enumerate(counts) if n)
    return [key for key, kinds in fitting.items() if len(kinds) == 1]


def by_rule(parts: Parts) -> Hashable:
    """What the product shows: everyone together."""
    return repr(floors([answer for counts in parts for answer in written(counts)]))


def each_cell_by_itself(parts: Parts) -> Hashable:
    """The rule that one would write first: leave out what is below five, and no more."""
    return tuple(number if number >= STEP else "not shown" for number in parts[0])


def rounded_only(parts: Parts) -> Hashable:
    """Rounded down to fives, up to everybody."""
    return tuple(down(number) for number in parts[0])


def panel_beside_everyone(parts: Parts) -> Hashable:
    """The first part is a panel, shown beside everyone together, each by the rule."""
    return by_rule(parts), by_rule(parts[:1])


@pytest.mark.parametrize(
    ("total", "kinds"),
    [
        *[(total, 2) for total in range(3, 31)],
        *[(total, 3) for total in range(3, 21)],
        *[(total, 4) for total in range(3, 15)],
    ],
)
def test_nobody_learns_an_answer_from_any_table(total: int, kinds: int) -> None:
    assert attack(worlds(total, kinds=kinds), by_rule) == []


@pytest.mark.parametrize("sizes", [(10, 1), (10, 2), (5, 5), (10, 10), (7, 6)])
def test_knowing_who_is_on_which_panel_gives_nobody_away(sizes: tuple[int, int]) -> None:
    """Parts can be told apart by the attacker; what is shown is of everyone together."""
    assert attack(worlds(*sizes), by_rule) == []


@pytest.mark.parametrize("rule", [each_cell_by_itself, rounded_only])
@pytest.mark.parametrize(("total", "kinds"), [(5, 2), (6, 2), (10, 2), (10, 3)])
def test_attack_catches_the_rules_that_one_would_write_first(
    rule: Callable[[Parts], Hashable], total: int, kinds: int
) -> None:
    assert attack(worlds(total, kinds=kinds), rule)


@pytest.mark.parametrize("sizes", [(10, 1), (10, 2), (10, 10), (12, 11)])
def test_attack_catches_a_panel_shown_beside_its_organisation(sizes: tuple[int, int]) -> None:
    """Why a panel by itself has no numbers, however large it and the rest are."""
    assert attack(worlds(*sizes), panel_beside_everyone)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((4, 5), {}),  # fewer than ten answered
        ((9, 0), {}),
        ((5, 5), {"a": 5, "b": 5}),
        ((6, 4), {"a": 5}),
        ((10, 0), {"a": 5}),  # never everybody
        ((14, 0), {"a": 5}),
        ((15, 0), {"a": 10}),
        ((14, 1), {"a": 10}),
        ((30, 12, 4), {"a": 30, "b": 10}),
    ],
)
def test_numbers_are_rounded_down_and_never_come_to_everybody(
    counts: tuple[int, ...], said: dict[str, int]
) -> None:
    assert floors(written(counts)) == said
