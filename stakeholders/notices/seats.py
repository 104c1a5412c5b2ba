"""What people are told about their own seats. Nothing here says what anyone speaks as, who is away
or why; a subject says nothing but that there is something to read."""

from django.urls import reverse

from stakeholders.enums import SeatKind
from stakeholders.models import Place, Removal, Seat
from stakeholders.queries.seats import who_can_step_in
from vbc.core.models import Notification
from vbc.core.services import notices
from vbc.core.services.notices import Words
from vbc.ui.dates import day_in_words

CAN_YOU_STEP_IN = "stakeholders.can_you_step_in"
MEMBER_IS_BACK = "stakeholders.member_is_back"
NOBODY_IN_TOUCH = "stakeholders.nobody_in_touch"
ON_RESERVE_AGAIN = "stakeholders.on_reserve_again"
PLACE_IS_YOURS = "stakeholders.place_is_yours"
REMOVED = "stakeholders.removed"
TERM_AGREED = "stakeholders.term_agreed"
TERM_ENDS_SOON = "stakeholders.term_ends_soon"
TERM_ENDED = "stakeholders.term_ended"


def _own(notice: Notification) -> Seat | None:
    """The reader's own seat, whether they still hold it or not."""
    return (
        Seat.objects.filter(public_id=notice.object_id, user=notice.recipient)
        .select_related("panel__organisation")
        .first()
    )


def _own_and_live(notice: Notification) -> Seat | None:
    seat = _own(notice)
    return seat if seat is not None and seat.left_at is None else None


def _part(seat: Seat) -> str:
    return reverse("stakeholders:your-part", args=[seat.panel.public_id])


@notices.writes(CAN_YOU_STEP_IN)
def can_you_step_in(notice: Notification) -> Words | None:
    place = Place.objects.filter(public_id=notice.object_id).select_related("panel").first()
    if place is None or not who_can_step_in(place).filter(user=notice.recipient).exists():
        return None
    return Words(
        subject="Can you step in for a while?",
        paragraphs=(
            f"Somebody on {place.panel.name} has stepped away for a while, and you offered to step "
            "in. If you can, say so on the page. If not, there is nothing you need to do, and "
            "nobody asks why.",
        ),
        link=reverse("stakeholders:your-part", args=[place.panel.public_id]),
        link_text="Read more, and say yes if you can",
    )


@notices.writes(MEMBER_IS_BACK)
def member_is_back(notice: Notification) -> Words | None:
    seat = _own_and_live(notice)
    if seat is None:
        return None
    return Words(
        subject="Thank you for stepping in",
        paragraphs=(
            f"The person you stepped in for on {seat.panel.name} is back. What you gave stands. "
            "You are ready to step in again another time, unless you say otherwise. If members "
            "could choose you to be in touch, that has ended too.",
        ),
        link=_part(seat),
        link_text="Open your part",
    )


@notices.writes(NOBODY_IN_TOUCH)
def nobody_in_touch(notice: Notification) -> Words | None:
    seat = _own_and_live(notice)
    can_choose = seat is not None and seat.kind in (SeatKind.MEMBER, SeatKind.COVER)
    if seat is None or not can_choose or seat.liaison_id is not None:
        return None
    return Words(
        subject="Somebody to turn to on a panel",
        paragraphs=(
            f"The person whom you chose to be in touch with you on {seat.panel.name} does not do "
            "so any more. It has nothing to do with you. You can choose somebody else, or "
            "nobody.",
        ),
        link=reverse("stakeholders:liaison", args=[seat.panel.public_id]),
        link_text="Choose somebody",
    )


@notices.writes(ON_RESERVE_AGAIN)
def on_reserve_again(notice: Notification) -> Words | None:
    seat = _own_and_live(notice)
    if seat is None or seat.kind != SeatKind.RESERVE:
        return None
    return Words(
        subject="Thank you for stepping in",
        paragraphs=(
            f"You are no longer needed in the place that you stepped in for on {seat.panel.name}. "
            "You have done nothing wrong, and what you gave stands. You are on the list of people "
            "who can step in, as before.",
        ),
        link=_part(seat),
        link_text="Open your part",
    )


@notices.writes(PLACE_IS_YOURS)
def place_is_yours(notice: Notification) -> Words | None:
    seat = _own_and_live(notice)
    if seat is None:
        return None
    return Words(
        subject="You are now a member of a panel",
        paragraphs=(
            f"You had stepped in on {seat.panel.name}. The place is now yours, as a member. If "
            "that is not what you want, you can step away or leave at any moment.",
        ),
        link=_part(seat),
        link_text="Open your part",
    )


@notices.writes(REMOVED)
def removed(notice: Notification) -> Words | None:
    seat = _own(notice)
    removal = Removal.objects.filter(seat=seat).first() if seat else None
    if seat is None or removal is None:
        return None
    return Words(
        subject="Your seat on a panel has been ended",
        paragraphs=(
            f"Your seat on {seat.panel.name} has been ended by the people who run it. You can read "
            "the reason, and what you can do if you think it is wrong, after signing in.",
            "What you gave stands, and you still hear what becomes of it.",
        ),
        link=reverse("stakeholders:removed", args=[seat.public_id]),
        link_text="Read the reason",
    )


@notices.writes(TERM_AGREED)
def term_agreed(notice: Notification) -> Words | None:
    seat = _own_and_live(notice)
    if seat is None:
        return None
    until = (
        f"Your seat on {seat.panel.name} is agreed until {day_in_words(seat.term_ends_on)}."
        if seat.term_ends_on
        else f"Your seat on {seat.panel.name} has no last day."
    )
    return Words(
        subject="How long your seat on a panel lasts",
        paragraphs=(until, "You can leave earlier, at any moment."),
        link=_part(seat),
        link_text="Open your part",
    )


@notices.writes(TERM_ENDS_SOON)
def term_ends_soon(notice: Notification) -> Words | None:
    seat = _own_and_live(notice)
    if seat is None or seat.term_ends_on is None:
        return None
    return Words(
        subject="Your time on a panel ends soon",
        paragraphs=(
            f"Your seat on {seat.panel.name} is agreed until {day_in_words(seat.term_ends_on)}. If "
            "you would like to stay longer, tell the people who run the panel.",
        ),
        link=_part(seat),
        link_text="Open your part",
    )


@notices.writes(TERM_ENDED)
def term_ended(notice: Notification) -> Words | None:
    seat = _own(notice)
    if seat is None:
        return None
    return Words(
        subject="Your time on a panel has ended",
        paragraphs=(
            f"Your seat on {seat.panel.name} has come to its agreed end. Thank you. What you gave "
            "stands, and you still hear what becomes of it.",
        ),
        link=reverse("home:my-work"),
        link_text="Open My work",
    )
