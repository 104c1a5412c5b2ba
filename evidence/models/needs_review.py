from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.enums import NeedsChapter
from evidence.models.needs import NeedsAssessment
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs, paired


class NeedsComment(Belongs, PublicId, Versioned):
    """What somebody says of a draft that is open for comments, and what became of it."""

    organisation_path = "assessment__organisation"

    assessment = models.ForeignKey(
        NeedsAssessment, on_delete=models.PROTECT, related_name="comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="needs_comments"
    )
    chapter = models.CharField(max_length=24, choices=NeedsChapter, blank=True)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        constraints = [
            paired("needs_comment_answered_pair", "answered_at", "answered_by"),
            models.CheckConstraint(
                name="needs_comment_says_something",
                condition=~Q(text=""),
                violation_error_message="Write what you want to say.",
            ),
            models.CheckConstraint(
                name="needs_comment_answer_in_words",
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                violation_error_message="Say what became of it, or why not.",
            ),
        ]

    def __str__(self) -> str:
        return f"A comment on {self.assessment}"
