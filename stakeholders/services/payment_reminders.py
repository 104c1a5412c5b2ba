"""What the daily round tells about money. Telling again changes nothing, so it can run any time."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from stakeholders.notices import payments as words_for
from stakeholders.queries.payments import late_payments, unanswered_offers, who_pays
from vbc.core.services import notices

DAYS_BEFORE = 3


def daily() -> None:
    """Everything of the round."""
    tell_of_late()
    remind_of_offers()


def tell_of_late() -> int:
    """Tell each person whose money is late, and those who pay, once for each payment.

    Returns how many are late.
    """
    late = list(late_payments(timezone.localdate()))
    payers: dict[int, list[Any]] = {}
    for payment in late:
        organisation = payment.panel.organisation
        if organisation.pk not in payers:
            payers[organisation.pk] = who_pays(organisation)
        notices.tell(payment.person, words_for.LATE, payment)
        others = [each for each in payers[organisation.pk] if each.pk != payment.person_id]
        notices.tell_everyone(others, words_for.LATE_TO_SOMEBODY, payment)
    return len(late)


def remind_of_offers() -> int:
    """Remind each person, once, of an offer for the next days that they have not answered.

    Not answering is fine too, so there is no second time, and none at all for whoever asked for
    quiet. Returns how many offers there are.
    """
    today = timezone.localdate()
    offers = list(unanswered_offers(today, today + timedelta(days=DAYS_BEFORE)))
    for payment in offers:
        notices.tell(payment.person, words_for.STILL_OPEN, payment)
    return len(offers)
