"""Equality assessments, checklists and what comes after a record, built through the services."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cycles.enums import (
    BoardAnswerKind,
    Checklist,
    ChecklistAnswerKind,
    DecisionKind,
    Duty,
    Effect,
    EqualityGroup,
    Screening,
    SignatureKind,
    Stage,
)
from cycles.enums.checklists import FOR_DECISIONS, QUESTIONS
from cycles.models import (
    BoardAnswer,
    Cycle,
    Decision,
    EqualityEdition,
    RecordCorrection,
    RecordSignature,
    UrgentDecision,
)
from cycles.queries.corrections import current_number
from cycles.queries.equality import assessment_of, newest_edition_of
from cycles.services import (
    boards,
    checklists,
    corrections,
    decisions,
    equality,
    records,
    signatures,
    urgent,
)
from tests.kept import kept

IN_A_YEAR = timedelta(days=365)


@kept
def save(decision: Decision, *, by: Any = None, **fields: Any) -> None:
    """Some words of the assessment, whatever was there before."""
    begun = assessment_of(decision)
    equality.save(
        decision,
        fields=fields,
        expected=begun.version if begun else 0,
        by=by or decision.cycle.lead,
    )


@kept
def first_look(decision: Decision, screening: str = Screening.ENOUGH, **fields: Any) -> None:
    """Everything that an assessment needs whose first look is enough."""
    values = {
        "intended_outcomes": "Help at night for everybody.",
        "who_is_affected": "People in a crisis, and those who are with them.",
        "screening": screening,
        "screening_reason": "It adds help and takes nothing away.",
        "summary": "Nobody is worse off.",
        "owner": decision.cycle.lead,
        "review_on": timezone.localdate() + IN_A_YEAR,
        **fields,
    }
    save(decision, **values)


@kept
def say(decision: Decision, group: str, effect: str = Effect.POSITIVE, **given: Any) -> None:
    """What is said of one group for the first time."""
    values = {"evidence": "People told us.", "mitigation": "", "expected": 0, **given}
    equality.say_of_group(decision, group=group, effect=effect, by=decision.cycle.lead, **values)


@kept
def full(decision: Decision) -> None:
    """A full assessment: every group, the aims, the log; one group is worse off in some way."""
    first_look(
        decision,
        Screening.FULL,
        engagement="Three groups were asked. Two worried about the way there.",
        ends_discrimination="Staff learn what unfair treatment looks like.",
        advances_equality="It is open to people without a letter from a doctor.",
        fosters_relations="People of all ages sit together.",
        providers_screen="Each contract asks for a first look at everything new.",
        summary="Most people are better off. For some the way is far.",
    )
    for group in EqualityGroup:
        say(decision, group)
    say_again(decision, EqualityGroup.DISABILITY, Effect.BOTH, mitigation="A bus that fetches.")
    equality.log_duty(
        decision,
        duty=Duty.DISABILITY_NEEDS,
        what_was_done="A bus was added for people who cannot walk far.",
        by=decision.cycle.lead,
    )


@kept
def say_again(decision: Decision, group: str, effect: str, **given: Any) -> None:
    begun = assessment_of(decision)
    assert begun is not None
    say(decision, group, effect, expected=begun.impacts.get(group=group).version, **given)


@kept
def published(decision: Decision) -> EqualityEdition:
    """An assessment whose first look is enough, published."""
    first_look(decision)
    return equality.publish(decision, by=decision.cycle.lead)


@kept
def all_answered(decision: Decision) -> None:
    """Every question of the decision's own list, where its kind has one."""
    checklist = FOR_DECISIONS.get(decision.kind)
    for question in QUESTIONS.get(checklist or "", ()):
        checklists.answer(
            decision,
            checklist=str(checklist),
            item=question.key,
            answer=ChecklistAnswerKind.YES,
            expected=0,
            by=decision.cycle.lead,
        )


@kept
def signed(decision: Decision, person: Any, **given: Any) -> RecordSignature:
    """What one person says of the newest version."""
    values = {"kind": SignatureKind.SIGNED, "version": current_number(decision.record), **given}
    return signatures.sign(decision.record, **values, by=person)


@kept
def corrected(decision: Decision, **words: str) -> RecordCorrection:
    return corrections.correct(
        decision.record,
        words=words or {"reasons": "It is nearest, and it is open at night."},
        why="The night was forgotten.",
        expected=current_number(decision.record),
        by=decision.cycle.lead,
    )


@kept
def board_answer(
    decision: Decision, answer: str = BoardAnswerKind.ACCEPTED, **given: Any
) -> BoardAnswer:
    values = {
        "body": "The Test Board",
        "met_on": timezone.localdate(),
        "minute": "item 7",
        "why": "It is what people need.",
        **given,
    }
    return boards.answer(decision, answer=answer, **values, by=decision.cycle.lead)


def urgent_fields(cycle: Cycle, **given: Any) -> dict[str, Any]:
    return {
        "title": "Keep the night line open",
        "what_was_decided": "The night line goes on for two months.",
        "why_it_could_not_wait": "Its contract ended on Friday.",
        "legal_basis": "Standing orders, section 5.2",
        "officer": cycle.lead,
        "decided_on": timezone.localdate(),
        "expires_on": timezone.localdate() + timedelta(days=60),
        **given,
    }


@kept
def urgent_decision(cycle: Cycle, **given: Any) -> UrgentDecision:
    return urgent.enter(cycle, fields=urgent_fields(cycle, **given), by=cycle.lead)


@kept
def reviewed(found: UrgentDecision, on: date | None = None) -> None:
    urgent.review(
        found,
        reviewed_on=on or timezone.localdate(),
        what_the_panel_said="We would have done the same.",
        expected=found.version,
        by=found.cycle.lead,
    )


@kept
def shown(in_stage: dict[str, Cycle], *, by: Any) -> dict[str, str]:
    """What the addresses around a record need, in cycles by their stage; `by` is a member who uses
    services. What the demonstration tells already stays as it is."""
    plan, recorded = in_stage[Stage.PLAN], in_stage[Stage.DO].decisions.get()
    decision = plan.decisions.get()
    specialised = decisions.propose(
        in_stage[Stage.ANALYSE],
        title="A service for few",
        question="Where shall it be?",
        why="Few people need it.",
        kind=DecisionKind.SPECIALISED,
        by=plan.lead,
    )
    statement = records.add_minority_statement(
        recorded, text="Think of the villages.", shown_with_name=False, by=by
    )
    return {
        "analyse": in_stage[Stage.ANALYSE].slug,
        "do-decision": recorded.public_id,
        "equality-edition": (newest_edition_of(decision) or published(decision)).public_id,
        "equality-part": "summary",
        "equality-group": EqualityGroup.AGE,
        "specialised": specialised.public_id,
        "checklist": Checklist.SPECIALISED,
        "checklist-item": "catchment",
        "option-list": Checklist.SCORECARD,
        "option-item": "quality",
        "statement": statement.public_id,
        "urgent": urgent_decision(plan).public_id,
    }
