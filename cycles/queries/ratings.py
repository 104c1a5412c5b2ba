"""A person's own ratings. Nobody else's are read here."""

from typing import Any

from django.db.models import QuerySet

from cycles.models import Rating, Round


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
