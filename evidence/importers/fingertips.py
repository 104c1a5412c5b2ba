"""The Fingertips "all data" CSV, by column name.

Exports differ: 26 or 27 columns, names with or without spaces, and the benchmark's name is part
of a column's name ("Compared to Region value or percentiles"), so columns are never taken by
position. England is listed beside the local areas, as area E92000001.
"""

from __future__ import annotations

from evidence.importers.mapping import Mapping


def _withheld_by_note(cells: dict[str, str]) -> dict[str, str]:
    """Fingertips leaves a withheld figure empty and says so in its note."""
    if not cells["value"] and "suppress" in cells.get("note", "").casefold():
        return cells | {"value": "*"}
    return cells


FINGERTIPS = Mapping(
    name="fingertips",
    title="Fingertips, all data",
    columns={
        "Indicator ID": "indicator_code",
        "Indicator Name": "indicator_name",
        "Area Code": "area_code",
        "Area Name": "area_name",
        "Area Type": "area_type",
        "Sex": "sex",
        "Age": "age",
        "Category Type": "category_type",
        "Category": "category",
        "Time period": "period",
        "Value": "value",
        "Lower CI 95.0 limit": "lower",
        "Lower CI limit": "lower",
        "Upper CI 95.0 limit": "upper",
        "Upper CI limit": "upper",
        "Count": "count",
        "Denominator": "denominator",
        "Value note": "note",
        "Time period Sortable": "period_sort",
        "Compared to England value or percentiles": "comparison",
    },
    prefixes={"Compared to": "comparison"},
    never=("Compared to goal",),
    required=("indicator_code", "indicator_name", "area_code", "area_name", "period", "value"),
    row_rule=_withheld_by_note,
)
