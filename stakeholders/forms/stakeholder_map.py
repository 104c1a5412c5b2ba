"""The shape of what is said about who is affected, and of being in touch with them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from stakeholders.enums import (
    ContactMeans,
    ContactRhythm,
    Level,
    ProviderStanding,
    Sector,
    StakeholderKind,
)
from stakeholders.models import Stakeholder, StakeholderCategory, User
from vbc.ui.fields import DateInThreeField
from vbc.ui.forms import Form


class EditingForm(Form):
    """Carries the version that was read, so that two people cannot write over each other."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    @property
    def fields_given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def initial_of(thing: Any, names: Any) -> dict[str, Any]:
    """What a form shows of something that is there already."""
    return {name: getattr(thing, name) for name in names} if thing is not None else {}


def people(label: str, help_text: str, *, is_required: bool = False) -> forms.ModelChoiceField:
    """One of the organisation's staff; who they are is filled in by the form."""
    return forms.ModelChoiceField(
        label=label,
        help_text=help_text,
        queryset=User.objects.none(),
        to_field_name="public_id",
        required=is_required,
        empty_label="Choose a person" if is_required else "Nobody",
    )


class StakeholderForm(EditingForm):
    name = forms.CharField(
        label="Who is it?",
        max_length=120,
        help_text="An organisation, a group or a role. Never the name of somebody who uses "
        "services, or of somebody who cares for them.",
    )
    kind = forms.ChoiceField(
        label="What are they?", choices=StakeholderKind.choices, widget=forms.RadioSelect
    )
    category = forms.ModelChoiceField(
        label="Category",
        queryset=StakeholderCategory.objects.none(),
        to_field_name="public_id",
        empty_label="Choose a category",
    )
    sector = forms.ChoiceField(
        label="Which sector are they of?",
        choices=Sector.choices,
        widget=forms.RadioSelect,
        help_text="Health, social care, and voluntary and community organisations count the same.",
    )
    is_direct = forms.TypedChoiceField(
        label="Does it affect them directly?",
        choices=[("yes", "Yes, directly"), ("no", "No, through something or somebody else")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    effect = forms.CharField(
        label="How does it affect them?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="What changes for them, for better or worse. Everyone on the panel reads this.",
    )
    interest = forms.TypedChoiceField(
        label="How much does it matter to them?",
        choices=Level.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    influence = forms.TypedChoiceField(
        label="How much can they change whether it works?",
        choices=Level.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    provider = forms.ChoiceField(
        label="Do they provide services?",
        choices=ProviderStanding.choices,
        widget=forms.RadioSelect,
        initial=ProviderStanding.NONE,
    )

    def __init__(
        self,
        *args: Any,
        categories: QuerySet[StakeholderCategory],
        stakeholder: Stakeholder | None = None,
        **kwargs: Any,
    ) -> None:
        shown = initial_of(stakeholder, self.base_fields)
        if stakeholder is not None:
            shown["is_direct"] = "yes" if stakeholder.is_direct else "no"
        if stakeholder is not None and stakeholder.category is not None:
            # One that is no longer offered stays with whoever has it.
            categories |= StakeholderCategory.objects.filter(pk=stakeholder.category.pk)
        kwargs.setdefault("initial", shown)
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["category"]
        choice.queryset = categories


class CentreForm(EditingForm):
    effect = forms.CharField(
        label="What does this panel's work mean for service users?",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        help_text="Ask them first. Everyone on the panel reads this.",
    )

    def __init__(self, *args: Any, centre: Stakeholder | None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(centre, ("effect", "version")))
        super().__init__(*args, **kwargs)


class ContactPlanForm(EditingForm):
    contact_plan = forms.CharField(
        label="How are we in touch with them?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
        help_text="With them, and both ways: where, in what way, and about what.",
    )
    contact_rhythm = forms.ChoiceField(label="How often?", choices=ContactRhythm.choices)
    next_contact_on = DateInThreeField(label="Next contact", required=False)
    lead = people("Who is in touch with them?", "Somebody who works for the organisation.")
    cover = people("And when that person cannot be?", "Somebody else, so that nothing is lost.")

    def __init__(
        self, *args: Any, stakeholder: Stakeholder, staff: QuerySet[User], **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", initial_of(stakeholder, self.base_fields))
        super().__init__(*args, **kwargs)
        for name in ("lead", "cover"):
            choice: Any = self.fields[name]
            choice.queryset = staff

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        lead, cover = given.get("lead"), given.get("cover")
        if cover is not None and lead is None:
            self.add_error("lead", "Choose who is in touch first, then who is when they cannot be")
        elif cover is not None and cover == lead:
            self.add_error("cover", "Choose somebody other than the person who is in touch")
        return given


class LogContactForm(Form):
    held_on = DateInThreeField(label="When was it?")
    means = forms.ChoiceField(
        label="How were you in touch?", choices=ContactMeans.choices, widget=forms.RadioSelect
    )
    what_was_said = forms.CharField(
        label="What was said?",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text="Everyone on the panel can read this, and it cannot be changed afterwards. Name "
        "nobody who uses services or cares for somebody.",
    )
    promise = forms.CharField(
        label="What did we promise?",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )
    promise_due_on = DateInThreeField(label="By when did we promise it?", required=False)
    next_contact_on = DateInThreeField(label="Next contact", required=False)

    def __init__(self, *args: Any, stakeholder: Stakeholder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        when: Any = self.fields["held_on"]
        when.latest = timezone.localdate()
        rhythm = ContactRhythm(stakeholder.contact_rhythm)
        self.fields[
            "next_contact_on"
        ].help_text = f"Leave it empty to be in touch as planned: {str(rhythm.label).lower()}."

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("promise_due_on") and not given.get("promise"):
            self.add_error("promise", "Enter what was promised, or take the date away")
        return given


class SettlePromiseForm(Form):
    outcome = forms.CharField(
        label="What became of it?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="That it was done, or why it could not be. Tell them, too.",
    )


class CategoryForm(Form):
    name = forms.CharField(label="Name of the category", max_length=80)
