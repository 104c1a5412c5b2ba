"""Cycles in each stage, built through the services, so that they cannot break a rule."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cycles.enums import ActionStatus, Certainty, RecordType, Stage, StrategyElement
from cycles.models import Action, Cycle, Decision, Finding, OutcomeMeasure
from cycles.services import (
    actions,
    appraisals,
    decisions,
    options,
    outcomes,
    ratings,
    records,
    review,
    rounds,
    stages,
    strategy,
    understanding,
)
from cycles.services import cycles as services
from evidence.enums import AreaType, CoverageState, ParticularGroup
from evidence.models import Area, NeedsAssessment
from evidence.queries.needs import NEEDED_CHAPTERS
from evidence.services import needs
from stakeholders.enums import Perspective
from stakeholders.models import Organisation
from tests.factories import decisions as of_decisions
from tests.factories import involvement
from tests.factories import stakeholders as people
from tests.factories import values as shared
from tests.factories.evidence import say_numbers
from tests.factories.services import service
from tests.kept import kept
from vbc.core.enums import ContributionStatus

# No number begins with another, so that no name stands inside another.
_numbers = itertools.count(10_001)


@kept
def area(name: str = "") -> Area:
    number = next(_numbers)
    return Area.objects.create(
        code=f"E08{number:06}", name=name or f"Borough {number}", area_type=AreaType.DISTRICT
    )


@kept
def cycle(org: Organisation | None = None, *, by: Any = None, **given: Any) -> Cycle:
    """A cycle in its first stage, with nothing done. `given` replaces what `start` takes."""
    org = org or people.organisation()
    by = by or people.commissioner(org)
    values = {
        "title": f"Help in a crisis {next(_numbers)}",
        "summary": "How people here get help in a crisis, and how it could be better.",
        "lead": by,
        **given,
    }
    if "area" not in values:
        values["area"] = area()
    return services.start(org, **values, by=by)


@kept
def with_panel() -> Cycle:
    """A cycle in its first stage whose panel sits."""
    org = people.organisation()
    found = cycle(org)
    services.link_panel(found, people.sitting_panel(org, by=found.lead), by=found.lead)
    return fresh(found)


@kept
def needs_assessment(org: Organisation, where: Area, by: Any) -> NeedsAssessment:
    """A published one, with every group spoken of."""
    assessment = needs.create(org, area=where, title="What people need", by=by)
    needs.edit_statement(
        assessment,
        title=assessment.title,
        statement="About 900 people a year need help in a crisis. A third get none.",
        version=1,
        by=by,
    )
    for chapter in NEEDED_CHAPTERS:
        needs.edit_chapter(
            assessment, chapter=chapter, text=f"What we know: {chapter}.", version=1, by=by
        )
    say_numbers(assessment, by)
    for group in ParticularGroup.values:
        needs.set_coverage(
            assessment,
            group=group,
            state=CoverageState.ASSESSED,
            text="We asked them.",
            version=0,
            by=by,
        )
    needs.publish(assessment, by=by)
    assessment.refresh_from_db()
    return assessment


@kept
def analysed(org: Organisation | None = None, **given: Any) -> Cycle:
    """A cycle in its first stage, with everything that the step to Plan needs."""
    org = org or people.organisation()
    found = cycle(org, **given)
    by = found.lead
    services.link_panel(found, people.sitting_panel(org, by=by), by=by)
    services.link_needs_assessment(found, needs_assessment(org, found.area, by), by=by)
    found = fresh(found)
    service(org, by, area=found.area)
    agreed_on(found)
    return found


@kept
def agreed_on(found: Cycle) -> None:
    """Who is affected, how each pillar sees the problem, and what matters to all of them."""
    assert found.panel is not None
    involvement.centre(found.panel)
    involvement.stakeholder(found.panel)
    for said in shared.understood(found):
        understanding.answer(
            said, status=ContributionStatus.ACTED_ON, text="It is in.", by=found.lead
        )
    shared.agreed(found)


@kept
def planning(org: Organisation | None = None, **given: Any) -> Cycle:
    """A cycle in its second stage, with nothing planned yet."""
    return moved(analysed(org, **given), Stage.PLAN)


@kept
def planned(org: Organisation | None = None, **given: Any) -> Cycle:
    """A cycle in its second stage, with everything that the step to Do needs."""
    found = planning(org, **given)
    recorded_decision(found)
    for element in StrategyElement.values:
        write(found, element)
    return fresh(found)


@kept
def doing(org: Organisation | None = None, **given: Any) -> Cycle:
    """A cycle in its third stage, with nothing taken on yet."""
    return moved(planned(org, **given), Stage.DO)


@kept
def done(org: Organisation | None = None, **given: Any) -> Cycle:
    """A cycle in its third stage, with everything that the step to Review needs."""
    found = doing(org, **given)
    action(found, decision=found.decisions.get(), owner=service_user(found))
    outcome(found)
    return fresh(found)


@kept
def reviewing(org: Organisation | None = None, **given: Any) -> Cycle:
    """A cycle in its fourth stage, with nothing reviewed yet."""
    return moved(done(org, **given), Stage.REVIEW)


@kept
def reviewed(org: Organisation | None = None, **given: Any) -> Cycle:
    """A cycle in its fourth stage, with everything that closing needs."""
    found = reviewing(org, **given)
    for open_action in found.actions.all():
        actions.say_where_it_stands(
            open_action, status=ActionStatus.DONE, expected=open_action.version, by=found.lead
        )
    for measure in found.outcome_measures.all():
        measured(measure, by=found.lead)
    finding(found, by=service_user(found))
    return fresh(found)


@kept
def closed(org: Organisation | None = None, **given: Any) -> Cycle:
    return moved(reviewed(org, **given), Stage.CLOSED)


IN_STAGE = {
    Stage.ANALYSE: cycle,
    Stage.PLAN: planning,
    Stage.DO: doing,
    Stage.REVIEW: reviewing,
    Stage.CLOSED: closed,
}


@kept
def moved(found: Cycle, target: str, **given: Any) -> Cycle:
    """The same cycle after a step."""
    stages.advance(found, target, by=given.pop("by", found.lead), **given)
    return fresh(found)


def fresh(found: Cycle) -> Cycle:
    """The cycle as the database has it, with nothing remembered."""
    return Cycle.objects.get(pk=found.pk)


@kept
def write(found: Cycle, element: str, text: str = "What we wrote together.") -> None:
    """One part of the strategy, written for the first time or anew."""
    before = found.strategy_texts.filter(element=element).first()
    strategy.save_text(
        found,
        element,
        text=text,
        will_not_commission="Beds far from home.",
        expected=before.version if before else 0,
        by=found.lead,
    )


@kept
def action(found: Cycle, **given: Any) -> Action:
    """An action with an owner and a date."""
    values = {
        "title": f"Open the crisis café {next(_numbers)}",
        "owner": found.lead,
        "due_on": timezone.localdate() + timedelta(days=90),
        **given,
    }
    return actions.add(found, **values, by=found.lead)


@kept
def outcome(found: Cycle, **given: Any) -> OutcomeMeasure:
    """An outcome with where we started and what we hope for."""
    fields = {
        "title": f"People who got help the same day {next(_numbers)}",
        "unit": "in 100",
        "higher_is_better": True,
        "baseline": Decimal("40"),
        "baseline_on": date(2026, 1, 31),
        "hoped": Decimal("80"),
        **given,
    }
    return outcomes.add(found, fields=fields, by=found.lead)


@kept
def measured(measure: OutcomeMeasure, result: str = "60", *, by: Any) -> OutcomeMeasure:
    return outcomes.add_result(
        measure,
        result=Decimal(result),
        result_on=date(2026, 10, 31),
        expected=measure.version,
        by=by,
    )


@kept
def finding(found: Cycle, **given: Any) -> Finding:
    values = {
        "text": "People came because they were asked.",
        "is_carried_forward": True,
        "by": found.lead,
        **given,
    }
    return review.add_finding(found, **values)


def service_user(found: Cycle) -> Any:
    """One of those on the panel."""
    return people.members(found.panel, Perspective.SERVICE_USER)[0]


@kept
def recorded_decision(found: Cycle, title: str = "") -> Decision:
    """A decision that the whole panel rated, weighed and recorded."""
    by, panel = found.lead, found.panel
    decision = decisions.propose(
        found,
        title=title or f"Crisis help {next(_numbers)}",
        question="Which of these shall we buy first?",
        why="People wait too long.",
        by=by,
    )
    both = [
        options.propose(decision, title=name, plain_summary=f"There would be: {name}.", by=by)
        for name in ("A crisis café", "More beds")
    ]
    reviewer = people.members(panel, Perspective.EVIDENCE_REVIEWER)[0]
    for option in both:
        appraisal = appraisals.write(
            option, rating=6, certainty=Certainty.LOW, summary="It may help.", by=reviewer
        )
        appraisals.sign(appraisal, version=appraisal.version, by=reviewer)
        appraisals.agree(appraisal, version=appraisal.version, by=reviewer)
    opened = rounds.open_round(decision, closes_at=timezone.now() + timedelta(days=7), by=by)
    for perspective in (Perspective.SERVICE_USER, Perspective.CARER, Perspective.CLINICIAN):
        for person in people.members(panel, perspective):
            for option, value in zip(both, (8, 4), strict=True):
                ratings.cast(opened, option=option, value=value, reason="It fits.", by=person)
    rounds.close_round(opened, by=by)
    of_decisions.recordable(decision)
    records.record(
        decision,
        record_type=RecordType.CONSENSUS,
        chosen=both[0],
        reasons="It is nearer to where people are.",
        goes_against_unseen=False,
        by=by,
    )
    decision.refresh_from_db()
    return decision
