"""What the decisions of the reader's panels ask of them: to rate, appraise, agree and sign."""

from typing import Any

from django.urls import reverse

from cycles.queries.signatures import records_to_sign
from cycles.queries.values import editions_waiting_for
from stakeholders.models import Seat
from vbc.home.presenters.task import MOST_WAITING, Task
from vbc.home.queries import my_work as queries
from vbc.ui.dates import moment_in_words

MINUTES_AN_OPTION = 2


def to_rate(rounds: list[queries.OpenRound]) -> list[Task]:
    """Rounds in which the reader has options left to rate."""
    return [
        Task(
            title=f"Rate the options in “{each.round.decision.title}”",
            url=each.round.decision.get_absolute_url(),
            takes=f"about {max(5, MINUTES_AN_OPTION * each.options_to_rate)} minutes",
            when=f"until {moment_in_words(each.closes_at)}" if each.closes_at else "",
            until=each.closes_at,
        )
        for each in rounds
        if each.options_to_rate and not each.is_over
    ]


def to_close(rounds: list[queries.OpenRound]) -> list[Task]:
    """Rounds that the reader runs, and whose time has passed."""
    return [
        Task(
            title=f"Close the round on “{each.round.decision.title}”",
            url=each.round.decision.get_absolute_url(),
            takes="a minute",
            when="its time has passed",
            until=each.closes_at,
        )
        for each in rounds
        if each.is_run_by_reader and each.is_over
    ]


def to_appraise(seats: list[Seat]) -> list[Task]:
    """Evidence that waits to be appraised, read, signed or agreed."""
    return [_appraisal(each) for each in queries.appraisals_waiting(seats)]


def _appraisal(waiting: queries.AppraisalsWaiting) -> Task:
    """What comes first: writing, then reading and signing, then agreeing."""
    title = waiting.decision.title
    if waiting.to_write:
        verb, takes = f"Appraise the evidence on “{title}”", "about 20 minutes for each option"
    elif waiting.to_sign:
        verb, takes = f"Read and sign the appraisal of “{title}”", "about 10 minutes"
    else:
        verb, takes = f"Agree the appraisal of “{title}”", "about 5 minutes"
    return Task(title=verb, url=waiting.decision.get_absolute_url(), takes=takes)


def to_agree(seats: list[Seat]) -> list[Task]:
    """The list of what matters to the panel, until the reader's pillar has agreed to it."""
    return [
        Task(
            title=f"Agree to what matters to all of us in “{each.cycle.title}”",
            url=reverse("cycles:values", args=[each.cycle.slug]),
            takes="about 5 minutes",
            when="or say what is missing from it",
        )
        for each in editions_waiting_for(seats)
    ]


def to_sign(user: Any, seats: list[Seat]) -> list[Task]:
    """What was written down of a decision. Asked, never owed; it says nothing of who is asked."""
    if not seats:
        return []
    return [
        Task(
            title=f"Say whether “{each.decision.title}” was written down as it was",
            url=reverse(
                "cycles:sign-record", args=[each.decision.cycle.slug, each.decision.public_id]
            ),
            takes="about 5 minutes",
            when="you are asked to sign the record, and you do not have to",
        )
        for each in records_to_sign(user)[:MOST_WAITING]
    ]


def closing(rounds: list[queries.OpenRound]) -> list[Task]:
    """Rounds in which the reader has rated all, and which go on."""
    return [
        Task(
            title=f"Rating closes on “{each.round.decision.title}”",
            url=each.round.decision.get_absolute_url(),
            when=moment_in_words(each.closes_at),
            until=each.closes_at,
        )
        for each in rounds
        if each.closes_at and not each.is_over and not each.options_to_rate
    ]


def talked_about(user: Any, seats: list[Seat]) -> list[Task]:
    """Decisions whose round has closed, and which are not recorded yet."""
    return [
        Task(
            title=f"“{each.title}” is being talked about",
            url=reverse("cycles:decision-result", args=[each.cycle.slug, each.public_id]),
            when="Read the result, and say what it means.",
        )
        for each in queries.being_talked_about(user, seats)
    ]
