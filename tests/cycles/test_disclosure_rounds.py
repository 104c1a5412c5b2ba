"""An attack that takes one round from the next: somebody left, and the others stayed as they were.

Nobody can know that the others stayed as they were; but they may have, and people may guess so.
The attacker was there both times, sees both results, and knows who was not there the second time.
"""

from collections import defaultdict
from collections.abc import Callable
from itertools import combinations_with_replacement, product
from typing import Any

import pytest

from cycles.disclosure import (
    Audience,
    Raters,
    came_or_went,
    shown_pillar,
    shown_vote,
    some_came_or_went,
)
from cycles.weighing.yes_no import Vote

SCALE = range(1, 10)
USERS = "service_users_and_carers"
Rule = Callable[[set[int], set[int]], bool]


def number(scores: list[int], *, some: bool) -> str:
    shown = shown_pillar(
        USERS,
        {"service_user": scores},
        audience=Audience.INSIDE,
        closed=True,
        secret=True,
        some_came_or_went=some,
    )
    return repr((shown.number, shown.spread, shown.withheld, shown.reason))


def leavers_given_away(people: int, leave: int, rule: Rule) -> list[object]:
    """Every view in which what a person who left had given, or one who stayed, can only be one."""
    before, after = set(range(people)), set(range(people - leave))
    some = rule(before, after)
    fitting = defaultdict(set)
    first, second = {}, {}
    for everyone in combinations_with_replacement(SCALE, people):
        first[everyone] = number(list(everyone), some=False)
    for stayed in combinations_with_replacement(SCALE, people - leave):
        second[stayed] = number(list(stayed), some=some)
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
    assert leavers_given_away(people, 1, some_came_or_went) == []


@pytest.mark.parametrize(("people", "leave"), [(5, 2), (6, 2), (6, 3), (7, 3), (8, 3), (8, 4)])
def test_nor_are_several(people: int, leave: int) -> None:
    assert leavers_given_away(people, leave, some_came_or_went) == []


@pytest.mark.parametrize(("people", "leave"), [(4, 1), (5, 1), (6, 1), (6, 3), (8, 3)])
def test_attack_finds_them_where_each_round_is_judged_by_itself(people: int, leave: int) -> None:
    """The control: it is a real danger, however many left, and the rule is what stands against
    it."""
    assert leavers_given_away(people, leave, lambda before, after: False)


def test_the_same_people_and_none_of_the_same_are_safe() -> None:
    assert not some_came_or_went({1, 2, 3}, {1, 2, 3})
    assert some_came_or_went({1, 2, 3}, {1, 2})
    assert some_came_or_went({1, 2, 3}, {1, 2, 4})
    assert some_came_or_went({1, 2, 3}, {1, 4, 5})
    assert not some_came_or_went({1, 2, 3}, {4, 5, 6})


def test_an_earlier_round_of_which_nothing_could_be_shown_gives_nobody_away() -> None:
    """Such as one that was put off for want of people and is tried again."""
    assert not some_came_or_went({1, 2}, {1, 2, 3, 4, 5})
    assert not some_came_or_went({1, 2, 3, 4}, {1, 2, 3, 4, 5}, needed=5)


ALL, ONE_LESS = frozenset({1, 2, 3, 4, 5}), frozenset({1, 2, 3, 4})


def test_an_option_is_hidden_by_itself_where_somebody_chose_not_to_score_it() -> None:
    """Nobody is told who did."""
    now = {1: Raters(ALL), 2: Raters(ONE_LESS)}
    assert came_or_went(now, {1: [Raters(ALL)], 2: [Raters(ALL)]}) == {2}


@pytest.mark.parametrize("is_before", [False, True])
def test_all_are_hidden_where_an_interest_in_one_would_be_seen_from_it(is_before: bool) -> None:
    """Whoever was left out of the second option, then or now, stands there by name."""
    whole, left_out = Raters(ALL), Raters(ONE_LESS, is_everyone=False)
    then, now = (left_out, whole) if is_before else (whole, left_out)
    assert came_or_went({1: whole, 2: now}, {1: [whole], 2: [then]}) == {1, 2}
    # Who was left out both times and has gone since would stand out where nothing is hidden.
    gone = {1: Raters(ONE_LESS), 2: Raters(ONE_LESS)}
    assert came_or_went(gone, {1: [whole], 2: [left_out]}) == {1, 2}


def test_nothing_is_hidden_where_the_same_people_are_left_out_of_the_same() -> None:
    now = {1: Raters(ALL), 2: Raters(ONE_LESS, is_everyone=False)}
    assert came_or_went(now, {option: [raters] for option, raters in now.items()}) == frozenset()
    assert came_or_went(now, {}) == frozenset()


def voters_given_away(stay: int, leave: int, come: int, *, rule: bool) -> list[tuple[Any, ...]]:
    """The same of votes of yes and no: how many of each group said yes is all that matters."""
    some = rule and some_came_or_went(
        set(range(stay + leave)), set(range(stay)) | set(range(100, 100 + come)), needed=5
    )

    def said(yes: int, people: int, *, some: bool = False) -> str:
        votes = {"service_user": [Vote.YES] * yes + [Vote.NO] * (people - yes)}
        return repr(shown_vote(USERS, votes, closed=True, secret=True, some_came_or_went=some))

    fitting: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for stayed, left, came in product(range(stay + 1), range(leave + 1), range(come + 1)):
        view = said(stayed + left, stay + leave), said(stayed + came, stay + come, some=some)
        fitting["left", leave, view].add(left)
        fitting["came", come, view].add(came)
        for own in (0, 1):
            if 0 <= stayed - own < stay:
                fitting["stayed", stay - 1, own, view].add(stayed - own)
    # Where everybody of a group can only have said the same, each is given away.
    return [key for key, found in fitting.items() if key[1] and found in ({0}, {key[1]})]


CAME_AND_WENT = [(5, 1, 0), (5, 0, 1), (5, 2, 0), (5, 3, 0), (6, 4, 0), (5, 1, 1), (6, 2, 2)]


@pytest.mark.parametrize(("stay", "leave", "come"), CAME_AND_WENT)
def test_no_vote_is_found_out_by_taking_rounds_from_each_other(
    stay: int, leave: int, come: int
) -> None:
    assert voters_given_away(stay, leave, come, rule=True) == []


@pytest.mark.parametrize(("stay", "leave", "come"), CAME_AND_WENT)
def test_attack_finds_votes_where_each_round_is_judged_by_itself(
    stay: int, leave: int, come: int
) -> None:
    assert voters_given_away(stay, leave, come, rule=False)


def test_why_it_is_not_shown_is_said_in_the_one_wording() -> None:
    too_few = number([5, 6], some=False)
    assert number([5, 6, 7, 8, 9], some=True) == too_few
