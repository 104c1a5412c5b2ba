from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from stakeholders.enums import CameAs, EngagementEffect, EngagementKind
from stakeholders.models.panels import Panel
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs, paired


class SeldomHeardGroup(Belongs, PublicId, Versioned):
    """People whose voices are often heard least, whom a panel means to reach, and how many.

    How many were reached is added up from the events, and shown only as `disclosure.attendance`
    allows. `progress` says in words how far it is.
    """

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="seldom_heard_groups")
    name = models.CharField(max_length=120)
    target = models.PositiveIntegerField(null=True, blank=True)
    target_words = models.TextField()
    progress = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "panel",
                condition=Q(withdrawn_at__isnull=True),
                name="one_group_of_a_name",
                violation_error_message="This group is already on the list.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class EngagementEvent(Belongs, PublicId, Versioned):
    """People were asked: where, how many came, what they said, what came of it and what could not.

    `shared_at`: those who came can read what came of it, at an address of its own that needs no
    account. A talk of two people is never shared: it would tell whose words they are.
    """

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="engagement_events")
    kind = models.CharField(max_length=12, choices=EngagementKind)
    title = models.CharField(max_length=120)
    held_on = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    what_was_said = models.TextField()
    what_came_of_it = models.TextField(blank=True)
    what_could_not_be_done = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-held_on", "-pk"]
        constraints = [
            paired("event_shared_pair", "shared_at", "shared_by"),
            models.CheckConstraint(
                name="one_to_one_is_never_shared",
                condition=~Q(kind="one_to_one") | Q(shared_at__isnull=True),
                violation_error_message="A one-to-one talk is not shared outside the panel.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:engagement-event", args=[self.panel.public_id, self.public_id])


class EventAttendance(Belongs):
    """How many came to an event: in one part, or of one seldom-heard group. Only a number."""

    organisation_path = "event__panel__organisation"

    event = models.ForeignKey(EngagementEvent, on_delete=models.PROTECT, related_name="attendance")
    came_as = models.CharField(max_length=14, choices=CameAs, blank=True)
    group = models.ForeignKey(
        SeldomHeardGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attendance_in_a_part_or_of_a_group",
                condition=Q(came_as="", group__isnull=False)
                | (~Q(came_as="") & Q(group__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["event", "came_as"],
                condition=Q(group__isnull=True),
                name="one_number_a_part",
            ),
            models.UniqueConstraint(
                fields=["event", "group"],
                condition=Q(group__isnull=False),
                name="one_number_a_group",
            ),
        ]


class EventEffect(Belongs):
    """Something that an event changed or added."""

    organisation_path = "event__panel__organisation"

    event = models.ForeignKey(EngagementEvent, on_delete=models.PROTECT, related_name="effects")
    effect = models.CharField(max_length=14, choices=EngagementEffect)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "effect"], name="one_effect_an_event")
        ]
