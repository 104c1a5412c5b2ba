"""Saying how one sees the problem."""

from typing import Any

from django import forms

from cycles.enums import UnderstandingKey
from cycles.forms.decisions import longest
from cycles.models import Understanding
from vbc.ui.forms import Form


class UnderstandingForm(Form):
    """How somebody sees the problem. Options come later."""

    text = forms.CharField(
        label="How do you see the problem?",
        help_text="What goes wrong, for whom, and what is already good. What should be done about "
        "it comes later.",
        max_length=longest(Understanding, "text"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    key = forms.ChoiceField(
        label="Is it above all about one of these?",
        choices=[("", "No, or about several"), *UnderstandingKey.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, said: Understanding | None = None, **kwargs: Any) -> None:
        if said is not None:
            names = ("text", "key", "version")
            kwargs["initial"] = {name: getattr(said, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["version"].required = said is not None
