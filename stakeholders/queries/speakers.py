"""Whose turn it is to speak."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from stakeholders.models import Meeting, SpeakerTurn


def queue_of(meeting: Meeting) -> QuerySet[Any]:
    """Who waits to speak, next first: whoever has spoken least in this meeting, then who asked
    first. Each has `spoken`, how often they have."""
    spoken = (
        SpeakerTurn.objects.filter(meeting=meeting, seat=OuterRef("seat"), spoke_at__isnull=False)
        .order_by()
        .values("seat")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return (
        meeting.turns.filter(
            spoke_at__isnull=True, withdrawn_at__isnull=True, seat__left_at__isnull=True
        )
        .annotate(spoken=Coalesce(Subquery(spoken), 0))
        .select_related("seat__user")
        .order_by("spoken", "asked_at", "pk")
    )


def turn_of(meeting: Meeting, public_id: str) -> SpeakerTurn | None:
    """A turn of this meeting and no other."""
    return meeting.turns.filter(public_id=public_id).select_related("seat").first()
