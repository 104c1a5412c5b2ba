"""Choosing through what a cycle is looked at."""

from typing import Any

from django import forms

from cycles.forms.limits import MOST
from evidence.frameworks import Framework
from vbc.ui.forms import Form


class ChooseLensForm(Form):
    """A framework, and why it helps here."""

    framework = forms.ChoiceField(label="Which one?", widget=forms.RadioSelect)
    why = forms.CharField(
        label="Why does it help here?",
        help_text="In a sentence. The panel sees this.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, offered: list[Framework], stage: str) -> None:
        """More is said of those made for `stage`, so that the long list stays light."""
        super().__init__(data)
        field: Any = self.fields["framework"]
        field.choices = [(each.key, each.name) for each in offered]
        field.hints = {each.key: each.purpose for each in offered if stage in each.stages}
