"""Keeping something out of the talk, and looking at it again."""

from collections.abc import Sequence
from typing import Any

from django import forms

from cycles.enums import ModerationStepKind
from vbc.ui.forms import Form

MOST_REASON = 600
Kind = ModerationStepKind
_WHAT: dict[str, tuple[str, str]] = {
    Kind.HELD: (
        "Hold it back until its author has changed it",
        "For something that can be put in other words. Its author changes it, and it is shown "
        "again at once.",
    ),
    Kind.TAKEN_DOWN: (
        "Take it down",
        "For something that cannot stand here in any words. A line says that it was taken down.",
    ),
    Kind.PUT_BACK: ("Put it back", "It is shown again as it was written."),
}


class KeepBackForm(Form):
    """What is done with a comment, and why."""

    what = forms.ChoiceField(label="What do you want to do?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why",
        help_text="Its author is told, and everybody on the panel can read it. Repeat nothing of "
        "what you keep back, and say nothing about the person.",
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, kinds: Sequence[ModerationStepKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["what"]
        field.choices = [(kind.value, _WHAT[kind][0]) for kind in kinds]
        field.hints = {kind.value: _WHAT[kind][1] for kind in kinds}


class AppealForm(Form):
    """Why it should be looked at again, in its author's words."""

    words = forms.CharField(
        label="Why should it be looked at again?",
        help_text="Only the people who look at it again read this.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerAppealForm(Form):
    """Whether it is put back, and why."""

    what = forms.ChoiceField(
        label="What do you decide?",
        choices=[
            (Kind.PUT_BACK.value, "Put it back"),
            (Kind.UPHELD.value, "It stays as it is"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why",
        help_text="Its author is told, and everybody on the panel can read it. Repeat nothing of "
        "what was kept back.",
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
