"""Starting and editing a cycle, its strategy, actions, outcomes and findings."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cycles.enums import ActionStatus, Stage, StrategyElement
from cycles.gates import blockers
from cycles.models import Action, Cycle, Finding, OutcomeMeasure, StrategyText
from cycles.queries import outcomes as outcome_queries
from cycles.queries import strategy as strategy_queries
from cycles.queries.having_a_part import PARTS, keeps_its_panel
from cycles.services import (
    actions,
    comments,
    interests,
    lenses,
    options,
    outcomes,
    review,
    stages,
    strategy,
    values,
)
from cycles.services import cycles as services
from evidence.models import Reference
from evidence.services import framework_notes
from stakeholders.enums import PanelStatus, Perspective, Pillar
from stakeholders.models import Panel, Seat, User
from stakeholders.services import seats
from tests.factories import cycles as factory
from tests.factories import decisions
from tests.factories import stakeholders as people
from tests.factories import values as shared
from tests.support import run_jobs
from vbc.core.models import AuditEntry, Notification
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db


def verbs(thing) -> list[str]:
    entries = AuditEntry.objects.filter(object_id=str(getattr(thing, "public_id", thing.pk)))
    return list(entries.order_by("sequence").values_list("verb", flat=True))


# --- The cycle ------------------------------------------------------------------------------------


def test_a_cycle_starts_in_its_first_stage_and_its_lead_may_run_it():
    org = people.organisation()
    cycle = factory.cycle(org, title="Crisis help in Trafford")
    assert (cycle.slug, cycle.stage, cycle.gate_version) == (
        "crisis-help-in-trafford",
        Stage.ANALYSE,
        3,
    )
    assert cycle.cycleusergrant_set.get().user == cycle.lead
    assert verbs(cycle) == ["cycle.started"]


@pytest.mark.parametrize(
    ("title", "slugs"),
    [
        ("Crisis help", ["crisis-help", "crisis-help-2", "crisis-help-3"]),
        ("Start", ["start-cycle", "start-cycle-2", "start-cycle-3"]),
        ("日本", ["cycle", "cycle-2", "cycle-3"]),
        ("x" * 120, ["x" * 70, "x" * 70 + "-2", "x" * 70 + "-3"]),
    ],
)
def test_every_title_gets_an_address_of_its_own(title, slugs):
    assert [factory.cycle(title=title).slug for _ in range(3)] == slugs


def test_an_address_taken_a_moment_ago_is_tried_again(monkeypatch):
    factory.cycle(title="Crisis help")
    found = iter(["crisis-help", "crisis-help-2"])
    monkeypatch.setattr(services.queries, "free_slug", lambda _base: next(found))
    assert factory.cycle(title="Crisis help").slug == "crisis-help-2"


def test_a_lead_who_is_somebody_else_is_told(mailoutbox):
    org = people.organisation()
    lead = people.admin_of(org)
    factory.cycle(org, lead=lead, title="Living with voices")
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[lead.email]]
    assert "voices" not in mailoutbox[0].subject


def test_nothing_of_another_organisation_can_be_linked():
    mine, theirs = people.organisation(), people.organisation()
    cycle = factory.cycle(mine)
    panel = people.sitting_panel(theirs)
    needs = factory.needs_assessment(theirs, factory.area(), people.commissioner(theirs))
    stranger = people.commissioner(theirs)
    with pytest.raises(services.NotOfThisOrganisation):
        services.link_panel(cycle, panel, by=cycle.lead)
    with pytest.raises(services.NotOfThisOrganisation):
        services.link_needs_assessment(cycle, needs, by=cycle.lead)
    with pytest.raises(services.NotOfThisOrganisation):
        factory.cycle(mine, panel=panel)
    with pytest.raises(services.NotOfThisOrganisation):
        factory.cycle(mine, lead=stranger)
    cycle = factory.fresh(cycle)
    assert (cycle.panel, cycle.needs_assessment) == (None, None)
    assert verbs(cycle) == ["cycle.started"]


def test_a_closed_panel_cannot_be_linked():
    cycle = factory.cycle()
    panel = people.sitting_panel(cycle.organisation, by=cycle.lead)
    Panel.objects.filter(pk=panel.pk).update(
        status=PanelStatus.CLOSED, closed_at=cycle.created_at, closed_by=cycle.lead
    )
    panel.refresh_from_db()
    with pytest.raises(Refused, match="closed"):
        services.link_panel(cycle, panel, by=cycle.lead)


def other_panel(cycle):
    return people.sitting_panel(cycle.organisation, by=cycle.lead)


def test_a_panel_is_exchanged_until_anybody_of_it_has_had_a_part():
    cycle = factory.with_panel()
    # What those who run the cycle prepare was not said by the panel.
    decision = decisions.with_options(decisions.decision(cycle))
    shared.value(cycle)
    comments.add(decision, text="From the office.", by=cycle.lead)
    second = other_panel(cycle)
    services.link_panel(cycle, second, by=cycle.lead)
    services.link_panel(cycle, second, by=cycle.lead)
    assert verbs(cycle).count("cycle.panel_linked") == 2
    cycle = factory.fresh(cycle)
    shared.said(cycle)
    with pytest.raises(services.PanelStays, match="can start a new cycle"):
        services.link_panel(cycle, other_panel(cycle), by=cycle.lead)
    assert factory.fresh(cycle).panel == second
    assert verbs(cycle).count("cycle.panel_linked") == 2


def _proposes(decision, person):
    options.propose(decision, title="A café", plain_summary="A place at night.", by=person)


def _agrees(decision, person):
    edition = shared.edition(decision.cycle)
    values.agree(edition, pillar=Pillar.SERVICE_USERS_AND_CARERS, by=person)


def _notes(decision, person):
    by = decision.cycle.lead
    sheet = lenses.choose(decision.cycle, "stock-take", why="To see.", by=by).sheet
    framework_notes.add(sheet, item="services", text="Not at night.", by=person)


def _takes_back(decision, person):
    comments.withdraw(comments.add(decision, text="No.", by=person), by=person)


def _leaves(decision, person):
    comments.add(decision, text="And goodbye.", by=person)
    seats.leave(decision.cycle.panel.seats.get(user=person), by=person)


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(lambda d, p: shared.said(d.cycle, by=p), id="the problem"),
        pytest.param(lambda d, p: shared.value(d.cycle, by=p), id="a value"),
        pytest.param(lambda d, p: shared.linked(d, by=p), id="a value on a decision"),
        pytest.param(lambda d, p: comments.add(d, text="Yes.", by=p), id="a comment"),
        pytest.param(
            lambda d, p: interests.declare(decisions.options_of(d)[0], words="Mine.", by=p),
            id="an interest",
        ),
        pytest.param(lambda d, _: decisions.opened(d), id="a round without a rating"),
        pytest.param(lambda d, p: factory.action(d.cycle, owner=p), id="an action"),
        pytest.param(_proposes, id="an option"),
        pytest.param(_agrees, id="agreeing"),
        pytest.param(_notes, id="a note"),
        pytest.param(_takes_back, id="taken back"),
        pytest.param(_leaves, id="left since"),
    ],
)
def test_whatever_somebody_of_the_panel_says_binds_it_to_the_cycle(part):
    decision = decisions.ready()
    cycle = decision.cycle
    assert not keeps_its_panel(cycle)
    part(decision, people.members(cycle.panel, Perspective.SERVICE_USER)[0])
    with pytest.raises(services.PanelStays):
        services.link_panel(cycle, other_panel(cycle), by=cycle.lead)
    assert factory.fresh(cycle).panel == cycle.panel


# Running the cycle, being named in it, and what one does for the whole panel in every cycle.
RUNNING = {
    "BoardAnswer",
    "Call",
    "CallAnswer",
    "CallReader",
    "Cycle",
    "CycleUserGrant",
    "DecisionFromNeed",
    "DecisionFromService",
    "DutyEntry",
    "EqualityAssessment",
    "EqualityEdition",
    "ModerationStep",
    "RatingHelper",
    "Redaction",
    "Risk",
    "StageChange",
    "UnderstandingRedaction",
    "UrgentDecision",
    "ValuesEdition",
}
# A cycle with a round keeps its panel by that alone.
AFTER_A_ROUND = {
    "DecisionRecord",
    "MinorityStatement",
    "OptionsReopening",
    "PillarSentence",
    "PillarView",
    "Rating",
    "RecordCorrection",
    "RecordSignature",
    "Round",
    "StatementRedaction",
    "StatementWithdrawal",
}


def test_wherever_a_person_stands_in_a_cycle_it_is_known_whether_that_is_a_part():
    """A new table has to say which of the three it is."""
    with_a_person = {
        kind.__name__
        for kind in apps.get_app_config("cycles").get_models()
        if any(field.related_model in (User, Seat) for field in kind._meta.fields)
    }
    parts = {kind.__name__ for kind, _, _ in PARTS}
    assert with_a_person - parts == RUNNING | AFTER_A_ROUND
    assert not parts & (RUNNING | AFTER_A_ROUND)


def test_whether_a_panel_stays_is_asked_in_two_queries():
    cycle = decisions.ready().cycle
    with CaptureQueriesContext(connection) as captured:
        assert not keeps_its_panel(cycle)
    assert len(captured) == 2


def test_the_second_of_two_editors_is_told_and_nothing_is_lost():
    cycle = factory.cycle()
    same = {"summary": "S", "area": cycle.area, "lead": cycle.lead, "by": cycle.lead}
    services.edit(cycle, title="The first", expected=1, **same)
    with pytest.raises(EditedMeanwhile) as meanwhile:
        services.edit(cycle, title="The second", expected=1, **same)
    assert meanwhile.value.current.title == "The first"
    assert factory.fresh(cycle).slug == cycle.slug
    assert verbs(cycle) == ["cycle.started", "cycle.edited"]


def test_a_closed_cycle_is_changed_by_nothing():
    cycle = factory.closed()
    by, action = cycle.lead, cycle.actions.get()
    measure, finding = cycle.outcome_measures.get(), cycle.findings.get()
    before = AuditEntry.objects.count()
    for change in (
        lambda: services.edit(
            cycle,
            title="T",
            summary="S",
            area=cycle.area,
            lead=by,
            expected=cycle.version,
            by=by,
        ),
        lambda: services.link_panel(cycle, cycle.panel, by=by),
        lambda: services.link_needs_assessment(cycle, cycle.needs_assessment, by=by),
        lambda: strategy.save_text(cycle, "purpose", text="T", expected=1, by=by),
        lambda: actions.add(cycle, title="T", by=by),
        lambda: actions.say_where_it_stands(action, status="done", expected=2, by=by),
        lambda: outcomes.add(cycle, fields={"title": "T", "unit": "U"}, by=by),
        lambda: outcomes.add_result(measure, result=None, result_on=None, expected=2, by=by),
        lambda: review.add_finding(cycle, text="T", is_carried_forward=True, by=by),
        lambda: review.edit_finding(finding, text="T", is_carried_forward=True, expected=1, by=by),
    ):
        with pytest.raises(services.NotOpenNow, match="closed"):
            change()
    assert AuditEntry.objects.count() == before


def test_what_a_stage_does_not_open_is_refused_by_the_service_too():
    analysing, doing = factory.cycle(), factory.doing()
    with pytest.raises(services.NotOpenNow, match="second stage"):
        actions.add(analysing, title="T", by=analysing.lead)
    with pytest.raises(services.NotOpenNow, match="settled"):
        strategy.save_text(doing, "purpose", text="T", expected=1, by=doing.lead)
    with pytest.raises(services.NotOpenNow, match="third and fourth"):
        review.add_finding(analysing, text="T", is_carried_forward=True, by=analysing.lead)
    with pytest.raises(services.NotOpenNow, match="needs assessment"):
        services.link_needs_assessment(doing, doing.needs_assessment, by=doing.lead)


def broken(*_args, **_kwargs):
    raise OSError("the disk is full")


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Cycle, lambda c: factory.cycle(c.organisation, by=c.lead, area=c.area)),
        (Action, factory.action),
        (OutcomeMeasure, factory.outcome),
        (Finding, factory.finding),
    ],
)
def test_nothing_is_kept_if_the_audit_cannot_be_written(model, change, monkeypatch):
    cycle = factory.doing()
    before = model.objects.count(), Notification.objects.count()
    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(OSError, match="disk"):
        change(cycle)
    assert before == (model.objects.count(), Notification.objects.count())


# --- The strategy ---------------------------------------------------------------------------------


@pytest.mark.row("A3-66")
def test_the_strategy_has_exactly_the_seven_parts_in_order():
    cycle = factory.cycle()
    assert list(strategy_queries.texts(cycle)) == [
        "purpose",
        "guidance",
        "needs",
        "services",
        "research",
        "changes",
        "monitoring",
    ]


@pytest.mark.row("A3-66")
def test_completeness_in_words_counts_what_will_not_be_commissioned():
    cycle = factory.planning()

    def said() -> str:
        return strategy_queries.completeness(strategy_queries.texts(factory.fresh(cycle)))

    assert said() == "None of seven parts is written yet."
    factory.write(cycle, StrategyElement.PURPOSE)
    assert said() == "One of seven parts is written."
    for element in StrategyElement.values[1:5]:
        factory.write(cycle, element)
    assert said() == "Five of seven parts are written."
    strategy.save_text(cycle, StrategyElement.CHANGES, text="We do.", expected=0, by=cycle.lead)
    factory.write(cycle, StrategyElement.MONITORING)
    assert said().endswith("What will not be commissioned is still missing.")
    part = cycle.strategy_texts.get(element=StrategyElement.CHANGES)
    assert not strategy_queries.is_complete(part)
    strategy.save_text(
        cycle,
        part.element,
        text=part.text,
        will_not_commission="Beds far from home.",
        expected=part.version,
        by=cycle.lead,
    )
    assert said() == "All seven parts are written."


def test_what_will_not_be_commissioned_is_kept_in_the_sixth_part_alone():
    cycle = factory.planning()
    factory.write(cycle, StrategyElement.PURPOSE)
    factory.write(cycle, StrategyElement.CHANGES)
    kept = dict(cycle.strategy_texts.values_list("element", "will_not_commission"))
    assert kept == {"purpose": "", "changes": "Beds far from home."}


def test_only_spaces_are_no_text():
    cycle = factory.planning()
    strategy.save_text(cycle, "purpose", text=" \n ", expected=0, by=cycle.lead)
    assert strategy_queries.texts(cycle)["purpose"].text == ""


def test_two_writers_of_one_part():
    cycle = factory.planning()
    factory.write(cycle, "purpose", "The first.")
    for expected in (0, 7):
        with pytest.raises(EditedMeanwhile) as meanwhile:
            strategy.save_text(
                cycle, "purpose", text="The second.", expected=expected, by=cycle.lead
            )
        assert meanwhile.value.current.text == "The first."
    with pytest.raises(EditedMeanwhile):
        strategy.save_text(cycle, "needs", text="Mine.", expected=3, by=cycle.lead)
    assert StrategyText.objects.filter(cycle=cycle).count() == 1
    part = strategy.save_text(cycle, "purpose", text="Both.", expected=1, by=cycle.lead)
    assert (part.text, part.version) == ("Both.", 2)


@pytest.mark.row("A3-66")
def test_each_part_begins_with_what_the_cycle_knows():
    cycle = factory.planned()
    option = cycle.decisions.get().options.first()
    for kind, title in (("guidance", "Crisis guidance"), ("trial", "A trial of cafés")):
        reference = Reference.objects.create(
            organisation=cycle.organisation,
            kind=kind,
            title=title,
            plain_summary="It helped.",
            year=2024,
            created_by=cycle.lead,
        )
        option.evidence.create(
            reference=reference, direction="supports", note="Here too.", added_by=cycle.lead
        )
    stranger = factory.planned()
    factory.outcome(cycle, title="Same-day help")
    factory.action(cycle, title="Open the café")
    points = strategy_queries.starting_points(factory.fresh(cycle))
    sources = {element: [p.source for p in known.points] for element, known in points.items()}
    assert list(sources) == StrategyElement.values
    decision = cycle.decisions.get()
    assert sources["purpose"] == ["What this cycle is about"]
    assert sources["guidance"] == ["Crisis guidance"]
    assert sources["research"] == ["A trial of cafés", "Needs assessment: what works"]
    assert sources["needs"] == [
        "The needs in one paragraph",
        "The numbers in brief",
        "Needs assessment: what people need now",
        "Needs assessment: how need is likely to change",
        "Needs assessment: what matters most",
    ]
    assert sources["services"] == [
        "Needs assessment: what services there are",
        "Needs assessment: what is missing",
        "Needs assessment: what people say",
        "Needs assessment: what clinicians see",
    ]
    assert sources["changes"] == [f"We decided: {decision.title}"]
    assert sources["monitoring"] == ["What we measure", "What will be done"]
    assert "A crisis café" in points["changes"].as_text()
    assert "More beds" in points["changes"].will_not_as_text()
    assert "More beds" not in points["changes"].as_text()
    assert not any(known.will_not for key, known in points.items() if key != "changes")
    assert stranger.decisions.get().title not in points["changes"].as_text()


@pytest.mark.thorough
def test_starting_points_take_the_same_queries_for_one_decision_and_for_three():
    one, three = factory.planned(), factory.planned()
    three = factory.moved(three, Stage.ANALYSE, reason="To test.")
    # Values were added since the pillars agreed to the list.
    shared.agreed(three)
    three = factory.moved(three, Stage.PLAN)
    for _ in range(2):
        factory.recorded_decision(three)
        factory.action(three)
    counts = []
    for cycle in (one, three):
        found = Cycle.objects.select_related("needs_assessment").get(pk=cycle.pk)
        with CaptureQueriesContext(connection) as captured:
            strategy_queries.starting_points(found)
        counts.append(len(captured))
    assert counts[0] == counts[1]


# --- Actions --------------------------------------------------------------------------------------


@pytest.mark.row("A3-49")
def test_anyone_on_the_panel_can_own_an_action_and_is_told(mailoutbox):
    cycle = factory.doing()
    owner = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    action = factory.action(cycle, owner=owner, title="Ask people about nights")
    run_jobs()
    mails = [mail for mail in mailoutbox if mail.subject.startswith("There is an action for you")]
    assert [mail.to for mail in mails] == [[owner.email]]
    assert "Ask people about nights" in mails[0].body
    assert verbs(action) == ["action.added"]


def test_nobody_from_elsewhere_owns_an_action():
    cycle = factory.doing()
    stranger = people.commissioner(people.organisation())
    with pytest.raises(services.NotOfThisOrganisation):
        factory.action(cycle, owner=stranger)
    action = factory.action(cycle)
    with pytest.raises(services.NotOfThisOrganisation):
        actions.edit(
            action,
            title="T",
            decision=None,
            owner=stranger,
            due_on=None,
            expected=1,
            by=cycle.lead,
        )
    assert factory.fresh(cycle).actions.get().owner == cycle.lead


def test_an_action_comes_from_a_recorded_decision_of_its_own_cycle():
    cycle, other = factory.doing(), factory.doing()
    with pytest.raises(services.NotOfThisOrganisation):
        factory.action(cycle, decision=other.decisions.get())
    assert cycle.actions.count() == 0


def test_an_owner_who_has_left_keeps_the_action_until_it_is_given_to_another():
    cycle = factory.doing()
    owner = people.members(cycle.panel, Perspective.CARER)[0]
    action = factory.action(cycle, owner=owner)
    seats.leave(cycle.panel.seats.get(user=owner), by=owner)
    changed = actions.edit(
        action,
        title="A new title",
        decision=None,
        owner=owner,
        due_on=action.due_on,
        expected=1,
        by=cycle.lead,
    )
    assert (changed.title, changed.owner) == ("A new title", owner)


def test_stopping_an_action_needs_the_reason():
    cycle = factory.doing()
    action = factory.action(cycle)
    with pytest.raises(actions.WhyStopped):
        actions.say_where_it_stands(
            action, status=ActionStatus.STOPPED, note="  ", expected=1, by=cycle.lead
        )
    assert Action.objects.get(pk=action.pk).status == ActionStatus.PLANNED
    actions.say_where_it_stands(
        action, status=ActionStatus.STOPPED, note="The money went.", expected=1, by=cycle.lead
    )
    assert verbs(action) == ["action.added", "action.status_changed"]
    with pytest.raises(EditedMeanwhile):
        actions.say_where_it_stands(action, status=ActionStatus.DONE, expected=1, by=cycle.lead)


# --- Outcomes and findings ------------------------------------------------------------------------

BETTER, SAME, WORSE = (
    "Better than where we started",
    "The same as where we started",
    "Worse than where we started",
)
MET, NOT_MET = ", and what we hoped for.", ", not yet what we hoped for."


@pytest.mark.parametrize(
    ("higher", "figures", "words", "reached"),
    [
        (True, (40, 80, 60), BETTER + NOT_MET, False),
        (True, (40, 80, 80), BETTER + MET, True),
        (True, (40, 80, 40), SAME + NOT_MET, False),
        (True, (40, 80, 30), WORSE + NOT_MET, False),
        (False, (40, 20, 30), BETTER + NOT_MET, False),
        (False, (40, 20, 20), BETTER + MET, True),
        (False, (40, 20, 50), WORSE + NOT_MET, False),
        (True, (40, 35, 38), WORSE + MET, True),
        (True, (40, 40, 40), SAME + MET, True),
        (True, (40, None, 60), BETTER + ".", False),
        (True, (None, 80, 60), "We do not know where we started" + NOT_MET, False),
        (True, (None, None, 60), "We do not know where we started.", False),
        (True, (40, 80, None), "Not measured again yet.", False),
        (True, (None, 80, None), "Not measured yet, and we do not know where we started.", False),
    ],
)
def test_an_outcome_in_words(higher, figures, words, reached):
    figures = [None if n is None else Decimal(n) for n in figures]
    measure = OutcomeMeasure(
        higher_is_better=higher, baseline=figures[0], hoped=figures[1], result=figures[2]
    )
    assert outcome_queries.in_words(measure) == words
    assert outcome_queries.has_reached(measure) is reached


@pytest.mark.parametrize(
    ("value", "text"),
    [("40.00", "40 days"), ("12.50", "12.5 days"), ("0.00", "0 days"), ("1200.00", "1,200 days")],
)
def test_a_figure_without_idle_noughts(value, text):
    assert outcome_queries.figure(Decimal(value), "days") == text
    assert outcome_queries.figure(None, "days") == ""


def test_a_figure_stands_with_its_day():
    cycle = factory.doing()
    with pytest.raises(outcomes.FigureNeedsItsDay):
        factory.outcome(cycle, baseline_on=None)
    measure = factory.outcome(cycle)
    with pytest.raises(outcomes.FigureNeedsItsDay):
        outcomes.add_result(measure, result=Decimal(1), result_on=None, expected=1, by=cycle.lead)
    with pytest.raises(outcomes.FigureNeedsItsDay):
        outcomes.edit(
            measure,
            fields={"baseline": None, "baseline_on": date(2026, 1, 1)},
            expected=1,
            by=cycle.lead,
        )
    assert OutcomeMeasure.objects.get().version == 1


def test_nothing_is_measured_on_a_day_to_come():
    cycle = factory.doing()
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(outcomes.DayToCome):
        factory.outcome(cycle, baseline_on=tomorrow)
    measure = factory.outcome(cycle, baseline_on=timezone.localdate())
    with pytest.raises(outcomes.DayToCome):
        outcomes.add_result(
            measure, result=Decimal(1), result_on=tomorrow, expected=1, by=cycle.lead
        )
    assert OutcomeMeasure.objects.get().result is None


def test_where_we_started_stands_still_during_the_review():
    cycle = factory.reviewing()
    measure = cycle.outcome_measures.get()
    with pytest.raises(services.NotOpenNow, match="stand as they are"):
        outcomes.edit(
            measure, fields={"hoped": Decimal(1)}, expected=measure.version, by=cycle.lead
        )
    factory.measured(measure, by=cycle.lead)
    assert verbs(measure) == ["outcome.added", "outcome.measured"]


def test_findings_are_edited_one_after_the_other():
    cycle = factory.reviewing()
    finding = factory.finding(cycle)
    review.edit_finding(finding, text="A", is_carried_forward=False, expected=1, by=cycle.lead)
    with pytest.raises(EditedMeanwhile):
        review.edit_finding(finding, text="B", is_carried_forward=False, expected=1, by=cycle.lead)
    assert Finding.objects.get().text == "A"
    assert stages.carried_forward(cycle)[0][0] != "finding"


# --- The command ----------------------------------------------------------------------------------


def test_list_cycles_prints_one_line_a_cycle(capsys):
    one = factory.cycle(title="B first")
    two = factory.planning(title="A\tsecond")
    call_command("list_cycles")
    assert capsys.readouterr().out.splitlines() == [
        f"{two.slug}\tplan\tA second",
        f"{one.slug}\tanalyse\tB first",
    ]


def test_easy_words_are_kept_with_the_text_and_what_will_not_be_done_in_the_sixth_part_alone():
    cycle = factory.planning()
    for element in ("purpose", "changes"):
        strategy.save_text(
            cycle,
            element,
            text="Hard.",
            easy_text=" Easy. ",
            easy_will_not_commission="We will not.",
            expected=0,
            by=cycle.lead,
        )
    kept = cycle.strategy_texts.values_list("element", "easy_text", "easy_will_not_commission")
    assert set(kept) == {("purpose", "Easy.", ""), ("changes", "Easy.", "We will not.")}
    strategy.save_text(cycle, "changes", text="Changed.", expected=1, by=cycle.lead)
    part = cycle.strategy_texts.get(element="changes")
    assert (part.text, part.easy_text) == ("Changed.", "Easy.")
    assert part.easy_will_not_commission == "We will not."


def test_how_many_parts_have_easy_words_is_said_in_words_and_no_gate_asks_for_them():
    cycle = factory.planning()

    def said():
        return strategy_queries.easy_words(strategy_queries.texts(cycle))

    assert said() == "None of seven parts has easy words yet."
    for number, element in enumerate(StrategyElement.values, start=1):
        strategy.save_text(
            cycle, element, text="Hard.", easy_text="Easy.", expected=0, by=cycle.lead
        )
        if number == 1:
            assert said() == "One of seven parts has easy words."
    assert said() == "All seven parts have easy words."
    asked = blockers(cycle)
    cycle.strategy_texts.update(easy_text="")
    assert blockers(cycle) == asked
