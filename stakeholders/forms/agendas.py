"""What people fill in about the agenda."""

from typing import Any

from django import forms

from stakeholders.enums import AgendaKind
from stakeholders.models import AgendaItem
from vbc.ui.forms import Form


class AskForItemForm(Form):
    """What somebody wants to be talked about."""

    title = forms.CharField(
        label="What should the meeting talk about?",
        max_length=120,
        help_text="A few words. You can say more in the meeting.",
    )
    kind = forms.ChoiceField(
        label="What should happen?",
        choices=AgendaKind.choices,
        initial=AgendaKind.TALK,
        widget=forms.RadioSelect,
    )
    minutes = forms.IntegerField(
        label="How many minutes does it need?",
        min_value=1,
        max_value=240,
        initial=15,
        help_text="A guess is good enough.",
    )


class AgendaItemForm(AskForItemForm):
    """An item, by whoever runs the meeting."""

    leader = forms.CharField(
        label="Who leads it?",
        required=False,
        max_length=80,
        help_text="By the name they chose.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, item: AgendaItem | None = None, **kwargs: Any) -> None:
        if item is not None:
            names = ("title", "kind", "minutes", "leader", "version")
            kwargs.setdefault("initial", {name: getattr(item, name) for name in names})
        super().__init__(*args, **kwargs)


class TurnDownForm(Form):
    """Why not this time."""

    answer = forms.CharField(
        label="Why not this time?",
        help_text="Say also when or where it could be talked about. Whoever asked reads this.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
