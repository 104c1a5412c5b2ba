"""Rating: one option at a time, a yes or no, or all options put in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from cycles.enums import YesNo
from cycles.models import Option
from vbc.ui.forms import BoundField, Form, RatingField

WORDS = {1: "Should not be done", 5: "I am in two minds", 9: "Should certainly be done"}
ABSTAINS = "abstain"
UP, DOWN = "up", "down"
REASON_NEEDED = "Give your reason in a sentence or two"


class _Reasoned(Form):
    """What every way of rating has: a reason, which some have to give.

    With `helped`, the name of a member, somebody else enters it, and says that the member said so.
    Then nobody has to give a reason here: from whom one is asked would tell the helper what they
    speak from. The member is asked on their own page.
    """

    reason = forms.CharField(
        label="Your reason",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, reason_needed: bool = False, helped: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.required = reason_needed and not helped
        field.error_messages["required"] = REASON_NEEDED
        if helped:
            field.label = f"The reason {helped} gives"
            self.fields["said_so"] = forms.BooleanField(
                label=f"{helped} told me this, and knows that I enter it",
                error_messages={"required": f"Tick that {helped} told you this"},
            )
            field.help_text = (
                "A sentence or two. Leave it empty if they say none: some people are asked for "
                f"one, and {helped} can add it later on their own page. Nobody else sees it."
            )
        elif reason_needed:
            field.help_text = "A sentence or two."
        else:
            field.help_text = (
                "Only if you want to. Nobody else sees it. You can choose later to show it."
            )

    def said(self) -> dict[str, Any]:
        """What the service takes, beside who acts."""
        cleaned = dict(self.cleaned_data)
        cleaned.pop("said_so", None)
        return cleaned


class RateForm(_Reasoned):
    """A number from 1 to 9, or a choice not to score; and a reason."""

    field_order = ("value", "reason", "said_so")
    value = RatingField(label="How do you rate this option?", words=WORDS)

    def __init__(self, *args: Any, helped: str = "", **kwargs: Any) -> None:
        super().__init__(*args, helped=helped, **kwargs)
        if helped:
            self.fields["value"].label = f"How does {helped} rate this option?"


class VoteForm(_Reasoned):
    """Yes, no, or a choice to abstain; and a reason."""

    field_order = ("vote", "reason", "said_so")
    vote = forms.TypedChoiceField(
        label="Should this be done?",
        choices=[*YesNo.choices, (ABSTAINS, "I abstain: I do not want to say yes or no")],
        coerce=lambda given: "" if given == ABSTAINS else given,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes, no, or “I abstain”"},
    )

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        before = dict(initial or {})
        if before.get("vote") == "":
            before["vote"] = ABSTAINS
        super().__init__(*args, initial=before, **kwargs)
        self.fields["vote"].divider_before = ABSTAINS  # type: ignore[attr-defined] # for its markup


@dataclass(frozen=True)
class Row:
    """One option of an order: its place as it stands, and the field for it."""

    option: Option
    field: BoundField
    is_first: bool
    is_last: bool


class RankForm(_Reasoned):
    """A place for each option, 1 the best; or a choice not to say at all.

    `places` says which place each option has, by key, where it has one. The options are shown in
    that order, and those without a place after them.
    """

    # A place may be left out only by whoever chooses not to say, so no place is called optional.
    marks_optional = False
    field_order = ("reason", "said_so")
    not_said = forms.BooleanField(
        label="I choose not to say", required=False, help_text="Then leave the places as they are."
    )

    def __init__(
        self,
        *args: Any,
        options: Sequence[Option],
        places: Mapping[int, int] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        given = dict(places or {})
        last = len(options) + 1
        self.options = sorted(options, key=lambda option: (given.get(option.pk, last), option.pk))
        numbers = [(str(number), str(number)) for number in range(1, last)]
        for option in self.options:
            self.fields[place_name(option)] = forms.TypedChoiceField(
                label=f"Place of “{option.title}”",
                choices=[("", "Choose a place"), *numbers],
                coerce=int,
                empty_value=None,
                required=False,
                initial=given.get(option.pk, ""),
            )

    @property
    def rows(self) -> list[Row]:
        """The options in their order, each with its field."""
        last = len(self.options) - 1
        return [
            Row(option, self[place_name(option)], number == 0, number == last)  # type: ignore[arg-type] # ours
            for number, option in enumerate(self.options)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("not_said"):
            self._check_places(cleaned)
        return cleaned

    def _check_places(self, cleaned: dict[str, Any]) -> None:
        """Each option has a place, and no two the same; each that is wrong says what to mend."""
        by_place: dict[int, list[Option]] = {}
        for option in self.options:
            name = place_name(option)
            if place := cleaned.get(name):
                by_place.setdefault(place, []).append(option)
            elif name not in self.errors:
                self.add_error(name, f"Give “{option.title}” a place, 1 being the best")
        free = sorted(set(range(1, len(self.options) + 1)) - set(by_place))
        for place, options in by_place.items():
            for option in options if len(options) > 1 else ():
                others = " and ".join(f"“{each.title}”" for each in options if each != option)
                self.add_error(
                    place_name(option),
                    f"“{option.title}” has place {place}, and so has {others}. {_still_free(free)}",
                )

    def said(self) -> dict[str, Any]:
        """The order, the best first, or None where the person chose not to say; and the reason."""
        said = {"order": None, "reason": self.cleaned_data["reason"]}
        if not self.cleaned_data["not_said"]:
            said["order"] = sorted(
                self.options, key=lambda option: self.cleaned_data[place_name(option)]
            )
        return said


def place_name(option: Option) -> str:
    return f"place-{option.public_id}"


def moved(options: Sequence[Option], data: Any) -> tuple[dict[int, int], str]:
    """The places after a press of a button that moves one option up or down, and what to say of it.

    Options without a place that counts stand after the others, as they are shown. Saves nothing.
    """
    last = len(options) + 1
    order = sorted(options, key=lambda option: (_place_in(data, option, last), option.pk))
    direction, _, public_id = data.get("move", "").partition(":")
    at = next((n for n, option in enumerate(order) if option.public_id == public_id), None)
    words = ""
    if at is not None and direction in (UP, DOWN):
        option = order.pop(at)
        to = max(0, min(len(order), at + (1 if direction == DOWN else -1)))
        order.insert(to, option)
        words = f"“{option.title}” now has place {to + 1} of {len(order)}. It is not saved yet."
    return {option.pk: place for place, option in enumerate(order, start=1)}, words


def _place_in(data: Any, option: Option, last: int) -> int:
    given = data.get(place_name(option), "")
    return int(given) if given.isascii() and given.isdigit() and 0 < int(given) < last else last


def _still_free(free: list[int]) -> str:
    if not free:
        return "Give each a place of its own."
    if len(free) == 1:
        return f"Place {free[0]} is still free."
    return f"Places {', '.join(map(str, free[:-1]))} and {free[-1]} are still free."


class ReceiptForm(Form):
    """A receipt to be checked."""

    code = forms.CharField(
        label="Your receipt",
        max_length=40,
        help_text="Such as k3f9-x2pq-7mrt-ab4w. It shows nothing of what you gave.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
