"""Who can enter what a member says, who does, and what a helper has entered."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cycles.models import Cycle, CycleUserGrant, Rating, RatingHelper, Round
from stakeholders.models import OrganisationMember, Panel, Seat, User
from stakeholders.queries.attendance import expected_at


def people_who_can_help(seat: Seat) -> QuerySet[User]:
    """Everybody else on the panel, those beside a member too, and one's own cover.

    Not others who only stand ready to step in: they are all service users or carers, and any member
    who rates would read them off this list. Not the chair, not who works for the organisation, and
    not who runs one of the panel's cycles: nobody tells a number to whoever has power over what
    becomes of it.
    """
    panel: Panel = seat.panel
    works = OrganisationMember.objects.filter(
        organisation=panel.organisation_id, user=OuterRef("pk"), until__isnull=True
    )
    runs = CycleUserGrant.objects.filter(
        content_object__panel=panel, user=OuterRef("pk"), permission__codename="run_cycle"
    )
    leads = Cycle.objects.running().filter(panel=panel, lead=OuterRef("pk"))
    own_cover = Q(pk__in=seat.place.seats.live().values("user"))
    on_the_panel = Q(pk__in=expected_at(panel).values("user"))
    return (
        User.objects.filter(on_the_panel | own_cover, is_active=True)
        .exclude(pk__in=[seat.user_id, panel.chair_id or 0])
        .exclude(Exists(works) | Exists(runs) | Exists(leads))
        .order_by("display_name", "pk")
    )


def helper_of(seat: Seat) -> RatingHelper | None:
    """Whom the holder of this seat chose, until they end it."""
    return live_helpers().filter(seat=seat).first()


def helped_by(user: Any, panel: Panel | None) -> QuerySet[RatingHelper]:
    """The members of the panel who chose this person."""
    return live_helpers().filter(helper_id=user.pk, seat__panel=panel)


def chosen_with(user: Any, panel: Panel | None) -> QuerySet[RatingHelper]:
    """The choices on the panel that this person is one of the two of."""
    either = Q(helper_id=user.pk) | Q(seat__user_id=user.pk)
    return live_helpers().filter(either, seat__panel=panel)


def entered_for(helping: RatingHelper, round_: Round | None) -> list[Rating]:
    """What the helper entered for the member in the round: the newest of each option, receipts and
    times alone. What the member gave themselves, before or since, is not in it."""
    if round_ is None:
        return []
    entered = (
        Rating.objects.filter(
            round=round_,
            seat=helping.seat_id,
            entered_by=helping.helper_id,
            given_at__gte=helping.chosen_at,
        )
        .select_related("option")
        .only("pk", "receipt", "given_at", "option__title", "option__public_id")
        .order_by("pk")
    )
    newest = {rating.option_id: rating for rating in entered}
    return sorted(newest.values(), key=lambda rating: rating.option_id)


def live_helpers() -> QuerySet[RatingHelper]:
    """The choices that stand, of members who are still on the panel."""
    return (
        RatingHelper.objects.filter(ended_at__isnull=True, seat__left_at__isnull=True)
        .select_related("helper", "seat__user", "seat__panel", "seat__place")
        .order_by("seat__user__display_name", "pk")
    )
