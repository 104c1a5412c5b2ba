"""Prevalence in the Quality and Outcomes Framework, as modelled by the House of Commons Library.

General practices count the patients on each disease register; the Library shares those counts out
to districts, regions and tenths of neighbourhoods by where patients live. So a register of 2,182.7
people is an estimate, decimals and all, and every figure carries a note that says so.

Three shapes of one file: by district (with codes), by region (names only), and by decile of the
Index of Multiple Deprivation, where 1 is the most deprived tenth. The Welsh rows are people who
live in Wales and are registered with a practice in England, a small part of everybody there.
"""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from decimal import Decimal, InvalidOperation

from evidence.importers.mapping import Mapping

# Each register by its plain name and the ages it counts, as the framework of 2019/20 defines it.
REGISTERS: MappingType[str, tuple[str, str]] = {
    "AF": ("Atrial fibrillation", ""),
    "AST": ("Asthma", ""),
    "CAN": ("Cancer", ""),
    "CHD": ("Coronary heart disease", ""),
    "CKD": ("Chronic kidney disease", "18+ yrs"),
    "COPD": ("Chronic obstructive pulmonary disease", ""),
    "CVDPP": ("Cardiovascular disease, primary prevention", "30-74 yrs"),
    "DEM": ("Dementia", ""),
    "DEP": ("Depression", "18+ yrs"),
    "DM": ("Diabetes", "17+ yrs"),
    "EP": ("Epilepsy", "18+ yrs"),
    "HF": ("Heart failure", ""),
    "HYP": ("High blood pressure", ""),
    "LD": ("Learning disabilities", ""),
    "MH": ("Schizophrenia, bipolar disorder and other psychoses", ""),
    "OB": ("Obesity", "18+ yrs"),
    "OST": ("Osteoporosis", "50+ yrs"),
    "PAD": ("Peripheral arterial disease", ""),
    "PC": ("Palliative care", ""),
    "RA": ("Rheumatoid arthritis", "16+ yrs"),
    "STIA": ("Stroke and transient ischaemic attack", ""),
}
# ONS codes of what these files give by name only.
REGIONS: MappingType[str, str] = {
    "North East": "E12000001",
    "North West": "E12000002",
    "Yorkshire and The Humber": "E12000003",
    "East Midlands": "E12000004",
    "West Midlands": "E12000005",
    "East of England": "E12000006",
    "London": "E12000007",
    "South East": "E12000008",
    "South West": "E12000009",
    "England": "E92000001",
    "Wales": "W92000004",
}
_BY_NAME = {name.casefold(): (code, name) for name, code in REGIONS.items()}
_ESTIMATE = "A modelled estimate, not a count."
_IN_WALES = "Only people who live in Wales and are registered with a practice in England."
# Each says which end it is nearer to, so that the tenths can be told from other numbers and put in
# their order.
_PLACES = ("", "second ", "third ", "fourth ", "fifth ")
_DECILES = {
    **{str(1 + n): f"{1 + n} ({place}most deprived)" for n, place in enumerate(_PLACES)},
    **{str(10 - n): f"{10 - n} ({place}least deprived)" for n, place in enumerate(_PLACES)},
}


def _region(cells: dict[str, str]) -> dict[str, str]:
    """A region that is not known has no code, and the reading says so."""
    code, name = _BY_NAME.get(cells["region"].casefold(), ("", cells["region"]))
    return _figure(cells | {"area_code": code, "area_name": name})


def _decile(cells: dict[str, str]) -> dict[str, str]:
    """England by tenth of neighbourhoods; "Wales" stands among the tenths and is a place."""
    tenth = cells["tenth"]
    if tenth.casefold() == "wales":
        return _figure(cells | {"area_code": REGIONS["Wales"], "area_name": "Wales"})
    return _figure(
        cells
        | {
            "area_code": REGIONS["England"],
            "area_name": "England",
            "category_type": "Deprivation decile (IMD)",
            "category": _DECILES.get(tenth, tenth),
        }
    )


def _figure(cells: dict[str, str]) -> dict[str, str]:
    register = cells["register_code"].upper()
    name, age = REGISTERS.get(register, (cells["register_code"], ""))
    is_welsh = cells.get("area_code", "").startswith("W")
    return cells | {
        "indicator_code": f"qof-{register.casefold()}" if register else "",
        "indicator_name": f"{name}, recorded by general practices (QOF)" if register else "",
        "age": age,
        "unit": "%",
        "value": _per_cent(cells["value"]),
        "note": f"{_ESTIMATE} {_IN_WALES}" if is_welsh else _ESTIMATE,
    }


def _per_cent(fraction: str) -> str:
    """0.0402 as 4.02. What is no number goes on as it is, and the reading says so."""
    try:
        number = Decimal(fraction)
    except InvalidOperation:
        return fraction
    return f"{number.scaleb(2):f}" if number.is_finite() else fraction


_COLUMNS = {
    "group_code": "register_code",
    "register": "count",
    "list": "denominator",
    "prevalence": "value",
}
_REQUIRED = ("register_code", "count", "denominator", "value", "period")
_PERIOD = {"period": "2019-20"}

QOF_DISTRICTS = Mapping(
    name="qof-districts",
    title="QOF prevalence by district (House of Commons Library)",
    columns={"lad_code": "area_code", "lad_name": "area_name", **_COLUMNS},
    constants=_PERIOD,
    required=("area_code", "area_name", *_REQUIRED),
    row_rule=_figure,
)
QOF_REGIONS = Mapping(
    name="qof-regions",
    title="QOF prevalence by region (House of Commons Library)",
    columns={"region": "region", **_COLUMNS},
    constants=_PERIOD,
    required=("region", *_REQUIRED),
    row_rule=_region,
)
QOF_DECILES = Mapping(
    name="qof-deciles",
    title="QOF prevalence by deprivation (House of Commons Library)",
    columns={"imd_overall": "tenth", **_COLUMNS},
    constants=_PERIOD,
    required=("tenth", *_REQUIRED),
    row_rule=_decile,
)
