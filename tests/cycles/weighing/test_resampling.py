"""Draws: the chances of a resampled median, against every resample there is; and weightings."""

import math
import statistics
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycles.weighing.pillars import pillar_number
from cycles.weighing.resampling import (
    UNKNOWN,
    Between,
    evidence_between,
    median_chances,
    number_chances,
    number_draws,
    weightings,
)

ratings = st.lists(st.integers(1, 9), min_size=1, max_size=5)


def every_resample(given_ratings):
    """The chance of each median, from every way to draw as many ratings as were given."""
    size = len(given_ratings)
    counted = Counter(statistics.median(drawn) for drawn in product(given_ratings, repeat=size))
    return {float(number): found / size**size for number, found in counted.items()}


@given(ratings)
def test_chances_of_a_median_match_every_resample(given_ratings):
    assert median_chances(given_ratings) == pytest.approx(every_resample(given_ratings), abs=1e-10)


@pytest.mark.parametrize("size", [1, 2, 7, 30, 1000, 1001, 20_000])
def test_chances_add_up_to_one(size):
    chances = median_chances([1 + place % 9 for place in range(size)])
    assert math.fsum(chances.values()) == pytest.approx(1)


def test_people_who_all_say_the_same_leave_no_doubt():
    assert median_chances([7] * 12) == {7.0: pytest.approx(1)}


def test_more_people_who_say_the_same_make_a_number_surer_and_no_heavier():
    few, many = (median_chances([3] * times + [6] * 3 * times) for times in (1, 20))
    assert pillar_number({"clinician": [3, 6, 6, 6]}) == 6
    assert few[6.0] < many[6.0]


def test_each_group_is_resampled_by_itself():
    # Two medians, each 2 to 4 or 8: their means are as likely as the pairs.
    chances = number_chances({"service_user": [2, 4], "carer": [8, 8]})
    assert chances == pytest.approx({5.0: 0.25, 5.5: 0.5, 6.0: 0.25})


def test_lone_carer_is_resampled_with_everyone_else():
    mixed = number_chances({"service_user": [9] * 6, "carer": [1]})
    assert mixed == pytest.approx(median_chances([9] * 6 + [1]))


def test_no_ratings_cannot_be_resampled():
    with pytest.raises(ValueError, match="no ratings"):
        median_chances([])
    with pytest.raises(ValueError, match="no ratings"):
        number_draws({"A": [{"service_user": [5]}, {}, {"reviewer": [5]}]}, 10, seed=1)


def test_numbers_are_drawn_as_often_as_they_are_likely():
    sources = [{"service_user": [2, 5, 9]}, {"clinician": [4]}, UNKNOWN]
    drawn = number_draws({"A": sources}, 20_000, seed=3)["A"]
    users, clinical, evidence = zip(*drawn, strict=True)
    assert set(clinical) == {4.0}
    counted = Counter(users)
    expected = median_chances([2, 5, 9])
    assert counted.keys() == expected.keys()
    for number, chance in expected.items():
        assert counted[number] / 20_000 == pytest.approx(chance, abs=0.015)
    assert min(evidence) >= 1
    assert max(evidence) <= 9
    assert statistics.fmean(evidence) == pytest.approx(5, abs=0.1)


def test_draws_of_an_option_depend_on_nothing_else():
    one = [{"service_user": [2, 5, 9]}, {"clinician": [4, 7]}, {"reviewer": [6]}]
    other = [{"service_user": [1]}, {"clinician": [1]}, UNKNOWN]
    alone = number_draws({"A": one}, 50, seed=1)
    together = number_draws({"B": other, "A": one}, 50, seed=1)
    assert together["A"] == alone["A"]
    assert list(together) == ["B", "A"]
    assert number_draws({"A": one}, 50, seed=2) != alone


def test_weightings_are_spread_evenly():
    drawn = weightings(20_000, seed=5)
    assert all(min(each) >= 0 and math.isclose(sum(each), 1) for each in drawn)
    for pillar in zip(*drawn, strict=True):
        # Dirichlet(1, 1, 1): each weight is at least a half a quarter of the time, and its
        # variance is 1/18. Three uniform numbers divided by their sum would have 0.0309.
        assert statistics.fmean(pillar) == pytest.approx(1 / 3, abs=0.01)
        assert statistics.pvariance(pillar) == pytest.approx(1 / 18, abs=0.003)
        assert sum(weight >= 0.5 for weight in pillar) / 20_000 == pytest.approx(0.25, abs=0.01)
    assert weightings(10, seed=5) == drawn[:10]


def test_evidence_lies_further_apart_the_less_certain_it_is():
    assert evidence_between(6, "high") == Between(5.5, 6.5)
    assert evidence_between(6, "moderate") == Between(5, 7)
    assert evidence_between(6, "low") == Between(4, 8)
    assert evidence_between(6, "very_low") == Between(3, 9)
    assert evidence_between(9, "very_low") == Between(6, 9)
    assert evidence_between(1.5, "low") == Between(1, 3.5)


def test_every_level_of_certainty_has_a_margin():
    from cycles.enums import Certainty
    from cycles.weighing.resampling import MARGIN_BY_CERTAINTY

    assert list(MARGIN_BY_CERTAINTY) == Certainty.values


@pytest.mark.parametrize("limits", [(0, 5), (5, 10), (6, 5)])
def test_limits_off_the_scale_or_the_wrong_way_round_are_refused(limits):
    with pytest.raises(ValueError, match=r"1 to 9|above the highest"):
        Between(*limits)


@given(ratings, ratings, st.randoms(use_true_random=False))
def test_order_of_people_changes_nothing(users, carers, random):
    mixed = {
        "carer": random.sample(carers, k=len(carers)),
        "service_user": random.sample(users, k=len(users)),
    }
    assert number_chances(mixed) == number_chances({"service_user": users, "carer": carers})
