import json
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidence import charts, comparing
from evidence.charts import Bar, Point, bars, trend
from evidence.charts.style import scale, shown, wrapped

RENDER = """
import json, sys, vl_convert
print(vl_convert.vegalite_to_svg(json.load(sys.stdin), allowed_base_urls=[]))
"""
YEARS = [
    Point("2019/20", 20190000, 40, 38, 42),
    Point("2020/21", 20200000, None, state="suppressed"),
    Point("2021/22", 20210000, 46, 44, 48),
    Point("2022/23", 20220000, 47, 45, 49),
    Point("2023/24", 20230000, None, state="missing"),
    Point("2024/25", 20240000, 50, 48, 52),
]
ENGLAND = [Point(point.period, point.order, 51) for point in YEARS]
GROUPS = [
    Bar("Heterosexual", 52, 50, 54),
    Bar("Gay or lesbian, and a label that is long enough to need lines", 0),
    Bar("Bisexual", None, state="suppressed"),
    Bar("Not stated", None, state="missing"),
]


def a_trend(points=YEARS, **options):
    options = {"title": "Recovery", "unit": "%", "finding": "It rose.", "name": "Salford"} | options
    return trend(points, benchmark_points=ENGLAND, **options)


def some_bars(items=GROUPS, **options):
    options = {"title": "Recovery", "unit": "%", "finding": "They differ."} | options
    return bars(items, benchmark=51, **options)


def layers(spec, kind):
    return [
        layer
        for layer in spec["layer"]
        if (layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"]) == kind
    ]


def rows(layer):
    return layer["data"]["values"]


def svg(spec):
    done = subprocess.run(
        [sys.executable, "-c", RENDER],
        input=json.dumps(spec),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("spec", [a_trend(), some_bars()])
def test_a_chart_carries_its_data_and_its_finding(spec):
    text = json.dumps(spec)
    assert '"url"' not in text
    assert spec["$schema"].endswith("/vega-lite/v5.json")
    assert spec["description"] in {"It rose.", "They differ."}
    assert "legend" not in text
    # A name with a numeral in it is no name at all in SVG unless it is quoted.
    assert spec["config"]["font"].startswith("'Source Sans 3'")


def test_a_trend_breaks_where_there_is_no_figure():
    area = layers(a_trend(), "line")[1]
    assert [(row["x"], row["y"], row["run"]) for row in rows(area)] == [
        (2019, 40, 1),
        (2021, 46, 2),
        (2022, 47, 2),
        (2024, 50, 3),
    ]
    assert area["encoding"]["detail"] == {"field": "run"}


def test_a_trend_says_why_there_is_no_figure():
    (words,) = [x for x in layers(a_trend(), "text") if "field" in x["encoding"].get("text", {})]
    assert rows(words) == [{"x": 2020, "word": "Suppressed"}, {"x": 2023, "word": "No figure"}]


def test_a_suppressed_figure_is_not_drawn_even_if_it_came_with_a_number():
    spec = a_trend([Point("2019/20", 20190000, 777, 700, 800, "suppressed")])
    assert "777" not in json.dumps(spec)
    spec = some_bars([Bar("A", 777, 700, 800, "suppressed")])
    assert "777" not in json.dumps(spec)


def test_a_year_that_is_not_listed_is_a_gap_too():
    points = [Point("2019", 20190000, 4), Point("2021", 20210000, 5)]
    (_, area) = layers(a_trend(points), "line")
    assert [row["run"] for row in rows(area)] == [1, 2]


def test_a_figure_between_two_gaps_shows_its_interval_upright():
    upright = [x for x in layers(a_trend(), "rule") if "y2" in x["encoding"]]
    assert [row["x"] for row in rows(upright[0])] == [2019, 2024]


def test_the_benchmark_is_told_by_its_line_and_its_name_not_its_colour():
    benchmark, area = layers(a_trend(), "line")
    assert "strokeDash" in benchmark["mark"]
    assert "strokeDash" not in area["mark"]
    names = [x["mark"]["text"] for x in layers(a_trend(), "text") if "text" in x["mark"]]
    assert sorted(names) == [["England", "51%"], ["Salford", "50%"]]


def test_names_at_the_end_of_lines_never_touch():
    named = [x for x in layers(a_trend(), "text") if "text" in x["mark"]]
    places = sorted(x["encoding"]["y"]["value"] for x in named)
    assert places[1] - places[0] >= 2 * 19


def test_a_scale_that_does_not_begin_at_zero_says_so():
    assert "not at zero" in " ".join(a_trend()["title"]["subtitle"])
    low = [Point("2019", 20190000, 3), Point("2020", 20200000, 50)]
    spec = a_trend(low)
    assert "not at zero" not in " ".join(spec["title"]["subtitle"])
    domain = layers(spec, "line")[0]["encoding"]["y"]["scale"]["domain"]
    assert domain[0] == 0


def test_many_periods_name_a_few_and_always_the_latest():
    points = [Point(str(year), year * 10000, year % 7) for year in range(1990, 2025)]
    axis = layers(trend(points, title="T", unit="", finding="F"), "line")[0]["encoding"]["x"][
        "axis"
    ]
    assert len(axis["values"]) <= 8
    assert axis["values"][-1] == 2024


def test_quarters_stand_side_by_side():
    points = [Point(f"2020 Q{q}", 20200000 + q * 100, q) for q in (1, 2, 3, 4)]
    (line,) = layers(trend(points, title="T", unit="", finding="F"), "line")
    assert [row["x"] for row in rows(line)] == [0, 1, 2, 3]
    assert {row["run"] for row in rows(line)} == {1}


def test_suppressed_groups_are_listed_with_the_word_and_without_a_bar():
    spec = some_bars()
    (drawn,) = layers(spec, "rect")
    assert [row["value"] for row in rows(drawn)] == [52, 0]
    words = [row["word"] for x in layers(spec, "text") for row in rows(x) if "word" in row]
    assert set(words) == {"Suppressed", "No figure"}


def test_the_chosen_group_is_bold_as_well_as_darker():
    spec = some_bars(highlight="Heterosexual")
    bold = [x for x in layers(spec, "text") if x["mark"].get("align") == "right"][1]
    assert bold["mark"]["fontWeight"] == 600
    assert [row["label"] for row in rows(bold)] == [["Heterosexual"]]
    assert {row.get("colour") for row in rows(layers(spec, "rect")[0])} == {"#005EB8", "#8FB8DE"}


def test_rows_of_bars_do_not_overlap():
    spec = some_bars([Bar("word " * 30, 3), Bar("a", 4), Bar("a", 5)])
    drawn = rows(layers(spec, "rect")[0])
    for above, below in pairwise(drawn):
        assert above["bottom"] < below["top"]
        assert above["label_y"] + len(above["label"]) * 18 - 9 <= below["label_y"] - 9
    assert drawn[-1]["bottom"] < spec["height"]


def test_both_charts_are_drawn_with_all_their_words():
    drawn = svg(a_trend()) + svg(some_bars())
    for words in ("Salford", "England", "2024/25", "Suppressed", "No figure", "Bisexual", "51%"):
        assert f">{words}<" in drawn or f">{words} " in drawn
    assert "style=" not in drawn


def test_a_name_is_never_read_as_code():
    name = "\"] + alert('x') + [\"</text><script>"
    drawn = svg(a_trend([Point(name, 20190000, 3), Point("2020", 20200000, 4)]))
    drawn += svg(some_bars([Bar(name, 3)]))
    assert "<script" not in drawn
    assert "alert('x')" in drawn


@pytest.mark.parametrize("points", [[], [Point("2019", 20190000, 0)], [YEARS[1]]])
def test_charts_of_next_to_nothing_are_drawn(points):
    spec = trend(points, title="T", unit="%", finding="F")
    assert svg(spec).startswith("<svg")
    assert svg(bars([], title="T", unit="", finding="F")).startswith("<svg")


@example(0.0, 5e-324, False)
@example(1.0, 1.0 + 1e-12, False)
@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.booleans())
def test_an_axis_takes_in_its_figures_in_round_steps(one, other, zero):
    low, high = sorted((one, other))
    bottom, top, ticks = scale(low, high, zero=zero)
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert bottom <= low + slack
    assert top >= high - slack
    assert 2 <= len(ticks) <= 8
    assert not zero or bottom <= 0 <= top


def test_figures_in_print():
    assert [shown(value, "%") for value in (47, 47.0, 47.25)] == ["47%", "47%", "47.2%"]
    assert shown(-1234.5) == "\u22121,234.5"
    assert wrapped("", 10) == [""]


# --- A line with a past, and wide numbers ---------------------------------------------------------


def test_a_change_of_borders_breaks_the_line_and_is_marked_once():
    points = [
        Point("2019", 20190000, 40, stretch=0),
        Point("2020", 20200000, 41, stretch=0),
        Point("2021", 20210000, 50, stretch=1),
        Point("2022", 20220000, 51, stretch=1, is_joined=True),
    ]
    spec = charts.trend(
        points,
        title="T",
        unit="%",
        finding="F",
        breaks=[(20200000, 20210000)],
        earlier=[points[:1]],
    )
    (line,) = [
        each
        for each in layers(spec, "line")
        if each["mark"]["strokeWidth"] == 3 and "run" in each["data"]["values"][0]
    ]
    assert [row["run"] for row in line["data"]["values"]] == [1, 1, 2, 2]
    (rule,) = [each for each in layers(spec, "rule") if each["mark"]["strokeDash"] == [2, 4]]
    assert [row["x"] for row in rule["data"]["values"]] == [2020.5]
    hollow = [each for each in layers(spec, "point") if each["mark"].get("fill") == "#FFFFFF"]
    assert [row["x"] for each in hollow for row in each["data"]["values"]] == [2022]


def test_a_name_at_the_bottom_stays_above_the_periods():
    spec = charts.trend(
        [Point("2019", 20190000, 0), Point("2020", 20200000, 0)],
        title="T",
        unit="people",
        finding="F",
        name="A place",
    )
    (name,) = [each for each in layers(spec, "text") if "text" in each["mark"]]
    lines = len(name["mark"]["text"])
    assert name["encoding"]["y"]["value"] + lines * 19 / 2 <= 280 + 4


def test_wide_figures_have_room_before_how_they_compare():
    spec = charts.bars(
        [Bar("A", 7_466_021, word="Better"), Bar("B", -1_234_567.8, word="Worse")],
        title="T",
        unit="people",
        finding="F",
    )
    (shape,) = [each for each in layers(spec, "point") if "shape" in each["encoding"]]
    figures = [each for each in layers(spec, "text") if each["mark"].get("dx") == 14]
    longest = max(len(row["says"]) for each in figures for row in each["data"]["values"])
    start = figures[0]["encoding"]["x"]["value"] + 14
    assert shape["data"]["values"][0]["shape_x"] >= start + longest * 8.5


def test_figures_by_deprivation_stand_away_from_the_line():
    slope = comparing.slope_index([60, 50, 40, 30, 20])
    spec = charts.inequality(
        [Bar(f"{n}", value) for n, value in enumerate((70, 40, 45, 20, 25))],
        title="T",
        unit="%",
        finding="F",
        slope=slope,
    )
    sides = {
        each["mark"]["dy"]: [row["says"] for row in each["data"]["values"]]
        for each in layers(spec, "text")
        if each["mark"].get("dy")
    }
    assert sides == {-16: ["70%", "45%", "25%"], 18: ["40%", "20%"]}
