"""The frameworks as data: complete, dated, and in the order of their sources."""

import re

import pytest

from cycles.enums import Stage
from evidence.frameworks import CROSS_WALK, FRAMEWORKS, About, Era, Framework, Kind, sections_of
from vbc.ui.reading import grade

EVERY = list(FRAMEWORKS.values())


def names(key: str) -> list[str]:
    return [item.name for item in FRAMEWORKS[key].items]


@pytest.mark.parametrize(
    ("key", "count", "era"),
    [
        pytest.param("ten-capabilities", 10, Era.IN_USE, marks=pytest.mark.row("A3-88")),
        pytest.param("wcc-competencies", 11, Era.HISTORIC, marks=pytest.mark.row("A3-58")),
        pytest.param("wcc-assurance", 3, Era.HISTORIC, marks=pytest.mark.row("A3-6")),
        pytest.param("putting-people-first", 4, Era.HISTORIC, marks=pytest.mark.row("A3-9")),
        pytest.param("older-people-standard-7", 5, Era.HISTORIC, marks=pytest.mark.row("A3-11")),
        pytest.param("deprivation-of-liberty", 3, Era.IN_USE, marks=pytest.mark.row("A3-20")),
        pytest.param("shaping-care-2009", 6, Era.HISTORIC, marks=pytest.mark.row("A3-22")),
        pytest.param("race-equality-2005", 3, Era.HISTORIC, marks=pytest.mark.row("A3-29")),
        pytest.param("nine-factors", 9, Era.IN_USE, marks=pytest.mark.row("A3-34")),
        pytest.param("operating-framework", 4, Era.HISTORIC, marks=pytest.mark.row("A3-61")),
        pytest.param("learning-locally", 6, Era.IN_USE, marks=pytest.mark.row("A3-69")),
        pytest.param("integrate-planning", 3, Era.IN_USE, marks=pytest.mark.row("A3-70")),
        pytest.param("stock-take", 3, Era.IN_USE, marks=pytest.mark.row("A3-71")),
        pytest.param("stakeholder-involvement", 5, Era.IN_USE, marks=pytest.mark.row("A3-72")),
        pytest.param("local-strategy", 5, Era.IN_USE, marks=pytest.mark.row("A3-73")),
        pytest.param("local-market", 5, Era.IN_USE, marks=pytest.mark.row("A3-74")),
        ("review", 2, Era.IN_USE),
        pytest.param("governance", 6, Era.IN_USE, marks=pytest.mark.row("A3-76")),
        pytest.param("valued-care", 9, Era.IN_USE, marks=pytest.mark.row("A4-1")),
        pytest.param("values-based", 10, Era.IN_USE, marks=pytest.mark.row("A0-14")),
        ("values-elements", 8, Era.IN_USE),
        pytest.param("living-values", 6, Era.IN_USE, marks=pytest.mark.row("A2-2")),
        pytest.param("where-mental-health-stands", 5, Era.HISTORIC, marks=pytest.mark.row("A3-4")),
        ("objectives", 0, Era.IN_USE),
        pytest.param("justice-pack", 7, Era.IN_USE, marks=pytest.mark.row("A3-28")),
    ],
)
def test_each_has_all_that_its_source_names(key: str, count: int, era: Era) -> None:
    assert (len(FRAMEWORKS[key].items), FRAMEWORKS[key].era) == (count, era)


@pytest.mark.row("A3-33")
def test_six_implications_and_beside_them_the_money_that_we_do_not_hold() -> None:
    groups = [item.group for item in FRAMEWORKS["personalisation-scie"].items]
    assert groups == ["Six implications"] * 6 + ["Beside the six"]


@pytest.mark.row("A3-88")
def test_the_ten_capabilities_stand_in_their_order() -> None:
    assert names("ten-capabilities") == [
        "Working in partnership",
        "Respecting diversity",
        "Practising ethically",
        "Challenging inequality",
        "Promoting recovery",
        "Identifying people's needs and strengths",
        "Providing service user centred care",
        "Making a difference",
        "Promoting safety and positive risk taking",
        "Personal development and learning",
    ]


@pytest.mark.row("A3-58")
def test_the_eleventh_competency_has_both_its_names() -> None:
    twice = [item for item in FRAMEWORKS["wcc-competencies"].items if item.also_known_as]
    assert [(item.key, item.name, item.also_known_as) for item in twice] == [
        ("11", "Efficiency and effectiveness of spend", "Make sound financial investments")
    ]


@pytest.mark.row("A3-57")
def test_the_three_domains_are_assessed_by_the_year() -> None:
    assert names("wcc-assurance") == ["Better outcomes", "Competencies", "Governance"]
    assert FRAMEWORKS["wcc-assurance"].is_yearly
    assert FRAMEWORKS["wcc-competencies"].is_yearly


@pytest.mark.row("A3-59")
def test_the_boxes_point_to_the_competencies_that_they_name() -> None:
    assert {section: ",".join(named) for section, named in CROSS_WALK.items()} == {
        "3.1": "3,7,10",
        "4.2": "6,11",
        "4.3": "4,6,10,11",
        "4.5": "6,8,11",
        "4.6": "10",
        "4.7": "5,10",
        "4.8": "2,3,8",
        "5.1": "2,8",
        "5.4": "1,4,7,10,11",
        "5.5": "1,2,3,4",
        "6.3": "5",
    }
    assert sections_of("5") == ("4.7", "6.3")
    assert sections_of("9") == ()  # It stands in no box.


@pytest.mark.row("A4-1")
def test_experts_by_experience_come_first_and_innovation_last() -> None:
    assert names("valued-care")[0] == "Experts by experience"
    assert names("valued-care")[-2:] == ["Digitalisation", "Innovation"]


@pytest.mark.parametrize("framework", EVERY, ids=lambda each: each.key)
def test_each_says_whose_it_is_and_asks_something_of_each_item(framework: Framework) -> None:
    assert framework.purpose
    assert framework.publisher
    assert framework.source
    assert framework.items or framework.kind is Kind.MATRIX
    assert len({item.key for item in framework.items}) == len(framework.items)
    assert len({item.name for item in framework.items}) == len(framework.items)
    for item in framework.items:
        assert re.fullmatch(r"[a-z0-9_]{1,40}", item.key), item.key
        assert item.question.endswith("?"), item.question
    assert set(framework.stages) <= set(Stage.values)


def test_what_is_ours_is_marked_as_ours() -> None:
    assert {each.key for each in EVERY if each.is_ours} == {
        "values-based",
        "values-elements",
        "living-values",
        "justice-pack",
    }


def test_a_self_assessment_is_never_of_one_cycle() -> None:
    """Its answers are by the year, and those of a cycle are not."""
    assert all(each.about is About.ORGANISATION for each in EVERY if each.is_yearly)


def test_a_neighbour_understands_what_is_asked() -> None:
    text = " ".join(item.question for each in EVERY for item in each.items)
    assert grade(text) <= 8
