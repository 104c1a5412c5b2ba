"""Correcting the words of a record."""

from typing import Any

from django import forms

from cycles.enums import RecordType
from cycles.forms.limits import MOST, at_most_long
from cycles.queries.corrections import RecordVersion
from vbc.ui.forms import Form


class CorrectionForm(Form):
    """How the record should read. What was chosen is not asked."""

    marks_optional = False

    record_type = forms.ChoiceField(
        label="How did you decide?",
        choices=[
            each
            for each in RecordType.choices
            if each[0] in (RecordType.CONSENSUS, RecordType.BALANCED)
        ],
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
    against_pillar_reason = forms.CharField(
        label="Why this goes against a pillar",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    why = forms.CharField(
        label="Why is it corrected?",
        help_text="It is shown beside both versions, and told to every member of the panel.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, now: RecordVersion) -> None:
        super().__init__(
            data,
            initial={
                "record_type": now.kind,
                "reasons": now.reasons,
                "values_in_play": now.values_in_play,
                "against_pillar_reason": now.against_pillar_reason,
                "version": now.version,
            },
        )
        if now.kind == RecordType.DEFERRED:
            del self.fields["record_type"]
        if not now.against_pillar_reason:
            del self.fields["against_pillar_reason"]
