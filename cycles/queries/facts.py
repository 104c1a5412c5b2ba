"""Everything the gates look at, for any number of cycles, in one query."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from cycles.enums import ActionStatus, DecisionStatus, Stage, StrategyElement
from cycles.models import (
    Action,
    Comment,
    Cycle,
    Decision,
    EqualityAssessment,
    Finding,
    Option,
    OutcomeMeasure,
    Round,
    StageChange,
    StrategyText,
    Understanding,
    ValuesAgreement,
    ValuesEdition,
)
from cycles.queries.contributions import waiting
from cycles.queries.taking_part import sources
from evidence.enums import AssessmentStatus, ParticularGroup
from evidence.models import GroupCoverage
from evidence.queries.services import described_for
from stakeholders.enums import CameAs, Perspective
from stakeholders.models import EventAttendance, Seat, Stakeholder

# The options of a decision that is on its way get their answer with its record.
ON_THEIR_WAY = (DecisionStatus.PREPARING, DecisionStatus.RATING, DecisionStatus.WEIGHING)


@dataclass(frozen=True)
class Facts:
    """Counts and states of one cycle at one moment. A count that is not about the cycle is 0."""

    panel_status: str
    has_enough_service_users: bool
    has_needs_assessment: bool
    has_needs_statement: bool
    is_needs_published: bool
    groups_not_stated: int
    is_map_ready: bool
    services_described: int
    says_why_no_service: bool
    pillars_agreed_to_values: int
    pillars_said_how_they_see_it: int
    service_users_or_carers_took_part: bool
    decisions_recorded: int
    decisions_unsettled: int
    contributions_unanswered: int
    contributions_unanswered_on_recorded: int
    contributions_to_answer_now: int
    elements_written: int
    says_what_will_not_be_commissioned: bool
    decisions_without_equality: int
    decisions_without_action: int
    actions: int
    actions_without_owner_or_date: int
    actions_unfinished: int
    outcomes: int
    outcomes_without_baseline: int
    outcomes_without_result: int
    findings: int
    understandings_unanswered: int


def facts_of(cycle: Cycle) -> Facts:
    """The facts of one cycle, read now."""
    return facts_by_cycle([cycle])[cycle.pk]


def facts_by_cycle(cycles: Iterable[Cycle]) -> dict[int, Facts]:
    """The facts of each of `cycles`, by primary key: one query, however many there are."""
    rows = _everything_asked().filter(pk__in=[cycle.pk for cycle in cycles])
    return {row["pk"]: _facts(row) for row in rows}


@functools.cache
def _everything_asked() -> QuerySet[Cycle, dict[str, Any]]:
    """The query of all facts, of any cycle. Nothing in it depends on who asks or when, and to put
    its forty subqueries together takes longer than to answer them: so it is done once."""
    counts, truths = _counts(), _truths()
    return (
        Cycle.objects.order_by()
        .annotate(**counts, **truths)
        .values(
            "pk",
            *truths,
            "panel__status",
            "panel__minimum_service_users",
            "needs_assessment_id",
            "needs_assessment__statement",
            "needs_assessment__status",
            "are_values_as_put",
            "why_no_service",
            *counts,
        )
    )


def without_action() -> QuerySet[Decision]:
    """Recorded decisions for which no action has both an owner and a date."""
    seen_to = Action.objects.filter(
        decision__isnull=False, owner__isnull=False, due_on__isnull=False
    )
    return Decision.objects.filter(status=DecisionStatus.RECORDED).exclude(
        pk__in=seen_to.values("decision_id")
    )


def without_equality() -> QuerySet[Decision]:
    """Recorded decisions whose equality assessment is not published as it stands now."""
    published = EqualityAssessment.objects.filter(published_at__isnull=False)
    return Decision.objects.filter(status=DecisionStatus.RECORDED).exclude(
        pk__in=published.values("decision_id")
    )


def _unsettled() -> QuerySet[Decision]:
    """Decisions that are being rated or talked about, or have been and were opened again: what a
    panel has rated is recorded, or put off with the reason, and not left behind."""
    was_rated = Exists(Round.objects.filter(decision=OuterRef("pk")))
    return Decision.objects.filter(
        Q(status__in=[DecisionStatus.RATING, DecisionStatus.WEIGHING])
        | Q(was_rated, status=DecisionStatus.PREPARING)
    )


def _counts() -> dict[str, Any]:
    """One counting subquery for each fact."""
    recorded = DecisionStatus.RECORDED
    actions = Action.objects.exclude(status=ActionStatus.STOPPED)
    written = StrategyText.objects.exclude(text="")
    counted: dict[str, tuple[Any, ...]] = {
        "service_users": (
            Seat.objects.counting_as_service_users().filter(panel=OuterRef("panel_id")),
            "panel",
        ),
        "groups_stated": (
            GroupCoverage.objects.filter(assessment=OuterRef("needs_assessment_id")),
            "assessment",
        ),
        "services": (
            described_for(OuterRef("organisation_id"), OuterRef("area_id")),
            "organisation",
        ),
        "pillars_agreed": (
            ValuesAgreement.objects.filter(
                ~Exists(
                    ValuesEdition.objects.filter(
                        cycle=OuterRef("edition__cycle"), number__gt=OuterRef("edition__number")
                    )
                ),
                edition__cycle=OuterRef("pk"),
            ),
            "edition__cycle",
            "pillar",
        ),
        "pillars_understood": (
            _of(Understanding.objects.filter(withdrawn_at__isnull=True).exclude(pillar="")),
            "cycle",
            "pillar",
        ),
        "recorded": (_of(Decision.objects.filter(status=recorded)), "cycle"),
        "unsettled": (_of(_unsettled()), "cycle"),
        "without_equality": (_of(without_equality()), "cycle"),
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
        contributed = waiting(kind).filter(decision__cycle=OuterRef("pk"))
        counted[name] = (contributed, "decision__cycle")
        counted[f"{name}_on_recorded"] = (
            contributed.filter(decision__status=recorded),
            "decision__cycle",
        )
    counted["options_to_answer_now"] = (
        waiting(Option)
        .filter(decision__cycle=OuterRef("pk"))
        .exclude(
            decision__status__in=ON_THEIR_WAY,
            decision__cycle__stage__in=(Stage.ANALYSE, Stage.PLAN),
        ),
        "decision__cycle",
    )
    counted["understandings"] = (_of(waiting(Understanding)), "cycle")
    return {f"n_{name}": _count(*what) for name, what in counted.items()}


def _truths() -> dict[str, Any]:
    """What is so or not, beside the counts."""
    on_map = Stakeholder.objects.live().filter(panel=OuterRef("panel_id"))
    return {
        "is_map_centred": Exists(on_map.filter(is_centre=True).exclude(effect="")),
        "is_anybody_around": Exists(on_map.filter(is_centre=False)),
        "stage_began": _stage_began(),
        "stage_began_on": TruncDate("stage_began"),
        "took_part": _took_part(),
    }


def _stage_began() -> Any:
    """When the cycle first came to the stage that it is in."""
    reached = StageChange.objects.filter(cycle=OuterRef("pk"), target=OuterRef("stage"))
    first = Subquery(reached.order_by("at").values("at")[:1])
    return Case(
        When(stage=Stage.ANALYSE, then=F("created_at")), default=Coalesce(first, F("created_at"))
    )


def _took_part() -> Any:
    """Whether service users or carers did something in the stage that the cycle is in.

    What counts is what fills the involvement matrix, and a talk with a group. The two are asked for
    together, so that it tells of neither group by itself.
    """
    speaks_for_them = Seat.objects.filter(
        panel=OuterRef(OuterRef("panel_id")),
        perspective__in=[Perspective.SERVICE_USER, Perspective.CARER],
        is_employed_by_affected_body=False,
    )
    came = EventAttendance.objects.filter(
        event__panel=OuterRef("panel_id"),
        event__held_on__gte=OuterRef("stage_began_on"),
        came_as__in=[CameAs.SERVICE_USERS, CameAs.CARERS],
        number__gt=0,
    )
    took_part = Q(Exists(came))
    for source in sources():
        did = source.rows.filter(
            Exists(speaks_for_them.filter(user=OuterRef(source.person))),
            **{source.of: OuterRef(source.through)},
        )
        if source.stage:
            took_part |= Q(Exists(did), stage=source.stage)
        else:
            since = did.filter(**{f"{source.moment}__gte": OuterRef("stage_began")})
            took_part |= Q(Exists(since))
    return Case(When(took_part, then=True), default=False)


def _of(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(cycle=OuterRef("pk"))


def _count(rows: QuerySet[Any], by: str, what: str = "pk") -> Coalesce:
    grouped = rows.order_by().values(by).annotate(n=Count(what, distinct=True)).values("n")
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
        is_map_ready=row["is_map_centred"] and row["is_anybody_around"],
        services_described=n["services"],
        says_why_no_service=bool(row["why_no_service"].strip()),
        pillars_agreed_to_values=n["pillars_agreed"] if row["are_values_as_put"] else 0,
        pillars_said_how_they_see_it=n["pillars_understood"],
        service_users_or_carers_took_part=row["took_part"],
        decisions_recorded=n["recorded"],
        decisions_unsettled=n["unsettled"],
        contributions_unanswered=n["comments"] + n["options"],
        contributions_unanswered_on_recorded=n["comments_on_recorded"] + n["options_on_recorded"],
        contributions_to_answer_now=n["comments"] + n["options_to_answer_now"],
        elements_written=n["written"],
        says_what_will_not_be_commissioned=bool(n["will_not"]),
        decisions_without_equality=n["without_equality"],
        decisions_without_action=n["without_action"],
        actions=n["action_count"],
        actions_without_owner_or_date=n["incomplete_actions"],
        actions_unfinished=n["unfinished_actions"],
        outcomes=n["outcome_count"],
        outcomes_without_baseline=n["no_baseline"],
        outcomes_without_result=n["no_result"],
        findings=n["finding_count"],
        understandings_unanswered=n["understandings"],
    )
