"""The facts of a document: all of them, and nothing that may not be told."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from cycles.enums import Certainty, RecordType, Stage, StrategyElement
from cycles.models import Cycle
from cycles.queries.options import options_with_what_is_known
from cycles.services import appraisals, decisions, options, ratings, records, rounds
from cycles.services import cycles as cycle_services
from evidence.services import experience
from reports.documents import jsna
from reports.editions import build
from reports.enums import ReportKind
from reports.snapshots.decisions import option_facts
from reports.snapshots.jsna import MissingAssessment
from reports.snapshots.plain import canonical
from stakeholders.enums import Perspective, Pillar
from stakeholders.models import Seat
from stakeholders.services import seats
from tests.factories import cycles, evidence, services, stakeholders
from tests.factories import decisions as deciding
from tests.factories import experience as telling
from tests.factories import values as of_values

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 4)


def with_panel(**members: int) -> Cycle:
    """A cycle in the stage Plan, with a panel of that size."""
    cycle = cycles.cycle()
    by, org = cycle.lead, cycle.organisation
    panel = stakeholders.sitting_panel(org, by=by, **members)
    assessment = cycles.needs_assessment(org, cycle.area, by)
    cycle_services.link_panel(cycle, panel, by=by)
    cycle_services.link_needs_assessment(cycle, assessment, by=by)
    cycle = cycles.fresh(cycle)
    services.service(org, by, area=cycle.area)
    cycles.agreed_on(cycle)
    return cycles.moved(cycle, Stage.PLAN)


def strategy(cycle: Cycle) -> dict[str, Any]:
    return build(ReportKind.STRATEGY, cycle, edition=1, made_on=DAY)


@pytest.mark.row("A3-66")
def test_a_strategy_has_exactly_the_seven_elements_in_order() -> None:
    cycle = cycles.cycle()
    cycles.write(cycle, StrategyElement.CHANGES, "What changes.")
    elements = strategy(cycle)["elements"]
    assert [(each["number"], each["key"]) for each in elements] == list(
        enumerate(StrategyElement.values, start=1)
    )
    assert [each["text"] for each in elements] == ["", "", "", "", "", "What changes.", ""]
    assert [each.get("will_not_commission") for each in elements] == [
        *[None] * 5,
        "Beds far from home.",
        None,
    ]


def test_a_strategy_says_whose_it_is_and_when() -> None:
    org = stakeholders.organisation("NHS Łódź")
    lead = stakeholders.commissioner(org, "Šárka Nováková")
    cycle = cycles.cycle(org, by=lead, title="Help at night", area=cycles.area("Ólafsdalur"))
    snapshot = build(ReportKind.STRATEGY, cycle, edition=3, made_on=DAY, reason="for the board")
    assert snapshot["schema_version"] == 2
    assert snapshot["document"] == {
        "kind": "strategy",
        "kind_label": "Commissioning strategy",
        "title": "Commissioning strategy: Help at night",
        "organisation": "NHS Łódź",
        "edition": 3,
        "made_on": "2026-12-04",
        "reason": "for the board",
        "check_at": f"{settings.SITE_ADDRESS}/documents/check/",
        "language": "en-GB",
    }
    assert snapshot["cycle"]["lead"] == "Šárka Nováková"
    assert snapshot["cycle"]["area"] == "Ólafsdalur"
    assert snapshot["cycle"]["organisation"] == "NHS Łódź"


def test_a_snapshot_is_the_same_twice() -> None:
    cycle = with_panel()
    cycles.recorded_decision(cycle)
    cycles.action(cycle)
    assert canonical(strategy(cycle)) == canonical(strategy(cycles.fresh(cycle)))


def test_a_recorded_decision_is_told_whole() -> None:
    cycle = with_panel()
    decision = cycles.recorded_decision(cycle)
    member = stakeholders.members(cycle.panel, Perspective.CARER)[0]
    words = "Two beds would have helped my brother  more.\nI stand by it."
    records.add_minority_statement(decision, text=words, shown_with_name=False, by=member)
    records.add_minority_statement(decision, text="Ask again.", shown_with_name=True, by=member)
    records.say_heard(
        decision, pillar=Pillar.SERVICE_USERS_AND_CARERS, feels_heard=False, by=member
    )
    (facts,) = strategy(cycle)["decisions"]
    assert facts["question"] == decision.question
    assert [each["title"] for each in facts["options"]] == ["A crisis café", "More beds"]
    for option in facts["options"]:
        assert [each["pillar"] for each in option["sentences"]] == list(Pillar.values)
        assert {each["text"] for each in option["sentences"]} == {
            f"What we think of {option['title']}."
        }
    assert facts["record"]["chosen_title"] == "A crisis café"
    assert facts["record"]["reasons"] == "It is nearer to where people are."
    assert facts["record"]["two_service_users_took_part"] is True
    assert facts["minority_statements"] == [
        {"text": words, "by": ""},
        {"text": "Ask again.", "by": member.display_name},
    ]
    assert [each["feels_heard"] for each in facts["feels_heard"]] == [False, None, None]


def test_numbers_are_those_that_may_be_shown_outside() -> None:
    """Four scores of service users and carers: a number inside the panel, none in a document."""
    cycle = with_panel(service_users=3, carers=1, clinicians=2, evidence_reviewers=1)
    cycles.recorded_decision(cycle)
    (facts,) = strategy(cycle)["decisions"]
    secret, clinical, appraised = facts["result"]["options"][0]["pillars"]
    assert secret["number"] is None
    assert secret["spread"] is None
    assert secret["reason"].startswith("No number is shown here.")
    assert clinical["number"] == 8
    assert appraised["number"] == 6
    assert facts["result"]["options"][0]["total"]["kind"] == "incomplete"


def test_a_hidden_rating_does_not_change_a_byte() -> None:
    """The same cycle with one secret rating changed gives the same document."""
    cycle = with_panel()
    by, panel = cycle.lead, cycle.panel
    users = stakeholders.members(panel, Perspective.SERVICE_USER)
    decision = decisions.propose(cycle, title="T", question="Q?", why="W", by=by)
    both = [options.propose(decision, title=name, plain_summary="S.", by=by) for name in ("A", "B")]
    opened = rounds.open_round(decision, closes_at=timezone.now() + timedelta(days=1), by=by)
    for user, value in zip(users, (2, 5, 9), strict=True):
        ratings.cast(opened, option=both[0], value=value, by=user)
    ratings.cast(opened, option=both[0], value=4, by=users[0])
    before_close = canonical(strategy(cycle))
    ratings.cast(opened, option=both[0], value=8, by=users[0])
    assert canonical(strategy(cycle)) == before_close
    assert strategy(cycle)["decisions"][0]["result"] is None


def test_nobody_is_named_by_what_they_speak_from() -> None:
    """Neither a count by pillar nor a name of a member stands in a strategy that none signed."""
    cycle = with_panel()
    facts = strategy(cycle)
    assert facts["panel"]["people"] == 10
    assert facts["panel"]["pillars"] == [
        {"key": key, "label": label} for key, label in Pillar.choices
    ]
    text = canonical(facts)
    for seat in cycle.panel.seats.select_related("user"):
        assert f'"{seat.user.display_name}"' not in text
        assert seat.user.email not in text
        assert seat.public_id not in text


def test_two_editions_do_not_tell_that_somebody_was_away() -> None:
    cycle = with_panel()
    before = strategy(cycle)["panel"]
    member = stakeholders.members(cycle.panel, Perspective.SERVICE_USER)[0]
    seat = Seat.objects.get(panel=cycle.panel, user=member)
    seats.go_away(seat, by=member)
    assert strategy(cycles.fresh(cycle))["panel"] == before


def test_a_closed_cycle_is_told_of_the_panel_that_closed_it() -> None:
    cycle = cycles.closed()
    before = strategy(cycle)["panel"]
    stakeholders.seat(cycle.panel, Perspective.CARER)
    assert strategy(cycles.fresh(cycle))["panel"] == before


def test_a_small_panel_is_not_counted() -> None:
    cycle = with_panel(service_users=2, carers=0, clinicians=1, evidence_reviewers=1)
    facts = strategy(cycle)["panel"]
    assert facts["people"] is None
    assert facts["in_words"].startswith("A panel of fewer than five people")


def test_actions_and_outcomes_are_told_with_who_when_and_what_came_of_it() -> None:
    cycle = cycles.done()
    measure = cycle.outcome_measures.get()
    cycles.measured(measure, "60", by=cycle.lead)
    facts = strategy(cycles.fresh(cycle))
    (action,) = facts["actions"]
    assert (action["owner"], action["status_label"]) == (
        cycles.service_user(cycle).display_name,
        "Not started",
    )
    assert action["due_on"] == cycle.actions.get().due_on.isoformat()
    (outcome,) = facts["outcomes"]
    assert (outcome["baseline"], outcome["hoped"], outcome["result"]) == (40, 80, 60)
    assert outcome["in_words"] == "Better than where we started, not yet what we hoped"


@pytest.mark.parametrize(
    ("higher", "baseline", "hoped", "result", "says"),
    [
        (True, 40, 80, None, "Not measured yet"),
        (True, 40, 80, 80, "As good as we hoped, or better"),
        (True, 40, 80, 60, "Better than where we started, not yet what we hoped"),
        (True, 40, 80, 40, "The same as where we started"),
        (True, 40, 80, 39, "Worse than where we started"),
        (False, 40, 20, 30, "Better than where we started, not yet what we hoped"),
        (False, 40, 20, 19, "As good as we hoped, or better"),
        (False, 40, 20, 41, "Worse than where we started"),
        (True, 40, None, 50, "Better than where we started"),
        (True, None, None, 50, "Measured, with nothing to compare it with"),
    ],
)
def test_an_outcome_is_said_in_words(
    higher: bool, baseline: Any, hoped: Any, result: Any, says: str
) -> None:
    from cycles.models import OutcomeMeasure
    from reports.snapshots.strategy import outcome_in_words

    def figure(value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    measure = OutcomeMeasure(
        higher_is_better=higher,
        baseline=figure(baseline),
        hoped=figure(hoped),
        result=figure(result),
    )
    assert outcome_in_words(measure) == says


def test_a_deferred_decision_is_told_as_put_off() -> None:
    cycle = with_panel()
    decision = decisions.propose(cycle, title="T", question="Q?", why="W", by=cycle.lead)
    records.record(
        decision,
        record_type=RecordType.DEFERRED,
        chosen=None,
        reasons="We know too little.",
        by=cycle.lead,
    )
    (facts,) = strategy(cycle)["decisions"]
    assert facts["record"]["chosen"] is None
    assert facts["record"]["chosen_title"] == ""
    assert facts["record"]["reasons"] == "We know too little."


@pytest.mark.row("A3-17")
def test_a_needs_assessment_is_told_with_its_state_and_what_it_informs() -> None:
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    assessment = evidence.published_needs(org, lead, "What Salford needs")
    cycle = cycles.cycle(org, by=lead, title="Help at night")
    cycle_services.link_needs_assessment(cycle, assessment, by=lead)
    facts = build(ReportKind.JSNA, cycles.fresh(cycle), edition=1, made_on=DAY)
    assert facts["document"]["title"] == "What Salford needs"
    assert facts["needs"]["status"] == "published"
    assert facts["needs"]["published_on"] == timezone.localdate().isoformat()
    chapters = [each["key"] for each in facts["needs"]["chapters"]]
    assert chapters.index("need") < chapters.index("future")
    assert facts["informs"] == [{"title": "Help at night", "stage": "Analyse"}]
    assert len(facts["needs"]["coverage"]) == 10


def test_a_needs_assessment_says_how_many_quotations_were_taken_back_since() -> None:
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    assessment = evidence.published_needs(org, lead, "What Salford needs")
    cycle = cycles.cycle(org, by=lead)
    cycle_services.link_needs_assessment(cycle, assessment, by=lead)
    teller = stakeholders.person()
    told = [telling.quoted(org, teller, clerk=lead) for _ in range(2)]

    def printed() -> str:
        facts = build(ReportKind.JSNA, cycles.fresh(cycle), edition=1, made_on=DAY)
        chapters = jsna.context(facts, lambda _: None)["chapters"]
        (part,) = next(each["parts"] for each in chapters if each["key"] == "experience")
        return render_to_string(part["template"], {"part": part["data"]})

    assert "taken back by" not in printed()
    experience.take_back(told[0], by=teller)
    assert "was published, one quotation was taken back by people who" in printed()
    nothing = dict.fromkeys(experience.CONSENTS, False)
    experience.allow(told[1], **nothing, by=teller)
    assert "was published, two quotations were taken back by people who" in printed()
    assert "doc-quotation" not in printed()


def test_a_needs_assessment_that_is_not_there_is_refused_with_what_to_do() -> None:
    with pytest.raises(MissingAssessment, match="Link one on the cycle's page"):
        build(ReportKind.JSNA, cycles.cycle(), edition=1, made_on=DAY)


def test_what_a_pillar_said_before_the_options_were_opened_again_is_not_printed() -> None:
    decision = deciding.with_sentences(deciding.weighing())

    def sentences() -> set[str]:
        asked = strategy(decision.cycle)["decisions"]
        return {each["text"] for option in asked[0]["options"] for each in option["sentences"]}

    assert "" not in sentences()
    of_values.reopened(decision)
    assert sentences() == {""}


def test_only_who_signed_the_version_that_was_agreed_stands_under_it() -> None:
    """Somebody's name under words that they did not sign would be a signature nobody gave."""
    decision = deciding.ready()
    option = deciding.options_of(decision)[0]
    first, second = deciding.members(decision, Perspective.EVIDENCE_REVIEWER)
    before = deciding.appraised(option)
    appraisals.sign(before, version=before.version, by=second)
    now = appraisals.write(
        option,
        rating=3,
        certainty=Certainty.LOW,
        summary="A fourth trial found none.",
        expected=before.version,
        by=first,
    )
    appraisals.sign(now, version=now.version, by=first)
    appraisals.agree(now, version=now.version, by=first)
    (told, *_) = [option_facts(each) for each in options_with_what_is_known(decision)]
    assert told["appraisal"]["signed_by"] == [first.display_name]
