"""Taking the four cycles to where they stand, one service call after another."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from cycles.enums import ActionStatus, RecordType, Stage, StrategyElement
from cycles.models import Cycle, Decision, Option, Round
from cycles.services import (
    actions,
    appraisals,
    comments,
    cycles,
    decisions,
    options,
    outcomes,
    ratings,
    records,
    review,
    rounds,
    stages,
    strategy,
)
from evidence.models import NeedsAssessment
from stakeholders.enums import Perspective
from vbc.core.enums import ContributionStatus
from vbc.home.demonstration import boards, easy_words, equality, knowledge, risks, story, values
from vbc.home.demonstration.people import Cast
from vbc.home.demonstration.story import CycleStory, OptionStory

# How the problem of each cycle is seen.
SAID = {
    story.ANALYSE.title: values.SAID_OF_LANGUAGE,
    story.PLAN.title: values.SAID,
    story.DO.title: values.SAID_OF_YOUNG_ADULTS,
    story.REVIEW.title: values.SAID_OF_OLDER_PEOPLE,
}


def tell(cast: Cast, needs: NeedsAssessment) -> None:
    """One cycle in each stage, and what is said, decided and answered along the way."""
    _begin(cast, needs, story.ANALYSE)
    open_decision = _plan(cast, needs, story.PLAN)
    _leave_open(cast, open_decision, story.PLAN)
    boards.tell_of_urgency(cast, open_decision.cycle)
    in_do = _do(cast, needs, story.DO)
    boards.tell(cast, in_do.decisions.get())
    decided = in_do.decisions.get()
    decisions.write_easy_words(
        decided, expected=decided.version, fields=easy_words.DECISION, by=cast["alex"]
    )
    risks.tell(cast, in_do)
    in_review = _review(cast, needs, story.REVIEW)
    boards.tell_of_changes(cast, in_review.decisions.get())


def _begin(cast: Cast, needs: NeedsAssessment, told: CycleStory) -> Cycle:
    cycle = cycles.start(
        cast.organisation,
        title=told.title,
        summary=told.summary,
        area=knowledge.area(),
        lead=cast["alex"],
        panel=cast.panel,
        topics=told.topics,
        by=cast["alex"],
    )
    if told is not story.ANALYSE:
        cycle = cycles.link_needs_assessment(cycle, needs, by=cast["alex"])
    values.tell(cast, cycle, SAID[told.title], is_finished=told is not story.ANALYSE)
    return cycle


def _plan(cast: Cast, needs: NeedsAssessment, told: CycleStory) -> Decision:
    """In the stage Plan, with a decision whose options are appraised and talked about."""
    cycle = _begin(cast, needs, told)
    stages.advance(cycle, Stage.PLAN, by=cast["alex"])
    cycle.refresh_from_db()
    decision = decisions.propose(
        cycle, title=told.decision, question=told.question, why=told.why, by=cast["alex"]
    )
    for option_story in told.options:
        _add_option(cast, decision, option_story)
    values.describe_options(cast, decision)
    values.bear_on(cast, decision)
    equality.tell(cast, decision)
    _talk(cast, decision)
    return decision


def _add_option(cast: Cast, decision: Decision, told: OptionStory) -> None:
    option = options.propose(
        decision,
        title=told.title,
        plain_summary=told.summary,
        cost=told.cost,
        by=cast[told.author],
    )
    appraisals.link_evidence(
        option,
        knowledge.reference(cast, told.reference),
        direction=told.direction,
        note=told.note,
        size=told.size,
        applicability=told.applicability,
        does_not_tell=told.does_not_tell,
        by=cast["merle"],
    )
    found_nothing = told.evidence is None
    appraisal = appraisals.write(
        option,
        rating=told.evidence,
        certainty=told.certainty,
        summary=told.appraisal,
        searched=(
            "Merle and Minh looked in three libraries of studies in the week before the meeting."
            if found_nothing
            else ""
        ),
        by=cast["merle"],
    )
    for each in told.judged:
        appraisal = appraisals.judge(
            option,
            criterion=each.criterion,
            judgement=each.judgement,
            research=each.research,
            considerations=each.considerations,
            expected=appraisal.version,
            by=cast["merle"],
        )
    for reviewer in ("merle", "minh"):
        appraisals.sign(appraisal, version=appraisal.version, by=cast[reviewer])
    appraisals.agree(appraisal, version=appraisal.version, by=cast["minh"])


def _talk(cast: Cast, decision: Decision) -> None:
    for key, stance, text in story.COMMENTS:
        comment = comments.add(decision, text=text, stance=stance, by=cast[key])
        comments.answer(
            comment,
            status=ContributionStatus.ACTED_ON,
            text=story.ANSWERS[key],
            by=cast["alex"],
        )


def _leave_open(cast: Cast, decision: Decision, told: CycleStory) -> None:
    """A round is open; some have rated, and some have not yet."""
    friday = _next_friday(timezone.localdate() + timedelta(days=7))
    closes = timezone.make_aware(datetime.combine(friday, time(17)))
    round_ = rounds.open_round(decision, closes_at=closes, by=cast["alex"])
    _rate(cast, round_, told, but={"robin", "swift", "sarka"})
    comments.add(
        decision,
        text="Could the centre near the market be one of them? Many of us shop there.",
        by=cast["robin"],
    )


def _decide(cast: Cast, needs: NeedsAssessment, told: CycleStory) -> Cycle:
    """Everyone has rated, each pillar has spoken, and the record is written."""
    decision = _plan(cast, needs, told)
    round_ = rounds.open_round(
        decision, closes_at=timezone.now() + timedelta(days=14), by=cast["alex"]
    )
    _rate(cast, round_, told, but=set())
    rounds.close_round(round_, by=cast["alex"])
    for option, option_story in _pairs(decision, told):
        for pillar, sentence in option_story.says.items():
            records.agree_sentence(
                option, pillar=pillar, text=sentence, by=cast[values.SPEAKERS[pillar]]
            )
    values.outweigh(cast, decision)
    for pillar, key in values.SPEAKERS.items():
        records.say_heard(decision, pillar=pillar, feels_heard=True, by=cast[key])
    records.add_minority_statement(
        decision,
        text=(
            "I still think the phone line would help people who cannot leave the house. Please look "
            "at it again."
        ),
        shown_with_name=False,
        by=cast["heron"],
    )
    records.record(
        decision,
        record_type=RecordType.BALANCED,
        chosen=decision.options.get(title=told.options[0].title),
        reasons=(
            "People would come to a place they know, clinicians reach them earlier there, and the "
            "treatment is well tested. The phone line reaches those who ring; the money is enough "
            "for one of the two."
        ),
        goes_against_unseen=False,
        by=cast["alex"],
    )
    return decision.cycle


def _write_strategy(cast: Cast, cycle: Cycle) -> None:
    for element, text in story.STRATEGY.items():
        part = cycle.strategy_texts.filter(element=element).first()
        strategy.save_text(
            cycle,
            element,
            text=text,
            will_not_commission=story.WILL_NOT if element == StrategyElement.CHANGES else "",
            easy_text=easy_words.STRATEGY.get(element, ""),
            easy_will_not_commission=easy_words.WILL_NOT,
            expected=part.version if part else 0,
            by=cast["alex"],
        )


def _do(cast: Cast, needs: NeedsAssessment, told: CycleStory) -> Cycle:
    """In the stage Do, with actions under way and an outcome to watch."""
    cycle = _decide(cast, needs, told)
    _write_strategy(cast, cycle)
    stages.advance(cycle, Stage.DO, by=cast["alex"])
    cycle.refresh_from_db()
    decision = cycle.decisions.get()
    today = timezone.localdate()
    for title, owner, days in (
        ("Find two quiet rooms and agree the days", "jay", 30),
        ("Engage two therapists, with people who use services on the interview panel", "alex", 60),
        ("Write the invitation together, and try it on ten people", "wren", 45),
    ):
        actions.add(
            cycle,
            title=title,
            decision=decision,
            owner=cast[owner],
            due_on=today + timedelta(days=days),
            by=cast["alex"],
        )
    outcomes.add(
        cycle,
        fields={
            "title": told.outcome,
            "unit": "people a year",
            "higher_is_better": True,
            "is_output": told.counts_what_is_done,
            "baseline": Decimal(told.baseline),
            "baseline_on": date(2025, 3, 31),
            "hoped": Decimal(told.hoped),
        },
        by=cast["alex"],
    )
    first = cycle.actions.order_by("pk").first()
    if first is not None:
        actions.say_where_it_stands(
            first,
            status=ActionStatus.UNDER_WAY,
            note="One room is found; the second is promised.",
            expected=first.version,
            by=cast["jay"],
        )
    return cycle


def _review(cast: Cast, needs: NeedsAssessment, told: CycleStory) -> Cycle:
    """In the stage Review: what came of it, and what was learned."""
    cycle = _do(cast, needs, told)
    stages.advance(cycle, Stage.REVIEW, by=cast["alex"])
    cycle.refresh_from_db()
    for action in cycle.actions.all()[:2]:
        actions.say_where_it_stands(
            action,
            status=ActionStatus.DONE,
            note="Done, two weeks later than planned.",
            expected=action.version,
            by=action.owner,
        )
    measure = cycle.outcome_measures.get()
    outcomes.add_result(
        measure,
        result=Decimal(told.result),
        result_on=timezone.localdate() - timedelta(days=20),
        comment="Better than where we started, not yet what we hoped for. (invented figure)",
        expected=measure.version,
        by=cast["alex"],
    )
    review.add_finding(
        cycle,
        text="People come when someone they know goes with them the first time.",
        is_carried_forward=True,
        by=cast["linnet"],
    )
    return cycle


def _rate(cast: Cast, round_: Round, told: CycleStory, *, but: set[str]) -> None:
    """Every place but those of `but` rates every option."""
    groups = (
        (cast.speaking_as(Perspective.SERVICE_USER), "users"),
        (cast.speaking_as(Perspective.CARER), "carers"),
        (cast.speaking_as(Perspective.CLINICIAN, Perspective.SOCIAL_CARE), "clinical"),
    )
    left_out = {cast[key].pk for key in but}
    for option, option_story in _pairs(round_.decision, told):
        for people, field in groups:
            for person, value in zip(people, getattr(option_story, field), strict=True):
                if person.pk not in left_out:
                    reason = "From what I see at work." if field == "clinical" else ""
                    ratings.cast(round_, option=option, value=value, reason=reason, by=person)


def _pairs(decision: Decision, told: CycleStory) -> list[tuple[Option, OptionStory]]:
    return list(zip(decision.options.order_by("pk"), told.options, strict=True))


def _next_friday(day: date) -> date:
    return day + timedelta(days=(4 - day.weekday()) % 7)
