"""Priorities of the needs assessment on a cycle's page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from cycles.models import Cycle
from evidence.models import NeedsGap
from evidence.queries.needs import how_many


def rows(cycle: Cycle, gaps: Iterable[NeedsGap]) -> list[dict[str, Any]]:
    """Each with how many go without, and the decision that came of it, or where to ask for one."""
    shown = []
    for gap in gaps:
        put = next(iter(gap.put_here), None)  # type: ignore[attr-defined]
        shown.append(
            {
                "gap": gap,
                "how_many": how_many(gap.people),
                "decision": put.decision if put else None,
                "put_url": reverse("cycles:put-need-to-panel", args=[cycle.slug, gap.public_id]),
            }
        )
    return shown
