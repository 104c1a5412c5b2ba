from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.enums import ActionStatus
from cycles.models.cycles import Cycle
from cycles.models.decisions import Decision
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs


class Action(Belongs, PublicId, Versioned):
    """Something that somebody does by a date, because of a decision."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="actions")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    title = models.CharField("what will be done", max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name="who will do it",
    )
    due_on = models.DateField("by when", null=True, blank=True)
    status = models.CharField(
        "where it stands", max_length=10, choices=ActionStatus, default=ActionStatus.PLANNED
    )
    note = models.TextField("what happened", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="action_stopped_with_reason",
                condition=~Q(status="stopped") | ~Q(note=""),
                violation_error_message="Say why it was stopped.",
            )
        ]

    def __str__(self) -> str:
        return self.title
