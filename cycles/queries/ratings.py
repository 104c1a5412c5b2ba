"""A person's own ratings, and whether and where their voice counts."""

from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from cycles.models import (
    AppraisalSignature,
    Decision,
    Option,
    OptionInterest,
    Rating,
    Round,
)
from stakeholders.enums import SeatKind
from stakeholders.models import Panel, Seat, UnwellCard
from vbc.core.database import database_clock
from vbc.core.remembering import remembered


def _theirs(user: Any) -> Q:
    """Of ratings: what this person gave from a seat that they hold, or before they left, for the
    place on which they sit again. There it counts, and they can change it.

    It goes by the person and never by the place alone: cover does not see what the member gave.
    """
    sits_there_again = Seat.objects.live().filter(user_id=user.pk, place=OuterRef("place"))
    holds = Q(seat__left_at__isnull=True) | Q(Exists(sits_there_again))
    return Q(seat__user_id=user.pk) & holds


def my_ratings(user: Any, round_: Round | None) -> QuerySet[Rating]:
    """The live ratings that this person gave in the round, for a place that is theirs today.

    In the order of the options, which says nothing of what was given.
    """
    if round_ is None:
        return Rating.objects.none()
    return (
        Rating.objects.live()
        .filter(_theirs(user), round=round_)
        .select_related("option", "entered_by")
        .order_by("option_id")
    )


def recorded_for(user: Any, decision: Decision) -> QuerySet[Rating]:
    """Everything that stands for this person in the decision, round by round, the newest first."""
    return (
        Rating.objects.live()
        .filter(_theirs(user), round__decision=decision)
        .select_related("option", "round", "entered_by", "seat")
        .order_by("-round__number", "rank", "option_id")
    )


def released_reasons(round_: Round | None) -> QuerySet[Rating]:
    """The reasons that people released to stand beside the result; none before the close.

    It says nothing of what they gave, and nothing of what they speak from.
    """
    if round_ is None or round_.closed_at is None:
        return Rating.objects.none()
    return (
        Rating.objects.live()
        .filter(round=round_, reason_released_at__isnull=False)
        .exclude(reason="")
        .select_related("option", "seat__user")
        .order_by("option_id", "seat__user__display_name", "pk")
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
    return any(place != seat.place_id for _, place, _ in _given_in(user, round_))


def rated_by(user: Any, round_: Round | None) -> set[int]:
    """The options that this person rated in the round, as in `my_ratings`; never how."""
    if round_ is None:
        return set()
    return {option for option, _, is_theirs in _given_in(user, round_) if is_theirs}


@remembered
def _given_in(user: Any, round_: Round) -> list[tuple[int, int, bool]]:
    """The option, the place, and whether it is theirs today, of each live rating of this person."""
    given = Rating.objects.live().filter(round=round_, seat__user_id=user.pk)
    is_theirs = ExpressionWrapper(_theirs(user), output_field=BooleanField())
    return list(
        given.annotate(is_theirs=is_theirs).values_list("option_id", "place_id", "is_theirs")
    )


# --- What the door to ratings asks, each in one statement, with its locks held --------------------


def seats_with_what_bears_on_them(decision: Decision) -> QuerySet[Any]:
    """Seats, each with `has_signed`: whether its holder signed what the evidence says in the
    decision; and `member_lets_go`: whether the card of its place's member says that what they gave
    does not stand."""
    signed = AppraisalSignature.objects.filter(
        signed_by=OuterRef("user"), appraisal__option__decision=decision
    )
    card = UnwellCard.objects.filter(
        seat__place=OuterRef("place"),
        seat__kind=SeatKind.MEMBER,
        seat__left_at__isnull=True,
        ratings_stand=False,
    )
    return Seat.objects.annotate(has_signed=Exists(signed), member_lets_go=Exists(card)).only(
        "place", "user", "kind", "perspective"
    )


def options_asked(
    decision: Decision, panel: Panel, person: int, only: Option | None = None
) -> list[Any]:
    """The options that stand, or `only` that one, in their order, as they are at this moment.

    Each with `is_left_out` (the person has an interest in it), and with what is the same for all:
    `at` (the moment by the database's clock), `status_now` of the decision, and `counting` (how
    many service users count towards the panel's minimum).
    """
    interests = OptionInterest.objects.live().filter(option=OuterRef("pk"), seat__user_id=person)
    counting = (
        Seat.objects.counting_as_service_users()
        .filter(panel=panel)
        .order_by()
        .values("panel")
        .annotate(count=Count("pk"))
        .values("count")
    )
    options = Option.objects.filter(decision=decision, withdrawn_at__isnull=True)
    if only is not None:
        options = options.filter(pk=only.pk)
    return list(
        options.annotate(
            is_left_out=Exists(interests),
            at=database_clock(),
            status_now=F("decision__status"),
            counting=Coalesce(Subquery(counting, output_field=IntegerField()), 0),
        )
        .only("public_id", "title", "decision")
        .order_by("pk")
    )


def given_by_place_or_person(seat: Seat, round_: Round) -> QuerySet[Rating]:
    """The newest ratings in the round of the seat's place, and of its holder wherever they sat."""
    return (
        Rating.objects.newest()
        .filter(Q(place_id=seat.place_id) | Q(seat__user_id=seat.user_id), round=round_)
        .select_related("seat")
        .only(
            *(field.name for field in Rating._meta.concrete_fields),
            *("seat__user", "seat__kind", "seat__left_at", "seat__takes_ratings_back"),
        )
        .order_by("pk")
    )
