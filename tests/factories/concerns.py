"""Concerns, raised through the services, and the people who read them."""

from dataclasses import dataclass
from typing import Any

from stakeholders.enums import Perspective
from stakeholders.models import Concern, Organisation, Panel, User
from stakeholders.services import concerns, panels, safeguarding
from tests.factories import stakeholders as make
from tests.kept import kept

# Words that stand nowhere else in any test: where they turn up, they leaked.
CANARY = "Quillfeather was locked in the boathouse"


@dataclass(frozen=True)
class House:
    """An organisation with a panel, a lead for each, and somebody who worries."""

    organisation: Organisation
    panel: Panel
    panel_lead: User
    organisation_lead: User
    member: User


@kept
def house() -> House:
    organisation = make.organisation()
    panel = make.sitting_panel(
        organisation, service_users=2, carers=1, clinicians=1, evidence_reviewers=1
    )
    panel_lead = make.admin_of(organisation, "Lead of the panel")
    organisation_lead = make.admin_of(organisation, "Lead of all")
    panels.name_safeguarding_lead(panel, panel_lead, by=panel.created_by)
    safeguarding.name_organisation_lead(organisation, organisation_lead, by=panel.created_by)
    panel.refresh_from_db()
    organisation.refresh_from_db()
    member = make.members(panel, Perspective.SERVICE_USER)[0]
    return House(organisation, panel, panel_lead, organisation_lead, member)


@kept
def raised(at: House, *, on_panel: bool = True, **given: Any) -> Concern:
    """A concern of the member, about the panel unless `on_panel` says no."""
    given.setdefault("by", at.member)
    given.setdefault("what_happened", CANARY)
    given.setdefault("is_in_danger", False)
    panel = at.panel if on_panel else None
    return concerns.raise_concern(at.organisation, panel=panel, **given)
