"""Who may do what with a cycle: role by stage by action."""

from typing import Any

import pytest

from cycles.enums import Stage
from cycles.permissions import cycles as may
from cycles.permissions import findings as may_of_findings
from cycles.services import cycles as services
from stakeholders.enums import Perspective
from stakeholders.models import OrganisationMember
from stakeholders.services import seats
from tests.factories import cycles as factory
from tests.factories import stakeholders as people
from vbc.core.refusals import Denied

pytestmark = pytest.mark.django_db

ROLES = (
    "commissioner",
    "administrator",
    "lead on the panel",
    "service user",
    "carer",
    "clinician",
    "evidence reviewer",
    "commissioner elsewhere",
    "superuser",
)
RUNNERS = {"commissioner", "lead on the panel"}
ON_THE_PANEL = {"service user", "carer", "clinician", "evidence reviewer"}
OPEN = {Stage.ANALYSE, Stage.PLAN, Stage.DO, Stage.REVIEW}

# Action: who may, in which stages.
TABLE: dict[str, tuple[set[str], set[str]]] = {
    "may_run_cycle": (RUNNERS, OPEN),
    "may_edit_cycle": (RUNNERS, OPEN),
    "may_pass_gate": ({"commissioner"}, OPEN),
    "may_link_panel": (RUNNERS, {Stage.ANALYSE, Stage.PLAN}),
    "may_link_needs": (RUNNERS, {Stage.ANALYSE, Stage.PLAN}),
    "may_take_stock": (RUNNERS, {Stage.ANALYSE, Stage.PLAN}),
    "may_edit_strategy": (RUNNERS, {Stage.ANALYSE, Stage.PLAN}),
    "may_edit_actions": (RUNNERS, {Stage.PLAN, Stage.DO, Stage.REVIEW}),
    "may_edit_risks": (RUNNERS, OPEN),
    "may_edit_outcomes": (RUNNERS, {Stage.ANALYSE, Stage.PLAN, Stage.DO}),
    "may_add_result": (RUNNERS, {Stage.DO, Stage.REVIEW}),
    "may_add_finding": (RUNNERS | ON_THE_PANEL, {Stage.DO, Stage.REVIEW}),
}


def everyone(cycle: Any) -> dict[str, Any]:
    """One person of each role; the lead is handed to a service user of the panel."""
    panel = cycle.panel or people.sitting_panel(cycle.organisation, by=cycle.lead)
    if cycle.panel is None:
        services.link_panel(cycle, panel, by=cycle.lead)
    first, second, *_ = people.members(panel, Perspective.SERVICE_USER)
    cast = {
        "commissioner": people.commissioner(cycle.organisation),
        "administrator": people.admin_of(cycle.organisation),
        "lead on the panel": first,
        "service user": second,
        "carer": people.members(panel, Perspective.CARER)[0],
        "clinician": people.members(panel, Perspective.CLINICIAN)[0],
        "evidence reviewer": people.members(panel, Perspective.EVIDENCE_REVIEWER)[0],
        "commissioner elsewhere": people.commissioner(people.organisation()),
        "superuser": people.person("Superuser"),
    }
    cast["superuser"].is_superuser = True
    cast["superuser"].save()
    return cast


def hand_over(cycle: Any, lead: Any) -> None:
    services.edit(
        cycle,
        title=cycle.title,
        summary=cycle.summary,
        area=cycle.area,
        lead=lead,
        expected=cycle.version,
        by=cycle.lead,
    )


@pytest.mark.parametrize("stage", Stage.values)
def test_role_by_stage_by_action(stage):
    cycle = factory.IN_STAGE[Stage.REVIEW if stage == Stage.CLOSED else stage]()
    cast = everyone(cycle)
    hand_over(cycle, cast["lead on the panel"])
    cycle = factory.fresh(cycle)
    if stage == Stage.CLOSED:
        for action in cycle.actions.all():
            action.delete()
        factory.measured(cycle.outcome_measures.get(), by=cast["commissioner"])
        factory.finding(cycle)
        cycle = factory.moved(cycle, Stage.CLOSED)
    for action, (roles, stages) in TABLE.items():
        for role in ROLES:
            permission = (getattr(may, action, None) or getattr(may_of_findings, action))(
                cast[role], cycle
            )
            expected = role in roles and stage in stages
            assert bool(permission) is expected, (action, role, stage)
            if isinstance(permission, Denied):
                assert permission.reason.endswith(".")


@pytest.mark.row("A1-12")
def test_what_somebody_learned_is_theirs_to_change_and_the_runners():
    cycle = factory.reviewing()
    cast = everyone(cycle)
    found = factory.finding(cycle, by=cast["carer"])
    may_change = {role for role in ROLES if may_of_findings.may_edit_finding(cast[role], found)}
    assert may_change == {"commissioner", "carer"}


@pytest.mark.parametrize("role", ROLES)
def test_only_commissioners_of_the_organisation_start_a_cycle(role):
    cycle = factory.cycle()
    person = everyone(cycle)[role]
    expected = role == "commissioner"
    assert bool(may.may_start_cycle(person, cycle.organisation)) is expected
    assert not may.may_start_cycle(person, None)


@pytest.mark.row("A3-49")
def test_the_owner_of_an_action_says_where_it_stands_whoever_they_are():
    cycle = factory.doing()
    cast = everyone(cycle)
    action = factory.action(cycle, owner=cast["service user"])
    may_update = {role for role in ROLES if may.may_update_action(cast[role], action)}
    assert may_update == {"commissioner", "service user"}
    closed = factory.closed()
    assert not may.may_update_action(closed.lead, closed.actions.first())


@pytest.mark.row("A3-49")
def test_a_service_user_who_leads_runs_the_cycle():
    cycle = factory.analysed()
    lead = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    before = cycle.lead
    assert not may.may_run_cycle(lead, cycle)
    hand_over(cycle, lead)
    cycle = factory.fresh(cycle)
    assert may.may_run_cycle(lead, cycle)
    assert not cycle.cycleusergrant_set.filter(user=before).exists()


def test_a_lead_who_has_left_runs_nothing_from_the_next_request_on():
    cycle = factory.analysed()
    lead = people.members(cycle.panel, Perspective.CLINICIAN)[0]
    hand_over(cycle, lead)
    seats.leave(cycle.panel.seats.get(user=lead), by=lead)
    assert cycle.cycleusergrant_set.filter(user=lead).exists()
    assert not may.may_run_cycle(lead, factory.fresh(cycle))


def test_a_commissioner_who_has_left_runs_nothing_from_the_next_request_on():
    cycle = factory.cycle()
    person = people.commissioner(cycle.organisation)
    assert may.may_run_cycle(person, cycle)
    OrganisationMember.objects.filter(user=person).update(until=cycle.created_at)
    assert not may.may_run_cycle(person, cycle)
