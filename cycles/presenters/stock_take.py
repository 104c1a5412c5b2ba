"""What there is today, on a cycle's page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from cycles.gates import counted
from cycles.models import Cycle
from evidence.models import Service


def in_short(count: int, *, why_none: str) -> str:
    """How many services are described, or that it is said why there is none."""
    if count:
        return f"{counted(count, 'service is', 'services are')} described."
    if why_none:
        return "None is described. Why is written down."
    return "No service is described yet."


def elsewhere(count: int) -> str:
    """That services are described for other areas; empty where none is."""
    return (
        f"{counted(count, 'service is', 'services are')} described for other areas."
        if count
        else ""
    )


def rows(cycle: Cycle, services: Iterable[Service]) -> list[dict[str, Any]]:
    """Each with the decision that came of it, or where to ask for one."""
    shown = []
    for service in services:
        put = next(iter(service.put_here), None)  # type: ignore[attr-defined]
        shown.append(
            {
                "service": service,
                "decision": put.decision if put else None,
                "put_url": reverse(
                    "cycles:put-service-to-panel", args=[cycle.slug, service.public_id]
                ),
            }
        )
    return shown
