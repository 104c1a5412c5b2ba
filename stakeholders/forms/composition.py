"""The shape of what people say of themselves, and of figures about an area."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from stakeholders.enums import CATEGORIES, PREFER_NOT_TO_SAY, Characteristic
from vbc.ui.forms import DateInThreeField, Form

QUESTIONS = {
    Characteristic.AGE: "How old are you?",
    Characteristic.SEX: "What is your sex?",
    Characteristic.GENDER: "Is your gender the same as the sex you were registered with at birth?",
    Characteristic.ETHNIC_GROUP: "What is your ethnic group?",
    Characteristic.DISABILITY: "Are you disabled?",
    Characteristic.ORIENTATION: "What is your sexual orientation?",
    Characteristic.RELIGION: "What is your religion or belief?",
}
HINTS = {
    Characteristic.DISABILITY: (
        "An illness of mind or body that makes everyday life harder, and has lasted a year or is "
        "likely to, counts as well. What you call yourself is up to you."
    ),
}
ROUNDING = Decimal("100.5")


class SelfDescriptionForm(Form):
    """Every question can be left out; that is where each begins."""

    marks_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for characteristic, question in QUESTIONS.items():
            self.fields[str(characteristic)] = forms.ChoiceField(
                label=question,
                required=False,
                choices=[
                    *CATEGORIES[characteristic],
                    (PREFER_NOT_TO_SAY, "I prefer not to say"),
                    ("", "I leave this out"),
                ],
                widget=forms.RadioSelect,
                help_text=HINTS.get(characteristic, ""),
                initial="",
            )


class PopulationForm(Form):
    """One box for each category, in people of every hundred, with one place after the point."""

    marks_optional = False

    source = forms.CharField(
        label="Where are these figures from?",
        max_length=240,
        help_text="Such as: Census 2021, Office for National Statistics.",
    )

    def __init__(self, *args: Any, characteristic: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = CATEGORIES[characteristic]
        boxes: dict[str, forms.Field] = {}
        for value, label in self.categories:
            boxes[f"share_{value}"] = forms.DecimalField(
                label=label,
                required=False,
                min_value=0,
                max_value=100,
                decimal_places=1,
                max_digits=4,
            )
            boxes[f"share_{value}"].suffix = "in 100"  # type: ignore[attr-defined] # of vbc.ui
        self.fields = {
            **boxes,
            **self.fields,
            "as_of": DateInThreeField(label="Date of the figures", latest=timezone.localdate()),
        }

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        shares = [
            given[f"share_{v}"] for v, _ in self.categories if given.get(f"share_{v}") is not None
        ]
        if not self.errors and not shares:
            self.add_error(f"share_{self.categories[0][0]}", "Enter at least one share.")
        elif sum(shares) > ROUNDING:
            self.add_error(
                None, f"Together these are {sum(shares)} in 100. They can be 100 at most."
            )
        return given

    @property
    def per_mille(self) -> dict[str, int]:
        return {
            value: int(share * 10)
            for value, _ in self.categories
            if (share := self.cleaned_data.get(f"share_{value}")) is not None
        }
