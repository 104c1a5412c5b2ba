"""No stage ends without service users or carers in it: what counts as taking part, and when."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cycles.enums import InvolvementLevel, Stage
from cycles.models import Cycle
from cycles.permissions.taking_part import pillar_in
from cycles.queries.facts import facts_of
from cycles.queries.involvement import involvement_in
from cycles.queries.taking_part import sources
from cycles.services import comments, decisions, options, rounds, understanding, values
from stakeholders.enums import CameAs, EngagementKind, Perspective
from stakeholders.models import Panel
from stakeholders.services import engagement
from tests.factories import cycles as factory
from tests.factories import decisions as deciding
from tests.factories import stakeholders as people
from tests.factories import values as make_values

pytestmark = [pytest.mark.django_db, pytest.mark.row("A1-12")]


def took_part(cycle: Cycle) -> bool:
    return facts_of(cycle).service_users_or_carers_took_part


def with_panel() -> Cycle:
    org = people.organisation()
    cycle = factory.cycle(org)
    cycle.panel = people.sitting_panel(org, by=cycle.lead)
    cycle.save(update_fields=["panel"])
    return cycle


def said(cycle: Cycle, by: Any) -> None:
    asked = decisions.propose(
        cycle, title="Which help?", question="Which?", why="It matters.", by=cycle.lead
    )
    comments.add(asked, text="We would come in the evening.", by=by)


def proposed(cycle: Cycle, by: Any) -> None:
    asked = decisions.propose(
        cycle, title="Which help?", question="Which?", why="It matters.", by=cycle.lead
    )
    options.propose(asked, title="A café", plain_summary="A café opens.", by=by)


def said_of_the_problem(cycle: Cycle, by: Any) -> None:
    make_values.said(cycle, by=by)


def put_on_the_list(cycle: Cycle, by: Any) -> None:
    make_values.value(cycle, by=by)


def agreed(cycle: Cycle, by: Any) -> None:
    pillar = pillar_in(by, cycle)
    assert pillar is not None
    values.agree(make_values.edition(cycle), pillar=pillar, by=by)


ACTS = [said, proposed, said_of_the_problem, put_on_the_list, agreed]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("perspective", [Perspective.SERVICE_USER, Perspective.CARER])
def test_what_a_service_user_or_a_carer_does_counts(
    act: Callable[[Cycle, Any], None], perspective: str
) -> None:
    cycle = with_panel()
    assert cycle.panel
    assert not took_part(cycle)
    act(cycle, people.members(cycle.panel, perspective)[0])
    assert took_part(cycle)


@pytest.mark.parametrize("act", ACTS)
def test_what_others_do_does_not_count(act: Callable[[Cycle, Any], None]) -> None:
    cycle = with_panel()
    assert cycle.panel
    act(cycle, people.members(cycle.panel, Perspective.CLINICIAN)[0])
    assert not took_part(cycle)


def test_whoever_an_affected_body_employs_does_not_count() -> None:
    cycle = with_panel()
    assert isinstance(cycle.panel, Panel)
    said(cycle, people.seat(cycle.panel, Perspective.SERVICE_USER, employed=True).user)
    assert not took_part(cycle)


@pytest.mark.parametrize(
    ("came_as", "counts"),
    [(CameAs.SERVICE_USERS, True), (CameAs.CARERS, True), (CameAs.STAFF, False)],
)
def test_a_talk_with_a_group_counts_for_those_who_came(came_as: str, counts: bool) -> None:
    cycle = with_panel()
    assert cycle.panel
    engagement.record(
        cycle.panel,
        told=engagement.Told(
            fields={
                "kind": EngagementKind.FOCUS_GROUP,
                "title": "Talk at the library",
                "held_on": timezone.localdate(),
                "place": "Library",
                "what_was_said": "People want evenings.",
            },
            came_as={came_as: 7},
        ),
        by=cycle.lead,
    )
    assert took_part(cycle) is counts


def test_what_was_done_in_an_earlier_stage_does_not_count_for_this_one() -> None:
    cycle = with_panel()
    assert cycle.panel
    member = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    said(cycle, member)
    Cycle.objects.filter(pk=cycle.pk).update(created_at=timezone.now() + timedelta(seconds=1))
    assert not took_part(factory.fresh(cycle))


def test_what_happens_on_another_panel_does_not_count() -> None:
    cycle, other = with_panel(), with_panel()
    assert other.panel
    said(other, people.members(other.panel, Perspective.CARER)[0])
    assert took_part(other)
    assert not took_part(cycle)


@pytest.mark.parametrize("act", ACTS)
def test_what_the_gate_counts_fills_the_matrix(act: Callable[[Cycle, Any], None]) -> None:
    cycle = with_panel()
    assert cycle.panel

    def filled() -> bool:
        parts = involvement_in(factory.fresh(cycle)).parts
        return any(
            part.took_part
            for (stage, level, _), part in parts.items()
            if stage == Stage.ANALYSE and level != InvolvementLevel.THERE
        )

    assert not filled()
    act(cycle, people.members(cycle.panel, Perspective.CARER)[0])
    assert filled()


def test_an_action_and_an_agreement_count_for_the_stage_they_belong_to() -> None:
    cycle = deciding.planning_cycle()
    member = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    agreed(cycle, member)
    factory.action(cycle, owner=member)
    counts = {}
    for stage in (Stage.ANALYSE, Stage.PLAN, Stage.DO, Stage.REVIEW):
        Cycle.objects.filter(pk=cycle.pk).update(stage=stage)
        counts[stage] = took_part(factory.fresh(cycle))
    assert counts == {
        Stage.ANALYSE: True,
        Stage.PLAN: False,
        Stage.DO: True,
        Stage.REVIEW: False,
    }


def test_what_was_taken_back_does_not_count() -> None:
    cycle = with_panel()
    assert cycle.panel
    member = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    understanding.withdraw(make_values.said(cycle, by=member), by=member)
    mine = make_values.value(cycle, by=member)
    values.withdraw(mine, by=member)
    assert not took_part(cycle)


def test_that_somebody_has_rated_is_not_told_before_the_close() -> None:
    cycle = deciding.planning_cycle()
    decision = deciding.opened(deciding.with_options(deciding.decision(cycle)))
    for perspective in (Perspective.SERVICE_USER, Perspective.CLINICIAN):
        for person in deciding.members(decision, perspective):
            deciding.cast(decision, person, (8, None))
    assert not took_part(factory.fresh(cycle))
    rounds.close_round(deciding.over(decision), by=cycle.lead)
    Cycle.objects.filter(pk=cycle.pk).update(created_at=timezone.now() - timedelta(days=30))
    assert took_part(factory.fresh(cycle))


def test_every_source_says_who_and_when_and_belongs_to_a_cycle_or_its_panel() -> None:
    cycle = with_panel()
    for source in sources():
        rows = source.rows.filter(**{source.of: getattr(cycle, source.through)})
        assert not rows.values_list(source.person, source.moment)
        assert source.is_of_panel == source.of.endswith("panel")
    assert {source.level for source in sources()} == set(InvolvementLevel) - {
        InvolvementLevel.THERE
    }
