"""Reads about risks."""

from django.db.models import F, QuerySet

from cycles.models import Cycle, Risk


def risks_of(cycle: Cycle) -> QuerySet[Risk]:
    """The risks of a cycle: open ones first, and of them the likeliest and worst, by likelihood
    times impact."""
    return (
        Risk.objects.filter(cycle=cycle)
        .select_related("owner", "cycle", "closed_by", "carried_to__cycle", "carried_from__cycle")
        .annotate(weight=F("likelihood") * F("impact"))
        .order_by(F("closed_at").asc(nulls_first=True), "-weight", "next_look_on", "pk")
    )


def open_risks_of(cycle: Cycle) -> QuerySet[Risk]:
    """Those that are looked at still, in the same order."""
    return risks_of(cycle).filter(closed_at__isnull=True)
