"""The shape of calls for views, for those who ask and those who read."""

from datetime import date
from typing import Any

from django import forms

from cycles.enums import QuestionKind
from cycles.forms.choices import offer
from cycles.forms.decisions import longest
from cycles.models import Call, CallResponse, Cycle, Decision
from cycles.models.calls import AnswerNote
from cycles.queries.calls import decisions_to_ask_about
from evidence.models import Theme
from stakeholders.models import User
from vbc.ui.forms import DateInThreeField, Form

MOST_CHOICES, LONGEST_CHOICE = 8, 120


class CallForm(Form):
    """What is asked about, for how long, and under which promise."""

    title = forms.CharField(
        label="What do you want to hear about?",
        max_length=longest(Call, "title"),
        help_text="In a few plain words, such as “Help in a crisis: what should change?” The short "
        "address is made from it.",
    )
    decision = forms.ModelChoiceField(
        label="Is it about one decision?",
        queryset=Decision.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label="No, about the whole cycle",
    )
    why = forms.CharField(
        label="Why do you ask?",
        max_length=longest(Call, "why"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In two or three sentences a neighbour would understand.",
    )
    what_happens = forms.CharField(
        label="What will you do with the answers?",
        max_length=longest(Call, "what_happens"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Who reads them, what they can change, and what they cannot.",
    )
    is_anonymous = forms.TypedChoiceField(
        label="May people say who they are?",
        choices=[
            ("yes", "No, it is anonymous: there is no place for a name"),
            ("no", "Yes, there is a box for a name, which nobody has to fill"),
        ],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    opens_on = DateInThreeField(label="First day")
    closes_on = DateInThreeField(label="Last day")
    hear_by = DateInThreeField(
        label="By when will people hear what came of it?",
        help_text="A promise: it stands on the page.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, cycle: Cycle, call: Call | None = None) -> None:
        initial: dict[str, Any] = {}
        if call:
            names = ("title", "why", "what_happens", "opens_on", "closes_on", "hear_by", "version")
            initial = {name: getattr(call, name) for name in names}
            initial["is_anonymous"] = "yes" if call.is_anonymous else "no"
            initial["decision"] = call.decision.public_id if call.decision else None
        super().__init__(data, initial=initial)
        self.fields["version"].required = call is not None
        offer(self, "decision", decisions_to_ask_about(cycle))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        days = [said.get(name) for name in ("opens_on", "closes_on", "hear_by")]
        opens, closes, hear = days
        if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
            self.add_error("closes_on", "The last day must be the first day or later")
        if isinstance(closes, date) and isinstance(hear, date) and hear < closes:
            self.add_error("hear_by", "People can hear what came of it from the last day on")
        return said


class QuestionForm(Form):
    kind = forms.ChoiceField(
        label="How do people answer?", choices=QuestionKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="The question",
        max_length=200,
        help_text="One plain question. For “how it is now, and what they hope for”, name what it "
        "is about, such as “Getting help at night”.",
    )
    choices = forms.CharField(
        label="The answers to choose from",
        max_length=MOST_CHOICES * (LONGEST_CHOICE + 1),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One on each line, for “choose one”.",
    )
    theme = forms.ModelChoiceField(
        label="The theme it is about",
        queryset=Theme.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label="None",
        help_text="For “how it is now, and what they hope for”.",
    )

    def __init__(self, data: Any = None, *, themes: Any) -> None:
        super().__init__(data)
        offer(self, "theme", themes)

    def clean_choices(self) -> list[str]:
        lines = [each.strip() for each in self.cleaned_data["choices"].splitlines()]
        found = list(dict.fromkeys(each for each in lines if each))
        if len(found) > MOST_CHOICES or any(len(each) > LONGEST_CHOICE for each in found):
            raise forms.ValidationError(
                f"Write at most {MOST_CHOICES} answers of at most {LONGEST_CHOICE} characters each"
            )
        return found


class ReaderForm(Form):
    reader = forms.ModelChoiceField(
        label="Who reads the answers with you?",
        queryset=User.objects.none(),
        to_field_name="public_id",
        empty_label="Choose a person",
        help_text="Somebody on the panel who said yes. Those who use services themselves often "
        "hear what others miss.",
    )

    def __init__(self, data: Any = None, *, people: Any) -> None:
        super().__init__(data)
        offer(self, "reader", people)


class ShowForm(Form):
    """Which answers the list shows."""

    marks_optional = False
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "All answers"),
            ("uncoded", "Those without a theme"),
            ("held", "Those that are held back"),
        ],
    )
    theme = forms.ModelChoiceField(
        label="Theme",
        queryset=Theme.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label="Any theme",
    )

    def __init__(self, data: Any = None, *, themes: Any) -> None:
        super().__init__(data)
        offer(self, "theme", themes)


class NoteForm(Form):
    text = forms.CharField(
        label="Your note, for the others who read",
        max_length=longest(AnswerNote, "text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-key": "n"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, note: AnswerNote | None = None) -> None:
        said = {"text": note.text if note else "", "version": note.version if note else 0}
        super().__init__(data, initial=said)


class HoldForm(Form):
    reason = forms.CharField(
        label="Why is it held back?",
        max_length=300,
        help_text="Whoever gave it reads this, if they come back with their code. Name nobody.",
    )


class ResponseForm(Form):
    you_said = forms.CharField(
        label="You said",
        max_length=longest(CallResponse, "you_said"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What people said, in your words. Print nobody's own words: they were promised "
        "that.",
        error_messages={"required": "Say in your words what people said"},
    )
    we_did = forms.CharField(
        label="We did, or why not",
        max_length=longest(CallResponse, "we_did"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what you did, or why not"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, response: CallResponse | None = None) -> None:
        said: dict[str, Any] = {"version": 0}
        if response:
            names = ("you_said", "we_did", "version")
            said = {name: getattr(response, name) for name in names}
        super().__init__(data, initial=said)
