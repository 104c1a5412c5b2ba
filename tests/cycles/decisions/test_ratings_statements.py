"""What a rating costs the database, and that what is read for it is read under its locks."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cycles.enums import BallotMethod
from cycles.models import Decision, Rating, Round
from cycles.permissions.ratings import may_speak_in_round
from cycles.queries.ratings import given_by_place_or_person, seats_with_what_bears_on_them
from cycles.services import ratings
from cycles.services.ratings.voices import speaks_once
from stakeholders.enums import Perspective
from stakeholders.models import Seat
from stakeholders.queries.panels import seat_of
from stakeholders.services import cards, seats
from tests.factories import decisions as make
from tests.factories import ratings as make_ratings
from tests.factories import seats as make_seat

pytestmark = pytest.mark.django_db
USER = Perspective.SERVICE_USER
MOST_STATEMENTS = 12
SMALL = {"service_users": 2, "carers": 0, "clinicians": 1, "evidence_reviewers": 1}
# Thirty places.
LARGE = {"service_users": 10, "carers": 8, "clinicians": 10, "evidence_reviewers": 2}


def statements(act: Callable[[], object]) -> list[str]:
    """What is sent to the database, the beginning and the end of the transaction included."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return [query["sql"] for query in queries.captured_queries]


def second_round(method: str) -> Decision:
    """Thirty places, twelve options, and a second round in which nearly everybody has answered."""
    made = make_ratings.ready_for(method, 12, **LARGE)
    make.opened(made)
    make_ratings.by_everybody(made)
    make.opened(make.closed(made))
    make_ratings.by_everybody(made, but=make.members(made, USER)[0])
    assert Rating.objects.filter(round__decision=made).count() == 12 * (28 + 27)
    return made


def acts(made: Decision, person: Any) -> list[Callable[[], object]]:
    """Something given for the first time, a change of it, and the same again."""
    round_ = Round.objects.select_related("decision__cycle__panel").get(pk=make.round_of(made).pk)
    options = make.options_of(made)
    if made.method == BallotMethod.RANKING:
        orders = (options, options[::-1], options[::-1])
        return [partial(ratings.rank, round_, order=each, by=person) for each in orders]
    if made.method == BallotMethod.YES_NO:
        return [
            partial(ratings.vote, round_, option=options[0], vote=each, by=person)
            for each in ("yes", "no", "no")
        ]
    return [
        partial(ratings.cast, round_, option=options[0], value=each, by=person)
        for each in (3, 4, 4)
    ]


@pytest.mark.parametrize("method", BallotMethod.values)
@pytest.mark.thorough
def test_a_rating_takes_at_most_twelve_statements_whatever_the_numbers(method: str) -> None:
    small = make_ratings.rated_by(method, 2, **SMALL)
    counts = [len(statements(act)) for act in acts(small, make.members(small, USER)[0])]
    large = second_round(method)
    assert [len(statements(act)) for act in acts(large, make.members(large, USER)[0])] == counts
    assert max(counts) <= MOST_STATEMENTS, counts


@pytest.mark.thorough
def test_with_help_as_many_statements_whatever_the_numbers() -> None:
    counts = []
    for made in (make.rating(**SMALL | {"carers": 1}), second_round(BallotMethod.RATING)):
        person, other = make.members(made, USER)[0], make.members(made, Perspective.CARER)[0]
        chosen = make_ratings.helper(made, person, other)
        counts.append(len(statements(partial(make_ratings.entered, made, chosen, 6))))
    assert counts[0] == counts[1]


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_the_panel_is_locked_first_then_the_round_and_all_else_is_read_after_them() -> None:
    made = make.rating()
    person = make.members(made, USER)[0]
    option, round_ = make.options_of(made)[0], make.round_of(made)
    ratings.cast(round_, option=option, value=3, by=person)
    sent = statements(lambda: ratings.cast(round_, option=option, value=4, by=person))
    locks = [each.rpartition(" FOR ")[2] for each in sent if " FOR " in each]
    assert locks == [
        'NO KEY UPDATE OF "stakeholders_panel", "cycles_round"',
        'NO KEY UPDATE OF "stakeholders_seat"',
        'UPDATE OF "cycles_rating"',
        "UPDATE",
    ]
    reads = [each for each in sent if each.startswith("SELECT")]
    assert "cycles_round" in reads[0]
    assert [n for n, each in enumerate(reads) if "clock_timestamp" in each] == [2]


def _settled(made: Decision, *, stands: bool) -> Seat:
    """The cover of a member who has rated and stepped away."""
    person = make.members(made, USER)[0]
    seat = seat_of(person, made.cycle.panel)
    assert seat is not None
    cover = make_seat.cover_for(seat)
    make.cast(made, person, (3, 3))
    cards.write(
        seat, expected=1, whom_to_contact="", ratings_stand=stands, note_for_cover="", by=person
    )
    seats.go_away(seat, by=person)
    seats.step_in(cover, seat.place, by=cover.user)
    return cover


def _elsewhere(made: Decision) -> Seat:
    """Somebody who rated from one place, and now holds another."""
    person = make.members(made, USER)[0]
    make.cast(made, person, (3, 3))
    seats.leave(seat_of(person, made.cycle.panel), by=person)
    other = seat_of(make.members(made, USER)[0], made.cycle.panel)
    assert other is not None
    cover = make_seat.cover_for(other, user=person)
    seats.go_away(other, by=other.user)
    seats.step_in(cover, other.place, by=person)
    return cover


CASES: dict[str, Callable[[Decision], Seat]] = {
    "nothing yet": lambda made: seat_of(make.members(made, USER)[0], made.cycle.panel),
    "cover, and what the member gave stands": lambda made: _settled(made, stands=True),
    "cover, and what the member gave does not": lambda made: _settled(made, stands=False),
    "rated from another place": _elsewhere,
}


@pytest.mark.parametrize("what", CASES)
def test_the_door_and_the_page_say_the_same_of_who_has_a_voice(what: str) -> None:
    made = make.rating(service_users=5)
    seat = CASES[what](made)
    seat.refresh_from_db()
    round_ = make.round_of(made)
    page = may_speak_in_round(seat.user, seat, round_)
    bearing = seats_with_what_bears_on_them(made).get(pk=seat.pk)
    door = speaks_once(bearing, list(given_by_place_or_person(seat, round_)))
    assert (door is None) == bool(page)
    if door is not None:
        assert door == page
    assert Rating.objects.filter(round=round_).count() == (0 if what == "nothing yet" else 2)
