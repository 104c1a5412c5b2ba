from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stakeholders.enums import ContactMeans
from stakeholders.models.stakeholder_map import Stakeholder
from vbc.core.models import AppendOnly, PublicId
from vbc.core.models.base import Belongs, paired


class StakeholderContact(Belongs, AppendOnly):
    """That somebody was in touch with a stakeholder, and what was said. A log: only added to."""

    organisation_path = "stakeholder__panel__organisation"

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="contacts")
    held_on = models.DateField()
    means = models.CharField(max_length=8, choices=ContactMeans)
    what_was_said = models.TextField()
    logged_at = models.DateTimeField(auto_now_add=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-held_on", "-pk"]


class ContactPromise(Belongs, PublicId):
    """What we promised a stakeholder, by when, and what became of it: kept, or why not."""

    organisation_path = "stakeholder__panel__organisation"

    stakeholder = models.ForeignKey(Stakeholder, on_delete=models.PROTECT, related_name="promises")
    words = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[Any]] = [models.F("due_on").asc(nulls_last=True), "pk"]
        constraints = [
            paired("promise_settled_pair", "settled_at", "settled_by"),
            models.CheckConstraint(
                name="promise_settled_with_words",
                condition=Q(settled_at__isnull=True, outcome="")
                | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                violation_error_message="Say what became of it.",
            ),
        ]
