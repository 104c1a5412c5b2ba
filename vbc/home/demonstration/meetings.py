"""Meetings of the demonstration: one that was held and has its minutes, one that is to come, and
one whose date is being looked for."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from cycles.enums import DecisionStatus
from cycles.models import Decision
from cycles.services import agendas as agendas_of_decisions
from cycles.services import interests as interests_in_options
from stakeholders.enums import AgendaKind, Coming, DateChoice, InterestKind
from stakeholders.models import Meeting, Seat
from stakeholders.services import (
    agendas,
    attendance,
    dates,
    interests,
    meetings,
    minutes,
    papers,
)
from vbc.home.demonstration.people import Cast
from vbc.ui.dates import LONDON

ROOM = (
    "Room 2, Invented Community Centre, 1 Example Street. Level entrance at the side; bus 99 stops "
    "outside."
)
WHO_CAME = ("wren", "robin", "heron", "swift", "lukasz", "jay", "merle")


def meet(cast: Cast) -> None:
    """Called once, when the people, their panel and its decisions are there."""
    _held(cast)
    coming = _to_come(cast)
    _about_a_decision(cast, coming)
    _looking_for_a_date(cast)
    interests.declare(
        _seat(cast, "jay"),
        kind=InterestKind.ROLE,
        words="I am a volunteer trustee of the Invented Community Centre, where we meet.",
        is_public=True,
        by=cast["jay"],
    )
    interests.declare(
        _seat(cast, "sarka"),
        kind=InterestKind.WORK,
        words="I have been paid for a talk by a company that makes an app for sleep.",
        by=cast["sarka"],
    )


def _held(cast: Cast) -> None:
    meeting = _meeting(cast, "How we want to work together", "We get to know each other.")
    hello = agendas.add(
        meeting,
        title="How is everyone?",
        kind=AgendaKind.HEAR,
        minutes=15,
        leader="Wren Example",
        by=cast["wren"],
    )
    rules = agendas.add(
        meeting,
        title="Our ground rules",
        kind=AgendaKind.DECIDE,
        minutes=30,
        leader="Heron Example",
        by=cast["wren"],
    )
    meetings.arrange(meeting, starts_at=_at(-20, 14), by=cast["wren"])
    papers.send_round(meeting, by=cast["alex"])
    for key in WHO_CAME:
        attendance.say_present(meeting, seat=_seat(cast, key), is_present=True, by=cast[key])
    attendance.say_coming(meeting, seat=_seat(cast, "minh"), coming=Coming.NO, by=cast["minh"])
    minutes.write_note(
        hello,
        said="Everyone said a word about themselves, or passed. Both were fine.",
        expected=0,
        by=cast["alex"],
    )
    minutes.write_note(
        rules,
        said="We talked about what helps people to speak: short turns, a break after 45 minutes, and being allowed to write instead.",
        expected=0,
        by=cast["alex"],
    )
    minutes.record_decision(
        rules,
        words="We keep the ground rules of the page for chairs, and add one: no abbreviations without saying what they mean.",
        by=cast["wren"],
    )
    minutes.add_action(
        rules,
        title="Put the ground rules on a poster for the room",
        owner=cast["swift"],
        due_on=timezone.localdate() + timedelta(days=10),
        by=cast["alex"],
    )
    minutes.add_action(
        rules, title="Ask the centre for a second quiet room", owner=cast["wren"], by=cast["alex"]
    )
    meetings.close(meeting, by=cast["wren"])
    shared = minutes.share(meeting, by=cast["alex"])
    minutes.ask_for_correction(
        shared,
        text="I also said that the break should have a fixed time. Could that be added?",
        by=cast["robin"],
    )


def _to_come(cast: Cast) -> Meeting:
    meeting = _meeting(
        cast,
        "What the options mean for people",
        "We talk about the options before anything is decided.",
    )
    for title, kind, length, leader in (
        ("How is everyone?", AgendaKind.HEAR, 10, "Wren Example"),
        ("The minutes of last time", AgendaKind.DECIDE, 10, "Wren Example"),
        (
            "What the options would mean for people who never ask for help",
            AgendaKind.TALK,
            45,
            "Robin Example",
        ),
        ("What we still need to know", AgendaKind.TALK, 15, "Merle Example"),
    ):
        agendas.add(meeting, title=title, kind=kind, minutes=length, leader=leader, by=cast["wren"])
    agendas.ask_for(
        meeting, title="Who looks after children while parents are in a session", by=cast["heron"]
    )
    papers.add(
        meeting,
        title="Three people tell how they found help, or did not",
        plain_summary=(
            "Three invented people tell what happened. One walked in somewhere near the market, one "
            "waited for eleven months, one gave up. What made the difference was a person who "
            "answered at once."
        ),
        text=(
            "This paper is part of the demonstration and invented from beginning to end.\n\n"
            "“I went in because the door was open and somebody said hello,” says the first. "
            "The second kept the letter on the fridge. The third threw it away."
        ),
        by=cast["linnet"],
    )
    meetings.arrange(meeting, starts_at=_at(9, 14), by=cast["wren"])
    papers.send_round(meeting, by=cast["alex"])
    for key, coming in (("heron", Coming.YES), ("lukasz", Coming.YES), ("merle", Coming.NO)):
        attendance.say_coming(meeting, seat=_seat(cast, key), coming=coming, by=cast[key])
    return meeting


def _about_a_decision(cast: Cast, meeting: Meeting) -> None:
    """The decision that is being rated is on the agenda; somebody has an interest in an option."""
    decision = Decision.objects.get(cycle__panel=cast.panel, status=DecisionStatus.RATING)
    agendas_of_decisions.put_on(decision, meeting, minutes=20, by=cast["alex"])
    interests_in_options.declare(
        decision.options.order_by("pk")[1],
        words="Somebody close to me works for a company that may offer this.",
        by=cast["sarka"],
    )


def _looking_for_a_date(cast: Cast) -> None:
    meeting = _meeting(cast, "Looking back on the year", "We ask what worked, and what did not.")
    offered = [
        dates.offer(meeting, starts_at=_at(*day_and_hour), by=cast["wren"])
        for day_and_hour in ((37, 10), (38, 14), (41, 18))
    ]
    dates.ask_everyone(meeting, by=cast["wren"])
    said = {
        "robin": (DateChoice.NO, DateChoice.YES, DateChoice.IF_NEED_BE),
        "heron": (DateChoice.NO, DateChoice.YES, DateChoice.YES),
        "sarka": (DateChoice.YES, DateChoice.IF_NEED_BE, DateChoice.NO),
    }
    for key, choices in said.items():
        dates.answer(
            meeting,
            seat=_seat(cast, key),
            choices=dict(zip(offered, map(str, choices), strict=True)),
            by=cast[key],
        )


def _meeting(cast: Cast, title: str, purpose: str) -> Meeting:
    fields = {
        "title": title,
        "purpose": purpose,
        "place": ROOM,
        "phone": "01632 960000",
        "length": 90,
    }
    return meetings.set_up(cast.panel, fields=fields, by=cast["wren"])


def _seat(cast: Cast, key: str) -> Seat:
    return Seat.objects.live().get(panel=cast.panel, user=cast[key])


def _at(days: int, hour: int) -> datetime:
    """So many days from now, on the next day that is no weekend."""
    day = timezone.localdate() + timedelta(days=days)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(hour), tzinfo=LONDON)
