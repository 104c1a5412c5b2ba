"""Decisions: lists, and what is still unanswered."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cycles.enums import DecisionStatus
from cycles.models import Call, Comment, Cycle, Decision, DecisionOnAgenda, Option, OptionsReopening
from cycles.queries.contributions import waiting

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


def with_what_stands_around(decisions: QuerySet[Decision]) -> QuerySet[Any]:
    """`decisions` with cycle, panel and record, each with whether it `is_on_agendas`, `has_calls`
    and `was_reopened`: few do, and then a page need not ask for what there is none of."""
    return decisions.select_related(
        "cycle__organisation",
        "cycle__panel",
        "record__chosen",
        "from_need__gap__assessment",
        "from_service__service",
    ).annotate(
        is_on_agendas=Exists(DecisionOnAgenda.objects.filter(decision=OuterRef("pk")).order_by()),
        has_calls=Exists(
            Call.objects.filter(decision=OuterRef("pk"), published_at__isnull=False).order_by()
        ),
        was_reopened=Exists(OptionsReopening.objects.filter(decision=OuterRef("pk")).order_by()),
    )


def unanswered(decision: Decision) -> dict[str, QuerySet[Any]]:
    """The comments and options of a decision that wait for an answer, oldest first."""
    return {
        "comments": waiting(Comment)
        .filter(decision=decision)
        .select_related("author", "option", "parent__author"),
        "options": waiting(Option).filter(decision=decision).select_related("author"),
    }


def unanswered_contributions(cycle: Cycle, *, recorded_only: bool = False) -> int:
    """How many comments and options in the cycle stand and wait for an answer.

    `recorded_only` looks at recorded decisions alone.
    """
    decisions = cycle.decisions.all()
    if recorded_only:
        decisions = decisions.filter(status=DecisionStatus.RECORDED)
    return sum(waiting(kind).filter(decision__in=decisions).count() for kind in (Comment, Option))
