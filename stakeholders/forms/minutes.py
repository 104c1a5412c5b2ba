"""What people fill in about minutes."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from stakeholders.models import MinuteNote, User
from vbc.core.enums import ContributionStatus
from vbc.ui.forms import DateInThreeField, Form

WORDS = 4000


class NoteForm(Form):
    """What was said about an item."""

    said = forms.CharField(
        label="What was said?",
        help_text="Short and plain. Say what was said rather than who said it, unless they want "
        "their name there.",
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    marks_optional = False

    def __init__(self, *args: Any, note: MinuteNote | None = None, **kwargs: Any) -> None:
        initial = {"said": note.said, "version": note.version} if note else {"version": 0}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)


class MeetingDecisionForm(Form):
    words = forms.CharField(
        label="What did the panel decide?",
        help_text="Read it out before you save it. It cannot be changed afterwards.",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MeetingActionForm(Form):
    title = forms.CharField(label="What will be done?", max_length=200)
    owner = forms.ModelChoiceField(
        label="Who will do it?",
        queryset=User.objects.none(),
        to_field_name="public_id",
        empty_label="Choose a person",
        help_text="Only somebody who said yes.",
    )
    due_on = DateInThreeField(label="By when", required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = people


class CorrectionForm(Form):
    text = forms.CharField(
        label="What should be put right?",
        help_text="Say where, and how it was. Everyone on the panel can read it, with the name you "
        "chose, and you get an answer.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerCorrectionForm(Form):
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
        help_text="Say what was changed, or why not. Whoever asked is told.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
