from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from evidence.enums import FallsOut
from evidence.models.areas import Area
from evidence.models.services import Service
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs


class Pathway(Belongs, PublicId, Versioned):
    """The way that people take through several services, step by step."""

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="pathways"
    )
    title = models.CharField("name", max_length=160)
    summary = models.TextField("whose way it is, from where to where")
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="pathways"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence:pathway", args=[self.public_id])


class PathwayStep(Belongs, PublicId, Versioned):
    """One step: a service, or something else that happens, in plain words."""

    organisation_path = "pathway__organisation"

    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="steps")
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="steps"
    )
    title = models.CharField("what happens", max_length=120, blank=True)
    words = models.TextField("a sentence about it", blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="pathway_step_is_something",
                condition=Q(service__isnull=False) | ~Q(title=""),
                violation_error_message="Choose a service, or say what happens.",
            )
        ]

    @property
    def name(self) -> str:
        return self.title or (self.service.title if self.service else "")


class HandOff(Belongs, Versioned):
    """How people get from a step to the one after it, and whether some are lost on the way.

    `wait_days` is the usual wait; `lost` how many people are lost in a year. Either is None where
    nobody has counted.
    """

    organisation_path = "step__pathway__organisation"

    step = models.OneToOneField(PathwayStep, on_delete=models.PROTECT, related_name="hand_off")
    passed_on = models.TextField("what is passed on", blank=True)
    responsible = models.CharField("who sees to it", max_length=120, blank=True)
    wait_days = models.PositiveSmallIntegerField("usual wait in days", null=True, blank=True)
    falls_out = models.CharField(
        "do people fall out here?", max_length=10, choices=FallsOut, default=FallsOut.NOT_KNOWN
    )
    lost = models.PositiveIntegerField("how many a year", null=True, blank=True)
    source = models.CharField("how we know", max_length=240, blank=True)
    people_say = models.TextField("what people say about it", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hand_off_lost_where_people_fall_out",
                condition=Q(lost__isnull=True) | Q(falls_out=FallsOut.YES),
                violation_error_message="A number goes with the answer that people fall out here.",
            ),
            models.CheckConstraint(
                name="hand_off_number_with_source",
                condition=Q(lost__isnull=True) | ~Q(source=""),
                violation_error_message="Say how we know the number.",
            ),
        ]
