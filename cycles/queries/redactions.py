"""What was taken out of contributions."""

from django.db.models import QuerySet

from cycles.models import Comment, Decision, Option, Redaction


def redactions_of(contribution: Comment | Option) -> QuerySet[Redaction]:
    """Newest first, with whoever did it."""
    found = contribution.redactions.select_related("redacted_by")
    return found.order_by("-redacted_at", "-pk")


def redactions_in(decision: Decision) -> QuerySet[Redaction]:
    return decision.redactions.select_related("redacted_by", "comment", "option")
