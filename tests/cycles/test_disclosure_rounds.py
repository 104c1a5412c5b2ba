"""An attack that takes one round from the next: somebody left, and the others stayed as they were.

Nobody can know that the others stayed as they were; but they may have, and people may guess so.
The attacker was there both times, sees both results, and knows who was not there the second time.
"""

from collections import defaultdict
from collections.abc import Callable
from itertools import combinations_with_replacement

import pytest

from cycles.disclosure import Audience, few_came_or_went, shown_pillar

SCALE = range(1, 10)
USERS = "service_users_and_carers"
Rule = Callable[[set[int], set[int]], bool]


def number(scores: list[int], *, few: bool) -> str:
    shown = shown_pillar(
        USERS,
        {"service_user": scores},
        audience=Audience.INSIDE,
        closed=True,
        secret=True,
        few_came_or_went=few,
    )
    return repr((shown.number, shown.spread, shown.withheld, shown.reason))


def leavers_given_away(people: int, leave: int, rule: Rule) -> list[object]:
    """Every view in which what a person who left had given, or one who stayed, can only be one."""
    before, after = set(range(people)), set(range(people - leave))
    few = rule(before, after)
    fitting = defaultdict(set)
    first, second = {}, {}
    for everyone in combinations_with_replacement(SCALE, people):
        first[everyone] = number(list(everyone), few=False)
    for stayed in combinations_with_replacement(SCALE, people - leave):
        second[stayed] = number(list(stayed), few=few)
        for left in combinations_with_replacement(SCALE, leave):
            view = first[tuple(sorted((*stayed, *left)))], second[stayed]
            for own in set(stayed):
                others = list(stayed)
                others.remove(own)
                fitting[(own, *view), "left"].update(left)
                fitting[(own, *view), "stayed"].update(others)
    return [key for key, possible in fitting.items() if len(possible) == 1]


@pytest.mark.parametrize("people", [4, 5, 6])
def test_whoever_left_is_not_found_out_by_taking_rounds_from_each_other(people: int) -> None:
    assert leavers_given_away(people, 1, few_came_or_went) == []


@pytest.mark.parametrize("people", [5, 6])
def test_nor_are_two(people: int) -> None:
    assert leavers_given_away(people, 2, few_came_or_went) == []


@pytest.mark.parametrize("people", [4, 5, 6])
def test_attack_finds_them_where_each_round_is_judged_by_itself(people: int) -> None:
    """The control: it is a real danger, and the rule is what stands against it."""
    assert leavers_given_away(people, 1, lambda before, after: False)


def test_the_same_people_and_many_others_are_not_few() -> None:
    assert not few_came_or_went({1, 2, 3}, {1, 2, 3})
    assert few_came_or_went({1, 2, 3}, {1, 2})
    assert few_came_or_went({1, 2, 3}, {1, 2, 4})
    assert not few_came_or_went({1, 2, 3}, {1, 4, 5})


def test_why_it_is_not_shown_is_said_in_the_one_wording() -> None:
    too_few = number([5, 6], few=False)
    assert number([5, 6, 7, 8, 9], few=True) == too_few
