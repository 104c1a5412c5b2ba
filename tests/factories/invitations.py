"""Whom members asked, and people without e-mail, built through the services."""

from typing import Any

from stakeholders.enums import SeatKind
from stakeholders.models import Invitation, Panel, Seat, User
from stakeholders.services import invitations, people, seats
from tests.factories import stakeholders as make
from tests.kept import kept


@kept
def without_email(name: str = "Siskin") -> User:
    return people.create_without_email(display_name=name, password=make.PASSWORD)


@kept
def letter(panel: Panel, label: str = "Jo from the library", **fields: Any) -> Invitation:
    """An invitation that goes by a printed letter."""
    fields.setdefault("suggested_perspective", "service_user")
    fields.setdefault("by", panel.created_by)
    return invitations.invite(panel, label=label, **fields)


@kept
def asked(seat: Seat, kind: str, **fields: Any) -> Invitation:
    """Somebody whom the holder of `seat` asked, and who has not answered."""
    if "label" not in fields:
        fields.setdefault("email", make.person().email)
    return invitations.invite(
        seat.panel,
        kind=kind,
        seat=seat if kind in (SeatKind.COVER, SeatKind.SUPPORTER) else None,
        suggested_perspective=seat.perspective,
        by=seat.user,
        **fields,
    )


@kept
def came(seat: Seat, kind: str, user: User | None = None) -> Seat:
    """Somebody whom the holder of `seat` asked, and who said yes."""
    user = user or make.person()
    return seats.accept(
        asked(seat, kind, label=user.display_name),
        perspective=seat.perspective,
        is_employed_by_affected_body=False,
        by=user,
    )
