"""Who is coming, who is there, and whether a meeting can decide."""

from collections import Counter
from typing import Any

from django.db.models import Q, QuerySet

from stakeholders.enums import SeatKind, SeatStatus
from stakeholders.models import Attendance, Meeting, Panel, Seat

SERVICE_USERS_PRESENT = 2


def can_decide(meeting: Meeting) -> bool:
    """Whether the panel sits and at least two service users who count are there at this moment."""
    if not meeting.panel.is_sitting:
        return False
    counting: int = (
        meeting.panel.seats.counting_as_service_users()
        .filter(attendances__meeting=meeting, attendances__is_present=True)
        .count()
    )
    return counting >= SERVICE_USERS_PRESENT


def expected_at(panel: Panel) -> QuerySet[Seat]:
    """Everyone who may come: members, cover that has stepped in, and who sits beside somebody.

    A member who is away stands in the list like anybody else, or it would tell that they are.
    """
    return (
        panel.seats.live()
        .filter(Q(kind=SeatKind.MEMBER) | Q(status=SeatStatus.ACTIVE), user__is_active=True)
        .select_related("user")
    )


def attendance_by_seat(meeting: Meeting) -> dict[int, Attendance]:
    return {each.seat_id: each for each in meeting.attendances.select_related("seat__user")}


def attendance_of(meeting: Meeting, user: Any) -> Attendance | None:
    """What this person said of the meeting, by their live seat."""
    return meeting.attendances.filter(seat__user_id=user.pk, seat__left_at__isnull=True).first()


def came_to(meeting: Meeting) -> list[Attendance]:
    """Everyone who was there at some time of the meeting, whether or not they are still on the
    panel."""
    return list(
        meeting.attendances.filter(first_present_at__isnull=False)
        .select_related("seat__user")
        .order_by("seat__user__display_name", "pk")
    )


def apologies_for(meeting: Meeting) -> list[Attendance]:
    """Everyone who said that they could not come, and was not there. No reason: none is kept."""
    return list(
        meeting.attendances.filter(first_present_at__isnull=True, coming="no")
        .select_related("seat__user")
        .order_by("seat__user__display_name", "pk")
    )


def came_by_perspective(meeting: Meeting) -> Counter[str]:
    """How many were there, by what they spoke from when they came."""
    return Counter(
        meeting.attendances.filter(first_present_at__isnull=False).values_list(
            "perspective", flat=True
        )
    )
