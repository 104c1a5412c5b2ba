"""The shape of what people say they need, and of who arranges it."""

import re
from typing import Any

from django import forms
from django.db.models import QuerySet

from stakeholders.models import SupportPlan, User
from stakeholders.models.support import NEEDS, TEXTS, WAYS
from vbc.ui.forms import Form

LONGEST = 1000
# Of each way to reach somebody that needs more than a tick: the field, and what is asked for.
_NEEDED: dict[str, tuple[str, str]] = {
    "by_phone": ("phone_number", "Which number should we ring? Or untick phone call."),
    "by_text": ("phone_number", "Which number should we text? Or untick text message."),
    "by_post": ("post_address", "Which address should we write to? Or untick post."),
}
# Where one number is asked for twice, it is asked for once.
_RING_AND_TEXT = "Which number should we ring and text? Or untick phone call and text message."
# At least three digits, and between them what people write there; an extension at the end.
_LIKE_A_NUMBER = re.compile(
    r"\+?(?=(?:\D*\d){3})[\d\s()./-]+(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE
)
_NO_NUMBER = (
    "Write the number with digits, as you would dial it. When to ring, or whom to ask for, goes "
    "under “When is a good time?”."
)


def _words(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SupportPlanForm(Form):
    """Everything may be left empty, changed and taken away."""

    marks_optional = False

    needs = forms.MultipleChoiceField(
        label="What helps you to take part?",
        help_text="Tick as many as you like, or none.",
        choices=list(NEEDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interpreter = forms.CharField(
        label="An interpreter",
        help_text="If you want one: for which language?",
        required=False,
        max_length=120,
    )
    timing = _words("Times", "Such as: not before 11am, a break every half hour, short meetings.")
    travel = _words("Getting there", "Such as: step-free, a taxi, someone to come with you.")
    anything_else = _words(
        "Anything else", "You need not say why you need something. Only what helps."
    )
    ways = forms.MultipleChoiceField(
        label="How would you like to be reached?",
        choices=list(WAYS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    phone_number = forms.CharField(
        label="Phone number",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    post_address = forms.CharField(
        label="Address for post",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    contact_times = forms.CharField(
        label="When is a good time?",
        help_text="And when not.",
        required=False,
        max_length=240,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: SupportPlan | None, version: int, **kwargs: Any) -> None:
        said = plan.said() if plan else {}
        kwargs["initial"] = {
            "needs": [name for name in NEEDS if said.get(name)],
            "ways": [name for name in WAYS if said.get(name)],
            "version": version,
            **{name: said.get(name, "") for name in TEXTS},
        }
        super().__init__(*args, **kwargs)

    def clean_phone_number(self) -> str:
        """A number as people write one. Which country, and how long, is theirs to know."""
        number: str = self.cleaned_data["phone_number"]
        if number and not _LIKE_A_NUMBER.fullmatch(number):
            raise forms.ValidationError(_NO_NUMBER)
        return number

    def clean(self) -> dict[str, Any]:
        """A wish that nobody could meet is not taken without a word."""
        cleaned = super().clean() or {}
        asked = {
            field: words
            for way, (field, words) in _NEEDED.items()
            if way in cleaned.get("ways", ()) and cleaned.get(field) == ""
        }
        if "phone_number" in asked and {"by_phone", "by_text"} <= set(cleaned["ways"]):
            asked["phone_number"] = _RING_AND_TEXT
        for field, words in asked.items():
            self.add_error(field, words)
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What the person said, by the names of the plan's fields."""
        ticked = {*self.cleaned_data["needs"], *self.cleaned_data["ways"]}
        return {
            **{name: name in ticked for name in (*NEEDS, *WAYS)},
            **{name: self.cleaned_data[name] for name in TEXTS},
        }


class ArrangerForm(Form):
    heading_field = "arranger"

    arranger = forms.ModelChoiceField(
        label="Who arranges what people need?",
        queryset=User.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
        help_text="They read what each person wrote about what they need and how to reach them. "
        "Nobody else does, and nor do you unless you choose yourself. Everyone on the panel is "
        "told who it is.",
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["arranger"]
        choice.queryset = people
