"""Receipts: that something was recorded, and nothing of what it was."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cycles.models import Decision, Rating
from vbc.core.ids import ALPHABET

RECEIPT_BLOCKS, RECEIPT_BLOCK = 4, 4


@dataclass(frozen=True)
class ReceiptCheck:
    """What a receipt proves: that something was recorded.

    When, and whether it stands, is for the person who gave it; to anybody else both are None. It
    holds nothing of what was given.
    """

    recorded_at: datetime | None = None
    stands: bool | None = None


def check_receipt(decision: Decision, code: str, *, by: Any) -> ReceiptCheck | None:
    """What a receipt of this decision proves to `by`; None where there is no such receipt."""
    rating = (
        Rating.objects.filter(round__decision=decision, receipt=_as_written(code))
        .select_related("seat")
        .first()
    )
    if rating is None:
        return None
    if rating.seat.user_id != by.pk:
        return ReceiptCheck()
    return ReceiptCheck(
        recorded_at=rating.given_at,
        stands=Rating.objects.live().filter(pk=rating.pk).exists(),
    )


def new_receipt() -> str:
    """Sixteen random characters in blocks of four: nothing in it comes from what was given."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_BLOCK))
        for _ in range(RECEIPT_BLOCKS)
    )


def _as_written(code: str) -> str:
    """The code as it was printed, however it was typed."""
    plain = "".join(character for character in code.lower() if character.isalnum())
    blocks = range(0, len(plain), RECEIPT_BLOCK)
    return "-".join(plain[start : start + RECEIPT_BLOCK] for start in blocks)
