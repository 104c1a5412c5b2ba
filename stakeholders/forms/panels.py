"""The shape of what people tell us about panels."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from stakeholders.enums import PanelAuthority
from stakeholders.models import Organisation, Panel, User
from vbc.ui.forms import Form

NO_STATEMENT = (
    "Your organisation has not written down yet how consent, parents and guardians are handled. "
    "Write that first: the way to it is above. Nothing was set up."
)


class PanelForm(Form):
    name = forms.CharField(
        label="Name of the panel",
        max_length=120,
        help_text="People see it on their screens. Choose one that says nothing about anyone's "
        "health.",
    )
    purpose = forms.CharField(
        label="What is the panel for?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="In words a neighbour would understand. Everyone who is invited reads this.",
    )
    authority = forms.ChoiceField(
        label="What may the panel do?",
        choices=PanelAuthority.choices,
        widget=forms.RadioSelect,
        initial=PanelAuthority.ADVISORY,
    )


class EditPanelForm(PanelForm):
    """Carries the version that was read, so that two people cannot write over each other.

    What the panel may do is settled when it is set up: its members joined on that understanding.
    """

    authority = None  # type: ignore[assignment]  # Django's way to take a field off
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {name: getattr(panel, name) for name in ("name", "purpose", "version")},
        )
        super().__init__(*args, **kwargs)

    @property
    def texts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "purpose")}


class CreatePanelForm(PanelForm):
    minimum_service_users = forms.IntegerField(
        label="How many service users must be there at least?",
        min_value=2,
        max_value=20,
        initial=2,
        help_text="Two or more. Below that number the panel waits, so that nobody sits alone.",
        error_messages={
            "min_value": "A panel has at least two service users. The number can be raised, never "
            "lowered."
        },
    )
    is_for_under_18s = forms.BooleanField(
        label="This is a panel of people under 18",
        required=False,
        help_text="Only where the organisation has written down how consent, parents and guardians "
        "are handled. Whoever is invited reads it.",
    )
    organisation = forms.ModelChoiceField(
        label="Organisation", queryset=Organisation.objects.none(), to_field_name="public_id"
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["organisation"]
        choice.queryset = organisations
        if len(organisations) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = organisations[0].public_id

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        organisation = given.get("organisation")
        is_stated = organisation is None or organisation.young_people_statement
        if given.get("is_for_under_18s") and not is_stated:
            self.add_error("is_for_under_18s", NO_STATEMENT)
        return given


class ChairForm(Form):
    heading_field = "chair"

    chair = forms.ModelChoiceField(
        label="Who chairs the panel?",
        queryset=User.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
        help_text="Anyone on the panel can chair. Whoever chairs can invite people and let the "
        "panel sit again.",
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["chair"]
        choice.queryset = people
