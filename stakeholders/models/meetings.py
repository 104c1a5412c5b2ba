from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from stakeholders.enums import DateChoice, MeetingStatus
from stakeholders.models.panels import Panel
from stakeholders.models.seats import Seat
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs, paired


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Any) -> "MeetingQuerySet":
        return self.filter(panel__in=Panel.objects.visible_to(user))

    def arranged(self) -> "MeetingQuerySet":
        return self.filter(status=MeetingStatus.ARRANGED)


class Meeting(Belongs, PublicId, Versioned):
    """A time at which a panel comes together, in a room, on a screen or by phone.

    `status` changes only in `stakeholders/services/meetings.py`. While a meeting is being moved its
    old time stays, so that people can read which meeting it was. `calendar_sequence` grows with
    every change that a calendar has to know.
    """

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=120)
    purpose = models.TextField("what it is for")
    place = models.TextField("where", blank=True)
    link = models.URLField("link to join", max_length=500, blank=True)
    phone = models.CharField("phone number to join", max_length=120, blank=True)
    length = models.PositiveSmallIntegerField("how many minutes", default=90)
    starts_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(
        max_length=12, choices=MeetingStatus, default=MeetingStatus.FINDING_DATE, editable=False
    )
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now_add=True)
    papers_ready_at = models.DateTimeField(null=True, blank=True)
    papers_ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_arranged_has_a_time",
                condition=Q(status__in=["finding_date", "cancelled"]) | Q(starts_at__isnull=False),
                violation_error_message="A meeting that is arranged has a date and a time.",
            ),
            models.CheckConstraint(
                name="meeting_is_of_some_length",
                condition=Q(length__range=(10, 480)),
                violation_error_message="A meeting takes from 10 minutes to 8 hours.",
            ),
            paired("meeting_papers_ready_pair", "papers_ready_at", "papers_ready_by"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:meeting", args=[self.panel.public_id, self.public_id])

    @property
    def is_open(self) -> bool:
        """Whether it is still to come or going on."""
        return self.status not in (MeetingStatus.HELD, MeetingStatus.CANCELLED)


class MeetingDate(Belongs, PublicId):
    """A date that is offered while one is being looked for."""

    organisation_path = "meeting__panel__organisation"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="dates")
    starts_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "starts_at"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_date_is_offered_once",
                violation_error_message="This date is on the list already.",
            )
        ]


class DateAnswer(Belongs):
    """What one person on the panel says of one date. It can be changed until a date is picked."""

    organisation_path = "date__meeting__panel__organisation"

    date = models.ForeignKey(MeetingDate, on_delete=models.PROTECT, related_name="answers")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="date_answers")
    choice = models.CharField(max_length=10, choices=DateChoice)

    class Meta:
        ordering: ClassVar[list[str]] = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["date", "seat"], name="one_answer_a_date_and_seat")
        ]


class Paper(Belongs, PublicId):
    """Something to read before a meeting: a text, a file, or both, always with a plain summary."""

    organisation_path = "meeting__panel__organisation"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=120)
    plain_summary = models.TextField("what it says, in plain words")
    text = models.TextField(blank=True)
    upload = models.ForeignKey(
        "core.Upload", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="paper_has_a_plain_summary",
                condition=~Q(plain_summary=""),
                violation_error_message="Say in plain words what the paper says.",
            ),
            models.CheckConstraint(
                name="paper_is_a_text_or_a_file",
                condition=~Q(text="") | Q(upload__isnull=False),
                violation_error_message="Write the text, choose a file, or both.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
