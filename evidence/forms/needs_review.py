"""Asking for comments, commenting, answering, publishing."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from evidence.enums import NeedsChapter
from evidence.models import NeedsAssessment, NeedsComment
from evidence.queries.visible import readers_of
from evidence.services.needs import a_year_on
from stakeholders.models import User
from vbc.ui.forms import DateInThreeField, Form


class AskForm(Form):
    """Whom to ask for comments."""

    heading_field = "people"
    marks_optional = False
    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Whom do you ask for comments?",
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        help_text="They get a message. Everybody else who reads this library can comment too.",
    )

    def __init__(self, *args: Any, assessment: NeedsAssessment, asks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readers = readers_of(assessment.organisation).exclude(pk=asks.pk)
        self.fields["people"].queryset = readers  # type: ignore[attr-defined]


class CommentForm(Form):
    """A comment on a draft."""

    marks_optional = False
    text = forms.CharField(
        label="What is missing, wrong or good?",
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[MaxLengthValidator(4_000)],
    )
    chapter = forms.ChoiceField(
        label="Which chapter is it about?",
        required=False,
        choices=[("", "All of it, or none of them"), *NeedsChapter.choices],
    )


class AnswerForm(Form):
    """What became of a comment."""

    text = forms.CharField(
        label="What became of it, or why not?",
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[MaxLengthValidator(4_000)],
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, comment: NeedsComment, **kwargs: Any) -> None:
        super().__init__(
            *args, initial={"text": comment.answer, "version": comment.version}, **kwargs
        )


class PublishForm(Form):
    """When a published one is looked at again."""

    next_look_on = DateInThreeField(
        label="When is it looked at again?",
        help_text="Once this day has passed, the page says so.",
    )

    def __init__(self, *args: Any, assessment: NeedsAssessment, **kwargs: Any) -> None:
        day = assessment.next_look_on or a_year_on(timezone.localdate())
        super().__init__(*args, initial={"next_look_on": day}, **kwargs)
