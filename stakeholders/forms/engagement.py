"""The shape of what is written down when people were asked."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from stakeholders.enums import CameAs, EngagementEffect, EngagementKind
from stakeholders.forms.stakeholder_map import EditingForm, initial_of
from stakeholders.models import EngagementEvent, SeldomHeardGroup
from vbc.ui.fields import DateInThreeField

WORDS = ("kind", "title", "held_on", "place", "what_was_said")
OUTCOME = ("what_came_of_it", "what_could_not_be_done")
LARGEST = 100_000


class GroupForm(EditingForm):
    name = forms.CharField(
        label="Whom do we want to reach?",
        max_length=120,
        help_text="People whose voices are often heard least, such as “people who sleep rough”.",
    )
    target_words = forms.CharField(
        label="What do we want to reach, in words?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="Whom, where and how, so that anybody can say later whether we did.",
    )
    target = forms.IntegerField(
        label="How many people?",
        min_value=1,
        max_value=LARGEST,
        required=False,
        help_text="As a number. How many came is added up from what is written down of each event.",
    )
    progress = forms.CharField(
        label="How far are we, in words?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
        help_text="Everyone on the panel reads this. Write no number below five, and nothing that "
        "tells who somebody is.",
    )

    def __init__(self, *args: Any, group: SeldomHeardGroup | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(group, self.base_fields))
        super().__init__(*args, **kwargs)


class EventForm(EditingForm):
    """An event, with a number for each part in which people came, and for each group."""

    kind = forms.ChoiceField(
        label="What was it?", choices=EngagementKind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label="What was it about?", max_length=120)
    held_on = DateInThreeField(label="When was it?")
    place = forms.CharField(label="Where was it?", max_length=160, required=False)
    what_was_said = forms.CharField(
        label="What did people say?",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=6000,
        help_text="In their words. Everyone on the panel reads this: write nothing that tells who "
        "said it, and no number of people below five.",
    )
    what_came_of_it = forms.CharField(
        label="What came of it?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
        help_text="Leave it empty until you know. Everyone on the panel is told when you add it.",
    )
    what_could_not_be_done = forms.CharField(
        label="What could not be done, and why?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )
    effects = forms.MultipleChoiceField(
        label="What did it add?",
        choices=EngagementEffect.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        groups: Iterable[SeldomHeardGroup],
        event: EngagementEvent | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", _initial(event))
        super().__init__(*args, **kwargs)
        when: Any = self.fields["held_on"]
        when.latest = timezone.localdate()
        self.parts = {f"came_{part.value}": part.value for part in CameAs}
        for name, part in self.parts.items():
            self.fields[name] = _number(f"How many came as: {str(CameAs(part).label).lower()}")
        self.groups = {f"group_{group.public_id}": group for group in groups}
        for name, group in self.groups.items():
            self.fields[name] = _number(f"How many of them were: {group.name}")
        first_part, *_ = self.parts
        self.fields[first_part].help_text = "Count each person once, or leave it empty."
        for first_group in list(self.groups)[:1]:
            self.fields[first_group].help_text = "The same people once more."
        self.order_fields([*WORDS, *self.parts, *self.groups, "effects", *OUTCOME])

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*WORDS, *OUTCOME)}

    @property
    def came_as(self) -> dict[str, int]:
        """Each person once, in one part."""
        return _given(self.cleaned_data, self.parts)

    @property
    def of_group(self) -> dict[int, int]:
        """The same people once more, by the groups that we mean to reach."""
        return _given(self.cleaned_data, {name: each.pk for name, each in self.groups.items()})


def _number(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=LARGEST, required=False)


def _given(cleaned: dict[str, Any], keys: dict[str, Any]) -> dict[Any, int]:
    return {key: cleaned[name] for name, key in keys.items() if cleaned[name] is not None}


def _initial(event: EngagementEvent | None) -> dict[str, Any]:
    if event is None:
        return {}
    counted = {
        f"group_{each.group.public_id}" if each.group else f"came_{each.came_as}": each.number
        for each in event.attendance.all()
    }
    effects = [each.effect for each in event.effects.all()]
    return initial_of(event, (*WORDS, *OUTCOME, "version")) | counted | {"effects": effects}
