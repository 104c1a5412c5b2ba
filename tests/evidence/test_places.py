"""Lists of areas and boundaries in the register that everyone shares, and its pages."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evidence.enums import AreaLinkKind, AreaType, ImportStatus
from evidence.models import Area, AreaBoundary, AreaLink
from evidence.queries import areas as queries
from evidence.queries import figures
from evidence.queries.imports import outcome_of
from evidence.services import imports, places, undoing
from tests.evidence.importers.opened import FILES
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.support import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def bring(org, clerk):
    """Imports a file of ours, or bytes, by the same task as the worker's."""

    def go(what, **said):
        content = what if isinstance(what, bytes) else (FILES / what).read_bytes()
        name = what if isinstance(what, str) else "list.csv"
        return library.read_import(org, clerk, content, name=name, **said)

    return go


def area(code):
    return Area.objects.get(code=code)


def test_the_hierarchy_of_fingertips(bring):
    made = bring("areas_fingertips.csv")
    assert (made.status, made.kind, made.row_count) == (ImportStatus.DONE, "areas", 10)
    practice = area("A00001")
    assert practice.area_type == AreaType.GP
    chain = [each.name for each in queries.surroundings(queries.area_by_code("A00001")).above]
    assert chain == [
        "Invented PCN",
        "Invented ICB - 99X",
        "NHS Invented Integrated Care Board",
        "Invented NHS Region",
        "England",
    ]
    county = queries.surroundings(area("E10000999"))
    assert [each.name for each in county.also_in] == ["Invented Combined Authority"]
    assert [each.name for each in county.inside] == ["Invented"]
    assert outcome_of(made).new == 10


def test_what_became_of_areas_that_are_gone(bring):
    bring("areas_ons.csv")
    old, new = area("E07000901"), area("E06000901")
    assert (old.is_current, new.is_current) == (False, True)
    (link,) = queries.surroundings(old).became
    assert (link.other, link.kind) == (new, AreaLinkKind.MERGED)
    assert [each.area for each in queries.surroundings(new).came_from] == [old]
    assert area("E08000901").links.get(kind=AreaLinkKind.NEW_CODE).other.code == "E08000902"


def test_a_list_again_changes_nothing(bring):
    bring("areas_ons.csv")
    before = list(Area.objects.order_by("pk").values()), AreaLink.objects.count()
    made = bring("areas_ons.csv", again=True)
    assert (list(Area.objects.order_by("pk").values()), AreaLink.objects.count()) == before
    outcome = outcome_of(made)
    assert (outcome.new, outcome.replaced, outcome.before) == (0, 0, 9)


def test_a_list_gives_a_known_nhs_code_its_ons_code_and_what_it_lies_in(org, clerk, bring):
    library.read_import(
        org,
        clerk,
        library.csv(
            "99X,INVENTED CCG,2020,1,One,5,,,,,,", "QQQ,NHS INVENTED ICB,2020,1,One,5,,,,,,"
        ),
        mapping="tidy-ods",
    )
    ccg = area("99X")
    assert bring("areas_fingertips.csv").status == ImportStatus.DONE
    ccg.refresh_from_db()
    assert (ccg.code, ccg.ods_code, ccg.name) == ("E38000999", "99X", "Invented CCG")
    assert ccg.parent.ods_code == "QQQ"
    assert ccg.observations.count() == 1


def test_another_name_for_a_known_code_is_a_problem_and_never_an_overwrite(bring):
    bring(b"area_code,area_name,lies_in\nE08000006,Salford,\n")
    wrong = bring(b"area_code,area_name,lies_in\nE08000006,Nonsense,\nE08000009,Trafford,\n")
    assert (wrong.status, wrong.row_count, wrong.problem_count) == (ImportStatus.CHECKED, 1, 1)
    assert "“Nonsense” in this file and “Salford” in the library" in wrong.problems[0]["says"]
    assert [each.code for each in Area.objects.all()] == ["E08000006"]
    imports.keep_good_rows(wrong, by=wrong.created_by)
    run_jobs()
    assert {each.code: each.name for each in Area.objects.all()} == {
        "E08000006": "Salford",
        "E08000009": "Trafford",
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North East", "North East Region"),
        ("Greater Manchester", "Greater Manchester Combined Authority"),
        ("Bristol, City of", "Bristol"),
        ("St. Helens", "St Helens"),
        ("NHS Kent and Medway ICB", "NHS Kent & Medway Integrated Care Board"),
        ("Yorkshire and The Humber", "Yorkshire and the Humber Region"),
    ],
)
def test_names_that_registers_write_differently_are_one(one, other):
    assert places.same_place(one, other)
    assert not places.same_place(one, f"{other} and more")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("E08000006,Salford,E99999999\n", "points to E99999999, which is neither"),
        ("E10000001,Ring,E10000002\n", "E10000001 would lie in itself."),
    ],
)
def test_a_list_cannot_point_to_nowhere_or_round_in_a_circle(bring, lines, says):
    bring(
        b"area_code,area_name,lies_in\nE10000001,Ring,\nE10000002,Rang,E10000003\n"
        b"E10000003,Rong,E10000001\n"
    )
    wrong = bring(f"area_code,area_name,lies_in\n{lines}".encode())
    assert (wrong.status, wrong.row_count) == (ImportStatus.CHECKED, 0)
    assert says in wrong.problems[0]["says"]


def test_a_list_without_one_place_to_ask_about_does_not_lengthen_the_choice(bring):
    bring("areas_fingertips.csv")
    bring("areas_ons.csv")
    offered = {each.code for each in figures.areas_to_assess()}
    assert "E07000902" in offered
    assert not offered & {"E92000001", "A00001", "U00001", "E07000901"}


def test_boundaries(bring):
    made = bring("boundaries.geojson")
    assert (made.status, made.kind, made.row_count) == (ImportStatus.CHECKED, "boundaries", 2)
    assert AreaBoundary.objects.count() == 0
    imports.keep_good_rows(made, by=made.created_by)
    run_jobs()
    kept = AreaBoundary.objects.get(area__code="E54000999")
    assert kept.geometry["type"] == "Polygon"
    assert kept.area.area_type == AreaType.ICB
    assert kept.data_import == made


def test_boundaries_find_a_board_that_is_known_by_its_nhs_code(org, clerk, bring):
    library.read_import(
        org, clerk, library.csv("QQQ,NHS INVENTED ICB,2020,1,One,5,,,,,,"), mapping="tidy-ods"
    )
    bring("areas_fingertips.csv")
    bring("boundaries.geojson", keep_good_rows=True)
    assert area("E54000999").ods_code == "QQQ"
    assert area("E54000999").boundary


def test_newer_boundaries_take_the_place_of_older_ones(bring):
    content = (FILES / "boundaries.geojson").read_bytes()
    bring(content, keep_good_rows=True)
    moved = json.loads(content)
    moved["features"][0]["geometry"]["coordinates"][0][1] = [-2.0, 53.4]
    made = bring(json.dumps(moved).encode(), keep_good_rows=True)
    assert AreaBoundary.objects.count() == 2
    assert [-2.0, 53.4] in AreaBoundary.objects.get(area__code="E54000999").geometry["coordinates"][
        0
    ]
    assert outcome_of(made).replaced == 2


SOURCE = "Office for National Statistics, boundaries"


def moved(content: bytes) -> bytes:
    """The same file with the first outline drawn otherwise."""
    data = json.loads(content)
    data["features"][0]["geometry"]["coordinates"][0][1] = [-2.0, 53.4]
    return json.dumps(data).encode()


def outline():
    return AreaBoundary.objects.get(area__code="E54000999")


@pytest.mark.parametrize(
    ("who", "source", "is_replaced"),
    [
        ("same organisation", SOURCE, True),
        ("same organisation", SOURCE.upper() + " ", True),
        ("same organisation", "My own drawing", False),
        ("another organisation", SOURCE, False),
        ("people who run the service", "A better map", True),
    ],
)
def test_who_replaces_the_outline_that_everybody_uses(org, bring, who, source, is_replaced):
    content = (FILES / "boundaries.geojson").read_bytes()
    first = bring(content, keep_good_rows=True, source=SOURCE)
    before = outline().geometry
    elsewhere = stakeholders.organisation()
    owner, by = (elsewhere, stakeholders.commissioner(elsewhere))
    if who == "same organisation":
        owner, by = org, stakeholders.commissioner(org)
    if who == "people who run the service":
        by.is_superuser = True
        by.save()
    made = library.read_import(owner, by, moved(content), source=source, keep_good_rows=True)
    assert (outline().geometry != before) == is_replaced
    assert outline().data_import == (made if is_replaced else first)
    says = [each for each in map(str, made.problems) if "has an outline already" in each]
    assert len(says) == (0 if is_replaced else 1)
    for each in says:
        assert f"“{SOURCE}”" in each
        assert "tell the people who run this service" in each


def test_drawing_an_outline_the_same_again_does_not_make_it_ones_own(bring):
    content = (FILES / "boundaries.geojson").read_bytes()
    first = bring(content, keep_good_rows=True, source=SOURCE)
    elsewhere = stakeholders.organisation()
    by = stakeholders.commissioner(elsewhere)
    for each in (content, moved(content)):
        made = library.read_import(elsewhere, by, each, source=SOURCE, keep_good_rows=True)
        assert outline().data_import == first
    assert outcome_of(made).replaced == 0
    assert [-2.0, 53.4] not in outline().geometry["coordinates"][0]


def test_a_list_can_be_read_again_but_not_undone(client, bring, clerk):
    made = bring("areas_ons.csv")
    client.force_login(clerk)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "It cannot be undone" in page
    assert "Undo this import" not in page
    undoing.read_again(made, by=clerk)
    run_jobs()
    made.refresh_from_db()
    assert made.status == ImportStatus.DONE


def test_the_database_refuses_links_that_cannot_be():
    one = Area.objects.create(code="E1", name="One")
    two = Area.objects.create(code="E2", name="Two")
    AreaLink.objects.create(area=one, other=two, kind=AreaLinkKind.MERGED)
    for wrong in (
        {"area": one, "other": one, "kind": AreaLinkKind.MERGED},
        {"area": one, "other": two, "kind": AreaLinkKind.MERGED},
        {"area": one, "other": two, "kind": AreaLinkKind.LIES_IN, "happened_on": "2021-04-01"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AreaLink.objects.create(**wrong)


# --- The pages ------------------------------------------------------------------------------------


def page(client, name, *args, **query):
    response = client.get(reverse(f"evidence:{name}", args=args), query)
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("words", ["salford", "E08000006", "SAL for", "qqq"])
def test_looking_up_an_area(client, clerk, org, words):
    library.recovery(org, clerk)
    Area.objects.filter(code="E08000006").update(ods_code="QQQ")
    client.force_login(clerk)
    found = page(client, "areas", words=words)
    assert "/library/areas/E08000006/" in found
    assert "/library/areas/E08000009/" not in found


def test_an_area_that_is_not_there(client, clerk):
    client.force_login(clerk)
    assert "No area was found" in page(client, "areas", words="nowhere")
    assert "No areas are known yet" in page(client, "areas")
    assert client.get(reverse("evidence:area", args=["E99999999"])).status_code == 404


def test_the_page_of_an_area(client, clerk, bring, org):
    bring("areas_ons.csv")
    library.read_import(org, clerk, library.csv("E07000901,Old Town,2020,1,One,5,,,,,,"))
    client.force_login(clerk)
    shown = page(client, "area", "E07000901")
    assert "No longer there" in shown
    assert "It is part of another area now" in shown
    assert "/library/areas/E06000901/" in shown
    assert "?area=E07000901" in shown
    assert "It took in" in page(client, "area", "E06000901")
    inside = page(client, "areas", within="E12000099")
    assert "In The Invented" in inside
    assert "/library/areas/E10000901/" in inside
    assert "/library/areas/E07000902/" not in inside


def test_the_day_of_a_change_is_said_where_it_is_known(client, clerk, bring):
    bring("areas_plain.csv")
    client.force_login(clerk)
    assert "Thursday 1 April 2021" in page(client, "area", "99Y")


def test_the_nhs_code_leads_to_the_page(client, clerk, bring):
    bring("areas_fingertips.csv")
    client.force_login(clerk)
    response = client.get(reverse("evidence:area", args=["QQQ"]))
    assert response["Location"] == reverse("evidence:area", args=["E54000999"])


def test_an_area_shows_figures_of_ones_own_libraries_only(client, clerk, org):
    library.recovery(org, clerk)
    stranger = stakeholders.commissioner(stakeholders.organisation())
    client.force_login(stranger)
    shown = page(client, "area", "E08000006")
    assert "Salford" in shown
    assert "Recovery" not in shown


def test_a_code_with_a_slash_has_an_address(client, clerk, org):
    library.read_import(org, clerk, library.csv("12/34 Ä,Odd,2020,1,One,5,,,,,,"))
    client.force_login(clerk)
    odd = Area.objects.get(name="Odd")
    assert client.get(odd.get_absolute_url()).status_code == 200


@pytest.mark.thorough
def test_lists_cost_the_same_however_long(client, clerk, org, django_assert_num_queries):
    from django.db import connection

    library.recovery(org, clerk)
    client.force_login(clerk)
    england = Area.objects.get(code="E92000001")

    def costs(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as counted:
            client.get(address)
        return len(counted)

    Area.objects.exclude(code="E08000006").exclude(pk=england.pk).update(parent=None)
    Area.objects.filter(code="E08000006").update(parent=england)
    addresses = (reverse("evidence:areas"), england.get_absolute_url())
    one = [costs(address) for address in addresses]
    Area.objects.exclude(pk=england.pk).update(parent=england)
    for number in range(3):
        library.read_import(
            org, clerk, library.csv(f"E92000001,England,2020,{number},Number {number},5,,,,,,")
        )
    assert [costs(address) for address in addresses] == one


# --- In any order: which file came first makes no difference --------------------------------------

TALKING_THERAPIES = (
    "org_type,org_code,org_name,variable_type,variable_a,variable_b,measure_name,"
    "measure_statistic,value"
)


def square(code, name):
    ring = [[-1.0, 53.0], [-1.0, 54.0], [0.0, 54.0], [-1.0, 53.0]]
    return {
        "type": "Feature",
        "properties": {"ICB23CD": code, "ICB23NM": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def outlines(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def therapies(*rows):
    return library.csv(*rows, header=TALKING_THERAPIES)


@pytest.fixture
def board_and_partnership(org, clerk):
    """Figures of a partnership by its ONS code, and of the board after it by its NHS code."""
    return library.read_import(
        org,
        clerk,
        therapies(
            "STP,E54000011,Shropshire and Telford,Total,NULL,NULL,recovery,percentage,50",
            "ICB,QOC,NHS SHROPSHIRE TELFORD AND WREKIN INTEGRATED CARE BOARD,Total,NULL,NULL,"
            "recovery,percentage,52",
        ),
        name="nhstt_2024-25.csv",
    )


def test_outlines_find_a_board_that_is_known_from_figures_alone(bring, board_and_partnership):
    made = bring(
        outlines(square("E54000011", "NHS Shropshire, Telford and Wrekin Integrated Care Board"))
    )
    assert (made.status, made.problem_count) == (ImportStatus.DONE, 0)
    board, partnership = area("QOC"), area("E54000011")
    assert AreaBoundary.objects.get().area == board
    link = AreaLink.objects.get()
    assert (link.area, link.other, link.kind) == (partnership, board, AreaLinkKind.SAME)
    assert not partnership.is_current


def test_a_board_gets_the_newer_one_of_two_ons_codes(bring, org, clerk):
    bring(
        b"area_code,area_name,ods_code\n"
        b"E54000021,NHS Cambridgeshire and Peterborough Integrated Care Board,QUE\n"
    )
    name = "NHS CAMBRIDGESHIRE AND PETERBOROUGH INTEGRATED CARE BOARD"
    row = f"ICB,QUE,{name},Total,NULL,NULL,recovery,percentage,52"
    library.read_import(org, clerk, therapies(row), name="nhstt_2024-25.csv")
    newer = outlines(
        square("E54000056", "NHS Cambridgeshire and Peterborough Integrated Care Board")
    )
    older = newer.replace(b"E54000056", b"E54000019")
    for content in (newer, older):
        assert bring(content).status == ImportStatus.DONE
    board, before = area("E54000056"), area("E54000021")
    assert (board.ods_code, board.observations.count()) == ("QUE", 1)
    assert (before.ods_code, before.is_current) == ("", False)
    assert AreaLink.objects.get(area=before).other == board


def test_a_partnership_of_the_same_name_is_no_board_in_whatever_batch_it_comes(org, clerk):
    rows = (
        "ICB,QUE,NHS CAMBRIDGESHIRE AND PETERBOROUGH ICB,Total,NULL,NULL,recovery,percentage,52",
        "STP,E54000021,Cambridgeshire and Peterborough,Total,NULL,NULL,recovery,percentage,50",
    )
    for number, row in enumerate((*rows, *rows[::-1])):
        library.read_import(
            org, clerk, therapies(row), name=f"nhstt_20{20 + number}-{21 + number}.csv"
        )
    assert {(each.code, each.ods_code) for each in Area.objects.all()} == {
        ("QUE", "QUE"),
        ("E54000021", ""),
    }


def test_a_partnership_and_its_board_are_one_place_and_two_boards_are_not(bring, org, clerk):
    stp = "STP,E54000011,Shropshire and Telford,Total,NULL,NULL,recovery,percentage,50"
    library.read_import(org, clerk, therapies(stp), name="nhstt_2019-20.csv")
    board = square("E54000011", "NHS Shropshire, Telford and Wrekin Integrated Care Board")
    assert bring(outlines(board)).status == ImportStatus.DONE
    assert area("E54000011").boundary
    Area.objects.filter(code="E54000011").update(name="NHS Kent Integrated Care Board")
    wrong = bring(outlines(board), again=True)
    assert wrong.status == ImportStatus.CHECKED
    assert "Perhaps a code stands in the wrong row." in wrong.problems[0]["says"]


def test_a_county_may_be_shortened(bring):
    lists = b"area_code,area_name,lies_in\nE47000008,%b,\n"
    bring(lists % b"Cambridgeshire and Peterborough")
    made = bring(lists % b"Cambs and Peterborough Combined Authority")
    assert (made.status, made.problem_count) == (ImportStatus.DONE, 0)
    assert bring(lists % b"Cambs and Ely").problem_count == 1


def test_a_list_that_came_too_early_is_checked_again(client, clerk, bring):
    early = bring(b"area_code,area_name,lies_in\nE08000006,Salford,E12000002\n")
    client.force_login(clerk)
    shown = page(client, "import", early.public_id)
    assert "points to E12000002, which is neither in this file nor known" in shown
    assert reverse("evidence:sources") + "#areas" in shown
    assert "E12" in page(client, "sources")
    bring(b"area_code,area_name,lies_in\nE12000002,North West,\n")
    client.post(reverse("evidence:read-again", args=[early.public_id]))
    run_jobs()
    early.refresh_from_db()
    assert (early.status, early.problem_count) == (ImportStatus.DONE, 0)
    assert area("E08000006").parent == area("E12000002")
