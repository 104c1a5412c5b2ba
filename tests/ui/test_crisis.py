"""Where anybody can turn in a crisis: one place for the facts, numbers that can be tapped."""

import pytest
from django.template import Context, Template

from vbc.ui.crisis import CRISIS_LINES, lines_beside, with_numbers


def drawn(values: str, **context: object) -> str:
    return Template(f'{{% ui "crisis_help" {values} %}}').render(Context(context))


def test_without_words_of_its_own_all_four_ways_are_shown() -> None:
    for values in ("", 'variant="list"'):
        page = drawn(values)
        assert [page.count(line.address) for line in CRISIS_LINES] == [1, 1, 1, 1]


def test_where_people_write_it_says_that_nobody_watches() -> None:
    assert "Nobody watches this overnight or at weekends." in drawn("")


def test_the_organisations_words_stand_first_and_nothing_is_said_twice() -> None:
    page = drawn("own=own", own="In danger, call 999. Day or night, 111, option 2. <b>")
    assert page.index("In danger, call") < page.index("Samaritans")
    for address in ("tel:999", "tel:111", "tel:116123", "sms:85258"):
        assert page.count(f'href="{address}"') == 1
    assert "<b>" not in page


def test_an_organisation_gives_its_own_line() -> None:
    class Board:
        crisis_line = "Ring the crisis house on 0114 496 0000."

    page = drawn("organisation=organisation", organisation=Board())
    assert "Ring the crisis house on 0114 496 0000." in page
    assert drawn("organisation=organisation", organisation=None) == drawn("")


@pytest.mark.parametrize(
    "words", ["Ring 0114 999 1234", "Ring 01114961110", "Ring 999 1234", "Room 1119", ""]
)
def test_a_longer_number_is_left_alone(words: str) -> None:
    assert with_numbers(words) == ([(words, "")] if words else [])
    assert lines_beside(words) == list(CRISIS_LINES)
