"""Gaps, which of them come first, and partners' plans."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from evidence.enums import Challenge, InPlan, Outcome
from evidence.models import NeedsGap, PartnerPlan
from vbc.ui.forms import Form, ModelForm

_TEXT = [MaxLengthValidator(4_000)]


def _words(label: str, *, required: bool = True, rows: int = 3, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=_TEXT,
    )


class _Edited(ModelForm):
    """A form of a row that is new, or that somebody may have saved meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class GapForm(_Edited):
    """A need, what there is, what is missing and how big that is."""

    what_there_is = _words("What there is for it now")
    gap = _words("What is missing")
    could_be_done = _words("What could be done about it", required=False)
    people = forms.IntegerField(
        label="How many people go without?",
        min_value=0,
        required=False,
        help_text="Leave it empty if nobody has counted. The page then says so.",
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-10", "inputmode": "numeric"}),
    )
    outcome = forms.ChoiceField(
        label="What would it change in people's lives?",
        required=False,
        choices=[("", "Not said"), *Outcome.choices],
        widget=forms.RadioSelect,
    )
    challenges = forms.MultipleChoiceField(
        label="What makes it hard?",
        required=False,
        choices=Challenge.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = NeedsGap
        fields = (
            "need",
            "what_there_is",
            "gap",
            "people",
            "could_be_done",
            "outcome",
            "outcome_words",
            "challenges",
        )


class RankForm(Form):
    """Which place a gap has among the priorities, and why."""

    place = forms.IntegerField(
        label="Which place does it have?",
        min_value=1,
        required=False,
        help_text="1 comes first. Leave it empty to take it out of the priorities.",
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-2", "inputmode": "numeric"}),
    )
    reasons = _words(
        "Why?",
        required=False,
        hint="What people say, what clinicians see and what the figures show: each counts equally.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, gap: NeedsGap, **kwargs: Any) -> None:
        initial = {"place": gap.place, "reasons": gap.reasons, "version": gap.version}
        super().__init__(*args, initial=initial, **kwargs)


class PlanForm(_Edited):
    """A partner's plan, and whether mental health is in it."""

    is_in_it = forms.ChoiceField(
        label="Is mental health in it?", choices=InPlan.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = PartnerPlan
        fields = ("partner", "title", "is_in_it", "where")
