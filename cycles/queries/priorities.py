"""Reads about the priorities of the needs assessment that a cycle rests on."""

from django.db.models import Prefetch, QuerySet

from cycles.models import Cycle, DecisionFromNeed
from evidence.models import NeedsGap


def priorities_of(cycle: Cycle) -> QuerySet[NeedsGap]:
    """In their order, each with what came of it in this cycle as `put_here` (one or none)."""
    put = DecisionFromNeed.objects.filter(cycle=cycle).select_related("decision__cycle")
    return NeedsGap.objects.filter(
        assessment=cycle.needs_assessment_id, place__isnull=False
    ).prefetch_related(Prefetch("put_to_panels", queryset=put, to_attr="put_here"))
