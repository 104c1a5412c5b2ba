"""What people are told about money: never how much, nor what for. That stands behind signing in."""

from django.urls import reverse

from stakeholders.enums import PaymentStatus
from stakeholders.models import Payment
from stakeholders.permissions.payments import may_handle_payment
from stakeholders.queries.payments import payment_of
from vbc.core.models import Notification
from vbc.core.services import notices
from vbc.core.services.notices import Words

OFFERED = "stakeholders.payment_offered"
REFUSED = "stakeholders.payment_refused"
PAID = "stakeholders.payment_paid"
LATE = "stakeholders.payment_late"
STILL_OPEN = "stakeholders.payment_still_open"
CLAIMED = "stakeholders.payment_claimed"
LATE_TO_SOMEBODY = "stakeholders.payment_late_to_somebody"


def _own(notice: Notification, subject: str, *paragraphs: str) -> Words | None:
    """Words about the reader's own payment."""
    payment = payment_of(notice.recipient, notice.object_id)
    if payment is None:
        return None
    return Words(
        subject=subject,
        paragraphs=paragraphs,
        link=reverse("stakeholders:payment", args=[payment.public_id]),
        link_text="Read it",
    )


def _to_handle(notice: Notification, subject: str, *paragraphs: str) -> Words | None:
    """Words about somebody else's payment, to whoever handles it."""
    payment = (
        Payment.objects.select_related("panel__organisation")
        .filter(public_id=notice.object_id)
        .first()
    )
    if payment is None or not may_handle_payment(notice.recipient, payment):
        return None
    return Words(
        subject=subject,
        paragraphs=paragraphs,
        link=reverse(
            "stakeholders:panel-payment", args=[payment.panel.public_id, payment.public_id]
        ),
        link_text="Open it",
    )


@notices.writes(OFFERED)
def offered(notice: Notification) -> Words | None:
    return _own(
        notice,
        "An offer for you",
        "There is an offer for you to accept or to decline, whichever you like. Declining is fine, "
        "nobody asks why, and you can change your mind later.",
        "It says what it is for, and what to think of first if you get benefits.",
    )


@notices.writes(REFUSED)
def refused(notice: Notification) -> Words | None:
    return _own(
        notice,
        "About something you were offered or claimed",
        "Something that you were offered, or claimed, will not be paid. The page says why, and "
        "what you can do if you do not agree.",
    )


@notices.writes(PAID)
def paid(notice: Notification) -> Words | None:
    return _own(
        notice,
        "Something has been paid to you",
        "Something that you were promised has been paid. It can take three working days to show "
        "in an account.",
    )


@notices.writes(LATE)
def late(notice: Notification) -> Words | None:
    return _own(
        notice,
        "Something owed to you is late",
        "Something that you were promised has not been paid in time. You did nothing wrong. "
        "Those who pay have been told, and the page says what you can do.",
    )


@notices.writes(STILL_OPEN, is_reminder=True)
def still_open(notice: Notification) -> Words | None:
    payment = payment_of(notice.recipient, notice.object_id)
    if payment is None or payment.status != PaymentStatus.OFFERED:
        return None
    return _own(
        notice,
        "An offer is still open for you",
        "An offer for one of the next days is still there for you to accept or to decline. You "
        "need not answer. This is the only reminder.",
    )


@notices.writes(CLAIMED)
def claimed(notice: Notification) -> Words | None:
    return _to_handle(
        notice,
        "A claim is waiting for an answer",
        "Somebody on a panel has claimed expenses. Please answer soon: nobody should be out of "
        "pocket for taking part.",
    )


@notices.writes(LATE_TO_SOMEBODY)
def late_to_somebody(notice: Notification) -> Words | None:
    return _to_handle(
        notice,
        "A payment is late",
        "Somebody on a panel was promised money, and the day has gone. Please see to it today: "
        "people count on it.",
    )
