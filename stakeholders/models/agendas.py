from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stakeholders.enums import AgendaKind, AgendaStatus
from stakeholders.models.meetings import Meeting
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs


class AgendaItem(Belongs, PublicId, Versioned):
    """One thing a meeting is about. Anybody on the panel can ask for one; who runs the meeting
    takes it, or says why not this time.

    `read_first_url` and `read_first_text` are given by whoever puts it there: a page of the site
    that belongs to it, such as a decision's.
    """

    organisation_path = "meeting__panel__organisation"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=6, choices=AgendaKind, default=AgendaKind.TALK)
    minutes = models.PositiveSmallIntegerField(default=15)
    leader = models.CharField("who leads it", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    read_first_url = models.CharField(max_length=300, blank=True)
    read_first_text = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=9, choices=AgendaStatus, default=AgendaStatus.ASKED)
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="agenda_item_not_taken_says_why",
                condition=~Q(status="not_taken") | ~Q(answer=""),
                violation_error_message="Say why it is not taken this time.",
            ),
            models.CheckConstraint(
                name="agenda_item_takes_some_minutes",
                condition=Q(minutes__range=(1, 240)),
                violation_error_message="An item takes from 1 to 240 minutes.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
