from typing import ClassVar

from django.db import models
from django.db.models import Q

from stakeholders.enums import Coming, Perspective
from stakeholders.models.meetings import Meeting
from stakeholders.models.seats import Seat
from vbc.core.models.base import Belongs


class Attendance(Belongs):
    """Whether one person on the panel is coming to a meeting, and whether they are there.

    Why somebody cannot come or has gone is not stored: there is no such column. `perspective` is
    what they spoke from when they were first there, so that the meeting's count stays what it was.
    """

    organisation_path = "meeting__panel__organisation"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendances")
    coming = models.CharField(max_length=3, choices=Coming, blank=True)
    is_present = models.BooleanField(default=False)
    first_present_at = models.DateTimeField(null=True, blank=True)
    perspective = models.CharField(max_length=20, choices=Perspective, blank=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="one_row_a_meeting_and_seat"),
            models.CheckConstraint(
                name="present_since_some_time",
                condition=Q(is_present=False) | Q(first_present_at__isnull=False),
            ),
        ]
