"""The meetings at which a decision is talked about."""

from django.db.models import QuerySet

from cycles.models import Cycle, Decision, DecisionOnAgenda
from stakeholders.enums import MeetingStatus
from stakeholders.models import Meeting

_OVER = (MeetingStatus.HELD, MeetingStatus.CANCELLED)


def meetings_about(decision: Decision) -> QuerySet[DecisionOnAgenda]:
    """Where the decision is on the agenda, or was."""
    return (
        decision.on_agendas.filter(item__withdrawn_at__isnull=True)
        .exclude(item__meeting__status=MeetingStatus.CANCELLED)
        .select_related("item__meeting__panel")
        .order_by("item__meeting__starts_at", "pk")
    )


def meetings_of(cycle: Cycle) -> QuerySet[Meeting]:
    """The meetings at which a decision of the cycle is talked about, the first one first."""
    about = DecisionOnAgenda.objects.filter(decision__cycle=cycle)
    return (
        Meeting.objects.filter(pk__in=about.values("item__meeting"))
        .exclude(status=MeetingStatus.CANCELLED)
        .select_related("panel__organisation")
        .order_by("starts_at", "pk")
    )


def meetings_to_choose(decision: Decision) -> QuerySet[Meeting]:
    """The panel's meetings that are to come and do not have the decision on their agenda."""
    there = meetings_about(decision).values("item__meeting")
    return (
        Meeting.objects.filter(panel=decision.cycle.panel_id)
        .exclude(status__in=_OVER)
        .exclude(pk__in=there)
        .order_by("starts_at", "pk")
    )
