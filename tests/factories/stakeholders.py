"""People and panels, built through the services, so that they cannot break a rule."""

import itertools
from typing import Any

from stakeholders.enums import (
    ConditionKind,
    OrganisationKind,
    OrganisationRole,
    PanelAuthority,
    Perspective,
)
from stakeholders.models import Organisation, Panel, Seat, User
from stakeholders.services import conditions, invitations, organisations, panels, people, seats
from tests.kept import kept

PASSWORD = "a-long-enough-passphrase"
# No number begins with another, so that no name stands inside another.
_numbers = itertools.count(10_001)


@kept
def organisation(name: str = "", slug: str = "") -> Organisation:
    number = next(_numbers)
    return organisations.create(
        name=name or f"Test Integrated Care Board {number}",
        slug=slug or f"test-icb-{number}",
        kind=OrganisationKind.ICB,
        crisis_line="In a crisis, call 111 and choose option 2. In danger, call 999.",
    )


@kept
def person(name: str = "", email: str = "") -> User:
    number = next(_numbers)
    return people.create(
        email or f"person{number}@example.org",
        display_name=name or f"Person {number}",
        password=PASSWORD,
    )


@kept
def commissioner(org: Organisation, name: str = "") -> User:
    user = person(name or "Commissioner")
    organisations.add_member(org, user, role=OrganisationRole.COMMISSIONER)
    return user


@kept
def admin_of(org: Organisation, name: str = "") -> User:
    user = person(name or "Administrator")
    organisations.add_member(org, user, role=OrganisationRole.ADMIN)
    return user


@kept
def forming_panel(org: Organisation, by: Any = None) -> Panel:
    return panels.create(
        org,
        name=f"Panel {next(_numbers)}",
        purpose="We decide together which help people can get.",
        authority=PanelAuthority.ADVISORY,
        by=by or commissioner(org),
    )


@kept
def seat(
    panel: Panel, perspective: str, *, user: User | None = None, employed: bool = False
) -> Seat:
    """A person who was invited and said yes."""
    user = user or person()
    invitation = invitations.invite(
        panel, email=user.email, suggested_perspective=perspective, by=panel.created_by
    )
    return seats.accept(
        invitation, perspective=perspective, is_employed_by_affected_body=employed, by=user
    )


@kept
def sitting_panel(
    org: Organisation,
    *,
    service_users: int = 3,
    carers: int = 2,
    clinicians: int = 3,
    evidence_reviewers: int = 2,
    by: Any = None,
) -> Panel:
    """A panel that has opened."""
    panel = forming_panel(org, by=by)
    for perspective, count in (
        (Perspective.SERVICE_USER, service_users),
        (Perspective.CARER, carers),
        (Perspective.CLINICIAN, clinicians),
        (Perspective.EVIDENCE_REVIEWER, evidence_reviewers),
    ):
        for _ in range(count):
            seat(panel, perspective)
    make_ready(panel)
    panels.open_panel(panel, by=panel.created_by)
    panel.refresh_from_db()
    return panel


@kept
def make_ready(panel: Panel) -> None:
    """Everything that a panel needs to open, beside the people on it."""
    panels.name_safeguarding_lead(panel, panel.created_by, by=panel.created_by)
    for kind in ConditionKind:
        conditions.write(
            panel, kind, text=f"Words on: {kind.label}.", expected=0, by=panel.created_by
        )


def members(panel: Panel, perspective: str) -> list[User]:
    """Who speaks from `perspective` on the panel today, in the order they joined."""
    return list(
        User.objects.filter(
            seats__panel=panel, seats__perspective=perspective, seats__left_at__isnull=True
        ).order_by("seats__joined_at")
    )
