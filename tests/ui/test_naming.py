"""Names are seen, stand on one line, and are told apart."""

import pytest

from vbc.ui.naming import looks_like, tidy


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("Sam\r\n\r\nOpen http://example.org", "Sam Open http://example.org"),
        ("\u202eevil\u202c  Sam\x07", "evil Sam"),
        ("Sa\u200bm\ufeff", "Sam"),
        ("\u3164\u2800\u200b", ""),
        ("a" + "\u0336" * 9, "a" + "\u0336" * 3),
        ("Zoe\u0308 O’Neil", "Zoë O’Neil"),
        ("می\u200cروم", "می\u200cروم"),  # Persian, with the joiner that it needs.
    ],
)
def test_nothing_in_a_name_breaks_or_turns_the_line_or_goes_unseen(
    written: str, stands: str
) -> None:
    assert tidy(written) == stands


@pytest.mark.parametrize(
    "imitation",
    ["merle bird", "Merle\u00a0 Bird", "Merle B\u200bird", "\u041c\u0435rle Bird", "Merle Ｂird"],
)
def test_a_name_that_looks_like_another_is_found(imitation: str) -> None:
    assert looks_like(imitation, "Merle Bird")


@pytest.mark.parametrize("other", ["Merle", "Merle Birch", "Mérle Bird", "Merle Bird 2"])
def test_a_name_that_is_another_is_left_alone(other: str) -> None:
    assert not looks_like(other, "Merle Bird")
