"""Linking and appraising evidence."""

from typing import Any

from django import forms

from cycles.enums import Certainty, EvidenceDirection
from cycles.forms.limits import MOST, at_most_long
from evidence.models import Reference
from vbc.ui.forms import Form

NOTHING_FOUND = ""


class LinkEvidenceForm(Form):
    """A reference of the library, which way it points, and what it does not tell."""

    reference = forms.ModelChoiceField(
        label="Which reference?", queryset=Reference.objects.none(), empty_label="Choose one"
    )
    direction = forms.ChoiceField(
        label="Which way does it point?",
        choices=EvidenceDirection.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="What it tells us here, and what it does not",
        help_text="Does it fit people here?",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, references: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reference"]
        field.queryset = references
        field.to_field_name = "public_id"


class AppraisalForm(Form):
    """What the evidence says about an option, or that none was found."""

    marks_optional = False

    summary = forms.CharField(
        label="What the evidence says",
        help_text="In words a neighbour would understand.",
        validators=[at_most_long],
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    rating = forms.TypedChoiceField(
        label="How strongly does the evidence speak for the option?",
        help_text="1: strongly against. 5: neither way. 9: strongly for.",
        choices=[
            *((str(number), str(number)) for number in range(1, 10)),
            (NOTHING_FOUND, "No evidence was found"),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select,
    )
    certainty = forms.ChoiceField(
        label="How sure is the evidence?",
        choices=[("", "No evidence was found"), *Certainty.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    searched = forms.CharField(
        label="Who looked, where and when",
        help_text="Needed where nothing was found. Unknown is never counted as low.",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    dissent = forms.CharField(
        label="Where a reviewer sees it differently (optional)",
        help_text="Printed beside the rating.",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        found = cleaned.get("rating") is not None
        if found and not cleaned.get("certainty"):
            self.add_error("certainty", "Say how sure the evidence is")
        if not found and cleaned.get("certainty"):
            self.add_error(
                "rating", "Choose a number; or choose “No evidence was found” in both questions"
            )
        if not found and not cleaned.get("certainty") and not cleaned.get("searched"):
            self.add_error("searched", "Say who looked, where and when")
        return cleaned


class VersionForm(forms.Form):
    """Which version of a text somebody has read and means."""

    version = forms.IntegerField()
