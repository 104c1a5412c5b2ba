"""Decisions taken outside the panel because they could not wait."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from cycles.models import Cycle, UrgentDecision

TELL_FOR = timedelta(days=30)


@dataclass(frozen=True)
class UrgentCounts:
    """How many there are in a cycle, how many have run out, how many the panel has not seen."""

    all: int
    ended: int
    not_seen: int


def urgent_decisions_of(cycle: Cycle) -> QuerySet[UrgentDecision]:
    """The newest first, with who decided."""
    found: QuerySet[UrgentDecision] = cycle.urgent_decisions.select_related("officer")
    return found.order_by("-decided_on", "-pk")


def urgent_counts(cycle: Cycle, today: date) -> UrgentCounts:
    """One query, whatever there is."""
    counted = cycle.urgent_decisions.aggregate(
        all=Count("pk"),
        ended=Count("pk", filter=Q(expires_on__lt=today)),
        not_seen=Count("pk", filter=Q(reviewed_on__isnull=True)),
    )
    return UrgentCounts(**counted)


def ended_unseen(today: date) -> QuerySet[UrgentDecision]:
    """What ran out a short while ago and has not been brought to the panel."""
    return UrgentDecision.objects.filter(
        expires_on__range=(today - TELL_FOR, today - timedelta(days=1)), reviewed_on__isnull=True
    ).select_related("cycle__organisation", "cycle__lead")
