"""Saying one of the five numbers, and the populations behind national targets."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from evidence.enums import Horizon, NumberKind, NumberState
from evidence.models import NeedsAssessment, NeedsNumber, Observation
from evidence.queries import needs_numbers as queries
from vbc.ui.forms import DateInThreeField, Form, ModelForm

_PLAIN = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)
_TEXT = [MaxLengthValidator(4_000)]
ABOUT_HINTS = {
    NumberKind.PREVALENCE: "Such as: adults with depression or anxiety, 16 and over, in Salford.",
    NumberKind.TREATED: "Such as: adults who finished a course of talking therapy.",
    NumberKind.UNMET: "Such as: adults with depression or anxiety who get no treatment.",
    NumberKind.WELLBEING: "Such as: adults who rated how satisfied they are with life.",
    NumberKind.COST: "Such as: what the NHS and the council spent on adult mental health.",
}


class AmountField(forms.Field):
    """A number as people write it ("16,725", "£1.2" is £1.20), given on as whole people, or as
    hundredths: pence, or a score of 7.25 as 725."""

    def __init__(self, *, hundredths: bool, **kwargs: Any) -> None:
        attrs = {"class": "nhsuk-input--width-10", "inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        self.hundredths = hundredths

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        if not self.hundredths:
            return str(value)
        whole, part = divmod(value, 100)
        return f"{whole}.{part:02}" if part else str(whole)

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"[£,\s]", "", str(value or ""))
        if not text:
            return None
        if not _PLAIN.fullmatch(text) or ("." in text and not self.hundredths):
            example = "1250000.50" if self.hundredths else "16,725"
            raise ValidationError(f"Write a number, such as {example}")
        return int(Decimal(text) * 100) if self.hundredths else int(text)


class NumberForm(Form):
    """One of the five: the number with where it is from, or that it is not known, with why."""

    marks_optional = False
    state = forms.ChoiceField(label="What can be said?", widget=forms.RadioSelect)
    observation = forms.ModelChoiceField(
        Observation.objects.none(),
        label="Take a figure from the library",
        required=False,
        empty_label="Type the number instead",
        help_text="Its number, year and source are then those of the figure.",
    )
    bands = forms.CharField(
        label="Work it out from age bands",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=_TEXT,
        help_text=(
            "One line for each age: the ages; how many in 100 have the condition now; how many "
            "people of that age there will be. Such as 16 to 34; 17.5; 300,000"
        ),
    )
    unit = forms.CharField(
        label="What it is measured in",
        max_length=80,
        required=False,
        help_text="Such as: out of 10.",
    )
    about = forms.CharField(label="Who or what is counted", max_length=240, required=False)
    period = forms.CharField(
        label="Which year", max_length=40, required=False, help_text="Such as 2024-25."
    )
    source = forms.CharField(
        label="Where it is from",
        max_length=240,
        required=False,
        help_text="Who published it, and what it is called.",
    )
    source_date = DateInThreeField(label="When that was published", required=False)
    method = forms.CharField(
        label="How it was worked out, in plain words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=_TEXT,
    )
    why_not_known = forms.CharField(
        label="Why is it not known?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=_TEXT,
    )
    what_is_done = forms.CharField(
        label="What is done to find out?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=_TEXT,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        assessment: NeedsAssessment,
        kind: str,
        horizon: str,
        line: NeedsNumber | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=_initial(line), **kwargs)
        of = NumberKind(kind)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            choice
            for choice in NumberState.choices
            if of == NumberKind.UNMET or choice[0] != NumberState.WORKED_OUT
        ]
        for name, label in (
            ("amount", "The number" if of != NumberKind.COST else "The amount, in pounds"),
            ("low", "It may be as low as"),
            ("high", "It may be as high as"),
        ):
            self.fields[name] = AmountField(hundredths=of.hundredths, label=label, required=False)
        self.fields["about"].help_text = ABOUT_HINTS[of]
        self.why_no_figures = ""
        figures = queries.counts_about(assessment.organisation, assessment.area)
        if of in (NumberKind.PREVALENCE, NumberKind.TREATED) and horizon == Horizon.NOW:
            if not figures.exists():
                self.why_no_figures = queries.why_no_counts(
                    assessment.organisation, assessment.area
                )
            self.fields["observation"].queryset = figures  # type: ignore[attr-defined]
            self.fields["observation"].label_from_instance = _figure  # type: ignore[attr-defined]
        else:
            del self.fields["observation"]
        if (of, horizon) != (NumberKind.PREVALENCE, Horizon.LATER):
            del self.fields["bands"]
        if of != NumberKind.WELLBEING:
            del self.fields["unit"]
        if self.why_no_figures:
            del self.fields["observation"]
        known = ("observation", "bands", "amount", "unit", "low", "high", "about", "period")
        self.known = [
            each for each in (*known, "source", "source_date", "method") if each in self.fields
        ]

    @property
    def known_fields(self) -> list[Any]:
        """What is asked where it is known, in order."""
        return [self[name] for name in self.known]

    @property
    def not_known_fields(self) -> list[Any]:
        return [self["why_not_known"], self["what_is_done"]]


class PopulationsForm(ModelForm):
    """How many people live here and in England."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = NeedsAssessment
        fields = ("local_population", "national_population", "population_source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


def _initial(line: NeedsNumber | None) -> dict[str, Any]:
    if line is None:
        return {"version": 0}
    names = [field.name for field in NeedsNumber._meta.concrete_fields]
    return {name: getattr(line, name) for name in names if name not in ("id", "assessment")}


def _figure(figure: Observation) -> str:
    exact = figure.count if figure.count is not None else figure.value
    return f"{queries.counted_people(figure)}, {figure.period}: {exact:,.0f}"
