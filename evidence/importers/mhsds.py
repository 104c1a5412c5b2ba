"""The monthly CSV of the Mental Health Services Data Set, with its old and its new column names.

METRIC became MEASURE_ID, and METRIC_VALUE became MEASURE_VALUE. BREAKDOWN says what the two levels
of a row are, such as "England", "Sub ICB - GP Practice or Residence; Age Group": its first part
names the kind of place where it is one, and what follows is whom the figure is about.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

from evidence.importers.mapping import Mapping

_NOTHING = frozenset({"", "none", "null", "not applicable"})
# How a kind of place begins in BREAKDOWN, and what the library calls it.
_PLACES = (
    (re.compile(r"england"), "England"),
    (re.compile(r"sub[ -]?icb"), "Sub-ICB"),
    (re.compile(r"icb|integrated care board"), "ICB"),
    (re.compile(r"stp"), "STP"),
    (re.compile(r"ccg"), "CCG"),
    (re.compile(r"commissioning region|region"), "Commissioning region"),
    (re.compile(r"lad\b|local authority|county"), "Local authority"),
    (re.compile(r"provider"), "Provider"),
)
# People whose place is not known are kept, each kind of place apart from the others.
_NOT_KNOWN = {
    "ICB": "UNKNOWN",
    "Sub-ICB": "UNK-SUBICB",
    "Commissioning region": "UNK-REGION",
    "Local authority": "UNK-LA",
    "Provider": "UNK-PROVIDER",
}
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y%m%d")


def _row(cells: dict[str, str]) -> dict[str, str]:
    kinds = [part.strip() for part in cells["breakdown"].split(";") if part.strip()]
    levels = [_level(cells, "primary"), _level(cells, "secondary")]
    place = _place(kinds[0]) if kinds else "England"
    if place:
        code, name = levels.pop(0)
        kinds = kinds[1:]
    else:  # A breakdown of the whole country by something else.
        place, code, name = "England", "England", "England"
    if place == "England":
        code, name = "E92000001", "England"
    elif code.casefold() == "unknown":
        code, name = _NOT_KNOWN.get(place, f"UNK-{place}"), f"{place} not known"
    groups = [words for _, words in levels if words]
    measure, called = cells["measure"], cells.get("measure_name", "")
    return cells | {
        "indicator_code": measure,
        "indicator_name": called or measure,
        "area_code": code,
        "area_name": name,
        "area_type": place,
        "category_type": "; ".join(kinds) if groups else "",
        "category": " / ".join(groups),
        "period": _period(cells["start"], cells["end"]),
        "note": f"Status: {cells['status']}" if cells.get("status") else "",
    }


def _place(kind: str) -> str:
    plain = kind.casefold()
    return next((called for begins, called in _PLACES if begins.match(plain)), "")


def _level(cells: dict[str, str], which: str) -> tuple[str, str]:
    """The code of a level and its words; both empty where the row has no such level."""
    code = cells.get(f"{which}_level", "")
    words = cells.get(f"{which}_words", "")
    code = "" if code.casefold() in _NOTHING else code
    words = "" if words.casefold() in _NOTHING else words
    return code, words or code


def _period(start: str, end: str) -> str:
    """A whole month by its name, several months as a span; otherwise what the file says."""
    first, last = _day(start), _day(end)
    if first is None or last is None or last < first:
        return start
    ends_a_month = last.day == calendar.monthrange(last.year, last.month)[1]
    if first.day != 1 or not ends_a_month:
        return start
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    return f"{first:%B %Y} to {last:%B %Y}"


def _day(text: str) -> date | None:
    for shape in _DAYS:
        try:
            return datetime.strptime(text, shape).date()
        except ValueError:
            continue
    return None


MHSDS = Mapping(
    name="mhsds",
    title="Mental Health Services Data Set, monthly figures",
    columns={
        "REPORTING_PERIOD_START": "start",
        "REPORTING_PERIOD_END": "end",
        "STATUS": "status",
        "BREAKDOWN": "breakdown",
        "PRIMARY_LEVEL": "primary_level",
        "PRIMARY_LEVEL_DESCRIPTION": "primary_words",
        "SECONDARY_LEVEL": "secondary_level",
        "SECONDARY_LEVEL_DESCRIPTION": "secondary_words",
        "MEASURE_ID": "measure",
        "METRIC": "measure",
        "MEASURE_NAME": "measure_name",
        "METRIC_NAME": "measure_name",
        "MEASURE_VALUE": "value",
        "METRIC_VALUE": "value",
    },
    required=("start", "end", "breakdown", "primary_level", "measure", "value"),
    code_space="ods",
    row_rule=_row,
)
