"""What each pillar says, and the record."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from cycles.enums import RecordType
from cycles.forms.limits import MOST, at_most_long
from cycles.models import MinorityStatement, Option, PillarSentence
from vbc.ui.forms import DateInThreeField, Form

A_YEAR = timedelta(days=365)


class SentenceForm(Form):
    """The sentence that a pillar agreed about an option."""

    text = forms.CharField(
        label="The sentence",
        help_text="It can be published, so it names nobody and quotes no rating of one person.",
        max_length=PillarSentence._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class HeardForm(Form):
    """Whether one of a pillar's people feels heard."""

    feels_heard = forms.TypedChoiceField(
        label="Do you yourself feel heard?",
        help_text="This is not the same as agreeing. Each of you answers for yourself, and can "
        "change your own answer only. The record says “Yes, we were heard” if everybody of your "
        "group who answers says yes. Every no stays.",
        choices=[("yes", "Yes, I was heard"), ("no", "No, I was not")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label="What you want to add",
        help_text="It stands beside the record, without your name. Where only a few answer, others "
        "may guess whose words they are.",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MinorityStatementForm(Form):
    """What a member wants to stand beside the record, word for word."""

    text = forms.CharField(
        label="Your statement",
        max_length=MinorityStatement._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    shown_with_name = forms.TypedChoiceField(
        label="How shall it be signed?",
        choices=[("no", "By “a member of the panel”"), ("yes", "With the name that others see")],
        coerce=lambda value: value == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(
        label="I agree that these words are published as they stand and cannot be changed later",
        help_text="You can take the whole statement back at any time.",
    )


class RecordForm(Form):
    """What was decided, how, and why."""

    marks_optional = False

    record_type = forms.ChoiceField(
        label="How did you decide?", choices=RecordType.choices, widget=forms.RadioSelect
    )
    chosen = forms.ModelChoiceField(
        label="Which option was chosen?",
        help_text="None, where the decision is deferred.",
        queryset=Option.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label="Why this, and why not the others?",
        validators=[at_most_long],
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    values_in_play = forms.CharField(
        label="Which values pointed the other way, and why they were outweighed here (optional)",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    goes_against_unseen = forms.TypedChoiceField(
        help_text="Not all that they gave is shown to you, so it cannot be told from that. Their "
        "sentences say what they want.",
        choices=[("yes", "Yes, and I say why below"), ("no", "No")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    against_pillar_reason = forms.CharField(
        label="If this goes against a pillar: why (optional otherwise)",
        help_text="It is published under your name.",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    review_on = DateInThreeField(
        label="When do we look at it again?",
        help_text="Everyone on the panel is reminded on the day. In a year, if you know no better.",
    )

    def __init__(self, *args: Any, options: Any, withheld: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.queryset = options
        field.to_field_name = "public_id"
        day: Any = self.fields["review_on"]
        day.earliest = timezone.localdate() + timedelta(days=1)
        day.initial = timezone.localdate() + A_YEAR
        if withheld:
            asked = self.fields["goes_against_unseen"]
            asked.label = f"Does this go against what {withheld} want?"
        else:
            del self.fields["goes_against_unseen"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        deferred = cleaned.get("record_type") == RecordType.DEFERRED
        if deferred:
            # A choice made before cannot be unmade on the page without starting again.
            cleaned["chosen"] = None
            cleaned.pop("goes_against_unseen", None)
            return cleaned
        if "record_type" in cleaned and cleaned.get("chosen", 0) is None:
            self.add_error("chosen", "Choose the option, or say that the decision is deferred")
        answer = cleaned.get("goes_against_unseen", False)
        if answer is None and "goes_against_unseen" not in self.errors:
            self.add_error("goes_against_unseen", "Say whether it goes against what they want")
        if answer and not cleaned.get("against_pillar_reason"):
            self.add_error("against_pillar_reason", "Say why this goes against what they want")
        return cleaned
