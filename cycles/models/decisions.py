from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from cycles.enums import Ballot, DecisionStatus
from cycles.models.cycles import Cycle
from vbc.core.models import Contribution, PublicId, Versioned
from vbc.core.models.base import Belongs, contribution_constraints, paired


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Any) -> "DecisionQuerySet":
        return self.filter(cycle__in=Cycle.objects.visible_to(user))

    def open_for_rating(self) -> "DecisionQuerySet":
        return self.filter(status=DecisionStatus.RATING)


class Decision(Belongs, PublicId, Versioned):
    """A question the panel decides, weighed on three equal pillars.

    `status` changes only in `cycles/services/decisions.py`, `rounds.py` and `records.py`. How
    ballots are kept is settled before the first round opens and not after.
    """

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="decisions")
    title = models.CharField(max_length=120)
    question = models.CharField(
        max_length=240, help_text="One plain question, such as: which of these shall we buy first?"
    )
    why = models.TextField(
        "why this is asked", help_text="Why it matters now, and to whom. Two minutes to read."
    )
    ballot = models.CharField(
        "how service users' and carers' ratings are kept",
        max_length=6,
        choices=Ballot,
        default=Ballot.SECRET,
    )
    status = models.CharField(
        max_length=10, choices=DecisionStatus, default=DecisionStatus.PREPARING, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cycles:decision", args=[self.cycle.slug, self.public_id])


class Option(Contribution):
    """One thing the panel could choose. Anyone on the panel can propose one.

    It cannot change once a round is open.
    """

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="options")
    title = models.CharField(max_length=120)
    plain_summary = models.TextField(
        "what would happen", help_text="What would change, for whom. Plain words."
    )
    cost = models.CharField(
        "what it would cost", max_length=240, blank=True, help_text="Roughly, and a year."
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            *contribution_constraints("option"),
            models.UniqueConstraint(
                fields=["decision", "title"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_option_a_title",
                violation_error_message="There is already an option with this title.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Round(Belongs, PublicId):
    """A time in which members rate, sealed: nobody sees a rating before it closes.

    `closes_at` is what was announced; time in which the panel was paused is added to it
    (`cycles.queries.effective_close`). `closed_at` is when it really closed.
    """

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="rounds_numbered"),
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(closed_at__isnull=True),
                name="one_open_round_a_decision",
            ),
            models.CheckConstraint(
                name="round_closes_after_it_opens", condition=Q(closes_at__gt=models.F("opened_at"))
            ),
            paired("round_closed_pair", "closed_at", "closed_by"),
        ]
