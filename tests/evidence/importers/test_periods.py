from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.importers.periods import middle, period_sort


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2019", 20190000),
        ("2010/11", 20100000),
        ("2024-25", 20240000),
        ("2024\u201325", 20240000),
        ("1999/00", 19990000),
        ("2017 - 19", 20170000),
        ("2010 - 12", 20100000),
        ("2018/19 - 20/21", 20180000),
        ("2019 to 2021", 20190000),
        ("2020 Q1", 20200100),
        ("Q3 2020", 20200300),
        ("2019/20 Q4", 20190400),
        ("Mar 2021", 20210300),
        ("April 2023 to March 2024", 20230400),
        ("2020-12", 20201200),
        ("2020-11-30", 20201130),
        ("30/11/2020", 20201130),
    ],
)
def test_period_as_sources_print_it(period, expected):
    assert period_sort(period) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2021", date(2021, 7, 1)),
        ("2021-22", date(2021, 10, 1)),
        ("2021/22", date(2021, 10, 1)),
        ("1999/00", date(1999, 10, 1)),
        ("2017 - 19", date(2018, 7, 1)),
        ("2019 to 2020", date(2020, 1, 1)),
        ("2018/19 - 20/21", date(2019, 10, 1)),
        ("2020 Q1", date(2020, 2, 16)),
        ("2020/21 Q1", date(2020, 5, 16)),
        ("2020/21 Q4", date(2021, 2, 16)),
        ("Mar 2021", date(2021, 3, 16)),
        ("April 2023 to March 2024", date(2023, 10, 1)),
        ("2020-12", date(2020, 12, 16)),
        ("30/11/2020", date(2020, 11, 30)),
    ],
)
def test_the_middle_of_a_period_says_on_which_side_of_a_change_it_is(period, expected):
    assert middle(period) == expected


@pytest.mark.parametrize(
    "period",
    ["", "last year", "2017 - 15", "20", "2020 Q5", "31/02/2020", "0001", "9999", "2020-13-01"],
)
def test_what_is_not_a_period_is_refused(period):
    with pytest.raises(ValueError, match="no period can be read"):
        period_sort(period)


@given(st.integers(1950, 2050), st.integers(1950, 2050))
def test_financial_years_sort_as_they_follow(one, other):
    names = [f"{year}/{(year + 1) % 100:02d}" for year in (one, other)]
    assert (period_sort(names[0]) < period_sort(names[1])) == (one < other)


@given(st.text(max_size=40))
def test_any_text_gives_a_number_or_a_refusal(text):
    try:
        found = period_sort(text)
    except ValueError:
        return
    assert 19000000 <= found < 21010000
