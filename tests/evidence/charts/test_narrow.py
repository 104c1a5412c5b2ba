"""Charts for a phone: each is 328 pixels wide, whole, and no word lies on another.

The drawings are read as a browser would set them: by the letters of our own font.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from hypothesis import example, given
from hypothesis import strategies as st

from evidence.charts import (
    NARROW,
    Bar,
    Hope,
    Point,
    SpineRow,
    Spot,
    bars,
    boundaries,
    hopes,
    inequality,
    spine_chart,
    trend,
)
from evidence.charts.measuring import fitted, measured
from evidence.comparing import slope_index, spine

FONTS = Path(__file__).parents[3] / "node_modules" / "source-sans" / "TTF"
ACROSS = 328
SVG = "{http://www.w3.org/2000/svg}"
RENDER = """
import json, sys, vl_convert
specs = json.load(sys.stdin)
print(json.dumps([vl_convert.vegalite_to_svg(each, allowed_base_urls=[]) for each in specs]))
"""
LONG = "Bath and North East Somerset, Swindon and Wiltshire with Llanfairpwllgwyngyllgogerychwyrn"
HOSTILE = [
    "W" * 70,
    "\"] + alert('x') + [\"</text><script>",
    "\u4e2d" * 40,
    "\U0001f469" * 30,
    "i " * 90,
    LONG,
]
SQUARE = {"type": "Polygon", "coordinates": [[[0, 50], [0, 51], [1, 51], [1, 50], [0, 50]]]}
OTHERS = [38, 42, 47, 49, 50, 53, 57, 66]


def years(number, **options):
    return [
        Point(f"{2000 + n}/{n + 1:02}", (2000 + n) * 10000, 40 + n % 9, 38, 52, **options)
        for n in range(number)
    ]


def a_trend(points, **options):
    options = {"title": f"{LONG}, 2024", "unit": "%", "finding": "F", "name": LONG} | options
    return trend(points, size=NARROW, **options)


def a_slope(items, unit="%"):
    slope = slope_index([each.value for each in items])
    return inequality(items, title=LONG, unit=unit, finding="F", slope=slope, size=NARROW)


def some_bars(items, **options):
    options = {"title": LONG, "unit": "%", "finding": "F", "benchmark": 50} | options
    return bars(items, size=NARROW, **options)


def some_spines(names, word="Better", area="Salford"):
    placed = spine(66, benchmark=50, others=OTHERS, way="high")
    rows = [SpineRow(each, "2024", "66.5%", "50%", placed, word) for each in names]
    rows.append(SpineRow(LONG, "2020", "1,234,567", "", None, instead="Too few areas to compare"))
    return spine_chart(rows, title=LONG, finding="F", area=area, size=NARROW)


def gaps_in(points):
    return [
        Point(each.period, each.order, None, state=("suppressed", "missing")[n // 3 % 2])
        if 2 < n < 10
        else each
        for n, each in enumerate(points)
    ]


BREAKS = [(20020000, 20030000), (20040000, 20050000), (20200000, 20210000)]
TENTHS = [Bar(str(n), 41.5 + 2 * n, 40, 66) for n in range(10)]
WIDE_WORDS = [
    "Second highest fifth",
    "Second lowest fifth",
    "Better",
    "Much, much worse than it was",
]

CHARTS = {
    "years": a_trend(years(9), benchmark_points=years(9)),
    "many years": a_trend(gaps_in(years(30)), benchmark_points=years(30), breaks=BREAKS),
    "long periods": a_trend(
        [Point(f"April {y} to March {y + 1}", y * 10000, y) for y in (2021, 2022, 2023)],
        unit="people",
        earlier=[years(3)],
    ),
    "one year": a_trend(years(1), name=""),
    "no year": a_trend([]),
    "large numbers": a_trend(
        [Point(str(2000 + n), 20000000 + n * 10000, 7_466_021.5 * n) for n in range(7)],
        unit="people",
    ),
    "hostile years": a_trend(
        [Point(each, 20000000 + n * 10000, n) for n, each in enumerate(HOSTILE)], name=HOSTILE[0]
    ),
    "groups": some_bars([Bar("Under 18", 38), Bar(LONG, 50, 45, 55), Bar("A", None)]),
    "areas": some_bars(
        [Bar(LONG, 30 + n, word=word) for n, word in enumerate(WIDE_WORDS)],
        is_dense=True,
        highlight=LONG,
    ),
    "numbers of people": some_bars(
        [Bar("A", 7_466_021, word="Better"), Bar("B", -1_234_567.8, word="Worse")], unit="people"
    ),
    "hostile groups": some_bars([Bar(each, 7, word=each) for each in HOSTILE]),
    "hidden groups": some_bars([Bar("A", None, state="suppressed"), Bar("B", None)]),
    "tenths": a_slope(TENTHS),
    "tenths of people": a_slope([Bar(str(n), 12_715 - 1_100 * n) for n in range(10)], "people"),
    "hidden tenths": a_slope([Bar(str(n), None, state="suppressed") for n in range(10)]),
    "fifths": a_slope(TENTHS[:5]),
    "many parts": a_slope([Bar(str(n), n) for n in range(30)]),
    "hopes": hopes(
        [Hope(LONG, 1, 9), Hope("Waiting", 9, 1), *(Hope(each, 5, 5) for each in HOSTILE)],
        title=LONG,
        finding="F",
        size=NARROW,
    ),
    "spine": some_spines([LONG, "Recovery"]),
    "spine of fifths": some_spines(["Recovery"], "Second highest fifth", LONG),
    "hostile spine": some_spines(HOSTILE, HOSTILE[0], HOSTILE[2]),
    "map": boundaries(
        [Spot("a", "A", "50%", "Better", is_chosen=True), Spot("b", "B", "60%", "Worse")],
        shapes_of={"a": SQUARE, "b": SQUARE},
        title=LONG,
        finding="F",
        size=NARROW,
    ),
}


@pytest.fixture(scope="module")
def drawn():
    done = subprocess.run(
        [sys.executable, "-c", RENDER],
        input=json.dumps(list(CHARTS.values())),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(CHARTS, json.loads(done.stdout), strict=True))


# --- Reading a drawing ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """A line of text, and the box that its letters take."""

    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float

    def is_on(self, other):
        return (
            min(self.right, other.right) - max(self.left, other.left) > 1
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 1
        )


@cache
def letters(weight):
    font = TTFont(FONTS / f"SourceSans3-{'Semibold' if weight >= 600 else 'Regular'}.ttf")
    names, widths = font.getBestCmap(), font["hmtx"]
    return {chr(code): widths[name][0] / font["head"].unitsPerEm for code, name in names.items()}


def real_width(text, size, weight):
    known = letters(weight)
    return sum(known.get(letter, 1.0) for letter in text) * size


def words_of(svg):
    """Every line of text of a drawing, where it is."""
    found = []

    def walk(element, x, y):
        moved = re.match(
            r"translate\(([-\d.e]+),([-\d.e]+)\)(?: rotate\(([-\d.]+))?",
            element.get("transform", ""),
        )
        turned = 0.0
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
            turned = float(moved[3] or 0)
        if element.tag == f"{SVG}text":
            found.extend(lines_of(element, x, y, turned))
        for child in element:
            walk(child, x, y)

    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    walk(root, 0.0, 0.0)
    assert found
    return found


def lines_of(element, x, y, turned):
    size = float(element.get("font-size").removesuffix("px"))
    weight = int(element.get("font-weight") or 400)
    texts = [(element.text, 0.0)]
    for part in element.iter(f"{SVG}tspan"):
        texts.append((part.text, texts[-1][1] + float(part.get("dy") or 0)))
    for text, down in texts:
        if not (text or "").strip():
            continue
        width = real_width(text, size, weight)
        back = {"end": width, "middle": width / 2}.get(element.get("text-anchor"), 0.0)
        top, bottom = y + down - size * 0.7, y + down + size * 0.2
        if turned:
            assert turned in (270, -90)
            yield Words(text, size, x - size * 0.7, y - width + back, x + size * 0.2, y + back)
        else:
            yield Words(text, size, x - back, top, x - back + width, bottom)


# --- What holds of each ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_for_a_phone_is_no_wider_than_one(drawn, name):
    root = ElementTree.fromstring(drawn[name])  # noqa: S314 - our own drawing
    assert float(root.get("width")) <= ACROSS
    height = float(root.get("height"))
    for words in words_of(drawn[name]):
        assert words.left >= 0, words
        assert words.right <= ACROSS, words
        assert words.top >= 0, words
        assert words.bottom <= height, words


@pytest.mark.parametrize("name", CHARTS)
def test_no_word_lies_on_another_and_each_can_be_read(drawn, name):
    found = words_of(drawn[name])
    assert min(words.size for words in found) >= 12
    for one, other in combinations(found, 2):
        assert not one.is_on(other), (one, other)


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_left_undrawn(drawn, name):
    assert "NaN" not in drawn[name]
    assert "undefined" not in drawn[name]
    assert "<script" not in drawn[name]


def said(svg):
    return " ".join(words.text for words in words_of(svg))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("years", ["England", "48%", "2008/09", LONG]),
        ("many years", ["Suppressed", "No figure", "New borders", "2029/30"]),
        ("groups", ["Under 18", LONG, "38%", "50%", "No figure", "England 50%"]),
        ("areas", [LONG, "30%", "33%", *WIDE_WORDS]),
        ("numbers of people", ["7,466,021", "\u22121,234,567.8", "Better", "Worse"]),
        ("hidden groups", ["Suppressed", "No figure"]),
        ("tenths", ["41.5%", "59.5%", "Most deprived", "Least deprived", "10"]),
        ("hidden tenths", ["Suppressed"]),
        ("fifths", ["41.5%", "43.5%", "45.5%", "47.5%", "49.5%"]),
        ("hopes", [LONG, "Waiting", "1", "9"]),
        ("spine", ["Recovery", "66.5%", "England 50%", "Better", "2024", "Too few areas"]),
        ("spine of fifths", ["Second highest fifth", "Worst or lowest", "Best or highest"]),
        ("map", ["Better", "Worse"]),
    ],
)
def test_all_its_words_are_there(drawn, name, words):
    # A word that is too long for a line goes on in the next.
    text = said(drawn[name]).replace(" ", "")
    for each in words:
        assert each.replace(" ", "") in text, each


@pytest.mark.parametrize("name", ["hostile groups", "hopes", "hostile spine"])
def test_no_letter_of_a_hostile_label_is_lost(drawn, name):
    text = said(drawn[name]).replace(" ", "")
    for each in HOSTILE:
        assert each.replace(" ", "") in text


def test_the_area_s_line_and_the_benchmark_s_are_told_apart_without_colour(drawn):
    """In the key as in the chart: one thick with dots, the other thin and dashed."""
    key = [
        layer
        for layer in CHARTS["years"]["layer"]
        if layer["mark"]["type"] == "rule" and "x2" in layer["encoding"]
    ]
    assert [layer["mark"].get("strokeDash") for layer in key] == [None, [6, 4]]
    assert [layer["mark"]["strokeWidth"] for layer in key] == [3, 1.75]


def test_a_benchmark_crosses_bars_and_no_label():
    spec = CHARTS["groups"]
    (across,) = [
        layer["data"]["values"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rule" and layer["mark"].get("strokeDash")
        if "value" in layer["data"]["values"][0]
    ]
    labels = [
        row
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text"
        for row in layer["data"]["values"]
        if "label" in row and "value" in row
    ]
    seen = {json.dumps(row["label"]): row for row in labels}.values()
    assert len(across) == len(seen) == 2
    for line, row in zip(across, seen, strict=True):
        assert line["top"] >= row["label_y"] + (len(row["label"]) - 1) * 18 + 9
        assert line["bottom"] > row["bottom"]


# --- Measuring ------------------------------------------------------------------------------------


@example("W" * 20)
@example("Second highest fifth")
@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x17F)))
def test_words_are_never_measured_narrower_than_they_are(text):
    for weight in (400, 600):
        assert measured(text, 15) >= real_width(
            "".join(each for each in text if each in letters(weight)), 15, weight
        )


@example("W" * 50, 40.0)
@given(st.text(), st.floats(30, 400))
def test_lines_fit_and_lose_no_letter(text, width):
    lines = fitted(text, width, 15)
    assert lines
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    for line in lines:
        assert measured(line, 15) <= width or len(line) == 1
