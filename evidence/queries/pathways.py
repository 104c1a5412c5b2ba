"""Reads of pathways: the steps in their order, and where people fall between them."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from evidence.enums import FallsOut
from evidence.models import Area, HandOff, Pathway, PathwayStep, Service
from evidence.queries import visible
from stakeholders.models import Organisation


def listed_for(user: Any) -> QuerySet[Pathway]:
    """With how many steps they have, as `step_count`."""
    counted = Count("steps", filter=Q(steps__withdrawn_at__isnull=True))
    return visible.pathways_visible_to(user).annotate(step_count=counted).order_by("title", "pk")


def steps_of(pathway: Pathway) -> QuerySet[PathwayStep]:
    """Those on it, in their order, with their services and hand-offs."""
    return _steps().filter(pathway=pathway)


def removed_steps(pathway: Pathway) -> QuerySet[PathwayStep]:
    return pathway.steps.filter(withdrawn_at__isnull=False).select_related("service")


def every_step_of(pathway: Pathway) -> QuerySet[PathwayStep]:
    return pathway.steps.select_related("service", "pathway__organisation")


def services_for(pathway: Pathway) -> QuerySet[Service]:
    """Those that a step can be: on the list of the same organisation."""
    found: QuerySet[Service] = Service.objects.kept().filter(organisation=pathway.organisation)
    return found


def steps_through(service: Service) -> QuerySet[PathwayStep]:
    """Where the service stands on a pathway."""
    return service.steps.filter(withdrawn_at__isnull=True).select_related("pathway")


def falls_between(organisation: Organisation, area: Area | None = None) -> dict[str, Any]:
    """Every hand-off where people are said to fall out; how many hand-offs there are, and of how
    many nobody knows whether people fall out. Three queries."""
    found = Pathway.objects.filter(organisation=organisation)
    if area is not None:
        found = found.filter(Q(area=area) | Q(area__isnull=True))
    lost, number, not_known = [], 0, 0
    for pathway in found.prefetch_related(Prefetch("steps", _steps())):
        for step, after in pairs(pathway.steps.all()):
            number += 1
            hand_off = hand_off_of(step)
            falls_out = hand_off.falls_out if hand_off else FallsOut.NOT_KNOWN
            not_known += falls_out == FallsOut.NOT_KNOWN
            if hand_off and falls_out == FallsOut.YES:
                lost.append(
                    {
                        "pathway": pathway.title,
                        "url": pathway.get_absolute_url(),
                        "from": step.name,
                        "to": after.name,
                        "people": hand_off.lost,
                        "wait_days": hand_off.wait_days,
                        "responsible": hand_off.responsible,
                        "people_say": hand_off.people_say,
                    }
                )
    return {"falls_between": lost, "hand_offs": number, "not_known": not_known}


def pairs(steps: Iterable[PathwayStep]) -> list[tuple[PathwayStep, PathwayStep]]:
    """Each step with the one after it."""
    return list(pairwise(steps))


def hand_off_of(step: PathwayStep) -> HandOff | None:
    return getattr(step, "hand_off", None)


def _steps() -> QuerySet[PathwayStep]:
    return (
        PathwayStep.objects.filter(withdrawn_at__isnull=True)
        .select_related("service__provider", "hand_off")
        .order_by("position", "pk")
    )
