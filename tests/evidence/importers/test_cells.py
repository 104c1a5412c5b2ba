from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.importers.cells import clean, number, state_of


@pytest.mark.parametrize("text", ["*", "**", "c", "C", "[c]", "<5", "\u2264 7", "< 10"])
def test_marks_for_withheld_figures_are_suppressed(text):
    assert state_of(text) == "suppressed"


@pytest.mark.parametrize("text", ["", "NA", "n/a", "-", "NULL", "NaN", "x", "[z]", "..", "#N/A"])
def test_marks_for_absent_figures_are_missing(text):
    assert state_of(text) == "missing"


@pytest.mark.parametrize("text", ["0", "0.0", "-0", "12", "abc", "5*"])
def test_everything_else_has_to_be_read_as_a_value(text):
    assert state_of(text) == "value"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("12.50", "12.50"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("1,234,567.5", "1234567.5"),
        ("1 234", "1234"),
        ("47%", "47"),
        (".5", "0.5"),
        ("1.2E+05", "1.2E+5"),
    ],
)
def test_number_with_point(text, expected):
    assert number(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("0.123", "0.123"),
        ("12.5", "12.5"),
        ("0,125", "0.125"),
    ],
)
def test_number_with_decimal_comma(text, expected):
    assert number(text, decimal_comma=True) == Decimal(expected)


def test_a_figure_that_could_be_either_of_two_numbers_is_refused():
    with pytest.raises(ValueError, match="thousands or as decimals"):
        number("1.234", decimal_comma=True)


@pytest.mark.parametrize(
    "text", ["12,5", "1,23", "0,123", "1.2.3", "12abc", "inf", "٣", "1e", "--1", "%"]
)
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(ValueError, match="is not a number"):
        number(text)


@pytest.mark.parametrize("text", ["1e13", "9" * 13, "0." + "1" * 60])
def test_absurd_numbers_are_refused(text):
    with pytest.raises(ValueError, match="too long or too large"):
        number(text)


def test_clean_leaves_nothing_that_cannot_be_seen():
    assert clean(" Invented\xa0\n Borough\u202e\x07 ") == "Invented Borough"


@given(st.decimals(-(10**9), 10**9, places=4))
def test_every_ordinary_number_comes_back_exactly(value):
    assert number(f"{value:f}") == value
    assert number(f"{value:,f}") == value
