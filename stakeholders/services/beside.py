"""Letting go of those whom a member asked to be there for them."""

from typing import Any

from django.db import transaction

from stakeholders.models import Seat
from stakeholders.notices.invitations import RELEASED
from stakeholders.services import seats
from vbc.core.database import retrying
from vbc.core.services import notices


@retrying
@transaction.atomic
def release(seat: Seat, *, by: Any) -> None:
    """The member no longer needs this cover or supporter, whose seat ends. No reason is asked."""
    seats.leave(seat, by=by)
    notices.tell(seat.user, RELEASED, seat)
