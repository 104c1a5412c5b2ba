from typing import ClassVar

from django.db import models
from django.db.models import Q

from evidence.enums import InPlan, Outcome
from evidence.models.needs import NeedsAssessment
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs


class NeedsGap(Belongs, PublicId, Versioned):
    """A need, what there is for it, and what is missing; ranked, it is a priority.

    `people` is how many go without; None where nobody has counted. `challenges` are keys of
    `Challenge`.
    """

    organisation_path = "assessment__organisation"

    assessment = models.ForeignKey(NeedsAssessment, on_delete=models.PROTECT, related_name="gaps")
    need = models.CharField("what people need", max_length=200)
    what_there_is = models.TextField("what there is")
    gap = models.TextField("what is missing")
    people = models.PositiveIntegerField("how many go without", null=True, blank=True)
    could_be_done = models.TextField("what could be done", blank=True)
    outcome = models.CharField(
        "what it would change in people's lives", max_length=12, choices=Outcome, blank=True
    )
    outcome_words = models.CharField("in people's own words", max_length=240, blank=True)
    challenges = models.JSONField(default=list, blank=True)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    reasons = models.TextField("why it has this place", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = [
            models.F("place").asc(nulls_last=True),  # type: ignore[list-item]
            "pk",
        ]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "place"], name="one_priority_a_place"),
            models.CheckConstraint(
                name="priority_has_its_reasons",
                condition=Q(place__isnull=True) | Q(place__gte=1) & ~Q(reasons=""),
                violation_error_message="Say why it has this place.",
            ),
        ]

    def __str__(self) -> str:
        return self.need


class PartnerPlan(Belongs, PublicId, Versioned):
    """A plan of a partner that this informs, and whether mental health is in it."""

    organisation_path = "assessment__organisation"

    assessment = models.ForeignKey(NeedsAssessment, on_delete=models.PROTECT, related_name="plans")
    partner = models.CharField("whose plan it is", max_length=160)
    title = models.CharField("what it is called", max_length=200)
    is_in_it = models.CharField("mental health is in it", max_length=10, choices=InPlan)
    where = models.CharField("where in it, or what is missing", max_length=400, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["partner", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_says_where",
                condition=Q(is_in_it="not_known") | ~Q(where=""),
                violation_error_message="Say where in it, or what is missing.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.partner})"
