"""One table an act: role by where the decision stands."""

from typing import Any

import pytest

from cycles.enums import Ballot, Stage
from cycles.models import Cycle, Decision
from cycles.permissions.appraisals import may_appraise, may_link_evidence
from cycles.permissions.comments import may_comment
from cycles.permissions.decisions import (
    may_answer_contributions,
    may_edit_decision,
    may_propose_decision,
)
from cycles.permissions.options import may_edit_option, may_propose_option
from cycles.permissions.ratings import may_rate
from cycles.permissions.records import (
    may_add_minority_statement,
    may_agree_sentence,
    may_record_decision,
    may_say_heard,
)
from cycles.permissions.rounds import may_close_round, may_open_round
from stakeholders.enums import PILLAR_OF, Perspective, Pillar
from stakeholders.queries.panels import seat_of
from stakeholders.services import seats
from tests.factories import decisions as make
from tests.factories import stakeholders as people
from vbc.core.refusals import Denied

ROLES = (
    "runner",
    "admin",
    "service_user",
    "carer",
    "clinician",
    "evidence_reviewer",
    "away",
    "away_reviewer",
    "left",
    "stranger",
)
STATES = ("ready", "rating", "weighing", "recorded")
RUN, AWAY = {"runner"}, {"away", "away_reviewer"}
MEMBERS = {"service_user", "carer", "clinician", "evidence_reviewer"} | AWAY
RATERS = {"service_user", "carer", "clinician"}
TALKERS = RUN | MEMBERS


def own_pillar(person: Any, decision: Decision) -> str:
    seat = seat_of(person, decision.cycle.panel)
    return PILLAR_OF.get(seat.perspective, "") if seat else Pillar.CLINICAL


ACTS: dict[str, tuple[Any, dict[str, set[str]]]] = {
    "edit decision": (may_edit_decision, {"ready": RUN}),
    "answer": (may_answer_contributions, dict.fromkeys(STATES, RUN)),
    "propose option": (may_propose_option, {"ready": TALKERS}),
    "comment": (may_comment, {"ready": TALKERS, "rating": TALKERS, "weighing": TALKERS}),
    "link evidence": (
        may_link_evidence,
        dict.fromkeys(STATES[:3], RUN | {"evidence_reviewer"}),
    ),
    "appraise": (may_appraise, {state: {"evidence_reviewer"} for state in STATES[:3]}),
    "open round": (may_open_round, {"ready": RUN, "weighing": RUN}),
    "close round": (may_close_round, {"rating": RUN}),
    "rate": (may_rate, {"rating": RATERS}),
    "agree sentence": (
        lambda person, decision: may_agree_sentence(person, decision, own_pillar(person, decision)),
        {"weighing": RATERS | {"evidence_reviewer"}},
    ),
    "sentence of another pillar": (
        lambda person, decision: may_agree_sentence(
            person,
            decision,
            next(each for each in Pillar if each != own_pillar(person, decision)),
        ),
        {},
    ),
    "say heard": (
        lambda person, decision: may_say_heard(person, decision, own_pillar(person, decision)),
        dict.fromkeys(("weighing", "recorded"), RATERS | {"evidence_reviewer"}),
    ),
    "minority statement": (
        may_add_minority_statement,
        {"weighing": MEMBERS, "recorded": MEMBERS},
    ),
    "record": (
        may_record_decision,
        {"ready": RUN, "rating": RUN, "weighing": RUN},
    ),
}


def cast_of(decision: Decision) -> dict[str, Any]:
    """Somebody in each role, on a panel that still sits afterwards."""
    panel = decision.cycle.panel
    found = {
        "runner": decision.cycle.lead,
        "admin": people.admin_of(decision.cycle.organisation),
        "stranger": people.commissioner(people.organisation()),
    }
    for perspective in MEMBERS - AWAY:
        found[perspective] = make.members(decision, perspective)[0]
    found["away"] = make.members(decision, Perspective.CLINICIAN)[1]
    found["away_reviewer"] = make.members(decision, Perspective.EVIDENCE_REVIEWER)[1]
    found["left"] = make.members(decision, Perspective.CLINICIAN)[2]
    for role in sorted(AWAY):
        seats.go_away(seat_of(found[role], panel), by=found[role])
    seats.leave(seat_of(found["left"], panel), by=found["left"])
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_every_act_by_every_role(state: str) -> None:
    decision = getattr(make, state)()
    found = cast_of(decision)
    for act, (may, table) in ACTS.items():
        allowed = {role for role in ROLES if may(found[role], decision)}
        assert allowed == table.get(state, set()), (act, state)


@pytest.mark.django_db
def test_reasons_name_no_role_and_nobody() -> None:
    for state in STATES:
        decision = getattr(make, state)()
        found = cast_of(decision)
        for may, _ in ACTS.values():
            for person in found.values():
                answer = may(person, decision)
                if isinstance(answer, Denied):
                    assert answer.reason
                    assert "service user" not in answer.reason
                    assert "carer" not in answer.reason
                    assert not any(each.display_name in answer.reason for each in found.values())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "allowed"),
    [(Stage.ANALYSE, True), (Stage.PLAN, True), (Stage.DO, False), (Stage.REVIEW, False)],
)
def test_decisions_are_put_in_analyse_and_plan(stage: str, allowed: bool) -> None:
    cycle = make.planning_cycle()
    Cycle.objects.filter(pk=cycle.pk).update(stage=stage)
    cycle.refresh_from_db()
    assert bool(may_propose_decision(cycle.lead, cycle)) is allowed
    member = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    assert not may_propose_decision(member, cycle)


@pytest.mark.django_db
def test_an_option_is_changed_by_its_author_or_who_runs_the_cycle() -> None:
    decision = make.decision(ballot=Ballot.OPEN)
    author, other = make.members(decision, Perspective.SERVICE_USER)[:2]
    option = make.option(decision, by=author)
    assert may_edit_option(author, option)
    assert may_edit_option(decision.cycle.lead, option)
    assert not may_edit_option(other, option)
    seats.leave(seat_of(author, decision.cycle.panel), by=author)
    assert not may_edit_option(author, option)
