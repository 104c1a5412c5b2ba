"""Adding a file of public data, and saying which of its columns is what."""

from collections.abc import Iterator
from typing import Any

from django import forms

from evidence.enums import CodeSpace
from evidence.enums.columns import FIGURE_FIELDS, FIXED_FIELDS
from evidence.forms.common import ForOrganisation
from evidence.importers import OTHERS, SAVED, Sample
from evidence.importers.cells import clean
from evidence.importers.mapping import plain_name
from evidence.importers.mappings import TIDY
from evidence.importers.opening import WORKBOOK
from evidence.importers.periods import period_sort
from evidence.importers.reading import LONGEST
from evidence.importers.text import ENCODINGS
from evidence.models import ColumnMapping
from evidence.queries.columns import ASK, NEEDED
from vbc.ui.forms import BoundField, Form


class StartImportForm(ForOrganisation):
    """A file, and what its readers should know about it."""

    file = forms.FileField(
        label="The file",
        help_text=(
            "A CSV file or an Excel workbook (.xlsx), such as one from Fingertips or NHS England. "
            "Of a workbook, all sheets with the same columns are read, and the others are named. "
            "Boundaries come as GeoJSON."
        ),
        error_messages={
            "empty": "This file is empty. Check that it is the one you meant to add.",
            "missing": "Choose a file with figures in it.",
        },
    )
    published = forms.ChoiceField(
        label="Is what is in the file already published?",
        help_text=(
            "If it holds figures of your own, numbers from 1 to 7 are hidden and others rounded "
            "wherever they are shown, so that nobody can be recognised. What you add stays as it "
            "is."
        ),
        choices=[
            ("yes", "Yes, anybody can read it"),
            ("no", "No, it is our own, or not everybody may read it"),
        ],
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label="Where it is from",
        help_text="Who publishes it, and under what name. It is printed under every chart.",
        max_length=240,
    )
    licence = forms.CharField(
        label="Licence",
        help_text="Such as Open Government Licence v3.0.",
        max_length=120,
        required=False,
    )
    mapping = forms.ChoiceField(
        label="What kind of file it is",
        choices=[
            ("", "Find out from the file"),
            (ASK, "Another kind: I will say which column is what"),
            ("Figures", [(each.name, each.title) for each in SAVED]),
            ("Not figures", list(OTHERS.items())),
        ],
        required=False,
    )
    period = forms.CharField(
        label="Period of the figures",
        help_text="Only where the file does not say. Write it like 2024, 2024-25 or 2024 Q1.",
        max_length=40,
        required=False,
    )
    field_order = ("file", "published", "source", "licence", "mapping", "period", "organisation")


_FIRST = ("area_code", "area_name", "period", "indicator_name", "value", "unit")


class ColumnsForm(Form):
    """Which column is which field of a figure, and what is the same in every row."""

    marks_optional = False  # Nearly all are, and of each pair one.
    name = forms.CharField(
        label="What you call files like this",
        help_text="The next one with the same columns is recognised by this name.",
        max_length=120,
    )
    code_space = forms.ChoiceField(
        label="Whose codes the areas have", choices=CodeSpace.choices, widget=forms.RadioSelect
    )
    decimal_comma = forms.ChoiceField(
        label="How decimals are written",
        choices=[("", "With a point: 12.5"), ("comma", "With a comma: 12,5")],
        widget=forms.RadioSelect,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sample: Sample, said: ColumnMapping | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sample = sample
        offered = _offered(sample.header)
        for field, (label, hint) in FIGURE_FIELDS.items():
            self.fields[f"column_{field}"] = forms.ChoiceField(
                label=label,
                help_text=hint,
                choices=[("", "Not in the file"), *((name, name) for name in offered)],
                required=False,
            )
            if field in FIXED_FIELDS:
                self.fields[f"fixed_{field}"] = forms.CharField(
                    label=f"{label}, if it is the same in every row",
                    max_length=LONGEST[field],
                    required=False,
                )
        self.initial.update(
            _first_guess(sample, offered) if said is None else _as_said(said, sample)
        )

    @property
    def needed(self) -> Iterator[BoundField]:
        """The fields without which there is no figure, and the two that most files have."""
        return self._fields(lambda field: field in _FIRST)

    @property
    def others(self) -> Iterator[BoundField]:
        return self._fields(lambda field: field not in _FIRST)

    @property
    def shows_others(self) -> bool:
        """Whether something is said, or wrong, in a field that stands folded away."""
        return any(field.value() or field.errors for field in self.others)

    def _fields(self, wanted: Any) -> Iterator[BoundField]:
        for field in filter(wanted, FIGURE_FIELDS):
            yield self[f"column_{field}"]  # type: ignore[misc] # our own BoundField
            if field in FIXED_FIELDS:
                yield self[f"fixed_{field}"]  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        used: dict[str, str] = {}
        for field, (label, _) in FIGURE_FIELDS.items():
            column = said.get(f"column_{field}", "")
            fixed = clean(said.get(f"fixed_{field}", ""))
            if column and fixed:
                self.add_error(f"fixed_{field}", "Choose a column or write the words, not both")
            if field in NEEDED and not column and not fixed:
                ends = " or write what it is in every row" if field in FIXED_FIELDS else ""
                self.add_error(f"column_{field}", f"{label}: choose a column{ends}")
            if column in used:
                self.add_error(
                    f"column_{field}", f"This column is chosen for “{used[column]}” already"
                )
            elif column:
                used[column] = label
            if field == "period" and fixed:
                self._check_period(fixed)
        return said

    def _check_period(self, period: str) -> None:
        try:
            period_sort(period)
        except ValueError:
            self.add_error("fixed_period", "Write the period like 2024, 2024-25 or 2024 Q1")

    @property
    def description(self) -> dict[str, Any]:
        """What was said, as the service takes it."""
        said = self.cleaned_data
        columns = {field: said.get(f"column_{field}", "") for field in FIGURE_FIELDS}
        fixed = {field: clean(said.get(f"fixed_{field}", "")) for field in FIGURE_FIELDS}
        return {
            "name": said["name"],
            "columns": {field: column for field, column in columns.items() if column},
            "constants": {field: words for field, words in fixed.items() if words},
            "code_space": said["code_space"],
            "decimal_comma": bool(said["decimal_comma"]),
            "version": said["version"],
        }


class WritingForm(Form):
    """How a CSV file was written, where what was found out looks wrong."""

    encoding = forms.ChoiceField(
        label="How letters are written",
        choices=[(name, title) for name, title in ENCODINGS.items() if name != "utf-8-sig"],
    )
    delimiter = forms.ChoiceField(
        label="What stands between the columns",
        choices=[(",", "A comma"), (";", "A semicolon"), ("\t", "A tab")],
    )

    def __init__(self, *args: Any, sample: Sample, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_of_use = sample.encoding != WORKBOOK
        self.initial["encoding"] = sample.encoding.removesuffix("-sig")
        self.initial["delimiter"] = sample.delimiter


def _offered(header: tuple[str, ...]) -> list[str]:
    """The columns that can be chosen: those that are named, and by a name of their own."""
    plain = [plain_name(name) for name in header]
    return [name for name, key in zip(header, plain, strict=True) if key and plain.count(key) == 1]


def _first_guess(sample: Sample, offered: list[str]) -> dict[str, Any]:
    """What the names of the columns suggest."""
    guess: dict[str, Any] = {
        "version": 0,
        "code_space": CodeSpace.ONS,
        "decimal_comma": "comma" if sample.decimal_comma else "",
    }
    known = {plain_name(column): field for column, field in TIDY.columns.items()}
    for name in offered:
        field = known.get(plain_name(name))
        if field and f"column_{field}" not in guess:
            guess[f"column_{field}"] = name
    return guess


def _as_said(said: ColumnMapping, sample: Sample) -> dict[str, Any]:
    """What was said before. Its columns are named as this file names them."""
    here = {plain_name(name): name for name in sample.header}
    return {
        "name": said.name,
        "version": said.version,
        "code_space": said.code_space,
        "decimal_comma": "comma" if said.decimal_comma else "",
        **{
            f"column_{field}": here.get(plain_name(column), "")
            for field, column in said.columns.items()
        },
        **{f"fixed_{field}": words for field, words in said.constants.items()},
    }
