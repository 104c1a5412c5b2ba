"""Offers and payments."""

from django.db import models


class PaymentKind(models.TextChoices):
    """What a payment is for, as the person and those who pay read it. `NEUTRAL_WORDS` is for
    everybody else: finance, and whoever reads a letter."""

    MEETING = "meeting", "Taking part in a meeting"
    READING = "reading", "Reading and preparing"
    LATE_CANCELLATION = "cancelled", "A meeting cancelled late"
    COVER = "cover", "Stepping in for a member"
    CARER_COVER = "care", "Someone to look after another person meanwhile"
    TRAVEL = "travel", "Travel"
    EXPENSES = "expenses", "Other expenses"

    @classmethod
    def money_back(cls) -> set[str]:
        """What only gives back what somebody has spent, or will."""
        return {cls.CARER_COVER, cls.TRAVEL, cls.EXPENSES}


# Says neither that somebody cares for anyone, nor that somebody was away.
NEUTRAL_WORDS: dict[str, str] = {
    PaymentKind.MEETING: "panel meeting",
    PaymentKind.READING: "reading",
    PaymentKind.LATE_CANCELLATION: "panel meeting",
    PaymentKind.COVER: "panel meeting",
    PaymentKind.CARER_COVER: "expenses",
    PaymentKind.TRAVEL: "travel",
    PaymentKind.EXPENSES: "expenses",
}


class PaymentStatus(models.TextChoices):
    OFFERED = "offered", "Offered"
    CLAIMED = "claimed", "Claimed"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    APPROVED = "approved", "To be paid"
    REFUSED = "refused", "Not paid"
    PAID = "paid", "Paid"

    @classmethod
    def owed(cls) -> set[str]:
        """States in which the person waits for money, so that it can be late."""
        return {cls.CLAIMED, cls.ACCEPTED, cls.APPROVED}


# From each state, those that may follow. A person can change their mind until it is paid.
PAYMENT_STEPS: dict[str, set[str]] = {
    PaymentStatus.OFFERED: {
        PaymentStatus.ACCEPTED,
        PaymentStatus.DECLINED,
        PaymentStatus.REFUSED,
    },
    PaymentStatus.CLAIMED: {
        PaymentStatus.APPROVED,
        PaymentStatus.DECLINED,
        PaymentStatus.REFUSED,
    },
    PaymentStatus.ACCEPTED: {
        PaymentStatus.APPROVED,
        PaymentStatus.DECLINED,
        PaymentStatus.REFUSED,
    },
    PaymentStatus.DECLINED: {PaymentStatus.ACCEPTED},
    PaymentStatus.APPROVED: {PaymentStatus.PAID, PaymentStatus.DECLINED},
    PaymentStatus.REFUSED: set(),
    PaymentStatus.PAID: set(),
}
