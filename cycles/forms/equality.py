"""The parts of an equality assessment, a form each, so that each is saved as one goes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from cycles.enums import Duty, Effect, Screening
from cycles.forms.choices import offer
from cycles.forms.limits import MOST
from cycles.models import Cycle, EqualityAssessment, EqualityImpact
from cycles.queries.cycles import possible_leads
from cycles.services.equality import HARMS
from stakeholders.models import User
from vbc.ui.forms import DateInThreeField, Form

NAMES_NOBODY = "It can be read by anybody once it is published, so name nobody."


def _long(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class PartForm(Form):
    """One part: its own fields, filled with what was saved, and the version it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, cycle: Cycle, assessment: EqualityAssessment | None
    ) -> None:
        names = set(self.base_fields) - {"version"}
        initial: dict[str, Any] = {"version": assessment.version if assessment else 0}
        if assessment:
            initial |= {name: getattr(assessment, name) for name in names}
        super().__init__(data, initial=initial)
        self.fill(cycle, assessment)

    def fill(self, cycle: Cycle, assessment: EqualityAssessment | None) -> None:
        """What a part has to choose from."""


class AboutForm(PartForm):
    """What the decision is about, and who was asked."""

    intended_outcomes = _long("What is the decision meant to bring?", NAMES_NOBODY)
    who_is_affected = _long(
        "Whom does it touch?",
        "People who would use it, people who lose something, families and friends, staff.",
    )
    engagement = _long(
        "Who was asked, and what did they say?",
        "Groups and not names. A full assessment needs this.",
        required=False,
    )


class FirstLookForm(PartForm):
    """Whether a full assessment is needed."""

    screening = forms.ChoiceField(
        label="What did the first look find?", choices=Screening.choices, widget=forms.RadioSelect
    )
    screening_reason = _long(
        "Why?",
        "If some people may be worse off, or you do not know, a full assessment is needed.",
    )


class AimsForm(PartForm):
    """The three things that the law asks public bodies to have in mind."""

    ends_discrimination = _long(
        "How does it help to end unfair treatment and harassment?", NAMES_NOBODY
    )
    advances_equality = _long("How does it give people a more equal chance?")
    fosters_relations = _long("How does it bring people together?")


class ProvidersForm(PartForm):
    """How those we buy from look at their own services."""

    providers_screen = _long(
        "How do those we buy from look at their own services?",
        "Each of them looks at all that is new, and in time at everything there is, to see who is "
        "treated unfairly. Say how you make sure, and what the contract says. If nothing is bought "
        "from anybody, say so.",
    )


class SummaryForm(PartForm):
    """What was found."""

    summary = _long(
        "What did we find?",
        "In plain words, in a few sentences. It is printed in documents too.",
    )


class LookingAfterForm(PartForm):
    """Whose it is, and when it is looked at again."""

    owner = forms.ModelChoiceField(
        label="Who looks after it?",
        queryset=User.objects.none(),
        to_field_name="public_id",
        empty_label="Choose a person",
        help_text="Staff, or anyone on the panel who has agreed to. They are told, and reminded on "
        "the day. Their name stands in what is published.",
    )
    review_on = DateInThreeField(
        label="When is it looked at again?", help_text="For example, in a year."
    )

    def __init__(
        self, data: Any = None, *, cycle: Cycle, assessment: EqualityAssessment | None
    ) -> None:
        super().__init__(data, cycle=cycle, assessment=assessment)
        owner = assessment.owner if assessment else None
        self.initial["owner"] = owner.public_id if owner else None

    def fill(self, cycle: Cycle, assessment: EqualityAssessment | None) -> None:
        people = possible_leads(cycle.organisation, cycle.panel)
        if assessment and assessment.owner_id:
            # Who looks after it already stays on the list, even if they have left since.
            people = (people | User.objects.filter(pk=assessment.owner_id)).distinct()
        offer(self, "owner", people)
        day: Any = self.fields["review_on"]
        day.earliest = timezone.localdate() + timedelta(days=1)


class GroupForm(Form):
    """What the decision does to one group."""

    marks_optional = False

    effect = forms.ChoiceField(
        label="What does the decision do to them?", choices=Effect.choices, widget=forms.RadioSelect
    )
    evidence = _long(
        "How do we know, or why do we not?",
        "Figures, studies, what people told you. Where nothing is known, say so. Name nobody.",
    )
    mitigation = _long(
        "What do we do about it?",
        "Needed where it is worse for people in any way.",
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, impact: EqualityImpact | None) -> None:
        initial: dict[str, Any] = {"version": 0}
        if impact:
            initial = {name: getattr(impact, name) for name in self.base_fields}
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("effect") in HARMS and not cleaned.get("mitigation"):
            self.add_error("mitigation", "Say what is done about it, as it is worse for people")
        return cleaned


class DutyForm(Form):
    """One thing that was done to meet a duty."""

    duty = forms.ChoiceField(
        label="Which duty is it about?", choices=Duty.choices, widget=forms.RadioSelect
    )
    what_was_done = _long(
        "What was done?",
        "One thing, and when. It cannot be changed later: the log only grows. Name nobody.",
    )


PARTS: dict[str, type[PartForm]] = {
    "about": AboutForm,
    "first-look": FirstLookForm,
    "aims": AimsForm,
    "providers": ProvidersForm,
    "summary": SummaryForm,
    "looking-after": LookingAfterForm,
}
