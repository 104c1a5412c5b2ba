"""The one door to ratings. What someone gave is never logged and never in the audit."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from cycles.enums import DecisionStatus
from cycles.models import Decision, Option, Rating, Round
from cycles.permissions.ratings import may_speak_in_round
from cycles.queries.appraisals import has_signed
from cycles.queries.interests import has_interest
from cycles.queries.ratings import counts_as
from cycles.queries.rounds import (
    CLINICAL_PERSPECTIVES,
    RATING_PERSPECTIVES,
    close_with_pauses,
    database_now,
    pauses_of,
)
from cycles.services.rounds import lock_panel, refuse_unless_sitting
from stakeholders.enums import SeatStatus
from stakeholders.models import Panel, Seat
from vbc.core.database import retrying
from vbc.core.ids import ALPHABET
from vbc.core.refusals import Denied, Refused
from vbc.core.services import audit

RECEIPT_BLOCKS, RECEIPT_BLOCK = 4, 4


class RoundNotOpen(Refused):
    """The rating came before the round opened or after it closed."""


class NoVoice(Refused):
    """The person has no seat from which to rate today."""


class ReasonNeeded(Refused):
    """Members who rate from their profession give a reason."""


@dataclass(frozen=True)
class ReceiptCheck:
    """What a receipt proves: that something was recorded.

    When, and whether it stands, is for the person who gave it; to anybody else both are None. It
    holds nothing of what was given.
    """

    recorded_at: datetime | None = None
    stands: bool | None = None


@retrying
@transaction.atomic
def cast(round_: Round, *, option: Option, value: int | None, reason: str = "", by: Any) -> Rating:
    """Record the rating of an option by the place on which `by` sits today.

    `value` is 1 to 9, or None for "I choose not to score". A change supersedes what the place gave
    before; the same again, by the same person, changes nothing and returns the same receipt. What
    somebody speaks from may change meanwhile; within a round the place goes on counting where it
    counted first, so that nobody counts in two pillars. In time or not is judged by the database's
    clock, under the locks. Raises RoundNotOpen, PanelWaiting, NoVoice, ReasonNeeded.
    """
    if value is not None and (isinstance(value, bool) or value not in range(1, 10)):
        raise Refused("A rating is a whole number from 1 to 9. Nothing was recorded.")
    panel = lock_panel(round_.decision)
    refuse_unless_sitting(panel)
    round_ = (
        Round.objects.select_for_update(of=("self",)).select_related("decision").get(pk=round_.pk)
    )
    if option.decision_id != round_.decision_id or option.withdrawn_at is not None:
        raise Refused("That option is not part of this decision. Nothing was recorded.")
    now = database_now()
    _refuse_unless_open(round_, panel, now)
    seat = _voice(panel, by)
    if has_signed(by, round_.decision):
        raise NoVoice(
            "You have signed what the evidence says in this decision, so your voice counts there, "
            "and it counts once. Nothing was recorded. You can comment on every option."
        )
    perspective = counts_as(seat, round_)
    reason = reason.strip()
    if perspective in CLINICAL_PERSPECTIVES and not reason:
        raise ReasonNeeded("Give your reason in a sentence or two. Nothing was recorded yet.")
    if has_interest(by, option):
        raise NoVoice(
            "You have declared an interest in this option, so you speak about it and do not rate "
            "it. Nothing was recorded."
        )
    settled = may_speak_in_round(by, seat, round_)
    if isinstance(settled, Denied):
        raise NoVoice(settled.reason)
    live = (
        Rating.objects.newest()
        .select_for_update()
        .filter(round=round_, option=option, place_id=seat.place_id)
        .first()
    )
    if live is not None and (live.seat_id, live.value, live.reason) == (seat.pk, value, reason):
        return live
    rating = Rating(
        round=round_,
        option=option,
        place_id=seat.place_id,
        seat=seat,
        perspective=perspective,
        value=value,
        reason=reason,
        receipt=new_receipt(),
        given_at=now,
    )
    try:
        with transaction.atomic():
            if live is not None:
                live.superseded_at = now
                live.save(update_fields=["superseded_at"])
            rating.save(force_insert=True)
    except IntegrityError:
        # Something beside this door gave the place a live rating; the constraint let one stand.
        return Rating.objects.newest().get(round=round_, option=option, place_id=seat.place_id)
    audit.record(
        "rating.recorded",
        rating,
        by=by,
        data={
            "option": option.public_id,
            "round": round_.public_id,
            "receipt": rating.receipt,
        },
    )
    return rating


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


def _refuse_unless_open(round_: Round, panel: Panel, now: datetime) -> None:
    pauses = pauses_of(panel, since=round_.opened_at)
    close = close_with_pauses(round_.opened_at, round_.closes_at, pauses)
    in_time = round_.opened_at <= now and (close is None or now < close)
    if (
        round_.closed_at is not None
        or round_.decision.status != DecisionStatus.RATING
        or not in_time
    ):
        raise RoundNotOpen(
            "This round has closed, so nothing was recorded now. What you gave before the close "
            "stands. The next step is to read the result together."
        )


def _voice(panel: Panel, by: Any) -> Seat:
    """The seat from which `by` speaks today, locked."""
    seat = (
        Seat.objects.select_for_update()
        .filter(panel=panel, user=by, status=SeatStatus.ACTIVE)
        .filter(perspective__in=sorted(RATING_PERSPECTIVES))
        .first()
    )
    if seat is None:
        raise NoVoice(
            "You have no seat on this panel from which to rate today, so nothing was recorded. "
            "You can read everything, and comment if you are on the panel."
        )
    return seat
