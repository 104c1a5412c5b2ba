"""Reads about risks."""

from django.db.models import F, QuerySet

from cycles.models import Cycle, Risk


def risks_of(cycle: Cycle) -> QuerySet[Risk]:
    """The risks of a cycle: open ones first, and of them the likeliest and worst, by likelihood
    times impact."""
    return (
        Risk.objects.filter(cycle=cycle)
        .select_related("owner", "cycle", "closed_by")
        .annotate(weight=F("likelihood") * F("impact"))
        .order_by(F("closed_at").asc(nulls_first=True), "-weight", "next_look_on", "pk")
    )
