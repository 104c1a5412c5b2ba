"""Closing one's account, with or without being erased."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stakeholders.enums import Perspective
from stakeholders.models import Seat, User
from stakeholders.services import payments, people, seats
from tests.factories import invitations as ask
from tests.factories import stakeholders as make
from tests.factories import support as money
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


def member_who_left() -> User:
    panel = money.panel_that_pays()
    seat = panel.seats.filter(perspective=Perspective.CARER).first()
    assert seat is not None
    seats.leave(seat, by=seat.user)
    return seat.user


@pytest.mark.parametrize("name", ["home:my-work", "home:account"])
def test_whoever_left_keeps_the_way_to_their_money(name: str) -> None:
    person = member_who_left()
    way = reverse("stakeholders:my-support")
    shown = as_(person).get(reverse(name)).content.decode()
    assert f'href="{way}"' in shown
    assert as_(person).get(way).status_code == 200
    never_here = make.person()
    assert way not in as_(never_here).get(reverse(name)).content.decode()


def test_page_says_what_is_still_owed_and_what_becomes_of_it() -> None:
    panel = money.panel_that_pays()
    person, other = [each.user for each in panel.seats.filter(perspective=Perspective.CARER)[:2]]
    claimed = money.claim(panel, person, amount_pence=4_50)
    accepted = money.offer(panel, person)
    payments.accept(accepted, knows_limit=True, by=person)
    money.paid(panel, person, happens_on=money.in_days(-9))
    money.offer(panel, person, minutes=60, happens_on=money.in_days(9))
    money.claim(panel, other, amount_pence=99_99)
    page = as_(person).get(PAGE).content.decode()
    for words in (
        "You are still owed £54.50.",
        f"Reference {claimed.public_id}",
        f"Reference {accepted.public_id}",
        panel.organisation.name,
        "They still see the amount and your name, and can pay you.",
        "not whose it is",
        "You were also offered £25 and have not answered.",
    ):
        assert words in page
    assert "99.99" not in page
    # It stays on the page where something was left out or mistyped.
    assert "You are still owed £54.50." in as_(person).post(PAGE, {"how": "erase"}).content.decode()
    people.erase(person, by=person)
    staff = reverse("stakeholders:panel-payments", args=[panel.public_id])
    after = as_(panel.created_by).get(staff).content.decode()
    assert people.NAME_REMOVED in after
    assert "£4.50" in after


def test_nothing_is_said_of_money_where_none_is_owed(seat: Seat) -> None:
    page = as_(seat.user).get(PAGE).content.decode()
    assert "owed" not in page
    assert "You were also offered" not in page
