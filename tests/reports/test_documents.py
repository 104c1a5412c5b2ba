"""What documents say, from facts alone."""

from typing import Any

import pytest

from reports.documents import decisions, words
from reports.documents.scale import scale
from stakeholders.enums import Pillar

U, C, E = Pillar.values


@pytest.mark.parametrize(
    ("difference", "says"),
    [
        (None, ""),
        (
            {"points": 0, "highest": [U, C], "lowest": [U, C], "is_dissensus": False},
            "The pillars that have a number rated this the same.",
        ),
        (
            {"points": 1.0, "highest": [U], "lowest": [E], "is_dissensus": False},
            "Service users and carers rated this 1 point higher than evidence.",
        ),
        (
            {"points": 2, "highest": [C, E], "lowest": [U], "is_dissensus": False},
            "Clinical expertise and evidence rated this 2 points higher than service users and "
            "carers.",
        ),
        (
            {"points": 4.5, "highest": [C], "lowest": [U, E], "is_dissensus": True},
            "Clinical expertise rated this 4.5 points higher than service users and carers, and "
            "evidence. The pillars see it differently.",
        ),
    ],
)
def test_where_pillars_differ_is_a_sentence(difference: Any, says: str) -> None:
    assert decisions._differ(difference) == says


@pytest.mark.parametrize(
    ("total", "says"),
    [
        (None, ""),
        (
            {"kind": "number", "on_scale": 6.333, "is_imbalanced": False},
            "With each pillar counted equally, the three come to 6.3 on the scale from 1 to 9.",
        ),
        (
            {"kind": "range", "lowest_on_scale": 4.0, "highest_on_scale": 6.667},
            "What the evidence says is not known for every option, so the three together lie "
            "somewhere between 4 and 6.7.",
        ),
        (
            {"kind": "incomplete", "missing": [U]},
            "There is no total, because there is no number for service users and carers.",
        ),
    ],
)
def test_a_total_is_a_sentence_and_never_stands_in_for_a_missing_pillar(
    total: Any, says: str
) -> None:
    assert decisions._total(total) == says


def test_an_imbalanced_total_says_so() -> None:
    says = decisions._total({"kind": "number", "on_scale": 6, "is_imbalanced": True})
    assert says.endswith("They lie far apart, so this average hides a disagreement.")


def test_a_pillar_without_a_number_has_no_mark_on_the_scale() -> None:
    columns = [
        {"label": label, "drawn": words.DRAWN[key], "number": number}
        for (key, label), number in zip(Pillar.choices, ["9", "", "1"], strict=True)
    ]
    drawn = scale("A café", columns)
    assert drawn is not None
    assert [row.get("x") for row in drawn["rows"]] == [496, None, 232]
    assert drawn["in_words"] == (
        "A café, on the scale from 1 to 9. Service users and carers: 9; "
        "Clinical expertise: no number shown; Evidence: 1."
    )


def test_a_scale_without_any_number_is_not_drawn() -> None:
    assert scale("A café", [{"label": "x", "drawn": None, "number": ""}] * 3) is None


def test_pillars_are_drawn_in_their_own_shape() -> None:
    assert [words.DRAWN[key].shape for key in Pillar.values] == ["circle", "square", "triangle-up"]


@pytest.mark.parametrize(
    ("value", "says"),
    [(None, ""), ("2026-12-04", "4 December 2026"), ("2026-06-30T23:30:00+00:00", "1 July 2026")],
)
def test_days_are_london_days_in_words(value: str | None, says: str) -> None:
    assert words.day(value) == says


@pytest.mark.parametrize(
    ("value", "says"), [(None, ""), (1140, "1,140"), (58.5, "58.5"), (-3, "\u22123"), (0, "0")]
)
def test_figures_in_print(value: float | None, says: str) -> None:
    assert words.figure(value) == says


def test_a_reference_is_cited_as_far_as_it_is_known() -> None:
    assert decisions.cited({"authors": "Nguyễn", "year": 2021, "doi": "10.1/x"}) == (
        "Nguyễn (2021). doi 10.1/x"
    )
    assert decisions.cited({}) == ""
