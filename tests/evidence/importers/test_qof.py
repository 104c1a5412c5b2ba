"""QOF files: registers by their plain names, fractions as per cent, and that they are estimates."""

from decimal import Decimal

import pytest

from evidence.comparing import deprivation_order
from evidence.importers.qof import REGIONS, REGISTERS
from tests.evidence.importers.opened import FILES, opened, rows


def test_a_district_file():
    depression, psychosis, welsh = rows("qof_2019-20_districts.csv")
    assert opened("qof_2019-20_districts.csv").mapping == "qof-districts"
    assert depression.indicator_name == "Depression, recorded by general practices (QOF)"
    assert (depression.value, depression.unit) == (Decimal("12.5025"), "%")
    assert (depression.count, depression.denominator) == (Decimal("2500.5"), 20000)
    assert (depression.period, depression.age) == ("2019-20", "18+ yrs")
    assert depression.note == "A modelled estimate, not a count."
    assert psychosis.indicator_code == "qof-mh"
    assert welsh.note.endswith("registered with a practice in England.")


def test_a_region_is_found_by_its_name_and_no_other_is_invented():
    north_east, nowhere = list(opened("qof_2019-20_regions.csv"))
    assert (north_east.area_code, north_east.area_name) == ("E12000001", "North East")
    assert nowhere.message.startswith("Line 3: there is no area code")


def test_deciles_are_groups_of_england_and_wales_is_a_place():
    most, least, wales = rows("qof_2019-20_deciles.csv")
    assert (most.area_code, most.category_type) == ("E92000001", "Deprivation decile (IMD)")
    assert (most.category, least.category) == ("1 (most deprived)", "10 (least deprived)")
    assert (wales.area_code, wales.category_type) == ("W92000004", "")


@pytest.mark.parametrize(
    ("prevalence", "says"),
    [
        ("1.5", "the value is 150%."),
        ("-0.1", "the value is -10%."),
        ("abc", "the value “abc” is not a number."),
        ("NaN", ""),
    ],
)
def test_what_is_no_fraction_is_said(prevalence, says):
    header = "lad_code,lad_name,group_code,register,list,prevalence\n"
    (item,) = list(opened(f"{header}E06000001,Town,DEP,1,2,{prevalence}\n".encode()))
    if says:
        assert says in item.message
    else:
        assert item.state == "missing"


def test_every_register_has_a_plain_name_and_every_region_a_code():
    assert len(REGISTERS) == 21
    assert all(name and not name.isupper() for name, _ in REGISTERS.values())
    assert len(set(REGIONS.values())) == len(REGIONS)


def test_the_tenths_have_an_order_that_a_chart_can_follow():
    header, first, *_ = (FILES / "qof_2019-20_deciles.csv").read_text().splitlines()
    tenths = [first.replace("1,", f"{number},", 1) for number in (10, *range(1, 10))]
    content = "\n".join([header, *tenths]).encode()
    labels = [row.category for row in rows(content)]
    assert [label.split()[0] for label in deprivation_order(labels)] == [
        str(number) for number in range(1, 11)
    ]
