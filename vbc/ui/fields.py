"""Fields that Django lacks: a date in three boxes, a rating from 1 to 9, one of very many."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from vbc.ui.dates import MONTHS, day_in_words

BOXES = ("day", "month", "year")
NOT_SCORED = "not-scored"
NO_SCORE = "I choose not to score"
NO_RATING = f"Choose a number from 1 to 9, or “{NO_SCORE}”"


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
        label = self._name()
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
        label = self._name()
        if value and self.earliest and value < self.earliest:
            raise self.problem(f"{label} must be {day_in_words(self.earliest)} or later", 0, 1, 2)
        if value and self.latest and value > self.latest:
            raise self.problem(f"{label} must be {day_in_words(self.latest)} or earlier", 0, 1, 2)

    def _name(self) -> str:
        """The label, as what a sentence is about: a question is not."""
        label = str(self.label or "")
        return "The date" if not label or label.endswith("?") else label

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
    """Nine large choices in a row (in three rows on a phone), and mostly a way not to choose."""

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

    `words` says what 1, 5 and 9 mean; `no_score` is how the way not to choose is put, empty where
    there is none. To show what was given before, set `initial` to a number or
    to NOT_SCORED.
    """

    def __init__(
        self,
        *,
        words: Mapping[int, str] | None = None,
        no_score: str = NO_SCORE,
        **kwargs: Any,
    ) -> None:
        choices = [(str(number), str(number)) for number in range(1, 10)]
        if no_score:
            choices.append((NOT_SCORED, no_score))
        kwargs.setdefault("widget", RatingScale(words=words))
        said = {"required": NO_RATING, "invalid_choice": "Choose a number from 1 to 9"}
        kwargs["error_messages"] = said | kwargs.get("error_messages", {})
        super().__init__(choices=choices, coerce=rating, empty_value=None, **kwargs)


def rating(value: str) -> int | None:
    """The number given, or None where the person chose not to score."""
    return None if value == NOT_SCORED else int(value)


# So many can be read down on a phone. Where there are more, one types a name.
FEW = 50
OFFERED = 15
# Nobody types more; a hostile sender might.
MOST_TYPED = 200
MOST_WORDS = 8


class NameBox(forms.TextInput):
    """A box for a name; a thing chosen below the box counts more than what stands in it."""

    label_of: Callable[[str], str]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(f"{name}-chosen") or super().value_from_datadict(data, files, name)

    def format_value(self, value: Any) -> str | None:
        """What was typed; where it is the key of a thing, what that is called."""
        return self.label_of(str(value)) if value not in (None, "") else None


class ByNameField(forms.ModelChoiceField):
    """One of many things, found by its name.

    A few (`FEW`) are a list to choose from. More are a box: a name that fits exactly is taken;
    where others fit, they are offered below it, so that no page carries a list of thousands and
    everything works without a script. `search`: the columns that are looked through, the first
    being the name. `shown_with`: a column that tells two of one name apart. `codes`: columns whose
    whole content, in small or capital letters, names one thing.
    """

    # Whether a name that fits one thing exactly is taken although it fits a part of others too.
    takes_exact = True

    def __init__(
        self,
        *args: Any,
        search: tuple[str, ...] = ("name",),
        shown_with: str = "",
        codes: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        self.search, self.shown_with, self.codes = search, shown_with, codes
        self.is_long = False
        self.matches: list[Any] = []
        self.has_more = False
        super().__init__(*args, **kwargs)
        self.hint = self.help_text

    @property
    def queryset(self) -> Any:
        return self._queryset

    @queryset.setter
    def queryset(self, things: Any) -> None:
        self._queryset = None if things is None else things.all()
        self.is_long = things is not None and things.order_by()[: FEW + 1].count() > FEW
        self.widget = NameBox() if self.is_long else forms.Select()
        self.widget.is_required = self.required
        if self.is_long:
            self.widget.label_of = self._label_of
            self.help_text = f"{getattr(self, 'hint', '')} Enter the name, or a part of it.".strip()
        else:
            self.widget.choices = self.choices

    @property
    def key(self) -> str:
        return self.to_field_name or "pk"

    def label_from_instance(self, thing: Any) -> str:
        """Its name, and what tells it apart."""
        apart = getattr(thing, self.shown_with) if self.shown_with else ""
        return f"{thing} ({apart})" if apart else str(thing)

    def to_python(self, value: Any) -> Any:
        """The thing; ValidationError where the name fits none, or does not yet say which."""
        if not self.is_long or value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        typed = value.replace("\x00", "").strip()[:MOST_TYPED]
        if (found := self._by_key(typed)) is not None:
            return found
        if (found := self._only(self._coded(typed))) is not None:
            return found
        exact = self._only(self._called(typed))
        if exact is not None and (self.takes_exact or self._names_it(exact, typed)):
            return exact
        fitting = list(self._fitting(typed)[: OFFERED + 1])
        if exact is not None and fitting == [exact]:
            return exact
        if exact is not None:  # It stands first, however many others there are.
            fitting = [exact, *(each for each in fitting if each != exact)][: OFFERED + 1]
        self.matches, self.has_more = fitting[:OFFERED], len(fitting) > OFFERED
        if not fitting:
            raise ValidationError(
                f"Nothing here is called “{typed}”. Look at the spelling, or enter a part of the "
                "name",
                code="unknown",
            )
        more = ", or enter more of the name" if self.has_more else ""
        raise ValidationError(f"Choose below which one you mean{more}", code="which")

    def offered(self) -> list[dict[str, str]]:
        """What fits what was typed: key and label of each."""
        return [
            {"value": str(getattr(each, self.key)), "label": self.label_from_instance(each)}
            for each in self.matches
        ]

    def _by_key(self, text: str) -> Any:
        try:
            return self.queryset.filter(**{self.key: text}).first()
        except (ValueError, TypeError):
            return None

    def _only(self, found: Any) -> Any:
        """The one thing there is; None where there are none or several."""
        first = list(found[:2])
        return first[0] if len(first) == 1 else None

    def _names_it(self, thing: Any, text: str) -> bool:
        """Whether it was named with what tells it apart, as it is labelled."""
        return (
            bool(self.shown_with) and text.casefold() == self.label_from_instance(thing).casefold()
        )

    def _coded(self, text: str) -> Any:
        """Those with this code."""
        if not self.codes:
            return self.queryset.none()
        named = [Q(**{f"{column}__iexact": text}) for column in self.codes]
        return self.queryset.filter(reduce(or_, named))

    def _called(self, text: str) -> Any:
        """Those of exactly this name; a name with what tells it apart is one of them."""
        name, _, apart = text.removesuffix(")").rpartition(" (")
        called = Q(**{f"{self.search[0]}__iexact": text})
        if self.shown_with and name and text.endswith(")"):
            called |= Q(**{f"{self.search[0]}__iexact": name, f"{self.shown_with}__iexact": apart})
        return self.queryset.filter(called)

    def _fitting(self, text: str) -> Any:
        """Those that have every word of it somewhere."""
        fitting = self.queryset
        for word in self._words(text)[:MOST_WORDS]:
            forms_of_it = self._written(word)
            here = [
                Q(**{f"{column}__icontains": each})
                for column in self.search
                for each in forms_of_it
            ]
            fitting = fitting.filter(reduce(or_, here))
        return fitting

    def _words(self, text: str) -> list[str]:
        return text.split()

    def _written(self, word: str) -> list[str]:
        """The ways in which a word may be written."""
        return [word]

    def _label_of(self, value: str) -> str:
        found = self._by_key(value)
        return value if found is None else self.label_from_instance(found)
