"""Switching frameworks on, answering them, and saying how one sees it."""

from typing import Any

from django import forms

from evidence.enums import FrameworkAnswerKind
from evidence.forms.common import ForOrganisation, ReferenceField
from evidence.frameworks import FRAMEWORKS, Framework, Kind
from evidence.models import FrameworkAnswer, FrameworkItem
from evidence.queries.frameworks import Asked, references_to_link
from stakeholders.models import Organisation
from vbc.core.enums import ContributionStatus
from vbc.ui.forms import Form

MOST = 2_000


class SwitchOnForm(ForOrganisation):
    """Which framework, and why it helps here."""

    framework = forms.ChoiceField(
        label="Which framework?",
        choices=[("", "Choose one"), *((each.key, each.name) for each in FRAMEWORKS.values())],
    )
    why = forms.CharField(
        label="Why does it help here?",
        help_text="In a sentence. Everybody who reads it sees this.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FrameworkAnswerForm(Form):
    """How it is with one item."""

    marks_optional = False

    answer = forms.ChoiceField(widget=forms.RadioSelect)
    words = forms.CharField(
        label="In a few words",
        help_text="What shows it, or what is missing. Needed unless the answer is a plain yes. "
        "Name nobody.",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    effect = forms.CharField(
        label="What did it do?",
        help_text="To be written at the review: what became better or harder because of it.",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        framework: Framework,
        asked: Asked,
        answered: FrameworkAnswer | None,
    ) -> None:
        initial: dict[str, Any] = {"version": 0}
        if answered:
            initial = {name: getattr(answered, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        field: Any = self.fields["answer"]
        kinds = FrameworkAnswerKind.choices_for(is_yearly=framework.is_yearly)
        field.choices = [(each.value, each.label) for each in kinds]
        field.divider_before = FrameworkAnswerKind.NOT_RELEVANT.value
        field.label, field.help_text = asked.question, asked.hint
        field.error_messages["required"] = "Choose an answer"
        if framework.is_yearly:
            self.fields["words"].help_text = "What shows it, or what is missing. Name nobody."
        if not framework.asks_effect:
            del self.fields["effect"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("answer")
        if kind and FrameworkAnswerKind(kind).needs_words and not cleaned.get("words"):
            self.add_error("words", "Say more in a sentence")
        return cleaned


class FrameworkItemForm(Form):
    """Something of one's own."""

    name = forms.CharField(label="What is it?", max_length=160)
    question = forms.CharField(
        label="As a question",
        help_text="So that a yes is good news. Leave it out to ask “Is it so?”.",
        max_length=240,
        required=False,
    )
    lever = forms.CharField(
        label="What moves it?",
        help_text="What commissioners can do so that it happens: a contract, a payment, a rule, a "
        "new service.",
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, framework: Framework, item: FrameworkItem | None = None
    ) -> None:
        initial = {name: getattr(item, name) for name in self.base_fields} if item else None
        super().__init__(data, initial=initial)
        if framework.kind is Kind.MATRIX:
            self.fields["name"].label = "What do you want to reach?"
            self.fields["question"].widget = forms.HiddenInput()
        else:
            del self.fields["lever"]


class FrameworkLinkForm(Form):
    """What shows that an answer is so."""

    reference = ReferenceField(
        label="A reference of the library", required=False, empty_label="None of these"
    )
    title = forms.CharField(label="Or a page: what it is called", max_length=200, required=False)
    address = forms.CharField(
        label="Its address",
        help_text="A page here, copied from /cycles/ or /documents/ on, or one on the web.",
        max_length=400,
        required=False,
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data)
        field: Any = self.fields["reference"]
        field.queryset = references_to_link(organisation)

    def clean_address(self) -> str:
        """Nothing but a page of this site or of the web: no address that runs something."""
        address = str(self.cleaned_data["address"]).strip()
        is_here = address.startswith("/") and not address.startswith(("//", "/\\"))
        if address and not is_here and not address.startswith(("https://", "http://")):
            raise forms.ValidationError("Begin the address with / for a page here, or https://")
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        page = [cleaned.get("title"), cleaned.get("address")]
        if cleaned.get("reference") and any(page):
            self.add_error("reference", "Choose a reference or give a page, one at a time")
        elif not cleaned.get("reference") and not all(page) and not self.errors:
            self.add_error("reference", "Choose a reference, or give a page with its address")
        return cleaned


class FrameworkNoteForm(Form):
    """How a member sees one item."""

    text = forms.CharField(
        label="How do you see it?",
        help_text="From where you stand. It changes nobody's answer, stands beside it as yours, "
        "and gets a reply. Name nobody.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class FrameworkNoteAnswerForm(Form):
    """What became of a note."""

    status = forms.ChoiceField(
        label="What became of it?",
        choices=[
            (each.value, each.label)
            for each in ContributionStatus
            if each in ContributionStatus.answered()
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="Your reply",
        help_text="Say what was done because of it, or why not. The person who said it is told.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
