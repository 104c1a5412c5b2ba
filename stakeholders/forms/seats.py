"""What people tell us about their own seats, and what those who run a panel say about others'."""

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import QuerySet

from stakeholders.models import UnwellCard, User
from vbc.ui.forms import DateInThreeField, Form

NOBODY = ""


class LeaveForm(Form):
    """Asked once, answered already: whoever says nothing leaves what they gave standing."""

    ratings = forms.ChoiceField(
        label="If you have rated in something that is still open",
        choices=[
            ("stand", "What I gave stands"),
            ("taken_back", "Take back what I gave there"),
        ],
        widget=forms.RadioSelect,
        initial="stand",
        required=False,
        help_text="You need not answer. What has been decided already stays as it is.",
    )

    @property
    def takes_ratings_back(self) -> bool:
        return self.cleaned_data["ratings"] == "taken_back"


class CardForm(Form):
    whom_to_contact = forms.CharField(
        label="Whom should we contact, and how?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text="Read only by you and by the person you chose to be in touch with you.",
    )
    ratings = forms.ChoiceField(
        label="If you have rated in a round and then step away",
        choices=[
            ("stand", "What I gave stands, and nobody rates in my place in that round"),
            ("cover", "Whoever steps in for me may rate in my place"),
        ],
        widget=forms.RadioSelect,
        help_text="Whoever steps in never sees what you gave.",
    )
    note_for_cover = forms.CharField(
        label="What should whoever steps in for you know?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text="Read only by you and by whoever steps in, while they do.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, card: UnwellCard, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "whom_to_contact": card.whom_to_contact,
                "ratings": "stand" if card.ratings_stand else "cover",
                "note_for_cover": card.note_for_cover,
                "version": card.version,
            },
        )
        super().__init__(*args, **kwargs)

    @property
    def written(self) -> dict[str, Any]:
        return {
            "expected": self.cleaned_data["version"],
            "whom_to_contact": self.cleaned_data["whom_to_contact"],
            "ratings_stand": self.cleaned_data["ratings"] == "stand",
            "note_for_cover": self.cleaned_data["note_for_cover"],
        }


class LiaisonForm(Form):
    heading_field = "person"

    person = forms.ModelChoiceField(
        label="Who should be in touch with you?",
        queryset=User.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label="Nobody",
        required=False,
        help_text="They are asked to get in touch before anybody else when the panel has to wait, "
        "and you can turn to them with anything. You can change this at any time.",
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["person"]
        choice.queryset = people


class OfferForm(Form):
    words = forms.CharField(
        label="What should members know about you?",
        max_length=240,
        required=False,
        help_text="For example when you can be reached. Every member reads it.",
    )


class TermForm(Form):
    ends_on = DateInThreeField(
        label="Last day of the term",
        required=False,
        help_text="Leave it empty if there is none. The person is told, and can always leave "
        "earlier.",
    )


class RemoveForm(Form):
    reason = forms.CharField(
        label="Why is this seat ended?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="The person reads this, word for word. Nobody else on the panel does.",
        error_messages={"required": "Write the reason: the person is told"},
    )


class MinimumForm(Form):
    heading_field = "minimum"

    minimum = forms.IntegerField(
        label="How many service users must be there at least?",
        max_value=20,
        help_text="The number can be raised, never lowered. Below it the panel waits, so that "
        "nobody sits alone.",
    )

    def __init__(self, *args: Any, lowest: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"minimum": lowest}, **kwargs)
        field: Any = self.fields["minimum"]
        field.min_value = lowest
        field.validators.append(
            MinValueValidator(
                lowest, f"The number is {lowest} now. It can be raised, never lowered."
            )
        )
