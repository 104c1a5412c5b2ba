"""How money is said: what for, how much, how it stands, and what one can do. In plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import PaymentKind, PaymentStatus
from stakeholders.models import Organisation, Payment, PaymentRates, WeeklyLimit
from stakeholders.permissions.payments import may_handle_payment
from stakeholders.queries.payments import (
    not_settled_for,
    passes_limit,
    taken_in_week,
    week_of,
    weekly_limit_of,
)
from vbc.ui.dates import day_in_words
from vbc.ui.money import in_pounds

TAGS = {
    PaymentStatus.OFFERED: ("For you to answer", "blue"),
    PaymentStatus.CLAIMED: ("Claimed", "yellow"),
    PaymentStatus.ACCEPTED: ("Accepted", "yellow"),
    PaymentStatus.DECLINED: ("You said no", "grey"),
    PaymentStatus.APPROVED: ("To be paid", "yellow"),
    PaymentStatus.REFUSED: ("Not paid", "grey"),
    PaymentStatus.PAID: ("Paid", "green"),
}
STAFF_TAGS = {
    **TAGS,
    PaymentStatus.OFFERED: ("Offered", "grey"),
    PaymentStatus.CLAIMED: ("To approve", "blue"),
    PaymentStatus.ACCEPTED: ("To approve", "blue"),
    PaymentStatus.DECLINED: ("Declined", "grey"),
    PaymentStatus.APPROVED: ("To pay", "blue"),
}
# To whoever it is for, "late" alone would read as if they were.
OWN_LATE = ("We are late", "red")
STAFF_LATE = ("Late", "red")
AMOUNT = {"text": "How much", "numeric": True}
STAFF_HEAD = ("Name", "What for", "Day", AMOUNT, "How it stands")
RATES_HEAD = (
    "From",
    "An hour in a meeting",
    "An hour of reading",
    "Cancelled late, once",
    "An hour of stepping in",
    "An hour of looking after somebody",
    "Paid within",
)


def what(payment: Payment) -> str:
    return str(payment.get_kind_display())


def own_tag(payment: Payment) -> tuple[str, str]:
    """How it stands, in a word or two, to the person it is for."""
    if payment.is_late(timezone.localdate()):
        return OWN_LATE
    return TAGS[PaymentStatus(payment.status)]


def staff_tag(payment: Payment) -> tuple[str, str]:
    """The same, to those who pay."""
    if payment.is_late(timezone.localdate()):
        return STAFF_LATE
    return STAFF_TAGS[PaymentStatus(payment.status)]


@dataclass(frozen=True)
class OwnLine:
    """One of the person's own payments in a list."""

    title: str
    day: str
    amount: str
    url: str
    tag: str
    colour: str


def own_lines(payments: Iterable[Payment]) -> list[OwnLine]:
    return [
        OwnLine(
            what(each),
            day_in_words(each.happens_on),
            in_pounds(each.amount_pence),
            reverse("stakeholders:payment", args=[each.public_id]),
            *own_tag(each),
        )
        for each in payments
    ]


@dataclass(frozen=True)
class Owed:
    """What somebody should know of their money before they close their account."""

    total: str
    rows: list[dict[str, str]]
    contacts: list[str]
    offered: str


def owed_to(user: Any) -> Owed:
    """What is still owed to the person, whom to ask for it, and what they were offered and have
    not answered. Each is empty where there is none."""
    open_ones = list(not_settled_for(user))
    offered = [each for each in open_ones if each.status == PaymentStatus.OFFERED]
    owed = [each for each in open_ones if each.status != PaymentStatus.OFFERED]
    return Owed(
        total=_together(owed),
        rows=[
            {
                "key": f"{what(each)}, {day_in_words(each.happens_on)}",
                "value": f"{in_pounds(each.amount_pence)}\nReference {each.public_id}",
            }
            for each in owed
        ],
        contacts=list(dict.fromkeys(contact(each.panel.organisation) for each in owed)),
        offered=_together(offered),
    )


def _together(payments: list[Payment]) -> str:
    return in_pounds(sum(each.amount_pence for each in payments)) if payments else ""


def own_page(payment: Payment) -> dict[str, Any]:
    """A person's own payment: how it stands, what they can do, and what to know before."""
    can_accept = payment.can_become(PaymentStatus.ACCEPTED)
    return {
        "payment": payment,
        "title": what(payment),
        "amount": in_pounds(payment.amount_pence),
        "rows": _rows(payment),
        "how_it_stands": how_it_stands(payment),
        "is_late": payment.is_late(timezone.localdate()),
        "contact": contact(payment.panel.organisation),
        "can_accept": can_accept,
        "can_decline": payment.can_become(PaymentStatus.DECLINED),
        "decline_words": "Take it back" if payment.is_claim else "No, thank you",
        "over_limit": over_limit(payment) if can_accept else "",
    }


def _rows(payment: Payment) -> list[dict[str, str]]:
    rows = [
        ("What for", f"{what(payment)}\n{payment.words}".strip()),
        ("Day", day_in_words(payment.happens_on)),
        ("How long", hours_in_words(payment.minutes) if payment.minutes else ""),
        ("How much", in_pounds(payment.amount_pence)),
        ("To be paid by", day_in_words(payment.due_on) if _has_a_promise(payment) else ""),
        ("Paid on", day_in_words(payment.paid_on) if payment.paid_on else ""),
        ("Panel", payment.panel.name),
        (
            "Claimed on" if payment.is_claim else "Offered on",
            day_in_words(payment.created_at),
        ),
        ("Reference", payment.public_id),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _has_a_promise(payment: Payment) -> bool:
    return payment.status in PaymentStatus.owed() | {PaymentStatus.OFFERED}


def hours_in_words(minutes: int) -> str:
    """2 hours; 1 hour 30 minutes; 45 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [
        f"{hours} hour{'' if hours == 1 else 's'}" if hours else "",
        f"{rest} minute{'' if rest == 1 else 's'}" if rest else "",
    ]
    return " ".join(part for part in parts if part)


def how_it_stands(payment: Payment) -> str:
    """How a payment stands, to the person it is for."""
    due = day_in_words(payment.due_on)
    if payment.is_late(timezone.localdate()):
        return (
            f"This is late: it should have been paid by {due}. You did nothing wrong, and you do "
            "not have to ask twice. Those who pay have been told."
        )
    return {
        PaymentStatus.OFFERED: "This is offered to you. Say yes or no, whichever you like: saying "
        "no is fine, and nobody asks why. You can change your mind until it is paid.",
        PaymentStatus.CLAIMED: f"You claimed this. You are promised an answer and the money by "
        f"{due}.",
        PaymentStatus.ACCEPTED: f"You said yes. It will be paid by {due}. You can still say no "
        "until then.",
        PaymentStatus.DECLINED: "You said no, and that is fine. Nothing will be paid. You can "
        "still say yes.",
        PaymentStatus.APPROVED: f"This is agreed, and will be paid by {due}.",
        PaymentStatus.REFUSED: "This will not be paid.",
        PaymentStatus.PAID: f"Paid on {day_in_words(payment.paid_on or payment.due_on)}. It can "
        "take three working days to show in an account.",
    }[PaymentStatus(payment.status)]


def contact(organisation: Organisation) -> str:
    """Whom to ask about money."""
    if organisation.contact_email:
        return f"Write to {organisation.name}: {organisation.contact_email}"
    return f"Ask anyone you know at {organisation.name}"


def over_limit(payment: Payment) -> str:
    """To the person alone: that saying yes would pass their own limit; empty where it would not."""
    limit = weekly_limit_of(payment.person)
    if not passes_limit(
        limit,
        kind=payment.kind,
        day=payment.happens_on,
        pence=payment.amount_pence,
        beside=payment,
    ):
        return ""
    return limit_words(limit, payment.happens_on, payment.amount_pence, beside=payment)


def limit_words(
    limit: WeeklyLimit | None, day: date, pence: int, *, beside: Payment | None = None
) -> str:
    """What the week would come to, beside the limit."""
    if limit is None:
        return ""
    monday, sunday = week_of(day)
    total = taken_in_week(limit, day, beside=beside) + pence
    return (
        f"Your own limit is {in_pounds(limit.pence)} a week. With this, the week from "
        f"{day_in_words(monday)} to {day_in_words(sunday)} would come to {in_pounds(total)}. "
        "Only you see this. You choose."
    )


def limit_sentence(limit: WeeklyLimit | None) -> str:
    if limit is None:
        return "You have not set a limit."
    counted = "with" if limit.counts_money_back else "without"
    return f"Your limit is {in_pounds(limit.pence)} a week, {counted} travel and expenses."


def staff_rows(payments: Iterable[Payment]) -> list[list[Any]]:
    """The table of those who pay."""
    rows = []
    for each in payments:
        words, colour = staff_tag(each)
        url = reverse("stakeholders:panel-payment", args=[each.panel.public_id, each.public_id])
        rows.append(
            [
                {"text": each.person.display_name, "url": url},
                what(each),
                day_in_words(each.happens_on),
                in_pounds(each.amount_pence),
                {"text": words, "tag": colour},
            ]
        )
    return rows


def offered_words(made: list[Payment]) -> str:
    """What to say after an offer was made, to one or to many."""
    amount = in_pounds(made[0].amount_pence)
    if len(made) == 1:
        return f"{amount} is offered. The person is told and answers for themselves."
    return f"{amount} is offered to each of {len(made)} people. Each answers for themselves."


def staff_page(payment: Payment, user: Any) -> dict[str, Any]:
    """A payment, for whoever handles it. What its person may not want known is not on it."""
    may = may_handle_payment(user, payment)
    words, colour = staff_tag(payment)
    return {
        "payment": payment,
        "panel": payment.panel,
        "title": payment.person.display_name,
        "rows": _rows(payment),
        "tag": words,
        "colour": colour,
        "came_late": not payment.is_claim
        and payment.kind != PaymentKind.LATE_CANCELLATION
        and timezone.localdate(payment.created_at) > payment.happens_on,
        "paid_on": payment.paid_on,
        "can_approve": may and payment.can_become(PaymentStatus.APPROVED),
        "can_refuse": may and payment.can_become(PaymentStatus.REFUSED),
        "can_pay": may and payment.can_become(PaymentStatus.PAID),
        "why_not": "" if may else getattr(may, "reason", ""),
    }


def rates_rows(rates: Iterable[PaymentRates]) -> list[list[str]]:
    """What was and is paid, newest first."""
    return [
        [
            day_in_words(each.starts_on),
            in_pounds(each.meeting_hour),
            in_pounds(each.reading_hour),
            f"{in_pounds(each.late_cancellation)}, within {each.late_within_days} days",
            in_pounds(each.cover_hour),
            in_pounds(each.carer_cover_hour),
            f"{each.days_to_pay} days",
        ]
        for each in rates
    ]
