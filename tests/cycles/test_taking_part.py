"""No stage ends without service users or carers in it: what counts as taking part, and when."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cycles.models import Cycle
from cycles.queries.facts import facts_of
from cycles.services import comments, decisions, options
from stakeholders.enums import CameAs, EngagementKind, Perspective
from stakeholders.models import Panel
from stakeholders.services import engagement
from tests.factories import cycles as factory
from tests.factories import stakeholders as people

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


@pytest.mark.parametrize("act", [said, proposed])
@pytest.mark.parametrize("perspective", [Perspective.SERVICE_USER, Perspective.CARER])
def test_what_a_service_user_or_a_carer_does_counts(
    act: Callable[[Cycle, Any], None], perspective: str
) -> None:
    cycle = with_panel()
    assert cycle.panel
    assert not took_part(cycle)
    act(cycle, people.members(cycle.panel, perspective)[0])
    assert took_part(cycle)


@pytest.mark.parametrize("act", [said, proposed])
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
