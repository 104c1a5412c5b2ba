import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reports.snapshots.plain import DROPPED, canonical, digest, plain, plain_text


def test_dates_and_decimals_become_plain() -> None:
    given = {
        "on": date(2026, 12, 4),
        "at": datetime(2026, 12, 4, 17, 0, tzinfo=UTC),
        "whole": Decimal("41.00"),
        "part": Decimal("58.50"),
        "things": ("a", None, True),
    }
    assert plain(given) == {
        "on": "2026-12-04",
        "at": "2026-12-04T17:00:00+00:00",
        "whole": 41,
        "part": 58.5,
        "things": ["a", None, True],
    }


def test_text_has_one_spelling_and_no_control_characters() -> None:
    assert plain_text("o\u0301 line\r\nnext\rlast\x00\x1b\uffff\ud800") == "ó line\nnext\nlast"


def test_exactly_what_is_no_text_is_taken_out_of_all_that_there_is() -> None:
    """Controls, halves of pairs and what Unicode says will never be a character; two stay."""
    for number in range(0x110000):
        letter = chr(number)
        is_text = unicodedata.category(letter) not in {"Cc", "Cs"} and number & 0xFFFE != 0xFFFE
        assert bool(DROPPED.fullmatch(letter)) != (is_text or letter in "\n\t"), hex(number)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_not_finite_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        plain({"a": number})


def test_what_is_not_data_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        plain([object()])


def test_digest_does_not_depend_on_order_or_on_the_sign_of_zero() -> None:
    one = plain({"b": -0.0, "a": "ü", "c": 1e16})
    other = plain({"a": "u\u0308", "b": 0.0, "c": 10**16})
    assert canonical(one) == '{"a":"ü","b":0.0,"c":10000000000000000}'
    assert digest(one) == digest(other)


def test_digest_changes_with_any_fact() -> None:
    assert digest({"a": 1}) != digest({"a": 2})
