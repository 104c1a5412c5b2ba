"""A person's own ratings, and whether and where their voice counts."""

from typing import Any

from django.db.models import Q, QuerySet

from cycles.models import Decision, Rating, Round
from stakeholders.models import Seat


def my_ratings(user: Any, round_: Round | None) -> QuerySet[Rating]:
    """The live ratings that this person gave in the round, by their own live seat.

    Cover never sees what the member of the place gave, so it goes by the seat, not the place.
    """
    if round_ is None:
        return Rating.objects.none()
    return (
        Rating.objects.live()
        .filter(round=round_, seat__user_id=user.pk, seat__left_at__isnull=True)
        .select_related("option")
        .order_by("option_id")
    )


def counts_as(seat: Seat, round_: Round) -> str:
    """The perspective under which the seat's ratings count in the round.

    It is the one under which its place has a live rating there already, else today's: a place
    counts in one pillar, whatever its holder comes to speak from during the round.
    """
    given = Rating.objects.live().filter(round=round_, place_id=seat.place_id)
    earlier = given.order_by("pk").values_list("perspective", flat=True).first()
    return earlier or seat.perspective


def has_rated(seat: Seat, decision: Decision) -> bool:
    """Whether the seat's place, or the person on it, has a live rating in any of the rounds."""
    return (
        Rating.objects.live()
        .filter(Q(place_id=seat.place_id) | Q(seat__user_id=seat.user_id), round__decision=decision)
        .exists()
    )


def has_rated_in(seat: Seat, round_: Round) -> bool:
    """Whether the holder of this seat has given something in the round that counts."""
    return Rating.objects.live().filter(round=round_, seat=seat).exists()


def has_rated_from_elsewhere(user: Any, seat: Seat, round_: Round) -> bool:
    """Whether this person has a live rating in the round from a place other than the seat's."""
    given = Rating.objects.live().filter(round=round_, seat__user_id=user.pk)
    return given.exclude(place_id=seat.place_id).exists()
