"""Whether the round takes it, and whether the person has a voice: asked with the locks held."""

from datetime import datetime
from typing import Any

from cycles.enums import DecisionStatus
from cycles.models import Rating, RatingHelper, Round
from cycles.permissions.helping import NOTHING_FOR_THEM, may_help
from cycles.permissions.ratings import HAS_A_VOICE_ELSEWHERE, SETTLED_BY_MEMBER
from cycles.queries.ratings import seats_with_what_bears_on_them
from cycles.queries.rounds import RATING_PERSPECTIVES, close_with_pauses, pauses_of
from cycles.services.ratings.acts import Act, NoVoice, RoundNotOpen
from cycles.services.rounds import refuse_unless_sitting
from stakeholders.enums import SeatKind, SeatStatus
from stakeholders.models import Panel, Seat
from vbc.core.refusals import Denied, Refused


def voice_of(act: Act, round_: Round, panel: Panel) -> Any:
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


def refuse_unfit(act: Act, round_: Round, panel: Panel, options: list[Any]) -> None:
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


def refuse_without_a_voice(act: Act, seat: Any, given: list[Rating], options: list[Any]) -> None:
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
    settled = speaks_once(seat, [rating for rating in given if _counts(rating)])
    if settled is not None:
        raise NoVoice(settled.reason)


def speaks_once(seat: Any, counting: list[Rating]) -> Denied | None:
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


def counts_as(seat: Seat, given: list[Rating]) -> str:
    """Where the place counts in this round; as `cycles.queries.ratings.counts_as`."""
    of_the_place = [each for each in given if each.place_id == seat.place_id and _counts(each)]
    return of_the_place[0].perspective if of_the_place else seat.perspective


def _counts(rating: Rating) -> bool:
    """Whether a newest rating of an open round counts: it was not taken back on leaving."""
    return rating.seat.left_at is None or not rating.seat.takes_ratings_back
