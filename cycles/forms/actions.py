"""Forms of actions."""

from typing import Any

from django import forms

from cycles.enums import ActionStatus
from cycles.forms.choices import offer
from cycles.models import Action, Cycle, Decision
from cycles.queries.actions import decisions_to_act_on
from cycles.queries.cycles import possible_leads
from stakeholders.models import User
from vbc.ui.forms import DateInThreeField, Form


class ActionForm(Form):
    """What will be done, because of what, by whom and by when."""

    title = forms.CharField(
        label="What will be done", max_length=200, help_text="One thing, in one sentence."
    )
    decision = forms.ModelChoiceField(
        label="Because of which decision",
        queryset=Decision.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label="No single decision",
    )
    owner = forms.ModelChoiceField(
        label="Who will do it",
        queryset=User.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label="Nobody yet",
        help_text="Staff, or anyone on the panel who has agreed to. They will be told.",
    )
    due_on = DateInThreeField(label="By when", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, cycle: Cycle, action: Action | None = None) -> None:
        initial: dict[str, Any] = {"version": 1}
        if action:
            initial = {
                "title": action.title,
                "decision": action.decision.public_id if action.decision else None,
                "owner": action.owner.public_id if action.owner else None,
                "due_on": action.due_on,
                "version": action.version,
            }
        super().__init__(data, initial=initial)
        people = possible_leads(cycle.organisation, cycle.panel)
        if action and action.owner_id:
            # Who owns it already stays on the list, even if they have left since.
            people = (people | User.objects.filter(pk=action.owner_id)).distinct()
        offer(self, "decision", decisions_to_act_on(cycle))
        offer(self, "owner", people)


class ActionStatusForm(Form):
    """Where an action stands."""

    status = forms.ChoiceField(
        label="Where does it stand?", choices=ActionStatus.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="What happened",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="If it was stopped, say why. Everyone who can see the cycle can read this.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, action: Action) -> None:
        super().__init__(
            data,
            initial={"status": action.status, "note": action.note, "version": action.version},
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        stopped = cleaned.get("status") == ActionStatus.STOPPED
        if stopped and not cleaned.get("note", "").strip():
            self.add_error("note", "Say why it was stopped")
        return cleaned
