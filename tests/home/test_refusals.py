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


# --- What is sent after one was signed out -----------------------------------------------------

HERE = {"HTTP_REFERER": "http://testserver/my-support/?page=2"}


def token_of(client: Client) -> str:
    return str(client.get("/account/login/").context["csrf_token"])


def test_a_button_pressed_after_the_session_leads_back_to_its_page_and_says_so() -> None:
    client = Client()
    answer = client.post("/my-support/quiet/", **HERE)
    assert answer.status_code == 302
    assert answer.url == "/account/login/?next=/my-support/%3Fpage%3D2&not-saved=1"
    said = client.get(answer.url).content.decode()
    assert "You were signed out. What you just sent was not saved." in said
    assert 'name="next" value="/my-support/?page=2"' in said
    assert "not saved" not in client.get("/account/login/?next=/my-support/").content.decode()


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://elsewhere.example/my-support/",
        "http://testserver.elsewhere.example/",
        "http://testserver//elsewhere.example/",
        "javascript:alert(1)",
        "//elsewhere.example/",
    ],
)
def test_whoever_came_from_elsewhere_is_led_to_their_first_page(referer: str) -> None:
    answer = Client().post("/my-support/quiet/", HTTP_REFERER=referer)
    assert answer.url == "/account/login/?not-saved=1"


def test_words_sent_after_the_session_are_given_back_once_and_kept_nowhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = Client(enforce_csrf_checks=True)
    token = token_of(client)
    sent = {
        "csrfmiddlewaretoken": token,
        "travel": "A taxi, <b>please</b>.",
        "ways": ["by_post"],
        "old_password": "hen egg hen",
        "code": "one two three",
        "version": "1",
    }
    with caplog.at_level(logging.INFO):
        answer = client.post("/my-support/", sent, **HERE)
    said = answer.content.decode()
    assert answer.status_code == 403
    assert answer.context["words"] == ["A taxi, <b>please</b>."]
    assert "A taxi, &lt;b&gt;please&lt;/b&gt;." in said
    assert "it was not saved" in said
    assert 'href="/account/login/?next=/my-support/%3Fpage%3D2"' in said
    assert "no-store" in answer.headers["Cache-Control"]
    for secret in ("hen egg", "one two", "by_post", token):
        assert secret not in said.split("<main")[1]
    assert not client.session.items()
    assert "taxi" not in caplog.text
    # Whoever goes back in the browser and sends it again reads nothing.
    again = client.post("/my-support/", sent, **HERE)
    assert again.status_code == 403
    assert "taxi" not in again.content.decode()
    assert "was not saved" in again.content.decode()


def test_nothing_that_was_sent_before_signing_out_is_given_back() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.person(), backend="allauth.account.auth_backends.AuthenticationBackend")
    token = str(client.get("/my-account/").context["csrf_token"])
    signed_out = client.post("/account/logout/", {"csrfmiddlewaretoken": token})
    assert signed_out.status_code == 302
    sent = {"csrfmiddlewaretoken": token, "travel": "A taxi, please."}
    answer = client.post("/my-support/", sent, **HERE)
    assert answer.status_code == 403
    assert "taxi" not in answer.content.decode()


# --- An address that is not a page --------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "back"),
    [
        ("", "/my-support/"),
        ("http://testserver/my-work/", "/my-work/"),
        ("http://testserver/my-support/quiet/", "/my-support/"),
        ("https://elsewhere.example/", "/my-support/"),
    ],
)
def test_an_address_for_a_button_leads_back_to_its_page(before: str, back: str) -> None:
    answer = as_(make.person()).get("/my-support/quiet/", HTTP_REFERER=before)
    said = answer.content.decode()
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "There is no page at this address" in said
    assert f'href="{back}">Go back to the page that it belongs to' in said
    assert "Sign out" in said


def test_a_page_that_is_sent_to_leads_to_itself() -> None:
    answer = as_(make.person()).post("/help/?word=panel")
    assert answer.status_code == 405
    assert 'href="/help/?word=panel"' in answer.content.decode()


def test_signing_in_after_a_form_was_sent_ends_on_a_page() -> None:
    """Also where the browser says nothing of the page before."""
    person, client = make.person(), Client()
    address = "/my-support/quiet/"
    to_sign_in = client.post(address, HTTP_REFERER=f"http://testserver{address}")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert to_sign_in.url == f"/account/login/?next={address}&not-saved=1"
    assert "Go back to the page" in client.get(address).content.decode()


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
