"""The last but one service user leaves, by keyboard alone, on a phone. What each person then reads,
on pages and in mail, word for word: never who, never why, never that it is anybody's doing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from cycles.models import Rating
from stakeholders.enums import PanelStatus
from stakeholders.queries.panels import seat_of
from stakeholders.services import cards, liaisons, panels
from tests.factories import decisions
from tests.journeys.keyboard import Keyboard
from tests.journeys.letters import letters_about, letters_to, the_letter, words_of
from tests.journeys.people import FOR_MEMBERS, Person, control, named
from tests.journeys.steps import panels as make
from tests.journeys.steps.panels import PANEL
from tests.journeys.watching import NARROWEST, Watch
from tests.support import run_jobs

pytestmark = pytest.mark.journey
AN_HOUR_AND_A_BIT = timedelta(minutes=61)

# --- Whoever leaves ------------------------------------------------------------------------------
BEFORE_LEAVING = (
    "Leave or step away Leaving is always all right. Nobody asks you why, and no reason is kept."
)
HAS_LEFT = (
    f"Done You have left {PANEL}. Thank you for what you gave: it stands. Leaving is always all "
    "right. My work Waiting for you Nothing is waiting for you"
)
HAS_LEFT_AND_TOOK_BACK = (
    f"You have left {PANEL}. What you gave stands, but for what you took back. Leaving is always "
    "all right."
)
ON_NO_PANEL = (
    "Panels You are not on a panel People join a panel by invitation. If you have had one, open "
    "the link in that e-mail: it brings you here."
)

# --- Every member, whoever they are --------------------------------------------------------------
WAITING = (
    "This panel is waiting for a member: nothing is decided meanwhile, reading and talking go on."
)
ON_THE_PANEL = (
    f"{PANEL} {WAITING} Information: There is nothing you need to do. No date runs out while the "
    "panel waits. You can go on reading and talking. What this panel is for"
)
WHO_IS_ON_IT = (
    "Who is on it By the names they chose. Heron Jay, who chairs Lukasz Merle Robin Swift While "
    "the panel waits, this page does not show what its members speak from."
)
ON_THE_DECISION = (
    "Information: This panel is waiting for a member, so nothing is decided meanwhile. What has "
    "been given is safe, and the time for rating stands still. You can go on reading and talking."
)
IN_MY_WORK = (
    f"Coming up {PANEL} is waiting for a member Dates move by as long as it waits. You need do "
    "nothing."
)
WAITS = "A panel you are on is waiting"
MAIL_TO_MEMBERS = (
    f"{PANEL} is waiting for a member. Nothing is decided meanwhile, and every date moves by as "
    "long as it waits. You can go on reading and talking. There is nothing you need to do. Open "
    "the panel:"
)

# --- Who looks after them ------------------------------------------------------------------------
NOT_TOLD_YET = (
    "Members read in an hour that the panel waits. Nobody is told who or why, and nobody is asked."
)
MAIL_TO_LIAISON = (
    f"{PANEL} is waiting for a member. You are the one whom members chose to be in touch with. "
    "Please get in touch today with each of them, everybody alike, and ask how they are before "
    f"anything else. {NOT_TOLD_YET} See who chose you:"
)
WHO_CHOSE_YOU = (
    "Who chose you These members chose you to be in touch with them. Please keep what you read "
    "here to yourself. Heron They have not written whom to contact. Ask them, if they would like "
    "to be asked. Robin Whom to contact if they become unwell, in their own words: My sister Kim, "
    "who knows. Change or take back your offer"
)
MAIL_TO_STAFF = (
    f"{PANEL} is waiting for a member. Please get in touch with its members today, everybody "
    "alike, and ask how they are before anything else. A meeting that is due today is best moved. "
    f"{NOT_TOLD_YET} Open the panel:"
)
FIRST_FOR_STAFF = (
    "First, be in touch with its members today, everybody alike, and ask how they are. A meeting "
    "that is due today is best moved. Then there is time to look for somebody: no date runs out."
)
FOR_WHOEVER_RUNS_IT = (
    "To go on, the panel needs more service users. Seats of people who work for the commissioning "
    "body, or for a service the panel may decide about, do not count. People Invite people"
)
WHO_IS_ON_IT_FOR_STAFF = (
    "Who is on it By the names they chose. Heron Carer Jay, who chairs Clinician Lukasz Clinician "
    "Merle Evidence reviewer Robin Service user Swift Carer Only the panel's members"
)

# What nobody reads: who is missing, or words that lay it at anybody's door.
NEVER_SAID = ("wren", "left", "alone", "only one", "stopped", "because of", "one more service user")
MEMBERS = ("Robin", "Heron", "Swift", "Lukasz", "Jay", "Merle")


class Leaves:
    """The journey's steps."""

    def __init__(self, site: Watch, mail: Path, enter: Callable[..., Person]) -> None:
        self.site = site
        self.mail = mail
        self.enter = enter

    # --- Before ----------------------------------------------------------------------------------

    def given_a_panel_with_two_service_users_and_an_open_round(self) -> None:
        """Jay, a clinician, chairs. Robin, who will stay, and a carer chose Swift to turn to."""
        self.panel, self.users = make.sitting()
        self.decision = make.with_open_round(self.panel)
        panels.appoint_chair(self.panel, self.users["Jay"], by=self.users["Alex"])
        liaisons.offer(self.panel, words="I answer in the mornings.", by=self.users["Swift"])
        for name in ("Wren", "Robin", "Heron"):
            seat = seat_of(self.users[name], self.panel)
            assert seat is not None
            liaisons.choose(seat, self.users["Swift"], by=self.users[name])
            if name == "Robin":
                cards.write(
                    seat,
                    expected=1,
                    whom_to_contact="My sister Kim, who knows.",
                    ratings_stand=True,
                    note_for_cover="",
                    by=self.users[name],
                )
        run_jobs()

    def given_that_who_will_leave_has_rated(self) -> None:
        decisions.cast(self.decision, self.users["Wren"], (4, 6))

    def given_everybody_sits_before_a_browser(self) -> None:
        self.people = {name: self.enter(user) for name, user in self.users.items()}

    def given_the_smallest_phone_without_scripts(self) -> None:
        self.people = {
            name: self.enter(self.users[name], screen=NARROWEST, javascript=False)
            for name in ("Wren", "Robin")
        }

    # --- Leaving ---------------------------------------------------------------------------------

    def when_one_of_them_leaves_by_keyboard(self, *, takes_back: bool = False) -> None:
        wren = self.people["Wren"]
        self.mail_before = len(letters_to(self.mail, wren.email))
        keyboard = Keyboard(wren)
        for words in ("Panels", PANEL, "How to leave or step away"):
            keyboard.goes_by(control(wren.page, words))
        assert wren.reads().startswith(BEFORE_LEAVING)
        if takes_back:
            # Into the two answers, of which the first is chosen already, and on to the second.
            keyboard.moves_to(named(wren.main, "radio", "What I gave stands"))
            keyboard.presses("ArrowDown")
            expect(named(wren.main, "radio", "Take back")).to_be_checked()
        keyboard.goes_by(wren.main.get_by_role("button", name="Leave the panel"))
        # Four steps from wherever they are: a menu, the panel, how, and yes.
        assert keyboard.actions == (10 if takes_back else 8)

    def then_who_left_reads_thanks_and_no_more_of_the_panel(self) -> None:
        wren = self.people["Wren"]
        assert wren.reads().startswith(HAS_LEFT)
        expect(wren.main.get_by_role("alert")).to_be_focused()
        wren.looks_again("after leaving")
        wren.follows("Panels")
        assert wren.reads() == ON_NO_PANEL
        wren.looks_again("on none")
        self.then_it_is_as_if_the_panel_did_not_exist()

    def then_who_left_reads_that_nothing_of_theirs_counts(self) -> None:
        self.people["Wren"].sees(HAS_LEFT_AND_TOOK_BACK)
        self.people["Wren"].looks_again("after leaving")
        assert not Rating.objects.live().exists()

    def then_it_is_as_if_the_panel_did_not_exist(self) -> None:
        self.site.expected_statuses.add(404)
        for thing in (self.panel, self.decision):
            self.people["Wren"].opens(thing.get_absolute_url())
            self.people["Wren"].sees_heading("We cannot find this page")

    def then_the_panel_waits(self) -> None:
        self.panel.refresh_from_db()
        assert self.panel.status == PanelStatus.PAUSED

    # --- What members read -----------------------------------------------------------------------

    def then_every_member_reads_the_same_words(self, names: tuple[str, ...] = MEMBERS) -> None:
        """Whoever is now alone, carer, clinician, reviewer, chair: one page for all of them."""
        pages = {self._page_of_the_panel(self.people[name]) for name in names}
        assert len(pages) == 1
        (page,) = pages
        assert page.startswith(ON_THE_PANEL)
        assert WHO_IS_ON_IT in page

    def _page_of_the_panel(self, person: Person) -> str:
        """What it says to any member: without the mark on one's own name, and what the chair has
        beside it."""
        person.follows("Panels")
        person.sees(WAITING)
        person.follows(PANEL)
        if person.name in ("Robin", "Jay"):
            person.looks_again(f"waiting, for {person.name}")
        page = self._words(person).replace(" (you)", "")
        if person.name != "Jay":
            return page
        top, _, below = page.partition("Running this panel ")
        assert below.startswith(FOR_WHOEVER_RUNS_IT)
        _, heading, rest = below.partition("What this panel is for")
        return f"{top}{heading}{rest}"

    def then_the_decision_waits_with_them(self, names: tuple[str, ...] = MEMBERS) -> None:
        for name in names:
            person = self.people[name]
            person.opens(self.decision.get_absolute_url())
            assert ON_THE_DECISION in self._words(person)
            person.sees_no_link("Rate the options")
            person.looks_again("waiting")
            person.follows("My work")
            words = self._words(person)
            assert words.endswith(f"{IN_MY_WORK} {FOR_MEMBERS}")
            assert "Rate the options" not in words
            person.looks_again("waiting")

    def then_the_talk_goes_on(self) -> None:
        robin = self.people["Robin"]
        robin.opens(self.decision.get_absolute_url())
        robin.answers({"What do you want to say?": "I read on meanwhile."})
        robin.presses("Add what you said")
        robin.sees("I read on meanwhile.")

    # --- What those read who look after them -----------------------------------------------------

    def then_whoever_runs_the_panel_reads_what_it_needs(self) -> None:
        alex = self.people["Alex"]
        alex.follows("Panels")
        alex.follows(PANEL)
        words = self._words(alex)
        assert words.startswith(
            f"{PANEL} {WAITING} Running this panel {FIRST_FOR_STAFF} {FOR_WHOEVER_RUNS_IT}"
        )
        assert WHO_IS_ON_IT_FOR_STAFF in words
        alex.looks_again("waiting, for whoever runs it")

    def then_those_who_look_after_members_are_asked_before_anybody_else_hears(self) -> None:
        run_jobs()
        self._reads_in_mail("Alex", "A panel you run is waiting", MAIL_TO_STAFF)
        self._reads_in_mail(
            "Swift", "Please get in touch with those who chose you", MAIL_TO_LIAISON
        )
        for name in ("Wren", *MEMBERS):
            assert not letters_about(self.mail, self._address(name), WAITS)
        swift = self.people["Swift"]
        swift.opens(f"{self.panel.get_absolute_url()}in-touch/who-chose-you/")
        assert self._words(swift) == WHO_CHOSE_YOU

    def then_an_hour_later_every_member_is_told_in_the_same_words(self) -> None:
        with time_machine.travel(timezone.now() + AN_HOUR_AND_A_BIT):
            run_jobs()
        for name in MEMBERS:
            self._reads_in_mail(name, WAITS, MAIL_TO_MEMBERS)
        assert not letters_about(self.mail, self._address("Alex"), WAITS)
        assert len(letters_to(self.mail, self._address("Wren"))) == self.mail_before

    def _reads_in_mail(self, name: str, subject: str, words: str) -> None:
        letter = the_letter(self.mail, self._address(name), subject)
        said = words_of(letter)
        assert said.startswith(f"Dear {name}, {words}"), said
        html = letter.get_body(("html",))
        assert html is not None
        self._never_said(f"{letter['subject']} {said} {html.get_content()}")

    def _address(self, name: str) -> str:
        return self.users[name].email

    def _words(self, person: Person) -> str:
        words = person.reads()
        self._never_said(words)
        return words

    def _never_said(self, words: str) -> None:
        for each in NEVER_SAID:
            assert each not in words.lower(), f"“{each}” in: {words}"


def test_leaving(
    site: Watch, transactional_db: None, mail: Path, enter: Callable[..., Person]
) -> None:
    leaves = Leaves(site, mail, enter)
    leaves.given_a_panel_with_two_service_users_and_an_open_round()
    leaves.given_everybody_sits_before_a_browser()
    leaves.when_one_of_them_leaves_by_keyboard()
    leaves.then_who_left_reads_thanks_and_no_more_of_the_panel()
    leaves.then_the_panel_waits()
    leaves.then_those_who_look_after_members_are_asked_before_anybody_else_hears()
    leaves.then_every_member_reads_the_same_words()
    leaves.then_the_decision_waits_with_them()
    leaves.then_the_talk_goes_on()
    leaves.then_whoever_runs_the_panel_reads_what_it_needs()
    leaves.then_an_hour_later_every_member_is_told_in_the_same_words()
    assert not site.findings, "\n".join(site.findings)


def test_leaving_on_the_smallest_phone(
    site: Watch, transactional_db: None, mail: Path, enter: Callable[..., Person]
) -> None:
    """At 320 px, without scripts, and what was given in the open round is taken back."""
    leaves = Leaves(site, mail, enter)
    leaves.given_a_panel_with_two_service_users_and_an_open_round()
    leaves.given_that_who_will_leave_has_rated()
    leaves.given_the_smallest_phone_without_scripts()
    leaves.when_one_of_them_leaves_by_keyboard(takes_back=True)
    leaves.then_who_left_reads_that_nothing_of_theirs_counts()
    leaves.then_it_is_as_if_the_panel_did_not_exist()
    leaves.then_the_panel_waits()
    leaves.then_every_member_reads_the_same_words(("Robin",))
    leaves.then_the_decision_waits_with_them(("Robin",))
    assert not site.findings, "\n".join(site.findings)
