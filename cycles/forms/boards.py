"""What a board answered, and decisions taken outside the panel."""

from typing import Any

from django import forms
from django.utils import timezone

from cycles.enums import BoardAnswerKind
from cycles.forms.choices import offer
from cycles.forms.limits import MOST
from cycles.models import BoardAnswer, Cycle, UrgentDecision
from cycles.queries.cycles import possible_leads
from stakeholders.models import User
from vbc.ui.forms import DateInThreeField, Form


class BoardAnswerForm(Form):
    """Which board, when, and what it made of the panel's decision."""

    marks_optional = False

    body = forms.CharField(
        label="Which board?", max_length=BoardAnswer._meta.get_field("body").max_length
    )
    met_on = DateInThreeField(label="When did it meet?")
    minute = forms.CharField(
        label="Where does it stand in its minutes?",
        help_text="Such as: item 7, minute 26/114.",
        max_length=BoardAnswer._meta.get_field("minute").max_length,
    )
    answer = forms.ChoiceField(
        label="What did it answer?", choices=BoardAnswerKind.choices, widget=forms.RadioSelect
    )
    what_changed = forms.CharField(
        label="What did it change? (only if it accepted with changes)",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    why = forms.CharField(
        label="Why?",
        help_text="In the board's words. Every member of the panel, and everyone who said "
        "something, is told.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["met_on"]
        day.latest = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        varied = cleaned.get("answer") == BoardAnswerKind.VARIED
        if varied and not cleaned.get("what_changed") and "what_changed" not in self.errors:
            self.add_error("what_changed", "Say what the board changed")
        return cleaned


class UrgentForm(Form):
    """A decision that was taken outside the panel."""

    title = forms.CharField(
        label="A short name for it", max_length=UrgentDecision._meta.get_field("title").max_length
    )
    what_was_decided = forms.CharField(
        label="What was decided?", max_length=MOST, widget=forms.Textarea(attrs={"rows": 4})
    )
    why_it_could_not_wait = forms.CharField(
        label="Why could it not wait for the panel?",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    legal_basis = forms.CharField(
        label="Under which power was it decided?",
        help_text="Such as: standing orders, section 5.2, urgent decisions.",
        max_length=UrgentDecision._meta.get_field("legal_basis").max_length,
    )
    officer = forms.ModelChoiceField(
        label="Who decided?",
        queryset=User.objects.none(),
        to_field_name="public_id",
        empty_label="Choose a person",
        help_text="Somebody who works for the organisation. Their name is shown.",
    )
    decided_on = DateInThreeField(label="When was it decided?")
    expires_on = DateInThreeField(
        label="Until when does it hold?",
        help_text="After that day it holds no longer, whether the panel has seen it or not.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, cycle: Cycle, urgent: UrgentDecision | None = None
    ) -> None:
        initial: dict[str, Any] = {"version": 0}
        if urgent:
            initial = {name: getattr(urgent, name) for name in self.base_fields}
            initial["officer"] = urgent.officer.public_id
        super().__init__(data, initial=initial)
        offer(self, "officer", possible_leads(cycle.organisation))
        day: Any = self.fields["decided_on"]
        day.latest = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decided, ends = cleaned.get("decided_on"), cleaned.get("expires_on")
        if decided and ends and ends <= decided:
            self.add_error("expires_on", "It must end after the day it was decided")
        return cleaned


class UrgentReviewForm(Form):
    """What the panel said of it."""

    reviewed_on = DateInThreeField(label="When did the panel look at it?")
    what_the_panel_said = forms.CharField(
        label="What did the panel say?",
        help_text="Also what it would have done otherwise. Name nobody.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, urgent: UrgentDecision) -> None:
        super().__init__(data, initial={"version": urgent.version})
        day: Any = self.fields["reviewed_on"]
        day.earliest, day.latest = urgent.decided_on, timezone.localdate()
