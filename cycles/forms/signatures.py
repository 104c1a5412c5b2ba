"""Signing a record."""

from typing import Any

from django import forms

from cycles.enums import SignatureKind
from cycles.models import RecordSignature
from vbc.ui.forms import Form
from vbc.ui.naming import NameField


class SignForm(Form):
    """Whether the record is accurate, and how that is to stand there."""

    kind = forms.ChoiceField(
        label="Was it written down as it was?",
        choices=[
            (SignatureKind.SIGNED, "Yes, I sign that this record is accurate"),
            (SignatureKind.REFUSED, "I do not sign"),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label="What you want to say about it",
        help_text="It is printed with the record, word for word. It changes nothing that was "
        "decided.",
        required=False,
        max_length=RecordSignature._meta.get_field("comment").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    with_name = forms.TypedChoiceField(
        label="How shall it stand there?",
        choices=[
            ("no", "Without a name: “A member who uses services”"),
            ("yes", "With a name that I choose"),
        ],
        help_text="A name here tells everybody who reads the record, now and later, that this "
        "person uses services. Without a name counts just as much.",
        coerce=lambda value: value == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )
    shown_name = NameField(
        label="The name that shall stand there (only if you chose a name)",
        help_text="It can be any name you like.",
        required=False,
        max_length=RecordSignature._meta.get_field("shown_name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    marks_optional = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        with_name = cleaned.pop("with_name", None)
        if with_name and not cleaned.get("shown_name") and "shown_name" not in self.errors:
            self.add_error("shown_name", "Enter the name, or choose to sign without one")
        if with_name is False:
            # A name that was typed and then decided against is not kept.
            cleaned["shown_name"] = ""
        return cleaned
