"""The years of an area from before it had its name, its code or its borders."""

from decimal import Decimal

import pytest
from django.urls import reverse

from evidence.enums import AreaLinkKind
from evidence.importers import nhs_areas
from evidence.models import Area, AreaLink, Indicator
from evidence.queries import comparisons, pictures
from evidence.queries.pictures import Figures
from evidence.services import nhs_areas as services
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.support import run_jobs

pytestmark = pytest.mark.django_db

# A board (BBB) that took the place of a partnership; two groups (1AA, 1BB) that became one (1CC),
# which is now a location of the board beside another one (1DD).
LIST = """area_code,area_name,ods_code,area_type,lies_in,became,how,changed_on,current
E54000901,NHS Invented Integrated Care Board,BBB,icb,,,,,
1CC,NHS New CCG,1CC,sub_icb,E54000901,,,,
1DD,NHS Other CCG,1DD,sub_icb,E54000901,,,,
1AA,NHS Old CCG,1AA,sub_icb,,1CC,merged,2020-04-01,no
1BB,NHS Older CCG,1BB,sub_icb,,1CC,merged,2020-04-01,no
"""
MOVED = LIST + "E54000900,Invented Partnership,,icb,,E54000901,new_code,2022-07-01,no\n"
SAME = LIST + "E54000900,Invented Partnership,,icb,,E54000901,same,,no\n"
YEARS = ("2018-19", "2019-20", "2020-21", "2021-22", "2022-23", "2023-24", "2024-25")


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def bring(org, clerk):
    """Reads a list of areas, and figures: rows of area, first year and the values from there on."""

    def go(places, *rows, unit="people", **said):
        library.read_import(org, clerk, places.encode(), name="places.csv")
        lines = [
            f"{code},{code},{period},1,Referrals,{value},,,{unit},,,"
            for code, first, *values in rows
            for period, value in zip(YEARS[YEARS.index(first) :], values, strict=False)
        ]
        made = library.read_import(
            org, clerk, library.csv(*lines), mapping="tidy-ods", keep_good_rows=True, **said
        )
        assert made.status == "done", made.problems
        return Indicator.objects.get(organisation=org, code="1")

    return go


def past(indicator, code):
    area = Area.objects.get(ods_code=code)
    read = Figures([indicator], area)
    return pictures.past_in(indicator, read.lineage, read.about(indicator))


def line(indicator, code):
    return [
        (each.figure.period, each.figure.value, each.is_added, each.stretch)
        for each in past(indicator, code).moments
    ]


def picture(indicator, code):
    return pictures.of_kind(indicator, Figures([indicator], Area.objects.get(ods_code=code)))


def test_the_same_place_by_another_code_is_one_line(bring):
    one = bring(SAME, ("E54000900", "2018-19", 10, 20, 30), ("BBB", "2021-22", 40, 50))
    assert line(one, "BBB") == [
        ("2018-19", 10, False, 0),
        ("2019-20", 20, False, 0),
        ("2020-21", 30, False, 0),
        ("2021-22", 40, False, 0),
        ("2022-23", 50, False, 0),
    ]
    shown = picture(one, "BBB")
    assert (
        shown.method
        == "The figures for 2018-19 to 2020-21 were published as “Invented Partnership”."
    )
    assert "borders" not in shown.finding
    assert shown.finding.startswith(
        "Referrals in NHS Invented Integrated Care Board went up, from 10 people in 2018-19"
    )
    assert shown.rows[0] == ["2018-19", "10", "Invented Partnership"]
    assert shown.rows[-1] == ["2022-23", "50", "As it is today"]


def test_two_merged_groups_are_added_where_they_are_numbers_of_people(bring):
    one = bring(
        LIST,
        ("1AA", "2018-19", 10, 20),
        ("1BB", "2018-19", 100, 200),
        ("1CC", "2020-21", 330, 340),
    )
    assert line(one, "1CC") == [
        ("2018-19", 110, True, 1),
        ("2019-20", 220, True, 1),
        ("2020-21", 330, False, 1),
        ("2021-22", 340, False, 1),
    ]
    shown = picture(one, "1CC")
    assert "are those of the areas that NHS New CCG is made of today, added up" in shown.method
    assert shown.rows[0] == ["2018-19", "110", "2 areas, added up"]
    assert "borders" not in shown.finding


@pytest.mark.parametrize("unit", ["%", "per 1000"])
def test_shares_and_rates_are_never_added_and_the_earlier_areas_stand_beside(bring, unit):
    one = bring(
        LIST,
        ("1AA", "2018-19", 10, 20),
        ("1BB", "2018-19", 30, 40),
        ("1CC", "2020-21", 33, 34),
        unit=unit,
    )
    found = past(one, "1CC")
    assert [each.figure.period for each in found.moments] == ["2020-21", "2021-22"]
    assert [(area.name, [row.value for row in rows]) for area, rows in found.earlier] == [
        ("NHS Old CCG", [10, 20]),
        ("NHS Older CCG", [30, 40]),
    ]
    shown = picture(one, "1CC")
    assert "went up, from 33" in shown.finding
    assert "Its borders changed on Wednesday 1 April 2020" in shown.finding
    assert "NHS Old CCG (2018-19 to 2019-20)" in shown.method
    assert ["2018-19", "10%" if unit == "%" else "10", "NHS Old CCG"] in shown.rows


@pytest.mark.parametrize(("value", "state"), [("*", "suppressed"), ("", "missing")])
def test_a_part_that_is_not_shown_leaves_the_sum_out_and_says_why(bring, value, state):
    one = bring(
        LIST,
        ("1AA", "2018-19", value, 20),
        ("1BB", "2018-19", 100, 200),
        ("1CC", "2020-21", 330),
    )
    first, second, _ = past(one, "1CC").moments
    assert (first.figure.state, first.figure.value) == (state, None)
    assert second.figure.value == 220
    word = {"suppressed": "kept back", "missing": "missing"}[state]
    says = picture(one, "1CC").method
    assert "For 2018-19 they were not added up, because the figure of at least one of them" in says
    assert f"is {word}: a sum without it would be too small." in says


def test_a_part_that_is_nowhere_counts_as_missing_and_never_as_nothing(bring):
    one = bring(LIST, ("1AA", "2018-19", 10, 20), ("1BB", "2019-20", 200), ("1CC", "2020-21", 330))
    assert [value for _, value, *_ in line(one, "1CC")] == [None, 220, 330]


def test_a_board_whose_borders_moved_has_a_break_and_no_comparison_across_it(bring):
    one = bring(
        MOVED,
        ("E54000900", "2018-19", 90, 91),
        ("BBB", "2020-21", 92, 93, 50, 51, 52),
        unit="%",
    )
    assert line(one, "BBB") == [
        ("2018-19", 90, False, 0),
        ("2019-20", 91, False, 0),
        ("2020-21", 92, False, 0),
        ("2021-22", 93, False, 0),
        ("2022-23", 50, False, 1),
        ("2023-24", 51, False, 1),
        ("2024-25", 52, False, 1),
    ]
    shown = picture(one, "BBB")
    assert "went up, from 50 in 100 people in 2022-23 to 52 in 100 in 2024-25" in shown.finding
    assert "Its borders changed on Friday 1 July 2022" in shown.finding
    rules = [each for each in shown.spec["layer"] if each["mark"].get("strokeDash") == [2, 4]]
    assert [row["x"] for each in rows_of(rules) for row in each] == [2021.5]


def rows_of(layers):
    return [layer["data"]["values"] for layer in layers]


def test_what_a_board_is_made_of_is_added_and_its_earlier_borders_stand_beside(bring):
    one = bring(
        MOVED,
        ("1AA", "2019-20", 10),
        ("1BB", "2019-20", 20),
        ("1CC", "2020-21", 35, 40),
        ("1DD", "2019-20", 100, 200, 300),
        ("BBB", "2020-21", 900, 950, 345),
    )
    assert line(one, "BBB") == [
        ("2019-20", 130, True, 1),
        ("2020-21", 235, True, 1),
        ("2021-22", 340, True, 1),
        ("2022-23", 345, False, 1),
    ]
    found = past(one, "BBB")
    assert [(area.ods_code, [row.value for row in rows]) for area, rows in found.earlier] == [
        ("BBB", [900, 950])
    ]
    shown = picture(one, "BBB")
    assert "the same name with its earlier borders (2020-21 to 2021-22)" in shown.method
    assert "the years before are those of the places that it is made of today" in shown.finding


def test_what_lay_in_a_board_once_is_not_added_to_what_does_today(bring):
    """Two groups and the one that they became are the same people."""
    once = MOVED.replace(",sub_icb,,1CC,merged", ",sub_icb,E54000901,1CC,merged")
    assert once != MOVED
    one = bring(
        once,
        ("1AA", "2019-20", 10),
        ("1BB", "2019-20", 20),
        ("1DD", "2019-20", 100),
        ("BBB", "2022-23", 345),
    )
    assert line(one, "BBB") == [("2019-20", 130, True, 1), ("2022-23", 345, False, 1)]


def test_a_part_whose_own_borders_moved_makes_no_sum(bring):
    moved = MOVED + "E38000901,NHS Other CCG,,sub_icb,,1DD,new_code,2022-07-01,no\n"
    one = bring(
        moved, ("1CC", "2021-22", 40), ("1DD", "2021-22", 300), ("BBB", "2021-22", 950, 345)
    )
    assert line(one, "BBB") == [("2021-22", 950, False, 0), ("2022-23", 345, False, 1)]


def test_the_recent_trend_never_runs_across_a_break(bring, org, clerk):
    """Five years would be a clear rise; four with one from before the break say nothing."""
    bring(LIST, ("BBB", "2024-25", 1))
    content = library.csv(
        *(
            f"BBB,BBB,{period},7,Share,{value},{value - 1},{value + 1},%,,,"
            for period, value in zip(YEARS[2:], (10, 20, 30, 40, 50), strict=True)
        )
    )
    assert library.read_import(org, clerk, content, mapping="tidy-ods").status == "done"
    one = Indicator.objects.get(organisation=org, code="7")
    assert "The last five figures together: going up" in picture(one, "BBB").finding
    AreaLink.objects.create(
        area=Area.objects.create(code="E54000900", name="Invented Partnership"),
        other=Area.objects.get(ods_code="BBB"),
        kind=AreaLinkKind.NEW_CODE,
        happened_on="2021-04-01",
    )
    assert "The last five figures" not in picture(one, "BBB").finding
    latest = [each.figure for each in past(one, "BBB").latest]
    assert comparisons.recent_trend(one, latest) == "cannot be said"


def test_a_change_without_a_day_breaks_nothing_and_joins_nothing(bring):
    places = MOVED.replace("2022-07-01", "")
    one = bring(places, ("E54000900", "2018-19", 90), ("BBB", "2021-22", 93, 50), unit="%")
    assert [period for period, *_ in line(one, "BBB")] == ["2021-22", "2022-23"]
    assert [area.name for area, _ in past(one, "BBB").earlier] == ["Invented Partnership"]


def test_no_hidden_number_comes_out_of_a_joined_point(bring, org):
    """Our own figures, of old and new areas in one year: 1AA has 6, which is hidden. Its sum is
    not shown, and neither is one of the numbers that it could be had from by subtraction."""
    one = bring(
        LIST,
        ("1AA", "2018-19", 6, 60),
        ("1BB", "2018-19", 102, 200),
        ("1CC", "2018-19", 108, 260, 300),
        is_published=False,
    )
    old, older, new = (next(iter(line_of(one, code))) for code in ("1AA", "1BB", "1CC"))
    assert old.state == "suppressed"
    assert "suppressed" in {older.state, new.state}
    Area.objects.filter(code="1CC").first().observations.filter(period="2018-19").delete()
    first = past(one, "1CC").moments[0]
    assert (first.figure.period, first.figure.state, first.figure.value) == (
        "2018-19",
        "suppressed",
        None,
    )


def line_of(indicator, code):
    area = Area.objects.get(ods_code=code)
    return [row for row in Figures([indicator], area).about(indicator) if row.area_id == area.pk]


def test_a_sum_of_our_own_figures_is_of_what_is_shown(bring):
    one = bring(
        LIST,
        ("1AA", "2018-19", 13),
        ("1BB", "2018-19", 101),
        ("1CC", "2020-21", 300),
        is_published=False,
    )
    assert past(one, "1CC").moments[0].figure.value == Decimal(15) + Decimal(100)


def test_a_sum_taken_apart_further_gives_nothing_away_either(bring):
    """The board's own count less its other location and one of the two old groups would be the
    count of the other one, though the group between has no figure in that year."""
    one = bring(
        LIST,
        ("1AA", "2018-19", 6),
        ("1BB", "2018-19", 102),
        ("1DD", "2018-19", 52),
        ("BBB", "2018-19", 160),
        is_published=False,
    )
    states = {code: next(iter(line_of(one, code))).state for code in ("1AA", "1BB", "1DD", "BBB")}
    assert states.pop("1AA") == "suppressed"
    assert "suppressed" in states.values()


def test_the_page_leads_to_the_earlier_areas_at_the_same_price(
    client, bring, clerk, django_assert_max_num_queries
):
    one = bring(
        LIST,
        ("1AA", "2018-19", 10, 20),
        ("1BB", "2018-19", 100, 200),
        ("1CC", "2020-21", 330, 340),
    )
    client.force_login(clerk)
    address = one.get_absolute_url() + "?area=1CC"
    client.get(address)
    with django_assert_max_num_queries(40) as counted:
        page = client.get(address).content.decode()
    assert "What it was before, and what it is made of" in page
    assert "?area=1AA" in page
    few = len(counted)
    rows = [f"1E{n},NHS Group {n} CCG,1E{n},sub_icb,,1CC,merged,2020-04-01,no" for n in range(3)]
    bring(
        LIST + "\n".join(rows) + "\n",
        *((f"1E{n}", "2018-19", 5, 5) for n in range(3)),
    )
    with django_assert_max_num_queries(few) as counted:
        client.get(address)
    assert len(counted) == few


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (AreaLinkKind.MERGED, None),
        (AreaLinkKind.MERGED, "2020-04-01"),
        (AreaLinkKind.SAME, None),
    ],
)
def test_links_that_lead_round_in_a_circle_end(bring, kind, day):
    one = bring(
        LIST,
        ("1AA", "2018-19", 10),
        ("1BB", "2018-19", 20, 30),
        ("1CC", "2020-21", 330),
        is_published=False,
    )
    old, new = Area.objects.get(code="1AA"), Area.objects.get(code="1CC")
    AreaLink.objects.create(area=new, other=old, kind=kind, happened_on=day)
    if kind == AreaLinkKind.SAME:
        AreaLink.objects.create(area=old, other=new, kind=kind)
    assert line(one, "1CC")[-1][:2] == ("2020-21", 330)
    assert line(one, "1AA")[0][:2] == ("2018-19", 10)


# --- The list that comes with the service ---------------------------------------------------------


def test_the_list_of_nhs_areas_is_whole_and_added_by_one_press(client, org, clerk):
    client.force_login(clerk)
    response = client.post(reverse("evidence:nhs-areas"))
    run_jobs()
    made = org.data_imports.get()
    assert response["Location"] == made.get_absolute_url()
    assert (made.status, made.kind, made.row_count, made.problem_count) == ("done", "areas", 306, 0)
    assert Area.objects.filter(area_type="icb", is_current=True).count() == 42
    assert Area.objects.filter(area_type="sub_icb", is_current=True).count() == 106
    gone = AreaLink.objects.filter(kind=AreaLinkKind.MERGED, area__ods_code__gt="")
    assert gone.count() == 136
    assert Area.objects.get(code="E54000009").links.get().other.ods_code == "QF7"


def test_pressing_again_changes_nothing(org, clerk):
    for _ in range(2):
        services.start(org, by=clerk)
        run_jobs()
    assert org.data_imports.filter(status="done").count() == 2
    assert Area.objects.count() == 306
    assert AreaLink.objects.count() == 158


def test_only_staff_add_the_list(client, org):
    stranger = stakeholders.person()
    client.force_login(stranger)
    assert client.post(reverse("evidence:nhs-areas")).status_code == 403
    assert not org.data_imports.exists()


def test_every_code_of_the_list_is_there_once_and_leads_somewhere():
    lines = nhs_areas.content().decode().splitlines()[1:]
    codes = [each.split(",")[0] for each in lines]
    assert len(codes) == len(set(codes)) == 306
