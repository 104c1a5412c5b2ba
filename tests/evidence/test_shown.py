"""A planted count of 3, and everything that shows figures: none of it may show the 3."""

import ast
import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from evidence.enums import DisclosureProfile, Display, NeedsChapter
from evidence.models import DataImport, Indicator, Observation
from evidence.queries import figures, needs_facts, pictures
from evidence.queries.pictures import Figures
from evidence.queries.shown import shown
from evidence.services import needs
from tests.factories import evidence as library
from tests.factories import stakeholders

pytestmark = pytest.mark.django_db

HEADER = (
    "area_code,area_name,period,indicator_code,indicator,value,lower,upper,count,denominator,unit,"
    "sex,category_type,category,comparison"
)
# Two indicators of our own: a number of people, and a share. Only three people are Asian, and only
# three in Trafford; 3 of 67 is 4.477612%.
OWN = (
    "E92000001,England,2024,N,Seen in a crisis,4003,,,,,people,,,,",
    "E08000006,Salford,2023,N,Seen in a crisis,3,,,,,people,,,,",
    "E08000006,Salford,2024,N,Seen in a crisis,69,,,,,people,,,,",
    "E08000006,Salford,2024,N,Seen in a crisis,3,,,,,people,,Ethnic group,Asian,",
    "E08000006,Salford,2024,N,Seen in a crisis,0,,,,,people,,Ethnic group,Black,",
    "E08000006,Salford,2024,N,Seen in a crisis,66,,,,,people,,Ethnic group,White,",
    "E08000006,Salford,2024,N,Seen in a crisis,66,,,,,people,,Deprivation,1 most deprived,",
    "E08000006,Salford,2024,N,Seen in a crisis,3,,,,,people,,Deprivation,9 least deprived,",
    "E08000009,Trafford,2024,N,Seen in a crisis,3,,,,,people,,,,",
    "E08000003,Manchester,2024,N,Seen in a crisis,148,,,,,people,,,,",
    "E92000001,England,2024,P,Seen within a day,50,,,,,%,,,,",
    "E08000006,Salford,2023,P,Seen within a day,4.477612,1.5,12.4,3,67,%,,,,Worse",
    "E08000006,Salford,2024,P,Seen within a day,41.791045,30.7,53.7,28,67,%,,,,",
    "E08000006,Salford,2024,P,Seen within a day,4.477612,1.5,12.4,3,67,%,,Ethnic group,Asian,",
    "E08000006,Salford,2024,P,Seen within a day,80,,,4,5,%,,Ethnic group,White,",
    "E08000009,Trafford,2024,P,Seen within a day,4.477612,1.5,12.4,3,67,%,,,,Worse",
    "E08000003,Manchester,2024,P,Seen within a day,60,,,60,100,%,,,,",
)
LEAKS = {Decimal("3"), Decimal("4.5"), Decimal("4.477612"), Decimal("4"), Decimal("1.5")}


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def own(org, clerk):
    """The organisation's own figures, not published."""
    content = library.csv(*OWN, header=HEADER)
    made = library.read_import(org, clerk, content, is_published=False)
    assert made.disclosure_profile == DisclosureProfile.HES
    return {each.code: each for each in Indicator.objects.filter(organisation=org)}


def numbers_in(thing):
    """Every number in a chart, a table or a text, wherever it stands."""
    if isinstance(thing, dict):
        return [number for value in thing.values() for number in numbers_in(value)]
    if isinstance(thing, list | tuple):
        return [number for value in thing for number in numbers_in(value)]
    if isinstance(thing, bool) or thing is None:
        return []
    if isinstance(thing, int | float):
        return [Decimal(str(thing))]
    return [
        Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", str(thing))
    ]


def rows_of(spec):
    return [row for layer in spec["layer"] for row in layer.get("data", {}).get("values", [])]


def every_picture(org, own):
    """Every display there is, of every indicator and kind of group, of two areas."""
    for code in ("E08000006", "E08000009"):
        area = figures.area_by_code(code)
        read = Figures(list(own.values()), area)
        for display in Display:
            if display in Display.ABOUT_AN_AREA:
                beside = list(figures.areas_like(org, area))
                yield display, pictures.of_area(read, display=display, beside=beside)
                continue
            for indicator in own.values():
                groups = ["Ethnic group", "Deprivation"]
                for by_group in groups if display in Display.ABOUT_GROUPS else [""]:
                    picture = pictures.of_kind(indicator, read, display=display, by_group=by_group)
                    yield f"{display} {indicator.code} {by_group}", picture


def drawn(spec):
    """What a chart draws or writes of its figures, and what it is called."""
    cells = [
        [row.get(name) for name in ("value", "says", "figure", "benchmark", "lower", "upper")]
        for row in rows_of(spec)
    ]
    return [cells, spec["title"]["text"], [row.get("y") for row in rows_of(spec) if "run" in row]]


def leaks(org, own):
    """The displays that show it, and how many were walked."""
    found = set()
    walked = 0
    for name, picture in every_picture(org, own):
        # "3 figures are suppressed" and "2 are higher" count figures and areas, not people.
        counted = (
            r"\b\d+ (figures? (is|are)|areas? ha(s|ve)|indicators?|not compared|are (higher|lower))"
        )
        said = re.sub(counted, "", picture.finding)
        if any(LEAKS.intersection(numbers_in(part)) for part in (said, picture.rows)):
            found.add(name)
        if LEAKS.intersection(numbers_in(drawn(picture.spec))):
            found.add(name)
        walked += 1
    return found, walked


@pytest.mark.row("A1-3")
def test_no_display_shows_a_planted_three(org, own):
    assert leaks(org, own) == (set(), 2 * (2 + 2 * 3 + 2 * 2 * 2))


def test_the_walk_finds_a_three_where_it_is_shown(org, own):
    """The control: shown as if they were published, the same figures are found everywhere."""
    DataImport.objects.update(disclosure_profile=DisclosureProfile.NONE)
    found, _ = leaks(org, own)
    assert {name.split()[0] for name in found} == set(Display.values)


def test_three_is_suppressed_and_zero_stays_and_the_rest_is_rounded(own):
    area = figures.area_by_code("E08000006")
    rows = figures.figures_of([own["N"]], area)[own["N"].pk]
    said = {
        row.category: (row.state, row.value) for row in rows if row.category_type == "Ethnic group"
    }
    assert said == {
        "Asian": ("suppressed", None),
        "Black": ("value", 0),
        "White": ("value", 65),
    }
    years = {
        row.period: row.value for row in rows if row.area_id == area.pk and not row.category_type
    }
    assert years == {"2023": None, "2024": 70}


def test_a_total_that_would_give_a_three_away_takes_another_with_it(org, clerk):
    # England's number is exact: with Salford's 66 shown as 65 and all others, 3 would be left over.
    rows = (
        "E92000001,England,2024,T,Seen,66,,,,,people,,,,",
        "E08000006,Salford,2024,T,Seen,60,,,,,people,,,,",
        "E08000009,Trafford,2024,T,Seen,6,,,,,people,,,,",
    )
    library.read_import(org, clerk, library.csv(*rows, header=HEADER), is_published=False)
    found = shown(Observation.objects.filter(indicator__code="T").order_by("pk"))
    assert [(row.area.name, row.state) for row in found] == [
        ("England", "value"),
        ("Salford", "suppressed"),
        ("Trafford", "suppressed"),
    ]


def test_the_source_word_of_a_hidden_figure_is_hidden_too(own):
    rows = shown(Observation.objects.filter(indicator=own["P"], area__code="E08000009"))
    assert [(row.state, row.comparison, row.count, row.denominator) for row in rows] == [
        ("suppressed", "", None, None)
    ]


def test_what_is_kept_stays_as_it_was_read(own):
    kept = Observation.objects.filter(indicator=own["N"], category="Asian").get()
    assert (kept.state, kept.value) == ("value", 3)


def test_published_figures_are_shown_as_published(org, clerk):
    library.read_import(org, clerk, library.csv(*OWN, header=HEADER))
    row = shown(Observation.objects.filter(indicator__code="N", category="Asian"))[0]
    assert (row.state, row.value, row.is_controlled) == ("value", 3, False)


def cells_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_pages_and_files_show_no_three(client, org, clerk, own):
    client.force_login(clerk)
    for indicator in own.values():
        for query in ("", "?group=Ethnic+group", "?area=E08000009"):
            page = client.get(indicator.get_absolute_url() + query)
            assert page.status_code == 200
            html = re.sub(r"<[^>]+>", "|", page.content.decode())
            assert not re.search(r"\|\s*(3|3 people|4\.5%|4%|4\.477612)\s*\|", html), (query, html)
            assert "Suppressed" in html
            file = client.get(
                reverse("evidence:indicator-figures", args=[indicator.public_id]) + query
            )
            for row in cells_of(file):
                numbers = [row[name] for name in ("Figure", "Count", "Out of", "Lower 95% limit")]
                assert not LEAKS & {Decimal(n) for n in numbers if re.fullmatch(r"[\d.]+", n)}, row
    profile = client.get(reverse("evidence:profile-figures", args=["E08000009"]))
    said = {
        row["Indicator"]: row["Figure"] for row in cells_of(profile) if row["Area"] == "Trafford"
    }
    assert said == {"Seen in a crisis": "Suppressed", "Seen within a day": "Suppressed"}
    assert profile["Content-Type"].startswith("text/csv")


def test_documents_show_no_three(org, clerk, own):
    draft = needs.create(org, area=figures.area_by_code("E08000006"), title="Own figures", by=clerk)
    chapter = NeedsChapter.NEED
    for display in (Display.TREND, Display.AREAS, Display.MAP):
        needs.add_chart(draft, chapter=chapter, indicator=own["N"], display=display, by=clerk)
    needs.add_chart(draft, chapter=chapter, indicator=own["N"], by_group="Ethnic group", by=clerk)
    for display in Display.ABOUT_AN_AREA:
        needs.add_chart(draft, chapter=chapter, display=display, by=clerk)
    facts = json.loads(json.dumps(needs_facts(draft)))
    charts = [chart for each in facts["chapters"] for chart in each["charts"]]
    assert len(charts) == 6
    for chart in charts:
        cells = [cell for row in chart["table"]["rows"] for cell in row]
        assert not [n for n in numbers_in(cells) if n in LEAKS], chart["table"]
        assert "Suppressed" in " ".join(cells) or chart["display"] in {"spine", "rug"}
        assert "numbers from 1 to 7 are hidden" in chart["method"]


@pytest.mark.thorough
def test_own_figures_cost_three_queries_more(own, django_assert_num_queries):
    """What else is known of the same, and in two which areas make up which; besides the rows,
    their places and their files."""
    area = figures.area_by_code("E08000006")
    with django_assert_num_queries(3 + 3):
        figures.figures_of(own.values(), area)
    with django_assert_num_queries(4 + 3):
        figures.places_of(own.values())


# --- The door -------------------------------------------------------------------------------------

READS_ROWS = {
    "models/__init__.py",
    "queries/figures.py",
    "queries/shown.py",
    "services/observations.py",
}


# They know rows, and let no number of an organisation's own figures through: which things have any,
# what became of a file, and a published number that a needs assessment takes over.
SHOWS_NO_OWN_NUMBER = {
    "forms/needs_numbers.py",
    "models/needs_numbers.py",
    "queries/areas.py",
    "queries/imports.py",
    "queries/needs_numbers.py",
    "services/descriptions.py",
    "services/imports.py",
    "services/needs_numbers.py",
    "services/places.py",
    "services/undoing.py",
    "views/imports.py",
}


def test_only_the_door_reads_rows():
    """Nothing that shows figures knows the model: it gets what the door lets through."""
    root = Path(__file__).resolve().parents[2]
    knowing = set()
    for app in ("evidence", "cycles", "reports", "vbc", "stakeholders"):
        for path in (root / app).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = {
                alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom)
                for alias in node.names
            }
            text = path.read_text(encoding="utf-8")
            if "Observation" in names or re.search(r"\.observations\b(?!\.values\()", text):
                knowing.add(path.relative_to(root / app).as_posix())
    assert knowing == READS_ROWS | SHOWS_NO_OWN_NUMBER
