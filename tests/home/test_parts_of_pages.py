"""A page that was left open asks for a part of itself when its reader is signed in no longer."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import meetings as make

pytestmark = pytest.mark.django_db


def test_whole_page_is_asked_for_again_and_no_page_is_put_inside_another() -> None:
    meeting = make.going_on()
    address = reverse("stakeholders:meeting-now", args=[meeting.panel.public_id, meeting.public_id])
    part = Client().get(address, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.headers["HX-Refresh"] == "true"
    assert not part.content
    assert Client().get(address).headers["Location"].startswith(reverse("account_login"))
