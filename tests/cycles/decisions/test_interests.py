"""An interest in an option means: speak, do not rate, and nobody waits. And decisions at
meetings."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cycles.disclosure import Audience
from cycles.enums import BallotMethod
from cycles.models import Decision, DecisionOnAgenda, Option, OptionInterest, Rating
from cycles.presenters.ratings import next_to_rate, receipt_page
from cycles.queries.interests import interest_of, not_waited_for
from cycles.queries.published import published_result
from cycles.queries.results import result_for, votes_on
from cycles.queries.rounds import everyone_has_rated
from cycles.services import agendas, interests, ratings, rounds
from cycles.services.rounds import Closing, RoundStillOpen
from stakeholders.enums import PILLAR_OF, Perspective, Pillar
from stakeholders.models import AgendaItem, Seat
from tests.factories import decisions as make
from tests.factories import meetings as meet
from tests.factories import ratings as make_ratings
from tests.factories import seats as make_seats
from tests.factories import stakeholders as people
from tests.pages import as_, names, text_of, url
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db
SERVICE_USER = Perspective.SERVICE_USER
SMALL = {"service_users": 2, "carers": 0, "clinicians": 1, "evidence_reviewers": 1}


def declare(option: Option, person: Any) -> OptionInterest:
    return interests.declare(option, words="I work for who would run it.", by=person)


def test_interest_is_the_persons_and_in_this_option_alone() -> None:
    made = make.rating(**SMALL)
    first, second = make.options_of(made)
    one, other = make.members(made, SERVICE_USER)
    interest = declare(first, one)
    assert interest_of(one, first)
    assert not interest_of(one, second)
    assert not interest_of(other, first)
    interests.withdraw(interest, by=one)
    assert not interest_of(one, first)


def test_declaring_twice_is_once_whoever_writes_the_row() -> None:
    made = make.rating(**SMALL)
    option = make.options_of(made)[0]
    person = make.members(made, SERVICE_USER)[0]
    interest = declare(option, person)
    assert declare(option, person) == interest
    with pytest.raises(IntegrityError), transaction.atomic():
        OptionInterest.objects.create(
            option=option, seat=interest.seat, words="x", declared_at=interest.declared_at
        )


def test_who_is_not_on_the_panel_declares_nothing() -> None:
    made = make.rating(**SMALL)
    with pytest.raises(Refused):
        declare(make.options_of(made)[0], people.person())


def test_what_was_given_in_the_open_round_no_longer_counts() -> None:
    made = make.rating(**SMALL)
    first, second = make.options_of(made)
    one, other = make.members(made, SERVICE_USER)
    make.cast(made, one, (9, 3))
    make.cast(made, other, (8, 4))
    declare(first, one)
    live = set(Rating.objects.live().values_list("seat__user", "option"))
    assert live == {(one.pk, second.pk), (other.pk, first.pk), (other.pk, second.pk)}


def test_what_stood_at_an_earlier_close_stays() -> None:
    made = make.weighing(**SMALL)
    option = make.options_of(made)[0]
    before = list(Rating.objects.live().values_list("pk", flat=True))
    declare(option, make.members(made, SERVICE_USER)[0])
    assert list(Rating.objects.live().values_list("pk", flat=True)) == before


def test_everyone_has_rated_without_the_option_that_is_left_out() -> None:
    made = make.rating(**SMALL)
    first, second = make.options_of(made)
    one, other = make.members(made, SERVICE_USER)
    (clinician,) = make.members(made, Perspective.CLINICIAN)
    round_, panel = make.round_of(made), made.cycle.panel
    make.cast(made, other, (8, 4))
    make.cast(made, clinician, (7, 5))
    assert not everyone_has_rated(round_, panel)
    declare(first, one)
    assert not everyone_has_rated(round_, panel)
    with pytest.raises(RoundStillOpen):
        rounds.close_round(round_, by=made.cycle.lead)
    declare(second, one)
    assert everyone_has_rated(round_, panel)


def test_round_closes_early_when_only_left_out_options_are_not_rated() -> None:
    made = make.rating(service_users=3, carers=0, clinicians=1, evidence_reviewers=1)
    first, _ = make.options_of(made)
    one, *others = make.members(made, SERVICE_USER)
    declare(first, one)
    for person in (*others, *make.members(made, Perspective.CLINICIAN)):
        make.cast(made, person, (8, 4))
    round_ = make.round_of(made)
    assert next_to_rate(made, one) != first
    ratings.cast(round_, option=make.options_of(made)[1], value=5, by=one)
    assert next_to_rate(made, one) is None
    assert receipt_page(made, one)["all_rated"]
    assert rounds.close_round(round_, by=made.cycle.lead) == Closing.CLOSED


@pytest.mark.row("A1-21")
def test_page_says_that_it_is_left_out_for_me_and_why_and_takes_no_rating() -> None:
    made = make.rating(**SMALL)
    first, second = make.options_of(made)
    one, other = make.members(made, SERVICE_USER)
    page = url("declare-option-interest", made, first)
    assert as_(one).post(page, {"words": "My sister would run it."}).status_code == 302
    shown = as_(one).get(url("rate", made, first)).content.decode()
    assert "you speak about it and do not rate it: My sister would run it." in shown
    as_(one).post(url("rate", made, first), {"value": "9"})
    assert not Rating.objects.exists()
    page = as_(one).get(url("decision", made)).content.decode()
    assert "Left out for you" in page
    others = as_(other).get(url("decision", made)).content.decode()
    assert "Left out for you" not in others
    assert "has an interest, speaks about this and does not rate it" in others
    begun = as_(one).get(url("begin-rating", made))
    assert begun.url == url("rate", made, second)


def test_stranger_and_staff_declare_nothing() -> None:
    made = make.rating(**SMALL)
    page = url("declare-option-interest", made, make.options_of(made)[0])
    assert as_(people.person()).get(page).status_code == 404
    assert as_(made.cycle.lead).get(page).status_code == 403


def test_decision_is_on_the_agenda_and_the_item_leads_to_it() -> None:
    made = make.ready(**SMALL)
    meeting = meet.arranged(made.cycle.panel)
    page = url("put-on-agenda", made)
    data = {"meeting": meeting.public_id, "kind": "talk", "minutes": "20"}
    assert as_(made.cycle.lead).post(page, data).status_code == 302
    item = AgendaItem.objects.get()
    assert (item.meeting, item.read_first_url) == (meeting, made.get_absolute_url())
    reader = as_(make.members(made, SERVICE_USER)[0])
    assert meeting.title in reader.get(made.get_absolute_url()).content.decode()
    assert made.get_absolute_url() in reader.get(meeting.get_absolute_url()).content.decode()
    assert as_(made.cycle.lead).post(page, data).status_code == 200
    assert DecisionOnAgenda.objects.count() == 1


def test_decision_goes_to_meetings_of_its_own_panel() -> None:
    made = make.ready(**SMALL)
    meeting = meet.arranged()
    with pytest.raises(Refused):
        agendas.put_on(made, meeting, by=made.cycle.lead)
    assert not AgendaItem.objects.exists()


def test_a_place_is_waited_for_when_its_cover_has_no_interest() -> None:
    made = make.rating(**SMALL)
    option = make.options_of(made)[0]
    one = make.members(made, SERVICE_USER)[0]
    interest = declare(option, one)
    seat = Seat.objects.select_related("place").get(pk=interest.seat_id)
    assert not_waited_for([seat], [option.pk]) == {(seat.place_id, option.pk)}
    stands_in = Seat(place=seat.place, user=people.person(), status="active")
    seat.status = "away"
    assert not_waited_for([seat, stands_in], [option.pk]) == set()
    assert not_waited_for([seat], [option.pk]) == {(seat.place_id, option.pk)}
    # Nor for a member who is away while whoever speaks for the place has one.
    seat.status, stands_in.status = "active", "away"
    assert not_waited_for([seat, stands_in], [option.pk]) == {(seat.place_id, option.pk)}


def test_my_work_does_not_wait_for_what_is_left_out() -> None:
    made = make.rating(**SMALL)
    one = make.members(made, SERVICE_USER)[0]
    for option in make.options_of(made):
        client = as_(one)
        assert "Rate the options in" in client.get(reverse("home:my-work")).content.decode()
        declare(option, one)
    assert "Rate the options in" not in client.get(reverse("home:my-work")).content.decode()


def test_whoever_declared_an_interest_is_refused_behind_the_page_too() -> None:
    made = make.rating(**SMALL)
    first, second = make.options_of(made)
    one = make.members(made, SERVICE_USER)[0]
    declare(first, one)
    with pytest.raises(ratings.NoVoice, match="speak about it and do not rate it"):
        ratings.cast(make.round_of(made), option=first, value=9, by=one)
    ratings.cast(make.round_of(made), option=second, value=5, by=one)
    assert [each.option for each in Rating.objects.live()] == [second]


def rated_without(perspective: str, **panel_of: int) -> tuple[Decision, Any]:
    """Closed; everybody rated both options, but one who has an interest in the second; and that
    one."""
    made = make.ready(**panel_of)
    jane = make.members(made, perspective)[0]
    first, second = make.options_of(made)
    declare(second, jane)
    make.opened(made)
    seats = Seat.objects.active().filter(panel=made.cycle.panel).select_related("user")
    for number, seat in enumerate(seats):
        if PILLAR_OF.get(seat.perspective) in (None, Pillar.EVIDENCE):
            continue
        for option in (first, second) if seat.user != jane else (first,):
            ratings.cast(
                make.round_of(made),
                option=option,
                value=4 + number % 5,
                reason="I have seen both.",
                by=seat.user,
            )
    return make.closed(made), jane


def beside_a_clinician(made: Decision) -> Any:
    """A client of somebody who reads what is shown inside the panel, and no roles."""
    seat = made.cycle.panel.seats.get(user=make.members(made, Perspective.CLINICIAN)[0])
    return as_(make_seats.supporter_of(seat).user)


def test_too_few_service_users_for_one_option_would_say_that_a_name_is_one_of_them() -> None:
    made, jane = rated_without(SERVICE_USER, service_users=2, carers=3)
    reader = beside_a_clinician(made)
    assert names(text_of(reader, url("decision", made)), jane)
    said = text_of(reader, url("decision-result", made))
    assert "Service users and carers: fewer than 2 took part" not in said
    told = published_result(made)
    assert told is not None
    short = [[one["pillar"] for one in each["too_few_people"]] for each in told["options"]]
    assert Pillar.SERVICE_USERS_AND_CARERS not in short[1]
    assert short[0] == short[1]


def test_how_many_took_part_is_the_same_beside_each_option() -> None:
    made, _ = rated_without(Perspective.CARER, service_users=6, carers=4)
    said = text_of(beside_a_clinician(made), url("decision-result", made))
    assert said.count("10 people took part in the round.") == 2
    assert "9 people" not in said
    told = published_result(made)
    assert told is not None
    assert [each["pillars"][0]["took_part"] for each in told["options"]] == [10, 10]


def test_a_number_of_one_option_alone_would_say_it_too() -> None:
    """Three service users: enough for a number of the option that all of them rated."""
    made, _ = rated_without(SERVICE_USER, service_users=3, carers=0)
    result = result_for(made, Audience.INSIDE)
    assert result is not None
    first, second = (shown.service_users_and_carers for _, shown in result.options)
    assert first == second
    assert first.withheld


def test_so_would_a_vote_on_one_option_alone() -> None:
    made = make_ratings.ready_for(BallotMethod.YES_NO, 2, service_users=5, carers=0)
    jane, *others = make.members(made, SERVICE_USER)
    declare(make.options_of(made)[1], jane)
    make.opened(made)
    make_ratings.voted(made, jane, "yes")
    for person in (*others, *make.members(made, Perspective.CLINICIAN)):
        make_ratings.voted(made, person, "yes", "no")
    make.closed(made)
    result = result_for(made, Audience.INSIDE)
    assert result is not None
    assert [votes[0].withheld for votes in votes_on(result).values()] == [True, True]
