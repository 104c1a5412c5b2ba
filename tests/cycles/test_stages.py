"""The one door through which a cycle changes its stage."""

import ast
import itertools
from pathlib import Path

import pytest
from django.conf import settings

from cycles.enums import ActionStatus, CarriedKind, Stage
from cycles.models import Cycle, CycleTopic, StageChange
from cycles.permissions.cycles import may_run_cycle
from cycles.services import actions, rounds, stages
from evidence.enums import Topic
from stakeholders.enums import Perspective
from stakeholders.services import seats
from tests.factories import cycles as factory
from tests.factories import decisions as decisions_made
from tests.factories import stakeholders as people
from tests.support import run_jobs
from vbc.core.models import AuditEntry, Notification
from vbc.core.services import audit

pytestmark = pytest.mark.django_db


def history(cycle):
    return list(cycle.stage_changes.values_list("source", "target", "reason", "still_missing"))


@pytest.mark.row("A3-56")
def test_a_cycle_goes_all_the_way_and_the_next_one_starts():
    cycle = factory.reviewed()
    lead = cycle.lead
    assert [(source, target) for source, target, *_ in history(cycle)] == [
        ("analyse", "plan"),
        ("plan", "do"),
        ("do", "review"),
    ]
    CycleTopic.objects.create(cycle=cycle, topic=Topic.CRISIS)
    stages.advance(cycle, Stage.CLOSED, by=lead)
    cycle = factory.fresh(cycle)
    assert (cycle.stage, cycle.closed_by) == (Stage.CLOSED, lead)
    assert cycle.closed_at == cycle.stage_changes.last().at

    following = cycle.next
    assert (following.stage, following.title) == (Stage.ANALYSE, f"{cycle.title}, cycle 2")
    for name in ("organisation", "area", "panel", "needs_assessment", "lead", "summary"):
        assert getattr(following, name) == getattr(cycle, name), name
    assert [each.topic for each in following.topics.all()] == [Topic.CRISIS]
    assert may_run_cycle(lead, following)
    assert not may_run_cycle(lead, cycle)


@pytest.mark.row("A3-75")
def test_closing_carries_forward_what_goes_on():
    cycle = factory.reviewed()
    factory.finding(cycle, text="Nights were missed.", is_carried_forward=True)
    factory.finding(cycle, text="The form was too long.", is_carried_forward=False)
    stopped = factory.action(cycle, title="Stopped for good")
    actions.say_where_it_stands(
        stopped, status=ActionStatus.STOPPED, note="Not needed.", expected=1, by=cycle.lead
    )
    factory.action(cycle, title="Train the night team")
    reached = cycle.outcome_measures.get()
    factory.measured(reached, "80", by=cycle.lead)
    stages.advance(cycle, Stage.CLOSED, by=cycle.lead, reason="The rest goes on.", pass_gate=True)
    items = {(item.kind, item.text) for item in factory.fresh(cycle).next.carried_items.all()}
    assert items == {
        (CarriedKind.FINDING, "People came because they were asked."),
        (CarriedKind.FINDING, "Nights were missed."),
        (CarriedKind.ACTION, "Train the night team"),
    }


def test_an_outcome_that_is_not_yet_what_was_hoped_is_watched_on():
    cycle = factory.reviewed()
    measure = cycle.outcome_measures.get()
    assert stages.carried_forward(cycle)[-1] == (
        CarriedKind.OUTCOME,
        f"{measure.title}: Better than where we started, not yet what we hoped for.",
    )


@pytest.mark.parametrize(
    ("title", "following"),
    [
        ("Crisis help", "Crisis help, cycle 2"),
        ("Crisis help, cycle 2", "Crisis help, cycle 3"),
        ("Crisis help, cycle 9", "Crisis help, cycle 10"),
        ("x" * 120, "x" * 111 + ", cycle 2"),
    ],
)
def test_next_title(title, following):
    assert stages.next_title(title) == following
    assert len(following) <= 120


STEPS = {("analyse", "plan"), ("plan", "do"), ("do", "review"), ("review", "closed")}
BACK = {("plan", "analyse"), ("do", "plan"), ("review", "do")}


@pytest.mark.parametrize("source", Stage.values)
def test_no_step_but_those_of_the_table(source):
    cycle = factory.IN_STAGE[source]()
    before = history(cycle)
    for target in Stage.values:
        if (source, target) in STEPS | BACK:
            continue
        with pytest.raises(stages.NoSuchStep):
            stages.advance(cycle, target, by=cycle.lead, reason="I want to.", pass_gate=True)
    assert factory.fresh(cycle).stage == source
    assert history(cycle) == before


@pytest.mark.parametrize(("source", "target"), sorted(BACK))
def test_going_back_needs_a_reason_and_loses_nothing(source, target):
    cycle = factory.IN_STAGE[source]()
    kept = (cycle.decisions.count(), cycle.strategy_texts.count(), cycle.actions.count())
    for reason in ("", "  \n"):
        with pytest.raises(stages.ReasonNeeded):
            stages.advance(cycle, target, by=cycle.lead, reason=reason)
    assert factory.fresh(cycle).stage == source
    cycle = factory.moved(cycle, target, reason="We learned something late.")
    assert cycle.stage == target
    assert history(cycle)[-1] == (source, target, "We learned something late.", [])
    assert kept == (cycle.decisions.count(), cycle.strategy_texts.count(), cycle.actions.count())


def test_a_second_click_takes_no_second_step():
    cycle = factory.analysed()
    stages.advance(cycle, Stage.PLAN, by=cycle.lead)
    with pytest.raises(stages.NoSuchStep):
        stages.advance(cycle, Stage.PLAN, by=cycle.lead)
    assert len(history(cycle)) == 1


def test_a_gate_lists_everything_that_is_missing():
    cycle = factory.cycle()
    with pytest.raises(stages.GateNotMet) as refusal:
        stages.advance(cycle, Stage.PLAN, by=cycle.lead)
    texts = [blocker.text for blocker in refusal.value.blockers]
    assert len(texts) == 10
    assert all(text in str(refusal.value) for text in texts)
    assert history(cycle) == []


NOBODY_TOOK_PART = (
    "Nobody who uses services, and no carer, has taken part in this stage yet. A comment, an "
    "option, a meeting or a talk with a group all count."
)


@pytest.mark.row("A1-15")
@pytest.mark.row("A1-12")
def test_nobody_passes_the_panel_rule():
    cycle = factory.cycle()
    with pytest.raises(stages.GateNotMet) as refusal:
        stages.advance(cycle, Stage.PLAN, by=cycle.lead, reason="It is urgent.", pass_gate=True)
    assert [blocker.text for blocker in refusal.value.blockers] == [
        "No panel is linked to this cycle yet.",
        NOBODY_TOOK_PART,
    ]
    assert factory.fresh(cycle).stage == Stage.ANALYSE


def test_nobody_passes_a_ballot():
    cycle = factory.planning()
    with pytest.raises(stages.GateNotMet) as refusal:
        stages.advance(cycle, Stage.DO, by=cycle.lead, reason="It is urgent.", pass_gate=True)
    assert [blocker.text for blocker in refusal.value.blockers] == [
        "No decision is recorded yet.",
        NOBODY_TOOK_PART,
    ]


def test_a_commissioner_passes_a_document_with_a_reason_that_stays_visible():
    cycle = factory.planned()
    cycle.strategy_texts.filter(element="research").delete()
    with pytest.raises(stages.GateNotMet):
        stages.advance(cycle, Stage.DO, by=cycle.lead)
    with pytest.raises(stages.ReasonNeeded):
        stages.advance(cycle, Stage.DO, by=cycle.lead, pass_gate=True)
    change = stages.advance(
        cycle, Stage.DO, by=cycle.lead, reason="The library is closed.", pass_gate=True
    )
    assert (change.reason, change.by) == ("The library is closed.", cycle.lead)
    assert change.still_missing == [
        {"key": "strategy_written", "text": "Six of seven parts are written."}
    ]


def test_a_lead_who_is_not_a_commissioner_passes_nothing():
    cycle = factory.analysed()
    member = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    factory.services.edit(
        cycle,
        title=cycle.title,
        summary=cycle.summary,
        area=cycle.area,
        lead=member,
        expected=cycle.version,
        by=cycle.created_by,
    )
    factory.needs.reopen(cycle.needs_assessment, by=cycle.created_by)
    cycle = factory.fresh(cycle)
    assert may_run_cycle(member, cycle)
    with pytest.raises(stages.MayNotPass):
        stages.advance(cycle, Stage.PLAN, by=member, reason="It is urgent.", pass_gate=True)
    assert factory.fresh(cycle).stage == Stage.ANALYSE


def test_passing_where_nothing_is_missing_publishes_nothing():
    cycle = factory.analysed()
    change = stages.advance(cycle, Stage.PLAN, by=cycle.lead, pass_gate=True)
    assert change.still_missing == []


@pytest.mark.parametrize(
    ("build", "target"),
    [(factory.analysed, Stage.PLAN), (factory.reviewed, Stage.CLOSED)],
)
def test_nothing_changes_if_the_audit_cannot_be_written(build, target, monkeypatch):
    cycle = build()
    before = (
        Cycle.objects.count(),
        StageChange.objects.count(),
        Notification.objects.count(),
        AuditEntry.objects.count(),
    )

    def broken(*_args, **_kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(OSError, match="disk"):
        stages.advance(cycle, target, by=cycle.lead)
    after = factory.fresh(cycle)
    assert (after.stage, after.closed_at) == (cycle.stage, None)
    assert before == (
        Cycle.objects.count(),
        StageChange.objects.count(),
        Notification.objects.count(),
        AuditEntry.objects.count(),
    )


def test_the_audit_says_from_where_to_where_and_what_was_passed():
    cycle = factory.moved(factory.analysed(), Stage.PLAN)
    entry = AuditEntry.objects.filter(verb="cycle.stage_changed").get()
    assert (entry.object_id, entry.organisation) == (cycle.public_id, cycle.organisation)
    assert entry.content.data == {"from": "analyse", "to": "plan", "passed": []}
    assert entry.content.actor == cycle.lead


def test_everyone_on_the_panel_is_told_and_the_subject_says_nothing_private(mailoutbox):
    cycle = factory.analysed(title="Living with psychosis")
    factory.moved(cycle, Stage.PLAN)
    told = set(
        Notification.objects.filter(kind="cycles.stage_changed").values_list(
            "recipient__email", flat=True
        )
    )
    members = set(cycle.panel.seats.values_list("user__email", flat=True))
    assert told == members
    assert cycle.lead.email not in told
    run_jobs()
    sent = [mail for mail in mailoutbox if "moved to another stage" in mail.subject]
    assert len(sent) == len(members)
    assert not any("psychosis" in mail.subject for mail in sent)
    assert all("Living with psychosis" in mail.body for mail in sent)


def test_who_can_no_longer_see_the_cycle_is_not_told(mailoutbox):
    cycle = factory.analysed()
    factory.moved(cycle, Stage.PLAN)
    gone = people.members(cycle.panel, Perspective.CARER)[0]
    seats.leave(cycle.panel.seats.get(user=gone), by=gone)
    mailoutbox.clear()
    run_jobs()
    to = list(itertools.chain.from_iterable(mail.to for mail in mailoutbox))
    assert len(to) > 0
    assert gone.email not in [
        address for mail in mailoutbox if "stage" in mail.subject for address in mail.to
    ]


# --- The guard ----------------------------------------------------------------------------------

DOOR = Path("cycles/services/stages.py")
WRITERS = {"update", "create", "get_or_create", "update_or_create", "bulk_update", "Cycle"}


def writes_of_stage(source: str) -> list[int]:
    """The lines of `source` that assign to `.stage` or hand `stage=` to something that writes."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                lines += [
                    part.lineno
                    for part in ast.walk(target)
                    if isinstance(part, ast.Attribute) and part.attr == "stage"
                ]
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = {keyword.arg for keyword in node.keywords}
            if name in WRITERS and "stage" in given:
                lines.append(node.lineno)
            texts = {arg.value for arg in ast.walk(node) if isinstance(arg, ast.Constant)}
            if name in {"setattr", "bulk_update", "save_version"} and "stage" in texts:
                lines.append(node.lineno)
    return lines


@pytest.mark.parametrize(
    "line",
    [
        "cycle.stage = 'do'",
        "cycle.stage, x = 'do', 1",
        "Cycle.objects.filter(pk=1).update(stage='do')",
        "setattr(cycle, 'stage', 'do')",
        "Cycle(stage='do').save()",
        "Cycle.objects.bulk_update(all, ['stage'])",
        "save_version(cycle, expected=1, fields={'stage': 'do'})",
    ],
)
def test_the_guard_sees_every_way_of_writing(line):
    assert writes_of_stage(line) == [1]


@pytest.mark.parametrize("line", ["x = cycle.stage", "cycles.filter(stage='do')", "f(stage=1)"])
def test_the_guard_lets_reading_be(line):
    assert writes_of_stage(line) == []


def test_only_the_door_writes_the_stage():
    found = {}
    for package in ("vbc", "cycles", "stakeholders", "evidence", "reports"):
        for path in (settings.BASE_DIR / package).rglob("*.py"):
            if "migrations" not in path.parts and writes_of_stage(path.read_text()):
                found[path.relative_to(settings.BASE_DIR)] = writes_of_stage(path.read_text())
    assert list(found) == [DOOR]


@pytest.mark.parametrize("target", [Stage.ANALYSE, Stage.DO])
def test_no_step_out_of_plan_while_a_round_is_open(target):
    decision = decisions_made.rating()
    cycle = decision.cycle
    with pytest.raises(stages.RatingIsOpen, match="what has been given is safe"):
        stages.advance(cycle, target, by=cycle.lead, reason="We learned more.", pass_gate=True)
    assert Cycle.objects.get(pk=cycle.pk).stage == Stage.PLAN
    rounds.close_round(decisions_made.over(decision), by=cycle.lead)  # The week more.
    rounds.close_round(decisions_made.over(decision), by=cycle.lead)
    assert stages.advance(cycle, Stage.ANALYSE, by=cycle.lead, reason="We learned more.").pk
