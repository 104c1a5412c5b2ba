"""Proposing options. Two questions are enough; the rest is for whoever knows."""

from collections.abc import Iterator
from typing import Any

from django import forms

from cycles.enums import FundingRoute, Intensity, OptionKind, ProviderKind, Reach
from cycles.forms.decisions import longest
from cycles.forms.limits import MOST
from cycles.models import Option
from vbc.ui.forms import Form

SHORT = 1_000
DONT_KNOW = ("", "I do not know")
FIRST = ("title", "plain_summary")
_NOTHING = (None, "", OptionKind.SERVICE)
OF_A_STANDARD = ("standard_measure", "standard_threshold", "standard_source")


def _in_words(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=SHORT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _one_of(label: str, help_text: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=[DONT_KNOW, *choices], required=False
    )


class OptionForm(Form):
    """An option in plain words: its name, what would happen, and more of it if known."""

    title = forms.CharField(
        label="A short name for the option", max_length=longest(Option, "title")
    )
    plain_summary = forms.CharField(
        label="What would happen",
        help_text="What would change, for whom. Plain words.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    kind = forms.ChoiceField(
        label="What it is",
        choices=OptionKind.choices,
        initial=OptionKind.SERVICE,
        required=False,
        widget=forms.RadioSelect,
    )
    who_for = _in_words("Who it is for", "Which people, roughly how many, and where.")
    reach = _one_of("When it helps", "Early help can spare people a crisis.", Reach.choices)
    intensity = forms.TypedChoiceField(
        label="How much it asks of people",
        help_text="Sometimes the lightest help is the one people want.",
        choices=[DONT_KNOW, *Intensity.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    provider_kind = _one_of(
        "Who could run it",
        "People who use services can run a service themselves.",
        ProviderKind.choices,
    )
    cost = forms.CharField(
        label="What it would cost",
        help_text="Roughly, and a year.",
        max_length=longest(Option, "cost"),
        required=False,
    )
    funding_route = _one_of(
        "How the money gets there", "Somebody else may know.", FundingRoute.choices
    )
    who_else_gains = _in_words(
        "Which other service gains", "And why it would want to help this one along."
    )
    risks = _in_words("What could go wrong", "And for whom.")
    equality_effects = _in_words(
        "Who could gain or lose more than others",
        "Think of age, disability, language, faith, and of who is seldom asked.",
    )
    standard_measure = forms.CharField(
        label="What is measured",
        help_text="For example: the days from the call to the first talk.",
        max_length=longest(Option, "standard_measure"),
        required=False,
    )
    standard_threshold = forms.CharField(
        label="When the standard is met",
        help_text="For example: 7 days or fewer, for 9 people in 10.",
        max_length=longest(Option, "standard_threshold"),
        required=False,
    )
    standard_source = forms.CharField(
        label="Who agreed it, and where",
        help_text="For example: the workshop in the library on 3 March.",
        max_length=longest(Option, "standard_source"),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # The page says once that everything else can be left out.
    marks_optional = False

    def __init__(self, *args: Any, option: Option | None = None, **kwargs: Any) -> None:
        if option is not None:
            kwargs["initial"] = {name: getattr(option, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.fields["version"].required = option is not None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["kind"] = cleaned.get("kind") or OptionKind.SERVICE
        if cleaned["kind"] == OptionKind.STANDARD:
            for name in ("standard_measure", "standard_threshold"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, "A standard says what is measured and when it is met.")
        return cleaned

    def first(self) -> Iterator[forms.BoundField]:
        """What everybody is asked."""
        return (self[name] for name in FIRST)

    def more(self) -> Iterator[forms.BoundField]:
        """What is asked of whoever knows."""
        return (
            field for field in self.visible_fields() if field.name not in (*FIRST, *OF_A_STANDARD)
        )

    def of_a_standard(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in OF_A_STANDARD)

    @property
    def is_open(self) -> bool:
        """Whether what is under "More about it" is shown: it has something in it, or is wrong."""
        more = (field for field in self.visible_fields() if field.name not in FIRST)
        return any(field.errors or field.value() not in _NOTHING for field in more)


class ReopenForm(Form):
    """Why the options are opened again."""

    reason = forms.CharField(
        label="Why are the options opened again?",
        help_text="Everyone on the panel is told this, in these words.",
        max_length=SHORT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
