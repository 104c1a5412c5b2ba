"""Areas, spine, grid, map and deprivation: what is drawn, and that no colour is needed for it."""

import json
import subprocess
import sys
from itertools import pairwise

import pytest

from evidence.charts import (
    Bar,
    RugCell,
    RugRow,
    SpineRow,
    Spot,
    areas_sentence,
    bars,
    boundaries,
    gap_sentence,
    has_squares,
    inequality,
    inequality_sentence,
    rug,
    spine_chart,
    spine_sentence,
    squares,
    trend_sentence,
)
from evidence.charts.map import BOARDS
from evidence.charts.style import Point
from evidence.charts.verdicts import VERDICTS, verdict
from evidence.comparing import slope_index, spine

RENDER = """
import json, sys, vl_convert
specs = json.load(sys.stdin)
print(json.dumps([vl_convert.vegalite_to_svg(each, allowed_base_urls=[]) for each in specs]))
"""
OTHERS = [38, 42, 47, 49, 50, 53, 57, 66]
TENTHS = [Bar(str(10 - n), 41 + 2 * n) for n in range(10)]
TENTHS[3] = Bar("7", None, state="suppressed")
SQUARE = {"type": "Polygon", "coordinates": [[[0, 50], [0, 51], [1, 51], [1, 50], [0, 50]]]}


def some_spines():
    rows = [
        SpineRow(
            "Recovery",
            "2024",
            "57%",
            "50%",
            spine(57, benchmark=50, others=OTHERS, way="high"),
            "Better",
        ),
        SpineRow(
            "Waiting",
            "2024",
            "57%",
            "50%",
            spine(57, benchmark=50, others=OTHERS, way="low"),
            "Worse",
        ),
        SpineRow("Prevalence", "2020", "12%", "", None, instead="Too few areas to compare"),
    ]
    return spine_chart(
        rows, title="Where Salford stands", finding="It stands well.", area="Salford"
    )


def some_rug():
    cells = [RugCell("50%"), RugCell("57%", "Better"), RugCell("Suppressed")]
    return rug(
        [RugRow("Recovery", "2024", cells)],
        areas=["England", "Salford", "Bolton"],
        title="Salford",
        finding="One is better.",
    )


def some_squares():
    spots = [Spot("QF7", "South Yorkshire", "50%", "Lowest fifth", is_chosen=True)]
    spots += [Spot("QOP", "Greater Manchester", "60%", "Highest fifth")]
    return squares(spots, title="Recovery", finding="It differs.")


def a_map():
    spots = [Spot("a", "A", "50%", "Better"), Spot("b", "B", "60%", "Worse"), Spot("c", "C", "1%")]
    return boundaries(
        spots, shapes_of={"a": SQUARE, "b": SQUARE}, title="Recovery", finding="It differs."
    )


def a_slope():
    slope = slope_index([each.value for each in TENTHS])
    return inequality(TENTHS, title="Recovery", unit="%", finding="It rises.", slope=slope)


def some_areas():
    items = [Bar("Trafford", 57, 55, 60, word="Better"), Bar("Bolton", None, state="suppressed")]
    return bars(
        items, title="Recovery", unit="%", finding="It differs.", benchmark=50, is_dense=True
    )


@pytest.fixture(scope="module")
def drawn():
    made = {
        "spine": some_spines(),
        "rug": some_rug(),
        "squares": some_squares(),
        "map": a_map(),
        "slope": a_slope(),
        "areas": some_areas(),
    }
    done = subprocess.run(
        [sys.executable, "-c", RENDER],
        input=json.dumps(list(made.values())),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(made, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "spine",
            ["Recovery", "57%", "Worst or", "Best or", "England", "Better", "Worse", "Too few"],
        ),
        ("rug", ["Salford", "Bolton", "57%", "Better", "Suppressed"]),
        ("squares", ["South", "50%", "No figure", "Lowest fifth", "Highest fifth"]),
        ("map", ["Better", "Worse"]),
        ("slope", ["Most deprived", "Least deprived", "41%", "Suppressed"]),
        ("areas", ["Trafford", "57%", "Better", "England 50%", "Suppressed"]),
    ],
)
def test_every_display_is_drawn_with_its_words(drawn, name, words):
    for word in words:
        assert word in drawn[name], (name, word)
    assert "NaN" not in drawn[name]
    assert "undefined" not in drawn[name]


def brightness(colour):
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize(
    "words",
    [
        ("better", "similar", "worse"),
        ("lower", "similar", "higher"),
        ("meets the goal", "misses the goal"),
        tuple(word for word in VERDICTS if word.endswith("fifth")),
    ],
)
def test_each_comparison_has_its_own_shape_and_its_own_grey(words):
    looks = [VERDICTS[word] for word in words]
    assert len({look.path for look in looks}) == len(looks)
    greys = sorted(brightness(look.fill) for look in looks)
    ratios = [(high + 0.05) / (low + 0.05) for low, high in pairwise(greys)]
    assert min(ratios) > 1.2


@pytest.mark.parametrize("word", VERDICTS)
def test_what_is_written_on_a_shade_can_be_read(word):
    look = VERDICTS[word]
    low, high = sorted((brightness(look.fill), brightness(look.ink)))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_a_word_of_the_source_that_is_not_known_has_no_shape_and_stays():
    assert (verdict("Very odd").word, verdict("Very odd").path) == ("Very odd", "")
    assert verdict("").word == "Not compared"


def test_the_squares_are_the_42_boards_each_in_its_own_place():
    assert len(BOARDS) == 42
    assert len({place[:2] for place in BOARDS.values()}) == 42
    assert has_squares(BOARDS)
    assert not has_squares(["QF7", "E08000006"])


def test_an_area_without_a_boundary_is_left_off_the_map():
    features = a_map()["layer"][0]["data"]["values"]
    assert len(features) == 2


# --- In words -------------------------------------------------------------------------------------


def test_where_an_area_stands_among_all():
    items = [Bar("A", 60), Bar("B", 50), Bar("C", 40), Bar("D", None, state="suppressed")]
    said = areas_sentence(
        items, indicator="Recovery", area="B", period="2024", unit="%", benchmark=51
    )
    assert said == (
        "Recovery in 2024: 3 areas have a figure, from 40 in 100 in C to 60 in 100 in A. B has 50 "
        "in 100: 1 is higher and 1 is lower. England as a whole: 51 in 100. 1 figure is "
        "suppressed."
    )


@pytest.mark.parametrize(
    ("area", "says"),
    [
        ("A", "none is higher and 3 are lower"),
        ("B", "1 is higher and 2 are lower"),
        ("D", "3 are higher and none is lower"),
    ],
)
def test_one_area_and_none_are_said_as_people_say_them(area, says):
    items = [Bar("A", 60), Bar("B", 50), Bar("C", 40), Bar("D", 30)]
    assert says in areas_sentence(items, indicator="R", area=area, period="2024", unit="%")


def test_inequality_says_both_ends_the_gap_and_the_slope():
    said = inequality_sentence(
        TENTHS, indicator="Recovery", area="Salford", period="2024", unit="%", index=20, times=0.7
    )
    assert said == (
        "Recovery in Salford in 2024: 41 in 100 in the most deprived neighbourhoods and 59 in 100 "
        "in the least deprived, 18 in 100 fewer in the most deprived. Taking all groups together, "
        "it goes up by 20 in 100 from the most to the least deprived. 1 figure is suppressed."
    )
    more = inequality_sentence(
        [Bar("10", 300), Bar("1", 150)],
        indicator="Self-harm",
        area="Salford",
        period="2024",
        unit="per 100,000",
        times=2,
    )
    assert more == (
        "Self-harm in Salford in 2024: 300 for every 100,000 in the most deprived neighbourhoods "
        "and 150 for every 100,000 in the least deprived, 150 for every 100,000 more in the most "
        "deprived (2 times as much)."
    )


def test_inequality_without_an_end_says_so():
    items = [Bar("10", None, state="suppressed"), Bar("1", 150)]
    said = inequality_sentence(items, indicator="X", area="Y", period="2024", unit="%")
    assert said.startswith("X in Y in 2024: the most or the least deprived group has no figure.")


def test_the_gap_between_groups():
    assert gap_sentence([Bar("A", 60), Bar("B", 45)], unit="%") == "They are 15 in 100 apart."
    assert gap_sentence([Bar("A", 60), Bar("B", None)], unit="%") == ""


def test_a_profile_in_a_sentence():
    words = ["Better", "Better", "Worse", "Not compared", "Lowest fifth"]
    assert spine_sentence(words, area="Salford") == (
        "Salford beside England, 5 indicators: 2 better, 1 worse, 1 in the lowest fifth and 1 not "
        "compared."
    )


def test_the_source_s_word_stands_alone():
    points = [Point("2023", 20230000, 44, 40, 48), Point("2024", 20240000, 49, 45, 53)]
    england = [Point("2024", 20240000, 52)]
    said = trend_sentence(
        points,
        area="Salford",
        indicator="Recovery",
        unit="%",
        benchmark_points=england,
        source_says="Worse",
        recent="getting better",
    )
    assert said.endswith(
        "In 2024 it was below England (52 in 100); the source calls it “Worse”. The last five "
        "figures together: getting better."
    )
    assert "similar" not in said
