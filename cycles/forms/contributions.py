"""Answering what people said, sending an answer back, and until when it comes first."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from cycles.forms.limits import MOST
from cycles.models import Comment
from cycles.queries.contributions import Contributed
from stakeholders.enums import EngagementEffect
from vbc.core.enums import ContributionStatus
from vbc.ui.dates import LONDON
from vbc.ui.forms import DateInThreeField, Form

OBJECTION_LIMIT = Comment._meta.get_field("not_answered_words").max_length
CLOSES = time(17)


class AnswerForm(Form):
    """What became of somebody's words."""

    status = forms.ChoiceField(
        label="What became of it?",
        choices=[
            (choice.value, choice.label)
            for choice in ContributionStatus
            if choice in ContributionStatus.answered()
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Your answer",
        help_text="Say what was done because of it, or why not. The person who said it is told.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    effect = forms.ChoiceField(
        label="What did it add?",
        help_text="Leave it out where none of these is true.",
        choices=[("", "None of these"), *EngagementEffect.choices],
        required=False,
    )


class AnswerSeveralForm(AnswerForm):
    """One answer for one or several contributions."""

    things = forms.MultipleChoiceField(
        label="What do you answer?",
        error_messages={"required": "Tick at least one thing that you answer"},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, waiting: Sequence[Contributed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {each.public_id: each for each in waiting}
        field: Any = self.fields["things"]
        # The words stand on the page beside their box.
        field.choices = [(key, "Answer this") for key in self.waiting]

    @property
    def answer_fields(self) -> list[Any]:
        """Everything but the boxes, which stand with the words they are about."""
        return [field for field in self.visible_fields() if field.name != "things"]

    @property
    def boxes(self) -> dict[str, Any]:
        """The box of each thing that waits."""
        bound: Any = self["things"]
        return {str(box["value"]): box for box in bound.options}

    def clean_things(self) -> list[Contributed]:
        return [self.waiting[key] for key in self.cleaned_data["things"]]


class NotAnsweredForm(Form):
    """What an answer leaves open."""

    words = forms.CharField(
        label="What does the answer leave open?",
        help_text="A sentence is enough. Everybody on the panel can read it.",
        max_length=OBJECTION_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CutOffForm(Form):
    """The day up to which what is said is answered before the decision."""

    until = DateInThreeField(
        label="The last day",
        help_text="What is said until 5pm on that day gets an answer before anything is recorded. "
        "Leave it empty, and everything does.",
        required=False,
    )

    def clean_until(self) -> datetime | None:
        day = self.cleaned_data["until"]
        if day is None:
            return None
        moment = datetime.combine(day, CLOSES, tzinfo=LONDON)
        if moment <= timezone.now():
            raise forms.ValidationError("The last day must still be to come: 5pm on it is over.")
        return moment
