from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stakeholders.enums import Perspective, Pillar, SeatKind, SeatStatus
from stakeholders.models.panels import Panel
from vbc.core.models import AppendOnly, PublicId
from vbc.core.models.base import Belongs


class Place(Belongs, PublicId):
    """One voice on a panel: held by a member and, while they are away, by their cover."""

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="places")
    pillar = models.CharField(max_length=30, choices=Pillar, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]


class SeatQuerySet(models.QuerySet["Seat"]):
    def live(self) -> "SeatQuerySet":
        return self.filter(left_at__isnull=True)

    def active(self) -> "SeatQuerySet":
        return self.filter(status=SeatStatus.ACTIVE)

    def counting_as_service_users(self) -> "SeatQuerySet":
        """The seats that count towards the two: active, today a service user, not employed by the
        commissioning body or a provider that the panel's decisions affect, account in use.

        The trigger in `vbc.core.sql.panel_rule` counts the same; a test compares the two.
        """
        return self.filter(
            status=SeatStatus.ACTIVE,
            user__is_active=True,
            perspective=Perspective.SERVICE_USER,
            is_employed_by_affected_body=False,
        )


class Seat(Belongs, PublicId):
    """A person on a place. Changes only in `stakeholders/services/seats.py`.

    Why somebody is away or has left is not stored, here or anywhere.
    """

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="seats")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats"
    )
    kind = models.CharField(max_length=6, choices=SeatKind, default=SeatKind.MEMBER)
    status = models.CharField(max_length=8, choices=SeatStatus, default=SeatStatus.ACTIVE)
    # What its holder speaks from today, declared by themselves: health information.
    perspective = models.CharField(max_length=20, choices=Perspective)
    is_employed_by_affected_body = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "user"],
                condition=Q(left_at__isnull=True),
                name="one_live_seat_a_person_and_panel",
                violation_error_message="This person already has a seat on this panel.",
            ),
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(status="active"),
                name="one_voice_a_place",
                violation_error_message="Someone already speaks for this place.",
            ),
            models.CheckConstraint(
                name="seat_left_when_left",
                condition=Q(status="left", left_at__isnull=False)
                | (~Q(status="left") & Q(left_at__isnull=True)),
            ),
        ]


class SeatPerspective(Belongs, AppendOnly):
    """What a person declared that they speak from, and since when. The seat holds the newest."""

    organisation_path = "seat__panel__organisation"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="perspectives")
    perspective = models.CharField(max_length=20, choices=Perspective)
    is_employed_by_affected_body = models.BooleanField()
    since = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["since", "pk"]
