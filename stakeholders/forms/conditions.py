"""The shape of what is written about the conditions of taking part."""

from typing import Any

from django import forms

from stakeholders.models import PanelCondition
from vbc.ui.forms import Form


class ConditionForm(Form):
    """One condition. Carries the version that was read; 0 where nothing is written yet."""

    text = forms.CharField(
        label="What people read",
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=4000,
        help_text="Everyone on the panel reads this, and everyone who is invited to it.",
        error_messages={"required": "Write what people can rely on"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, condition: PanelCondition | None, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {"text": condition.text, "version": condition.version} if condition else {"version": 0},
        )
        super().__init__(*args, **kwargs)
