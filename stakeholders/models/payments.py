"""Payment for people's time, and money back for what taking part costs them. Integer pence."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from stakeholders.enums import NEUTRAL_WORDS, PAYMENT_STEPS, PaymentKind, PaymentStatus
from stakeholders.models.meetings import Meeting
from stakeholders.models.organisations import Organisation
from stakeholders.models.panels import Panel
from vbc.core.models import AppendOnly, PublicId
from vbc.core.models.base import Belongs, paired


class PaymentRates(Belongs, AppendOnly):
    """What an organisation pays from a day on, in pence. A correction is a newer row for the day.

    What was offered keeps the amount that was offered.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="payment_rates"
    )
    starts_on = models.DateField()
    meeting_hour = models.PositiveIntegerField()
    reading_hour = models.PositiveIntegerField()
    late_cancellation = models.PositiveIntegerField()
    # A meeting that falls through fewer than so many days before it does so late. With 0, only one
    # that has begun.
    late_within_days = models.PositiveSmallIntegerField(default=2)
    cover_hour = models.PositiveIntegerField()
    carer_cover_hour = models.PositiveIntegerField()
    days_to_pay = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_on", "-pk"]


class CostCentre(Belongs):
    """The code under which finance books what a panel costs."""

    organisation_path = "panel__organisation"

    panel = models.OneToOneField(Panel, on_delete=models.PROTECT, related_name="cost_centre")
    code = models.CharField(max_length=40)


class PaymentQuerySet(models.QuerySet["Payment"]):
    def owed(self) -> "PaymentQuerySet":
        return self.filter(status__in=PaymentStatus.owed())

    def late_on(self, day: date) -> "PaymentQuerySet":
        """Owed, and the day by which it was promised has gone."""
        return self.owed().filter(due_on__lt=day)


class Payment(Belongs, PublicId):
    """One amount for one person: offered in writing beforehand, or claimed by them for expenses.

    Changes only in `stakeholders/services/payments.py`, along `PAYMENT_STEPS`. It hangs on the
    person and the panel and not on a seat, so that leaving changes nothing about what is owed.
    """

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="payments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="payments"
    )
    kind = models.CharField(max_length=10, choices=PaymentKind)
    words = models.CharField(max_length=200, blank=True)
    # The meeting that fell through late, where that is what is paid.
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    # The day of the work, the journey, or the cost.
    happens_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    amount_pence = models.PositiveIntegerField()
    is_in_advance = models.BooleanField(default=False)
    # The day by which the person is promised the money.
    due_on = models.DateField()
    status = models.CharField(max_length=8, choices=PaymentStatus)
    # When it came into this state.
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    # Empty for what the person claims themselves, and for what is offered by rule.
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refusal = models.TextField(blank=True)
    paid_on = models.DateField(null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-happens_on", "-pk"]
        indexes = [models.Index(fields=["person", "happens_on"])]
        constraints = [
            models.CheckConstraint(
                name="payment_is_of_something",
                condition=Q(amount_pence__gt=0),
                violation_error_message="The amount must be more than nothing.",
            ),
            models.CheckConstraint(
                name="nobody_handles_their_own_payment",
                condition=~Q(person=F("offered_by"))
                & ~Q(person=F("approved_by"))
                & ~Q(person=F("paid_by")),
                violation_error_message="Somebody else has to do this: the payment is your own.",
            ),
            paired("payment_approved_pair", "approved_at", "approved_by"),
            paired("payment_paid_pair", "paid_on", "paid_by"),
            models.CheckConstraint(
                name="payment_approved_when_approved",
                condition=Q(status__in=["approved", "paid"], approved_at__isnull=False)
                | (~Q(status__in=["approved", "paid"]) & Q(approved_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="payment_paid_when_paid",
                condition=Q(status="paid", paid_on__isnull=False)
                | (~Q(status="paid") & Q(paid_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="payment_refused_with_a_reason",
                condition=(Q(status="refused") & ~Q(refusal=""))
                | (~Q(status="refused") & Q(refusal="")),
                violation_error_message="Say why it is not paid.",
            ),
            models.CheckConstraint(
                name="payment_for_time_is_offered",
                condition=Q(offered_by__isnull=False)
                | Q(kind__in=["care", "travel", "expenses"])
                | Q(kind="cancelled", meeting__isnull=False),
                violation_error_message="Only travel and other expenses are claimed.",
            ),
            models.CheckConstraint(
                name="payment_of_a_meeting_that_fell_through",
                condition=Q(meeting__isnull=True) | Q(kind="cancelled"),
            ),
            models.UniqueConstraint(
                fields=["meeting", "person", "happens_on"],
                name="one_late_cancellation_a_person_and_day",
            ),
            models.CheckConstraint(
                name="only_money_back_goes_ahead",
                condition=Q(is_in_advance=False) | Q(kind__in=["care", "travel", "expenses"]),
                violation_error_message="Only travel and expenses are paid before the day.",
            ),
        ]

    @property
    def is_claim(self) -> bool:
        return self.offered_by_id is None and self.kind in PaymentKind.money_back()

    @property
    def neutral_words(self) -> str:
        """What it is for, in words that tell nothing about the person."""
        return NEUTRAL_WORDS[self.kind]

    def can_become(self, status: str) -> bool:
        """Whether it may go on from its present state to `status`."""
        return status in PAYMENT_STEPS[self.status]

    def is_late(self, today: date) -> bool:
        return self.status in PaymentStatus.owed() and self.due_on < today


class WeeklyLimit(models.Model):
    """The most that a person wants to accept in a week, Monday to Sunday. For their eyes alone.

    That somebody has one says something about their benefits, so it stands in no audit either.
    """

    organisation_path = None  # A person may serve in several organisations.

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    pence = models.PositiveIntegerField()
    counts_money_back = models.BooleanField(default=False)
