"""What the frame of the site refuses and hides, whatever a view does."""

import logging

import pytest
from django.db import OperationalError
from django.test import Client

from stakeholders.services import invitations
from tests.factories import stakeholders as make
from tests.pages import as_
from vbc.core import database

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/account/login/", "/my-work/", "/nowhere/"])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_no_browser_keeps_a_page(client: Client, address: str, is_signed_in: bool) -> None:
    """Whoever uses a shared computer next reads nothing by going back, nor in its folders."""
    if is_signed_in:
        client = as_(make.person())
    answer = client.get(address)
    assert {"no-store", "private"} <= set(answer.headers["Cache-Control"].split(", "))


@pytest.mark.parametrize(
    "address", ["/library/areas/%00/", "/panels/invitation/a%00/", "/help%00/"]
)
def test_null_character_in_an_address_is_a_bad_request(address: str) -> None:
    assert as_(make.person()).get(address).status_code == 400


@pytest.mark.parametrize("address", ["/?x=%00", "/help/?%00=1", "/account/login/?next=%00"])
def test_null_character_is_a_bad_request(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_null_character_in_a_form_is_a_bad_request(client: Client) -> None:
    response = client.post("/account/login/", {"login": "a\0@example.org", "password": "x"})
    assert response.status_code == 400


def test_logs_hold_no_code_of_an_invitation_and_no_person(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    panel = make.forming_panel(make.organisation())
    invitation = invitations.invite(
        panel, email="new@example.org", suggested_perspective="carer", by=panel.created_by
    )
    link = invitations.link(invitation)
    invitations.withdraw(invitation, by=panel.created_by)
    client.force_login(
        panel.created_by, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    with caplog.at_level(logging.INFO):
        assert client.get(link).status_code == 410
    handler = next(h for h in logging.getLogger().handlers if h.filters)
    lines = [handler.format(record) for record in caplog.records if handler.filter(record)]
    text = "\n".join(lines)
    assert "stakeholders:invitation" in text
    assert link.rstrip("/").split("/")[-1] not in text
    assert panel.created_by.public_id not in text


class Held(Exception):
    """What the driver raises when a lock is not had in time."""

    pgcode = database.LOCK_NOT_HAD


def test_busy_database_is_said_kindly(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*args: object, **kwargs: object) -> None:
        raise OperationalError from Held()

    monkeypatch.setattr("vbc.home.views.render", held)
    response = client.get("/help/")
    assert response.status_code == 503
    assert "Nothing is lost" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_lock_that_was_not_had_is_tried_again() -> None:
    tries = []

    @database.retrying
    def act() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError from Held()
        return "done"

    assert act() == "done"
    assert len(tries) == 3
