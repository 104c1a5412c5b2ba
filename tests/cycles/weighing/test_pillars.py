"""The arithmetic of three equal pillars, against worked examples done by hand."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycles.disclosure import Audience, shown_pillar
from cycles.weighing.difference import Difference, Third, difference, third
from cycles.weighing.pillars import (
    Combination,
    Incomplete,
    PillarNumbers,
    TotalRange,
    combine,
    median,
    pillar_number,
    pillar_score,
    total_range,
    weigh_options,
)
from cycles.weighing.quorum import Shortfall, not_quorate

ratings = st.lists(st.integers(1, 9), min_size=1, max_size=12)


def users_and_carers(service_users, carers=()):
    return pillar_number({"service_user": service_users, "carer": carers})


def total(service_users, clinicians, evidence, carers=()):
    return combine(
        PillarNumbers(
            users_and_carers(service_users, carers),
            pillar_number({"clinician": clinicians}),
            evidence,
        )
    )


@pytest.mark.parametrize(
    ("values", "expected"), [([5], 5), ([9, 1, 2], 2), ([1, 2, 5, 9], 3.5), ([8, 9], 8.5)]
)
def test_median(values, expected):
    assert median(values) == expected


@pytest.mark.parametrize("rating", [0, 10, -1, 5.0, "5", True, None])
def test_rating_that_is_not_a_whole_number_from_1_to_9_is_refused(rating):
    with pytest.raises(ValueError, match="1 to 9"):
        median([5, rating])


def test_median_of_nothing_is_refused():
    with pytest.raises(ValueError, match="no ratings"):
        median([])


@pytest.mark.parametrize(("number", "score"), [(1, 0), (3, 0.25), (5, 0.5), (6, 0.625), (9, 1)])
def test_pillar_score(number, score):
    assert pillar_score(number) == score


@pytest.mark.parametrize("number", [0.9, 9.1])
def test_number_off_the_scale_is_refused(number):
    with pytest.raises(ValueError, match="1 to 9"):
        pillar_score(number)
    with pytest.raises(ValueError, match="1 to 9"):
        PillarNumbers(5, number, 5)


def test_two_groups_of_two_each_have_half_the_pillar():
    assert users_and_carers([9, 9, 9, 9, 9, 9], [1, 2]) == (9 + 1.5) / 2


def test_one_carer_does_not_outweigh_six_service_users():
    assert users_and_carers([9] * 6, [1]) == 9


def test_one_service_user_does_not_outweigh_six_carers():
    assert users_and_carers([1], [9] * 6) == 9


def test_pillar_where_nobody_rated_has_no_number():
    assert users_and_carers([]) is None
    assert pillar_number({}) is None


def test_ten_times_as_many_clinicians_change_nothing():
    users, clinicians, reviewers = [9] * 4, [3] * 40, [6] * 3
    pooled = [*users, *clinicians, *reviewers]
    assert round(statistics.fmean(pooled), 4) == 3.7021
    assert statistics.median(pooled) == 3
    with_40 = total(users, clinicians, statistics.median(reviewers))
    with_80 = total(users, clinicians * 2, statistics.median(reviewers))
    assert with_40.total_on_scale == 6.0
    assert with_80 == with_40


def test_compensation_is_shown_beside_the_total():
    unequal = combine(PillarNumbers(9, 3, 6))
    equal = combine(PillarNumbers(6, 6, 6))
    assert unequal.total == equal.total == 0.625
    assert round(unequal.geometric_mean, 4) == 0.5386
    assert equal.geometric_mean == pytest.approx(0.625)
    assert (unequal.minimum, equal.minimum) == (0.25, 0.625)
    assert unequal.is_imbalanced
    assert not equal.is_imbalanced


def test_geometric_mean_raises_a_score_of_zero_to_a_hundredth():
    assert combine(PillarNumbers(1, 9, 9)).geometric_mean == pytest.approx(0.01 ** (1 / 3))


def test_imbalance_is_more_than_three_points():
    assert not combine(PillarNumbers(6, 3, 5)).is_imbalanced
    assert combine(PillarNumbers(6.25, 3, 5)).is_imbalanced


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ((None, 5, 5), ("service_users_and_carers",)),
        ((5, None, 5), ("clinical",)),
        ((5, 5, None), ("evidence",)),
        ((None, 5, None), ("service_users_and_carers", "evidence")),
    ],
)
def test_total_exists_only_with_three_pillars(numbers, missing):
    assert combine(PillarNumbers(*numbers)) == Incomplete(missing)


def test_range_runs_over_everything_that_the_evidence_could_be():
    found = total_range(9, 3)
    assert isinstance(found, TotalRange)
    assert (found.lowest, found.highest) == pytest.approx((5 / 12, 0.75))
    assert (found.lowest_on_scale, found.highest_on_scale) == pytest.approx((13 / 3, 7))


def test_evidence_unknown_for_one_option_gives_ranges_for_all():
    weighed = weigh_options(
        {
            "trialled": PillarNumbers(6, 6, 9),
            "user-led": PillarNumbers(9, 6, None),
            "hidden": PillarNumbers(None, 6, None),
        }
    )
    assert weighed == {
        "trialled": total_range(6, 6),
        "user-led": total_range(9, 6),
        "hidden": Incomplete(("service_users_and_carers", "evidence")),
    }


def test_evidence_known_for_all_options_gives_totals():
    weighed = weigh_options({"a": PillarNumbers(6, 6, 9), "b": PillarNumbers(None, 6, 1)})
    assert isinstance(weighed["a"], Combination)
    assert weighed["b"] == Incomplete(("service_users_and_carers",))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, Third.LOW),
        (3, Third.LOW),
        (3.25, Third.LOW),
        (3.5, Third.MIDDLE),
        (6.25, Third.MIDDLE),
        (6.5, Third.HIGH),
        (9, Third.HIGH),
    ],
)
def test_thirds_of_numbers_between_whole_points(number, expected):
    assert third(number) is expected


def test_difference_names_the_pillars_at_either_end():
    assert difference(PillarNumbers(9, 3, 6)) == Difference(
        points=6,
        highest=("service_users_and_carers",),
        lowest=("clinical",),
        in_different_thirds=True,
        is_dissensus=True,
    )


def test_difference_names_every_pillar_that_is_level():
    found = difference(PillarNumbers(9, 3, 3))
    assert found.lowest == ("clinical", "evidence")


@pytest.mark.parametrize(
    ("numbers", "apart", "dissensus"),
    [
        ((6, 4, 5), False, False),
        ((6.25, 3.5, 5), False, False),
        ((6, 7, 6), True, True),
        ((3, 6, 5), True, True),
        ((9, 6.5, 7), False, False),
    ],
)
def test_dissensus(numbers, apart, dissensus):
    found = difference(PillarNumbers(*numbers))
    assert (found.in_different_thirds, found.is_dissensus) == (apart, dissensus)


def test_difference_needs_two_pillars():
    assert difference(PillarNumbers(None, 5, None)) is None
    assert difference(PillarNumbers(8, 5, None)).points == 3


def test_quorum_counts_service_users_clinicians_and_reviewers():
    assert not_quorate(service_users=2, clinicians=2, evidence_reviewers=1) == ()
    assert not_quorate(service_users=1, clinicians=1, evidence_reviewers=0) == (
        Shortfall("service_users_and_carers", 2),
        Shortfall("clinical", 2),
        Shortfall("evidence", 1),
    )
    with pytest.raises(ValueError, match="below zero"):
        not_quorate(service_users=-1, clinicians=2, evidence_reviewers=1)


@given(ratings, ratings, ratings, st.integers(1, 9), st.randoms(use_true_random=False))
def test_order_of_raters_changes_nothing(users, carers, clinicians, evidence, random):
    mixed = [random.sample(group, k=len(group)) for group in (users, clinicians, carers)]
    assert total(mixed[0], mixed[1], evidence, mixed[2]) == total(
        users, clinicians, evidence, carers
    )


@given(ratings, ratings, st.integers(1, 5))
def test_people_who_choose_not_to_score_change_nothing(users, carers, others):
    def shown(service_users):
        found = shown_pillar(
            "service_users_and_carers",
            {"service_user": service_users, "carer": carers},
            audience=Audience.INSIDE,
            closed=True,
            secret=False,
        )
        return found.number, found.spread

    assert shown([*users, *[None] * others]) == shown(users)


two_or_more = st.lists(st.integers(1, 9), min_size=2, max_size=8)


@given(two_or_more, two_or_more, ratings, st.integers(1, 9))
def test_every_service_user_and_carer_twice_changes_nothing(users, carers, clinicians, evidence):
    once = total(users, clinicians, evidence, carers)
    assert total(users * 2, clinicians, evidence, carers * 2) == once


@given(ratings, ratings, st.integers(1, 9))
def test_every_clinician_twice_changes_nothing(users, clinicians, evidence):
    assert total(users, clinicians * 2, evidence) == total(users, clinicians, evidence)


@given(ratings, ratings, ratings, st.integers(1, 9), st.data())
def test_higher_rating_never_lowers_the_total(users, carers, clinicians, evidence, data):
    before = total(users, clinicians, evidence, carers)
    group = data.draw(st.sampled_from([users, carers, clinicians]))
    place = data.draw(st.integers(0, len(group) - 1))
    group[place] = data.draw(st.integers(group[place], 9))
    assert total(users, clinicians, evidence, carers).total >= before.total
