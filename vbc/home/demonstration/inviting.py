"""Whom the invented people asked to be there for them, with e-mail and without."""

from typing import Any

from stakeholders.enums import SeatKind
from stakeholders.models import Invitation, Seat
from stakeholders.services import invitations, people, seats
from vbc.home.demonstration.people import PASSWORD, Cast


def ask_others(cast: Cast) -> None:
    """Cover for Wren, somebody beside Robin, one person on the reserve list, and two who have not
    answered yet: an invitation by e-mail and a letter."""
    wren, robin = _seat(cast, "wren"), _seat(cast, "robin")
    plover = people.create("plover@example.org", display_name="Plover Example", password=PASSWORD)
    _says_yes(_asks(wren, SeatKind.COVER, email=plover.email), wren, plover)
    dove = people.create("dove@example.org", display_name="Dove Example", password=PASSWORD)
    _says_yes(_asks(robin, SeatKind.SUPPORTER, email=dove.email), robin, dove)
    siskin = people.create_without_email(display_name="Siskin Example", password=PASSWORD)
    _says_yes(_asks(robin, SeatKind.RESERVE, label="Siskin Example"), robin, siskin)
    heron = _seat(cast, "heron")
    _asks(heron, SeatKind.RESERVE, email="dipper@example.org")
    _asks(heron, SeatKind.RESERVE, label="Teal Example")


def _seat(cast: Cast, key: str) -> Seat:
    return Seat.objects.live().select_related("panel", "user").get(panel=cast.panel, user=cast[key])


def _asks(seat: Seat, kind: str, *, email: str = "", label: str = "") -> Invitation:
    return invitations.invite(
        seat.panel,
        email=email,
        label=label,
        kind=kind,
        seat=None if kind == SeatKind.RESERVE else seat,
        suggested_perspective=seat.perspective,
        by=seat.user,
    )


def _says_yes(asked: Invitation, seat: Seat, person: Any) -> None:
    seats.accept(asked, perspective=seat.perspective, is_employed_by_affected_body=False, by=person)
