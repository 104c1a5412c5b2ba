from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.enums import Impact, Likelihood, RiskKind
from cycles.models.cycles import Cycle
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs, paired


class Risk(Belongs, PublicId, Versioned):
    """Something that may go wrong in a cycle, what is done about it, and when it is looked at.

    One that is open when its cycle ends goes on in the next, as a row of its own that points back
    (`carried_from`); what was written here stays here as it was.
    """

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="risks")
    title = models.CharField("what may go wrong", max_length=200)
    kind = models.CharField("what kind of risk it is", max_length=12, choices=RiskKind)
    cause = models.TextField("what would cause it")
    what_happens = models.TextField("what would happen then")
    likelihood = models.PositiveSmallIntegerField("how likely it is", choices=Likelihood)
    impact = models.PositiveSmallIntegerField("how bad it would be", choices=Impact)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="risks",
        verbose_name="who looks after it",
    )
    what_is_done = models.TextField("what is done about it", blank=True)
    governance = models.CharField(
        "which clinical audit or governance looks at it", max_length=240, blank=True
    )
    governance_address = models.URLField("where that can be read", max_length=400, blank=True)
    next_look_on = models.DateField("when it is looked at again")
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why_closed = models.TextField("why it is no risk any more", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            paired("risk_closed_pair", "closed_at", "closed_by"),
            models.CheckConstraint(
                name="risk_closed_with_why",
                condition=Q(closed_at__isnull=True) | ~Q(why_closed=""),
                violation_error_message="Say why it is no risk any more.",
            ),
            models.CheckConstraint(
                name="risk_from_one_to_five",
                condition=Q(likelihood__gte=1, likelihood__lte=5, impact__gte=1, impact__lte=5),
                violation_error_message="How likely and how bad go from 1 to 5.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def goes_on(self) -> bool:
        """Whether it was carried into the next cycle."""
        return hasattr(self, "carried_to")
