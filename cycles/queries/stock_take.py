"""What there is today where a cycle looks, and what became of services put to a panel."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from cycles.enums import DecisionStatus
from cycles.models import Cycle, DecisionFromService
from evidence.models import Service
from evidence.queries.became import Became, tells_what_became
from evidence.queries.services import described_for


def services_of(cycle: Cycle) -> QuerySet[Service]:
    """The services that are described where the cycle looks."""
    return described_for(cycle.organisation_id, cycle.area_id).select_related("provider")


def described_elsewhere(cycle: Cycle) -> QuerySet[Service]:
    """Those of the organisation that are described for other areas."""
    return (
        Service.objects.open()
        .filter(organisation=cycle.organisation_id, area__isnull=False)
        .exclude(area=cycle.area_id)
    )


def looked_at(cycle: Cycle) -> QuerySet[Service]:
    """Of them those that the panel is asked to look at, or that were put to it here, each with
    what came of it in this cycle as `put_here` (one or none)."""
    put = DecisionFromService.objects.filter(cycle=cycle).select_related("decision__cycle")
    asked = services_of(cycle).filter(is_candidate_to_stop=True)
    was_put = Service.objects.filter(Exists(put.filter(service=OuterRef("pk"))))
    found = Service.objects.filter(pk__in=asked.values("pk")) | was_put
    return found.select_related("provider").prefetch_related(
        Prefetch("put_to_panels", queryset=put, to_attr="put_here")
    )


@tells_what_became
def of_decisions(service: Service, user: Any) -> list[Became]:
    """The decisions that a service was put to panels with, the newest first. Whoever may not see
    the cycle reads that it was put to a panel, and no more."""
    put = (
        DecisionFromService.objects.filter(service=service)
        .select_related("decision__cycle", "decision__record__chosen")
        .annotate(is_seen=Exists(Cycle.objects.visible_to(user).filter(pk=OuterRef("cycle"))))
        .order_by("-put_at", "-pk")
    )
    return [_became(each) if each.is_seen else Became(each.put_at) for each in put]


def _became(put: Any) -> Became:
    decision = put.decision
    record = getattr(decision, "record", None)
    return Became(
        put.put_at,
        title=decision.title,
        url=decision.get_absolute_url(),
        state=str(DecisionStatus(decision.status).label),
        chosen=record.chosen.title if record and record.chosen else "",
    )
