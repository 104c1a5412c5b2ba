"""The invented people of the demonstration. Every surname says so."""

from dataclasses import dataclass
from typing import Any

from stakeholders.enums import OrganisationKind, OrganisationRole, PanelAuthority, Perspective
from stakeholders.models import Organisation, Panel, User
from stakeholders.services import invitations, organisations, panels, people, seats
from vbc.home.demonstration.conditions import write_conditions

SLUG = "south-yorkshire-demonstration"
PASSWORD = "together-we-decide"  # noqa: S105  (published on purpose, for invented people only)


@dataclass(frozen=True)
class Invented:
    """One invented person: who they are here, and how they sign in."""

    key: str
    name: str
    part: str
    perspective: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


STAFF = (
    Invented("alex", "Alex Example", "commissioner: runs the cycles"),
    Invented("kim", "Kim Example", "administrator: manages and exports"),
)
MEMBERS = (
    Invented("wren", "Wren Example", "service user", Perspective.SERVICE_USER),
    Invented("robin", "Robin Example", "service user", Perspective.SERVICE_USER),
    Invented("linnet", "Linnet Example", "service user", Perspective.SERVICE_USER),
    Invented("heron", "Heron Example", "carer", Perspective.CARER),
    Invented("swift", "Swift Example", "carer", Perspective.CARER),
    Invented("lukasz", "Dr Łukasz Example", "clinician", Perspective.CLINICIAN),
    Invented("sarka", "Šárka Example", "clinician", Perspective.CLINICIAN),
    Invented("jay", "Jay Example", "social-care professional", Perspective.SOCIAL_CARE),
    Invented("merle", "Merle Example", "evidence reviewer", Perspective.EVIDENCE_REVIEWER),
    Invented("minh", "Nguyễn Minh Example", "evidence reviewer", Perspective.EVIDENCE_REVIEWER),
)


@dataclass(frozen=True)
class Cast:
    """Everyone, by their key, with the organisation and the panel they are of."""

    organisation: Organisation
    panel: Panel
    by_key: dict[str, User]

    def __getitem__(self, key: str) -> User:
        return self.by_key[key]

    def speaking_as(self, *perspectives: str) -> list[User]:
        return [self[person.key] for person in MEMBERS if person.perspective in perspectives]


def bring_together() -> Cast:
    """The organisation, its staff, and a panel that sits."""
    organisation = organisations.create(
        name="South Yorkshire Demonstration ICB",
        slug=SLUG,
        kind=OrganisationKind.ICB,
        ods_code="QF7",
        crisis_line=(
            "Call 111 and choose option 2, at any hour. If a life is in danger, call 999."
        ),
    )
    by_key = {
        person.key: people.create(person.email, display_name=person.name, password=PASSWORD)
        for person in (*STAFF, *MEMBERS)
    }
    organisations.add_member(organisation, by_key["alex"], role=OrganisationRole.COMMISSIONER)
    organisations.add_member(organisation, by_key["kim"], role=OrganisationRole.ADMIN)
    panel = _seat_everyone(organisation, by_key)
    return Cast(organisation, panel, by_key)


def _seat_everyone(organisation: Organisation, by_key: dict[str, Any]) -> Panel:
    runner = by_key["alex"]
    panel = panels.create(
        organisation,
        name="Talking therapies panel",
        purpose=(
            "We decide together how more people can get talking therapies that help them, "
            "above all people who get them least today."
        ),
        authority=PanelAuthority.ADVISORY,
        by=runner,
    )
    for person in MEMBERS:
        invitation = invitations.invite(
            panel, email=person.email, suggested_perspective=person.perspective, by=runner
        )
        seats.accept(
            invitation,
            perspective=person.perspective,
            is_employed_by_affected_body=False,
            by=by_key[person.key],
        )
    panels.name_safeguarding_lead(panel, by_key["kim"], by=runner)
    write_conditions(panel, by=runner)
    panels.open_panel(panel, by=runner)
    panels.appoint_chair(panel, by_key["wren"], by=runner)
    panel.refresh_from_db()
    return panel
