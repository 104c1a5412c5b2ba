"""Proposing options."""

from typing import Any

from django import forms

from cycles.forms.decisions import longest
from cycles.forms.limits import MOST
from cycles.models import Option
from vbc.ui.forms import Form


class OptionForm(Form):
    """An option in plain words."""

    title = forms.CharField(
        label="A short name for the option", max_length=longest(Option, "title")
    )
    plain_summary = forms.CharField(
        label="What would happen",
        help_text="What would change, for whom. Plain words.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    cost = forms.CharField(
        label="What it would cost",
        help_text="Roughly, and a year. Leave it empty if you do not know.",
        max_length=longest(Option, "cost"),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, option: Option | None = None, **kwargs: Any) -> None:
        if option is not None:
            names = ("title", "plain_summary", "cost", "version")
            kwargs["initial"] = {name: getattr(option, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["version"].required = option is not None
