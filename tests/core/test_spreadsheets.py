"""No cell that we write is a formula, whatever people typed into it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbc.core import spreadsheets

FORMULA = "=+-@＝＋－＠"
SIGNS = FORMULA + "\t\r\n"


@pytest.mark.parametrize("sign", FORMULA)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u200b", "\ufeff", "\x00", " \t "])
def test_cell_that_could_be_run_is_text(sign: str, before: str) -> None:
    assert spreadsheets.as_text(f"{before}{sign}1").startswith("'")


@pytest.mark.parametrize("sign", SIGNS)
def test_cell_that_begins_with_a_sign_is_text(sign: str) -> None:
    assert spreadsheets.as_text(f"{sign}1") == f"'{sign}1"


@pytest.mark.parametrize("text", ["", "12.50", "Robin Example", "a=b", "Łukasz", "'quoted'", "£5"])
def test_plain_cell_stays_as_it_is(text: str) -> None:
    assert spreadsheets.as_text(text) == text


cells = st.text(
    alphabet=st.one_of(st.sampled_from(SIGNS + "\"',; 1aA(|"), st.characters(codec="utf-8"))
)


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_every_table_can_be_read_back_and_holds_no_formula(rows: list[tuple[str, str]]) -> None:
    made = spreadsheets.table(("One", "Two"), rows)
    made.encode("utf-8")
    assert made.startswith('\ufeff"One","Two"')
    read = list(csv.reader(io.StringIO(made[1:], newline=""), strict=True))
    assert read[1:] == [[spreadsheets.as_text(cell) for cell in row] for row in rows]
    for row in read[1:]:
        for cell in row:
            assert cell[:1] not in tuple(SIGNS)
            assert cell.lstrip()[:1] not in tuple(FORMULA)
