"""Forms of outcomes and of what was learned."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from cycles.models import Finding, OutcomeMeasure
from evidence.enums import Outcome
from vbc.ui.forms import DateInThreeField, Form

_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
DECIDED_BY = (("yes", "A higher figure is better"), ("no", "A lower figure is better"))
COUNTS = (
    ("no", "Whether people are better off: how they feel, live, work, get on with others"),
    ("yes", "What is done: appointments, visits, places"),
)


class _Figure(forms.DecimalField):
    """A figure as people write it and as it is shown: "2,600" is two thousand six hundred."""

    def to_python(self, value: Any) -> Any:
        is_grouped = isinstance(value, str) and _GROUPED.fullmatch(value.strip())
        return super().to_python(value.replace(",", "") if is_grouped else value)


def _figure(label: str, help_text: str = "") -> _Figure:
    return _Figure(
        label=label,
        required=False,
        max_digits=12,
        decimal_places=2,
        help_text=help_text,
        # A browser's own field for numbers takes no comma, and sends nothing where one is typed.
        widget=forms.TextInput(
            attrs={"class": "nhsuk-input--width-5", "inputmode": "decimal", "autocomplete": "off"}
        ),
    )


class OutcomeForm(Form):
    """What is measured, where we started and what we hope for."""

    title = forms.CharField(
        label="What we measure",
        max_length=160,
        help_text="Such as: people who wait longer than six weeks.",
    )
    unit = forms.CharField(
        label="In what",
        max_length=60,
        help_text="Such as: people in 100, days, beds.",
        error_messages={"required": "Say in what it is measured"},
    )
    higher_is_better = forms.TypedChoiceField(
        label="Which way is better?",
        choices=DECIDED_BY,
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    is_output = forms.TypedChoiceField(
        label="What does it count?",
        choices=COUNTS,
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    part_of_life = forms.ChoiceField(
        label="Which part of life is it about?",
        choices=[*Outcome.choices, ("", "None of these: it counts what is done")],
        required=False,
        widget=forms.RadioSelect,
        help_text="The first four are what a national strategy of 2011 asked for.",
    )
    baseline = _figure("Where we started")
    baseline_on = DateInThreeField(label="The day this was measured", required=False)
    hoped = _figure("What we hope for")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, measure: OutcomeMeasure | None = None) -> None:
        initial: dict[str, Any] = {"version": 1, "higher_is_better": "yes"}
        if measure:
            initial = _initial(self, measure)
            initial["higher_is_better"] = "yes" if measure.higher_is_better else "no"
            initial["is_output"] = {True: "yes", False: "no", None: None}[measure.is_output]
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        return _dated(self, super().clean() or {}, "baseline", "baseline_on")


class ResultForm(Form):
    """What it is now."""

    result = _figure("What it is now")
    result_on = DateInThreeField(label="The day this was measured", required=False)
    comment = forms.CharField(
        label="What we make of it",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What else may have changed it. What people say about it.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, measure: OutcomeMeasure) -> None:
        super().__init__(data, initial=_initial(self, measure))

    def clean(self) -> dict[str, Any]:
        return _dated(self, super().clean() or {}, "result", "result_on")


class FindingForm(Form):
    """Something the review learned."""

    text = forms.CharField(
        label="What did we learn?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What worked, what did not, for whom, and what surprised us.",
    )
    is_carried_forward = forms.BooleanField(label="Take this into the next cycle", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, finding: Finding | None = None) -> None:
        initial: dict[str, Any] = {"version": 1, "is_carried_forward": True}
        if finding:
            initial = {name: getattr(finding, name) for name in self.base_fields}
        super().__init__(data, initial=initial)


def _initial(form: forms.Form, measure: OutcomeMeasure) -> dict[str, Any]:
    """What the form begins with; a figure as somebody would type it, without idle noughts."""
    initial = {name: getattr(measure, name) for name in form.base_fields}
    return {
        name: f"{value.normalize():f}" if isinstance(value, Decimal) else value
        for name, value in initial.items()
    }


def _dated(form: forms.Form, cleaned: dict[str, Any], figure: str, day: str) -> dict[str, Any]:
    """A figure stands with its day, and a day with its figure."""
    if figure in form.errors or day in form.errors:
        return cleaned
    if cleaned.get(figure) is not None and cleaned.get(day) is None:
        form.add_error(day, "Enter the day it was measured")
    if cleaned.get(figure) is None and cleaned.get(day) is not None:
        form.add_error(figure, "Enter the figure that was measured on this day")
    return cleaned
