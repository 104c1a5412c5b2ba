"""Reads of the conditions under which people take part in a panel."""

from django.db.models import QuerySet

from stakeholders.enums import ConditionKind
from stakeholders.models import ConditionWording, Panel, PanelCondition


def conditions_of(panel: Panel) -> dict[str, PanelCondition]:
    """What is written, by kind."""
    return {condition.kind: condition for condition in panel.conditions.all()}


def missing_conditions(panel: Panel) -> list[ConditionKind]:
    """The kinds that nobody has written yet, in the order in which they are read."""
    written = set(panel.conditions.values_list("kind", flat=True))
    return [kind for kind in ConditionKind if kind not in written]


def earlier_wordings(condition: PanelCondition) -> QuerySet[ConditionWording]:
    """What it said before, the latest first, without what it says now."""
    latest = condition.wordings.order_by("-since", "-pk").values("pk")[:1]
    return condition.wordings.exclude(pk__in=latest)
