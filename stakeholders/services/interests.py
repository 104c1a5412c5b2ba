"""The register of interests: each person says what could sway them, and when it has ended."""

from typing import Any

from django.db import transaction

from stakeholders.enums import InterestKind
from stakeholders.models import Interest, Seat
from vbc.core.database import database_now
from vbc.core.services import audit


@transaction.atomic
def declare(seat: Seat, *, kind: str, words: str, is_public: bool = False, by: Any) -> Interest:
    """Write an interest into the register of the panel."""
    interest = Interest.objects.create(
        seat=seat,
        kind=InterestKind(kind),
        words=words,
        is_public=is_public,
        declared_at=database_now(),
    )
    audit.record("interest.declared", interest, by=by)
    return interest


@transaction.atomic
def end(interest: Interest, *, by: Any) -> None:
    """It is over. It leaves the register; that it was there is kept."""
    ended = Interest.objects.live().filter(pk=interest.pk).update(ended_at=database_now())
    if ended:
        audit.record("interest.ended", interest, by=by)
