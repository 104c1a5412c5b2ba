from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from evidence.enums import Horizon, NumberKind, NumberState
from evidence.models.indicators import Observation
from evidence.models.needs import NeedsAssessment
from vbc.core.models import Versioned
from vbc.core.models.base import Belongs


class NeedsNumber(Belongs, Versioned):
    """One of the five numbers of a needs assessment, now or expected; or that it is not known.

    `amount`, `low` and `high` are whole people, whole pence, or hundredths of `unit`
    (`NumberKind.hundredths`). The range is what the number may well be, as its source gives it.
    """

    organisation_path = "assessment__organisation"

    assessment = models.ForeignKey(
        NeedsAssessment, on_delete=models.PROTECT, related_name="numbers"
    )
    kind = models.CharField(max_length=12, choices=NumberKind)
    horizon = models.CharField(max_length=8, choices=Horizon, default=Horizon.NOW)
    state = models.CharField(max_length=12, choices=NumberState)
    amount = models.BigIntegerField(null=True, blank=True)
    low = models.BigIntegerField(null=True, blank=True)
    high = models.BigIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    about = models.CharField("who is counted", max_length=240, blank=True)
    period = models.CharField("which year", max_length=40, blank=True)
    method = models.TextField("how it was worked out", blank=True)
    bands = models.TextField("age bands", blank=True)
    source = models.CharField("where it is from", max_length=240, blank=True)
    source_date = models.DateField("when that was published", null=True, blank=True)
    observation = models.ForeignKey(
        Observation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    why_not_known = models.TextField("why it is not known", blank=True)
    what_is_done = models.TextField("what is done to find out", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "kind", "horizon"], name="one_number_a_kind_and_horizon"
            ),
            models.CheckConstraint(
                name="number_known_said_or_worked_out",
                condition=(
                    Q(state="known", amount__isnull=False, amount__gte=0)
                    & ~Q(about="")
                    & ~Q(period="")
                    & ~Q(source="")
                )
                | Q(state="worked_out", kind="unmet", amount__isnull=True)
                | Q(state="not_known", amount__isnull=True)
                & ~Q(why_not_known="")
                & ~Q(what_is_done=""),
                violation_error_message=(
                    "A number needs who is counted, the year and where it is from. One that is not "
                    "known needs why, and what is done about it."
                ),
            ),
            models.CheckConstraint(
                name="number_range_around_it",
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(
                    low__isnull=False,
                    high__isnull=False,
                    low__gte=0,
                    low__lte=F("amount"),
                    high__gte=F("amount"),
                ),
                violation_error_message="The number lies between the two ends of its range.",
            ),
            models.CheckConstraint(
                name="number_expected_with_method",
                condition=~Q(state="known", horizon="later") | ~Q(method="") | ~Q(bands=""),
                violation_error_message="Say how the expected number was worked out.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_horizon_display().lower()}"
