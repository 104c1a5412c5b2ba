"""The published methods, against published numbers and numbers worked out by hand."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.comparing import (
    Reading,
    by_goal,
    by_interval,
    by_proportion,
    deprivation_order,
    fifths,
    in_proportions,
    in_rates,
    quantile,
    relative_gap,
    slope_index,
    spine,
)
from evidence.comparing.benchmark import control_limits
from evidence.comparing.recent import (
    CRITICAL,
    POINTS,
    proportion_chi_squared,
    regression_chi_squared,
)

# --- Against a benchmark --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lower", "upper", "high", "low", "none"),
    [
        (40, 49, "worse", "better", "lower"),
        (40, 50, "similar", "similar", "similar"),  # the limit itself overlaps
        (50, 60, "similar", "similar", "similar"),
        (51, 60, "better", "worse", "higher"),
        (None, 60, *["not compared"] * 3),
        (40, None, *["not compared"] * 3),
    ],
)
def test_one_interval_and_the_benchmark_of_50(lower, upper, high, low, none):
    said = [by_interval(lower, upper, 50, way) for way in ("high", "low", "none")]
    assert said == [high, low, none]


def test_without_a_benchmark_nothing_is_compared():
    assert by_interval(40, 60, None, "high") == "not compared"
    assert by_proportion(40, 60, None, "high") == "not compared"


def test_limits_for_a_proportion_are_wilsons():
    # p0 = 0.5, n = 100, z = 2: E = 50; (104 -/+ 2 sqrt(4 + 200 * 0.5)) / 208, by hand.
    low, high = control_limits(0.5, 100, z=2)
    assert low == pytest.approx((104 - 2 * sqrt(104)) / 208)
    assert high == pytest.approx((104 + 2 * sqrt(104)) / 208)
    assert (low, high) == pytest.approx((0.401942, 0.598058), abs=1e-6)


@pytest.mark.parametrize(
    ("count", "says"), [(40, "worse"), (41, "similar"), (59, "similar"), (60, "better")]
)
def test_a_proportion_outside_its_limits(count, says):
    # At z = 1.96 the limits of 0.5 for 100 people are 0.4038 and 0.5962.
    assert control_limits(0.5, 100) == pytest.approx((0.40383, 0.59617), abs=1e-5)
    assert by_proportion(count, 100, 0.5, "high") == says


def test_what_is_no_proportion_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        by_proportion(101, 100, 0.5, "high")
    with pytest.raises(ValueError, match="between 0 and 1"):
        by_proportion(1, 100, 50, "high")
    assert by_proportion(0, 0, 0.5, "high") == "not compared"


def test_fifths_are_by_rank_and_equal_figures_share_one():
    assert fifths({"a": 5, "b": 1, "c": 2, "d": 4, "e": 3}) == {
        "b": 1,
        "c": 2,
        "e": 3,
        "d": 4,
        "a": 5,
    }
    assert fifths(dict.fromkeys("abcdef", 7)) == dict.fromkeys("abcdef", 3)
    assert fifths({"a": 1, "b": 2, "c": 3, "d": 4}) == {}
    tens = fifths({number: number for number in range(10)})
    assert [tens[number] for number in range(10)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


@pytest.mark.parametrize(
    ("value", "way", "says"),
    [
        (75, "high", "better"),
        (74, "high", "worse"),
        (75, "low", "better"),
        (76, "low", "worse"),
        (75, "none", "not compared"),
        (None, "high", "not compared"),
    ],
)
def test_a_goal_of_75(value, way, says):
    assert by_goal(value, goal=75, way=way) == says


# --- The recent trend -----------------------------------------------------------------------------


def counts(*numbers, of=1000):
    return [Reading(at, count=number, denominator=of) for at, number in enumerate(numbers)]


def points(*numbers, of=1000):
    return [(float(at), float(number), float(of)) for at, number in enumerate(numbers)]


def test_the_published_numbers_of_the_trend():
    assert proportion_chi_squared(points(100, 110, 120, 130, 140))[0] == pytest.approx(
        9.46970, abs=5e-6
    )
    steady = proportion_chi_squared(points(100, 101, 99, 100, 102))[0]
    assert steady == pytest.approx(0.00996, abs=5e-6)


def test_a_rise_just_below_the_limit_is_no_clear_change():
    assert in_proportions(counts(100, 110, 120, 130, 140), "high") == "no clear change"
    assert in_proportions(counts(100, 101, 99, 100, 102), "high") == "no clear change"


@pytest.mark.parametrize(
    ("way", "up", "down"),
    [
        ("high", "getting better", "getting worse"),
        ("low", "getting worse", "getting better"),
        ("none", "going up", "going down"),
    ],
)
def test_a_clear_trend_in_the_words_of_its_way(way, up, down):
    assert in_proportions(counts(100, 115, 130, 145, 160), way) == up
    assert in_proportions(counts(160, 145, 130, 115, 100), way) == down


def test_one_figure_alone_makes_no_trend():
    # Leaving the last out turns the slope round, however large the statistic is.
    numbers = (140, 130, 120, 110, 400)
    assert proportion_chi_squared(points(*numbers))[0] > CRITICAL
    assert in_proportions(counts(*numbers), "high") == "no clear change"


def test_only_the_last_five_count():
    assert in_proportions(counts(900, 100, 115, 130, 145, 160), "high") == "getting better"


@pytest.mark.parametrize(
    "readings",
    [
        counts(100, 115, 130, 145),
        [*counts(100, 115, 130, 145), Reading(4, count=160)],
        [*counts(100, 115, 130, 145), Reading(4, count=1001, denominator=1000)],
        [],
    ],
)
def test_too_little_cannot_be_said(readings):
    assert in_proportions(readings, "high") == "cannot be said"


def rates(*numbers, half):
    return [
        Reading(at, value=number, lower=number - half, upper=number + half)
        for at, number in enumerate(numbers)
    ]


def test_a_regression_weighted_by_the_intervals():
    # Errors of 1 (limits 1.96 away): slope 2, spread 10, so the statistic is 2² * 10 = 40.
    made = [(float(t), 50.0 + 2 * t, 1.0) for t in range(POINTS)]
    assert regression_chi_squared(made) == pytest.approx((40, 2))
    # An error of 2 everywhere: a quarter of that.
    assert regression_chi_squared([(t, y, 2.0) for t, y, _ in made])[0] == pytest.approx(10)
    assert in_rates(rates(50, 52, 54, 56, 58, half=1.96), "low") == "getting worse"
    assert in_rates(rates(50, 52, 54, 56, 58, half=4.1), "low") == "no clear change"
    assert in_rates(rates(50, 52, 54, 56, 58, half=0), "low") == "cannot be said"
    assert in_rates([Reading(at, value=at) for at in range(5)], "low") == "cannot be said"


def test_a_figure_that_is_less_sure_weighs_less():
    # By hand, with weights 1, 1 and 0.01: the slope is 0.567164 / 0.522388.
    statistic, slope = regression_chi_squared([(0, 0, 1), (1, 1, 1), (2, 5, 10)])
    assert slope == pytest.approx(1.08571, abs=1e-5)
    assert statistic == pytest.approx(0.61578, abs=1e-5)


# --- The spine ------------------------------------------------------------------------------------


def test_quantiles_by_linear_interpolation():
    assert [quantile([1, 2, 3, 4], q) for q in (0, 0.25, 0.5, 0.75, 1)] == [1, 1.75, 2.5, 3.25, 4]
    with pytest.raises(ValueError, match="no quantile"):
        quantile([], 0.5)


def test_the_scale_is_symmetric_about_the_benchmark():
    # Highest 80, benchmark 50, lowest 40: the scale runs from 20 to 80.
    made = spine(65, benchmark=50, others=[40, 45, 50, 60, 80], way="high")
    assert made.value == pytest.approx(0.75)
    assert (made.low_end, made.high_end) == pytest.approx((1 / 3, 1))
    assert (made.low_quarter, made.high_quarter) == pytest.approx((25 / 60, 40 / 60))


def test_the_scale_reaches_as_far_down_as_up_where_the_lowest_is_further_away():
    # Lowest 40, benchmark 70, highest 80: the scale runs from 40 to 100.
    made = spine(55, benchmark=70, others=[40, 60, 70, 75, 80], way="high")
    assert made.value == pytest.approx(0.25)
    assert (made.low_end, made.high_end) == pytest.approx((0, 40 / 60))


def test_the_scale_is_turned_where_low_is_good():
    made = spine(65, benchmark=50, others=[40, 45, 50, 60, 80], way="low")
    assert made.value == pytest.approx(0.25)
    assert (made.low_end, made.high_end) == pytest.approx((0, 2 / 3))


@pytest.mark.parametrize(
    ("benchmark", "others"),
    [(None, [1, 2, 3, 4]), (2, [1, 2, 3]), (2, [1, 2, 3, 4, *[None] * 5]), (2, [2, 2, 2, 2])],
)
def test_no_spine_without_what_it_takes(benchmark, others):
    assert spine(2, benchmark=benchmark, others=others, way="high") is None


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=50),
    st.floats(-1e6, 1e6),
    st.sampled_from(["high", "low", "none"]),
)
def test_everything_is_on_the_scale_and_in_order(others, benchmark, way):
    made = spine(others[0], benchmark=benchmark, others=others, way=way)
    if made is not None:
        places = [made.low_end, made.low_quarter, made.high_quarter, made.high_end]
        assert places == sorted(places)
        assert all(-1e-9 <= each <= 1 + 1e-9 for each in [*places, made.value])


# --- Inequality -----------------------------------------------------------------------------------


def test_a_straight_line_has_the_slope_that_it_was_made_with():
    # Ten groups whose middles are 0.05 ... 0.95 on the line 40 + 20x.
    made = slope_index([41 + 2 * step for step in range(10)])
    assert (made.index, made.at_most, made.at_least) == pytest.approx((20, 40, 60))


def test_suppressed_groups_keep_their_place():
    values = [41 + 2 * step for step in range(10)]
    made = slope_index([None if step in (3, 9) else v for step, v in enumerate(values)])
    assert made.index == pytest.approx(20)
    assert slope_index([1, 2, None, 4, None, 6]) is None


def test_groups_weigh_by_their_size_where_all_are_known():
    # Two people in three are in the first group of five; by hand its middle is at 1/3.
    made = slope_index([0, 0, 0, 0, 1], [8, 1, 1, 1, 1])
    even = slope_index([0, 0, 0, 0, 1])
    assert made.index != pytest.approx(even.index)
    assert slope_index([0, 0, 0, 0, 1], [8, 1, 1, 1, None]).index == pytest.approx(even.index)


def test_how_many_times_as_much():
    assert relative_gap(30, 20) == pytest.approx(1.5)
    assert relative_gap(30, 0) is None
    assert relative_gap(None, 20) is None


TENTHS = [
    "01 Least deprived",
    "02 Less deprived",
    "09 More deprived",
    "10 Most deprived",
]
WORDS = [
    "Most deprived decile (IMD2019)",
    "Second most deprived decile (IMD2019)",
    "Third more deprived decile (IMD2019)",
    "Fourth more deprived decile (IMD2019)",
    "Fifth more deprived decile (IMD2019)",
    "Fifth less deprived decile (IMD2019)",
    "Fourth less deprived decile (IMD2019)",
    "Third less deprived decile (IMD2019)",
    "Second least deprived decile (IMD2019)",
    "Least deprived decile (IMD2019)",
]


def test_the_order_of_deprivation_is_read_from_the_labels():
    assert deprivation_order([*TENTHS, "Not stated/Not known/Invalid"]) == TENTHS[::-1]
    assert deprivation_order(["1 most deprived", "5 least deprived", "3"]) == [
        "1 most deprived",
        "5 least deprived",
    ]
    assert deprivation_order(sorted(WORDS)) == WORDS
    assert deprivation_order(["Asian", "Black"]) == []
    assert deprivation_order(WORDS[1:]) == []
