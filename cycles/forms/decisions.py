"""Putting a question to the panel."""

from typing import Any

from django import forms

from cycles.enums import Ballot, BallotMethod, DecisionKind
from cycles.forms.limits import at_most_long
from cycles.models import Decision
from cycles.queries.decisions import OPEN_STATUSES
from cycles.services.decisions import EASY_WORDS_OF_THE_END
from vbc.ui.forms import Form
from vbc.ui.reading import HOW_TO_WRITE_EASILY


def longest(model: Any, name: str) -> int:
    """How many characters the field of a model takes."""
    limit: int = model._meta.get_field(name).max_length
    return limit


class DecisionForm(Form):
    """The question, why it is asked, of which sort it is, and how members say what they think."""

    title = forms.CharField(
        label="A short name for this decision", max_length=longest(Decision, "title")
    )
    question = forms.CharField(
        label="The question",
        help_text="One plain question, such as: which of these shall we buy first?",
        max_length=longest(Decision, "question"),
    )
    why = forms.CharField(
        label="Why this is asked",
        help_text="Why it matters now, and to whom. Two minutes to read.",
        validators=[at_most_long],
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    kind = forms.ChoiceField(
        label="What sort of question it is",
        help_text="The last two have a list of questions of their own, to be answered on the way.",
        choices=DecisionKind.choices,
        initial=DecisionKind.ORDINARY,
        widget=forms.RadioSelect,
    )
    method = forms.ChoiceField(
        label="How members say what they think of the options",
        help_text="Numbers say most. This can be changed until the first round opens.",
        choices=BallotMethod.choices,
        initial=BallotMethod.RATING,
        widget=forms.RadioSelect,
    )
    ballot = forms.ChoiceField(
        label="How service users' and carers' ratings are kept",
        help_text="This can be changed until the first round of rating opens, and not after.",
        choices=[(each.value, each.label) for each in (Ballot.SECRET, Ballot.OPEN)],
        initial=Ballot.SECRET,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, decision: Decision | None = None, **kwargs: Any) -> None:
        if decision is not None:
            names = ("title", "question", "why", "kind", "method", "ballot", "version")
            kwargs["initial"] = {name: getattr(decision, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["version"].required = decision is not None
        if decision is not None and decision.ballot == Ballot.ALL_SECRET:
            # A clinician asked for it, and nobody undoes that for them.
            del self.fields["ballot"]


class EasyWordsForm(Form):
    """A decision in easy words: the question, and once it is settled what came of it."""

    easy_question = forms.CharField(
        label="The question, in easy words",
        help_text=HOW_TO_WRITE_EASILY,
        required=False,
        validators=[at_most_long],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    easy_why = forms.CharField(
        label="Why this is asked",
        required=False,
        validators=[at_most_long],
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    easy_decided = forms.CharField(
        label="What was decided, and why",
        required=False,
        validators=[at_most_long],
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    easy_service_users_and_carers = forms.CharField(
        label="What service users and carers say of it",
        help_text="Write this and the next two together with those whose words they are. All "
        "three have the same room.",
        required=False,
        validators=[at_most_long],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    easy_clinical = forms.CharField(
        label="What clinicians say of it",
        required=False,
        validators=[at_most_long],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    easy_evidence = forms.CharField(
        label="What the evidence says of it",
        required=False,
        validators=[at_most_long],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    marks_optional = False

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decision.status in OPEN_STATUSES:
            for name in EASY_WORDS_OF_THE_END:
                del self.fields[name]
        self.initial = {name: getattr(decision, name) for name in self.fields}
