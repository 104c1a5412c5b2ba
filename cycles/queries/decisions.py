"""Decisions: lists, what is still unanswered, and what may be told outside the panel."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from cycles.enums import DecisionStatus
from cycles.models import Comment, Cycle, Decision, Option
from cycles.queries.results import published
from vbc.core.enums import ContributionStatus

# A decision's contents can be talked about and worked on until it is recorded or put off.
OPEN_STATUSES = frozenset(
    {DecisionStatus.PREPARING, DecisionStatus.RATING, DecisionStatus.WEIGHING}
)


def decisions_of(cycle: Cycle) -> QuerySet[Decision]:
    """The decisions of a cycle, oldest first, each with `option_count`."""
    return (
        cycle.decisions.annotate(
            option_count=Count("options", filter=Q(options__withdrawn_at__isnull=True))
        )
        .select_related("record__chosen")
        .order_by("created_at", "pk")
    )


def unanswered(decision: Decision) -> dict[str, QuerySet[Any]]:
    """The comments and options of a decision that wait for an answer, oldest first."""
    return {
        "comments": decision.comments.filter(_WAITS).select_related("author", "option"),
        "options": decision.options.filter(_WAITS).select_related("author"),
    }


def unanswered_contributions(cycle: Cycle, *, recorded_only: bool = False) -> int:
    """How many comments and options in the cycle wait for an answer, withdrawn ones left out.

    `recorded_only` looks at recorded decisions alone.
    """
    decisions = cycle.decisions.all()
    if recorded_only:
        decisions = decisions.filter(status=DecisionStatus.RECORDED)
    return sum(
        model._default_manager.filter(_WAITS, decision__in=decisions).count()
        for model in (Comment, Option)
    )


def published_result(decision: Decision) -> dict[str, Any] | None:
    """What may be told outside the panel of how a decision was weighed, as plain JSON.

    None while nothing may be told: before the first round has closed, and while another is open.
    Documents, pages and data for people outside all print this and nothing else of a rating.
    """
    return published(decision)


_WAITS = Q(withdrawn_at__isnull=True) & ~Q(status__in=sorted(ContributionStatus.answered()))
