"""The register of interests: each of themselves, by the names they chose, never their part."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stakeholders.enums import InterestKind, Perspective
from stakeholders.models import Interest, Panel
from stakeholders.services import interests, seats
from tests.factories import meetings as meet
from tests.factories import stakeholders as make
from tests.pages import address, as_

pytestmark = pytest.mark.django_db
SERVICE_USER = Perspective.SERVICE_USER


def declared(panel: Panel, words: str, *, is_public: bool = False, place: int = 0) -> Interest:
    seat = meet.seats(panel, SERVICE_USER)[place]
    return interests.declare(
        seat, kind=InterestKind.ROLE, words=words, is_public=is_public, by=seat.user
    )


@pytest.mark.row("A1-21")
def test_panel_reads_everything_and_the_public_what_was_marked() -> None:
    panel = meet.panel()
    declared(panel, "Trustee of the night café.", is_public=True)
    declared(panel, "My brother sells beds.", place=1)
    inside = as_(panel.created_by).get(address("interests", panel)).content.decode()
    assert "Trustee of the night café." in inside
    assert "My brother sells beds." in inside
    outside = Client().get(address("public-register", panel)).content.decode()
    first, second = make.members(panel, SERVICE_USER)
    assert "Trustee of the night café." in outside
    assert first.display_name in outside
    assert "My brother sells beds." not in outside
    assert second.display_name not in outside
    assert "service user" not in outside.lower()


def test_register_without_anything_public_is_not_found_from_outside() -> None:
    panel = meet.panel()
    declared(panel, "My brother sells beds.")
    answer = Client().get(address("public-register", panel))
    assert answer.status_code == 404
    assert panel.name not in answer.content.decode()


def test_member_declares_and_ends_their_own_and_nobody_elses() -> None:
    panel = meet.panel()
    first, second = make.members(panel, SERVICE_USER)
    data = {"kind": "work", "words": "I give paid talks.", "is_public": "no"}
    assert as_(first).post(address("declare-interest", panel), data).status_code == 302
    interest = Interest.objects.get()
    end = address("end-interest", panel, interest.public_id)
    assert as_(second).post(end).status_code == 404
    assert as_(panel.created_by).post(end).status_code == 404
    assert Interest.objects.live().count() == 1
    assert as_(first).post(end).status_code == 302
    page = as_(second).get(address("interests", panel)).content.decode()
    assert "I give paid talks." not in page
    assert Interest.objects.count() == 1


def test_staff_without_a_seat_declare_nothing() -> None:
    panel = meet.panel()
    assert as_(panel.created_by).get(address("declare-interest", panel)).status_code == 403


def test_who_left_stands_in_no_register() -> None:
    panel = meet.panel(service_users=3)
    declared(panel, "Trustee of the night café.", is_public=True)
    seat = meet.seats(panel, SERVICE_USER)[0]
    seats.leave(seat, by=seat.user)
    page = as_(panel.created_by).get(address("interests", panel)).content.decode()
    assert "Trustee of the night café." not in page
    assert Client().get(address("public-register", panel)).status_code == 404


@pytest.mark.thorough
def test_registers_ask_as_often_however_long_they_are() -> None:
    panel = meet.panel()
    counts = []
    for number in range(2):
        declared(panel, f"Words {number}", is_public=True)
        declared(panel, f"More {number}", is_public=True, place=1)
        found = []
        for name, client in (("interests", as_(panel.created_by)), ("public-register", Client())):
            client.get(address(name, panel))
            with CaptureQueriesContext(connection) as queries:
                client.get(address(name, panel))
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1]
