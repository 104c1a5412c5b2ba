"""One question of a checklist."""

from typing import Any

from django import forms

from cycles.enums import ChecklistAnswerKind
from cycles.enums.checklists import Question
from cycles.forms.limits import MOST
from cycles.models import ChecklistAnswer
from cycles.queries.checklists import needs_words
from vbc.ui.forms import Form


class ChecklistForm(Form):
    """Its answer, and a sentence."""

    marks_optional = False

    answer = forms.ChoiceField(choices=ChecklistAnswerKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="In a sentence",
        help_text="Needed unless the answer is a plain yes. Name nobody.",
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, question: Question, answered: ChecklistAnswer | None
    ) -> None:
        initial: dict[str, Any] = {"version": 0}
        if answered:
            initial = {name: getattr(answered, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        asked = self.fields["answer"]
        asked.label, asked.help_text = question.text, question.hint
        asked.error_messages["required"] = "Choose an answer"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "answer" in cleaned and needs_words(cleaned["answer"]) and not cleaned.get("note"):
            self.add_error("note", "Say more in a sentence")
        return cleaned
