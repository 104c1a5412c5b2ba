from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.models import Cycle
from reports.enums import Rhythm
from vbc.core.models import PublicId
from vbc.core.models.base import Belongs


class Schedule(Belongs, PublicId):
    """That a document of a cycle is made by itself, again and again, where something changed."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="schedules")
    kind = models.CharField(max_length=20)
    rhythm = models.CharField("how often", max_length=10, choices=Rhythm)
    next_on = models.DateField("when next")
    outcome = models.CharField("what came of the last time", max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["next_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "kind"],
                condition=Q(stopped_at__isnull=True),
                name="one_schedule_of_a_kind",
            ),
        ]
