"""Saying why there is no service to describe."""

from typing import Any

from django import forms

from cycles.models import Cycle
from vbc.ui.forms import Form


class WhyNoServiceForm(Form):
    """Why nothing is on the list; empty where that no longer holds."""

    heading_field = "why_no_service"

    why_no_service = forms.CharField(
        label="Why is there no service to describe?",
        help_text="In a sentence or two, such as that nothing has been bought here so far. Empty "
        "takes it back.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, cycle: Cycle) -> None:
        initial = {"why_no_service": cycle.why_no_service, "version": cycle.version}
        super().__init__(data, initial=initial)
