"""The measure of how hard a text is to read. The grade itself is held to in test_induction."""

import pytest

from vbc.ui import reading

EASY = "We help you. You can walk in. You do not need a letter. We are there at night. It is free. "
HARD = (
    "Commissioners operationalise integrated interdisciplinary rehabilitation pathways "
    "collaboratively, notwithstanding organisational heterogeneity and considerable "
    "infrastructural limitations experienced throughout neighbouring administrative localities."
)


def test_a_text_of_a_few_words_is_not_measured() -> None:
    assert reading.measured("") == ""
    assert reading.measured("We help you.") == ""


@pytest.mark.parametrize(
    ("text", "age"), [(EASY, "aged 7 or younger"), (f"{HARD} {HARD}", "aged 18 or older")]
)
def test_the_measure_says_an_age_and_what_it_does_not_know(text: str, age: str) -> None:
    said = reading.measured(text)
    assert age in said
    assert "knows nothing of meaning" in said


def test_a_line_ends_a_sentence() -> None:
    assert reading.grade("We help you\nYou can walk in") == reading.grade(
        "We help you. You can walk in."
    )
