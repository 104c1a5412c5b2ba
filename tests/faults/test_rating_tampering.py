"""Whatever is done to a rating past its door, by whoever owns the tables, `verify` names it."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from cycles.enums import BallotMethod
from cycles.models import Decision, Option, Rating, RatingHelper, Round
from cycles.services import interests, ratings
from stakeholders.enums import Perspective
from stakeholders.models import Seat
from stakeholders.queries.panels import seat_of
from tests.factories import decisions as make
from tests.factories import ratings as make_ratings
from tests.factories import stakeholders as people
from vbc.core import sql
from vbc.core.ids import new_public_id
from vbc.core.services import audit

pytestmark = pytest.mark.django_db(transaction=True)
USER, CARER = Perspective.SERVICE_USER, Perspective.CARER


def verified() -> list[str]:
    """The lines in which `manage.py verify` names what is wrong; none where it finds nothing."""
    said = StringIO()
    try:
        call_command("verify", stdout=StringIO(), stderr=said)
    except CommandError:
        return said.getvalue().splitlines()
    assert said.getvalue() == ""
    return []


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def set_to(rating: Rating, column: str, value: Any) -> None:
    """Past every rule of ours, as somebody with the keys to the tables would."""
    run(f"UPDATE cycles_rating SET {column} = %s WHERE id = %s", value, rating.pk)


def about(rating: Rating) -> list[str]:
    return [line for line in verified() if line.startswith(f"Rating {rating.public_id}:")]


class World:
    """A round in which some have rated, somebody changed their mind, and one was helped."""

    def __init__(self) -> None:
        self.made: Decision = make.rating(3, clinicians=2)
        self.person, self.other, self.third = make.members(self.made, USER)
        first, second, self.unrated = make.options_of(self.made)
        self.round: Round = make.round_of(self.made)
        self.old = self.given(first, 3)
        self.newest = self.given(first, 8)
        self.second = self.given(second, 5)
        self.chosen: RatingHelper = make_ratings.helper(
            self.made, self.other, make.members(self.made, CARER)[0]
        )
        self.entered = make_ratings.entered(self.made, self.chosen, 4, option=second)

    def given(self, option: Option, value: int) -> Rating:
        return ratings.cast(
            self.round, option=option, value=value, reason="It is near.", by=self.person
        )


def another_round(world: World) -> Any:
    return make.round_of(make.rating()).pk


# Of every column but the key, another value that the database takes.
COLUMNS: dict[str, Callable[[World], Any]] = {
    "public_id": lambda world: new_public_id(),
    "round_id": another_round,
    "option_id": lambda world: world.unrated.pk,
    "place_id": lambda world: seat_of(world.third, world.made.cycle.panel).place_id,
    "seat_id": lambda world: seat_of(world.third, world.made.cycle.panel).pk,
    "perspective": lambda world: "clinician",
    "value": lambda world: 9,
    "reason": lambda world: "It is far.",
    "reason_released_at": lambda world: timezone.now(),
    "entered_by_id": lambda world: world.third.pk,
    "salt": lambda world: "",
    "receipt": lambda world: ratings.new_receipt(),
    "given_at": lambda world: timezone.now(),
    "superseded_at": lambda world: timezone.now(),
}
ONE_KIND_ONLY = {"rank", "vote"}


def test_every_column_is_tried() -> None:
    columns = {field.column for field in Rating._meta.concrete_fields}
    assert columns == {*COLUMNS, *ONE_KIND_ONLY, "id"}


@pytest.mark.row("A3-51")
def test_a_row_that_was_changed_is_named_whichever_column_it_was(as_owner: object) -> None:
    world = World()
    assert verified() == []
    row = world.second
    for column, other in COLUMNS.items():
        before, after = Rating.objects.values_list(column).get(pk=row.pk)[0], other(world)
        assert before != after
        set_to(row, column, after)
        assert about(row), column
        set_to(row, column, before)
        assert verified() == [], column


def test_a_place_in_an_order_and_a_yes_or_no_that_were_changed_are_named(as_owner: object) -> None:
    ranking = make_ratings.rated_by(BallotMethod.RANKING)
    voting = make_ratings.rated_by(BallotMethod.YES_NO)
    ranked = make_ratings.ranked(ranking, make.members(ranking, USER)[0], 0, 1, 2)
    (voted,) = make_ratings.voted(voting, make.members(voting, USER)[0], "yes")
    assert verified() == []
    first, second, _ = ranked
    set_to(first, "rank", 9)
    set_to(second, "rank", 1)
    set_to(first, "rank", 2)
    set_to(voted, "vote", "no")
    assert all(len(about(each)) == 1 for each in (first, second, voted))
    assert len([line for line in verified() if line.startswith("Rating ")]) == 3


def test_a_vote_made_into_a_number_is_named(as_owner: object) -> None:
    voting = make_ratings.rated_by(BallotMethod.YES_NO)
    (voted,) = make_ratings.voted(voting, make.members(voting, USER)[0], "yes")
    run("UPDATE cycles_rating SET vote = '', value = 9 WHERE id = %s", voted.pk)
    assert about(voted)


def test_a_forged_row_is_named(as_owner: object) -> None:
    world = World()
    seat: Seat = seat_of(world.other, world.made.cycle.panel)
    forged = Rating.objects.create(
        round=world.round,
        option=world.unrated,
        place_id=seat.place_id,
        seat=seat,
        perspective=USER,
        value=9,
        salt="5a" * 16,
        receipt=ratings.new_receipt(),
        given_at=timezone.now(),
    )
    assert about(forged) == [f"Rating {forged.public_id}: the audit does not know it."]


@pytest.mark.parametrize("which", ["old", "newest", "second", "entered"])
def test_a_row_that_was_taken_out_is_named(as_owner: object, which: str) -> None:
    world = World()
    row: Rating = getattr(world, which)
    run("DELETE FROM cycles_rating WHERE id = %s", row.pk)
    assert any("it is gone" in line for line in about(row))


def test_an_earlier_rating_brought_back_in_place_of_the_newest_is_named_twice(
    as_owner: object,
) -> None:
    world = World()
    set_to(world.newest, "superseded_at", timezone.now())
    set_to(world.old, "superseded_at", None)
    assert about(world.old) == [
        f"Rating {world.old.public_id}: it counts, although a later one took its place."
    ]
    assert about(world.newest) == [
        f"Rating {world.newest.public_id}: it does not count, and no later one took its place."
    ]


def test_what_was_ended_at_another_moment_is_named(as_owner: object) -> None:
    world = World()
    set_to(world.old, "superseded_at", timezone.now())
    assert "at another moment" in about(world.old)[0]


def test_what_ended_because_its_author_has_an_interest_is_right(as_owner: object) -> None:
    world = World()
    interest = interests.declare(world.second.option, words="I work there.", by=world.person)
    assert verified() == []
    interests.withdraw(interest, by=world.person)
    again = world.given(world.second.option, 6)
    assert verified() == []
    # An interest that nobody declared ends nothing.
    run("UPDATE cycles_optioninterest SET public_id = %s", new_public_id())
    assert about(world.second)
    assert not about(again)


def test_a_new_order_without_an_option_of_the_one_before_is_right(as_owner: object) -> None:
    made = make_ratings.rated_by(BallotMethod.RANKING)
    person = make.members(made, USER)[0]
    make_ratings.ranked(made, person, 0, 1, 2)
    interests.declare(make.options_of(made)[1], words="I work there.", by=person)
    newest = make_ratings.ranked(made, person, 2, 0)
    assert verified() == []
    # A row cannot be ended by the moment of its own order.
    set_to(newest[0], "superseded_at", newest[0].given_at)
    assert about(newest[0])


def test_a_reason_shown_against_its_authors_will_is_named_and_one_shown_by_it_is_right(
    as_owner: object,
) -> None:
    world = World()
    ratings.release_reason(world.second, by=world.person)
    assert verified() == []
    ratings.take_reason_back(world.second, by=world.person)
    assert verified() == []
    set_to(world.second, "reason_released_at", timezone.now())
    assert "whether its reason is shown" in about(world.second)[0]


def test_what_the_audit_says_of_ratings_cannot_go_missing_unseen(as_owner: object) -> None:
    world = World()
    sql.drop()
    run(
        "DELETE FROM core_auditcontent WHERE entry_id = "
        "(SELECT id FROM core_auditentry WHERE object_id = %s)",
        world.second.public_id,
    )
    said = verified()
    assert any("what it says of ratings is gone" in line for line in said)
    assert f"Rating {world.second.public_id}: the audit does not know it." in said


def test_a_rating_from_before_there_were_digests_is_held_against_what_is_known(
    as_owner: object,
) -> None:
    world = World()
    seat = seat_of(make.members(world.made, CARER)[1], world.made.cycle.panel)
    old = Rating.objects.create(
        round=world.round,
        option=world.unrated,
        place_id=seat.place_id,
        seat=seat,
        perspective=CARER,
        value=4,
        receipt=ratings.new_receipt(),
        given_at=timezone.now(),
    )
    data = {
        "option": old.option.public_id,
        "round": old.round.public_id,
        "receipt": old.receipt,
    }
    audit.record("rating.recorded", old, by=seat.user, data=data)
    assert verified() == []
    for column, value in (
        ("receipt", ratings.new_receipt()),
        ("round_id", another_round(world)),
        ("option_id", world.second.option_id),
        ("salt", "6b" * 16),
    ):
        before = Rating.objects.values_list(column).get(pk=old.pk)[0]
        set_to(old, column, value)
        assert about(old), column
        set_to(old, column, before)
        assert verified() == [], column


def test_nothing_is_found_where_nothing_was_done() -> None:
    World()
    make.recorded()
    people.person()
    said = StringIO()
    call_command("verify", stdout=said)
    assert "every rating is as it was recorded" in said.getvalue()
