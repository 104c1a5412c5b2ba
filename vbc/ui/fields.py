"""Fields that Django lacks: a date in three boxes, and a rating from 1 to 9."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from vbc.ui.dates import MONTHS, day_in_words

BOXES = ("day", "month", "year")
NOT_SCORED = "not-scored"


class DateInThree(forms.MultiWidget):
    """Three boxes: day, month, year. Nobody has to fight a calendar on a phone."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            box: forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "class": "nhsuk-input nhsuk-date-input__input "
                    f"nhsuk-input--width-{4 if box == 'year' else 2}",
                }
            )
            for box in BOXES
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """A date, or the text of one, as its three parts."""
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = None
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        """The first box: where a link to this question should lead."""
        return f"{id_}_0" if id_ else ""


class DateInThreeField(forms.Field):
    """A date from three boxes. Months may be numbers or names; years have four digits."""

    widget = DateInThree

    def __init__(
        self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.earliest = earliest
        self.latest = latest

    def to_python(self, value: Any) -> date | None:
        """The date; ValidationError says in words which boxes are wrong and why."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        label = str(self.label or "The date")
        if missing := [index for index, part in enumerate(parts) if not part]:
            names = " and ".join(f"a {BOXES[index]}" for index in missing)
            raise self.problem(f"{label} must include {names}", *missing)
        parts[1] = month_number(parts[1])
        if wrong := [index for index, part in enumerate(parts) if not is_digits(part)]:
            raise self.problem(f"{label} must be written in numbers, such as 27 3 2026", *wrong)
        if len(parts[2]) != 4:
            raise self.problem("Year must have four digits, such as 2026", 2)
        day, month, year = map(int, parts)
        if not 1 <= month <= 12:
            raise self.problem("Month must be a number from 1 to 12, or the month's name", 1)
        try:
            return date(year, month, day)
        except ValueError:
            name = f"{day} {MONTHS[month - 1]} {year}"
            raise self.problem(f"{label} must be a real date: there is no {name}", 0) from None

    def validate(self, value: Any) -> None:
        """Refuses what lies outside the days that make sense, naming the limit."""
        super().validate(value)
        label = str(self.label or "The date")
        if value and self.earliest and value < self.earliest:
            raise self.problem(f"{label} must be {day_in_words(self.earliest)} or later", 0, 1, 2)
        if value and self.latest and value > self.latest:
            raise self.problem(f"{label} must be {day_in_words(self.latest)} or earlier", 0, 1, 2)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """True where the boxes say another date than before, or no date that can be read."""
        try:
            return self.to_python(data) != self.to_python(DateInThree().decompress(initial))
        except ValidationError:
            return True

    @staticmethod
    def problem(message: str, *boxes: int) -> ValidationError:
        """An error that knows which of the three boxes it is about."""
        return ValidationError(message, code="date", params={"boxes": boxes})


def is_digits(text: str) -> bool:
    """True for plain digits only: int() would also take "1_0" and the digits of other scripts."""
    return text.isascii() and text.isdigit()


def month_number(text: str) -> str:
    """ "3", "march" and "Mar" are all "3"; anything else stays as it was written."""
    wanted = text.lower()
    for number, name in enumerate(MONTHS, start=1):
        if len(wanted) >= 3 and name.lower().startswith(wanted):
            return str(number)
    return text


class RatingScale(forms.RadioSelect):
    """Nine large choices in a row (in three rows on a phone), and a way not to choose."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        words: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.words = dict(words or {1: "Wrong for us", 5: "Neither right nor wrong", 9: "Right"})


class RatingField(forms.TypedChoiceField):
    """A rating from 1 to 9, or None for "I choose not to score". No answer is an error if required.

    `words` says what 1, 5 and 9 mean. To show what was given before, set `initial` to a number or
    to NOT_SCORED.
    """

    def __init__(self, *, words: Mapping[int, str] | None = None, **kwargs: Any) -> None:
        choices = [(str(number), str(number)) for number in range(1, 10)]
        choices.append((NOT_SCORED, "I choose not to score"))
        kwargs.setdefault("widget", RatingScale(words=words))
        super().__init__(choices=choices, coerce=rating, empty_value=None, **kwargs)


def rating(value: str) -> int | None:
    """The number given, or None where the person chose not to score."""
    return None if value == NOT_SCORED else int(value)
