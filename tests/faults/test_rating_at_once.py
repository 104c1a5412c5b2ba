"""Many requests at the same instant, ratings against the close, and a web server's wrong clock."""

import http.client
import threading
from collections import defaultdict
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import time_machine
from django.conf import settings as site_settings
from django.db import connection
from django.middleware import csrf
from django.utils import timezone

from cycles.models import Decision, Option, Rating, Round, Understanding
from cycles.queries import tampering
from cycles.services import ratings, rounds
from cycles.services.ratings import RoundNotOpen
from cycles.services.rounds import Closing, RoundStillOpen
from stakeholders.enums import Perspective
from tests.factories import decisions as make
from tests.pages import as_, of_cycle, url
from tests.support import at_once
from vbc.core.database import database_now

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]
USER, CARER = Perspective.SERVICE_USER, Perspective.CARER
AT_ONCE = 50
A_MOMENT = timedelta(milliseconds=400)
HOUR = timedelta(hours=1)


class Browser:
    """Somebody signed in, whose form can be sent many times over at the same instant.

    Each as from a page opened anew: what is sent twice from one opening does not get as far.
    """

    def __init__(self, person: Any, server: str, page: str) -> None:
        self.client = as_(person)
        self.page = page
        self.host = urlsplit(server).netloc
        self.client.get(page)
        cookies = self.client.cookies
        self.secret = cookies[site_settings.CSRF_COOKIE_NAME].value
        self.cookie = "; ".join(f"{name}={each.value}" for name, each in cookies.items())

    def sends(self, forms: list[dict[str, str]]) -> list[int]:
        """Every form in a connection of its own, all together. The status of each answer.

        The connections are open before: the test's server takes only ten that come at once.
        """
        links = [http.client.HTTPConnection(self.host, timeout=60) for _ in forms]
        for link in links:
            link.connect()
        statuses: list[int] = []

        def send(link: http.client.HTTPConnection, form: dict[str, str]) -> None:
            body = urlencode({"csrfmiddlewaretoken": csrf._mask_cipher_secret(self.secret)} | form)
            headers = {
                "Cookie": self.cookie,
                "Content-Type": "application/x-www-form-urlencoded",
            }
            link.request("POST", self.page, body, headers)
            statuses.append(link.getresponse().status)
            link.close()

        pairs = zip(links, forms, strict=True)
        assert at_once([partial(send, link, form) for link, form in pairs]) == []
        return statuses


def almost_done(values: tuple[int | None, int | None] = (5, 5)) -> tuple[Decision, Any, Option]:
    """A decision, somebody who has rated its first option, and the second, which is left."""
    made = make.rating()
    person = make.members(made, USER)[0]
    first, second = make.options_of(made)
    ratings.cast(make.round_of(made), option=first, value=values[0], by=person)
    return made, person, second


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_fifty_times_the_same_is_recorded_once_and_the_page_says_so(live_server: Any) -> None:
    made, person, option = almost_done()
    browser = Browser(person, live_server.url, url("rate", made, option))
    form = {"value": "7", "reason": "It is near."}
    assert browser.sends([form] * AT_ONCE) == [302] * AT_ONCE
    only = Rating.objects.get(option=option)
    assert (only.value, only.seat.user, only.superseded_at) == (7, person, None)
    end = browser.client.get(url("begin-rating", made), follow=True).content.decode()
    assert "Thank you. Your ratings are recorded." in end
    assert end.count(only.receipt) == 1
    assert list(tampering.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_many_times_from_one_opening_of_a_page_is_said_once(live_server: Any) -> None:
    made = make.planning_cycle()
    person = made.created_by
    browser = Browser(person, live_server.url, of_cycle("say-understanding", made))
    form = {"text": "Nights are the worst.", "csrfmiddlewaretoken": browser.secret}
    assert browser.sends([form] * 10) == [302] * 10
    assert Understanding.objects.get().text == "Nights are the worst."


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_fifty_that_differ_leave_one_that_counts_and_lose_none(live_server: Any) -> None:
    made, person, option = almost_done()
    browser = Browser(person, live_server.url, url("rate", made, option))
    forms = [{"value": str(number % 9 + 1), "reason": ""} for number in range(AT_ONCE)]
    assert browser.sends(forms) == [302] * AT_ONCE
    given = Rating.objects.filter(option=option)
    assert given.filter(superseded_at__isnull=True).count() == 1
    assert {each.value for each in given} == set(range(1, 10))
    assert list(tampering.faults()) == []


# --- Against the close ----------------------------------------------------------------------------


class Race:
    """People who rate again and again, until the close tells them that it is over."""

    def __init__(self, made: Decision) -> None:
        self.made = made
        self.people = [*make.members(made, USER), *make.members(made, CARER)]
        self.told: dict[int, list[str]] = defaultdict(list)
        self.refused: list[int] = []
        self.outcome: Closing | None = None

    def runs(self) -> Round:
        """One round, from its opening to its close; returns it, closed."""
        round_ = make.round_of(make.opened(self.made))
        self.option, other = make.options_of(self.made)
        # Two have taken part, so that the round can close.
        self.before = [
            ratings.cast(round_, option=other, value=5, by=person).receipt
            for person in self.people[:2]
        ]
        now = database_now()
        Round.objects.filter(pk=round_.pk).update(
            opened_at=now - timedelta(days=1), closes_at=now + A_MOMENT
        )
        self.round = round_
        acts = [partial(self.rates, person) for person in self.people]
        assert at_once([*acts, self.closes]) == []
        round_.refresh_from_db()
        return round_

    def rates(self, person: Any) -> None:
        value = 0
        while True:
            value = value % 9 + 1
            try:
                given = ratings.cast(self.round, option=self.option, value=value, by=person)
            except RoundNotOpen:
                self.refused.append(person.pk)
                return
            self.told[person.pk].append(given.receipt)

    def closes(self) -> None:
        while self.outcome is None:
            try:
                self.outcome = rounds.close_round(self.round, by=self.made.cycle.lead)
            except RoundStillOpen:
                threading.Event().wait(0.01)


def vote_against_close(number: int) -> None:
    made = make.ready(service_users=4, carers=2, clinicians=1, evidence_reviewers=1)
    for _ in range(number):
        race = Race(made)
        round_ = race.runs()
        assert race.outcome == Closing.CLOSED
        assert sorted(race.refused) == sorted(person.pk for person in race.people)
        rows = Rating.objects.filter(round=round_)
        every = {receipt for receipts in race.told.values() for receipt in receipts}
        # Whoever has a receipt is recorded, and nobody else is.
        assert {row.receipt for row in rows} == every | set(race.before)
        # Counted is the last of each, and all of it is from before the close.
        counted = rows.live().filter(option=race.option)
        assert {row.receipt for row in counted} == {each[-1] for each in race.told.values()}
        assert max(row.given_at for row in rows) < round_.closes_at <= round_.closed_at
    assert list(tampering.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_what_counts_is_what_has_a_receipt_from_before_the_close() -> None:
    vote_against_close(8)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_what_counts_is_what_has_a_receipt_from_before_the_close_two_hundred_times() -> None:
    vote_against_close(200)


# --- The clock of the web server ------------------------------------------------------------------


def closing_in(made: Decision, left: timedelta) -> Round:
    """The open round, with so much time left by the database's clock; over, where it is less."""
    round_ = make.round_of(made)
    now = database_now()
    Round.objects.filter(pk=round_.pk).update(
        opened_at=now - timedelta(days=1), closes_at=now + left
    )
    round_.refresh_from_db()
    return round_


@pytest.mark.django_db
def test_a_clock_that_is_an_hour_fast_closes_nothing_early() -> None:
    made = make.rating()
    person, option = make.members(made, USER)[0], make.options_of(made)[0]
    round_ = closing_in(made, HOUR / 2)
    with time_machine.travel(timezone.now() + HOUR):
        client = as_(person)
        page = url("rate", made, option)
        assert "Rating is open until" in client.get(page).content.decode()
        assert client.post(page, {"value": "7", "reason": ""}).status_code == 302
        with pytest.raises(RoundStillOpen):
            rounds.close_round(round_, by=made.cycle.lead)
    assert Rating.objects.get().given_at < round_.closes_at


@pytest.mark.django_db
def test_a_clock_that_is_an_hour_slow_lets_nothing_in_late() -> None:
    made = make.rating()
    person, option = make.members(made, USER)[0], make.options_of(made)[0]
    for each in make.members(made, USER):
        make.cast(made, each, (5, 5))
    round_ = closing_in(made, -HOUR / 2)
    with time_machine.travel(timezone.now() - HOUR):
        client = as_(person)
        page = url("rate", made, option)
        answer = client.post(page, {"value": "9", "reason": ""})
        assert "This round has closed" in answer.content.decode()
        assert rounds.close_round(round_, by=made.cycle.lead) == Closing.CLOSED
    assert set(Rating.objects.values_list("value", flat=True)) == {5}
