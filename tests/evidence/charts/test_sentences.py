import pytest

from evidence.charts import (
    Bar,
    Point,
    comparison_sentence,
    groups_sentence,
    in_words,
    trend_sentence,
)

ABOUT = {"area": "Salford", "indicator": "Recovery", "unit": "%"}


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (47, "%", "47 in 100 people"),
        (46.5, "%", "47 in 100 people"),
        (249.2, "Age standardised rate per 100,000", "249.2 for every 100,000 people"),
        (1234, "referrals", "1,234 referrals"),
    ],
)
def test_figures_as_people_say_them(value, unit, expected):
    assert in_words(value, unit, people="people") == expected


def test_comparison_with_what_happened():
    says = comparison_sentence(
        area="Salford", period="2024-25", unit="%", value=47, happened="recovered", benchmark=50
    )
    assert says == "In 2024-25, 47 in 100 people recovered in Salford, below England (50 in 100)."


@pytest.mark.parametrize(
    ("value", "limits", "word"),
    [
        (47, (None, None), "below England (50 in 100)"),
        (52, (None, None), "above England (50 in 100)"),
        (50, (None, None), "the same as England (50 in 100)"),
        (47, (44, 50), "similar to England (50 in 100)"),
        (47, (45, 49), "below England (50 in 100)"),
    ],
)
def test_comparison_uses_the_interval_where_there_is_one(value, limits, word):
    says = comparison_sentence(
        **ABOUT, period="2024-25", value=value, lower=limits[0], upper=limits[1], benchmark=50
    )
    assert says == f"Recovery in Salford in 2024-25: {value} in 100 people, {word}."


def test_two_figures_that_round_alike_are_told_apart():
    says = comparison_sentence(**ABOUT, period="2024-25", value=49.8, benchmark=50.2)
    assert says.endswith("49.8 in 100 people, below England (50.2 in 100).")


def test_a_suppressed_figure_is_never_a_number():
    says = comparison_sentence(**ABOUT, period="2024-25", value=3, state="suppressed", benchmark=50)
    assert says == (
        "Recovery in Salford in 2024-25: the source has suppressed this figure,"
        " so that nobody can be recognised."
    )
    missing = comparison_sentence(**ABOUT, period="2024-25", value=None, state="missing")
    assert missing == "Recovery in Salford in 2024-25: there is no figure."


def test_trend_without_intervals_calls_nothing_clear():
    points = [Point("2019/20", 20190000, 49), Point("2024/25", 20240000, 53)]
    assert trend_sentence(points, **ABOUT) == (
        "Recovery in Salford went up, from 49 in 100 people in 2019/20 to 53 in 100 in 2024/25."
    )


@pytest.mark.parametrize(
    ("first", "last", "ending"),
    [
        ((49, 47, 51), (53, 51, 55), "a difference small enough to be chance."),
        ((49, 48, 50), (53, 52, 54), "a clear change."),
        ((53, 52, 54), (49, 48, 50), "a clear change."),
    ],
)
def test_trend_with_intervals_says_whether_the_change_is_clear(first, last, ending):
    points = [Point("2019", 20190000, *first), Point("2024", 20240000, *last)]
    says = trend_sentence(points, **ABOUT)
    assert says.endswith(ending)
    assert ("went up" in says) == (last[0] > first[0])


def test_trend_names_the_benchmark_of_the_same_period_and_counts_what_is_absent():
    points = [
        Point("2019", 20190000, 49),
        Point("2020", 20200000, None, state="suppressed"),
        Point("2021", 20210000, 49),
        Point("2022", 20220000, None, state="missing"),
    ]
    england = [Point("2021", 20210000, 51), Point("2022", 20220000, 60)]
    assert trend_sentence(points, benchmark_points=england, **ABOUT) == (
        "Recovery in Salford was 49 in 100 people in 2019, and the same in 2021."
        " In 2021 it was below England (51 in 100)."
        " 1 figure is suppressed. 1 figure is missing."
    )


def test_trend_of_one_figure_or_none():
    one = [Point("2019", 20190000, 49)]
    assert trend_sentence(one, **ABOUT).endswith("49 in 100 people, the only period with a figure.")
    assert trend_sentence([], **ABOUT) == ("There are no figures for Salford about this: Recovery.")


def test_groups_name_the_lowest_the_highest_and_the_absent():
    items = [Bar("Men", 48), Bar("Women", 52), Bar("Other", None, state="suppressed")]
    assert groups_sentence(items, period="2024-25", **ABOUT) == (
        "Recovery in Salford in 2024-25: lowest for Men (48 in 100),"
        " highest for Women (52 in 100). 1 figure is suppressed."
    )
    assert "no group has a figure" in groups_sentence(items[2:], period="2024-25", **ABOUT)
