from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from stakeholders.enums import MinutesStatus
from stakeholders.models.agendas import AgendaItem
from stakeholders.models.meetings import Meeting
from stakeholders.models.panels import Panel
from vbc.core.models import AppendOnly, Contribution, PublicId, Versioned
from vbc.core.models.base import (
    Belongs,
    contribution_constraints,
    paired,
)


class Minutes(Belongs):
    """The minutes of a meeting: a draft, then shared, then agreed at a later meeting."""

    organisation_path = "meeting__panel__organisation"

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="record")
    status = models.CharField(max_length=6, choices=MinutesStatus, default=MinutesStatus.DRAFT)
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_in = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="agreed_minutes"
    )

    class Meta:
        constraints = [
            paired("minutes_shared_pair", "shared_at", "shared_by"),
            paired("minutes_agreed_pair", "agreed_at", "agreed_in"),
            models.CheckConstraint(
                name="minutes_follow_their_status",
                condition=Q(status="draft", shared_at__isnull=True, agreed_at__isnull=True)
                | Q(status="shared", shared_at__isnull=False, agreed_at__isnull=True)
                | Q(status="agreed", shared_at__isnull=False, agreed_at__isnull=False),
            ),
        ]


class MinuteNote(Belongs, Versioned):
    """What was said about an item of the agenda, in plain words."""

    organisation_path = "item__meeting__panel__organisation"

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="note")
    said = models.TextField("what was said", blank=True)


class MeetingDecision(Belongs, PublicId, AppendOnly):
    """What the panel decided in a meeting. Written once, only while the meeting could decide."""

    organisation_path = "item__meeting__panel__organisation"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    words = models.TextField("what was decided")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["recorded_at", "pk"]


class MeetingActionQuerySet(models.QuerySet["MeetingAction"]):
    def visible_to(self, user: Any) -> "MeetingActionQuerySet":
        return self.standing().filter(item__meeting__panel__in=Panel.objects.visible_to(user))

    def standing(self) -> "MeetingActionQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def open(self) -> "MeetingActionQuerySet":
        return self.standing().filter(done_at__isnull=True)


class MeetingAction(Belongs, PublicId):
    """What somebody takes on in a meeting, and by when. Its owner says when it is done."""

    organisation_path = "item__meeting__panel__organisation"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField("what will be done", max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="meeting_actions"
    )
    due_on = models.DateField("by when", null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # Written down by mistake, or no longer wanted.
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingActionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Correction(Contribution):
    """What a person on the panel asks to be put right in the minutes. It is kept, and answered."""

    organisation_path = "minutes__meeting__panel__organisation"

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField("what should be put right")

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints = contribution_constraints("correction")

    def get_absolute_url(self) -> str:
        meeting = self.minutes.meeting
        page = reverse("stakeholders:minutes", args=[meeting.panel.public_id, meeting.public_id])
        return f"{page}#correction-{self.public_id}"
