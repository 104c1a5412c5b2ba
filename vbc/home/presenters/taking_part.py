"""What being on a panel asks of a person: meetings, stepping in, offers, a start."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from stakeholders.enums import MeetingStatus, PanelStatus, PaymentStatus, SeatStatus
from stakeholders.models import Seat
from stakeholders.queries.induction import induction_of
from stakeholders.queries.minutes import open_actions_of
from stakeholders.queries.payments import has_money_here, payments_of
from stakeholders.queries.seats import places_to_step_in_for
from vbc.home.presenters.task import Task
from vbc.ui.dates import day_in_words, moment_in_words


def to_step_in(seats: Iterable[Seat]) -> list[Task]:
    """Where somebody is away and the reader said that they can step in."""
    return [
        Task(
            title=f"Say whether you can step in on {seat.panel.name}",
            url=reverse("stakeholders:your-part", args=[seat.panel.public_id]),
            takes="about a minute",
            when="only if you can: otherwise there is nothing you need to do",
        )
        for seat in seats
        if seat.status == SeatStatus.STANDBY and places_to_step_in_for(seat)
    ]


def asking(meetings: Iterable[Any], seats: Iterable[Seat]) -> list[Any]:
    """The meetings of which the reader is asked something: none while they are away or stand by,
    and none while the panel waits, as on the panel's own page."""
    panels = {
        seat.panel_id
        for seat in seats
        if seat.status == SeatStatus.ACTIVE and seat.panel.status != PanelStatus.PAUSED
    }
    return [meeting for meeting in meetings if meeting.panel_id in panels]


def coming_to_answer(meetings: Iterable[Any]) -> list[Task]:
    """Meetings with a date, of which the reader has not said whether they are coming."""
    return [
        Task(
            title=f"Say whether you are coming to “{meeting.title}”",
            url=meeting.get_absolute_url(),
            takes="about a minute",
            when=f"it is on {moment_in_words(meeting.starts_at)}",
            until=meeting.starts_at,
        )
        for meeting in meetings
        if meeting.status == MeetingStatus.ARRANGED and meeting.starts_at and not meeting.coming
    ]


def dates_to_answer(meetings: Iterable[Any]) -> list[Task]:
    """Meetings for which a date is looked for, and the reader has not said what suits them."""
    return [
        Task(
            title=f"Say which dates suit you: {meeting.title}",
            url=reverse(
                "stakeholders:meeting-dates", args=[meeting.panel.public_id, meeting.public_id]
            ),
            takes="about 2 minutes",
        )
        for meeting in meetings
        if meeting.asks_for_dates
    ]


def coming_meetings(meetings: Iterable[Any]) -> list[Task]:
    """Meetings that have a date."""
    return [
        Task(
            title=meeting.title,
            url=meeting.get_absolute_url(),
            when=f"{moment_in_words(meeting.starts_at)}, {meeting.panel.name}",
            until=meeting.starts_at,
        )
        for meeting in meetings
        if meeting.starts_at is not None
    ]


def offers_to_answer(user: Any) -> list[Task]:
    """Payments that were offered to the reader, all in one."""
    offered = payments_of(user).filter(status=PaymentStatus.OFFERED).count()
    if not offered:
        return []
    what = "an offer of payment" if offered == 1 else f"{offered} offers of payment"
    return [
        Task(
            title=f"Accept or decline {what}",
            url=reverse("stakeholders:my-support"),
            takes="about a minute",
            when="declining is fine, and nobody asks why",
        )
    ]


def promised_in_meetings(user: Any) -> list[Task]:
    """What the reader took on in meetings and has not done yet."""
    return [
        Task(
            title=f"Do, or say that it is done: {action.title}",
            url=reverse("stakeholders:my-meeting-actions"),
            when=f"by {day_in_words(action.due_on)}" if action.due_on else "",
            until=action.due_on,
        )
        for action in open_actions_of(user)
    ]


def for_members() -> list[dict[str, str]]:
    """Where whoever has a seat finds what is theirs: money, quiet, and the way out."""
    support = reverse("stakeholders:my-support")
    return [
        {
            "text": "Your money and support",
            "url": support,
            "hint": "What you are offered and paid, expenses, a letter to show",
        },
        {
            "text": "If you want no reminders",
            "url": f"{support}#quiet",
            "hint": "Until you say so. Nobody is told",
        },
        {
            "text": "Your account",
            "url": reverse("home:account"),
            "hint": "The name others see, signing in, your panels",
        },
    ]


def for_one(user: Any, seats: Sequence[Seat]) -> list[dict[str, str]]:
    """What of it is there for this person: whoever has left keeps the way to their money."""
    if seats:
        return for_members()
    return for_members()[:1] if has_money_here(user) else []


def to_begin_with(user: Any, seats: Iterable[Seat]) -> list[Task]:
    """The guided start, until it is read: for whoever has a seat. Before all else for whoever has
    not begun; who has begun goes on with it when they like."""
    if not any(True for _ in seats):
        return []
    induction = induction_of(user)
    if induction.finished_at is not None:
        return []
    return [
        Task(
            title="Start here: what this is, how it works, and your rights",
            url=reverse("stakeholders:induction"),
            takes="about 10 minutes",
            when="a bit at a time, if you like",
            is_first=not induction.steps_read,
        )
    ]
