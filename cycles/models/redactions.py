from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.models.comments import Comment
from cycles.models.decisions import Decision, Option
from vbc.core.models import AppendOnly, PublicId
from vbc.core.models.base import Belongs


class Redaction(Belongs, PublicId, AppendOnly):
    """That names of other people were taken out of what somebody wrote, and how it stood before.

    The original is for the panel's safeguarding lead alone. The audit holds its digest, no words.
    """

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="redactions")
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="redactions"
    )
    option = models.ForeignKey(
        Option, on_delete=models.PROTECT, null=True, blank=True, related_name="redactions"
    )
    # Each text that was changed, by the name of its field, as its author wrote it.
    original = models.JSONField()
    redacted_at = models.DateTimeField()
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["redacted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="redaction_of_one_thing",
                condition=Q(comment__isnull=False, option__isnull=True)
                | Q(comment__isnull=True, option__isnull=False),
            )
        ]
