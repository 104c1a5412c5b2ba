"""What matters to the panel, and what of it bears on a decision."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from cycles.enums import PRESETS
from cycles.forms.choices import offer
from cycles.forms.decisions import longest
from cycles.forms.limits import MOST
from cycles.models import Decision, DecisionValue, SharedValue
from stakeholders.enums import Pillar
from vbc.ui.forms import DateInThreeField, Form

SHORT = 1_000


class ValueForm(Form):
    """A statement of what matters."""

    text = forms.CharField(
        label="What matters to you?",
        help_text="One sentence. It can begin with “we”.",
        max_length=longest(SharedValue, "text"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    in_practice = forms.CharField(
        label="What would you see if it is lived?",
        help_text="Something that people do, or that happens. You can leave it to others.",
        max_length=SHORT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, value: SharedValue | None = None, **kwargs: Any) -> None:
        if value is not None:
            names = ("text", "in_practice", "version")
            kwargs["initial"] = {name: getattr(value, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["version"].required = value is not None


class PresetForm(Form):
    """Which statements of a preset are taken over."""

    keys = forms.MultipleChoiceField(
        label="Which of these do you want on your list?",
        help_text="You can change each of them afterwards, or take it off again.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        values = PRESETS[source].values
        super().__init__(*args, initial={"keys": [value.key for value in values]}, **kwargs)
        field: Any = self.fields["keys"]
        field.choices = [(value.key, value.text) for value in values]
        field.hints = {value.key: f"You would see: {value.in_practice}" for value in values}


class NoteForm(Form):
    """How a value bears on a decision."""

    note = forms.CharField(
        label="How does it bear on this decision?",
        help_text="Which option it speaks for or against, and why. In a sentence or two.",
        max_length=SHORT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, linked: DecisionValue, **kwargs: Any) -> None:
        super().__init__(*args, initial={"note": linked.note, "version": linked.version}, **kwargs)


class LinkValueForm(Form):
    """Which value bears on a decision, and how."""

    value = forms.ModelChoiceField(
        label="Which of our values is it?",
        queryset=SharedValue.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="How does it bear on this decision?",
        help_text="Which option it speaks for or against, and why. In a sentence or two.",
        max_length=SHORT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, values: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "value", values)


class OutweighedForm(Form):
    """That a value pointed the other way, and what becomes of it."""

    pointed_other_way = forms.TypedChoiceField(
        label="Did it point another way than the panel went?",
        choices=[("yes", "Yes, and it was outweighed here"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    held_by = forms.MultipleChoiceField(
        label="If yes: who held it?",
        choices=Pillar.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why_outweighed = forms.CharField(
        label="If yes: why was it outweighed here?",
        help_text="It is not wrong because of that, and in another case it may weigh more.",
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    look_again_on = DateInThreeField(label="If yes: when do you look at it again?", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    marks_optional = False

    def __init__(self, *args: Any, linked: DecisionValue, **kwargs: Any) -> None:
        initial = {
            "pointed_other_way": "yes" if linked.pointed_other_way else None,
            "held_by": linked.held_by,
            "why_outweighed": linked.why_outweighed,
            "look_again_on": linked.look_again_on,
            "version": linked.version,
        }
        super().__init__(*args, initial=initial, **kwargs)
        day: Any = self.fields["look_again_on"]
        day.earliest = timezone.localdate() + timedelta(days=1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("pointed_other_way"):
            if not cleaned.get("held_by"):
                self.add_error("held_by", "Say who held it.")
            if not (cleaned.get("why_outweighed") or "").strip():
                self.add_error("why_outweighed", "Say why it was outweighed here.")
        return cleaned


class HowHeardForm(Form):
    """The second and third of the three Rs, on a decision."""

    raised_awareness = forms.CharField(
        label="What was done so that everybody's values were heard?",
        help_text="For example: who was asked who is not on the panel? Who spoke first? What did "
        "we learn that we did not expect?",
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    mutual_respect = forms.CharField(
        label="How did people treat each other's views?",
        help_text="For example: where did we differ, and did everybody finish what they had to "
        "say? Did anybody change their mind, and what for?",
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        names = ("raised_awareness", "mutual_respect", "version")
        initial = {name: getattr(decision, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
