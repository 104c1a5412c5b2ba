"""Rating one option."""

from typing import Any

from django import forms

from vbc.ui.forms import Form, RatingField

WORDS = {1: "Should not be done", 5: "I am in two minds", 9: "Should certainly be done"}


class RateForm(Form):
    """A number from 1 to 9, or a choice not to score; and a reason."""

    value = RatingField(label="How do you rate this option?", words=WORDS)
    reason = forms.CharField(
        label="Your reason",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, reason_needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.required = reason_needed
        field.error_messages["required"] = "Give your reason in a sentence or two"
        field.help_text = (
            "A sentence or two." if reason_needed else "Only if you want to. Nobody else sees it."
        )


class ReceiptForm(Form):
    """A receipt to be checked."""

    code = forms.CharField(
        label="Your receipt",
        max_length=40,
        help_text="Such as k3f9-x2pq-7mrt-ab4w. It shows nothing of what you gave.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
