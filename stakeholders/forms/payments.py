"""The shape of offers, claims, rates, a person's own limit, and the dates of a letter or list."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from stakeholders.enums import PaymentKind
from stakeholders.models import CostCentre, Panel, PaymentRates, User, WeeklyLimit
from vbc.ui.forms import DateInThreeField, Form
from vbc.ui.money import MoneyField

FLAT = (PaymentKind.TRAVEL, PaymentKind.EXPENSES)
FIRST_DAY = date(2020, 1, 1)
LONGEST_LETTER = timedelta(days=1100)
CLAIMS = {
    PaymentKind.TRAVEL: "Travel",
    PaymentKind.CARER_COVER: "Someone to look after a person I care for",
    PaymentKind.EXPENSES: "Something else, such as childcare, printing or phone calls",
}


class OfferForm(Form):
    """An offer to some of the people on a panel, the same to each."""

    people = forms.ModelMultipleChoiceField(
        label="To whom?",
        queryset=User.objects.none(),
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
        help_text="Each of them gets an offer of their own, and sees nobody else's.",
    )
    kind = forms.ChoiceField(
        label="What for?", choices=PaymentKind.choices, widget=forms.RadioSelect
    )
    happens_on = DateInThreeField(
        label="On which day?", help_text="Make the offer before that day.", earliest=FIRST_DAY
    )
    hours = forms.DecimalField(
        label="How many hours?",
        required=False,
        min_value=0,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        help_text="For meetings, reading, cover, and someone to look after another person. Half "
        "an hour is 0.5. The rates say what it comes to.",
    )
    amount = MoneyField(
        label="How much?", required=False, help_text="For travel and other expenses."
    )
    is_in_advance = forms.BooleanField(
        label="Pay this before the day",
        required=False,
        help_text="For travel and expenses, so that nobody has to lend us money.",
    )
    words = forms.CharField(
        label="In your words",
        required=False,
        max_length=200,
        help_text="Such as: the panel meeting, 2pm to 4pm. Write nothing about anyone's health.",
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["people"]
        choice.queryset = people
        choice.label_from_instance = lambda person: person.display_name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kind = given.get("kind")
        if kind in FLAT and not given.get("amount") and "amount" not in self.errors:
            self.add_error("amount", "Enter how much it is, because it is not paid by the hour")
        by_the_hour = kind and kind not in FLAT and kind != PaymentKind.LATE_CANCELLATION
        if by_the_hour and not given.get("hours") and "hours" not in self.errors:
            self.add_error("hours", "Enter how many hours it takes")
        if given.get("is_in_advance") and kind and kind not in PaymentKind.money_back():
            self.add_error("is_in_advance", "Only travel and expenses are paid before the day")
        return given

    @property
    def offered(self) -> dict[str, Any]:
        """What is offered, with time or an amount, whichever it goes by."""
        given = self.cleaned_data
        is_flat = given["kind"] in FLAT
        has_time = not is_flat and given["kind"] != PaymentKind.LATE_CANCELLATION
        return {
            "people": list(given["people"]),
            "kind": given["kind"],
            "happens_on": given["happens_on"],
            "minutes": round(given["hours"] * 60) if has_time else None,
            "amount_pence": given["amount"] if is_flat else None,
            "is_in_advance": given["is_in_advance"],
            "words": given["words"],
        }


class ClaimForm(Form):
    """Money back for what taking part costs."""

    panel = forms.ModelChoiceField(
        label="For which panel?",
        queryset=Panel.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    kind = forms.ChoiceField(
        label="What is it for?", choices=list(CLAIMS.items()), widget=forms.RadioSelect
    )
    happens_on = DateInThreeField(label="On which day?", earliest=FIRST_DAY)
    amount = MoneyField(label="How much?", at_most=2_000_00)
    words = forms.CharField(
        label="What was it?",
        max_length=200,
        help_text="Such as: bus there and back. Those who pay read this; keep health out of it.",
    )
    is_in_advance = forms.BooleanField(label="I need this money before the day", required=False)
    # Set by the page once the person has been told that this passes their own limit.
    knows_limit = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, panels: QuerySet[Panel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["panel"]
        choice.queryset = panels
        if len(panels) == 1:
            choice.widget = forms.HiddenInput()
            choice.initial = panels[0].public_id

    @property
    def claimed(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"amount_pence": given.pop("amount"), **given}

    def was_warned(self) -> None:
        """The page now says that it passes the limit; sending it again means: all the same."""
        shown: Any = self.data
        shown = shown.copy()
        shown["knows_limit"] = "on"
        self.data = shown


class RefuseForm(Form):
    reason = forms.CharField(
        label="Why is it not paid?",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The person reads these words. Say what they can do.",
    )


class PaidForm(Form):
    on = DateInThreeField(label="On which day did the money leave?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs.setdefault("initial", {"on": today})
        super().__init__(*args, **kwargs)
        day: Any = self.fields["on"]
        day.earliest, day.latest = FIRST_DAY, today


class WeeklyLimitForm(Form):
    amount = MoneyField(
        label="The most I want to accept in a week",
        required=False,
        at_least=0,
        help_text="Monday to Sunday, by the day of the work. Leave it empty for no limit.",
    )
    counts_money_back = forms.BooleanField(
        label="Count travel and expenses too",
        required=False,
    )

    def __init__(self, *args: Any, limit: WeeklyLimit | None, **kwargs: Any) -> None:
        if limit:
            kwargs["initial"] = {
                "amount": limit.pence,
                "counts_money_back": limit.counts_money_back,
            }
        super().__init__(*args, **kwargs)


class RatesForm(Form):
    """What is paid from a day on."""

    starts_on = DateInThreeField(label="From which day on?", earliest=FIRST_DAY)
    meeting_hour = MoneyField(
        label="An hour in a meeting",
        at_least=0,
        at_most=1_000_00,
        error_messages={"required": "Enter what you pay for an hour in a meeting"},
    )
    reading_hour = MoneyField(
        label="An hour of reading",
        at_least=0,
        at_most=1_000_00,
        error_messages={"required": "Enter what you pay for an hour of reading"},
    )
    late_cancellation = MoneyField(
        label="A meeting cancelled late",
        at_least=0,
        at_most=1_000_00,
        error_messages={"required": "Enter what you pay for a meeting cancelled late"},
        help_text="Once, because people kept the time free. Whoever was coming is offered it by "
        "itself when a meeting is cancelled or moved late. Nothing is offered where it is £0.",
    )
    late_within_days = forms.IntegerField(
        label="How many days before a meeting is it late to cancel or move it?",
        min_value=0,
        max_value=28,
        help_text="Counted from the hour at which it begins. With 0, only once it has begun.",
    )
    cover_hour = MoneyField(
        label="An hour of stepping in for a member",
        at_least=0,
        at_most=1_000_00,
        error_messages={"required": "Enter what you pay for an hour of stepping in"},
    )
    carer_cover_hour = MoneyField(
        label="An hour of someone to look after another person meanwhile",
        at_least=0,
        at_most=1_000_00,
        error_messages={
            "required": "Enter what you pay for an hour of looking after another person"
        },
    )
    days_to_pay = forms.IntegerField(
        label="Within how many days do you pay?",
        min_value=1,
        max_value=60,
        help_text="Each person is told this date, and that it is late when it has gone.",
    )

    def __init__(self, *args: Any, present: PaymentRates | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"days_to_pay": 20, "late_within_days": 2} | (
            {name: getattr(present, name) for name in self.base_fields if name != "starts_on"}
            if present
            else {}
        )
        super().__init__(*args, **kwargs)


class CostCentreForm(Form):
    heading_field = "code"

    code = forms.CharField(
        label="Cost centre",
        max_length=CostCentre._meta.get_field("code").max_length,
        help_text="Where finance books what this panel costs. It goes into the list for finance.",
    )


class DatesForm(Form):
    """From one day to another, for a letter or a list."""

    first = DateInThreeField(label="First day", earliest=FIRST_DAY)
    last = DateInThreeField(label="Last day", earliest=FIRST_DAY)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must be after the first")
        elif first and last and last - first > LONGEST_LETTER:
            self.add_error("last", "Choose three years at the most")
        return given


class ShowForm(Form):
    """Which payments of a panel to show."""

    marks_optional = False
    WHICH = (("", "All"), ("to_do", "To approve or pay"), ("late", "Late"), ("paid", "Paid"))

    show = forms.ChoiceField(label="Show", choices=WHICH, required=False)
