"""What a page of figures shows."""

from typing import Any

from django import forms

from evidence.models import Area
from evidence.queries.pictures import MOST_BESIDE
from stakeholders.models import Organisation
from vbc.ui.forms import Form


class IndicatorViewForm(Form):
    """Which area, whom and which groups of people an indicator's page shows."""

    marks_optional = False
    area = forms.ChoiceField(label="Area", required=False)
    people = forms.ChoiceField(label="People", required=False)
    group = forms.ChoiceField(label="Compare groups by", required=False)

    def __init__(
        self, *args: Any, areas: list[Area], people: list[str], groups: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "area": [(area.code, area.name) for area in areas],
            "people": [(str(number), label) for number, label in enumerate(people)],
            "group": [("", "Do not compare groups"), *((name, name) for name in groups)],
        }
        for name, choices in offered.items():
            if len(choices) > 1:
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]


class ProfileForm(Form):
    """Whose figures a profile of an area shows, and which areas stand beside it."""

    marks_optional = False
    organisation = forms.ChoiceField(label="Whose library", required=False)
    beside = forms.MultipleChoiceField(
        label="Areas beside it",
        help_text=f"Up to {MOST_BESIDE}.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, libraries: list[Organisation], areas: list[Area], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "organisation": [(each.slug, each.name) for each in libraries],
            "beside": [(each.code, each.name) for each in areas],
        }
        for name, choices in offered.items():
            if len(choices) > (name == "organisation"):
                self.fields[name].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields[name]
