from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.enums import Duty, Effect, EqualityGroup, Screening
from cycles.models.decisions import Decision
from vbc.core.models import AppendOnly, PublicId, Versioned
from vbc.core.models.base import Belongs, paired


class EqualityAssessment(Belongs, PublicId, Versioned):
    """What a decision does to groups of people who are often treated unfairly.

    A first look (screening) says whether a full assessment is needed, or why not. It is published
    before the decision is recorded, and looked at again on `review_on`. `published_at` is empty
    again as soon as something is changed: what was published stays in the editions.
    """

    organisation_path = "decision__cycle__organisation"

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="equality_assessment"
    )
    intended_outcomes = models.TextField("what the decision is meant to bring", blank=True)
    who_is_affected = models.TextField("who it touches", blank=True)
    screening = models.CharField(
        "what the first look found", max_length=6, choices=Screening, blank=True
    )
    screening_reason = models.TextField("why", blank=True)
    engagement = models.TextField("who was asked, and what they said", blank=True)
    summary = models.TextField("what we found, in plain words", blank=True)
    ends_discrimination = models.TextField(
        "how it helps to end unfair treatment and harassment", blank=True
    )
    advances_equality = models.TextField("how it gives people a more equal chance", blank=True)
    fosters_relations = models.TextField("how it brings people together", blank=True)
    providers_screen = models.TextField(
        "how those we buy from look at their own services", blank=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="equality_assessments_owned",
    )
    review_on = models.DateField("when it is looked at again", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            paired("equality_published_pair", "published_at", "published_by"),
            models.CheckConstraint(
                name="equality_published_with_owner_and_day",
                condition=Q(published_at__isnull=True)
                | (Q(owner__isnull=False, review_on__isnull=False) & ~Q(screening="")),
                violation_error_message=(
                    "A published assessment has a first look, an owner and a day on which it is "
                    "looked at again."
                ),
            ),
        ]

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class EqualityEdition(Belongs, PublicId, AppendOnly):
    """The assessment as it was published, word for word. Anybody can read one by its address.

    A change after publishing is published again, as the next edition; the ones before stay.
    """

    organisation_path = "assessment__decision__cycle__organisation"

    assessment = models.ForeignKey(
        EqualityAssessment, on_delete=models.PROTECT, related_name="editions"
    )
    number = models.PositiveSmallIntegerField()
    # As `cycles/services/equality.py` froze it. Who looked after it is no word of it: a name can be
    # taken out, and what is published stays.
    words = models.JSONField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "number"], name="equality_editions_numbered"
            )
        ]


class EqualityImpact(Belongs, Versioned):
    """What the decision does to one group, how we know, and what is done about it."""

    organisation_path = "assessment__decision__cycle__organisation"

    assessment = models.ForeignKey(
        EqualityAssessment, on_delete=models.PROTECT, related_name="impacts"
    )
    group = models.CharField(max_length=20, choices=EqualityGroup)
    effect = models.CharField(max_length=9, choices=Effect)
    evidence = models.TextField("how we know, or why we do not")
    mitigation = models.TextField("what we do about it", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "group"], name="one_impact_a_group"),
            models.CheckConstraint(
                name="harm_says_what_is_done",
                condition=~Q(effect__in=["negative", "both"]) | ~Q(mitigation=""),
                violation_error_message="Where it is worse for people, say what is done about it.",
            ),
        ]


class DutyEntry(Belongs, PublicId, AppendOnly):
    """One thing that was done to meet one of the duties: the log that proves it."""

    organisation_path = "assessment__decision__cycle__organisation"

    assessment = models.ForeignKey(
        EqualityAssessment, on_delete=models.PROTECT, related_name="duty_entries"
    )
    duty = models.CharField(max_length=26, choices=Duty)
    what_was_done = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
