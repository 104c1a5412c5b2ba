"""How it is now and what somebody hopes for."""

from typing import Any

from django import forms

from evidence.models import GapAnswer, Theme
from stakeholders.models import EngagementEvent
from vbc.ui.forms import Form, RatingField

NOW = {1: "As bad as it can be", 5: "In between", 9: "As good as it can be"}


class HopesForm(Form):
    actual = RatingField(
        label="How is it now, as you live through it?",
        words=NOW,
        no_score="",
        error_messages={"required": "Say how it is now: choose a number from 1 to 9"},
    )
    hoped = RatingField(
        label="What would you hope for?",
        words=NOW,
        no_score="",
        error_messages={"required": "Say what you hope for: choose a number from 1 to 9"},
    )

    def __init__(self, *args: Any, said: GapAnswer | None = None, **kwargs: Any) -> None:
        if said is not None:
            kwargs["initial"] = {"actual": said.actual, "hoped": said.hoped}
        super().__init__(*args, **kwargs)


class EventHopesForm(Form):
    """What people at an event said, one person on each line."""

    event = forms.ModelChoiceField(
        EngagementEvent.objects.none(), to_field_name="public_id", label="Which event was it?"
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), to_field_name="public_id", label="On which theme?"
    )
    pairs = forms.CharField(
        label="What did each person say?",
        help_text="One person on each line, without a name: how it is now, a space, what they hope "
        "for. Such as “3 8”.",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10, "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, events: Any, themes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = events  # type: ignore[attr-defined]
        self.fields["theme"].queryset = themes  # type: ignore[attr-defined]

    def clean_pairs(self) -> list[tuple[int, int]]:
        found = []
        lines = self.cleaned_data["pairs"].splitlines()
        for number, line in enumerate(lines, start=1):
            if not (parts := line.split()):
                continue
            if len(parts) != 2 or not all(len(p) == 1 and p in "123456789" for p in parts):
                raise forms.ValidationError(
                    f"Line {number} must be two numbers from 1 to 9, such as “3 8”"
                )
            found.append((int(parts[0]), int(parts[1])))
        if not found:
            raise forms.ValidationError("Write at least one line with two numbers")
        return found
