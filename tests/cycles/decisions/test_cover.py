"""A place has one voice, whoever speaks for it; and what somebody who leaves takes back."""

import re
from typing import Any

import pytest

from cycles.models import Decision, Rating
from cycles.permissions.ratings import may_rate
from cycles.queries.ratings import my_ratings, rated_by
from cycles.queries.rounds import everyone_has_rated, service_users_who_took_part
from cycles.services import comments, ratings
from cycles.services.ratings import NoVoice
from stakeholders.enums import Perspective
from stakeholders.models import Seat
from stakeholders.queries.panels import seat_of
from stakeholders.services import cards, seats
from tests.factories import decisions as make
from tests.factories import seats as make_seat
from tests.factories import stakeholders as people
from tests.pages import as_, url
from vbc.home.presenters.my_work import my_work

pytestmark = pytest.mark.django_db
USER, CARER = Perspective.SERVICE_USER, Perspective.CARER


def member_and_cover(decision: Decision) -> tuple[Seat, Seat]:
    """A service user of a panel of three, and who is ready to step in for them."""
    seat = seat_of(make.members(decision, USER)[0], decision.cycle.panel)
    assert seat is not None
    return seat, make_seat.cover_for(seat)


def swap(seat: Seat, cover: Seat) -> None:
    seats.go_away(seat, by=seat.user)
    seats.step_in(cover, seat.place, by=cover.user)


def write_card(seat: Seat, *, ratings_stand: bool) -> None:
    cards.write(
        seat,
        expected=1,
        whom_to_contact="",
        ratings_stand=ratings_stand,
        note_for_cover="",
        by=seat.user,
    )


@pytest.mark.row("A1-16")
def test_cover_rates_for_a_place_that_has_not_rated() -> None:
    decision = make.rating()
    seat, cover = member_and_cover(decision)
    swap(seat, cover)
    given = ratings.cast(
        make.round_of(decision), option=make.options_of(decision)[0], value=6, by=cover.user
    )
    assert given.place == seat.place
    assert given.perspective == USER
    assert may_rate(cover.user, decision)
    assert not may_rate(seat.user, decision)


@pytest.mark.parametrize("has_card", [True, False])
def test_what_a_member_gave_stands_and_cover_does_not_rate_in_that_round(has_card: bool) -> None:
    decision = make.rating()
    seat, cover = member_and_cover(decision)
    first, second = make.options_of(decision)[:2]
    round_ = make.round_of(decision)
    given = ratings.cast(round_, option=first, value=3, by=seat.user)
    if has_card:
        write_card(seat, ratings_stand=True)
    swap(seat, cover)
    for option in (first, second):
        with pytest.raises(NoVoice, match="has settled this round themselves"):
            ratings.cast(round_, option=option, value=8, by=cover.user)
    refusal = may_rate(cover.user, decision)
    assert not refusal
    assert "settled" in refusal.reason
    assert Rating.objects.live().get(round=round_) == given


def test_cover_rates_where_the_card_says_so_and_never_sees_what_was_given() -> None:
    decision = make.rating()
    seat, cover = member_and_cover(decision)
    option, round_ = make.options_of(decision)[0], make.round_of(decision)
    first = ratings.cast(round_, option=option, value=7, by=seat.user)
    write_card(seat, ratings_stand=False)
    swap(seat, cover)
    assert list(my_ratings(cover.user, round_)) == []
    again = ratings.cast(round_, option=option, value=7, by=cover.user)
    assert again.receipt != first.receipt
    assert Rating.objects.live().get(round=round_, option=option) == again


def test_the_member_who_is_back_may_change_what_cover_gave() -> None:
    decision = make.rating()
    seat, cover = member_and_cover(decision)
    option, round_ = make.options_of(decision)[0], make.round_of(decision)
    swap(seat, cover)
    ratings.cast(round_, option=option, value=2, by=cover.user)
    seats.come_back(seat, by=seat.user)
    assert list(my_ratings(seat.user, round_)) == []
    own = ratings.cast(round_, option=option, value=9, by=seat.user)
    assert Rating.objects.live().get(round=round_, option=option) == own
    with pytest.raises(NoVoice):
        ratings.cast(round_, option=option, value=1, by=cover.user)


def test_a_person_has_one_voice_in_a_round_whatever_places_they_hold() -> None:
    """They rate for one place, and then step in for another in the same round."""
    decision = make.rating()
    panel = decision.cycle.panel
    users = make.members(decision, USER)
    first, other = (seat_of(user, panel) for user in users[:2])
    assert first is not None
    assert other is not None
    cover = make_seat.cover_for(first)
    swap(first, cover)
    round_, option = make.round_of(decision), make.options_of(decision)[0]
    ratings.cast(round_, option=option, value=5, by=cover.user)
    seats.leave(cover, by=cover.user)
    again = make_seat.cover_for(other, user=cover.user)
    swap(other, again)
    with pytest.raises(NoVoice, match="one voice in a round"):
        ratings.cast(round_, option=option, value=9, by=cover.user)
    assert Rating.objects.live().filter(round=round_).count() == 1


def test_those_who_are_ready_or_sit_beside_somebody_neither_rate_nor_talk() -> None:
    decision = make.rating()
    panel = decision.cycle.panel
    seat, cover = member_and_cover(decision)
    reserve = make_seat.on_reserve(panel, CARER)
    supporter = make_seat.supporter_of(seat)
    option, round_ = make.options_of(decision)[0], make.round_of(decision)
    for each in (cover, reserve, supporter):
        assert not may_rate(each.user, decision)
        with pytest.raises(NoVoice):
            ratings.cast(round_, option=option, value=5, by=each.user)
    assert not Rating.objects.exists()


def test_a_reserve_list_delays_nobody() -> None:
    """Only places with a voice are waited for before an early close."""
    decision = make.rating(service_users=2, carers=0, clinicians=2)
    panel = decision.cycle.panel
    make_seat.on_reserve(panel, USER)
    seat, _ = member_and_cover(decision)
    make_seat.supporter_of(seat)
    round_ = make.round_of(decision)
    for perspective in (USER, Perspective.CLINICIAN):
        for person in make.members(decision, perspective):
            if person.seats.get(panel=panel, left_at=None).kind != "member":
                continue
            for option in make.options_of(decision):
                ratings.cast(round_, option=option, value=5, reason="Because.", by=person)
    assert everyone_has_rated(round_, panel)


@pytest.mark.row("A1-16")
def test_whoever_leaves_during_a_round_may_take_back_what_they_gave() -> None:
    decision = make.rating(service_users=4)
    panel = decision.cycle.panel
    first, second = make.members(decision, USER)[:2]
    round_, option = make.round_of(decision), make.options_of(decision)[0]
    taken_back = ratings.cast(round_, option=option, value=1, by=first)
    stands = ratings.cast(round_, option=option, value=8, by=second)
    for person, takes_back in ((first, True), (second, False)):
        seat = seat_of(person, panel)
        assert seat is not None
        seats.leave(seat, takes_ratings_back=takes_back, by=person)
    assert list(Rating.objects.live().filter(round=round_)) == [stands]
    assert service_users_who_took_part(round_) == 1
    check = ratings.check_receipt(decision, taken_back.receipt, by=first)
    assert check is not None
    assert check.stands is False


def test_what_was_given_in_a_round_that_had_closed_is_not_taken_back() -> None:
    decision = make.rating()
    panel = decision.cycle.panel
    people = make.members(decision, USER)
    round_, option = make.round_of(decision), make.options_of(decision)[0]
    for person in people:
        ratings.cast(round_, option=option, value=4, by=person)
    make.closed(decision)
    seat = seat_of(people[0], panel)
    assert seat is not None
    seats.leave(seat, takes_ratings_back=True, by=people[0])
    assert Rating.objects.live().filter(round=round_).count() == len(people)


def test_cover_on_standby_cannot_comment() -> None:
    from cycles.permissions.comments import may_comment

    decision = make.rating()
    seat, cover = member_and_cover(decision)
    assert not may_comment(cover.user, decision)
    swap(seat, cover)
    assert may_comment(cover.user, decision)
    comments.add(decision, text="I stand in.", by=cover.user)


def came_back(decision: Decision, person: Any, *, takes_ratings_back: bool = False) -> Seat:
    """They leave, and are invited again to the place that was theirs."""
    panel = decision.cycle.panel
    before = seat_of(person, panel)
    assert before is not None
    seats.leave(before, takes_ratings_back=takes_ratings_back, by=person)
    after = people.seat(panel, USER, user=person)
    assert (after.place, after.pk == before.pk) == (before.place, False)
    return after


def test_whoever_comes_back_to_their_place_reads_what_they_gave_there_and_can_change_it() -> None:
    decision = make.rating(service_users=4)
    person, other = make.members(decision, USER)[:2]
    make.cast(decision, person, (7, 3))
    make.cast(decision, other, (2, 2))
    after, round_ = came_back(decision, person), make.round_of(decision)
    client = as_(person)
    page = client.get(url("recorded-for-me", decision)).content.decode()
    assert "Nothing is recorded for you yet" not in page
    assert ("7, of 1 to 9" in page, "3, of 1 to 9" in page, "2, of" in page) == (True, True, False)
    assert page.count("You gave this before you left. It still counts.") == 2
    assert "You can change everything here until the close." in page
    first, second = make.options_of(decision)[:2]
    assert rated_by(person, round_) == {first.pk, second.pk}
    assert not [each for each in my_work(person)["waiting"] if each.title.startswith("Rate ")]
    shown = client.get(url("rate", decision, first)).content.decode()
    assert re.search(r'value="7"[^>]*checked', shown)
    ratings.cast(round_, option=first, value=9, by=person)
    assert Rating.objects.live().get(round=round_, option=first, place=after.place).value == 9
    page = client.get(url("recorded-for-me", decision)).content.decode()
    assert page.count("You gave this before you left.") == 1


def test_what_was_taken_back_on_leaving_is_not_there_on_coming_back() -> None:
    decision = make.rating(service_users=4)
    person = make.members(decision, USER)[0]
    make.cast(decision, person, (7, 3))
    came_back(decision, person, takes_ratings_back=True)
    assert rated_by(person, make.round_of(decision)) == set()
    page = as_(person).get(url("recorded-for-me", decision)).content.decode()
    assert "Nothing is recorded for you yet" in page


def test_whoever_is_on_the_place_of_another_who_left_reads_nothing_of_what_they_gave() -> None:
    decision = make.rating(service_users=4)
    seat, cover = member_and_cover(decision)
    make.cast(decision, seat.user, (7, 3))
    swap(seat, cover)
    seats.leave(seat, by=seat.user)
    cover.refresh_from_db()
    assert cover.place == seat.place
    assert list(my_ratings(cover.user, make.round_of(decision))) == []
    page = as_(cover.user).get(url("recorded-for-me", decision)).content.decode()
    assert "Nothing is recorded for you yet" in page
