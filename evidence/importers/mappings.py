"""The kinds of file that can be read without anyone having to describe them."""

from __future__ import annotations

from dataclasses import replace

from evidence.importers.fingertips import FINGERTIPS
from evidence.importers.mapping import Mapping, code_from
from evidence.importers.mhsds import MHSDS
from evidence.importers.qof import QOF_DECILES, QOF_DISTRICTS, QOF_REGIONS

# The Fingertips number of an indicator that this source gives by name only, so that its figures
# join those of a Fingertips export.
_FINGERTIPS_NUMBERS = {
    "Emergency Hospital Admissions for Intentional Self-Harm": "21001",
    "Hospital admissions as a result of self-harm (10-24 years)": "90813",
}


def _trafford_row(cells: dict[str, str]) -> dict[str, str]:
    """Its "unit" is who is counted ("Persons"); its "measure" is the unit."""
    number = _FINGERTIPS_NUMBERS.get(cells["indicator_name"], "")
    return cells | {"indicator_code": number}


TRAFFORD = Mapping(
    name="trafford-fingertips",
    title="Fingertips figures as reshaped by Trafford Data Lab",
    columns={
        "area_code": "area_code",
        "area_name": "area_name",
        "period": "period",
        "value": "value",
        "indicator": "indicator_name",
        "measure": "unit",
        "unit": "sex",
        "significance": "comparison",
    },
    required=("area_code", "period", "value", "indicator_name", "unit", "sex", "comparison"),
    row_rule=_trafford_row,
)


def _talking_therapies_row(cells: dict[str, str]) -> dict[str, str]:
    """One indicator for each measure and statistic; a breakdown is a category type.

    "NULL" and "All" in the second variable mean no second breakdown. England, which the source
    calls "All", gets its national code. People whose area is not known are kept: "UNKNOWN" for
    ICBs, and a code of their own for those whose CCG or STP is not known, because both are listed
    for the same years and are different people.
    """
    measure = cells["measure"].replace("_", " ").strip()
    statistic = cells["statistic"].casefold()
    is_total = cells.get("breakdown", "Total").casefold() in {"total", ""}
    groups = [cells.get("group", ""), cells.get("second_group", "")]
    groups = [group for group in groups if group not in {"", "NULL", "All"}]
    area_type, area_code, area_name = cells["area_type"], cells["area_code"], cells["area_name"]
    if area_type.casefold() == "england":
        area_code, area_name = "E92000001", "England"
    elif area_code.casefold() == "unknown":
        area_name = f"{area_type} not known"
        area_code = "UNKNOWN" if area_type == "ICB" else f"UNK-{area_type}"
    units = {"percentage": "%", "count": "referrals" if "referral" in measure else "people"}
    return cells | {
        "indicator_code": code_from(f"{measure} {statistic}", prefix="nhstt") if measure else "",
        "indicator_name": f"{measure[:1].upper()}{measure[1:]} ({statistic})" if measure else "",
        "area_code": area_code,
        "area_name": area_name,
        "category_type": "" if is_total else cells["breakdown"],
        "category": "" if is_total else " / ".join(groups),
        "unit": units.get(statistic, ""),
    }


TALKING_THERAPIES = Mapping(
    name="nhs-talking-therapies",
    title="NHS Talking Therapies annual report",
    columns={
        "reporting_period": "period",
        "org_type": "area_type",
        "org_code": "area_code",
        "org_name": "area_name",
        "variable_type": "breakdown",
        "variable_a": "group",
        "variable_b": "second_group",
        "measure_name": "measure",
        "measure_statistic": "statistic",
        "value": "value",
    },
    constants={"period": "2024-25"},
    required=("area_type", "area_code", "area_name", "measure", "statistic", "value", "period"),
    code_space="ods",
    row_rule=_talking_therapies_row,
)

TIDY = Mapping(
    name="tidy",
    title="A plain table, one figure in each row",
    columns={
        "area_code": "area_code",
        "area_name": "area_name",
        "area_type": "area_type",
        "period": "period",
        "time_period": "period",
        "indicator": "indicator_name",
        "indicator_name": "indicator_name",
        "indicator_code": "indicator_code",
        "indicator_id": "indicator_code",
        "value": "value",
        "lower": "lower",
        "upper": "upper",
        "count": "count",
        "denominator": "denominator",
        "sex": "sex",
        "age": "age",
        "category_type": "category_type",
        "category": "category",
        "unit": "unit",
        "note": "note",
        "comparison": "comparison",
    },
    required=("area_code", "period", "indicator_name", "value"),
)
# The same table with NHS organisation codes; only a person can tell, so it is never guessed.
TIDY_ODS = replace(
    TIDY,
    name="tidy-ods",
    title="A plain table, one figure in each row, with NHS organisation codes",
    code_space="ods",
)

SAVED = (
    FINGERTIPS,
    TRAFFORD,
    TALKING_THERAPIES,
    MHSDS,
    QOF_DISTRICTS,
    QOF_REGIONS,
    QOF_DECILES,
    TIDY,
    TIDY_ODS,
)
BY_NAME = {mapping.name: mapping for mapping in SAVED}
