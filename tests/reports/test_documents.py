"""What documents say, from facts alone."""

from typing import Any

import pytest
from django.template.loader import render_to_string

from cycles.enums import RecordType
from cycles.services import records
from reports.documents import decisions, jsna, strategy, words
from reports.documents.scale import scale
from reports.snapshots.decisions import one_decision
from stakeholders.enums import Pillar
from tests.factories import decisions as make

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


@pytest.mark.parametrize(
    ("record", "says", "besides"),
    [
        ({}, "This goes against what a pillar said", ""),
        (
            {"against_pillars": ["Clinical expertise"], "against_not_shown": []},
            "This goes against what a pillar said: clinical expertise",
            "",
        ),
        (
            {
                "against_pillars": ["Service users and carers", "Clinical expertise"],
                "against_not_shown": [],
            },
            "This goes against what two pillars said: service users and carers, and clinical "
            "expertise",
            "",
        ),
        (
            {
                "against_pillars": ["Clinical expertise"],
                "against_not_shown": ["Service users and carers"],
            },
            "This goes against what a pillar said: clinical expertise",
            "Not all that service users and carers want may be shown, so it may go against that, "
            "too.",
        ),
        (
            {"against_pillars": [], "against_not_shown": ["Service users and carers"]},
            "This goes against what a pillar said",
            "Which one is not told here: not all that service users and carers want may be shown.",
        ),
    ],
)
def test_a_record_says_which_pillars_it_goes_against(
    record: dict[str, Any], says: str, besides: str
) -> None:
    assert decisions.against_whom(record) == says
    assert decisions._not_shown(record) == besides


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("panel", "against", "not_shown"),
    [
        ({}, ["Service users and carers", "Clinical expertise"], []),
        ({"service_users": 2, "carers": 0}, ["Clinical expertise"], ["Service users and carers"]),
    ],
)
def test_the_pillars_a_record_goes_against_are_told_from_what_may_be_shown(
    panel: dict[str, int], against: list[str], not_shown: list[str]
) -> None:
    decision = make.recordable(make.weighing(first=8, second=4, **panel))
    records.record(
        decision,
        record_type=RecordType.BALANCED,
        chosen=make.options_of(decision)[1],
        reasons="It is there.",
        against_pillar_reason="It can start this year.",
        goes_against_unseen=bool(not_shown),
        by=decision.cycle.lead,
    )
    said = one_decision(decision)["record"]
    assert [each for each in said["against_pillars"] if each != "Evidence"] == against
    assert said["against_not_shown"] == not_shown


def chart(display: str, *figures: str) -> dict[str, Any]:
    rows = [[f"Area {number}", each, "Not compared"] for number, each in enumerate(figures)]
    return {"display": display, "finding": f"{display} {len(figures)}", "table": {"rows": rows}}


def test_a_point_that_says_nothing_is_left_out() -> None:
    """The next picture of its chapter that says something is there in its place."""
    chapters = [
        {"text": "x", "charts": each}
        for each in (
            [chart("areas", "47%"), chart("map", "47%", "50%")],
            [chart("map", "47%", "Suppressed")],
            [chart("trend", "47%")],
            [chart("trend", "No figure")],
        )
    ]
    points = jsna._key_points({"chapters": chapters, "coverage": []})
    assert [(each["text"], each["key"]) for each in points] == [
        ("map 2", "chapter-1"),
        ("trend 1", "chapter-3"),
    ]


def test_the_measures_and_what_is_not_commissioned_are_said_by_name() -> None:
    said = [{"title": f"Measure {number}."} for number in range(5)]
    assert strategy._measures(said[:1]) == "One measure tells us whether it worked: Measure 0."
    assert strategy._measures(said[:2]) == (
        "Two measures tell us whether it worked: Measure 0; Measure 1."
    )
    assert strategy._measures(said) == (
        "Five measures tell us whether it worked: Measure 0; Measure 1; Measure 2; and two more."
    )
    assert strategy._will_not("Beds far from home. Not more.") == (
        "What we will not commission: Beds far from home."
    )
    assert strategy._will_not("We will not buy beds. Nor rent.") == "We will not buy beds."
    assert strategy._will_not("word " * 90) == "We say plainly what we will not commission."


def test_a_table_of_some_areas_says_so_above_it() -> None:
    said = {"indicator": "Seen", "by_group": "", "spec": None, "display": "areas"}
    assert jsna._chart(said, lambda _: None)["caption"] == "Seen"
    some = said | {"only": "the 21 nearest of 257"}
    assert jsna._chart(some, lambda _: None)["caption"] == "Seen (the 21 nearest of 257)"


def test_a_chart_of_many_rows_goes_on_in_a_picture_of_its_own() -> None:
    said = {
        "indicator": "All", "by_group": "", "spec": {"one": 1}, "more": [{"spec": {"two": 2}}],
        "display": "spine", "finding": "F", "table": {"head": ["A"], "rows": [["x"]]},
    }  # fmt: skip
    made = jsna._chart(said, lambda spec: f"<svg>{next(iter(spec))}</svg>")
    html = render_to_string("reports/parts/chart.html", {"chart": made})
    assert html.count("<figure") == 2
    assert html.index("<svg>one</svg>") < html.index("goes on") < html.index("<svg>two</svg>")
    assert html.count("doc-caption--figure") == 1  # So that figures are numbered as before.
