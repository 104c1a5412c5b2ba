"""Good-practice examples, and the journeys of services."""

from typing import Any

from django import forms

from evidence.forms.common import ForOrganisation
from vbc.ui.dates import MONTHS
from vbc.ui.forms import Form


class ExampleForm(Form):
    """Something that was done well somewhere, so that others can try it."""

    title = forms.CharField(label="Give it a title", max_length=600)
    place = forms.CharField(label="Where was it?", max_length=240)
    plain_summary = forms.CharField(
        label="What is it, in one or two sentences?", widget=forms.Textarea(attrs={"rows": 3})
    )
    what_they_did = forms.CharField(
        label="What did they do?", widget=forms.Textarea(attrs={"rows": 5})
    )
    what_came_of_it = forms.CharField(
        label="What came of it?",
        help_text="Leave it empty where that is not known.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    whom_to_ask = forms.CharField(
        label="Whom can others ask?",
        help_text="A team or an organisation. Name a person only if they agreed.",
        max_length=240,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AddExampleForm(ForOrganisation, ExampleForm):
    """A new example, and whose library it is for."""

    field_order = (
        "title",
        "place",
        "plain_summary",
        "what_they_did",
        "what_came_of_it",
        "whom_to_ask",
        "organisation",
    )

    @property
    def words(self) -> dict[str, Any]:
        left_out = {"organisation", "version"}
        return {name: said for name, said in self.cleaned_data.items() if name not in left_out}


class JourneyStepForm(Form):
    """One step of a service on its way."""

    what_happened = forms.CharField(
        label="What happened?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    year = forms.IntegerField(
        label="In which year?", help_text="Such as 2024.", min_value=1900, max_value=2100
    )
    month = forms.TypedChoiceField(
        label="In which month?",
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [(number, name) for number, name in enumerate(MONTHS, start=1)]
        self.fields["month"].choices = [("", "Not known"), *months]  # type: ignore[attr-defined]
