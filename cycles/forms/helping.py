"""Choosing who enters what one says."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from cycles.forms.choices import offer
from stakeholders.models import User
from vbc.ui.forms import Form


class ChooseHelperForm(Form):
    """Somebody on the panel."""

    helper = forms.ModelChoiceField(
        queryset=User.objects.none(),
        to_field_name="public_id",
        label="Who should enter what you say?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose somebody from the list"},
    )

    def __init__(self, *args: Any, people: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "helper", people)
