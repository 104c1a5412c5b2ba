"""Reads about actions."""

from django.db.models import QuerySet

from cycles.enums import DecisionStatus
from cycles.models import Action, Cycle, Decision


def actions_of(cycle: Cycle) -> QuerySet[Action]:
    """The actions of a cycle, what is due first on top, with what a list of them shows."""
    return cycle.actions.select_related("owner", "decision", "cycle").order_by("due_on", "pk")


def decisions_to_act_on(cycle: Cycle) -> QuerySet[Decision]:
    """The recorded decisions of the cycle: what an action can come from."""
    return cycle.decisions.filter(status=DecisionStatus.RECORDED)
