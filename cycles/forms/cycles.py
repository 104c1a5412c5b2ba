"""Forms of the cycle itself. What can be chosen stays within one organisation."""

from typing import Any

from django import forms

from cycles.enums import Stage
from cycles.forms.choices import offer
from cycles.models import Cycle
from cycles.queries import cycles as queries
from evidence.enums import Topic
from evidence.forms.common import AreaField, offer_areas
from evidence.models import NeedsAssessment
from stakeholders.models import Organisation, Panel, User
from vbc.ui.forms import Form


class CycleFilterForm(Form):
    """Which cycles the list shows, and in what order."""

    marks_optional = False
    stage = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "All cycles"), ("running", "Those under way"), *Stage.choices],
    )
    topic = forms.ChoiceField(
        label="About", required=False, choices=[("", "Any topic"), *Topic.choices]
    )
    order = forms.ChoiceField(
        label="In the order of",
        required=False,
        choices=[("newest", "The newest first"), ("title", "Title")],
    )


class AboutCycleForm(Form):
    """What a cycle is about and who leads it."""

    title = forms.CharField(
        max_length=120, help_text="A few words that people will remember. It stands on every page."
    )
    summary = forms.CharField(
        label="What it is about",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In two or three sentences a neighbour would understand.",
    )
    area = AreaField(label="The area it is for", empty_label="Choose an area")
    lead = forms.ModelChoiceField(
        label="Who leads it",
        queryset=User.objects.none(),
        to_field_name="public_id",
        empty_label="Choose a person",
        help_text="They can run the cycle. Anyone on the panel can lead, service users included.",
    )
    topics = forms.MultipleChoiceField(
        label="Topics",
        required=False,
        choices=Topic.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="The cycle then shows what the library has on them.",
    )


class EditCycleForm(AboutCycleForm):
    """The same, of a cycle that is there. Leading is open to everyone on its panel."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, cycle: Cycle) -> None:
        super().__init__(
            data,
            initial={
                "title": cycle.title,
                "summary": cycle.summary,
                "topics": [each.topic for each in cycle.topics.all()],
                "lead": cycle.lead.public_id,
                "version": cycle.version,
            },
        )
        offer_areas(self, keeping=cycle.area)
        offer(self, "lead", queries.possible_leads(cycle.organisation, cycle.panel))


class StartCycleForm(AboutCycleForm):
    """A new cycle. The panel can be linked now or later."""

    panel = forms.ModelChoiceField(
        label="The panel that decides",
        queryset=Panel.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label="Not yet: I will link a panel later",
    )
    field_order = ("title", "summary", "area", "panel", "lead", "topics")

    def __init__(self, data: Any = None, *, organisation: Organisation, by: Any) -> None:
        super().__init__(data, initial={"lead": by.public_id})
        offer_areas(self)
        offer(self, "lead", queries.possible_leads(organisation))
        offer(self, "panel", queries.panels_to_choose(organisation))
        self.fields["lead"].help_text = "They can run the cycle. You can change this later."


class LinkPanelForm(Form):
    """Which panel decides in the cycle."""

    heading_field = "panel"
    panel = forms.ModelChoiceField(
        label="Which panel decides in this cycle?",
        queryset=Panel.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, data: Any = None, *, cycle: Cycle) -> None:
        chosen = cycle.panel.public_id if cycle.panel else None
        super().__init__(data, initial={"panel": chosen})
        offer(self, "panel", queries.panels_to_choose(cycle.organisation))


class LinkNeedsForm(Form):
    """Which needs assessment the cycle starts from."""

    heading_field = "assessment"
    assessment = forms.ModelChoiceField(
        label="Which needs assessment does this cycle start from?",
        queryset=NeedsAssessment.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, data: Any = None, *, cycle: Cycle) -> None:
        needs = cycle.needs_assessment
        super().__init__(data, initial={"assessment": needs.public_id if needs else None})
        offer(self, "assessment", queries.needs_to_choose(cycle.organisation))


class StepForm(Form):
    """A step of a cycle. `target` says where to, so that a second click takes no second step."""

    target = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput)


class StepWithReasonForm(StepForm):
    """A step that asks for its reason."""

    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="This and your name are shown in the cycle's history.",
    )
