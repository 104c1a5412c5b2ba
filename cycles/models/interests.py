from typing import ClassVar

from django.db import models
from django.db.models import Q

from cycles.models.decisions import Option
from stakeholders.models import Seat
from vbc.core.models import PublicId
from vbc.core.models.base import Belongs


class OptionInterestQuerySet(models.QuerySet["OptionInterest"]):
    def live(self) -> "OptionInterestQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class OptionInterest(Belongs, PublicId):
    """That somebody on the panel has an interest in an option: they speak about it and do not
    rate it, and nobody waits for their rating."""

    organisation_path = "option__decision__cycle__organisation"

    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="interests")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="option_interests")
    words = models.CharField("what the interest is", max_length=300)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OptionInterestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["declared_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["option", "seat"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_interest_a_seat_and_option",
                violation_error_message="You have declared an interest in this option already.",
            )
        ]
