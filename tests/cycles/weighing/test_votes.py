"""Ranking votes, and votes of yes, no or "I abstain", on three equal pillars."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycles.weighing.pillars import CLINICAL, EVIDENCE, PILLARS, SERVICE_USERS_AND_CARERS
from cycles.weighing.ranking import ranking, ranks_of
from cycles.weighing.yes_no import Outcome, Vote, count_votes

USERS = SERVICE_USERS_AND_CARERS
OPTIONS = ["A", "B", "C"]
YES, NO, ABSTAIN = Vote.YES, Vote.NO, Vote.ABSTAIN
ballots = st.lists(
    st.dictionaries(st.sampled_from(OPTIONS), st.integers(1, 3), min_size=1), min_size=1, max_size=6
)
votes = st.lists(st.sampled_from(Vote), max_size=6)


def ballot(order):
    return {option: rank for rank, option in enumerate(order, 1)}


def ranked(users, clinicians, evidence):
    return ranking(
        OPTIONS,
        {
            USERS: {"service_user": users},
            CLINICAL: {"clinician": clinicians},
            EVIDENCE: {"reviewer": evidence},
        },
    )


def test_ranks_are_summarised_in_each_pillar_first():
    found = ranked([ballot("ABC")] * 2, [ballot("BCA")] * 40, [ballot("BAC")])
    assert found.by_pillar == {
        USERS: {"A": 1, "B": 2, "C": 3},
        CLINICAL: {"B": 1, "C": 2, "A": 3},
        EVIDENCE: {"B": 1, "A": 2, "C": 3},
    }
    assert found.together == {"A": 2, "B": F(4, 3), "C": F(8, 3)}
    assert found.first_by_pillar == {USERS: ("A",), CLINICAL: ("B",), EVIDENCE: ("B",)}
    assert found.order == (("B",), ("A",), ("C",))
    assert found.missing == ()


def test_forty_clinicians_weigh_as_much_as_two():
    few = ranked([ballot("ABC")] * 2, [ballot("CBA")] * 2, [ballot("ABC")])
    many = ranked([ballot("ABC")] * 2, [ballot("CBA")] * 40, [ballot("ABC")])
    assert many == few
    assert few.order[0] == ("A",)


def test_pillar_in_which_nobody_ranked_leaves_no_order():
    found = ranked([ballot("ABC")], [{}, {}], [ballot("BAC")])
    assert found.missing == (CLINICAL,)
    assert (found.together, found.order) == (None, ())
    assert found.by_pillar[CLINICAL] is None
    assert found.first_by_pillar == {USERS: ("A",), CLINICAL: (), EVIDENCE: ("B",)}


@pytest.mark.parametrize(
    ("given_ranks", "expected"),
    [
        ({"A": 1, "B": 2, "C": 3}, {"A": 1, "B": 2, "C": 3}),
        ({"A": 1, "B": 2, "C": 2}, {"A": 1, "B": F(5, 2), "C": F(5, 2)}),
        ({"A": 4, "B": 9, "C": 4}, {"A": F(3, 2), "B": 3, "C": F(3, 2)}),
        ({"C": 1}, {"A": F(5, 2), "B": F(5, 2), "C": 1}),
        ({"A": 1, "B": 1, "C": 1}, {"A": 2, "B": 2, "C": 2}),
    ],
)
def test_options_held_level_share_their_ranks(given_ranks, expected):
    assert ranks_of(OPTIONS, given_ranks) == expected


def test_borda_points_and_mean_ranks_add_up_to_the_number_of_options():
    cast = [ballot("ABC"), ballot("ACB"), ballot("CAB"), ballot("BAC")]
    points = {option: F(sum(3 - each[option] for each in cast), len(cast)) for option in OPTIONS}
    found = ranked(cast, cast, cast).by_pillar[CLINICAL]
    assert {option: 3 - rank for option, rank in found.items()} == points


def test_service_users_and_carers_have_half_the_pillar_each():
    found = ranking(
        OPTIONS, {USERS: {"service_user": [ballot("ABC")] * 6, "carer": [ballot("CBA")] * 2}}
    )
    assert found.by_pillar[USERS] == {"A": 2, "B": 2, "C": 2}
    assert found.first_by_pillar[USERS] == ("A", "B", "C")


def test_lone_carer_does_not_outweigh_service_users():
    found = ranking(
        OPTIONS, {USERS: {"service_user": [ballot("ABC")] * 3, "carer": [ballot("CBA")]}}
    )
    assert found.by_pillar[USERS] == {"A": F(3, 2), "B": 2, "C": F(5, 2)}


@pytest.mark.parametrize(
    ("cast", "words"),
    [
        ({"D": 1}, "no option"),
        ({"A": 0}, "whole number"),
        ({"A": True}, "whole number"),
        ({"A": 1.0}, "whole number"),
    ],
)
def test_ballot_that_cannot_be_is_refused(cast, words):
    with pytest.raises(ValueError, match=words):
        ranks_of(OPTIONS, cast)


def test_unknown_pillar_is_refused():
    with pytest.raises(ValueError, match="three pillars"):
        ranking(OPTIONS, {"board": {}})
    with pytest.raises(ValueError, match="three pillars"):
        count_votes({"board": {}})


@given(ballots, ballots, ballots, st.randoms(use_true_random=False))
def test_order_of_people_and_of_options_changes_no_ranks(users, clinicians, evidence, random):
    before = ranked(users, clinicians, evidence)
    mixed = [random.sample(each, k=len(each)) for each in (users, clinicians, evidence)]
    assert ranked(*mixed) == before
    turned = ranking(
        OPTIONS[::-1],
        {
            pillar: {"group": each}
            for pillar, each in zip(PILLARS, (users, clinicians, evidence), strict=True)
        },
    )
    assert (turned.by_pillar, turned.together) == (before.by_pillar, before.together)


@given(ballots, ballots, ballots, st.integers(2, 10))
def test_everyone_of_a_pillar_again_and_whoever_ranks_nothing_change_nothing(
    users, clinicians, evidence, times
):
    before = ranked(users, clinicians, evidence)
    assert ranked(users, clinicians * times, evidence) == before
    assert ranked([*users, {}], clinicians, [{}, *evidence]) == before


@given(ballots, ballots, ballots)
def test_ranks_add_up(users, clinicians, evidence):
    found = ranked(users, clinicians, evidence)
    for ranks in (*found.by_pillar.values(), found.together):
        assert sum(ranks.values()) == 1 + 2 + 3


def counted(users, clinicians, evidence, carers=()):
    return count_votes(
        {
            USERS: {"service_user": users, "carer": carers},
            CLINICAL: {"clinician": clinicians},
            EVIDENCE: {"reviewer": evidence},
        }
    )


def test_adopted_when_each_pillar_is_above_a_half():
    found = counted([YES, YES, NO], [YES, ABSTAIN], [YES])
    assert found.shares == {USERS: F(2, 3), CLINICAL: 1, EVIDENCE: 1}
    assert found.outcome is Outcome.ADOPTED
    assert found.not_in_favour == ()


def test_large_pillar_cannot_carry_a_small_one():
    found = counted([NO, NO], [YES] * 40, [YES] * 3)
    assert found.outcome is Outcome.DISSENSUS
    assert found.not_in_favour == (USERS,)


def test_exactly_a_half_is_not_above_it():
    found = counted([YES, NO], [YES], [YES])
    assert (found.outcome, found.not_in_favour) == (Outcome.DISSENSUS, (USERS,))


def test_all_pillars_against():
    found = counted([NO], [NO], [NO])
    assert (found.outcome, found.not_in_favour) == (Outcome.DISSENSUS, PILLARS)


def test_pillar_in_which_all_abstained_leaves_the_vote_incomplete():
    found = counted([YES, YES], [ABSTAIN, ABSTAIN], [YES])
    assert found.outcome is Outcome.INCOMPLETE
    assert (found.shares[CLINICAL], found.missing) == (None, (CLINICAL,))
    assert count_votes({}).missing == PILLARS


def test_service_users_and_carers_have_half_of_the_share_each():
    assert counted([YES] * 6, [YES], [YES], carers=[NO, NO]).shares[USERS] == F(1, 2)
    assert counted([YES] * 6, [YES], [YES], carers=[NO, ABSTAIN]).shares[USERS] == F(6, 7)


def test_vote_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="maybe"):
        counted(["maybe"], [YES], [YES])


@given(st.tuples(votes, votes, votes, votes), st.randoms(use_true_random=False))
def test_order_copies_and_abstentions_change_nothing(cast, random):
    users, clinicians, evidence, carers = cast
    before = counted(users, clinicians, evidence, carers)
    assert counted(*(random.sample(each, k=len(each)) for each in cast)) == before
    assert counted(users, clinicians * random.randint(2, 10), evidence, carers) == before
    assert counted([*users, ABSTAIN], clinicians, evidence, [ABSTAIN, *carers]) == before
