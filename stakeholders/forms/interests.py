"""Declaring an interest."""

from django import forms

from stakeholders.enums import InterestKind
from vbc.ui.forms import Form


class InterestForm(Form):
    kind = forms.ChoiceField(
        label="What kind of interest is it?",
        choices=InterestKind.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="What is it?",
        help_text="A sentence is enough, such as “I am a trustee of a charity that runs a crisis "
        "café.” Leave out anything about your health or anybody else's.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_public = forms.TypedChoiceField(
        label="Who may read it?",
        choices=[
            ("no", "The people on this panel and the staff who run it"),
            ("yes", "Everyone: it stands on a public page, beside the name you chose"),
        ],
        coerce=lambda answer: answer == "yes",
        initial="no",
        widget=forms.RadioSelect,
        help_text="What you speak from stands on neither.",
    )
