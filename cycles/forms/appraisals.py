"""Linking and appraising evidence."""

from typing import Any

from django import forms

from cycles.enums import (
    JUDGEMENTS,
    Applicability,
    Certainty,
    Criterion,
    EffectSize,
    EvidenceDirection,
)
from cycles.forms.choices import offer
from cycles.forms.limits import MOST, at_most_long
from evidence.forms.common import ReferenceField
from evidence.models import Indicator
from vbc.ui.forms import ByNameField, Form

NOTHING_FOUND = ""
# Criteria on which people's own judgement says as much as any study.
OF_PEOPLE = frozenset({Criterion.VALUES, Criterion.EQUITY, Criterion.ACCEPTABILITY})


class LinkEvidenceForm(Form):
    """A reference or local figures of the library: which way they point, how far, how sure."""

    reference = ReferenceField(
        label="Something from the library",
        help_text="A study, guidance or an account of experience.",
        required=False,
        empty_label="None of these",
    )
    indicator = ByNameField(
        Indicator.objects.none(),
        label="Or local figures",
        to_field_name="public_id",
        required=False,
        empty_label="None of these",
    )
    direction = forms.ChoiceField(
        label="Which way does it point?",
        choices=EvidenceDirection.choices,
        widget=forms.RadioSelect,
    )
    size = forms.ChoiceField(
        label="How much difference did it make?",
        choices=[("", "Leave open"), *EffectSize.choices],
        required=False,
    )
    certainty = forms.ChoiceField(
        label="How sure is that?",
        choices=[("", "Leave open"), *Certainty.choices],
        required=False,
    )
    applicability = forms.ChoiceField(
        label="Was it about people and places like ours?",
        choices=[("", "Leave open"), *Applicability.choices],
        required=False,
    )
    note = forms.CharField(
        label="What does it tell us here?",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    does_not_tell = forms.CharField(
        label="What does it not tell us?",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, references: Any, indicators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, things in (("reference", references), ("indicator", indicators)):
            if things.exists():
                offer(self, name, things)
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two, as `source`."""
        said = super().clean() or {}
        chosen = [said.pop(name, None) for name in ("reference", "indicator")]
        if self.errors.keys() & {"reference", "indicator"}:
            return said
        if chosen.count(None) != 1:
            one_too_many = None not in chosen
            says = "Choose one of the two, not both" if one_too_many else "Choose what to link"
            self.add_error(next(iter(self.fields)), says)
        said["source"] = chosen[0] or chosen[1]
        return said


class JudgementForm(Form):
    """What reviewers judge by one criterion, and from what."""

    judgement = forms.ChoiceField(label="What do you judge?", widget=forms.RadioSelect)
    research = forms.CharField(
        label="What do studies and figures say?",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    considerations = forms.CharField(
        label="What else matters here?",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, criterion: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["judgement"]
        field.choices = JUDGEMENTS[criterion]
        if criterion in OF_PEOPLE:
            self.fields[
                "considerations"
            ].help_text = "What service users, carers and clinicians said in the talk belongs here."


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
