from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stakeholders.enums import Perspective, Pillar, SeatKind, SeatStatus
from stakeholders.models.panels import Panel
from vbc.core.models import AppendOnly, PublicId, Versioned
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

    def taking_part(self) -> "SeatQuerySet":
        """Whoever has a part on the panel today, away or not: members, and cover that stepped in.

        Not those who are ready to step in, and not those who sit beside a member.
        """
        stepped_in = Q(kind=SeatKind.COVER, status=SeatStatus.ACTIVE)
        return self.filter(Q(kind=SeatKind.MEMBER) | stepped_in, left_at__isnull=True)

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
    kind = models.CharField(max_length=9, choices=SeatKind, default=SeatKind.MEMBER)
    # Whom a supporter sits beside.
    beside = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supporters"
    )
    status = models.CharField(max_length=8, choices=SeatStatus, default=SeatStatus.ACTIVE)
    # What its holder speaks from today, declared by themselves: health information.
    perspective = models.CharField(max_length=20, choices=Perspective)
    is_employed_by_affected_body = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    # The last day of the term, if one was agreed.
    term_ends_on = models.DateField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    # Said on leaving: what they gave in rounds that were still open does not stand.
    takes_ratings_back = models.BooleanField(default=False)
    # Whom the holder chose to be in touch with.
    liaison = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

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
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(kind="cover", left_at__isnull=True),
                name="one_cover_a_place",
                violation_error_message="This place has cover already.",
            ),
            models.CheckConstraint(
                name="seat_left_when_left",
                condition=Q(status="left", left_at__isnull=False)
                | (~Q(status="left") & Q(left_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="seat_status_fits_its_kind",
                condition=Q(status="left")
                | Q(kind="member", status__in=["active", "away"])
                | Q(kind="cover", status__in=["active", "standby"])
                | Q(kind="reserve", status="standby")
                | Q(kind="supporter", status="active"),
                violation_error_message="A seat of this kind is never in this state.",
            ),
            models.CheckConstraint(
                name="supporter_sits_beside_someone",
                condition=Q(kind="supporter", beside__isnull=False)
                | (~Q(kind="supporter") & Q(beside__isnull=True)),
            ),
            models.CheckConstraint(
                name="supporter_has_no_voice",
                condition=~Q(kind="supporter") | Q(perspective="in_attendance"),
                violation_error_message="Whoever sits beside a member does not rate.",
            ),
            models.CheckConstraint(
                name="ratings_taken_back_on_leaving",
                condition=Q(takes_ratings_back=False) | Q(left_at__isnull=False),
            ),
        ]

    @property
    def is_taking_part(self) -> bool:
        """Whether its holder has a part on the panel today, as `SeatQuerySet.taking_part`."""
        has_part = self.kind == SeatKind.MEMBER or (
            self.kind == SeatKind.COVER and self.status == SeatStatus.ACTIVE
        )
        return has_part and self.left_at is None


class UnwellCard(Belongs, Versioned):
    """What a person wants to happen if they become unwell. Only they write it, and it can be empty.

    Nobody records a judgement of anyone's capacity. It is deleted with the person's account.
    """

    organisation_path = "seat__panel__organisation"
    has_one_writer = True

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="unwell_card")
    whom_to_contact = models.TextField(blank=True)
    ratings_stand = models.BooleanField(default=True)
    note_for_cover = models.TextField(blank=True)


class Removal(Belongs, AppendOnly):
    """That somebody's seat was ended by those who run the panel, and the reason they were given.

    Only the person and those who run the panel read it.
    """

    organisation_path = "seat__panel__organisation"

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="removal")
    reason = models.TextField()
    removed_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )


class LiaisonOffer(Belongs):
    """That somebody offers to be in touch with members who choose them, from and until."""

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="liaison_offers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="liaison_offers"
    )
    words = models.CharField(max_length=240, blank=True)
    offered_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "user"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_offer_a_person_and_panel",
            )
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
