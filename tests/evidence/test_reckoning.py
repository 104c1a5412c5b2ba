"""Arithmetic of need: against numbers worked out by hand."""

from decimal import Decimal

import pytest

from evidence import reckoning
from evidence.reckoning import Amount, Band, BandsProblem


@pytest.mark.parametrize(
    ("exact", "whole"), [("12.5", 13), ("13.5", 14), ("12.49", 12), ("0", 0), ("0.5", 1)]
)
def test_halves_go_up(exact, whole):
    assert reckoning.rounded(Decimal(exact)) == whole


def test_age_bands_are_read_as_people_type_them():
    assert reckoning.bands("16 to 34; 17.5; 300,000\n\n 35 and over ;10; 1,000 \n") == [
        Band("16 to 34", Decimal("17.5"), 300_000),
        Band("35 and over", Decimal(10), 1_000),
    ]


@pytest.mark.parametrize("line", ["16 to 34", "16 to 34; many; 300", "16; 101; 300", "16; 5; -3"])
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(BandsProblem, match="Line 2 cannot be read"):
        reckoning.bands(f"16 to 34; 10; 300\n{line}")


def test_projection_is_rounded_once_at_the_end():
    """5% of 10 is 0.5 in each band: three bands are 1.5, which is 2, and not 1 + 1 + 1."""
    bands = [Band("a", Decimal(5), 10)] * 3
    assert [band.having for band in bands] == [1, 1, 1]
    assert reckoning.projected(bands) == 2
    assert reckoning.projected([]) == 0
    assert (
        reckoning.projected(reckoning.bands("16 to 34; 17.5; 300,000\n35 up; 10; 1,005")) == 52_601
    )


def test_gap_and_its_range():
    assert reckoning.gap(Amount(100), Amount(40)) == Amount(60)
    assert reckoning.gap(Amount(100, 80, 120), Amount(40, 30, 50)) == Amount(60, 30, 90)
    assert reckoning.gap(Amount(100, 80, 120), Amount(90)) == Amount(10, 0, 30)
    assert reckoning.gap(Amount(40), Amount(40)) == Amount(0)
    assert reckoning.gap(Amount(40), Amount(41)) is None


@pytest.mark.row("A3-80")
def test_a_share_of_a_national_number():
    """7,500 × 1,467,159 ÷ 60,442,552 is 182.05; 100,000 × the same is 2,427.36."""
    sizes = {"local_population": 1_467_159, "national_population": 60_442_552}
    assert reckoning.share(7_500, **sizes) == 182
    assert reckoning.share(100_000, **sizes) == 2_427
    assert reckoning.share(1, local_population=1, national_population=2) == 1
    with pytest.raises(ValueError, match="population of the whole"):
        reckoning.share(1, local_population=1, national_population=0)
