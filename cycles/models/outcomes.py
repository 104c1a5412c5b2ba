from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.models.cycles import Cycle
from evidence.enums import Outcome
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs


class OutcomeMeasure(Belongs, PublicId, Versioned):
    """How we will know whether it worked: where we started, what we hoped, what came of it."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="outcome_measures")
    title = models.CharField("what we measure", max_length=160)
    unit = models.CharField("in what", max_length=60, help_text="Such as: people in 100.")
    # None until somebody has answered: nobody may be said to have said what they did not.
    is_output = models.BooleanField(
        "it counts what is done, not what became better", null=True, default=None
    )
    part_of_life = models.CharField(
        "which part of life it is about", max_length=12, choices=Outcome, blank=True
    )
    higher_is_better = models.BooleanField("a higher figure is better", default=True)
    baseline = models.DecimalField(
        "where we started", max_digits=12, decimal_places=2, null=True, blank=True
    )
    baseline_on = models.DateField("measured on", null=True, blank=True)
    hoped = models.DecimalField(
        "what we hope for", max_digits=12, decimal_places=2, null=True, blank=True
    )
    result = models.DecimalField(
        "what it is now", max_digits=12, decimal_places=2, null=True, blank=True
    )
    result_on = models.DateField("measured on", null=True, blank=True)
    comment = models.TextField("what we make of it", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="outcome_baseline_dated",
                condition=Q(baseline__isnull=True, baseline_on__isnull=True)
                | Q(baseline__isnull=False, baseline_on__isnull=False),
                violation_error_message="A figure needs the day it was measured.",
            ),
            models.CheckConstraint(
                name="outcome_result_dated",
                condition=Q(result__isnull=True, result_on__isnull=True)
                | Q(result__isnull=False, result_on__isnull=False),
                violation_error_message="A figure needs the day it was measured.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Finding(Belongs, PublicId, Versioned):
    """Something the review learned, and whether the next cycle is to take it up."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="findings")
    text = models.TextField("what we learned")
    is_carried_forward = models.BooleanField("take this into the next cycle", default=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "pk"]
        constraints = [models.CheckConstraint(name="finding_says_something", condition=~Q(text=""))]
