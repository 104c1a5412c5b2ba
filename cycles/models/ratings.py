from typing import ClassVar

from django.db import models
from django.db.models import F, Q

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
    """One place's rating of one option in one round: 1 to 9, or "I choose not to score".

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
    reason = models.TextField(blank=True)
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
        ]
