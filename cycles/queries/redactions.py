"""What was taken out of contributions."""

from typing import Any

from django.db.models import QuerySet

from cycles.models import (
    Comment,
    Cycle,
    Decision,
    Option,
    Redaction,
    Understanding,
    UnderstandingRedaction,
)


def redactions_of(contribution: Comment | Option | Understanding) -> QuerySet[Any]:
    """Newest first, with whoever did it."""
    found = contribution.redactions.select_related("redacted_by")
    return found.order_by("-redacted_at", "-pk")


def redactions_in_understanding(cycle: Cycle) -> QuerySet[UnderstandingRedaction]:
    """What was taken out of how people see the problem."""
    return UnderstandingRedaction.objects.filter(understanding__cycle=cycle).select_related(
        "redacted_by", "understanding"
    )


def redactions_in(decision: Decision) -> QuerySet[Redaction]:
    return decision.redactions.select_related("redacted_by", "comment", "option")
