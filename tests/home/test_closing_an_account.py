"""Closing one's account, with or without being erased."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stakeholders.enums import Perspective
from stakeholders.models import Seat, User
from stakeholders.services import people
from tests.factories import invitations as ask
from tests.factories import stakeholders as make
from tests.pages import as_

pytestmark = pytest.mark.django_db
PAGE = "/my-account/close/"


@pytest.fixture(autouse=True)
def _nobody_has_mistyped_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def seat() -> Seat:
    return make.seat(make.forming_panel(make.organisation()), Perspective.SERVICE_USER)


def test_page_says_what_stays_and_what_one_leaves(seat: Seat) -> None:
    client = as_(seat.user)
    assert PAGE in client.get(reverse("home:account")).content.decode()
    page = client.get(PAGE).content.decode()
    for words in (seat.panel.name, "What you rated stays counted", "Nobody asks you why"):
        assert words in page


@pytest.mark.parametrize("how", ["close", "erase"])
def test_person_closes_their_account(seat: Seat, how: str) -> None:
    client, elsewhere = as_(seat.user), as_(seat.user)
    name = seat.user.display_name
    answer = client.post(PAGE, {"how": how, "password": make.PASSWORD}, follow=True)
    assert answer.redirect_chain == [(reverse("home:account-closed"), 302)]
    seat.refresh_from_db()
    assert seat.left_at is not None
    user = User.objects.get(pk=seat.user_id)
    assert user.closed_at
    assert bool(user.erased_at) == (how == "erase")
    assert user.display_name == (people.NAME_REMOVED if how == "erase" else name)
    for signed_in in (client, elsewhere):
        assert signed_in.get(reverse("home:my-work")).status_code == 302
    again = Client().post(
        reverse("account_login"), {"login": seat.user.email, "password": make.PASSWORD}
    )
    assert again.status_code == 200


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"how": ""}, "Answer “What should happen?”"),
        ({"how": "erase"}, "Enter your password"),
        ({"how": "erase", "password": "wrong"}, "This is not your password."),
        ({"how": "vanish", "password": make.PASSWORD}, "Choose one of the answers"),
        ({"how": "close", "name": "Person"}, "Enter your password"),
    ],
)
def test_anything_less_changes_nothing(seat: Seat, given: dict[str, str], said: str) -> None:
    page = as_(seat.user).post(PAGE, given).content.decode()
    assert said in page
    assert "Nothing has happened yet." in page
    seat.refresh_from_db()
    assert seat.left_at is None
    assert User.objects.get(pk=seat.user_id).closed_at is None


def test_whoever_has_no_password_types_their_name(seat: Seat) -> None:
    user = seat.user
    user.set_unusable_password()
    user.save()
    client = as_(user)
    assert 'name="password"' not in client.get(PAGE).content.decode()
    wrong = client.post(PAGE, {"how": "close", "name": "Somebody"})
    assert "This is not the name others see." in wrong.content.decode()
    client.post(PAGE, {"how": "close", "name": user.display_name.upper()})
    assert User.objects.get(pk=user.pk).closed_at


def test_guessing_the_password_of_an_open_session_is_slowed_down(seat: Seat) -> None:
    client = as_(seat.user)
    tries = [client.post(PAGE, {"how": "erase", "password": "guess"}) for _ in range(11)]
    assert [each.status_code for each in tries] == [200] * 10 + [429]


def test_person_without_email_closes_theirs() -> None:
    person = ask.without_email()
    as_(person).post(PAGE, {"how": "erase", "password": make.PASSWORD})
    person.refresh_from_db()
    assert person.erased_at
    assert not person.has_email
