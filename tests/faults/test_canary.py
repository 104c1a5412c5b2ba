"""Row 42 of the fault table, begun: what somebody is, needs, or wrote in confidence appears nowhere
but where the matrix allows it.

Every address is opened by every kind of person, with all that they are sent, all that is logged and
all that the audit keeps. What may be read by nobody else carries a word that stands nowhere else.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from stakeholders.enums import Perspective
from stakeholders.models import Seat, User
from stakeholders.services import cards, liaisons, seats
from tests.architecture.test_addresses import World
from tests.factories import seats as make_seat
from tests.support import run_jobs
from vbc.core.models import AuditContent, AuditEntry

pytestmark = pytest.mark.django_db

ROLE = re.compile(r"service[ _-]?users?|carers?", re.IGNORECASE)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
LINKS = re.compile(r"""(?:href|src|action|hx-get|hx-post)="([^"]*)\"""")
MAIN = re.compile(r"<main.*</main>", re.DOTALL)

WHOM_TO_CONTACT = "Canaryone"
NOTE_FOR_COVER = "Canarytwo"


class Everybody:
    """The people of the address table, and those who stand beside a member."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.addresses = world.addresses()
        self.owner = world.users["service user"]
        self.seat = Seat.objects.get(panel=world.panel, user=self.owner, left_at=None)
        self.users: dict[str, User] = dict(world.users)
        self.users["cover"] = make_seat.cover_for(self.seat).user
        self.users["reserve"] = make_seat.on_reserve(world.panel, Perspective.SERVICE_USER).user
        self.users["supporter"] = make_seat.supporter_of(self.seat).user
        self.users["chosen"] = User.objects.get(email="swift@example.org")
        liaisons.offer(world.panel, words="", by=self.users["chosen"])
        liaisons.choose(self.seat, self.users["chosen"], by=self.owner)
        cards.write(
            self.seat,
            expected=1,
            whom_to_contact=WHOM_TO_CONTACT,
            ratings_stand=True,
            note_for_cover=NOTE_FOR_COVER,
            by=self.owner,
        )

    def pages(self, but: str = "") -> Iterator[tuple[str, str, HttpResponse]]:
        """Every address as each person gets it: who, which, what came back."""
        for persona, user in self.users.items():
            if persona == but:
                continue
            client = Client()
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            for name, address in self.addresses.items():
                answer = client.get(address)
                if not answer.streaming:
                    yield persona, name, answer


@pytest.fixture
def everybody(settings: Any) -> Everybody:
    settings.DEMONSTRATION = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return Everybody(World())


@pytest.fixture
def crawled(everybody: Everybody, caplog: pytest.LogCaptureFixture) -> list[Any]:
    with caplog.at_level("DEBUG"):
        pages = list(everybody.pages())
        run_jobs()
    return pages


def test_what_somebody_is_stands_in_no_title_address_file_name_subject_log_or_audit(
    everybody: Everybody, crawled: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    found = []
    for persona, name, answer in crawled:
        page = answer.content.decode(errors="replace")
        told = [*TITLE.findall(page), *LINKS.findall(page), *map(str, answer.headers.values())]
        found += [f"{name} for {persona}: {each[:120]}" for each in told if ROLE.search(each)]
    found += [f"subject: {each.subject}" for each in mail.outbox if ROLE.search(each.subject)]
    found += [f"log: {each[:160]}" for each in caplog.messages if ROLE.search(each)]
    found += [f"audit: {each}" for each in _audited() if ROLE.search(each)]
    assert len(mail.outbox) > len(everybody.users), "nothing was sent, so nothing was looked at"
    assert not found, "\n".join(sorted(set(found)))


# Of what may be read by few: which of the others read it, and on which page.
ALLOWED = {
    WHOM_TO_CONTACT: {
        ("service user", "stakeholders:unwell-card"),
        ("chosen", "stakeholders:who-chose-you"),
    },
    NOTE_FOR_COVER: {("service user", "stakeholders:unwell-card")},
}


def test_words_in_confidence_are_read_only_where_they_may_be(
    crawled: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = "\n".join(
        [*caplog.messages, *_audited(), *(f"{each.subject} {each.body}" for each in mail.outbox)]
    )
    for word, allowed in ALLOWED.items():
        read = {
            (persona, name) for persona, name, answer in crawled if word.encode() in answer.content
        }
        assert read == allowed, word
        assert word not in elsewhere


def test_that_somebody_is_away_changes_no_page_of_anybody_who_cannot_step_in(
    everybody: Everybody,
) -> None:
    """Enough service users remain, so the panel goes on; not a letter tells of it."""
    can_step_in = {"cover", "reserve"}
    before = _mains(everybody.pages(but="service user"))
    seats.go_away(everybody.seat, by=everybody.owner)
    everybody.world.panel.refresh_from_db()
    assert everybody.world.panel.is_sitting
    after = _mains(everybody.pages(but="service user"))
    changed = {key for key in before if before[key] != after[key] and key[0] not in can_step_in}
    assert not changed, sorted(changed)
    assert before[("cover", "stakeholders:your-part")] != after[("cover", "stakeholders:your-part")]


def _mains(pages: Iterator[tuple[str, str, HttpResponse]]) -> dict[tuple[str, str], str]:
    mains = {}
    for persona, name, answer in pages:
        page = answer.content.decode(errors="replace")
        main = MAIN.search(page)
        text = main.group() if main else page
        mains[persona, name] = re.sub(r'value="[A-Za-z0-9]{64}"|nonce="[^"]*"', "", text)
    return mains


def _audited() -> list[str]:
    """Everything the audit keeps that could be read by somebody."""
    verbs = AuditEntry.objects.values_list("verb", "object_type")
    return [f"{verb} {kind}" for verb, kind in verbs] + [
        str(data) for data in AuditContent.objects.values_list("data", flat=True)
    ]
