"""What people fill in about meetings, their dates and papers."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from stakeholders.enums import DateChoice
from stakeholders.models import Meeting, MeetingDate
from vbc.ui.dates import LONDON, clock, london, moment_in_words
from vbc.ui.forms import DateInThreeField, Form

FURTHEST = timedelta(days=730)
WORDS = 2000
PAPER = 20000


def _times() -> list[tuple[str, str]]:
    """Every quarter of an hour in which a meeting may begin, 7am to 9pm."""
    start = datetime(2000, 1, 1, 7)
    quarters = (start + timedelta(minutes=15 * n) for n in range(14 * 4 + 1))
    return [(f"{each:%H:%M}", clock(each)) for each in quarters]


class MeetingForm(Form):
    """What a meeting is, where, and how to join."""

    title = forms.CharField(
        label="Name of the meeting",
        max_length=120,
        help_text="It stands in people's calendars, which others may see. Choose a name that says "
        "nothing about anyone's health, such as “Meeting in March”.",
    )
    purpose = forms.CharField(
        label="What is it for?",
        help_text="In a sentence or two that a neighbour would understand.",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    length = forms.IntegerField(
        label="How many minutes does it take?",
        min_value=10,
        max_value=480,
        initial=90,
        help_text="With breaks. After an hour and a half most people need to stop.",
    )
    place = forms.CharField(
        label="Where is it?",
        help_text="The address, which door, the nearest stop, and whether there are steps.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = forms.URLField(
        label="Link to join by video", required=False, max_length=500, assume_scheme="https"
    )
    phone = forms.CharField(label="Number to join by phone", required=False, max_length=120)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        if meeting is not None:
            names = ("title", "purpose", "length", "place", "link", "phone", "version")
            kwargs.setdefault("initial", {name: getattr(meeting, name) for name in names})
        super().__init__(*args, **kwargs)

    @property
    def texts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class WhenForm(Form):
    """A day and a time, on the clocks of London."""

    day = DateInThreeField(label="The date of the meeting")
    at = forms.ChoiceField(label="It begins at", choices=_times, initial="14:00")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["day"]
        field.earliest = london(timezone.now()).date()
        field.latest = field.earliest + FURTHEST

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("at"):
            hour, minute = map(int, cleaned["at"].split(":"))
            moment = datetime.combine(cleaned["day"], time(hour, minute), tzinfo=LONDON)
            if moment <= timezone.now():
                self.add_error("at", "Choose a time that is still to come")
            cleaned["starts_at"] = moment
        return cleaned


class DatesForm(Form):
    """One question for each date that is offered."""

    marks_optional = False

    def __init__(self, *args: Any, dates: list[MeetingDate], user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dates = {date.public_id: date for date in dates}
        for date in dates:
            mine = [each for each in date.answers.all() if each.seat.user_id == user.pk]
            self.fields[date.public_id] = forms.ChoiceField(
                label=f"{moment_in_words(date.starts_at)}",
                choices=DateChoice.choices,
                widget=forms.RadioSelect,
                initial=mine[0].choice if mine else None,
                error_messages={
                    "required": f"Say whether {moment_in_words(date.starts_at)} suits you"
                },
            )

    @property
    def choices(self) -> dict[MeetingDate, str]:
        return {self.dates[name]: value for name, value in self.cleaned_data.items()}


class PaperForm(Form):
    """A paper: what it says in plain words comes first."""

    title = forms.CharField(label="Name of the paper", max_length=120)
    plain_summary = forms.CharField(
        label="What does it say, in plain words?",
        help_text="Five sentences or fewer, without abbreviations. Who reads only this can take "
        "part.",
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    text = forms.CharField(
        label="The whole text",
        help_text="Paste it here if you can: people read this on a phone, and with a screen "
        "reader, better than a file.",
        required=False,
        max_length=PAPER,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    file = forms.FileField(
        label="A file",
        required=False,
        error_messages={"empty": "This file is empty. Choose it again, or save it once more."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("text") and not cleaned.get("file") and "file" not in self.errors:
            self.add_error("text", "Write the text here, or choose a file below, or both")
        return cleaned
