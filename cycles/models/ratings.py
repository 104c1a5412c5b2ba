from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cycles.enums import YesNo
from cycles.models.decisions import Option, Round
from stakeholders.models import Place, Seat
from vbc.core.models import PublicId
from vbc.core.models.base import Belongs


class RatingQuerySet(models.QuerySet["Rating"]):
    def newest(self) -> "RatingQuerySet":
        """What no later rating of the same place has taken the place of."""
        return self.filter(superseded_at__isnull=True)

    def live(self) -> "RatingQuerySet":
        """What counts: the newest, without what somebody took back when they left the panel while
        the round was still open."""
        left_before_the_close = Q(round__closed_at__isnull=True) | Q(
            seat__left_at__lt=F("round__closed_at")
        )
        return self.newest().exclude(
            left_before_the_close, seat__takes_ratings_back=True, seat__left_at__isnull=False
        )


class Rating(Belongs, PublicId):
    """What one place says of one option in one round, or "I choose not to score".

    By the decision's method that is `value` (1 to 9), `rank` (1 is best) or `vote`; all are empty
    for whoever chose not to score. `entered_by` is a helper whom the member chose, who entered it
    as the member said. `salt` goes into the digest that the audit keeps of the row.

    One is live for each place, option and round, whoever of the place gave it. A change adds a row
    and supersedes the one before. `reason` is private to its author until they release it.
    """

    organisation_path = "round__decision__cycle__organisation"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="ratings")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="ratings")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="ratings")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="ratings")
    perspective = models.CharField(max_length=20, editable=False)
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    vote = models.CharField(max_length=3, choices=YesNo, blank=True)
    reason = models.TextField(blank=True)
    reason_released_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    salt = models.CharField(max_length=32, blank=True, editable=False)
    receipt = models.CharField(max_length=24, unique=True)
    given_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "option", "round"],
                condition=Q(superseded_at__isnull=True),
                name="one_live_rating_a_place_option_and_round",
            ),
            models.CheckConstraint(
                name="rating_on_the_scale",
                condition=Q(value__isnull=True) | Q(value__range=(1, 9)),
                violation_error_message="A rating is a whole number from 1 to 9.",
            ),
            models.CheckConstraint(
                name="rating_of_one_kind",
                condition=Q(value__isnull=True, rank__isnull=True)
                | Q(value__isnull=True, vote="")
                | Q(rank__isnull=True, vote=""),
            ),
            models.CheckConstraint(
                name="rank_from_one", condition=Q(rank__isnull=True) | Q(rank__gte=1)
            ),
            models.UniqueConstraint(
                fields=["place", "round", "rank"],
                condition=Q(superseded_at__isnull=True, rank__isnull=False),
                name="one_option_a_rank",
                violation_error_message="Two options cannot stand in the same place.",
            ),
        ]


class RatingHelper(Belongs, PublicId):
    """A person whom a member chose to enter what the member says. Never the chair, and never
    somebody who runs the cycle. The member ends it at any moment."""

    organisation_path = "seat__panel__organisation"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="rating_helpers")
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="helps_to_rate"
    )
    chosen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-chosen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(ended_at__isnull=True),
                name="one_helper_a_seat",
                violation_error_message="You have chosen somebody already.",
            )
        ]
