"""The card a person writes for when they become unwell. Only they write it."""

from typing import Any

from django.db import transaction

from stakeholders.models import Seat, UnwellCard
from stakeholders.services.sitting import lock_panel, refuse_who_left
from vbc.core.services import audit
from vbc.core.services.versions import save_version


@transaction.atomic
def write(
    seat: Seat,
    *,
    expected: int,
    whom_to_contact: str,
    ratings_stand: bool,
    note_for_cover: str,
    by: Any,
) -> None:
    """Keep what the card says; raises `EditedMeanwhile` if it was changed on another page.

    Leaving deletes it: so nothing is written once the person has left.
    """
    lock_panel(seat.panel)
    refuse_who_left(seat)
    card, _ = UnwellCard.objects.get_or_create(seat=seat)
    save_version(
        card,
        expected=expected,
        fields={
            "whom_to_contact": whom_to_contact.strip(),
            "ratings_stand": ratings_stand,
            "note_for_cover": note_for_cover.strip(),
        },
    )
    # That a card was written is told to nobody: the entry names the panel.
    audit.record("seat.card_written", seat.panel, by=by)


@transaction.atomic
def throw_away(seat: Seat, *, by: Any) -> None:
    """Take the card away, words and all."""
    UnwellCard.objects.filter(seat=seat).delete()
    audit.record("seat.card_thrown_away", seat.panel, by=by)
