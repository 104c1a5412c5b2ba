"""A reason is its author's. They alone show it, and take it back until the decision is recorded."""

from typing import Any

import pytest
from django.utils.html import strip_tags

from cycles.enums import BallotMethod
from cycles.models import Decision, Rating
from cycles.presenters.ratings import reasons_beside_result
from cycles.queries.ratings import released_reasons
from cycles.services import ratings
from stakeholders.enums import Perspective
from stakeholders.queries.panels import seat_of
from stakeholders.services import seats
from tests.factories import decisions as make
from tests.factories import ratings as make_ratings
from tests.factories import stakeholders as people
from tests.pages import as_, url
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db
USER, CARER, CLINICIAN = Perspective.SERVICE_USER, Perspective.CARER, Perspective.CLINICIAN


def with_reason(made: Decision, words: str = "It is near to where I live.") -> tuple[Any, Rating]:
    person = make.members(made, USER)[0]
    option = make.options_of(made)[0]
    given = ratings.cast(make.round_of(made), option=option, value=7, reason=words, by=person)
    return person, given


def closed(made: Decision) -> Decision:
    """The round has closed, with enough people in it."""
    for person in make.members(made, USER)[1:]:
        make.cast(made, person, (5, 5))
    return make.closed(made)


def test_nothing_is_shown_unless_its_author_says_so() -> None:
    made = make.rating()
    with_reason(made)
    closed(made)
    assert reasons_beside_result(made) == []
    page = as_(make.members(made, CARER)[0]).get(url("decision-result", made))
    assert "It is near to where I live." not in page.content.decode()


def test_a_released_reason_stands_beside_the_result_with_the_chosen_name_and_nothing_else() -> None:
    made = make.rating()
    person, given = with_reason(made)
    ratings.release_reason(given, by=person)
    # Not before the close: nothing of a round is.
    assert not released_reasons(make.round_of(made)).exists()
    assert reasons_beside_result(made) == []
    closed(made)
    (shown,) = reasons_beside_result(made)
    assert (shown.name, shown.about, shown.text) == (
        person.display_name,
        given.option.title,
        "It is near to where I live.",
    )
    # Whoever may read the result reads it there, and nobody reads what was given with it.
    for reader in (made.cycle.lead, make.members(made, CARER)[0]):
        page = as_(reader).get(url("decision-result", made)).content.decode()
        beside = strip_tags(page.split('id="reasons"')[1].split("<h2")[0])
        assert "It is near to where I live." in beside
        assert person.display_name in beside
        assert "service user" not in beside.lower()
    # While another round is open, nothing of the last one is shown either.
    make.opened(made)
    assert reasons_beside_result(made) == []


def test_it_is_taken_back_until_the_decision_is_recorded() -> None:
    made = make.weighing()
    person = make.members(made, USER)[0]
    first, second = Rating.objects.live().filter(seat__user=person).order_by("option_id")
    for each in (first, second):
        ratings.release_reason(each, by=person)
    ratings.take_reason_back(first, by=person)
    assert [shown.about for shown in reasons_beside_result(made)] == [second.option.title]
    make.recorded(made)
    second.refresh_from_db()
    for act in (ratings.release_reason, ratings.take_reason_back):
        with pytest.raises(Refused, match="This decision is recorded"):
            act(second, by=person)


def test_nobody_shows_the_reason_of_somebody_else() -> None:
    made = make.rating()
    person, given = with_reason(made)
    chosen = make_ratings.helper(made, person, make.members(made, CARER)[0])
    entered = make_ratings.entered(
        made, chosen, 4, option=make.options_of(made)[1], reason="As they said."
    )
    for rating in (given, entered):
        for other in (made.cycle.lead, make.members(made, USER)[1], chosen.helper):
            with pytest.raises(Refused, match="A reason is its author's"):
                ratings.release_reason(rating, by=other)
            page = url("release-reason", made, rating)
            assert as_(other).get(page).status_code == 404
            assert as_(other).post(page).status_code == 404
    # What a helper entered is the member's reason.
    ratings.release_reason(entered, by=person)
    assert Rating.objects.get(reason_released_at__isnull=False) == entered


def test_there_is_nothing_to_show_without_a_reason() -> None:
    made = make.rating()
    person, given = with_reason(made, words=" ")
    with pytest.raises(Refused, match="You gave no reason"):
        ratings.release_reason(given, by=person)


def test_a_change_has_to_be_released_anew() -> None:
    made = make.rating()
    person, given = with_reason(made)
    ratings.release_reason(given, by=person)
    changed = ratings.cast(
        make.round_of(made), option=given.option, value=2, reason="I changed my mind.", by=person
    )
    assert changed.reason_released_at is None
    with pytest.raises(Refused, match="You have changed this meanwhile"):
        ratings.take_reason_back(given, by=person)
    closed(made)
    assert reasons_beside_result(made) == []


def test_who_takes_their_ratings_back_takes_the_reason_along() -> None:
    made = make.rating(service_users=4)
    person, given = with_reason(made)
    ratings.release_reason(given, by=person)
    seats.leave(seat_of(person, made.cycle.panel), takes_ratings_back=True, by=person)
    closed(made)
    assert reasons_beside_result(made) == []


def test_the_reason_for_an_order_stands_there_once_and_is_shown_with_all_of_it() -> None:
    made = make_ratings.rated_by(BallotMethod.RANKING, 3)
    for person in make.members(made, USER):
        given = make_ratings.ranked(made, person, 0, 1, 2, reason=f"From {person.display_name}.")
    ratings.release_reason(given[1], by=person)
    assert Rating.objects.filter(reason_released_at__isnull=False).count() == 3
    make.closed(made)
    (shown,) = reasons_beside_result(made)
    assert (shown.about, shown.text) == ("the order as a whole", f"From {person.display_name}.")
    ratings.take_reason_back(given[0], by=person)
    assert reasons_beside_result(made) == []


def test_through_pages_it_asks_first_and_is_undone_in_one_tap() -> None:
    made = make.rating()
    person, given = with_reason(made)
    client = as_(person)
    own, page = url("recorded-for-me", made), url("release-reason", made, given)
    assert page in client.get(own).content.decode()
    asked = strip_tags(client.get(page).content.decode())
    assert person.display_name in asked
    assert "It is near to where I live." in asked
    # A name that does not stand beside the named ratings of clinicians tells by that.
    assert "can tell what you speak from" in asked
    assert not Rating.objects.filter(reason_released_at__isnull=False).exists()
    shown = client.post(page, follow=True).content.decode()
    assert "stands beside the result, with your name" in shown
    shown = client.post(url("take-reason-back", made, given), follow=True).content.decode()
    assert "Your reason is yours alone again." in shown
    assert not Rating.objects.filter(reason_released_at__isnull=False).exists()
    assert client.get(url("take-reason-back", made, given)).status_code == 405


def test_people_outside_find_no_page_where_there_is_something() -> None:
    made = make.rating()
    _, given = with_reason(made)
    elsewhere = as_(people.commissioner(people.organisation()))
    for page in (url("recorded-for-me", made), url("release-reason", made, given)):
        assert elsewhere.get(page).status_code == 404


def test_a_clinician_may_release_one_too() -> None:
    made = make.rating()
    person = make.members(made, CLINICIAN)[0]
    given = make.cast(made, person, (6, 6))[0]
    ratings.release_reason(given, by=person)
    closed(made)
    assert [shown.name for shown in reasons_beside_result(made)] == [person.display_name]
