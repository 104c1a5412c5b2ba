"""Cover, the reserve list and supporters."""

import itertools
from datetime import timedelta

from django.utils import timezone

from stakeholders.enums import SeatKind
from stakeholders.models import Invitation, Panel, Seat, User
from stakeholders.services import seats
from tests.factories import stakeholders as make
from tests.kept import kept

# No number begins with another, so that no name stands inside another.
_numbers = itertools.count(10_001)


def invitation(
    panel: Panel, kind: str, perspective: str, *, seat: Seat | None = None, user: User
) -> Invitation:
    return Invitation.objects.create(
        panel=panel,
        kind=kind,
        seat=seat,
        email=user.email,
        suggested_perspective=perspective,
        code_digest=f"test-{next(_numbers)}",
        invited_by=panel.created_by,
        expires_at=timezone.now() + timedelta(days=1),
    )


@kept
def cover_for(seat: Seat, *, perspective: str = "", user: User | None = None) -> Seat:
    """Somebody who agreed to be cover for the seat's place."""
    return _take(seat.panel, SeatKind.COVER, perspective or seat.perspective, seat, user)


@kept
def on_reserve(panel: Panel, perspective: str, *, user: User | None = None) -> Seat:
    """Somebody on the reserve list."""
    return _take(panel, SeatKind.RESERVE, perspective, None, user)


@kept
def supporter_of(seat: Seat, *, user: User | None = None) -> Seat:
    """Somebody who sits beside the member."""
    return _take(seat.panel, SeatKind.SUPPORTER, "in_attendance", seat, user)


def _take(panel: Panel, kind: str, perspective: str, seat: Seat | None, user: User | None) -> Seat:
    user = user or make.person()
    asked = invitation(panel, kind, perspective, seat=seat, user=user)
    return seats.accept(asked, perspective=perspective, is_employed_by_affected_body=False, by=user)
