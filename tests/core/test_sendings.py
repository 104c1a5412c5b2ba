"""What is sent twice from one opening of a page counts once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from vbc.core.models import Sending
from vbc.core.services import sendings

pytestmark = pytest.mark.django_db


def test_the_same_again_leads_where_the_first_led() -> None:
    assert sendings.begin("page", "words") == ""
    sendings.end("page", "/here/")
    assert sendings.begin("page", "words") == "/here/"
    assert sendings.begin("page", "words") == "/here/"


def test_something_else_from_the_same_page_is_heard_and_the_first_again_after_it() -> None:
    """Seven, then three, then seven again: whoever goes back in their browser means the last."""
    for said in ("seven", "three", "seven"):
        assert sendings.begin("page", said) == ""
        sendings.end("page", f"/{said}/")
    assert sendings.begin("page", "seven") == "/seven/"


def test_another_opening_of_the_page_is_heard() -> None:
    assert sendings.begin("page", "words") == ""
    sendings.end("page", "/here/")
    assert sendings.begin("page opened anew", "words") == ""


def test_what_led_to_nothing_may_be_sent_again() -> None:
    assert sendings.begin("page", "words") == ""
    sendings.end("page", "")
    assert sendings.begin("page", "words") == ""


@pytest.mark.parametrize("said", ["words", "other words"])
def test_while_the_first_is_worked_on_nothing_else_is(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sendings, "WAIT_SECONDS", 0.2)
    assert sendings.begin("page", "words") == ""
    with pytest.raises(sendings.StillWorking):
        sendings.begin("page", said)
    sendings.end("page", "/here/")
    assert sendings.begin("page", "words") == "/here/"


def test_what_was_broken_off_does_not_stand_in_the_way() -> None:
    """A process was killed: nobody says any more that it ended."""
    assert sendings.begin("page", "words") == ""
    Sending.objects.update(begun_at=timezone.now() - sendings.LONGEST - timedelta(seconds=1))
    assert sendings.begin("page", "words") == ""


def test_after_a_day_nothing_is_known_of_it() -> None:
    sendings.begin("page", "words")
    with time_machine.travel(timezone.now() + timedelta(hours=23), tick=False):
        sendings.begin("another", "words")
        sendings.forget()
        assert Sending.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        sendings.forget()
    assert Sending.objects.get().page == "another"
