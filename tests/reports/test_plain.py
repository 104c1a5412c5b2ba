import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reports.snapshots.plain import canonical, digest, plain, plain_text


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
    """Controls, halves of pairs, what Unicode says is no letter, and what turns words round."""
    for number in range(0x110000):
        letter = chr(number)
        is_text = unicodedata.category(letter) not in {"Cc", "Cs"} or letter in "\n\t\r"
        is_none = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
        turns_round = 0x202A <= number <= 0x202E or 0x2066 <= number <= 0x2069
        is_kept = is_text and not is_none and not turns_round
        assert bool(plain_text(letter)) == is_kept, hex(number)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("\uf0b7 One \uf0fc", "• One ✓"),
        ("\ue000 \U000f0001 \U0010fffd", "\ufffd \ufffd \ufffd"),
        ("\u202eturned\u202c \u2067round\u2069", "turned round"),
        ("\ufdd0\U0001fffe\x9f", ""),
        # What joins letters and faces, and what lets a long word break, is part of how it is said.
        ("क्\u200dष 👩\u200d👧 a\u200bb \u200f", "क्\u200dष 👩\u200d👧 a\u200bb \u200f"),
        ("\t\u00a0~\ud7ff\ufdcf\ufdf0\ufffd", "\t\u00a0~\ud7ff\ufdcf\ufdf0\ufffd"),
    ],
)
def test_letters_that_only_one_program_knows_and_what_turns_words_round_do_not_stay(
    typed: str, kept: str
) -> None:
    assert plain_text(typed) == kept


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
