"""Pounds at the edges, whole pence inside."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from vbc.ui.money import MoneyField, for_hours, in_figures, in_pounds


@pytest.mark.parametrize(
    ("pence", "words", "figures"),
    [
        (0, "£0", "0.00"),
        (1, "£0.01", "0.01"),
        (25_00, "£25", "25.00"),
        (12_50, "£12.50", "12.50"),
        (1_234_567_89, "£1,234,567.89", "1234567.89"),
    ],
)
def test_pence_as_people_write_them(pence: int, words: str, figures: str) -> None:
    assert (in_pounds(pence), in_figures(pence)) == (words, figures)


@given(st.integers(min_value=1, max_value=100_000_00))
def test_what_is_shown_in_a_box_is_read_back_to_the_penny(pence: int) -> None:
    field = MoneyField()
    assert field.clean(field.prepare_value(pence)) == pence
    assert field.clean(in_pounds(pence)) == pence


@pytest.mark.parametrize("typed", ["£1,200.5", " 1200.50 ", "1200.50"])
def test_amount_is_taken_as_people_type_it(typed: str) -> None:
    assert MoneyField().clean(typed) == 1_200_50


@pytest.mark.parametrize("typed", ["1e3", "-5", "0", "12.345", "NaN", "a", "١٢", "100000.01", ""])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


@pytest.mark.parametrize(
    ("an_hour", "minutes", "pence"),
    [(25_00, 60, 25_00), (25_00, 90, 37_50), (1, 30, 1), (1, 29, 0), (10_01, 30, 5_01)],
)
def test_hours_come_to_the_nearest_penny_half_up(an_hour: int, minutes: int, pence: int) -> None:
    assert for_hours(an_hour, minutes) == pence
