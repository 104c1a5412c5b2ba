"""Who has an interest in an option: they speak about it, do not rate it, and are not waited for."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from cycles.models import Decision, Option, OptionInterest
from stakeholders.enums import SeatStatus
from stakeholders.models import Seat


def interest_of(user: Any, option: Option) -> OptionInterest | None:
    """What this person declared of the option; None where they declared nothing."""
    return OptionInterest.objects.live().filter(option=option, seat__user_id=user.pk).first()


def interests_on(decision: Decision) -> QuerySet[OptionInterest]:
    """What people declared of the options that stand, by the names they chose; what somebody who
    has left declared still leaves them out, and is shown to nobody."""
    return (
        OptionInterest.objects.live()
        .filter(option__decision=decision, option__withdrawn_at__isnull=True)
        .select_related("seat__user")
        .order_by("seat__user__display_name", "pk")
    )


def left_out_for(user: Any, decision: Decision) -> set[int]:
    """The keys of the options that stand and that this person does not rate."""
    return set(
        OptionInterest.objects.live()
        .filter(option__decision=decision, option__withdrawn_at__isnull=True, seat__user_id=user.pk)
        .values_list("option_id", flat=True)
    )


def not_waited_for(seats: Iterable[Seat], options: Iterable[int]) -> set[tuple[int, int]]:
    """Which place is not waited for on which option: whoever speaks for it today has an interest.

    Where somebody on a place takes part now, they speak for it; else whoever holds it does, since
    they may come back in time.
    """
    by_place: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats:
        by_place[seat.place_id].append(seat)
    declared = set(
        OptionInterest.objects.live()
        .filter(option__in=list(options))
        .values_list("seat__user_id", "option_id")
    )
    left_out = set()
    for place, holders in by_place.items():
        speaking = [each for each in holders if each.status == SeatStatus.ACTIVE] or holders
        for option in {option for _, option in declared}:
            if all((each.user_id, option) in declared for each in speaking):
                left_out.add((place, option))
    return left_out
