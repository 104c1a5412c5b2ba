"""Saying something, and answering it."""

from typing import Any

from django import forms

from cycles.enums import Stance
from cycles.forms.limits import MOST
from cycles.models import Option
from cycles.models.comments import Comment
from vbc.core.enums import ContributionStatus
from vbc.ui.forms import Form

COMMENT_LIMIT = Comment._meta.get_field("text").max_length


class CommentForm(Form):
    """A comment on a decision or one of its options."""

    text = forms.CharField(
        label="What do you want to say?",
        max_length=COMMENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    option = forms.ModelChoiceField(
        label="What is it about?",
        queryset=Option.objects.none(),
        required=False,
        empty_label="The whole decision",
    )
    stance = forms.ChoiceField(
        label="Is it for or against?",
        choices=Stance.choices,
        initial=Stance.NEUTRAL,
        widget=forms.RadioSelect,
    )
    marks_optional = False

    def __init__(self, *args: Any, options: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["option"]
        field.queryset = options
        field.to_field_name = "public_id"


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
