"""Money: whole pence inside, pounds as people write them at the edges."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

POUNDS = re.compile(r"\d{1,7}(\.\d{1,2})?", re.ASCII)


def in_pounds(pence: int) -> str:
    """£25 and £12.50: no pence where there are none."""
    pounds = Decimal(pence) / 100
    return f"£{pounds:,.2f}".removesuffix(".00")


def in_figures(pence: int) -> str:
    """12.50: for tables that are counted on."""
    return f"{Decimal(pence) / 100:.2f}"


def for_hours(pence_an_hour: int, minutes: int) -> int:
    """What so many minutes come to, to the nearest penny, half a penny up."""
    exact = Decimal(pence_an_hour) * minutes / 60
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


class MoneyField(forms.Field):
    """An amount typed in pounds ("12.50", "£1,200"), given on as whole pence."""

    prefix = "£"

    def __init__(self, *, at_least: int = 1, at_most: int = 100_000_00, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "class": "nhsuk-input--width-5",
                    "inputmode": "decimal",
                    "autocomplete": "off",
                    "spellcheck": "false",
                }
            ),
        )
        super().__init__(**kwargs)
        self.at_least, self.at_most = at_least, at_most

    def prepare_value(self, value: Any) -> Any:
        """Pence from the program become pounds; what the person typed stays as they typed it."""
        return in_figures(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"[£,\s]", "", str(value or ""))
        if not text:
            return None
        if not POUNDS.fullmatch(text):
            raise ValidationError("Write the amount in pounds and pence, such as 12.50")
        return int(Decimal(text) * 100)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.at_least:
            raise ValidationError(f"The amount must be {in_pounds(self.at_least)} or more")
        if value > self.at_most:
            raise ValidationError(f"The amount must be {in_pounds(self.at_most)} or less")
