"""How people see the problem, before anybody speaks of options."""

from datetime import datetime
from typing import Any

from django.db.models import Min, Q, QuerySet

from cycles.models import Cycle, Option, Understanding


def said_about(cycle: Cycle) -> QuerySet[Understanding]:
    """What stands, oldest first, with its authors."""
    return (
        cycle.understandings.filter(withdrawn_at__isnull=True)
        .select_related("author", "answered_by")
        .order_by("created_at", "pk")
    )


def to_take_back(user: Any) -> QuerySet[Understanding]:
    """What stands and `user` may read; and what they said themselves, wherever they sit today."""
    own_or_seen = Q(author=user) | Q(cycle__in=Cycle.objects.visible_to(user))
    return Understanding.objects.filter(own_or_seen, withdrawn_at__isnull=True).select_related(
        "cycle"
    )


def first_option_at(cycle: Cycle) -> datetime | None:
    """When the first option that stands was proposed in the cycle; None while there is none."""
    first = Option.objects.filter(decision__cycle=cycle, withdrawn_at__isnull=True).order_by()
    return first.aggregate(at=Min("created_at"))["at"]
