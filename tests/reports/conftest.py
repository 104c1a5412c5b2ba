"""Cycles with documents, and everyone who might ask for them."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from cycles.models import Cycle
from cycles.services import cycles as cycle_services
from stakeholders.enums import Perspective
from tests.factories import cycles, stakeholders
from tests.kept import kept


@dataclass
class World:
    """One organisation with a cycle and its panel, and another that must see nothing."""

    cycle: Cycle
    people: dict[str, Any]

    def client(self, who: str) -> Client:
        client = Client()
        if self.people[who] is not None:
            client.force_login(self.people[who])
        return client


@pytest.fixture
def world(db: None) -> World:
    return _made()


@kept
def _made() -> World:
    org, elsewhere = stakeholders.organisation(), stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    panel = stakeholders.sitting_panel(
        org, service_users=2, carers=1, clinicians=1, evidence_reviewers=1, by=lead
    )
    cycle = cycles.cycle(org, by=lead)
    cycle_services.link_panel(cycle, panel, by=lead)
    perspectives = {
        "service user": Perspective.SERVICE_USER,
        "carer": Perspective.CARER,
        "clinician": Perspective.CLINICIAN,
        "evidence reviewer": Perspective.EVIDENCE_REVIEWER,
    }
    other_panel = stakeholders.forming_panel(elsewhere)
    other_member = stakeholders.seat(other_panel, Perspective.SERVICE_USER).user
    return World(
        cycle=cycles.fresh(cycle),
        people={
            "commissioner": lead,
            "administrator": stakeholders.admin_of(org),
            **{
                name: stakeholders.members(panel, perspective)[0]
                for name, perspective in perspectives.items()
            },
            "commissioner elsewhere": other_panel.created_by,
            "member elsewhere": other_member,
            "person without a role": stakeholders.person(),
            "visitor": None,
        },
    )


@pytest.fixture
def quick_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents without their layout, for tests of everything around it."""
    from tests.factories import reports

    reports.without_layout(monkeypatch)
