"""The fields of a figure, as a person is asked which column of a file is which."""

# By field: what a person is asked for, and an example.
FIGURE_FIELDS: dict[str, tuple[str, str]] = {
    "area_code": ("Code of the area", "Such as E08000006 or QOP."),
    "area_name": ("Name of the area", ""),
    "period": ("Period", "Such as 2024, 2024-25 or 2024 Q1."),
    "indicator_name": ("What is measured", "Such as People in contact with services."),
    "value": ("The figure", ""),
    "unit": ("Unit", "Such as %, people or per 100,000."),
    "lower": ("Lower limit of the 95% interval", ""),
    "upper": ("Upper limit of the 95% interval", ""),
    "count": ("How many people or things it counts", ""),
    "denominator": ("Out of how many", ""),
    "sex": ("Sex", ""),
    "age": ("Age", ""),
    "category_type": ("What the groups are", "Such as Ethnic group."),
    "category": ("Which group", "Such as Asian or Asian British."),
    "indicator_code": ("Number or code of what is measured", ""),
    "area_type": ("Kind of area", ""),
    "note": ("Note", ""),
    "comparison": ("How it compares with England, in the source's words", ""),
}
# What may be the same in every row, so that it can be written instead.
FIXED_FIELDS = frozenset(
    {
        "area_code",
        "area_name",
        "period",
        "indicator_name",
        "indicator_code",
        "unit",
        "sex",
        "age",
        "category_type",
        "category",
        "area_type",
        "note",
    }
)
