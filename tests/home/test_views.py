"""The pages that span everything: who may open them, and that what they say is true."""

import os
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as configured
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, strip_tags

from stakeholders.enums import Perspective
from stakeholders.models import Seat
from stakeholders.services import invitations, people, seats
from tests.factories import calls as make_calls
from tests.factories import cycles as make_cycles
from tests.factories import stakeholders as make
from tests.pages import as_
from vbc.home.middleware import PUBLIC_VIEWS
from vbc.home.presenters.words import WORDS
from vbc.home.queries import health, mailbox

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = ("front", "help", "accessibility", "privacy", "health", "mail")


def read(client: Client, name: str) -> str:
    answer = client.get(reverse(f"home:{name}"))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", OPEN_TO_ALL)
def test_page_is_open_to_everyone(name: str) -> None:
    assert f"home:{name}" in PUBLIC_VIEWS
    assert Client().get(reverse(f"home:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["my-work", "account"])
def test_own_page_asks_to_sign_in(name: str) -> None:
    answer = Client().get(reverse(f"home:{name}"))
    assert answer.url == f"{reverse('account_login')}?next={reverse(f'home:{name}')}"


@pytest.mark.parametrize("name", [*OPEN_TO_ALL, "my-work"])
def test_page_that_only_reads_takes_no_post(name: str) -> None:
    assert as_(make.person()).post(reverse(f"home:{name}")).status_code == 405


def test_first_page_says_what_this_is_and_leads_on() -> None:
    page = read(Client(), "front")
    assert "If you have had an invitation" in page
    assert reverse("account_login") in page
    assert reverse("home:help") in page
    assert as_(make.person()).get("/").url == reverse("home:my-work")


def test_first_page_leads_whoever_has_no_account_to_what_is_asked_and_what_came_of_it() -> None:
    cycle = make_cycles.cycle()
    opened, told = make_calls.opened(cycle), make_calls.told(cycle)
    silent = [
        make_calls.started(cycle),
        make_calls.answered(cycle, people=1),
        make_calls.opened(cycle, **make_calls.days(opens_on=timezone.localdate() + timedelta(1))),
    ]
    page = read(Client(), "front")
    for call in (opened, told):
        assert f'href="{call.public_url}"' in page
        assert Client().get(call.public_url).status_code == 200
    assert page.index(opened.title) < page.index(told.title)
    for call in silent:
        assert call.title not in page
    for name in ("evidence:public-needs-list", "evidence:public-experiences"):
        assert f'href="{reverse(name)}"' in page
        assert Client().get(reverse(name)).status_code == 200


def test_help_explains_every_word_and_how_to_leave() -> None:
    page = read(Client(), "help")
    for word, meaning in WORDS:
        assert escape(word) in page
        assert escape(meaning) in page
    for words in ("What is commissioning?", "The four stages", "The three pillars"):
        assert words in page
    assert "Leaving is always all right" in page
    for number in ("tel:111", "tel:116123", "sms:85258", "tel:999"):
        assert number in page


def test_help_shows_the_organisations_own_crisis_line_to_its_people() -> None:
    panel = make.sitting_panel(
        make.organisation(), service_users=2, carers=0, clinicians=0, evidence_reviewers=0
    )
    member = make.members(panel, Perspective.SERVICE_USER)[0]
    assert panel.organisation.crisis_line in strip_tags(read(as_(member), "help"))
    assert panel.organisation.crisis_line not in strip_tags(read(Client(), "help"))


def test_privacy_page_tells_the_truth_about_cookies(settings: Any) -> None:
    hours = configured.SESSION_COOKIE_AGE // 3600
    page = read(Client(), "privacy")
    assert f"at most {hours} hours" in page
    assert configured.SESSION_EXPIRE_AT_BROWSER_CLOSE
    client = as_(make.person())
    client.get(reverse("home:account"))
    allowed = {configured.SESSION_COOKIE_NAME, configured.CSRF_COOKIE_NAME, "messages"}
    assert set(client.cookies) <= allowed


def test_pages_load_nothing_from_elsewhere() -> None:
    for name in ("front", "help", "privacy", "accessibility"):
        page = read(Client(), name)
        loaded = [part.split('"')[0] for part in page.split('src="')[1:]]
        loaded += [part.split('href="')[1].split('"')[0] for part in page.split("<link")[1:]]
        assert [address for address in loaded if not address.startswith("/static/")] == []


def test_health_says_so_when_the_database_does_not_answer(monkeypatch: Any) -> None:
    answer = Client().get(reverse("home:health"))
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer["Content-Type"] == "text/plain"

    class Broken:
        def cursor(self) -> None:
            raise DatabaseError("gone")

    monkeypatch.setattr(health, "connection", Broken())
    broken = Client().get(reverse("home:health"))
    assert (broken.status_code, broken.content) == (503, b"the database does not answer")


# --- One's account ------------------------------------------------------------------------------


def test_person_changes_only_their_own_name() -> None:
    person, other = make.person("Wren"), make.person("Robin")
    answer = as_(person).post(
        reverse("home:account"),
        {"display_name": "Jay", "user": other.public_id, "email": other.email, "is_staff": "on"},
    )
    assert answer.url == reverse("home:account")
    person.refresh_from_db()
    other.refresh_from_db()
    assert (person.display_name, other.display_name) == ("Jay", "Robin")
    assert not person.is_staff


@pytest.mark.parametrize("name", ["Wren Hale", " wren  hale\u200b", "Wren H\u0430le"])
def test_nobody_takes_a_name_that_looks_like_that_of_somebody_they_are_with(name: str) -> None:
    panel = make.forming_panel(make.organisation())
    chair, other = make.person("Wren Hale"), make.person("Robin")
    for each in (chair, other):
        make.seat(panel, "carer", user=each)
    answer = as_(other).post(reverse("home:account"), {"display_name": name})
    assert "is called this already, or it looks the same" in answer.content.decode()
    other.refresh_from_db()
    assert other.display_name == "Robin"
    stranger = make.person("Sparrow")
    people.rename(stranger, display_name=name, by=stranger)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\u200b", "\u3164 \u2800", "\u202e"])
def test_name_is_needed(name: str) -> None:
    person = make.person("Wren")
    answer = as_(person).post(reverse("home:account"), {"display_name": name})
    assert "There is a problem" in answer.content.decode()
    person.refresh_from_db()
    assert person.display_name == "Wren"


def test_the_only_address_offers_no_button_that_only_refuses() -> None:
    person = make.person()
    client = as_(person)
    page = client.get(reverse("account_email")).content.decode()
    assert f"We write to <strong>{person.email}</strong>." in page
    for button in ("action_remove", "action_primary", "action_send"):
        assert button not in page
    other = EmailAddress.objects.create(user=person, email="other@example.org")
    page = client.get(reverse("account_email")).content.decode()
    for button in ("action_remove", "action_primary", "action_send"):
        assert button in page
    client.post(reverse("account_email"), {"email": other.email, "action_remove": "1"})
    assert "action_remove" not in client.get(reverse("account_email")).content.decode()


def test_account_shows_my_panels_with_the_way_out_and_no_other() -> None:
    panel = make.sitting_panel(
        make.organisation(), service_users=3, carers=0, clinicians=0, evidence_reviewers=0
    )
    other = make.forming_panel(make.organisation())
    member = make.members(panel, Perspective.SERVICE_USER)[0]
    page = read(as_(member), "account")
    assert reverse("stakeholders:leave", args=[panel.public_id]) in page
    assert reverse("stakeholders:leave", args=[other.public_id]) not in page
    assert "Service user" not in page
    seats.leave(Seat.objects.get(user=member), by=member)
    assert "You are not on a panel." in read(as_(member), "account")


# --- The demonstration's mail -------------------------------------------------------------------


def send(subject: str, text: str, to: str = "wren@example.org") -> None:
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend")
    message = EmailMultiAlternatives(subject, text, "us@example.org", [to], connection=backend)
    message.attach_alternative(f"<p>{text}</p>", "text/html")
    message.send()


def test_mail_is_listed_newest_first_and_read(tmp_path: Any) -> None:
    send("Žluťoučký first", "Open http://127.0.0.1:8000/panels/invitation/abc/ and read.")
    (written,) = (tmp_path / "mail").iterdir()
    os.utime(written.rename(written.with_name("20200101-000000-1.log")), (1, 1))
    send("Second <b>", "<script>alert(1)</script>")
    page = read(Client(), "mail")
    assert page.index("Second &lt;b&gt;") < page.index("Žluťoučký first")
    names = mailbox.letter_names()
    first = Client().get(reverse("home:mail-message", args=[names[-1]])).content.decode()
    assert 'href="http://127.0.0.1:8000/panels/invitation/abc/"' in first
    second = Client().get(reverse("home:mail-message", args=[names[0]])).content.decode()
    assert "<script>alert(1)" not in second
    assert "&lt;script&gt;alert(1)" in second


def test_several_messages_in_one_file_are_all_shown() -> None:
    with get_connection("django.core.mail.backends.filebased.EmailBackend") as backend:
        for number in ("One", "Two"):
            EmailMultiAlternatives(
                number, "Words.", "us@example.org", ["a@example.org"], connection=backend
            ).send()
    assert [letter.subject for letter in mailbox.letters(mailbox.letter_names()[0])] == [
        "One",
        "Two",
    ]


def test_nothing_but_mail_can_be_read(tmp_path: Any) -> None:
    (tmp_path / "secret.log").write_text("Subject: secret\n\nsecret")
    (tmp_path / "mail").mkdir()
    for name in ("../secret", "..", "secret", "/etc/passwd", "", "a/b"):
        assert mailbox.letters(name) == []
    assert Client().get("/demonstration/mail/secret/").status_code == 404
    assert Client().get("/demonstration/mail/..%2Fsecret/").status_code == 404


def test_mail_is_nowhere_outside_the_demonstration(settings: Any) -> None:
    send("Kept from strangers", "Words.")
    name = mailbox.letter_names()[0]
    settings.DEMONSTRATION = False
    for url in (reverse("home:mail"), reverse("home:mail-message", args=[name])):
        answer = Client().get(url)
        assert answer.status_code == 404
        assert "Kept from strangers" not in answer.content.decode()


# --- Refusals -----------------------------------------------------------------------------------


def test_refusal_of_a_service_becomes_a_page_with_its_reason() -> None:
    """A used invitation cannot be sent again: no form catches it, the middleware does."""
    panel = make.forming_panel(make.organisation())
    person = make.person()
    invitation = invitations.invite(
        panel, email=person.email, suggested_perspective=Perspective.CARER, by=panel.created_by
    )
    seats.accept(
        invitation, perspective=Perspective.CARER, is_employed_by_affected_body=False, by=person
    )
    answer = as_(panel.created_by).post(
        reverse("stakeholders:resend-invitation", args=[panel.public_id, invitation.public_id])
    )
    assert answer.status_code == 403
    assert "This invitation has been used or withdrawn" in answer.content.decode()
