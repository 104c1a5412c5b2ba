"""Displays of figures, from rows to pages: whose word, which areas, and charts of chapters."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from evidence.charts.map import BOARDS
from evidence.enums import BenchmarkMethod, DisclosureProfile, Display, NeedsChapter, Polarity
from evidence.models import Area, AreaBoundary, ChapterChart, DataImport, Indicator
from evidence.queries import comparisons, figures, needs_facts, pictures
from evidence.queries.comparisons import Compared
from evidence.queries.figures import People
from evidence.queries.pictures import Figures
from evidence.services import drawings, needs
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.support import run_jobs
from vbc.core.refusals import Refused
from vbc.ui.charts import ready_svg, render_svg

pytestmark = pytest.mark.django_db

TENTHS = ["10 Most deprived", *(f"{n:02} deprived" for n in range(9, 1, -1)), "01 Least deprived"]


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def recovery(org, clerk):
    made = library.recovery(org, clerk)
    made.polarity = Polarity.HIGH_IS_GOOD
    made.save()
    return made


@pytest.fixture
def by_tenths(org, clerk):
    """One indicator of Salford by deprivation, from 41 to 59."""
    rows = [
        f"E08000006,Salford,2024,D,Seen,{41 + 2 * n},,,%,Deprivation,{label},"
        for n, label in enumerate(TENTHS)
    ]
    library.read_import(org, clerk, library.csv(*rows))
    return Indicator.objects.get(code="D")


@pytest.fixture
def by_board(org, clerk):
    """One indicator of all 42 boards, South Yorkshire last, and one of it alone."""
    codes = sorted(BOARDS, key=lambda code: code == "QF7")
    rows = [
        f"{code},{BOARDS[code][2].replace(',', '')},2024,B,Seen,{90 - n},,,%,,,"
        for n, code in enumerate(codes)
    ]
    rows.append("E92000001,England,2024,B,Seen,70,,,%,,,")
    library.read_import(org, clerk, library.csv(*rows), mapping="tidy-ods")
    made = Indicator.objects.get(code="B")
    figures.area_by_code("QF7").__class__.objects.exclude(code="E92000001").update(area_type="icb")
    return made


def peers(indicator, code="E08000006"):
    area = figures.area_by_code(code)
    read = Figures([indicator], area)
    places = figures.places_in(read.places[indicator.pk], People())
    found = pictures.peers(indicator, area, places)
    return {each.figure.area.name: each.compared for each in found}


# --- Compared with whom ---------------------------------------------------------------------------

PLACES = {
    "E06000001": "Hartlepool",
    "E07000028": "Carlisle",
    "E08000035": "Leeds",
    "E09000025": "Newham",
    "E10000006": "Cumbria",
    "E12000001": "North East",
    "W06000001": "Anglesey",
}


def of_places(org, clerk, *codes):
    """An indicator of these places, the first with the lowest figure."""
    rows = [f"{code},{PLACES[code]},2024,T,Seen,{10 + n},,,%,,," for n, code in enumerate(codes)]
    library.read_import(org, clerk, library.csv(*rows))
    return Indicator.objects.get(code="T")


LOWER = ["E06000001", "E07000028", "E08000035", "E09000025"]
UPPER = ["E06000001", "E08000035", "E09000025", "E10000006"]
ELSEWHERE = ["E12000001", "W06000001"]


@pytest.mark.parametrize(
    ("there", "asked", "expected"),
    [
        (LOWER, "E07000028", (LOWER, "4 districts, boroughs and unitary authorities")),
        (LOWER, "E08000035", (LOWER, "4 districts, boroughs and unitary authorities")),
        (LOWER, "E06000001", (LOWER, "4 districts, boroughs and unitary authorities")),
        (UPPER, "E08000035", (UPPER, "4 counties, boroughs and unitary authorities")),
        (UPPER, "E10000006", (UPPER, "4 counties, boroughs and unitary authorities")),
        ([*LOWER, "E10000006"], "E08000035", (LOWER, "4 districts, boroughs and unitary")),
        ([*LOWER, "E10000006"], "E10000006", (UPPER, "4 counties, boroughs and unitary")),
        (["E08000035", "E09000025"], "E08000035", (["E08000035", "E09000025"], "2 boroughs")),
    ],
)
def test_an_area_stands_among_all_of_its_tier(org, clerk, there, asked, expected):
    compared, called = expected
    indicator = of_places(org, clerk, *there, *ELSEWHERE)
    assert set(peers(indicator, asked)) == {PLACES[code] for code in compared}
    area = figures.area_by_code(asked)
    made = pictures.of_kind(indicator, Figures([indicator], area), display=Display.AREAS)
    assert called in made.finding
    read = Figures([indicator], area)
    (line,) = pictures.lines_about([indicator], area, read.places)
    assert {row.area.code for row in line.like_it} == set(compared)


def test_each_area_is_in_a_fifth_of_its_own_tier(org, clerk):
    indicator = of_places(org, clerk, *LOWER, "E10000006", *ELSEWHERE)
    indicator.benchmark_method = BenchmarkMethod.QUINTILES
    indicator.save()
    area = figures.area_by_code("E08000035")
    places = figures.places_in(Figures([indicator], area).places[indicator.pk], People())
    found = pictures.compared_of(indicator, places)
    for code in (*LOWER, "E10000006"):
        own = peers(indicator, code)[PLACES[code]]
        assert found[figures.area_by_code(code).pk] == own


def test_an_area_can_be_set_beside_all_that_it_may_be_compared_with(org, clerk):
    of_places(org, clerk, *LOWER, "E10000006", *ELSEWHERE)

    def beside(code):
        return {each.code for each in figures.areas_like(org, figures.area_by_code(code))}

    assert beside("E07000028") == {*LOWER} - {"E07000028"}
    assert beside("E10000006") == {*UPPER} - {"E10000006"}
    assert beside("E08000035") == {*LOWER, "E10000006"} - {"E08000035"}
    assert beside("E12000001") == set()


# --- Whose word -----------------------------------------------------------------------------------


def test_the_source_s_own_word_is_never_overruled(recovery):
    # Manchester's interval (39 to 43) and ours would agree; Trafford's word is turned round here.
    recovery.polarity = Polarity.LOW_IS_GOOD
    recovery.save()
    found = peers(recovery)
    assert found["Trafford"] == Compared("Better")
    assert found["Manchester"] == Compared("Worse")
    assert found["Bolton"] == comparisons.NOT_COMPARED  # suppressed


@pytest.mark.parametrize(
    ("polarity", "says"),
    [
        (Polarity.HIGH_IS_GOOD, "Better"),
        (Polarity.LOW_IS_GOOD, "Worse"),
        (Polarity.NO_JUDGEMENT, "Higher"),
    ],
)
def test_ours_by_the_interval_is_named_as_ours(org, clerk, polarity, says):
    library.read_import(
        org,
        clerk,
        library.csv(
            "E92000001,England,2024,C,Seen,50,,,%,,,",
            "E08000006,Salford,2024,C,Seen,57,55,60,%,,,",
            "E08000009,Trafford,2024,C,Seen,57,48,66,%,,,",
            "E08000003,Manchester,2024,C,Seen,57,,,%,,,",
        ),
    )
    indicator = Indicator.objects.get(code="C")
    indicator.polarity = polarity
    indicator.save()
    assert peers(indicator) == {
        "Salford": Compared(says, is_ours=True),
        "Trafford": Compared("Similar", is_ours=True),
        "Manchester": comparisons.NOT_COMPARED,
    }
    said = comparisons.method_in_words((indicator, each) for each in peers(indicator).values())
    assert said.startswith("The comparison is ours, because the source makes none: similar means")


@pytest.mark.parametrize(
    ("method", "says"),
    [
        (BenchmarkMethod.PROPORTION, "Worse"),
        (BenchmarkMethod.NONE, "Not compared"),
        (BenchmarkMethod.GOAL, "Not compared"),
    ],
)
def test_ours_by_another_method(org, clerk, method, says):
    header = "area_code,area_name,period,indicator_code,indicator,value,count,denominator,unit"
    library.read_import(
        org,
        clerk,
        library.csv(
            "E92000001,England,2024,C,Seen,50,,,%",
            "E08000006,Salford,2024,C,Seen,40,40,100,%",
            header=header,
        ),
    )
    indicator = Indicator.objects.get(code="C")
    indicator.polarity, indicator.benchmark_method = Polarity.HIGH_IS_GOOD, method
    indicator.save()
    assert peers(indicator)["Salford"].word == says


def test_ours_by_fifths(by_board):
    by_board.benchmark_method = BenchmarkMethod.QUINTILES
    found = peers(by_board, "QF7")
    assert found["South Yorkshire"] == Compared("Lowest fifth", is_ours=True)
    assert sorted({each.word for each in found.values()}) == sorted(comparisons.FIFTHS.values())


@pytest.mark.parametrize("unit", ["people", "referrals"])
def test_numbers_of_people_are_not_compared(org, clerk, unit):
    library.read_import(
        org,
        clerk,
        library.csv(
            f"E92000001,England,2024,C,Seen,5000,,,{unit},,,",
            f"E08000006,Salford,2024,C,Seen,57,55,60,{unit},,,",
        ),
    )
    indicator = Indicator.objects.get(code="C")
    assert peers(indicator)["Salford"] == comparisons.NOT_COMPARED
    indicator.benchmark_method = BenchmarkMethod.QUINTILES
    assert peers(indicator)["Salford"] == comparisons.NOT_COMPARED


# --- The pictures ---------------------------------------------------------------------------------


def picture(indicator, code="E08000006", **said):
    return pictures.of_kind(indicator, Figures([indicator], figures.area_by_code(code)), **said)


def test_areas_are_in_order_with_england_beside(recovery):
    made = picture(recovery, display=Display.AREAS)
    assert [row[:2] for row in made.rows] == [
        ["Trafford", "57%"],
        ["Salford", "49%"],
        ["Manchester", "41%"],
        ["Bolton", "Suppressed"],
        ["England", "52%"],
    ]
    assert made.finding == (
        "Recovery in 2024: 3 boroughs have a figure, from 41 in 100 in Manchester to 57 in 100 in "
        "Trafford. Salford has 49 in 100: 1 is higher and 1 is lower. England as a whole: 52 in "
        "100. 1 figure is suppressed."
    )
    assert made.method == "How each compares is what the source says."


@pytest.mark.row("A3-30")
def test_deprivation_goes_from_the_most_to_the_least(by_tenths):
    made = picture(by_tenths, display=Display.INEQUALITY, by_group="Deprivation")
    assert [row[0] for row in made.rows] == TENTHS
    assert (
        "41 in 100 in the most deprived neighbourhoods and 59 in 100 in the least" in made.finding
    )
    assert "it goes up by 20 in 100 from the most to the least deprived" in made.finding
    line = next(layer for layer in made.spec["layer"] if layer["mark"]["type"] == "line")
    assert [round(row["y"]) for row in line["data"]["values"]] == [40, 60]


def test_a_map_has_a_square_for_every_board(by_board):
    made = picture(by_board, "QF7", display=Display.MAP)
    assert len(made.rows) == 42
    assert ["South Yorkshire", "49%", "Lowest fifth"] in made.rows
    assert "divided into five equal parts, by us" in made.method


def test_a_map_of_outlines_names_whoever_is_not_on_it(org, clerk, by_board):
    """Forty of 42 are enough for a map; the other two are named, not lost."""
    upload = library.read_import(org, clerk, library.csv("E06000001,A,2024,X,X,1,,,,,,"))
    square = {"type": "Polygon", "coordinates": [[[0, 52], [1, 52], [1, 53], [0, 52]]]}
    boards = list(Area.objects.filter(ods_code__in=BOARDS).order_by("name"))
    AreaBoundary.objects.bulk_create(
        AreaBoundary(area=board, geometry=square, data_import=upload) for board in boards[2:]
    )
    made = picture(by_board, "QF7", display=Display.MAP)
    names = ", ".join(pictures.short_name(board.name) for board in reversed(boards[:2]))
    assert len(made.rows) == 42
    assert f"Not on the map, because the outline is not known: {names}." in made.method


def test_where_there_is_no_map_the_areas_are_shown_in_order(recovery):
    assert picture(recovery, display=Display.MAP) == picture(recovery, display=Display.AREAS)


def test_numbers_of_people_are_not_put_on_a_map(by_board):
    by_board.unit = "people"
    as_map = picture(by_board, "QF7", display=Display.MAP)
    assert as_map == picture(by_board, "QF7", display=Display.AREAS)


def test_of_very_many_areas_those_nearest_in_order_are_drawn(org, clerk):
    rows = [f"E07{n:06},District {n:03},2024,M,Seen,{n / 10},,,%,,," for n in range(1, 101)]
    library.read_import(org, clerk, library.csv(*rows))
    made = picture(Indicator.objects.get(code="M"), "E07000050", display=Display.AREAS)
    assert [row[0] for row in made.rows] == [f"District {n:03}" for n in range(60, 39, -1)]
    assert "100 districts have a figure" in made.finding
    assert made.only == "the 21 nearest of 100"
    assert made.table_caption == "The figures: the 21 nearest of 100"


def test_a_number_of_people_stands_in_the_table_of_a_profile_beside_englands(org, by_board):
    Indicator.objects.filter(pk=by_board.pk).update(unit="people")
    area = figures.area_by_code("QF7")
    read = Figures(list(figures.indicators_about(org, area)), area)
    for display in (Display.SPINE, Display.RUG):
        made = pictures.of_area(read, display=display)
        heads = [each if isinstance(each, str) else each["text"] for each in made.head]
        assert made.rows[0][heads.index("England")] == "70"
    assert pictures.of_area(read, display=Display.SPINE).rows[0][-1] == "Not compared"


def test_a_profile_has_a_line_for_every_indicator(org, by_board, by_tenths):
    area = figures.area_by_code("QF7")
    read = Figures(list(figures.indicators_about(org, area)), area)
    spine = pictures.of_area(read, display=Display.SPINE)
    assert [row[:4] for row in spine.rows] == [["Seen", "2024", "49%", "70%"]]
    beside = [figures.area_by_code("QOP")]
    rug = pictures.of_area(read, display=Display.RUG, beside=beside)
    assert [each["text"] for each in rug.head] == [
        "Indicator",
        "Period",
        "England",
        "South Yorkshire",
        "Greater Manchester",
    ]
    assert len(rug.rows) == 1


def test_many_indicators_are_all_in_the_table_and_the_first_are_drawn(org, clerk):
    rows = [f"E08000006,Salford,2024,{n},Indicator {n:02},{n},,,%,,," for n in range(10, 35)]
    library.read_import(org, clerk, library.csv(*rows))
    area = figures.area_by_code("E08000006")
    read = Figures(list(figures.indicators_about(org, area)), area)
    made = pictures.of_area(read, display=Display.SPINE)
    assert len(made.rows) == 25
    assert "20 of 25 indicators" in " ".join(made.spec["title"]["text"])


def many(org, clerk, how_many=26):
    """Published indicators of Salford, that about mental health last by alphabet."""
    middle = (f"Indicator {n:02} with a name of some length" for n in range(3, how_many))
    names = ["Asthma", "Blood pressure", *middle, "Severe mental illness"]
    rows = [
        f"{code},{area},2024,{number:02},{name},{value},,,%,,,"
        for number, name in enumerate(names)
        for code, area, value in (("E08000006", "Salford", 5), ("E92000001", "England", 7))
    ]
    library.read_import(org, clerk, library.csv(*rows))
    return about_salford(org)


def about_salford(org):
    area = figures.area_by_code("E08000006")
    return Figures(list(figures.indicators_about(org, area)), area)


@pytest.mark.parametrize("display", [Display.SPINE, Display.RUG])
def test_on_paper_many_indicators_come_in_parts_that_can_be_read(org, clerk, display):
    made = pictures.of_area(many(org, clerk), display=display)
    assert len(made.rows) == 26
    assert made.rows[0][0] == "Severe mental illness"
    titles = [" ".join(spec["title"]["text"]) for spec in made.paper]
    assert len(titles) == 2
    first, last = (re.search(r"\((\d+) to (\d+) of 26 indicators", each) for each in titles)
    assert int(first[1]) == 1
    assert int(last[1]) == int(first[2]) + 1
    assert f"; the other {26 - int(last[2])} are in the table)" in titles[1]
    assert [spec["description"] for spec in made.paper] == [
        made.finding,
        f"{made.finding} Part 2.",
    ]
    for spec in made.paper:
        svg = render_svg(spec)
        box = re.search(r'viewBox="0 0 (\S+) (\S+)"', svg)
        width, height = (float(each) for each in box.groups())
        # As wide as the page is (166 mm), and as high as the sheet lets it be (185 mm), in points.
        scale = min(0.75, 166 / 25.4 * 72 / width, 185 / 25.4 * 72 / height)
        smallest = min(float(each) for each in re.findall(r'font-size="([\d.]+)px"', svg))
        assert smallest * scale >= 7


def test_few_indicators_are_one_chart_on_paper_and_screen(org, clerk):
    assert pictures.of_area(many(org, clerk, 5), display=Display.SPINE).paper == []


@pytest.mark.parametrize("display", [Display.SPINE, Display.RUG])
def test_only_the_organisations_own_figures_are_marked_and_said_to_be_rounded(org, clerk, display):
    own = library.csv("E08000006,Salford,2024,OWN,Waiting,23,,,people,,,")
    library.read_import(org, clerk, own, is_published=False)
    alone = pictures.of_area(about_salford(org), display=display)
    assert [row[0] for row in alone.rows] == ["Waiting"]
    assert alone.method.endswith(pictures.OWN_FIGURES)
    made = pictures.of_area(many(org, clerk, 4), display=display)
    names = [row[0] for row in made.rows]
    assert [name for name in names if name.endswith("*")] == ["Waiting *"]
    assert len(names) == 5
    assert "Figures in lines marked * are our own, rounded to the nearest 5" in made.method
    assert "These are the organisation's own figures" not in made.method


def test_a_trend_says_what_the_last_five_say(org, clerk):
    header = "area_code,area_name,period,indicator_code,indicator,value,count,denominator,unit"
    rows = [
        f"E08000006,Salford,{2020 + n},C,Seen,{c / 10},{c},1000,%"
        for n, c in enumerate((100, 115, 130, 145, 160))
    ]
    library.read_import(org, clerk, library.csv(*rows, header=header))
    indicator = Indicator.objects.get(code="C")
    indicator.polarity = Polarity.LOW_IS_GOOD
    assert picture(indicator).finding.endswith("The last five figures together: getting worse.")


# --- Charts of a needs assessment -----------------------------------------------------------------


@pytest.fixture
def draft(org, clerk, recovery, by_tenths):
    return library.needs_draft(org, clerk)


EVERY = [
    (Display.TREND, "recovery", ""),
    (Display.GROUPS, "recovery", "Ethnic group"),
    (Display.INEQUALITY, "by_tenths", "Deprivation"),
    (Display.AREAS, "recovery", ""),
    (Display.MAP, "recovery", ""),
    (Display.SPINE, None, ""),
    (Display.RUG, None, ""),
]


@pytest.mark.row("A3-30")
def test_a_chapter_can_hold_every_display_and_each_is_drawn(draft, clerk, recovery, by_tenths):
    things = {"recovery": recovery, "by_tenths": by_tenths, None: None}
    for display, name, by_group in EVERY:
        needs.add_chart(
            draft,
            chapter=NeedsChapter.NEED,
            indicator=things[name],
            display=display,
            by_group=by_group,
            by=clerk,
        )
    run_jobs()
    facts = needs_facts(draft)
    charts = [chart for each in facts["chapters"] for chart in each["charts"]]
    assert [chart["display"] for chart in charts] == [display for display, _, _ in EVERY]
    for chart in charts:
        assert ready_svg(chart["spec"]), chart["display"]
        assert chart["finding"] == chart["spec"]["description"]
        assert chart["table"]["rows"]
    assert charts[-1]["indicator"] == "All indicators of the area"


def _chart_of_need(draft):
    chapters = {each["key"]: each for each in needs_facts(draft)["chapters"]}
    return chapters[NeedsChapter.NEED]["charts"][0]


def test_charts_of_an_area_are_drawn_again_when_its_figures_change(org, draft, clerk):
    needs.add_chart(draft, chapter=NeedsChapter.NEED, display=Display.SPINE, by=clerk)
    run_jobs()
    before = _chart_of_need(draft)["spec"]
    library.read_import(org, clerk, library.csv("E08000006,Salford,2025,111,Recovery,60,,,%,,,"))
    after = _chart_of_need(draft)["spec"]
    assert before != after
    assert ready_svg(after)


@pytest.mark.parametrize(
    "said",
    [
        {"display": "spine", "by_group": "", "indicator": True},
        {"display": "areas", "by_group": ""},
        {"display": "inequality", "by_group": "", "indicator": True},
        {"display": "trend", "by_group": "Ethnic group", "indicator": True},
    ],
)
def test_a_chart_that_makes_no_sense_is_refused(draft, clerk, recovery, said):
    said = {**said, "indicator": recovery if said.get("indicator") else None}
    with pytest.raises(Refused, match="Nothing was changed"):
        needs.add_chart(draft, chapter=NeedsChapter.NEED, by=clerk, **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChapterChart.objects.create(assessment=draft, chapter=NeedsChapter.NEED, **said)


def test_the_same_chart_twice_is_once(draft, clerk):
    for _ in range(2):
        needs.add_chart(draft, chapter=NeedsChapter.NEED, display=Display.SPINE, by=clerk)
    assert draft.charts.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ChapterChart.objects.create(
            assessment=draft, chapter=NeedsChapter.NEED, display=Display.SPINE
        )


@pytest.mark.thorough
def test_facts_of_areas_cost_the_same_for_one_chart_and_three(
    org, draft, clerk, django_assert_num_queries
):
    def cost():
        with django_assert_num_queries(28, exact=False) as captured:
            needs_facts(draft)
        return len(captured)

    def add(number):
        library.read_import(
            org, clerk, library.csv(f"E08000006,Salford,2024,9{number},Other {number},4,,,%,,,")
        )
        indicator = Indicator.objects.get(code=f"9{number}")
        needs.add_chart(
            draft, chapter=NeedsChapter.NEED, indicator=indicator, display=Display.AREAS, by=clerk
        )

    needs.add_chart(draft, chapter=NeedsChapter.NEED, display=Display.SPINE, by=clerk)
    add(1)
    one = cost()
    add(2)
    add(3)
    assert cost() == one


def test_an_edition_that_names_nothing_is_no_work(org, recovery):
    drawings.draw_profile(org, "spine:999999")
    drawings.draw_profile(org, "nonsense")
    drawings.draw(recovery, "E08000006:0000000000000000")


# --- Pages ----------------------------------------------------------------------------------------


def cost(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as captured:
        assert client.get(address).status_code == 200
    return len(captured.captured_queries)


@pytest.mark.thorough
def test_a_profile_costs_the_same_for_one_indicator_and_three(
    client, org, clerk, recovery, django_assert_max_num_queries
):
    client.force_login(clerk)
    address = reverse("evidence:area-profile", args=["E08000006"])
    one = cost(client, address, django_assert_max_num_queries)
    rows = [f"E08000006,Salford,2024,9{n},Other {n},4,,,%,,," for n in range(3)]
    library.read_import(org, clerk, library.csv(*rows))
    assert cost(client, address, django_assert_max_num_queries) == one


@pytest.mark.thorough
def test_an_indicator_costs_the_same_for_few_areas_and_many(
    client, org, clerk, django_assert_max_num_queries
):
    def add(numbers):
        rows = [f"E0800{n:04},Place {n},2024,7,Seen,4{n},,,%,,," for n in numbers]
        library.read_import(org, clerk, library.csv(*rows))

    client.force_login(clerk)
    add([1, 2])
    address = Indicator.objects.get(code="7").get_absolute_url()
    two = cost(client, address, django_assert_max_num_queries)
    add([3, 4, 5])
    assert cost(client, address, django_assert_max_num_queries) == two


def test_a_profile_beside_other_areas(client, clerk, recovery):
    client.force_login(clerk)
    address = reverse("evidence:area-profile", args=["E08000006"])
    html = client.get(f"{address}?beside=E08000009&beside=nowhere").content.decode()
    assert "Profile of Salford" in html
    assert "Trafford" in html
    assert "57%, better" in html
    assert client.get(reverse("evidence:area-profile", args=["E92000001"])).status_code == 404
    assert client.get(reverse("evidence:area-profile", args=["nowhere"])).status_code == 404


def test_the_charts_of_a_profile_are_drawn_when_asked(client, clerk, recovery):
    client.force_login(clerk)
    address = reverse("evidence:area-profile", args=["E08000006"]) + "?beside=E08000009"
    before = client.get(address)
    for name in ("spine", "rug"):
        assert before.context[name].svg is None
        client.post(before.context[name].draw_url)
    run_jobs()
    after = client.get(address)
    assert after.context["spine"].svg
    assert after.context["rug"].svg
    part = client.get(after.context["rug"].fragment_url)
    assert 'class="vbc-chart__picture' in part.content.decode()


def test_the_form_offers_what_the_figures_have(client, org, clerk, draft):
    client.force_login(clerk)
    address = reverse("evidence:add-chart", args=[draft.public_id, NeedsChapter.NEED])
    html = client.get(address).content.decode()
    for words in ("All areas of its kind", "Groups, by ethnic group", "From the most to the least"):
        assert words in html
    missing = client.post(address, {"show": "areas"})
    assert "Choose an indicator" in missing.content.decode()
    assert client.post(address, {"show": "spine"}).status_code == 302
    assert [chart.display for chart in draft.charts.all()] == ["spine"]


# --- Whether they are published -------------------------------------------------------------------


def test_the_form_asks_whether_figures_are_published(client, org, clerk):
    client.force_login(clerk)
    address = reverse("evidence:start-import")
    unsaid = client.post(address, {"source": "Us", "file": library.file()})
    assert unsaid.status_code == 200
    assert DataImport.objects.count() == 0
    for answer, profile in (("yes", DisclosureProfile.NONE), ("no", DisclosureProfile.HES)):
        client.post(address, {"source": "Us", "published": answer, "file": library.file()})
        assert DataImport.objects.latest("pk").disclosure_profile == profile


def test_a_source_that_rounds_already_is_known(org, clerk):
    content = (
        b"reporting_period,org_type,org_code,org_name,variable_type,variable_a,variable_b,"
        b"measure_name,measure_statistic,value\n"
        b"2024-25,ICB,QF7,NHS SOUTH YORKSHIRE ICB,Total,NULL,NULL,recovery,percentage,50\n"
    )
    made = library.read_import(org, clerk, content)
    assert made.disclosure_profile == DisclosureProfile.TALKING_THERAPIES
    own = library.read_import(org, clerk, content, is_published=False)
    assert own.disclosure_profile == DisclosureProfile.HES
