"""Saying something, replying, changing it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from cycles.enums import Stance
from cycles.models import Comment, Option
from evidence.models import Reference
from vbc.ui.forms import Form

COMMENT_LIMIT = Comment._meta.get_field("text").max_length
NOTE_LIMIT = Comment._meta.get_field("content_note").max_length
WHOLE = "whole"


class RemarkForm(Form):
    """Words, for or against, and what they point to. What can be pointed to is chosen from what is
    there, and never read out of the words.

    `options` and `references` are those of the page, so that offering them asks nothing of the
    database.
    """

    text = forms.CharField(
        label="What do you want to say?",
        error_messages={"required": "Write what you want to say"},
        max_length=COMMENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    stance = forms.ChoiceField(
        label="Is it for or against?",
        choices=Stance.choices,
        initial=Stance.NEUTRAL,
        widget=forms.RadioSelect,
    )
    mentioned_options = forms.MultipleChoiceField(
        label="Which options does it mention?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mentioned_references = forms.MultipleChoiceField(
        label="Which evidence does it mention?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    content_note = forms.CharField(
        label="Is there anything in it that could be hard to read?",
        help_text="Such as: self-harm. Then others see this note first, and choose whether to read "
        "on.",
        max_length=NOTE_LIMIT,
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    marks_optional = False
    # What stands folded below the rest.
    MORE: ClassVar[tuple[str, ...]] = ("mentioned_options", "mentioned_references", "content_note")

    def __init__(
        self,
        *args: Any,
        options: Sequence[Option],
        references: Sequence[Reference],
        comment: Comment | None = None,
        **kwargs: Any,
    ) -> None:
        if comment is not None:
            kwargs["initial"] = {
                "text": comment.text,
                "stance": comment.stance,
                "content_note": comment.content_note,
                "version": comment.version,
                "mentioned_options": [each.public_id for each in comment.mentioned_options.all()],
                "mentioned_references": [
                    each.public_id for each in comment.mentioned_references.all()
                ],
            }
        super().__init__(*args, **kwargs)
        self.fields["version"].required = comment is not None
        self.offered: dict[str, dict[str, Any]] = {}
        self._offer("mentioned_options", options)
        self._offer("mentioned_references", references)

    @property
    def first(self) -> list[forms.BoundField]:
        """What everybody is asked."""
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        """What few need."""
        return [field for field in self.visible_fields() if field.name in self.MORE]

    @property
    def is_open(self) -> bool:
        """Whether what few need is unfolded: it has been used, or is wrong."""
        return any(self.errors.get(name) or self[name].value() for name in self._more_names())

    def clean_mentioned_options(self) -> list[Any]:
        return self._chosen("mentioned_options")

    def clean_mentioned_references(self) -> list[Any]:
        return self._chosen("mentioned_references")

    def _more_names(self) -> list[str]:
        return [name for name in self.MORE if name in self.fields]

    def _offer(self, name: str, things: Sequence[Any]) -> None:
        """Let `name` be answered with some of `things`; without any, it is not asked."""
        self.offered[name] = {each.public_id: each for each in things}
        if not things:
            del self.fields[name]
            return
        field: Any = self.fields[name]
        field.choices = [(each.public_id, each.title) for each in things]

    def _chosen(self, name: str) -> list[Any]:
        return [self.offered[name][key] for key in self.cleaned_data[name]]


class CommentForm(RemarkForm):
    """A comment of its own, on the decision or one of its options."""

    option = forms.ChoiceField(label="What is it about?", required=False)

    def __init__(self, *args: Any, options: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(*args, options=options, **kwargs)
        self.order_fields(["text", "option", "stance"])
        self.options = {each.public_id: each for each in options}
        field: Any = self.fields["option"]
        field.choices = [
            ("", "The whole decision"),
            *((each.public_id, each.title) for each in options),
        ]

    def clean_option(self) -> Option | None:
        return self.options.get(self.cleaned_data["option"])


class TalkFilterForm(Form):
    """Which part of the talk to read, and in which order."""

    about = forms.ChoiceField(label="About", required=False)
    stance = forms.ChoiceField(
        label="For or against", choices=[("", "All"), *Stance.choices], required=False
    )
    order = forms.ChoiceField(
        label="Order",
        choices=[("", "Oldest first"), ("newest", "Newest first")],
        required=False,
    )
    marks_optional = False

    def __init__(self, *args: Any, options: Sequence[Option], **kwargs: Any) -> None:
        # The form for a comment stands on the same page, and has names in common.
        super().__init__(*args, auto_id="talk_%s", **kwargs)
        field: Any = self.fields["about"]
        field.choices = [
            ("", "Everything"),
            (WHOLE, "The whole decision"),
            *((each.public_id, each.title) for each in options),
        ]
