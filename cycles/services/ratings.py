"""The one door to ratings. What someone gave is never logged and never in the audit.

A rating is a number, a place in an order, or a yes or no, by the decision's method; in each way
somebody can choose not to say. Whatever the way, the same holds: one voice a place, sealed, to be
changed until the close, with a receipt.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from cycles.enums import BallotMethod, DecisionStatus, YesNo
from cycles.models import Decision, Option, Rating, RatingHelper, Round
from cycles.notices.ratings import RECORDED_WITH_HELP
from cycles.permissions.helping import NOTHING_FOR_THEM, may_help
from cycles.permissions.ratings import (
    HAS_A_VOICE_ELSEWHERE,
    SETTLED_BY_MEMBER,
    may_release_reason,
    may_take_reason_back,
)
from cycles.queries.ratings import (
    given_by_place_or_person,
    options_asked,
    seats_with_what_bears_on_them,
)
from cycles.queries.rounds import (
    CLINICAL_PERSPECTIVES,
    RATING_PERSPECTIVES,
    close_with_pauses,
    pauses_of,
)
from cycles.queries.tampering import (
    RANKED,
    REASON_RELEASED,
    REASON_TAKEN_BACK,
    RECORDED,
    digest_of,
)
from cycles.services import decisions
from cycles.services.rounds import NotReadyToRate, refuse_unless_sitting
from stakeholders.enums import SeatKind, SeatStatus
from stakeholders.models import Panel, Seat
from vbc.core.database import database_now, retrying
from vbc.core.ids import ALPHABET
from vbc.core.refusals import Denied, Permission, Refused
from vbc.core.services import audit, notices

RECEIPT_BLOCKS, RECEIPT_BLOCK = 4, 4
SALT_BYTES = 16


class RoundNotOpen(Refused):
    """The rating came before the round opened or after it closed."""


class NoVoice(Refused):
    """The person has no seat from which to rate today."""


class ReasonNeeded(Refused):
    """Members who rate from their profession give a reason."""


class NotInOrder(Refused):
    """The order leaves out an option, names one twice, or holds one that is not to be ranked."""


@dataclass(frozen=True)
class Helped:
    """That the one who acts enters what a member said, and says that the member said so."""

    helping: RatingHelper
    member_said_so: bool


@dataclass(frozen=True)
class Said:
    """What is said of one option. All empty: the person chose not to say."""

    option: Option
    value: int | None = None
    rank: int | None = None
    vote: str = ""


@dataclass(frozen=True)
class ReceiptCheck:
    """What a receipt proves: that something was recorded.

    When, and whether it stands, is for the person who gave it; to anybody else both are None. It
    holds nothing of what was given.
    """

    recorded_at: datetime | None = None
    stands: bool | None = None


def cast(
    round_: Round,
    *,
    option: Option,
    value: int | None,
    reason: str = "",
    by: Any,
    helped: Helped | None = None,
) -> Rating:
    """Record the rating of an option by the place on which `by` sits today.

    `value` is 1 to 9, or None for "I choose not to score". A change supersedes what the place gave
    before; the same again, by the same person, changes nothing and returns the same receipt. What
    somebody speaks from may change meanwhile; within a round the place goes on counting where it
    counted first, so that nobody counts in two pillars. In time or not is judged by the database's
    clock, under the locks. With `helped`, `by` enters what a member said: it counts for the
    member's place, and the member is told.

    Raises RoundNotOpen, PanelWaiting, NoVoice, ReasonNeeded.
    """
    if value is not None and (isinstance(value, bool) or value not in range(1, 10)):
        raise Refused("A rating is a whole number from 1 to 9. Nothing was recorded.")
    act = _Act(round_, BallotMethod.RATING, reason, by, helped, only=option)
    return _record(act, lambda options: [Said(options[0], value=value)])[0]


def vote(
    round_: Round,
    *,
    option: Option,
    vote: str,
    reason: str = "",
    by: Any,
    helped: Helped | None = None,
) -> Rating:
    """Record yes or no to an option; an empty `vote` is "I abstain". The rest is as in `cast`."""
    if vote not in ("", *YesNo.values):
        raise Refused("Say yes, no, or that you abstain. Nothing was recorded.")
    act = _Act(round_, BallotMethod.YES_NO, reason, by, helped, only=option)
    return _record(act, lambda options: [Said(options[0], vote=vote)])[0]


def rank(
    round_: Round,
    *,
    order: Sequence[Option] | None,
    reason: str = "",
    by: Any,
    helped: Helped | None = None,
) -> list[Rating]:
    """Record an order of the options, the best first, as a whole; None is "I choose not to say".

    The order holds each option that stands, but those in which the person has an interest. The
    rest is as in `cast`. Raises NotInOrder beside what that raises.
    """

    def in_order(options: list[Option]) -> list[Said]:
        if order is None:
            return [Said(option) for option in options]
        keys = [option.pk for option in order]
        if sorted(keys) != sorted(option.pk for option in options):
            raise NotInOrder(
                "The options to put in order have changed, or one stands twice. Nothing was "
                "recorded. Give each option a place of its own."
            )
        # Written down in the order of the options, not of the places: the audit shows none.
        return [Said(option, rank=keys.index(option.pk) + 1) for option in options]

    given = _record(_Act(round_, BallotMethod.RANKING, reason, by, helped), in_order)
    return sorted(given, key=lambda rating: (rating.rank or 0, rating.option_id))


@transaction.atomic
def release_reason(rating: Rating, *, by: Any) -> None:
    """`by` shows the reason they gave beside the result, once there is one, with the name they
    chose. What they gave stays as sealed as it was."""
    _show_reason(rating, True, may_release_reason, REASON_RELEASED, by)


@transaction.atomic
def take_reason_back(rating: Rating, *, by: Any) -> None:
    """The reason is theirs alone again. Until the decision is recorded."""
    _show_reason(rating, False, may_take_reason_back, REASON_TAKEN_BACK, by)


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


# --- Recording ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Act:
    """Somebody says something in a round: by which method, why, who acts, and for whom.

    `only`: of this option alone.
    """

    round: Round
    method: BallotMethod
    reason: str
    by: Any
    helped: Helped | None
    only: Option | None = None

    @property
    def person(self) -> int:
        """Whose voice it is."""
        return self.helped.helping.seat.user_id if self.helped else int(self.by.pk)


Ballot = Callable[[list[Option]], list[Said]]


@retrying
def _record(act: _Act, ballot: Ballot) -> list[Rating]:
    """What the ballot says of the options it is asked about, recorded."""
    try:
        return _record_once(act, ballot)
    except IntegrityError:
        # Something beside this door gave the place a live rating, and the constraint let one
        # stand. Looking again finds it.
        return _record_once(act, ballot)


@transaction.atomic
def _record_once(act: _Act, ballot: Ballot) -> list[Rating]:
    """As few statements as the locks and the rules need, however many options and places there are.

    Lock order: panel, round, seat, the ratings; the audit's head last. What is read is read after
    the locks of panel and round, in statements that began after them.
    """
    round_, panel = _lock(act.round)
    seat = _voice(act, round_, panel)
    options = options_asked(round_.decision, panel, act.person, act.only)
    _refuse_unfit(act, round_, panel, options)
    if seat is None:
        raise NoVoice(
            "You have no seat on this panel from which to rate today, so nothing was recorded. "
            "You can read everything, and comment if you are on the panel."
        )
    given = list(given_by_place_or_person(seat, round_).select_for_update(of=("self",)))
    reason, perspective = act.reason.strip(), _counts_as(seat, given)
    try:
        _refuse_without_a_voice(act, seat, given, options)
    except NoVoice as refusal:
        # Why somebody has none is theirs to know, not their helper's.
        raise (NoVoice(NOTHING_FOR_THEM) if act.helped else refusal) from None
    if perspective in CLINICAL_PERSPECTIVES and not reason:
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


def _voice(act: _Act, round_: Round, panel: Panel) -> Any:
    """The seat from which the person speaks today, locked; None where they have no voice."""
    seats = seats_with_what_bears_on_them(round_.decision).select_for_update(
        of=("self",), no_key=True
    )
    seats = seats.filter(
        panel=panel,
        user_id=act.person,
        status=SeatStatus.ACTIVE,
        perspective__in=sorted(RATING_PERSPECTIVES),
    )
    if act.helped is None:
        return seats.first()
    if not act.helped.member_said_so:
        raise Refused("Say that they told you this, and know that you enter it. Nothing was saved.")
    seat = seats.filter(pk=act.helped.helping.seat_id).first()
    helping = (
        RatingHelper.objects.select_for_update(of=("self",), no_key=True)
        .select_related("seat__panel")
        .get(pk=act.helped.helping.pk)
    )
    helps = may_help(act.by, helping)
    if isinstance(helps, Denied):
        raise NoVoice(helps.reason)
    if seat is None:
        raise NoVoice(NOTHING_FOR_THEM)
    return seat


def _refuse_unfit(act: _Act, round_: Round, panel: Panel, options: list[Any]) -> None:
    """Raise unless the panel sits, the option is one to be asked about, and the round is open."""
    if not options:
        raise Refused("That option is not part of this decision. Nothing was recorded.")
    asked = options[0]
    refuse_unless_sitting(panel, has_enough=asked.counting >= panel.minimum_service_users)
    if round_.decision.method != act.method:
        raise Refused("This decision is answered in another way. Nothing was recorded.")
    in_time = round_.opened_at <= asked.at and _is_before_the_close(round_, panel, asked.at)
    if round_.closed_at is not None or asked.status_now != DecisionStatus.RATING or not in_time:
        raise RoundNotOpen(
            "This round has closed, so nothing was recorded now. What you gave before the close "
            "stands. The next step is to read the result together."
        )


def _is_before_the_close(round_: Round, panel: Panel, now: datetime) -> bool:
    """Pauses only ever add time, so they are read only once the announced close has passed."""
    if now < round_.closes_at:
        return True
    pauses = pauses_of(panel, since=round_.opened_at)
    close = close_with_pauses(round_.opened_at, round_.closes_at, pauses)
    return close is None or now < close


def _refuse_without_a_voice(act: _Act, seat: Any, given: list[Rating], options: list[Any]) -> None:
    """Raise NoVoice where somebody's voice counts elsewhere, or is not asked for here."""
    if seat.has_signed:
        raise NoVoice(
            "You have signed what the evidence says in this decision, so your voice counts there, "
            "and it counts once. Nothing was recorded. You can comment on every option."
        )
    if all(option.is_left_out for option in options):
        raise NoVoice(
            "You have declared an interest in this option, so you speak about it and do not rate "
            "it. Nothing was recorded."
        )
    settled = _speaks_once(seat, [rating for rating in given if _counts(rating)])
    if settled is not None:
        raise NoVoice(settled.reason)


def _speaks_once(seat: Any, counting: list[Rating]) -> Denied | None:
    """The same as `may_speak_in_round`, of what has been read already; a test compares the two."""
    if any(
        rating.seat.user_id == seat.user_id and rating.place_id != seat.place_id
        for rating in counting
    ):
        return HAS_A_VOICE_ELSEWHERE
    member_gave = any(
        rating.place_id == seat.place_id
        and rating.seat.kind == SeatKind.MEMBER
        and rating.seat.left_at is None
        for rating in counting
    )
    if seat.kind == SeatKind.COVER and member_gave and not seat.member_lets_go:
        return SETTLED_BY_MEMBER
    return None


def _counts_as(seat: Seat, given: list[Rating]) -> str:
    """Where the place counts in this round; as `cycles.queries.ratings.counts_as`."""
    of_the_place = [each for each in given if each.place_id == seat.place_id and _counts(each)]
    return of_the_place[0].perspective if of_the_place else seat.perspective


def _counts(rating: Rating) -> bool:
    """Whether a newest rating of an open round counts: it was not taken back on leaving."""
    return rating.seat.left_at is None or not rating.seat.takes_ratings_back


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


def _write_down(act: _Act, round_: Round, made: list[Rating]) -> None:
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


def _show_reason(
    rating: Rating,
    shown: bool,
    may: Callable[[Any, Rating], Permission],
    verb: str,
    by: Any,
) -> None:
    """Set whether a reason is shown. One that was given for an order as a whole is shown, or not,
    with all of it."""
    decision = decisions.lock(rating.round.decision)
    locked = (
        Rating.objects.live()
        .select_for_update(of=("self",))
        .select_related("round__decision__cycle__organisation", "seat")
        .filter(round=rating.round_id, seat=rating.seat_id, given_at=rating.given_at)
    )
    rows = [row for row in locked.order_by("pk") if row.reason == rating.reason]
    if rating.pk not in {row.pk for row in rows}:
        raise Refused("You have changed this meanwhile. Nothing was changed now. Look again.")
    for row in rows:
        row.round.decision = decision
        allowed = may(by, row)
        if isinstance(allowed, Denied):
            raise Refused(allowed.reason)
    changed = [row for row in rows if (row.reason_released_at is not None) != shown]
    Rating.objects.filter(pk__in=[row.pk for row in changed]).update(
        reason_released_at=database_now() if shown else None
    )
    for row in changed:
        audit.record(verb, row, by=by)
