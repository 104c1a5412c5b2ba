"""The public files themselves, where they are on this machine; cells checked by hand in the file.

`PUBLIC_DATA` names the folder. What must always be proved has small files of our own making.
"""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from evidence.enums import Display, ImportStatus
from evidence.importers import ObservationRow, open_any
from evidence.models import Area, AreaBoundary, Indicator
from evidence.queries import pictures
from evidence.queries.areas import area_by_code, surroundings
from evidence.queries.pictures import Figures
from evidence.services import nhs_areas
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.support import run_jobs

FOLDER = Path(os.environ.get("PUBLIC_DATA", "") or "/nowhere")
YEARS = "nhstt_annual_2017-18_to_2024-25_totals_ccg_stp_icb.csv"
GROUPS = "nhstt_annual_2024-25_icb_england_equality.csv"
QOF = "hoc_qof2019-20_{}_prevalence.csv"
HARM = "traffordlab_fingertips_admissions_self_harm.csv"
YOUNG = "traffordlab_fingertips_admissions_self_harm_young_people.csv"
DEMENTIA = "traffordlab_fingertips_dementia_diagnosis.csv"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the public files are not here")


def rows(name):
    with (FOLDER / name).open("rb") as stream:
        return list(open_any(stream, name, max_bytes=25 * 1024 * 1024))


# File: how many rows, how many suppressed, how many missing, and three cells: the field of a row
# that finds it, and its value.
FIGURES = {
    YEARS: (
        7242,
        10,
        0,
        [
            (("UNKNOWN", "2024-25", "nhstt-referrals-received-count", ""), "2690"),
            (("QE1", "2024-25", "nhstt-referrals-received-count", ""), "57860"),
            (("UNKNOWN", "2024-25", "nhstt-recovery-percentage", ""), "44"),
        ],
    ),
    GROUPS: (
        15840,
        1844,
        0,
        [
            (("UNKNOWN", "2024-25", "nhstt-referrals-received-count", ""), "2690"),
            (("UNKNOWN", "2024-25", "nhstt-referrals-received-count", "Under 18"), "35"),
            (("UNKNOWN", "2024-25", "nhstt-reliable-recovery-percentage", ""), "41"),
        ],
    ),
    QOF.format("lad"): (
        6741,
        0,
        0,
        [
            (("E06000053", "2019-20", "qof-dep", ""), "4.02"),
            (("E09000025", "2019-20", "qof-dep", ""), "6.13"),
            (("E07000028", "2019-20", "qof-dep", ""), "18.79"),
            (("E06000009", "2019-20", "qof-mh", ""), "1.516"),
        ],
    ),
    QOF.format("region"): (
        210,
        0,
        0,
        [
            (("E12000004", "2019-20", "qof-mh", ""), "0.8353"),
            (("E12000007", "2019-20", "qof-mh", ""), "1.0901"),
            (("E12000004", "2019-20", "qof-af", ""), "2.1902"),
        ],
    ),
    QOF.format("imd"): (
        231,
        0,
        0,
        [
            (("E92000001", "2019-20", "qof-mh", "1 (most deprived)"), "1.1824"),
            (("E92000001", "2019-20", "qof-mh", "10 (least deprived)"), "0.7199"),
            (("E92000001", "2019-20", "qof-ast", "1 (most deprived)"), "6.8706"),
        ],
    ),
    HARM: (
        2624,
        0,
        None,
        [
            (("E47000001", "2010/11", "21001", ""), "249.2"),
            (("E47000001", "2011/12", "21001", ""), "248.5"),
            (("E47000001", "2013/14", "21001", ""), "273.7"),
        ],
    ),
    YOUNG: (
        1078,
        0,
        None,
        [
            (("E47000001", "2012/13", "90813", ""), "402.2"),
            (("E47000001", "2013/14", "90813", ""), "502.5"),
            (("E47000001", "2014/15", "90813", ""), "486.6"),
        ],
    ),
    DEMENTIA: (
        656,
        0,
        None,
        [
            (("E47000001", "2017", None, ""), "77.1"),
            (("E92000001", "2017", None, ""), "67.9"),
            (("E06000001", "2017", None, ""), "80.8"),
        ],
    ),
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_row_and_three_cells_of_each_file(name):
    count, suppressed, missing, cells = FIGURES[name]
    found = rows(name)
    assert all(isinstance(row, ObservationRow) for row in found)
    assert len(found) == count
    assert sum(row.state == "suppressed" for row in found) == suppressed
    if missing is not None:
        assert sum(row.state == "missing" for row in found) == missing
    for (area, period, indicator, category), value in cells:
        (row,) = [
            row
            for row in found
            if (row.area_code, row.period, row.category) == (area, period, category)
            and indicator in (None, row.indicator_code)
        ]
        assert row.value is not None
        assert row.value.quantize(Decimal(value)) == Decimal(value)


# What the file says of three places, read by eye in its rows.
LISTS = {
    "ons_la_all_codes.csv": [
        ("E08000006", {"name": "Salford", "within": ("E12000002", "E47000001"), "became": []}),
        ("E07000028", {"name": "Carlisle", "is_current": False, "became": ["E06000063"]}),
        ("E09000001", {"name": "City of London", "within": ("E12000007",), "is_current": True}),
    ],
    "ons_utla_all_codes.csv": [
        ("E10000017", {"name": "Lancashire", "within": ("E12000002",)}),
        ("E08000018", {"name": "Rotherham", "within": ("E12000003", "E47000002")}),
        ("E06000014", {"name": "York", "within": ("E12000003",)}),
    ],
    "ons_rgn_all_codes.csv": [
        ("E12000002", {"name": "North West", "within": ("E92000001",)}),
        ("E12000005", {"name": "West Midlands", "within": ("E92000001",)}),
        ("E12000009", {"name": "South West", "within": ("E92000001",)}),
    ],
    "fingertipsnext_areas.csv": [
        (
            "E54000061",
            {
                "name": "NHS South Yorkshire Integrated Care Board",
                "ods_code": "QF7",
                "within": ("E40000012",),
            },
        ),
        (
            "A81002",
            {"name": "Queens Park Medical Centre", "area_type": "gp", "within": ("U07032",)},
        ),
        (
            "E40000007",
            {"name": "East of England NHS Region", "area_type": "nhs_region", "is_current": True},
        ),
    ],
}


OUTLINES = [
    ("E54000008", "NHS Cheshire and Merseyside Integrated Care Board", [-2.9646, 53.6935]),
    ("E54000011", "NHS Shropshire, Telford and Wrekin Integrated Care Board", [-2.3766, 52.9976]),
    ("E54000061", "NHS South Yorkshire Integrated Care Board", [-0.9905, 53.6612]),
]


@pytest.mark.parametrize("name", LISTS)
def test_three_places_of_each_list(name):
    found = {row.code: row for row in rows(name)}
    for code, says in LISTS[name]:
        row = found[code]
        for field, value in says.items():
            there = getattr(row, field)
            assert ([each.code for each in there] if field == "became" else there) == value


def test_three_outlines():
    """The first corner of each, rounded by hand to four decimals."""
    found = {row.code: row for row in rows("icb_april2023_boundaries_bsc.geojson")}
    assert len(found) == 42
    for code, name, corner in OUTLINES:
        (ring,) = found[code].geometry["coordinates"]
        assert found[code].name == name
        assert ring[0] == ring[-1] == corner


def test_the_ends_of_depression_and_psychosis_in_qof():
    found = [row for row in rows(QOF.format("lad")) if not row.area_code.startswith("W")]
    depression = sorted((r.value, r.area_name) for r in found if r.indicator_code == "qof-dep")
    psychosis = sorted((r.value, r.area_name) for r in found if r.indicator_code == "qof-mh")
    assert [name for _, name in depression[:2]] == ["Isles of Scilly", "Newham"]
    assert (depression[-1][1], psychosis[-1][1]) == ("Carlisle", "Blackpool")


@pytest.mark.django_db
@pytest.mark.parametrize("order", [1, -1], ids=["figures first", "figures last"])
def test_whatever_comes_first_no_file_is_stopped(order):
    """Figures of both registers, outlines, and lists: each board has one area, with its outline."""
    org = stakeholders.organisation()
    clerk = stakeholders.commissioner(org)
    names = [YEARS, DEMENTIA, "icb_april2023_boundaries_bsc.geojson", *LISTS]
    for name in names[::order]:
        made = library.read_import(org, clerk, (FOLDER / name).read_bytes(), name=name)
        assert (made.status, made.problem_count) == (ImportStatus.DONE, 0), (name, made.problems)
    outlines = AreaBoundary.objects.select_related("area")
    assert outlines.count() == 42
    without = [(each.area.code, each.area.name) for each in outlines if not each.area.ods_code]
    assert without == []
    # An earlier code of a board leads to where its figures of today are.
    for code in ("QUE", "QOC", "QOP"):
        assert area_by_code(code).observations.filter(period="2024-25").exists()
    assert (area_by_code("QUE").code, area_by_code("QOP").code) == ("E54000056", "E54000057")


@pytest.mark.django_db
def test_all_of_them_in_one_library():
    """Both registers, three lists, boundaries and meanings: one area a place, in order."""
    org = stakeholders.organisation()
    clerk = stakeholders.commissioner(org)
    # One row of each organisation is enough to know it, and the rest is proved above.
    seen, lines = set(), []
    for line in (FOLDER / YEARS).read_text(encoding="utf-8").splitlines(keepends=True):
        key = tuple(line.split(",")[1:3])
        if key not in seen:
            seen.add(key)
            lines.append(line)
    known = library.read_import(org, clerk, "".join(lines).encode(), name=YEARS)
    assert known.status == ImportStatus.DONE
    counts = {
        "ons_la_all_codes.csv": ("areas", 459, 0),
        "ons_utla_all_codes.csv": ("areas", 241, 0),
        "ons_rgn_all_codes.csv": ("areas", 10, 0),
        "fingertipsnext_areas.csv": ("areas", 2983, 0),
        "icb_april2023_boundaries_bsc.geojson": ("boundaries", 42, 0),
        "fingertipsnext_indicators.csv": ("indicators", 37, 0),
        "fingertipsnext_indicator_metadata.json": ("indicators", 35, 0),
    }
    for name, (kind, good, wrong) in counts.items():
        content = (FOLDER / name).read_bytes()
        made = library.read_import(org, clerk, content, name=name)
        assert (made.status, made.kind) == (ImportStatus.DONE, kind)
        assert (made.row_count, made.problem_count) == (good, wrong), name
        run_jobs()
    assert AreaBoundary.objects.count() == 42
    assert not Area.objects.filter(boundary__isnull=False).exclude(area_type="icb").exists()
    yorkshire = area_by_code("QF7")
    assert (yorkshire.code, yorkshire.boundary.geometry["type"]) == ("E54000061", "Polygon")
    assert [each.name for each in surroundings(yorkshire).above] == [
        "North East and Yorkshire NHS Region",
        "England",
    ]
    carlisle = area_by_code("E07000028")
    assert [link.other.name for link in surroundings(carlisle).became] == ["Cumberland"]
    barnsley = area_by_code("02P")
    assert (barnsley.code, barnsley.name) == ("E38000006", "NHS Barnsley CCG")
    admissions = Indicator.objects.get(code="41101")
    assert (admissions.polarity, admissions.benchmark_method) == ("low", "ci")
    assert "HES suppression rules" in admissions.disclosure


@pytest.fixture
def talking_therapies():
    """Every year of Talking Therapies, in a library that knows how NHS areas changed."""
    org = stakeholders.organisation()
    clerk = stakeholders.commissioner(org)
    nhs_areas.start(org, by=clerk)
    run_jobs()
    made = library.read_import(org, clerk, (FOLDER / YEARS).read_bytes(), name=YEARS)
    assert made.status == ImportStatus.DONE
    return org


def years_of(org, indicator, code):
    thing = Indicator.objects.get(organisation=org, code=indicator)
    read = Figures([thing], area_by_code(code))
    return pictures.past_in(thing, read.lineage, read.about(thing))


REFERRALS = "nhstt-referrals-received-count"


@pytest.mark.django_db
def test_boards_show_their_years_from_before_they_were_boards(talking_therapies):
    """Checked by hand in the file: South Yorkshire in 2021-22 is 02P, 02X, 03L and 03N, without
    Bassetlaw; Kirklees in 2020-21 is 03A and 03J; Cheshire and Merseyside kept its ONS code."""
    south = years_of(talking_therapies, REFERRALS, "QF7")
    assert [(each.figure.period, each.figure.value, each.is_added) for each in south.moments] == [
        ("2017-18", 40265, True),
        ("2018-19", 43585, True),
        ("2019-20", 42220, True),
        ("2020-21", 35075, True),
        ("2021-22", 48905, True),
        ("2022-23", south.moments[5].figure.value, False),
        ("2023-24", south.moments[6].figure.value, False),
        ("2024-25", south.moments[7].figure.value, False),
    ]
    assert {(each.stretch) for each in south.moments} == {1}
    beside = {area.name: [row.value for row in rows] for area, rows in south.earlier}
    assert beside["NHS South Yorkshire Integrated Care Board"] == [37435, 52210]
    kirklees = years_of(talking_therapies, REFERRALS, "X2C4Y")
    assert kirklees.moments[3].figure.period == "2020-21"
    assert kirklees.moments[3].figure.value == 9445
    cheshire = years_of(talking_therapies, REFERRALS, "QYG")
    assert [each.figure.value for each in cheshire.moments[:5]] == [
        74100,
        78465,
        79035,
        66155,
        74540,
    ]
    assert not cheshire.earlier


@pytest.mark.django_db
def test_a_board_that_lost_a_town_is_never_compared_with_what_it_was(talking_therapies):
    """Greater Manchester lost Glossop in July 2022, which was part of one of its groups, so that
    nothing can be added; percentages never are."""
    for indicator in (REFERRALS, "nhstt-recovery-percentage"):
        manchester = years_of(talking_therapies, indicator, "QOP")
        assert [each.stretch for each in manchester.moments] == [0] * 5 + [1] * 3
        assert not any(each.is_added for each in manchester.moments)


@pytest.mark.django_db
def test_what_was_added_up_is_what_was_published_where_both_are_known(talking_therapies):
    """The same ONS code is the same ground: in every year the groups add up to the partnership."""
    thing = Indicator.objects.get(organisation=talking_therapies, code=REFERRALS)
    unchanged = 0
    for board in Area.objects.filter(area_type="icb", ods_code__gt="", is_current=True):
        read = Figures([thing], board)
        rows = read.about(thing)
        whole = pictures.past_in(thing, read.lineage, rows)
        if whole.breaks:
            continue
        unchanged += 1
        own = {each.figure.period_sort: each.figure.value for each in whole.moments}
        without = [row for row in rows if row.area_id != board.pk or row.period_sort > 20220000]
        added = pictures.past_in(thing, read.lineage, without)
        for each in added.moments:
            if each.is_added:
                rounding = Decimal("2.5") * (len(each.used) + 1)
                assert abs(each.figure.value - own[each.figure.period_sort]) <= rounding
    assert unchanged == 29


@pytest.mark.django_db
def test_the_list_of_nhs_areas_finds_the_areas_of_figures_that_came_first():
    org = stakeholders.organisation()
    clerk = stakeholders.commissioner(org)
    seen, lines = set(), []
    for line in (FOLDER / YEARS).read_text(encoding="utf-8").splitlines(keepends=True):
        # Of each organisation its first row, and the referrals of two years.
        key = tuple(line.split(",")[1:3])
        is_wanted = "referrals_received" in line and line[:7] in ("2019-20", "2022-23")
        if key not in seen or is_wanted:
            lines.append(line)
        seen.add(key)
    content = "".join(lines).encode()
    assert library.read_import(org, clerk, content, name=YEARS).status == ImportStatus.DONE
    made = nhs_areas.start(org, by=clerk)
    run_jobs()
    made.refresh_from_db()
    assert (made.status, made.problem_count) == (ImportStatus.DONE, 0), made.problems
    cheshire = years_of(org, REFERRALS, "QYG")
    first = cheshire.moments[0]
    assert (first.figure.period, first.figure.value, first.stretch) == ("2019-20", 79035, 0)
    assert [area.code for each in cheshire.moments for area in each.parts] == ["E54000008"]
    south = years_of(org, REFERRALS, "QF7")
    assert [(each.figure.period, each.figure.value) for each in south.moments if each.is_added] == [
        ("2019-20", 42220),
        ("2021-22", 48905),
    ]


@pytest.mark.django_db
def test_leeds_stands_among_all_of_its_tier_in_qof():
    """Counted in the file by hand: 314 areas of England, 207 above Leeds and 106 below it."""
    org = stakeholders.organisation()
    clerk = stakeholders.commissioner(org)
    name = QOF.format("lad")
    head, *lines = (FOLDER / name).read_text(encoding="utf-8").splitlines(keepends=True)
    content = "".join([head, *(line for line in lines if ",DEP," in line)]).encode()
    made = library.read_import(org, clerk, content, name=name)
    assert (made.status, made.row_count) == (ImportStatus.DONE, 321)
    read = Figures([Indicator.objects.get()], area_by_code("E08000035"))
    finding = pictures.of_kind(read.indicators[0], read, display=Display.AREAS).finding
    assert "314 districts, boroughs and unitary authorities have a figure" in finding
    assert "207 are higher and 106 are lower" in finding
