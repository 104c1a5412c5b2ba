from typing import ClassVar

from django.db import models
from django.db.models import Q

from stakeholders.models.meetings import Meeting
from stakeholders.models.seats import Seat
from vbc.core.models import PublicId
from vbc.core.models.base import Belongs


class SpeakerTurn(Belongs, PublicId):
    """That somebody asked to speak in a meeting, and whether they have spoken since."""

    organisation_path = "meeting__panel__organisation"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="turns")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="turns")
    asked_at = models.DateTimeField()
    spoke_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                condition=Q(spoke_at__isnull=True, withdrawn_at__isnull=True),
                name="one_wish_to_speak_at_a_time",
                violation_error_message="You are on the list already.",
            ),
            models.CheckConstraint(
                name="turn_ends_once",
                condition=Q(spoke_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        ]
