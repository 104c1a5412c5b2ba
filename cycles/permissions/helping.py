"""Who may choose a helper, and who may enter what a member says."""

from typing import Any

from cycles.models import Decision, RatingHelper
from cycles.permissions.decisions import member_seat
from cycles.permissions.ratings import may_rate
from cycles.permissions.stages import CLOSED
from cycles.queries.helping import people_who_can_help
from cycles.queries.rounds import RATING_PERSPECTIVES
from stakeholders.models import Seat
from vbc.core.refusals import ALLOWED, Denied, Permission

NOT_FOR_YOU = (
    "You can no longer enter anything for this person. What was recorded for them stands, and they "
    "can read and change it on their own page."
)
# One sentence for whatever the cause: that somebody is away, or has rated, is theirs to tell.
NOTHING_FOR_THEM = (
    "Nothing can be entered for this person now. What was recorded for them stands, and they can "
    "tell you more, if they like."
)
CANNOT_HELP = (
    "This person cannot help you to rate: it can be anybody on the panel but the chair, and nobody "
    "who runs the work or is employed to. Choose somebody else. Nothing was changed."
)


def may_choose_helper(user: Any, decision: Decision) -> Permission:
    """Whoever takes part in the panel and rates, each for themselves."""
    if decision.cycle.is_closed:
        return Denied(CLOSED)
    seat = member_seat(user, decision)
    if seat is None or seat.perspective not in RATING_PERSPECTIVES:
        return Denied("Only members who rate can choose somebody to help them with it.")
    return ALLOWED


def may_be_helper(person: Any, seat: Seat) -> Permission:
    """Anybody on the panel but the chair and whoever runs the work; asked again at each rating."""
    if people_who_can_help(seat).filter(pk=person.pk).exists():
        return ALLOWED
    return Denied(CANNOT_HELP)


def may_end_helping(user: Any, helping: RatingHelper) -> Permission:
    """The member, at any moment; and the helper, who is not held to it either."""
    if user.pk in (helping.seat.user_id, helping.helper_id):
        return ALLOWED
    return Denied("Only the two of them can end this.")


def may_help(user: Any, helping: RatingHelper) -> Permission:
    """The helper whom the member chose and has kept. Being a helper gives no voice of one's own."""
    chosen = helping.helper_id == user.pk and helping.ended_at is None
    if chosen and may_be_helper(user, helping.seat):
        return ALLOWED
    return Denied(NOT_FOR_YOU)


def may_enter(user: Any, helping: RatingHelper, decision: Decision) -> Permission:
    """Enter what the member says, while the member could rate themselves."""
    helps = may_help(user, helping)
    if not helps:
        return helps
    return ALLOWED if may_rate(helping.seat.user, decision) else Denied(NOTHING_FOR_THEM)
