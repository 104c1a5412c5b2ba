"""What a page of figures shows, and what is said of an indicator."""

from typing import Any

from django import forms

from evidence.enums import TIER_MEANING, Tier
from evidence.forms.common import ForOrganisation
from evidence.models import Area, Indicator
from evidence.queries.pictures import MOST_BESIDE
from stakeholders.models import Organisation
from stakeholders.queries.engagement import shared_events
from vbc.ui.fields import DateInThreeField
from vbc.ui.forms import Form, ModelForm


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
        help_text=f"Up to {MOST_BESIDE}. If you tick more, the first {MOST_BESIDE} are shown.",
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


_CONSULTATION = "Who was asked, when, and what they said. Needed for a local choice only."


_GOAL_MISSING = {
    "goal": "Enter the figure to reach",
    "goal_set_by": "Say who set the goal",
    "goal_set_on": "Enter the day on which the goal was set",
    "goal_source": "Say where the goal is written",
}


class IndicatorForm(ModelForm):
    """What an indicator means, in words that readers of its page understand."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    tier = forms.ChoiceField(
        label="Who chose that this is measured",
        choices=[("", "Nobody has said"), *Tier.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    goal_set_on = DateInThreeField(label="When it was set", required=False)

    class Meta:
        model = Indicator
        fields = (
            "name",
            "unit",
            "polarity",
            "benchmark_method",
            "definition",
            "rationale",
            "caveats",
            "disclosure",
            "tier",
            "consultation",
            "consultation_event",
            "goal",
            "goal_set_by",
            "goal_set_on",
            "goal_source",
        )
        help_texts = {
            "goal": "Only if somebody set one. In the unit of the indicator, for each area.",
            "goal_set_by": "Such as NHS England, or your board.",
            "goal_source": "The document or the minute, so that readers can look it up.",
            "unit": "Such as %, people or per 100,000.",
            "disclosure": "Such as: figures about fewer than eight people are left out.",
            "consultation": _CONSULTATION,
            "consultation_event": "So that readers get from here to what people said. Events stand "
            "in this list once what came of them is shared with everybody.",
        }
        widgets = {
            "polarity": forms.RadioSelect,
            "definition": forms.Textarea(attrs={"rows": 4}),
            "rationale": forms.Textarea(attrs={"rows": 4}),
            "caveats": forms.Textarea(attrs={"rows": 4}),
            "disclosure": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        events = shared_events(self.instance.organisation)
        if events.exists():
            self.fields["consultation_event"].queryset = events  # type: ignore[attr-defined]
        else:
            del self.fields["consultation_event"]
        self.fields["tier"].hints = TIER_MEANING  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("tier") == Tier.LOCAL and not said.get("consultation"):
            self.add_error("consultation", "Say which consultation this local choice came from")
        goal = {name: said.get(name) for name in _GOAL_MISSING}
        if any(each not in (None, "") for each in goal.values()):
            for name, each in goal.items():
                if each in (None, "") and name not in self.errors:
                    self.add_error(name, _GOAL_MISSING[name])
        return said

    @property
    def words(self) -> dict[str, Any]:
        """What was written about it."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}


class AddVitalSignForm(ForOrganisation):
    """Putting one of the Vital Signs into a library. A local choice asks where it came from."""

    consultation = forms.CharField(
        label="Which consultation it came from",
        help_text="Who was asked, when, and what they said.",
        max_length=240,
    )

    def __init__(self, *args: Any, tier: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tier != Tier.LOCAL:
            del self.fields["consultation"]
