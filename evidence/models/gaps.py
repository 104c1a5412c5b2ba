from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.enums import GapSource
from evidence.models.experience import Theme
from vbc.core.models import PublicId
from vbc.core.models.base import Belongs


class GapPeriod(Belongs, PublicId):
    """A time, or one call for views, whose answers are told together, once it is over.

    Each answer is in one period only and a period that is shown takes no more: so nothing can be
    learned of anybody by comparing two periods, or one before and after somebody answered.
    """

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="gap_periods"
    )
    # Such as 2026-4 for a quarter of a year, or the public id of a call.
    key = models.CharField(max_length=24)
    name = models.CharField(max_length=160)
    shown_from = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-shown_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_gap_period_a_key")
        ]

    def __str__(self) -> str:
        return self.name


class GapAnswer(Belongs):
    """How care is now and what somebody hopes for, on two scales from 1 to 9.

    Of a call for views and of an event it is not known whose it is. `given_by` is there so that a
    member can change their mind until the period is over; no page shows it.
    """

    organisation_path = "period__organisation"

    period = models.ForeignKey(GapPeriod, on_delete=models.PROTECT, related_name="answers")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="gap_answers")
    actual = models.PositiveSmallIntegerField()
    hoped = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=8, choices=GapSource)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    event = models.ForeignKey(
        "stakeholders.EngagementEvent",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="gap_answer_on_the_scale",
                condition=Q(actual__range=(1, 9), hoped__range=(1, 9)),
                violation_error_message="Both scales go from 1 to 9.",
            ),
            models.CheckConstraint(
                name="gap_answer_from_its_source",
                condition=Q(source="member", given_by__isnull=False, event__isnull=True)
                | Q(source="event", given_by__isnull=True, event__isnull=False)
                | Q(source="call", given_by__isnull=True, event__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["period", "theme", "given_by"],
                condition=Q(given_by__isnull=False),
                name="one_gap_answer_a_member",
            ),
        ]
