"""The shape of a concern, of what its reader writes about it, and of naming who reads."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from stakeholders.enums import MayKnow, PassedTo
from stakeholders.models import Organisation, Panel, User
from stakeholders.queries.concerns import Reach
from vbc.ui.forms import DateInThreeField, Form

LONGEST = 8_000
MOST_RADIOS = 6
TOO_LONG = (
    "This is %(show_value)d characters long, and we can keep %(limit_value)d in one piece. Nothing "
    "is lost: all of it is still here. Shorten it, or send the rest as a second one."
)
PANEL, ORGANISATION = "panel", "organisation"


def _long_text(
    label: str, *, rows: int = 4, errors: dict[str, str] | None = None, **more: Any
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG, **(errors or {})},
        **more,
    )


class RaiseConcernForm(Form):
    """What somebody worries about. Only what happened and whether it is urgent has to be said."""

    marks_optional = False
    in_danger = forms.ChoiceField(
        label="Is somebody in danger now?",
        choices=[("yes", "Yes"), ("no", "No, or I am not sure")],
        widget=forms.RadioSelect,
        help_text="If so, call 999 first. You can write here afterwards.",
        error_messages={"required": "Say whether somebody is in danger now"},
    )
    what_happened = _long_text(
        "What happened?",
        rows=8,
        errors={"required": "Say what happened. A few words are enough"},
        help_text="In your own words. Who is it about, and when was it? A few words are enough.",
    )
    about = forms.ChoiceField(
        label="What does it belong to?", error_messages={"required": "Choose what it belongs to"}
    )
    about_reader = forms.ChoiceField(
        label="Is it about the person who would read it?",
        choices=[("no", "No"), ("yes", "Yes, so send it to somebody else")],
        widget=forms.RadioSelect,
        initial="no",
        help_text="It then goes to the safeguarding lead of the whole organisation instead, and "
        "the person it is about never sees it.",
    )
    may_know = forms.ChoiceField(
        label="Who may know that you wrote this?",
        choices=MayKnow.choices,
        widget=forms.RadioSelect,
        initial=MayKnow.READER,
        help_text="If somebody could come to serious harm, we may have to tell others even so. "
        "Where we can, we talk with you first.",
    )
    how_to_reach = forms.CharField(
        label="How can we reach you?",
        required=False,
        max_length=240,
        help_text="For example a phone number, and when it is safe to ring. Leave it empty and we "
        "answer here only.",
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.panels = {f"{PANEL}:{each.public_id}": each for each in reach.panels}
        self.organisations = {
            f"{ORGANISATION}:{each.public_id}": each for each in reach.organisations
        }
        choices = [(key, each.name) for key, each in self.panels.items()]
        something = "Something else at " if choices else ""
        choices += [(key, f"{something}{each.name}") for key, each in self.organisations.items()]
        field: Any = self.fields["about"]
        if len(choices) > MOST_RADIOS:
            field.widget = forms.Select()
            choices = [("", "Choose one"), *choices]
        else:
            field.widget = forms.RadioSelect()
        field.choices = choices
        abouts: dict[str, Panel | Organisation] = {**self.panels, **self.organisations}
        field.hints = {key: _read_by(reach.reader(each)) for key, each in abouts.items()}
        if len(choices) == 1:
            field.initial = choices[0][0]

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        panel = self.panels.get(given["about"])
        return {
            "organisation": panel.organisation if panel else self.organisations[given["about"]],
            "panel": panel,
            "what_happened": given["what_happened"],
            "is_in_danger": given["in_danger"] == "yes",
            "is_about_lead": given["about_reader"] == "yes",
            "may_know": given["may_know"],
            "how_to_reach": given["how_to_reach"],
        }


def _read_by(lead: User | None) -> str:
    return f"Read by {lead.display_name}" if lead else "Nobody is named yet who reads this"


class NoteForm(Form):
    note = _long_text(
        "Your note", help_text="Only safeguarding leads who may open this read it. It stays."
    )


class PassOnForm(Form):
    to = forms.ChoiceField(
        label="To whom did you pass it on?", choices=PassedTo.choices, widget=forms.RadioSelect
    )
    day = DateInThreeField(label="On which day?")
    told = _long_text(
        "What the person who raised it reads",
        required=False,
        help_text="They also read to whom it was passed on, and when. No names of others.",
    )
    note = _long_text("A note for safeguarding leads", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["day"]
        day.latest = day.initial = timezone.localdate()


class CloseConcernForm(Form):
    told = _long_text(
        "What was done",
        help_text="The person who raised it reads this. Say what was done, or why nothing more is "
        "to do. No names of others.",
    )
    note = _long_text("A note for safeguarding leads", required=False)


class LeadForm(Form):
    """Who reads concerns."""

    lead = forms.ModelChoiceField(
        label="Who reads concerns?",
        queryset=User.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
        help_text="Somebody who knows how to keep people safe, is here on working days, and does "
        "not chair the panel. They are told.",
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["lead"]
        choice.queryset = people


class ShowConcernsForm(Form):
    marks_optional = False
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("open", "What is open"), ("closed", "What is closed"), ("all", "Everything")],
    )
