from typing import ClassVar

from django.db import models
from django.db.models import Q

from stakeholders.enums import InterestKind
from stakeholders.models.seats import Seat
from vbc.core.models import PublicId
from vbc.core.models.base import Belongs


class InterestQuerySet(models.QuerySet["Interest"]):
    def live(self) -> "InterestQuerySet":
        return self.filter(ended_at__isnull=True)


class Interest(Belongs, PublicId):
    """What somebody on a panel declares that could sway them, from and until.

    The panel reads all of them; the public reads those that their owner marked as public, by the
    name they chose and without what they speak from.
    """

    organisation_path = "seat__panel__organisation"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=6, choices=InterestKind)
    words = models.CharField("what it is", max_length=300)
    is_public = models.BooleanField(default=False)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["declared_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="interest_ends_after_it_was_declared",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("declared_at")),
            )
        ]
