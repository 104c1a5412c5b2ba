"""A page is slow and somebody presses again, or a browser sends all of it again."""

import re
from typing import Any

import pytest
from django.test import Client

from cycles.models import Cycle, Understanding
from tests.factories import decisions as deciding
from tests.factories import stakeholders as people
from tests.pages import as_, of_cycle
from vbc.core.models import Sending
from vbc.core.services import sendings

pytestmark = pytest.mark.django_db
WORDS = "Nights are the worst."
TWICE = "This was sent twice. It counts once."


@pytest.fixture
def cycle() -> Cycle:
    return deciding.planning_cycle()


def opened(client: Client, address: str) -> str:
    """Open a page: the token that its forms carry."""
    found = re.search(
        r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(address).content.decode()
    )
    assert found
    return found[1]


def sends(client: Client, address: str, token: str, text: str = WORDS) -> Any:
    return client.post(address, {"text": text, "csrfmiddlewaretoken": token})


def test_pressing_twice_says_it_once_and_leads_on(cycle: Cycle) -> None:
    client, address = as_(cycle.created_by), of_cycle("say-understanding", cycle)
    token = opened(client, address)
    first, second = (sends(client, address, token) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert second["Location"] == first["Location"]
    assert Understanding.objects.count() == 1
    assert TWICE in client.get(second["Location"]).content.decode()


def test_the_same_words_from_a_page_opened_anew_are_meant(cycle: Cycle) -> None:
    client, address = as_(cycle.created_by), of_cycle("say-understanding", cycle)
    for _ in range(2):
        sends(client, address, opened(client, address))
    assert Understanding.objects.count() == 2


def test_a_form_that_was_wrong_is_looked_at_each_time(cycle: Cycle) -> None:
    client, address = as_(cycle.created_by), of_cycle("say-understanding", cycle)
    token = opened(client, address)
    for _ in range(2):
        assert sends(client, address, token, text=" ").status_code == 200
    assert sends(client, address, token).status_code == 302
    assert Understanding.objects.count() == 1


def test_what_somebody_else_sends_is_not_taken_for_it(cycle: Cycle) -> None:
    address = of_cycle("say-understanding", cycle)
    first, other = (as_(seat.user) for seat in cycle.panel.seats.all()[:2])
    token = opened(first, address)
    sends(first, address, token)
    sends(other, address, token)
    assert len({said.author for said in Understanding.objects.all()}) == 2


def test_while_the_first_is_worked_on_a_page_says_so(
    cycle: Cycle, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = as_(cycle.created_by), of_cycle("say-understanding", cycle)
    token = opened(client, address)
    sends(client, address, token)
    Sending.objects.update(led_to="")
    monkeypatch.setattr(sendings, "WAIT_SECONDS", 0)
    answer = sends(client, address, token)
    assert answer.status_code == 409
    assert "We are still working on it" in answer.content.decode()
    assert Understanding.objects.count() == 1


def test_a_public_page_leaves_no_trace_of_when(client: Client) -> None:
    """Who answers a call is written down nowhere, and neither is when."""
    client = as_(people.person())
    client.post("/account/login/", {"csrfmiddlewaretoken": "one"})
    Client().post("/account/login/", {"csrfmiddlewaretoken": "one"})
    assert not Sending.objects.exists()
