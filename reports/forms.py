"""What a person says when they ask for a document, or ask whether one is ours."""

import re
from typing import Any

from django import forms
from django.utils.timezone import localdate

from reports.enums import Rhythm, Subject
from reports.kinds import kinds_about
from vbc.ui.forms import DateInThreeField, Form

LARGEST_CHECKED = 200 * 1024 * 1024


class RequestReportForm(Form):
    reason = forms.CharField(
        label="Why do you make this edition?",
        help_text=(
            "It is printed in the document, so that readers know what changed. "
            "Such as: for the board in May; the outcome figures were added."
        ),
        max_length=240,
        required=False,
    )


class CheckForm(Form):
    """A file, or the fingerprint that is printed at its end."""

    marks_optional = False
    file = forms.FileField(
        label="The PDF",
        required=False,
        max_length=255,
        help_text="We look at it and do not keep it.",
        error_messages={"empty": "This file is empty. Check that it is the one you meant."},
    )
    fingerprint = forms.CharField(
        label="Or the fingerprint on its last page",
        required=False,
        max_length=100,
        help_text="The first 16 letters and figures are enough.",
    )

    def clean_fingerprint(self) -> str:
        given = re.sub(r"[\s-]", "", self.cleaned_data["fingerprint"]).lower()
        if given and not re.fullmatch(r"[0-9a-f]{16,64}", given):
            raise forms.ValidationError(
                "A fingerprint is made of figures and the letters a to f. Enter at least 16 of them"
            )
        return given

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("file") and not data.get("fingerprint"):
            self.add_error("file", "Choose the PDF, or enter its fingerprint")
        if (file := data.get("file")) and file.size > LARGEST_CHECKED:
            self.add_error(
                "file", "This file has more than 200 MB. No document of ours has, so it is not ours"
            )
        return data


class ScheduleForm(Form):
    """Which document is made by itself, how often, and from when."""

    kind = forms.ChoiceField(label="Which document", widget=forms.RadioSelect)
    rhythm = forms.ChoiceField(label="How often", choices=Rhythm.choices, widget=forms.RadioSelect)
    first_on = DateInThreeField(label="The first time")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        kinds = [(each.key.value, each.label) for each in kinds_about(Subject.CYCLE)]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["first_on"].earliest = localdate()  # type: ignore[attr-defined]
