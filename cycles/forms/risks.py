"""Forms of risks."""

from typing import Any

from django import forms

from cycles.enums import Impact, Likelihood, RiskKind
from cycles.forms.choices import offer
from cycles.models import Cycle, Risk
from cycles.queries.cycles import possible_leads
from stakeholders.models import User
from vbc.ui.forms import DateInThreeField, Form

LONG = 4_000


def _words(label: str, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RiskForm(Form):
    """What may go wrong, how likely and bad that is, and what is done about it."""

    title = forms.CharField(
        label="What may go wrong", max_length=200, help_text="One thing, in one sentence."
    )
    kind = forms.ChoiceField(
        label="What kind of risk is it?", choices=RiskKind.choices, widget=forms.RadioSelect
    )
    cause = _words("What would cause it")
    what_happens = _words("What would happen then")
    likelihood = forms.TypedChoiceField(
        label="How likely is it?",
        choices=Likelihood.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    impact = forms.TypedChoiceField(
        label="How bad would it be?", choices=Impact.choices, coerce=int, widget=forms.RadioSelect
    )
    what_is_done = _words("What is done about it", required=False)
    owner = forms.ModelChoiceField(
        label="Who looks after it",
        queryset=User.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label="Nobody yet",
    )
    next_look_on = DateInThreeField(label="When is it looked at again?")
    governance = forms.CharField(
        label="Which clinical audit or governance looks at it",
        max_length=240,
        required=False,
        help_text="Such as the quality committee, or a yearly audit.",
    )
    governance_address = forms.URLField(
        label="Where that can be read", max_length=400, required=False, assume_scheme="https"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, cycle: Cycle, risk: Risk | None = None) -> None:
        initial: dict[str, Any] = {"version": 1}
        if risk:
            names = [name for name in self.base_fields if name != "owner"]
            initial = {name: getattr(risk, name) for name in names}
            initial["owner"] = risk.owner.public_id if risk.owner else None
        super().__init__(data, initial=initial)
        people = possible_leads(cycle.organisation, cycle.panel)
        if risk and risk.owner_id:
            people = (people | User.objects.filter(pk=risk.owner_id)).distinct()
        offer(self, "owner", people)


class CloseRiskForm(Form):
    """Why it is no risk any more."""

    why_closed = _words("Why is it no risk any more?")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, risk: Risk) -> None:
        super().__init__(data, initial={"version": risk.version})
