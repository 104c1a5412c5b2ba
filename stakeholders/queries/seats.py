"""Who can step in for whom, and what a person reads of their own seat."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from stakeholders.enums import COVERED, PanelStatus, SeatKind, SeatStatus
from stakeholders.models import (
    Invitation,
    LiaisonOffer,
    Panel,
    Place,
    Removal,
    Seat,
    UnwellCard,
    User,
)


def free_places(panel: Panel) -> QuerySet[Place]:
    """Places of service users and carers whose member is away and nobody has stepped in; none once
    the panel has been closed."""
    if panel.status == PanelStatus.CLOSED:
        return Place.objects.none()
    seats = Seat.objects.filter(place=OuterRef("pk"))
    away = seats.filter(
        kind=SeatKind.MEMBER, status=SeatStatus.AWAY, perspective__in=sorted(COVERED)
    )
    return Place.objects.filter(Exists(away), ~Exists(seats.active()), panel=panel)


def who_can_step_in(place: Place) -> QuerySet[Seat]:
    """Those who are ready to step in for a free place: its cover, and the reserve list as far as it
    speaks from the same as the member who is away."""
    member = Seat.objects.filter(place=place, kind=SeatKind.MEMBER, status=SeatStatus.AWAY).first()
    if member is None or not free_places(place.panel).filter(pk=place.pk).exists():
        return Seat.objects.none()
    ready = Seat.objects.filter(
        panel_id=place.panel_id,
        status=SeatStatus.STANDBY,
        perspective=member.perspective,
        user__is_active=True,
    ).select_related("user")
    return (
        ready.filter(kind=SeatKind.COVER, place=place) | ready.filter(kind=SeatKind.RESERVE)
    ).order_by("joined_at", "pk")


def can_step_in(seat: Seat, place: Place) -> bool:
    """Whether the holder of `seat` can step in for `place` now."""
    return who_can_step_in(place).filter(pk=seat.pk).exists()


def places_to_step_in_for(seat: Seat) -> list[Place]:
    """The free places of the panel for which this seat's holder can step in."""
    if seat.status != SeatStatus.STANDBY:
        return []
    return [place for place in free_places(seat.panel).order_by("pk") if can_step_in(seat, place)]


def cover_of(seat: Seat) -> Seat | None:
    """The live cover of a member's place."""
    return (
        seat.place.seats.live().filter(kind=SeatKind.COVER).select_related("user").first()
        if seat.kind == SeatKind.MEMBER
        else None
    )


def member_covered_by(seat: Seat) -> Seat | None:
    """The member whose place this cover shares."""
    if seat.kind != SeatKind.COVER:
        return None
    return seat.place.seats.live().filter(kind=SeatKind.MEMBER).select_related("user").first()


def came_from_the_reserve_list(seat: Seat) -> bool:
    """Whether the holder was asked to be on the reserve list, and not to be this place's cover."""
    asked = Invitation.objects.filter(panel=seat.panel_id, accepted_by=seat.user_id)
    latest = asked.filter(accepted_at__gte=seat.joined_at).order_by("accepted_at").first()
    return latest is not None and latest.kind == SeatKind.RESERVE


def card_of(seat: Seat) -> UnwellCard:
    """What the holder wrote for when they become unwell; an empty one, not kept, where nothing."""
    return UnwellCard.objects.filter(seat=seat).first() or UnwellCard(seat=seat)


def who_chose(user: Any, panel: Panel) -> list[tuple[Seat, str]]:
    """Those who chose `user` to be in touch with, and whom each asked to be contacted."""
    seats = (
        Seat.objects.taking_part()
        .filter(panel=panel, liaison_id=user.pk, user__is_active=True)
        .select_related("user", "unwell_card")
        .order_by("user__display_name", "pk")
    )
    return [
        (seat, seat.unwell_card.whom_to_contact if hasattr(seat, "unwell_card") else "")
        for seat in seats
    ]


def removal_of(user: Any, public_id: str) -> Removal | None:
    """The removal of one's own seat: nobody else's can be read here."""
    return (
        Removal.objects.filter(seat__public_id=public_id, seat__user_id=user.pk)
        .select_related("seat__panel__organisation")
        .first()
    )


def people_to_be_in_touch_with(panel: Panel) -> QuerySet[User]:
    """Whoever offers to be in touch with members who choose them."""
    return User.objects.filter(
        liaison_offers__panel=panel, liaison_offers__withdrawn_at__isnull=True, is_active=True
    ).order_by("display_name", "pk")


def people_to_choose_from(seat: Seat) -> QuerySet[User]:
    """Whoever offers it, but for oneself."""
    return people_to_be_in_touch_with(seat.panel).exclude(pk=seat.user_id)


def offers_on(panel: Panel) -> QuerySet[LiaisonOffer]:
    """The offers that stand, with what each person said of themselves."""
    return LiaisonOffer.objects.filter(
        panel=panel, withdrawn_at__isnull=True, user__is_active=True
    ).select_related("user")


def offer_of(user: Any, panel: Panel) -> LiaisonOffer | None:
    """The reader's own offer, if it stands."""
    return offers_on(panel).filter(user_id=user.pk).first()


def seats_beside(seat: Seat) -> QuerySet[Seat]:
    """Those who sit beside the holder."""
    return seat.supporters.live().select_related("user").order_by("joined_at", "pk")


def everyone_on(panel: Panel) -> QuerySet[Seat]:
    """Everyone with a live seat, for whoever manages the seats."""
    return panel.seats.live().filter(user__is_active=True).select_related("user", "panel")


def live_seat_on(panel: Panel, public_id: str) -> Seat | None:
    """A live seat of this panel and no other."""
    return everyone_on(panel).filter(public_id=public_id).first()
