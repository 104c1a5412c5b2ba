"""What of votes and rankings is shown, and an attack on it that tries everything people can say."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from itertools import permutations, product
from typing import Any

import pytest

from cycles.disclosure import (
    EVIDENCE_UNKNOWN,
    NOT_CLOSED,
    ShownVote,
    evidence_ranking,
    evidence_vote,
    is_adopted,
    ranked_together,
    shown_ranking,
    shown_vote,
)
from cycles.disclosure.votes import TOO_FEW
from cycles.weighing.yes_no import Vote

USERS, CLINICAL = "service_users_and_carers", "clinical"
YES, NO, ABSTAIN = Vote.YES, Vote.NO, Vote.ABSTAIN


def vote(users: Sequence[Vote], carers: Sequence[Vote] = (), **given: Any) -> ShownVote:
    said = {"service_user": list(users), "carer": list(carers)}
    return shown_vote(USERS, said, **{"closed": True, "secret": True, **given})


def given_away(
    ballots: Iterable[tuple[Hashable, ...]], publish: Callable[[Any], Hashable]
) -> list[Any]:
    """Every (voter, own ballot, output, other person) where only one ballot of theirs fits.

    The attacker knows the rule, who said something that counts, and their own ballot.
    """
    fitting = defaultdict(set)
    for said in ballots:
        output = publish(said)
        for attacker, own in enumerate(said):
            for victim, theirs in enumerate(said):
                if victim != attacker:
                    fitting[attacker, own, output, victim].add(theirs)
    return [key for key, possible in fitting.items() if len(possible) == 1]


@pytest.mark.parametrize("people", [2, 3, 4, 5, 6, 7])
def test_no_voter_learns_how_another_voted(people: int) -> None:
    assert given_away(product((YES, NO), repeat=people), lambda said: repr(vote(said))) == []


@pytest.mark.parametrize(("users", "carers"), [(3, 2), (4, 2), (2, 3)])
def test_nor_where_some_are_carers(users: int, carers: int) -> None:
    everything = product((YES, NO), repeat=users + carers)
    assert given_away(everything, lambda said: repr(vote(said[:users], said[users:]))) == []


@pytest.mark.parametrize("people", [3, 4])
def test_attack_catches_a_majority_of_fewer_than_five(people: int) -> None:
    """The control: without the limit somebody is given away."""

    def majority(said: tuple[Vote, ...]) -> bool:
        return said.count(YES) > said.count(NO)

    assert given_away(product((YES, NO), repeat=people), majority)


def test_attack_catches_a_share() -> None:
    assert given_away(product((YES, NO), repeat=6), lambda said: said.count(YES))


@pytest.mark.parametrize("people", [2, 5])
def test_no_voter_learns_the_order_of_another(people: int) -> None:
    options = ("a", "b", "c")
    orders = [dict(zip(order, (1, 2, 3), strict=True)) for order in permutations(options)]

    def publish(said: tuple[int, ...]) -> str:
        ballots = {"service_user": [orders[each] for each in said]}
        return repr(shown_ranking(USERS, options, ballots, closed=True, secret=True))

    assert given_away(product(range(len(orders)), repeat=people), publish) == []


def test_whoever_abstains_does_not_count_towards_the_five() -> None:
    assert vote([YES, YES, NO, NO, ABSTAIN]).withheld
    assert vote([YES, YES, YES, NO, NO, ABSTAIN]).says_yes


def test_whoever_chose_not_to_rank_does_not_count_towards_the_five() -> None:
    ballots = [{"a": 1, "b": 2}] * 4

    def first(given: Sequence[dict[str, int]], **more: Any) -> tuple[str, ...]:
        said = {"service_user": given}
        return shown_ranking(USERS, ["a", "b"], said, closed=True, secret=True, **more).first

    assert first([*ballots, {}, {}]) == ()
    five = [*ballots, {"b": 1, "a": 2}]
    assert first([*five, {}]) == ("a",)
    # Nor is an order shown where somebody came or went since an earlier round.
    assert first(five, some_came_or_went=True) == ()


def test_of_a_secret_pillar_there_is_no_share() -> None:
    assert vote([YES] * 5) == vote([YES, YES, YES, NO, NO]) == ShownVote(USERS, says_yes=True)
    assert vote([YES, YES, YES, NO, NO, NO]) == ShownVote(USERS, says_yes=False, is_tie=True)
    assert vote([YES] * 4).reason == TOO_FEW


def test_an_open_pillar_is_shown_in_full_with_each_group_counting_the_same() -> None:
    shown = vote([YES] * 6, [NO, NO], secret=False)
    assert (shown.share, shown.is_tie) == (Fraction(1, 2), True)


def test_nothing_before_the_close() -> None:
    assert vote([YES] * 9, closed=False).reason == NOT_CLOSED
    assert shown_ranking(USERS, ["a"], {}, closed=False, secret=False).reason == NOT_CLOSED


def test_adopted_only_where_each_of_three_pillars_says_yes() -> None:
    users = vote([YES] * 5)
    doctors = shown_vote(CLINICAL, {"clinician": [YES, YES, NO]}, closed=True, secret=False)
    assert doctors.share == Fraction(2, 3)
    assert is_adopted([users, doctors, evidence_vote(6)]) is True
    assert is_adopted([users, doctors, evidence_vote(5)]) is False
    assert is_adopted([users, doctors, evidence_vote(None)]) is None
    assert is_adopted([vote([YES] * 3), doctors, evidence_vote(6)]) is None


def test_unknown_evidence_is_neither_yes_nor_last() -> None:
    assert evidence_vote(None).reason == EVIDENCE_UNKNOWN
    assert evidence_ranking({"a": 7, "b": None}).first == ()
    assert evidence_ranking({"a": 4, "b": 7, "c": 7}).first == ("b", "c")


def test_together_only_from_what_is_shown_of_all_three() -> None:
    options = ("a", "b")
    first_a = {"clinician": [{"a": 1, "b": 2}] * 3}
    doctors = shown_ranking(CLINICAL, options, first_a, closed=True, secret=False)
    secret = shown_ranking(
        USERS, options, {"service_user": [{"a": 2, "b": 1}] * 5}, closed=True, secret=True
    )
    known = evidence_ranking({"a": 3, "b": 8})
    assert secret.first == ("b",)
    assert ranked_together([secret, doctors, known]) is None
    is_open = shown_ranking(
        USERS, options, {"service_user": [{"a": 2, "b": 1}] * 5}, closed=True, secret=False
    )
    assert ranked_together([is_open, doctors, known]) == {"a": Fraction(5, 3), "b": Fraction(4, 3)}
