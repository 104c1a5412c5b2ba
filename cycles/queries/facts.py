"""Everything the gates look at, for any number of cycles, in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cycles.enums import ActionStatus, DecisionStatus, StrategyElement
from cycles.models import (
    Action,
    Comment,
    Cycle,
    Decision,
    Finding,
    Option,
    OutcomeMeasure,
    StrategyText,
)
from evidence.enums import AssessmentStatus, ParticularGroup
from evidence.models import GroupCoverage
from stakeholders.models import Seat
from vbc.core.enums import ContributionStatus


@dataclass(frozen=True)
class Facts:
    """Counts and states of one cycle at one moment. A count that is not about the cycle is 0."""

    panel_status: str
    has_enough_service_users: bool
    has_needs_assessment: bool
    has_needs_statement: bool
    is_needs_published: bool
    groups_not_stated: int
    decisions_recorded: int
    decisions_unsettled: int
    contributions_unanswered: int
    contributions_unanswered_on_recorded: int
    elements_written: int
    says_what_will_not_be_commissioned: bool
    decisions_without_action: int
    actions: int
    actions_without_owner_or_date: int
    actions_unfinished: int
    outcomes: int
    outcomes_without_baseline: int
    outcomes_without_result: int
    findings: int


def facts_of(cycle: Cycle) -> Facts:
    """The facts of one cycle, read now."""
    return facts_by_cycle([cycle])[cycle.pk]


def facts_by_cycle(cycles: Iterable[Cycle]) -> dict[int, Facts]:
    """The facts of each of `cycles`, by primary key: one query, however many there are."""
    rows = Cycle.objects.filter(pk__in=[cycle.pk for cycle in cycles]).order_by()
    rows = rows.annotate(**_counts()).values(
        "pk",
        "panel__status",
        "panel__minimum_service_users",
        "needs_assessment_id",
        "needs_assessment__statement",
        "needs_assessment__status",
        *_counts(),
    )
    return {row["pk"]: _facts(row) for row in rows}


def unanswered(kind: type[Comment] | type[Option]) -> QuerySet[Any]:
    """Contributions of `kind` that stand and have had no answer."""
    return kind._default_manager.filter(withdrawn_at__isnull=True).exclude(
        status__in=ContributionStatus.answered()
    )


def without_action() -> QuerySet[Decision]:
    """Recorded decisions for which no action has both an owner and a date."""
    seen_to = Action.objects.filter(
        decision__isnull=False, owner__isnull=False, due_on__isnull=False
    )
    return Decision.objects.filter(status=DecisionStatus.RECORDED).exclude(
        pk__in=seen_to.values("decision_id")
    )


def _counts() -> dict[str, Any]:
    """One counting subquery for each fact."""
    recorded = DecisionStatus.RECORDED
    actions = Action.objects.exclude(status=ActionStatus.STOPPED)
    written = StrategyText.objects.exclude(text="")
    counted = {
        "service_users": (
            Seat.objects.counting_as_service_users().filter(panel=OuterRef("panel_id")),
            "panel",
        ),
        "groups_stated": (
            GroupCoverage.objects.filter(assessment=OuterRef("needs_assessment_id")),
            "assessment",
        ),
        "recorded": (_of(Decision.objects.filter(status=recorded)), "cycle"),
        "unsettled": (
            _of(
                Decision.objects.filter(status__in=[DecisionStatus.RATING, DecisionStatus.WEIGHING])
            ),
            "cycle",
        ),
        "without_action": (_of(without_action()), "cycle"),
        "written": (_of(written), "cycle"),
        "will_not": (
            _of(written.filter(element=StrategyElement.CHANGES).exclude(will_not_commission="")),
            "cycle",
        ),
        "action_count": (_of(actions), "cycle"),
        "incomplete_actions": (
            _of(actions.exclude(owner__isnull=False, due_on__isnull=False)),
            "cycle",
        ),
        "unfinished_actions": (
            _of(Action.objects.exclude(status__in=[ActionStatus.DONE, ActionStatus.STOPPED])),
            "cycle",
        ),
        "outcome_count": (_of(OutcomeMeasure.objects.all()), "cycle"),
        "no_baseline": (_of(OutcomeMeasure.objects.filter(baseline__isnull=True)), "cycle"),
        "no_result": (_of(OutcomeMeasure.objects.filter(result__isnull=True)), "cycle"),
        "finding_count": (_of(Finding.objects.all()), "cycle"),
    }
    for name, kind in (("comments", Comment), ("options", Option)):
        contributed = unanswered(kind).filter(decision__cycle=OuterRef("pk"))
        counted[name] = (contributed, "decision__cycle")
        counted[f"{name}_on_recorded"] = (
            contributed.filter(decision__status=recorded),
            "decision__cycle",
        )
    return {f"n_{name}": _count(rows, by) for name, (rows, by) in counted.items()}


def _of(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(cycle=OuterRef("pk"))


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    grouped = rows.order_by().values(by).annotate(n=Count("pk", distinct=True)).values("n")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def _facts(row: dict[str, Any]) -> Facts:
    n = {name.removeprefix("n_"): value for name, value in row.items() if name.startswith("n_")}
    return Facts(
        panel_status=row["panel__status"] or "",
        has_enough_service_users=(
            row["panel__status"] is not None
            and n["service_users"] >= row["panel__minimum_service_users"]
        ),
        has_needs_assessment=row["needs_assessment_id"] is not None,
        has_needs_statement=bool((row["needs_assessment__statement"] or "").strip()),
        is_needs_published=row["needs_assessment__status"] == AssessmentStatus.PUBLISHED,
        groups_not_stated=len(ParticularGroup.values) - n["groups_stated"],
        decisions_recorded=n["recorded"],
        decisions_unsettled=n["unsettled"],
        contributions_unanswered=n["comments"] + n["options"],
        contributions_unanswered_on_recorded=n["comments_on_recorded"] + n["options_on_recorded"],
        elements_written=n["written"],
        says_what_will_not_be_commissioned=bool(n["will_not"]),
        decisions_without_action=n["without_action"],
        actions=n["action_count"],
        actions_without_owner_or_date=n["incomplete_actions"],
        actions_unfinished=n["unfinished_actions"],
        outcomes=n["outcome_count"],
        outcomes_without_baseline=n["no_baseline"],
        outcomes_without_result=n["no_result"],
        findings=n["finding_count"],
    )
