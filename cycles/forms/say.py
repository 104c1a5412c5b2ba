"""What anybody fills in who answers a call: no account, no cookie, two minutes."""

import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.core import signing

from cycles.enums import QuestionKind, SpeaksFrom
from cycles.models import Call, CallQuestion
from cycles.services.answers import Said
from vbc.ui.forms import Form, RatingField
from vbc.ui.naming import NameField

SCALE = {1: "As bad as it can be", 5: "In between", 9: "As good as it can be"}
# A person needs longer than this to read the page; and a page that was left open is fine for a day.
LEAST, MOST = timedelta(seconds=3), timedelta(days=1)
_SALT = "cycles.say"


class SayForm(Form):
    """The questions of a call. `website` is a trap for machines that fill in every box."""

    label_size: ClassVar[str] = "m"
    # The page says once that everything may be left out.
    marks_optional: ClassVar[bool] = False
    website = forms.CharField(
        label="Leave this box empty",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    perspective = forms.ChoiceField(
        label="Which fits you best?",
        help_text="It helps us to hear whether we reach everybody. Nobody sees it beside your "
        "answers.",
        choices=[*SpeaksFrom.choices, ("", "I would rather not say")],
        required=False,
        widget=forms.RadioSelect,
    )
    name = NameField(label="Your name, if you want to say it", required=False)
    opened = forms.CharField(widget=forms.HiddenInput, max_length=400, required=False)

    def __init__(self, data: Any = None, *, call: Call, questions: list[CallQuestion]) -> None:
        super().__init__(data, initial={"opened": fresh_token(call)})
        self.call, self.questions = call, questions
        for question in questions:
            self.fields.update(_fields(question))
        if call.is_anonymous:
            del self.fields["name"]
        own = [name for question in questions for name in _fields(question)]
        self.order_fields([*own, "perspective", "name", "website", "opened"])

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Leave this box empty, then send it again")
        return ""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        problem = problem_with(self.call, said.get("opened", ""))
        if problem:
            # The next time it is sent it carries a new time.
            sent: Any = self.data
            sent = self.data = sent.copy()
            sent["opened"] = fresh_token(self.call)
            raise forms.ValidationError(problem)
        for question in self.questions:
            if question.kind == QuestionKind.HOPES:
                self._both_or_neither(said, question)
        if not self.errors and all(_said(each, said).is_empty for each in self.questions):
            raise forms.ValidationError("Answer at least one question")
        return said

    def _both_or_neither(self, said: dict[str, Any], question: CallQuestion) -> None:
        now, hope = _names(question)
        if (said.get(now) is None) != (said.get(hope) is None):
            missing = hope if said.get(hope) is None else now
            self.add_error(
                missing,
                "Choose a number here too, or none in both: one by itself tells us nothing",
            )

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """What a person sees, in order, without the trap."""
        return [field for field in self.visible_fields() if field.name != "website"]

    @property
    def answers(self) -> list[Said]:
        return [_said(question, self.cleaned_data) for question in self.questions]

    @property
    def nonce(self) -> str:
        """What this opening of the page is told from every other by."""
        return str(signing.loads(self.cleaned_data["opened"], salt=_SALT)["n"])


class HearForm(Form):
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="It is kept apart from all answers, used once, and then deleted.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class FollowForm(Form):
    heading_field = "code"

    code = forms.CharField(
        label="Type the code that you were shown",
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "vbc-code",
            }
        ),
        error_messages={"required": "Type the code that you were shown"},
    )


def fresh_token(call: Call) -> str:
    """The time at which the page was opened, signed, with a number that is used once."""
    return signing.dumps({"c": call.public_id, "n": secrets.token_hex(8)}, salt=_SALT)


def problem_with(call: Call, token: str) -> str:
    """Why an answer that came with this token is not taken yet; empty where it is."""
    try:
        opened = signing.loads(token, salt=_SALT, max_age=MOST)
    except signing.SignatureExpired:
        return "The page was open for a long time. Your answers are still there: send them again"
    except signing.BadSignature:
        return "Something of the page was lost. Your answers are still there: send them again"
    if opened.get("c") != call.public_id:
        return "Something of the page was lost. Your answers are still there: send them again"
    try:
        signing.loads(token, salt=_SALT, max_age=LEAST)
    except signing.SignatureExpired:
        return ""
    return (
        "It was sent at once, as machines do. Your answers are still there: wait a few seconds, "
        "then send them again"
    )


def _names(question: CallQuestion) -> tuple[str, str]:
    return f"q{question.position}_now", f"q{question.position}_hope"


def _fields(question: CallQuestion) -> dict[str, forms.Field]:
    name = f"q{question.position}"
    if question.kind == QuestionKind.WORDS:
        area = forms.Textarea(attrs={"rows": 5})
        return {
            name: forms.CharField(label=question.text, max_length=2000, required=False, widget=area)
        }
    if question.kind == QuestionKind.CHOICE:
        choices = [(each, each) for each in question.choices]
        return {
            name: forms.ChoiceField(
                label=question.text,
                choices=[*choices, ("", "I would rather not say")],
                required=False,
                widget=forms.RadioSelect,
            )
        }
    now, hope = _names(question)
    return {
        now: _scale(f"{question.text}: how is it now?", "The next question belongs to this one."),
        hope: _scale(
            f"{question.text}: what would you hope for?",
            "We need both numbers, or none: what counts is how far apart they are.",
        ),
    }


def _scale(label: str, help_text: str) -> RatingField:
    return RatingField(
        label=label,
        help_text=help_text,
        required=False,
        words=SCALE,
        no_score="I would rather not say",
    )


def _said(question: CallQuestion, said: dict[str, Any]) -> Said:
    if question.kind == QuestionKind.HOPES:
        now, hope = _names(question)
        return Said(question, actual=said.get(now), hoped=said.get(hope))
    given = said.get(f"q{question.position}", "")
    if question.kind == QuestionKind.CHOICE:
        return Said(question, choice=given)
    return Said(question, words=given)
