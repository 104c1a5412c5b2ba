"""A panel of people who have accounts already, by the names they chose."""

from collections.abc import Mapping, Sequence

from cycles.models import Decision
from stakeholders.enums import PanelAuthority, Perspective
from stakeholders.models import Panel, User
from stakeholders.services import panels, seats
from tests.factories import decisions, invitations
from tests.factories import stakeholders as make

PANEL = "Crisis care panel"
OPTIONS = ("A house to go to at night", "A phone line at night")
PEOPLE: Mapping[str, Sequence[str]] = {
    Perspective.SERVICE_USER: ("Wren", "Robin"),
    Perspective.CARER: ("Heron", "Swift"),
    Perspective.CLINICIAN: ("Lukasz", "Jay"),
    Perspective.EVIDENCE_REVIEWER: ("Merle",),
}


def formed(people: Mapping[str, Sequence[str]] = PEOPLE) -> tuple[Panel, dict[str, User]]:
    """A panel that can open as soon as enough service users are on it, and everybody by name."""
    organisation = make.organisation("Norfolk and Waveney Integrated Care Board")
    everybody = {"Alex": make.commissioner(organisation, "Alex")}
    panel = panels.create(
        organisation,
        name=PANEL,
        purpose="We decide together which help people can get in a crisis.",
        authority=PanelAuthority.ADVISORY,
        by=everybody["Alex"],
    )
    for perspective, names in people.items():
        for name in names:
            everybody[name] = make.person(name)
            make.seat(panel, perspective, user=everybody[name])
    make.make_ready(panel)
    return panel, everybody


def joined_by_two_service_users(panel: Panel, everybody: dict[str, User]) -> None:
    """One who was invited by e-mail and one who has none; the panel opens."""
    everybody["Wren"] = make.person("Wren")
    make.seat(panel, Perspective.SERVICE_USER, user=everybody["Wren"])
    everybody["Robin"] = invitations.without_email("Robin")
    seats.accept(
        invitations.letter(panel),
        perspective=Perspective.SERVICE_USER,
        is_employed_by_affected_body=False,
        by=everybody["Robin"],
    )
    panels.open_panel(panel, by=everybody["Alex"])


def sitting(people: Mapping[str, Sequence[str]] = PEOPLE) -> tuple[Panel, dict[str, User]]:
    """The same, opened."""
    panel, everybody = formed(people)
    panels.open_panel(panel, by=everybody["Alex"])
    panel.refresh_from_db()
    return panel, everybody


def with_open_round(panel: Panel) -> Decision:
    """A decision of the panel between two options, open for rating."""
    decision = decisions.decision(decisions.planning_cycle(panel))
    for title in OPTIONS:
        decisions.option(decision, title)
    return decisions.opened(decision)
