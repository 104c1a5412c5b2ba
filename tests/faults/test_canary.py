"""Row 42 of the fault table, begun: what somebody is, needs, or wrote in confidence appears nowhere
but where the matrix allows it.

Every address is opened by every kind of person, with all that they are sent, all that is logged and
all that the audit keeps. What may be read by nobody else carries a word that stands nowhere else.
"""

import logging
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from stakeholders.enums import Perspective
from stakeholders.models import Seat, User
from stakeholders.permissions.concerns import may_write_on_concern
from stakeholders.services import cards, concerns, liaisons, seats
from tests.addresses import PERSONAS, World, the_world
from tests.factories import seats as make_seat
from tests.kept import kept
from tests.pages import as_
from tests.support import logged, run_jobs
from vbc.core.models import AuditContent, AuditEntry

pytestmark = pytest.mark.django_db

ROLE = re.compile(r"service[ _-]?users?|carers?", re.IGNORECASE)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
LINKS = re.compile(r"""(?:href|src|action|hx-get|hx-post)="([^"]*)\"""")
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
# Chance spells "cAReR" into one of these now and then.
NONCE = re.compile(r"'nonce-[^']*'")
# Tokens: of forms, of pages, and of the time at which a page of a call for views was opened.
CHANGES_BY_ITSELF = re.compile(r'value="[A-Za-z0-9]{64}"|nonce="[^"]*"|name="opened" value="[^"]*"')

WHOM_TO_CONTACT = "Canaryone"
NOTE_FOR_COVER = "Canarytwo"
WHAT_HAPPENED = "Canarythree was locked in the boathouse"
HOW_TO_REACH = "Ring the canaryfour telephone"
NOTE_ON_CONCERN = "Canaryfive rang back"
TOLD = "Canarysix was told"

# Of what may be read by few: who reads it, and on which page.
ALLOWED = {
    WHOM_TO_CONTACT: {
        ("service user", "stakeholders:unwell-card"),
        ("chosen", "stakeholders:who-chose-you"),
    },
    NOTE_FOR_COVER: {("service user", "stakeholders:unwell-card")},
    # Its writer reads what they wrote, and what they were told; the lead has put it away again.
    WHAT_HAPPENED: {("clinician", "stakeholders:my-concerns")},
    HOW_TO_REACH: set(),
    NOTE_ON_CONCERN: set(),
    TOLD: {("clinician", "stakeholders:my-concerns")},
}
PEOPLE = (*PERSONAS, "cover", "reserve", "supporter", "chosen")
CAN_STEP_IN = {"cover", "reserve"}


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
        self._worry()

    def _worry(self) -> None:
        """A concern that was raised, opened, noted on and closed."""
        writer, lead = self.users["clinician"], self.users["admin"]
        concern = concerns.raise_concern(
            self.world.organisation,
            panel=self.world.panel,
            what_happened=WHAT_HAPPENED,
            how_to_reach=HOW_TO_REACH,
            is_in_danger=True,
            by=writer,
        )
        assert may_write_on_concern(lead, concern)
        concerns.open_concern(concern, by=lead)
        concerns.add_note(concern, note=NOTE_ON_CONCERN, by=lead)
        concerns.close(concern, told=TOLD, by=lead)

    def pages(self, persona: str) -> dict[str, Any]:
        """Every address as one person gets it."""
        client = Client() if persona == "nobody" else as_(self.users[persona])
        return {name: client.get(address) for name, address in self.addresses.items()}


@kept
def everybody() -> Everybody:
    return Everybody(the_world())


@pytest.fixture(autouse=True)
def _as_the_demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True


def words_of(answer: Any) -> str:
    return b"".join(answer).decode(errors="replace")


@pytest.mark.thorough
@pytest.mark.parametrize("persona", PEOPLE)
def test_pages_tell_nobody_what_somebody_is_or_wrote_in_confidence(persona: str) -> None:
    """In no title, link, header or log stands what somebody is. Words in confidence are read only
    where they may be. Nor do pages tell that somebody is away, but to whoever can step in."""
    there = everybody()
    with logged() as log:
        before = there.pages(persona)
    texts = {name: words_of(answer) for name, answer in before.items()}
    found = [
        f"{name} for {persona}: {each[:120]}"
        for name, answer in before.items()
        for each in (
            *TITLE.findall(texts[name]),
            *LINKS.findall(texts[name]),
            *(NONCE.sub("", str(value)) for value in answer.headers.values()),
        )
        if ROLE.search(each)
    ]
    found += [f"log: {each[:160]}" for each in log.messages if ROLE.search(each)]
    assert not found, "\n".join(sorted(set(found)))
    for word, allowed in ALLOWED.items():
        read = {(persona, name) for name, page in texts.items() if word in page}
        assert read == {each for each in allowed if each[0] == persona}, word
        assert word not in log.text
    if persona != "service user":
        _sees_nobody_go_away(there, persona, texts)


def _sees_nobody_go_away(there: Everybody, persona: str, before: dict[str, str]) -> None:
    """Enough service users remain, so the panel goes on."""
    seats.go_away(there.seat, by=there.owner)
    there.world.panel.refresh_from_db()
    assert there.world.panel.is_sitting
    after = {name: words_of(answer) for name, answer in there.pages(persona).items()}
    changed = {name for name in before if _main(before[name]) != _main(after[name])}
    if persona in CAN_STEP_IN:
        assert "stakeholders:your-part" in changed
        return
    # Whoever a member chose to help them reads that nothing can be entered now, and not why.
    changed = {name for name in changed if not name.startswith("cycles:help-")}
    assert not changed, f"{sorted(changed)} for {persona}"


def _main(page: str) -> str:
    main = MAIN.search(page)
    return CHANGES_BY_ITSELF.sub("", main.group() if main else page)


@pytest.mark.thorough
def test_letters_logs_and_audit_tell_nobody_what_somebody_is_or_wrote_in_confidence() -> None:
    """Of all that the demonstration and everybody in it ever did."""
    with logged() as log:
        there = Everybody(World())
        seats.go_away(there.seat, by=there.owner)
        run_jobs()
        logging.getLogger("vbc").info("Background work is done")
    assert len(mail.outbox) > len(there.users), "nothing was sent, so nothing was looked at"
    assert "Background work is done" in log.messages, "the log was not heard to the end"
    found = [f"subject: {each.subject}" for each in mail.outbox if ROLE.search(each.subject)]
    found += [f"log: {each[:160]}" for each in log.messages if ROLE.search(each)]
    found += [f"audit: {each}" for each in _audited() if ROLE.search(each)]
    assert not found, "\n".join(sorted(set(found)))
    letters = (f"{each.subject} {each.body} {each.alternatives}" for each in mail.outbox)
    everything = "\n".join([log.text, *_audited(), *letters])
    for word in ALLOWED:
        assert word not in everything, word


def _audited() -> list[str]:
    """Everything the audit keeps that could be read by somebody."""
    verbs = AuditEntry.objects.values_list("verb", "object_type")
    return [f"{verb} {kind}" for verb, kind in verbs] + [
        str(data) for data in AuditContent.objects.values_list("data", flat=True)
    ]
