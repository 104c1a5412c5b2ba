"""Declaring an interest in an option, and bringing a decision to a meeting."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from cycles.models import OptionInterest
from stakeholders.enums import AgendaKind
from stakeholders.models import Meeting
from vbc.ui.dates import moment_in_words
from vbc.ui.forms import Form


class OptionInterestForm(Form):
    words = forms.CharField(
        label="What is your interest?",
        help_text="A sentence is enough, such as “I work for the charity that would run it.” "
        "Everyone on the panel can read it, beside the name you chose. Leave out anything about "
        "your health or anybody else's.",
        max_length=OptionInterest._meta.get_field("words").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        when = moment_in_words(obj.starts_at) if obj.starts_at else "no date yet"
        return f"{obj.title} ({when})"


class PutOnAgendaForm(Form):
    meeting = MeetingChoice(
        label="Which meeting?",
        queryset=Meeting.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label="What should happen there?",
        choices=AgendaKind.choices,
        initial=AgendaKind.TALK,
        widget=forms.RadioSelect,
    )
    minutes = forms.IntegerField(
        label="How many minutes does it need?", min_value=1, max_value=240, initial=30
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = meetings
