"""The letter that a person can show: what they were offered, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from stakeholders.enums import PaymentKind, PaymentStatus
from stakeholders.models import Organisation, Payment
from vbc.ui.dates import day_in_words
from vbc.ui.money import in_pounds

HEAD = ("Day", "What for", {"text": "How much", "numeric": True}, "What became of it")


@dataclass(frozen=True)
class LetterPart:
    """What one organisation offered and paid, for the person's letter."""

    organisation: str
    contact: str
    rows: list[list[Any]]
    totals: list[str]
    head: tuple[Any, ...] = HEAD


def letter(payments: Iterable[Payment]) -> list[LetterPart]:
    """By organisation. In neutral words: whoever reads it learns no role, panel or reason."""
    grouped = groupby(payments, key=lambda payment: payment.panel.organisation)
    return [_part(organisation, list(each)) for organisation, each in grouped]


def _part(organisation: Organisation, payments: list[Payment]) -> LetterPart:
    rows = [
        [
            day_in_words(each.happens_on),
            each.neutral_words.capitalize(),
            in_pounds(each.amount_pence),
            became(each),
        ]
        for each in payments
    ]
    paid = [each for each in payments if each.status == PaymentStatus.PAID]
    back = sum(each.amount_pence for each in paid if each.kind in PaymentKind.money_back())
    time = sum(each.amount_pence for each in paid) - back
    declined = sum(each.amount_pence for each in payments if each.status == PaymentStatus.DECLINED)
    totals = [
        f"Paid for time: {in_pounds(time)}",
        f"Paid to give back travel and other expenses: {in_pounds(back)}",
        f"Declined, and not paid: {in_pounds(declined)}",
    ]
    return LetterPart(organisation.name, organisation.contact_email, rows, totals)


def became(payment: Payment) -> str:
    """What became of it, with the day."""
    day = day_in_words(payment.changed_at)
    return {
        PaymentStatus.OFFERED: f"Offered on {day}",
        PaymentStatus.CLAIMED: f"Claimed on {day}, not paid so far",
        PaymentStatus.ACCEPTED: f"Accepted on {day}, not paid so far",
        PaymentStatus.DECLINED: f"Declined on {day}, not paid",
        PaymentStatus.APPROVED: f"Agreed on {day}, not paid so far",
        PaymentStatus.REFUSED: f"Not paid, decided on {day}",
        PaymentStatus.PAID: f"Paid on {day_in_words(payment.paid_on or payment.changed_at)}",
    }[PaymentStatus(payment.status)]
