"""The map, leads, engagement: built through the services, so that they cannot break a rule."""

import itertools
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stakeholders.enums import EngagementKind, Level, ProviderStanding, Sector, StakeholderKind
from stakeholders.models import EngagementEvent, Panel, SeldomHeardGroup, Stakeholder, TopicLead
from stakeholders.queries.stakeholder_map import categories_in_use
from stakeholders.services import engagement, leads, stakeholder_map
from tests.kept import kept

# No number begins with another, so that no name stands inside another.
_numbers = itertools.count(10_001)


@kept
def centre(panel: Panel) -> Stakeholder:
    return stakeholder_map.describe_centre(
        panel, effect="Whether they get help at all.", expected=0, by=panel.created_by
    )


def stakeholder_fields(panel: Panel, **fields: Any) -> dict[str, Any]:
    return {
        "name": f"Organisation {next(_numbers)}",
        "kind": StakeholderKind.ORGANISATION,
        "category": categories_in_use(panel.organisation)[0],
        "sector": Sector.HEALTH,
        "is_direct": True,
        "effect": "Its people would work in other places.",
        "interest": Level.MIDDLE,
        "influence": Level.HIGH,
        "provider": ProviderStanding.NONE,
    } | fields


@kept
def stakeholder(panel: Panel, **fields: Any) -> Stakeholder:
    return stakeholder_map.add(
        panel, fields=stakeholder_fields(panel, **fields), by=panel.created_by
    )


@kept
def plan(stakeholder: Stakeholder, **fields: Any) -> None:
    """A plan of contact, led by whoever set up the panel unless said otherwise."""
    stakeholder_map.plan_contact(
        stakeholder,
        expected=stakeholder.version,
        fields={
            "contact_plan": "In person, at their place.",
            "contact_rhythm": "quarterly",
            "next_contact_on": None,
            "lead": stakeholder.panel.created_by,
            "cover": None,
        }
        | fields,
        by=stakeholder.panel.created_by,
    )


@kept
def lead(organisation: Any, user: Any, **fields: Any) -> TopicLead:
    given = {"topic": f"Topic {next(_numbers)}", "cover": None, "since": date(2026, 1, 5)}
    return leads.appoint(organisation, user=user, by=user, **given | fields)


@kept
def group(panel: Panel, **fields: Any) -> SeldomHeardGroup:
    given = {
        "name": f"Group {next(_numbers)}",
        "target": 40,
        "target_words": "At least forty, where they are.",
        "progress": "",
    }
    return engagement.add_group(panel, **given | fields, by=panel.created_by)


def told(
    came_as: dict[str, int] | None = None,
    of_group: dict[int, int] | None = None,
    effects: tuple[str, ...] = (),
    **fields: Any,
) -> engagement.Told:
    given = {
        "kind": EngagementKind.WORKSHOP,
        "title": f"Event {next(_numbers)}",
        "held_on": date(2026, 6, 1),
        "place": "A room above a library",
        "what_was_said": "Nobody rang while people waited.",
        "what_came_of_it": "",
        "what_could_not_be_done": "",
    }
    return engagement.Told(given | fields, came_as or {}, of_group or {}, effects)


@kept
def event(panel: Panel, **given: Any) -> EngagementEvent:
    return engagement.record(panel, told=told(**given), by=panel.created_by)


def client_of(person: Any) -> Client:
    """A browser in which `person` has signed in."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def queries(client: Client, address: str) -> int:
    """How many queries the page costs, once everything is warm."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
