"""What there is so far of five things that good commissioning does, counted in one query.

Source of the five: the conclusion of the Commissioning Friend for Mental Health Services (December
2009), section 7.
"""

from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cycles.enums import Checklist, DecisionStatus
from cycles.models import (
    BoardAnswer,
    ChecklistAnswer,
    Comment,
    Cycle,
    Decision,
    Finding,
    Option,
    OutcomeMeasure,
    PillarSentence,
)
from cycles.queries.contributions import answered, standing
from cycles.queries.equality import with_published_assessment
from stakeholders.enums import Pillar, Sector
from stakeholders.models import EngagementEvent, Stakeholder

SECTORS = (Sector.HEALTH, Sector.SOCIAL_CARE, Sector.THIRD)


@dataclass(frozen=True)
class Principles:
    """Counts of one cycle. Decisions are those that are recorded."""

    outcomes: int
    outputs: int
    outcomes_measured: int
    unsaid: int
    options: int
    quality_judged: int
    decisions: int
    all_spoke: int
    sectors: int
    others_gain: int
    events: int
    assessed: int
    answered_by_board: int
    said: int
    answered: int
    findings: int


def principles_of(cycle: Cycle) -> Principles:
    """Everything, read now."""
    names = [field.name for field in fields(Principles)]
    row = (
        Cycle.objects.filter(pk=cycle.pk)
        .order_by()
        .annotate(**{f"n_{name}": counted for name, counted in _counts().items()})
        .values(*[f"n_{name}" for name in names])
        .get()
    )
    return Principles(**{name: row[f"n_{name}"] for name in names})


def _counts() -> dict[str, Any]:
    measures = OutcomeMeasure.objects.filter(cycle=OuterRef("pk"))
    recorded = Decision.objects.filter(cycle=OuterRef("pk"), status=DecisionStatus.RECORDED)
    options = Option.objects.filter(decision__cycle=OuterRef("pk"), withdrawn_at__isnull=True)
    of_cycle = {"decision__cycle": OuterRef("pk")}
    quality = ChecklistAnswer.objects.filter(
        option=OuterRef("pk"), checklist=Checklist.SCORECARD, item="quality"
    )
    return {
        "outcomes": _count(measures.filter(is_output=False), "cycle"),
        "outputs": _count(measures.filter(is_output=True), "cycle"),
        "outcomes_measured": _count(
            measures.filter(is_output=False, result__isnull=False), "cycle"
        ),
        "unsaid": _count(measures.filter(is_output__isnull=True), "cycle"),
        "options": _count(options, "decision__cycle"),
        "quality_judged": _count(options.filter(Exists(quality)), "decision__cycle"),
        "decisions": _count(recorded, "cycle"),
        "all_spoke": _count(recorded.filter(pk__in=_all_three_spoke()), "cycle"),
        "sectors": _count(
            Stakeholder.objects.live()
            .around()
            .filter(panel=OuterRef("panel_id"), sector__in=SECTORS),
            "panel",
            what="sector",
        ),
        "others_gain": _count(options.exclude(who_else_gains=""), "decision__cycle"),
        "events": _count(EngagementEvent.objects.filter(panel=OuterRef("panel_id")), "panel"),
        "assessed": _count(recorded.filter(with_published_assessment()), "cycle"),
        "answered_by_board": _count(
            BoardAnswer.objects.filter(
                decision__cycle=OuterRef("pk"), decision__status=DecisionStatus.RECORDED
            ),
            "decision__cycle",
            what="decision",
        ),
        "said": _count(standing(Comment).filter(**of_cycle), "decision__cycle"),
        "answered": _count(answered(Comment).filter(**of_cycle), "decision__cycle"),
        "findings": _count(Finding.objects.filter(cycle=OuterRef("pk")), "cycle"),
    }


def _all_three_spoke() -> QuerySet[Any]:
    """The decisions on whose chosen option each of the three pillars agreed a sentence."""
    return (
        PillarSentence.objects.filter(option=F("option__decision__record__chosen"))
        .order_by()
        .values("option__decision")
        .annotate(pillars=Count("pillar", distinct=True))
        .filter(pillars=len(Pillar.values))
        .values("option__decision")
    )


def _count(rows: QuerySet[Any], by: str, *, what: str = "pk") -> Coalesce:
    grouped = rows.order_by().values(by).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)
