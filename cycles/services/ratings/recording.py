"""Writing down what somebody gave, in as few statements as the locks and the rules need."""

import secrets
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from cycles.models import Option, Rating, Round
from cycles.notices.ratings import RECORDED_WITH_HELP
from cycles.permissions.helping import NOTHING_FOR_THEM
from cycles.queries.ratings import given_by_place_or_person, options_asked
from cycles.queries.rounds import CLINICAL_PERSPECTIVES
from cycles.queries.tampering import RANKED, RECORDED, digest_of
from cycles.services.ratings.acts import Act, NoVoice, ReasonNeeded, Said
from cycles.services.ratings.receipts import new_receipt
from cycles.services.ratings.voices import (
    counts_as,
    refuse_unfit,
    refuse_without_a_voice,
    voice_of,
)
from cycles.services.rounds import NotReadyToRate
from stakeholders.models import Panel
from vbc.core.database import retrying
from vbc.core.services import audit, notices

SALT_BYTES = 16

Ballot = Callable[[list[Option]], list[Said]]


@retrying
def record(act: Act, ballot: Ballot) -> list[Rating]:
    """What the ballot says of the options it is asked about, recorded."""
    try:
        return _record_once(act, ballot)
    except IntegrityError:
        # Something beside this door gave the place a live rating, and the constraint let one
        # stand. Looking again finds it.
        return _record_once(act, ballot)


@transaction.atomic
def _record_once(act: Act, ballot: Ballot) -> list[Rating]:
    """As few statements as the locks and the rules need, however many options and places there are.

    Lock order: panel, round, seat, the ratings; the audit's head last. What is read is read after
    the locks of panel and round, in statements that began after them.
    """
    round_, panel = _lock(act.round)
    seat = voice_of(act, round_, panel)
    options = options_asked(round_.decision, panel, act.person, act.only)
    refuse_unfit(act, round_, panel, options)
    if seat is None:
        raise NoVoice(
            "You have no seat on this panel from which to rate today, so nothing was recorded. "
            "You can read everything, and comment if you are on the panel."
        )
    given = list(given_by_place_or_person(seat, round_).select_for_update(of=("self",)))
    reason, perspective = act.reason.strip(), counts_as(seat, given)
    try:
        refuse_without_a_voice(act, seat, given, options)
    except NoVoice as refusal:
        # Why somebody has none is theirs to know, not their helper's.
        raise (NoVoice(NOTHING_FOR_THEM) if act.helped else refusal) from None
    # A refusal would tell a helper what the member speaks from: the member is asked afterwards.
    if perspective in CLINICAL_PERSPECTIVES and not reason and not act.helped:
        raise ReasonNeeded("Give your reason in a sentence or two. Nothing was recorded yet.")
    said = ballot([option for option in options if not option.is_left_out])
    made = [
        Rating(
            round=round_,
            option=each.option,
            place_id=seat.place_id,
            seat=seat,
            perspective=perspective,
            value=each.value,
            rank=each.rank,
            vote=each.vote,
            reason=reason,
            entered_by=act.by if act.helped else None,
            salt=secrets.token_hex(SALT_BYTES),
            receipt=new_receipt(),
            given_at=options[0].at,
        )
        for each in said
    ]
    stands = {rating.option_id: rating for rating in given if rating.place_id == seat.place_id}
    before = [stands[rating.option_id] for rating in made if rating.option_id in stands]
    if [_content(rating) for rating in before] == [_content(rating) for rating in made]:
        return before
    _put_in_place(made, before, others=list(stands.values()) if act.only is None else [])
    if act.helped:
        # Once in an hour, however many options.
        hour = f"{made[0].given_at:%Y%m%d%H}"
        notices.tell(act.helped.helping.seat.user, RECORDED_WITH_HELP, round_, once=hour)
    _write_down(act, round_, made)
    return made


def _lock(round_: Round) -> tuple[Round, Panel]:
    """The round and its panel as they are now, locked, the panel first."""
    locked = (
        Round.objects.select_for_update(of=("decision__cycle__panel", "self"), no_key=True)
        .select_related("decision__cycle__panel", "decision__cycle__organisation")
        # Said of the panel itself, so that it is an inner join: only such a row can be locked.
        .filter(pk=round_.pk, decision__cycle__panel__public_id__isnull=False)
        .only(
            *("public_id", "opened_at", "closes_at", "closed_at", "decision__method"),
            *("decision__cycle__panel__status", "decision__cycle__panel__minimum_service_users"),
            "decision__cycle__organisation__public_id",
        )
        .first()
    )
    if locked is None or locked.decision.cycle.panel is None:
        raise NotReadyToRate("This cycle has no panel yet. Link one first; nothing was changed.")
    return locked, locked.decision.cycle.panel


def _content(rating: Rating) -> tuple[Any, ...]:
    """What has to be the same for nothing to change: who says what, and who entered it."""
    return (
        rating.option_id,
        rating.seat_id,
        rating.value,
        rating.rank,
        rating.vote,
        rating.reason,
        rating.entered_by_id,
    )


def _put_in_place(made: list[Rating], before: list[Rating], *, others: list[Rating]) -> None:
    """The new ratings take the place of those before; a new order, of the whole order before."""
    ended = {rating.pk for rating in (*before, *others)}
    if ended:
        Rating.objects.newest().filter(pk__in=ended).update(superseded_at=made[0].given_at)
    if len(made) == 1:
        made[0].save(force_insert=True)
    else:
        Rating.objects.bulk_create(made)


def _write_down(act: Act, round_: Round, made: list[Rating]) -> None:
    """One entry, without anything of what was given; it says so where it was entered with help."""
    each = [
        {
            "option": rating.option.public_id,
            "receipt": rating.receipt,
            "digest": digest_of(rating),
        }
        for rating in made
    ]
    data: dict[str, Any] = {"round": round_.public_id}
    if act.helped:
        data["member_said_so"] = act.helped.member_said_so
    subject = act.helped.helping.seat.user if act.helped else None
    if act.only is not None:
        audit.record(RECORDED, made[0], by=act.by, subject=subject, data=data | each[0])
        return
    rows = [{"rating": rating.public_id, **one} for rating, one in zip(made, each, strict=True)]
    audit.record(RANKED, round_, by=act.by, subject=subject, data=data | {"ratings": rows})
