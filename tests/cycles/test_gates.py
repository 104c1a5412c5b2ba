"""Each line of each gate, met and not met, from facts alone; then the facts from real rows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cycles import gates
from cycles.enums import ActionStatus, RecordType, Stage, StrategyElement, ValueSource
from cycles.models import Cycle, OutcomeMeasure
from cycles.presenters import stages
from cycles.queries.decisions import unanswered_contributions
from cycles.queries.facts import Facts, facts_by_cycle, facts_of
from cycles.services import actions, comments, options, records, stock_take, strategy, values
from cycles.services import decisions as decision_services
from evidence.models import NeedsAssessment
from evidence.services import needs
from evidence.services import services as of_services
from stakeholders.enums import PanelStatus, Perspective
from stakeholders.models import Panel, Seat
from stakeholders.services import seats
from tests.factories import cycles as factory
from tests.factories import decisions as deciding
from tests.factories import equality, services
from tests.factories import stakeholders as people
from tests.factories import values as of_values

READY = Facts(
    panel_status=PanelStatus.SITTING,
    has_enough_service_users=True,
    has_needs_assessment=True,
    has_needs_statement=True,
    is_needs_published=True,
    groups_not_stated=0,
    is_map_ready=True,
    services_described=1,
    says_why_no_service=False,
    pillars_agreed_to_values=3,
    pillars_said_how_they_see_it=3,
    service_users_or_carers_took_part=True,
    decisions_recorded=1,
    decisions_unsettled=0,
    contributions_unanswered=0,
    contributions_unanswered_on_recorded=0,
    contributions_to_answer_now=0,
    elements_written=7,
    says_what_will_not_be_commissioned=True,
    decisions_without_equality=0,
    decisions_without_action=0,
    actions=1,
    actions_without_owner_or_date=0,
    actions_unfinished=0,
    outcomes=1,
    outcomes_without_baseline=0,
    outcomes_without_result=0,
    findings=1,
    understandings_unanswered=0,
)

# Gate, what is not so, the one line that is then not met, whether it can be passed.
LINES = [
    ("analyse", {"panel_status": ""}, "panel_sitting", False),
    ("analyse", {"panel_status": PanelStatus.FORMING}, "panel_sitting", False),
    ("analyse", {"panel_status": PanelStatus.PAUSED}, "panel_sitting", False),
    ("analyse", {"panel_status": PanelStatus.CLOSED}, "panel_sitting", False),
    ("analyse", {"has_enough_service_users": False}, "panel_sitting", False),
    ("analyse", {"has_needs_statement": False}, "needs_statement", True),
    ("analyse", {"is_needs_published": False}, "needs_published", True),
    ("analyse", {"groups_not_stated": 1}, "needs_groups", True),
    ("analyse", {"pillars_agreed_to_values": 2}, "values_agreed", True),
    ("analyse", {"pillars_said_how_they_see_it": 1}, "problem_understood", True),
    ("analyse", {"is_map_ready": False}, "map_ready", True),
    ("analyse", {"service_users_or_carers_took_part": False}, "took_part", False),
    ("analyse", {"services_described": 0}, "stock_taken", True),
    ("plan", {"decisions_recorded": 0}, "decision_recorded", False),
    ("plan", {"decisions_without_equality": 1}, "equality_published", False),
    ("plan", {"service_users_or_carers_took_part": False}, "took_part", False),
    ("do", {"service_users_or_carers_took_part": False}, "took_part", False),
    ("review", {"service_users_or_carers_took_part": False}, "took_part", False),
    ("plan", {"decisions_unsettled": 1}, "ratings_settled", False),
    ("plan", {"contributions_unanswered_on_recorded": 1}, "contributions_answered", False),
    ("plan", {"elements_written": 6}, "strategy_written", True),
    ("plan", {"says_what_will_not_be_commissioned": False}, "will_not_commission", True),
    ("do", {"decisions_without_action": 1}, "decisions_have_actions", True),
    ("do", {"actions_without_owner_or_date": 1}, "actions_complete", True),
    ("do", {"outcomes": 0}, "outcomes_have_baseline", True),
    ("do", {"outcomes_without_baseline": 1}, "outcomes_have_baseline", True),
    ("review", {"outcomes_without_result": 1}, "outcomes_have_results", True),
    ("review", {"actions_unfinished": 1}, "actions_settled", True),
    ("review", {"findings": 0}, "finding_written", True),
    ("review", {"contributions_unanswered": 1}, "contributions_answered", False),
    ("review", {"understandings_unanswered": 2}, "understanding_answered", False),
]


def unsaved(stage: str) -> Cycle:
    return Cycle(
        slug="help",
        stage=stage,
        gate_version=3,
        panel=Panel(pk=1, public_id="panel2345678"),
        needs_assessment=NeedsAssessment(pk=1, public_id="needs2345678"),
    )


@pytest.mark.parametrize("stage", ["analyse", "plan", "do", "review"])
def test_nothing_is_missing_when_all_is_there(stage):
    cycle = unsaved(stage)
    assert gates.unmet(cycle, READY) == []
    assert gates.checks(cycle, READY) != []


@pytest.mark.row("A3-64")
@pytest.mark.parametrize(("stage", "facts", "key", "can_be_passed"), LINES)
def test_one_line_is_not_met(stage, facts, key, can_be_passed):
    missing = gates.unmet(unsaved(stage), replace(READY, **facts))
    assert [(check.key, check.can_be_passed) for check in missing] == [(key, can_be_passed)]
    assert missing[0].missing.endswith(".")
    assert missing[0].url.startswith("/")
    assert missing[0].waiting_for


def test_without_a_needs_assessment_nothing_of_it_is_met():
    facts = replace(
        READY,
        has_needs_assessment=False,
        has_needs_statement=False,
        is_needs_published=False,
        groups_not_stated=10,
    )
    keys = [check.key for check in gates.unmet(unsaved("analyse"), facts)]
    assert keys == ["needs_linked", "needs_statement", "needs_groups", "needs_published"]


def test_a_closed_cycle_needs_nothing():
    assert gates.checks(unsaved("closed"), READY) == []


def test_every_line_has_been_tried():
    tried = {(stage, key) for stage, _facts, key, _pass in LINES} | {("analyse", "needs_linked")}
    built = {
        (stage, check.key)
        for stage in ("analyse", "plan", "do", "review")
        for check in gates.checks(unsaved(stage), READY)
    }
    assert tried == built


@pytest.mark.parametrize(
    ("count", "words"), [(0, "No parts"), (1, "One part"), (2, "Two parts"), (12, "12 parts")]
)
def test_counted(count, words):
    assert gates.counted(count, "part", "parts") == words


# --- Facts from rows ----------------------------------------------------------------------------


def keys(cycle):
    return [check.key for check in gates.unmet(factory.fresh(cycle))]


@pytest.mark.django_db
@pytest.mark.row("A1-15")
def test_facts_of_the_first_stage():
    cycle = factory.cycle()
    assert keys(cycle)[:2] == ["panel_sitting", "needs_linked"]
    cycle = factory.analysed()
    assert keys(cycle) == []

    needs.reopen(cycle.needs_assessment, by=cycle.lead)
    assert keys(cycle) == ["needs_published"]
    cycle.needs_assessment.coverage.all()[0].delete()
    assert keys(cycle) == ["needs_groups", "needs_published"]

    for person in people.members(cycle.panel, Perspective.SERVICE_USER)[:2]:
        seats.go_away(Seat.objects.get(user=person, panel=cycle.panel), by=person)
    assert facts_of(cycle).panel_status == PanelStatus.PAUSED
    assert keys(cycle)[0] == "panel_sitting"


@pytest.mark.django_db
def test_a_panel_that_says_it_sits_but_lacks_service_users_is_not_sitting():
    cycle = factory.analysed()
    # Past every door and trigger: the count is taken anew, whatever the status says.
    with_status = replace(facts_of(cycle), has_enough_service_users=False)
    assert with_status.panel_status == PanelStatus.SITTING
    assert [check.key for check in gates.unmet(cycle, with_status)] == ["panel_sitting"]


@pytest.mark.django_db
def test_facts_of_the_second_stage():
    cycle = factory.planning()
    assert keys(cycle) == [
        "decision_recorded",
        "strategy_written",
        "will_not_commission",
        "took_part",
    ]
    decision = factory.recorded_decision(cycle)
    for element in StrategyElement.values:
        factory.write(cycle, element)
    assert keys(cycle) == []

    text = cycle.strategy_texts.get(element=StrategyElement.CHANGES)
    strategy.save_text(
        cycle, text.element, text="Only what we do.", expected=text.version, by=cycle.lead
    )
    assert keys(cycle) == ["will_not_commission"]

    waiting = decision_services.propose(
        cycle, title="Another", question="Which?", why="Because.", by=cycle.lead
    )
    option = options.propose(waiting, title="One", plain_summary="One.", by=cycle.lead)
    assert facts_of(cycle).contributions_unanswered == 1
    assert unanswered_contributions(cycle) == 1
    assert keys(cycle) == ["will_not_commission"]
    options.withdraw(option, by=cycle.lead)
    assert facts_of(cycle).contributions_unanswered == unanswered_contributions(cycle) == 0
    assert decision.status == "recorded"

    # What was published stays; what was changed since has to be published again.
    equality.save(decision, summary="Somebody may be worse off.")
    assert keys(cycle) == ["will_not_commission", "equality_published"]


@pytest.mark.django_db
def test_comments_that_wait_for_an_answer_are_counted_as_decisions_count_them():
    cycle = factory.planning()
    decision = decision_services.propose(
        cycle, title="Another", question="Which?", why="Because.", by=cycle.lead
    )
    member = people.members(cycle.panel, Perspective.CARER)[0]
    comment = comments.add(decision, text="What about nights?", by=member)
    assert facts_of(cycle).contributions_unanswered == unanswered_contributions(cycle) == 1
    assert facts_of(cycle).contributions_unanswered_on_recorded == 0
    comments.answer(comment, status="acted_on", text="Nights are in.", by=cycle.lead)
    assert facts_of(cycle).contributions_unanswered == unanswered_contributions(cycle) == 0


@pytest.mark.django_db
def test_what_is_asked_of_every_decision_is_not_done_while_none_is_recorded():
    cycle = factory.planning()
    checks = gates.checks(cycle, facts_of(cycle))
    state = {
        each["title"]: (each["status"], each["hint"], each["waiting_for"])
        for each in stages.tasks(checks, runs=True, is_member=False, knows_roles=True)
    }
    nothing_yet = ("waiting", "No decision is recorded yet.", "the panel")
    answered = "Everyone who said something about a decision that is recorded has an answer"
    assert state[answered] == nothing_yet
    assert state["What each decision does to groups of people is published"] == nothing_yet


@pytest.mark.django_db
def test_a_decision_that_was_rated_is_not_left_behind_by_opening_its_options_again():
    """What a panel has rated is recorded, or put off with a reason; it does not just go away."""
    decision = deciding.weighing()
    assert facts_of(decision.cycle).decisions_unsettled == 1
    of_values.reopened(decision)
    assert facts_of(decision.cycle).decisions_unsettled == 1
    deciding.decision(decision.cycle)
    assert facts_of(decision.cycle).decisions_unsettled == 1
    records.record(
        decision,
        record_type=RecordType.DEFERRED,
        chosen=None,
        reasons="We ask the villages first.",
        by=decision.cycle.lead,
    )
    assert facts_of(decision.cycle).decisions_unsettled == 0


@pytest.mark.django_db
def test_facts_of_the_third_stage():
    cycle = factory.doing()
    assert keys(cycle) == ["decisions_have_actions", "outcomes_have_baseline", "took_part"]
    loose = factory.action(
        cycle, decision=cycle.decisions.get(), due_on=None, owner=factory.service_user(cycle)
    )
    assert keys(cycle) == ["decisions_have_actions", "actions_complete", "outcomes_have_baseline"]
    actions.edit(
        loose,
        title=loose.title,
        decision=loose.decision,
        owner=loose.owner,
        due_on=date(2027, 1, 31),
        expected=loose.version,
        by=cycle.lead,
    )
    assert keys(cycle) == ["outcomes_have_baseline"]
    factory.outcome(cycle, baseline=None, baseline_on=None)
    assert keys(cycle) == ["outcomes_have_baseline"]
    OutcomeMeasure.objects.update(baseline=Decimal(1), baseline_on=date(2026, 1, 1))
    assert keys(cycle) == []


@pytest.mark.django_db
def test_facts_of_the_fourth_stage():
    cycle = factory.reviewing()
    assert keys(cycle) == [
        "outcomes_have_results",
        "actions_settled",
        "finding_written",
        "took_part",
    ]
    action = cycle.actions.get()
    actions.say_where_it_stands(
        action, status=ActionStatus.STOPPED, note="The money went.", expected=1, by=cycle.lead
    )
    factory.measured(cycle.outcome_measures.get(), by=cycle.lead)
    factory.finding(cycle)
    assert keys(cycle) == ["took_part"]
    factory.finding(cycle, by=factory.service_user(cycle))
    assert keys(cycle) == []


@pytest.mark.django_db
def test_facts_do_not_leak_from_one_cycle_to_another():
    full = factory.reviewed()
    empty = factory.cycle()
    facts = facts_by_cycle([full, empty])
    assert gates.unmet(full, facts[full.pk]) == []
    assert (facts[empty.pk].decisions_recorded, facts[empty.pk].actions) == (0, 0)
    assert (facts[empty.pk].outcomes, facts[empty.pk].findings) == (0, 0)
    assert (facts[empty.pk].elements_written, facts[empty.pk].panel_status) == (0, "")


@pytest.mark.django_db
def test_facts_take_one_query_however_many_cycles(django_assert_num_queries):
    cycles = [factory.cycle() for _ in range(3)]
    with django_assert_num_queries(1):
        facts_by_cycle(cycles[:1])
    with django_assert_num_queries(1):
        assert len(facts_by_cycle(cycles)) == 3


def test_a_cycle_of_the_first_gates_is_not_asked_for_more_than_they_did() -> None:
    cycle = unsaved("analyse")
    cycle.gate_version = 1
    facts = replace(READY, pillars_agreed_to_values=0, service_users_or_carers_took_part=False)
    assert gates.unmet(cycle, facts) == []


def test_a_cycle_of_the_second_gates_is_asked_for_no_stock_take() -> None:
    facts = replace(READY, services_described=0)
    for version, missing in ((1, []), (2, []), (3, ["stock_taken"])):
        cycle = unsaved("analyse")
        cycle.gate_version = version
        assert [check.key for check in gates.unmet(cycle, facts)] == missing
    why = replace(facts, says_why_no_service=True)
    assert gates.unmet(unsaved("analyse"), why) == []


@pytest.mark.django_db
@pytest.mark.row("A3-71")
def test_stock_is_taken_by_a_service_of_the_area_or_by_saying_why_there_is_none() -> None:
    cycle = factory.analysed()
    by, org = cycle.lead, cycle.organisation
    cycle.organisation.services.all().update(status="planned")
    assert keys(cycle) == ["stock_taken"]
    services.service(org, by, area=factory.area())
    services.service(people.organisation(), by, area=cycle.area)
    gone = services.service(org, by, area=cycle.area)
    of_services.withdraw(gone, by=by)
    assert keys(cycle) == ["stock_taken"]
    services.service(org, by, area=None)
    assert keys(cycle) == []
    org.services.all().update(status="closed")
    stock_take.say_why_none(cycle, why="  ", expected=cycle.version, by=by)
    assert keys(cycle) == ["stock_taken"]
    fresh = factory.fresh(cycle)
    stock_take.say_why_none(fresh, why="Nothing was bought yet.", expected=fresh.version, by=by)
    assert keys(cycle) == []


@pytest.mark.django_db
@pytest.mark.thorough
def test_a_list_of_gates_asks_nothing_more_for_each_cycle(django_assert_num_queries) -> None:
    made = [factory.analysed() for _ in range(3)]
    found = list(Cycle.objects.select_related("panel", "needs_assessment"))
    assert len(found) == 3
    with django_assert_num_queries(1):
        facts = facts_by_cycle(found)
        assert [gates.unmet(each, facts[each.pk]) for each in found] == [[], [], []]
    assert {each.pk for each in made} == {each.pk for each in found}


def test_a_stage_that_is_over_had_its_own_people() -> None:
    cycle = unsaved("plan")
    facts = replace(READY, service_users_or_carers_took_part=False)
    over = {check.key: check.is_met for check in gates.checks(cycle, facts, stage="analyse")}
    ahead = {check.key: check.is_met for check in gates.checks(cycle, facts, stage="do")}
    assert over["took_part"]
    assert not ahead["took_part"]


@pytest.mark.django_db
def test_a_cycle_keeps_the_gates_it_started_with(monkeypatch):
    cycle = factory.cycle()
    asked = []
    monkeypatch.setitem(
        gates.GATES, 4, {"analyse_to_plan": lambda *given: asked.append(given) or []}
    )
    assert gates.unmet(cycle) != []
    cycle.gate_version = 4
    assert gates.unmet(cycle) == []
    assert len(asked) == 1
    assert cycle.stage == Stage.ANALYSE


@pytest.mark.django_db
@pytest.mark.row("A0-5")
def test_what_the_pillars_agreed_to_is_the_list_as_it_was_put_to_them() -> None:
    cycle = factory.analysed()
    assert keys(cycle) == []
    added = of_values.value(cycle, "Nobody asks twice.")
    assert keys(cycle) == ["values_agreed"]
    (missing,) = gates.unmet(factory.fresh(cycle))
    assert missing.missing == "No pillar has agreed to the shared values as they stand now."
    # Taken off again, it is the list that they agreed to.
    values.withdraw(added, by=cycle.lead)
    assert keys(cycle) == []
    values.bring_back(added, by=cycle.lead)
    assert keys(cycle) == ["values_agreed"]
    first = cycle.shared_values.order_by("pk").first()
    assert first is not None
    values.edit(first, expected=first.version, text="Help is near.", in_practice="", by=cycle.lead)
    assert keys(cycle) == ["values_agreed"]
    of_values.agreed(factory.fresh(cycle))
    assert keys(cycle) == []
    of_values.preset(factory.fresh(cycle), ValueSource.NIMHE, "respect")
    assert keys(cycle) == ["values_agreed"]
