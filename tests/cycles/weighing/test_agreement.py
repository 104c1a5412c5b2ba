"""RAND/UCLA agreement inside a pillar, against published numbers and ones worked out beside it."""

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycles.weighing.agreement import (
    IN_PLAIN_WORDS,
    Classic,
    Classification,
    agreement,
    classic,
    classify,
    percentile,
    spread,
)

panels = st.lists(st.integers(1, 9), min_size=1, max_size=20)


def of_one_group(ratings):
    return agreement({"clinician": ratings})


@pytest.mark.parametrize("three_lower", [[1, 2, 3], [4, 5, 6], [6, 5, 1]])
def test_published_example(three_lower):
    # BMJ Open 2012;2:e001431, table 1: 15 people; which lower scores three gave does not matter.
    ratings = [*three_lower, *[7] * 5, *[8] * 5, *[9] * 2]
    found = of_one_group(ratings)
    assert (found.people, found.number) == (15, 7.0)
    assert (found.lower, found.upper, found.ipr) == (7.0, 8.0, 1.0)
    assert found.ipras == 6.1
    assert round(found.index, 4) == 0.1639
    assert found.is_disagreement is False
    assert found.classification is Classification.APPROPRIATE


@pytest.mark.parametrize(
    ("ratings", "lower", "upper", "ipras", "index"),
    [
        ([1, 1, 1, 2, 5, 8, 9, 9, 9], "1.4", "8.6", "2.35", 3.0638),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9], "3.4", "6.6", "2.35", 1.3617),
        ([3, 3, 3, 3, 6, 9, 9, 9, 9], "3", "9", "3.85", 1.5584),
        ([5] * 9, "5", "5", "2.35", 0),
    ],
)
def test_vectors(ratings, lower, upper, ipras, index):
    found = spread(ratings)
    assert (found.lower, found.upper) == (Fraction(lower), Fraction(upper))
    assert found.ipr == Fraction(upper) - Fraction(lower)
    assert found.ipras == Fraction(ipras)
    assert round(float(found.index), 4) == index


def test_pillars_pooled_look_like_agreement():
    pooled = [9] * 4 + [3] * 40 + [6] * 3
    assert spread(pooled).index == 0


def test_index_needs_five_people_and_eight_are_no_longer_a_small_panel():
    four, five, seven, eight = (of_one_group([2, 8, *[5] * more]) for more in (2, 3, 5, 6))
    assert (four.index, four.is_disagreement, four.classification) == (None, None, None)
    assert four.ipr == pytest.approx(0.6)
    assert five.index is not None
    assert five.classification is Classification.UNCERTAIN
    assert [each.is_small_panel for each in (four, five, seven, eight)] == [True, True, True, False]


def test_nobody_rated():
    assert agreement({}) is None
    assert agreement({"service_user": [], "carer": []}) is None


@pytest.mark.parametrize(
    ("number", "is_disagreement", "expected"),
    [
        (9, False, Classification.APPROPRIATE),
        (7, False, Classification.APPROPRIATE),
        (6.5, False, Classification.APPROPRIATE),
        (6.25, False, Classification.UNCERTAIN),
        (5, False, Classification.UNCERTAIN),
        (3.5, False, Classification.UNCERTAIN),
        (3, False, Classification.INAPPROPRIATE),
        (1, False, Classification.INAPPROPRIATE),
        (9, True, Classification.UNCERTAIN),
        (1, True, Classification.UNCERTAIN),
    ],
)
def test_classification(number, is_disagreement, expected):
    assert classify(number, is_disagreement) is expected


def test_every_classification_has_a_plain_word():
    assert [IN_PLAIN_WORDS[each] for each in Classification] == [
        "in favour",
        "undecided",
        "against",
    ]


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([7, 7, 8, 8, 9, 9], None),
        # 8 to 10 people: two outside the median's third is agreement, three at either end is not.
        ([1, 5, 7, 7, 8, 8, 9, 9], Classic.AGREEMENT),
        ([1, 5, 6, 7, 8, 8, 9, 9], Classic.NEITHER),
        ([1, 1, 3, 5, 7, 8, 9, 9], Classic.DISAGREEMENT),
        ([1, 1, 5, 5, 7, 8, 9, 9, 9, 9], Classic.NEITHER),
        # 11 to 13: three and four.
        ([1, 2, 3, *[8] * 8], Classic.AGREEMENT),
        ([1, 2, 3, *[5] * 4, *[8] * 4], Classic.NEITHER),
        ([1, 1, 2, 3, *[5] * 5, *[8] * 4], Classic.DISAGREEMENT),
        # 14 to 16: four and five.
        ([1, 1, 2, 3, *[8] * 10], Classic.AGREEMENT),
        ([1, 1, 2, 3, 3, *[5] * 6, *[8] * 5], Classic.DISAGREEMENT),
        # More: a third at either end.
        ([*[1] * 6, *[5] * 6, *[9] * 6], Classic.DISAGREEMENT),
        ([*[1] * 5, *[5] * 7, *[9] * 6], None),
    ],
)
def test_classic_definition_by_the_size_of_the_panel(ratings, expected):
    assert classic(ratings) is expected


def test_two_groups_far_apart_disagree_whatever_the_index_says():
    found = agreement({"service_user": [9] * 10, "carer": [1] * 2})
    assert found.index == 0
    assert (found.number, found.between_groups) == (5, 8)
    assert found.is_disagreement is True
    assert found.classification is Classification.UNCERTAIN


def test_two_groups_far_apart_disagree_below_five_people_too():
    found = agreement({"service_user": [9, 9], "carer": [1, 2]})
    assert (found.index, found.is_disagreement) == (None, True)


def test_two_groups_close_together_say_nothing_by_themselves():
    found = agreement({"service_user": [7, 7], "carer": [5, 5]})
    assert (found.between_groups, found.is_disagreement) == (2, None)


@pytest.mark.parametrize(
    ("carers", "between", "disagree"), [([4, 4], 3, True), ([4, 5], 2.5, None)]
)
def test_two_groups_disagree_from_three_points_on(carers, between, disagree):
    found = agreement({"service_user": [7, 7], "carer": carers})
    assert (found.between_groups, found.is_disagreement) == (between, disagree)


def test_lone_carer_is_no_group():
    found = agreement({"service_user": [9] * 6, "carer": [1]})
    assert (found.between_groups, found.is_disagreement) == (None, False)


def test_percentiles_are_those_of_linear_interpolation():
    assert percentile([2, 4], 50) == 3
    assert percentile([9, 1, 5], 0) == 1
    assert percentile([9, 1, 5], 100) == 9
    assert percentile([4], 30) == 4


@pytest.mark.parametrize("per_cent", [-1, 101])
def test_percentile_off_the_scale_is_refused(per_cent):
    with pytest.raises(ValueError, match="0 to 100"):
        percentile([5], per_cent)


def test_percentile_of_nothing_is_refused():
    with pytest.raises(ValueError, match="no ratings"):
        percentile([], 30)


def test_rating_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="1 to 9"):
        spread([5, 10])


@given(st.lists(st.integers(1, 9), min_size=2, max_size=20))
def test_percentiles_match_the_standard_library(ratings):
    deciles = statistics.quantiles(ratings, n=10, method="inclusive")
    found = spread(ratings)
    assert (float(found.lower), float(found.upper)) == pytest.approx((deciles[2], deciles[6]))


@given(panels)
def test_index_is_in_range(ratings):
    found = spread(ratings)
    assert 0 <= found.ipr <= 8
    assert Fraction("2.35") <= found.ipras <= Fraction("8.35")
    assert 0 <= found.index <= Fraction(800, 235)


@given(panels)
def test_support_and_opposition_are_treated_alike(ratings):
    assert spread([10 - rating for rating in ratings]).index == spread(ratings).index


@given(panels, panels, st.randoms(use_true_random=False))
def test_order_of_people_changes_nothing(service_users, carers, random):
    mixed = {
        "carer": random.sample(carers, k=len(carers)),
        "service_user": random.sample(service_users, k=len(service_users)),
    }
    assert agreement(mixed) == agreement({"service_user": service_users, "carer": carers})


@given(panels)
def test_group_in_which_nobody_rated_changes_nothing(ratings):
    assert agreement({"service_user": ratings, "carer": []}) == agreement({"service_user": ratings})
