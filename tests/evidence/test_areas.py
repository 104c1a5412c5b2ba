"""Areas from codes: England is one, codes of two registers meet, nothing is joined by guess."""

import pytest

from evidence.enums import AreaType
from evidence.importers import ObservationRow
from evidence.models import Area
from evidence.queries import figures
from evidence.services import areas

pytestmark = pytest.mark.django_db


def row(code: str, name: str = "", kind: str = "") -> ObservationRow:
    return ObservationRow(
        indicator_code="1",
        indicator_name="One",
        area_code=code,
        area_name=name,
        area_type=kind,
        period="2024",
        period_sort=20240000,
        sex="",
        age="",
        category_type="",
        category="",
        value=None,
        lower=None,
        upper=None,
        count=None,
        denominator=None,
        state="missing",
        note="",
        unit="",
        comparison="",
        line=2,
    )


def made(code: str, name: str = "", kind: str = "", *, is_ods: bool = False) -> Area:
    return areas.find_or_make([row(code, name, kind)], is_ods=is_ods)[code]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("E92000001", AreaType.COUNTRY),
        ("E12000002", AreaType.REGION),
        ("E10000017", AreaType.COUNTY),
        ("E06000008", AreaType.UNITARY),
        ("E07000117", AreaType.DISTRICT),
        ("E08000006", AreaType.DISTRICT),
        ("E09000007", AreaType.DISTRICT),
        ("E38000182", AreaType.SUB_ICB),
        ("E54000057", AreaType.ICB),
        ("E40000003", AreaType.NHS_REGION),
        ("E47000001", AreaType.COMBINED),
        ("E30000001", AreaType.OTHER),
    ],
)
def test_type_comes_from_the_code(code, kind):
    assert made(code, "A place").area_type == kind


@pytest.mark.parametrize(
    ("word", "kind"),
    [("ICB", AreaType.ICB), ("STP", AreaType.ICB), ("CCG", AreaType.SUB_ICB), ("", AreaType.OTHER)],
)
def test_type_of_an_ods_code_comes_from_the_file(word, kind):
    area = made("QE1", "A board", word, is_ods=True)
    assert (area.area_type, area.code, area.ods_code) == (kind, "QE1", "QE1")


def test_finding_twice_makes_one():
    assert made("E08000006", "Salford").pk == made("e08000006", "SALFORD").pk
    assert Area.objects.count() == 1


def test_england_of_either_register_is_one_area():
    first = made("E92000001", "England")
    second = made("E92000001", "England", "England", is_ods=True)
    assert first.pk == second.pk
    assert second.is_england
    assert second.ods_code == ""


def test_england_and_unknown_are_never_offered_for_an_assessment():
    for code in ("E92000001", "UNKNOWN", "UNK-CCG", "E08000006"):
        made(code, code, is_ods=code.startswith("UNK"))
    assert [area.code for area in figures.areas_to_assess()] == ["E08000006"]


def test_unknown_area_says_so():
    assert made("UNKNOWN", "ICB not known", "ICB", is_ods=True).name == "Area not known"


def test_ods_board_gets_its_ons_code_by_its_name():
    first = made("QOP", "NHS GREATER MANCHESTER INTEGRATED CARE BOARD", "ICB", is_ods=True)
    second = made("E54000057", "NHS Greater Manchester Integrated Care Board")
    assert (second.pk, second.code, second.ods_code) == (first.pk, "E54000057", "QOP")
    assert made("QOP", is_ods=True).pk == first.pk


def test_ons_board_gets_its_ods_code_by_its_name():
    first = made("E54000057", "NHS Greater Manchester ICB")
    assert made("QOP", "NHS GREATER MANCHESTER", "ICB", is_ods=True).pk == first.pk


def test_places_of_the_same_name_stay_two_unless_they_are_boards():
    first = made("E06000001", "Hartlepool")
    second = made("00K", "Hartlepool", "CCG", is_ods=True)
    assert first.pk != second.pk


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("NHS BATH AND NORTH EAST SOMERSET ICB", "NHS Bath and North East Somerset ICB"),
        ("NHS HARTLEPOOL AND STOCKTON-ON-TEES CCG", "NHS Hartlepool and Stockton-On-Tees CCG"),
        ("Newcastle upon Tyne", "Newcastle upon Tyne"),
    ],
)
def test_capitals_are_made_readable(given, shown):
    assert areas.readable(given) == shown
