"""What members said about a decision."""

from django.db.models import QuerySet

from cycles.models import Comment, Decision


def comments_on(decision: Decision) -> QuerySet[Comment]:
    """The comments that stand, oldest first, with their authors and what they are about."""
    return (
        decision.comments.filter(withdrawn_at__isnull=True)
        .select_related("author", "option", "answered_by")
        .order_by("created_at", "pk")
    )
