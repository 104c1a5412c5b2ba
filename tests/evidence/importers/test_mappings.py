from decimal import Decimal
from pathlib import Path

import pytest

from evidence.importers import SAVED, ObservationRow, open_file
from evidence.importers.mapping import NUMBER_FIELDS, TEXT_FIELDS, code_from

FILES = Path(__file__).parent.parent / "files"


def parse(name, **options):
    with (FILES / name).open("rb") as stream:
        return open_file(stream, name, **options)


def rows(name, **options):
    items = list(parse(name, **options))
    assert all(isinstance(item, ObservationRow) for item in items)
    return items


@pytest.mark.parametrize(
    ("name", "mapping", "code_space"),
    [
        ("fingertips.csv", "fingertips", "ons"),
        ("fingertips_without_spaces.csv", "fingertips", "ons"),
        ("trafford.csv", "trafford-fingertips", "ons"),
        ("talking_therapies_groups.csv", "nhs-talking-therapies", "ods"),
        ("talking_therapies_years.csv", "nhs-talking-therapies", "ods"),
        ("tidy.csv", "tidy", "ons"),
    ],
)
def test_the_kind_of_file_is_found_from_its_header(name, mapping, code_space):
    parsed = parse(name)
    assert (parsed.mapping, parsed.code_space) == (mapping, code_space)


def test_fingertips_zero_suppressed_and_missing():
    found = [(row.area_code, row.state, row.value) for row in rows("fingertips.csv")]
    assert found == [
        ("E92000001", "value", Decimal("120.25")),
        ("E06000001", "value", Decimal(0)),
        ("E06000002", "suppressed", None),
        ("E06000003", "missing", None),
        ("E06000003", "suppressed", None),
    ]


def test_fingertips_fields_come_from_their_columns():
    row = rows("fingertips.csv")[1]
    assert (row.lower, row.upper, row.count) == (0, Decimal("3.5"), 0)
    assert (row.indicator_code, row.comparison, row.age) == ("90001", "Better", "All ages")
    assert row.area_type == "Districts & UAs (2021/22)"
    last = rows("fingertips.csv")[-1]
    assert (last.period_sort, last.category) == (20170000, "Most deprived")


def test_fingertips_takes_the_benchmark_that_is_there_and_never_the_goal():
    parsed = parse("fingertips_without_spaces.csv")
    assert parsed.columns["comparison"] == "ComparedtoRegions(statistical)valueorpercentiles"
    (row,) = parsed
    assert (row.comparison, row.lower, row.count) == ("Worse", 11, None)


def test_trafford_unit_is_who_and_measure_is_the_unit():
    missing, rate, proportion = rows("trafford.csv")
    assert (missing.state, missing.value) == ("missing", None)
    assert (rate.unit, rate.sex) == ("Age standardised rate per 100,000", "Persons")
    assert (proportion.unit, proportion.comparison) == ("%", "Better")
    assert rate.indicator_code != proportion.indicator_code


def test_talking_therapies_groups():
    england, referrals, mixed, suppressed, zero, second, unknown = rows(
        "talking_therapies_groups.csv"
    )
    assert (england.area_code, england.area_name) == ("E92000001", "England")
    assert england.indicator_code == "nhstt-recovery-percentage"
    assert (england.indicator_name, england.unit) == ("Recovery (percentage)", "%")
    assert (england.category_type, england.category) == ("", "")
    assert (referrals.value, referrals.unit) == (1230, "referrals")
    assert (mixed.category_type, mixed.category) == ("Ethnic Group", "Mixed")
    assert (suppressed.state, suppressed.value, suppressed.category) == ("suppressed", None, "None")
    assert (zero.state, zero.value, zero.unit) == ("value", 0, "people")
    assert second.category == "Mixed / White and Asian"
    assert (unknown.area_code, unknown.area_name) == ("UNKNOWN", "ICB not known")


def test_a_period_that_the_file_does_not_give_is_assumed_and_told():
    parsed = parse("talking_therapies_groups.csv")
    assert parsed.assumed == {"period": "2024-25"}
    assert {row.period for row in parsed} == {"2024-25"}


def test_the_files_name_or_a_person_knows_the_period_better():
    with (FILES / "talking_therapies_groups.csv").open("rb") as stream:
        assert open_file(stream, "annual_2023-24_icb.csv").assumed == {"period": "2023-24"}
    said = parse("talking_therapies_groups.csv", constants={"period": "2022-23"})
    assert said.assumed == {}
    assert {row.period for row in said} == {"2022-23"}


def test_people_of_an_unknown_ccg_are_not_those_of_an_unknown_stp():
    found = [(row.area_code, row.period, row.value) for row in rows("talking_therapies_years.csv")]
    assert found == [
        ("UNK-STP", "2021-22", 42),
        ("UNK-CCG", "2021-22", 40),
        ("QZ1", "2022-23", 48),
    ]
    assert parse("talking_therapies_years.csv").assumed == {}


def test_nhs_codes_in_a_plain_table_are_a_persons_choice():
    assert parse("tidy.csv", mapping_name="tidy-ods").code_space == "ods"


def test_every_saved_mapping_can_make_a_figure():
    for mapping in SAVED:
        if mapping.row_rule is None:
            fields = {*mapping.columns.values(), *mapping.prefixes.values()}
            assert fields <= {*TEXT_FIELDS, *NUMBER_FIELDS, "period_sort"}
        assert set(mapping.required) <= {*mapping.columns.values(), *mapping.constants}


def test_long_names_that_differ_at_their_end_get_different_codes():
    one, other = (code_from("waiting time " * 10 + end) for end in ("a", "b"))
    assert one != other
    assert len(one) <= 80
    assert code_from("Recovery (percentage)", prefix="nhstt") == "nhstt-recovery-percentage"
