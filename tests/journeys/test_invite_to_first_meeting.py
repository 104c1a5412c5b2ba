"""Two people who use services are invited, one by e-mail and one by a printed code, on a phone; the
panel opens, and meets for the first time."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from stakeholders.enums import InductionStep, Perspective
from tests.journeys.letters import link_in, subject_of, the_letter, words_of
from tests.journeys.people import Person
from tests.journeys.steps import panels as make
from tests.journeys.steps.joining import says_yes
from tests.journeys.steps.meeting import Meeting
from tests.journeys.steps.panels import PANEL
from tests.journeys.watching import DESKTOP, PHONE, Watch
from tests.support import run_jobs

pytestmark = pytest.mark.journey
PEOPLE = {
    Perspective.CARER: ("Heron",),
    Perspective.CLINICIAN: ("Lukasz", "Jay"),
    Perspective.EVIDENCE_REVIEWER: ("Merle",),
}
ROLES = ("service user", "carer", "clinician")
BY_LETTER = "R. at the library"

# What stands on the page of an invitation, before anything is asked.
IT_IS_A_FREE_CHOICE = "Nothing happens unless you say yes at the end of this page."
WHAT_IT_MEANS = (
    "What it means to take part You read what is known, say what you think, and can propose what "
    "should be done. When something is decided, you rate each choice from 1 to 9, or choose not "
    "to. That takes about 5 minutes, and you can change it until the close. Three kinds of "
    "knowledge count the same: that of service users and carers, that of clinicians, and evidence. "
    "Nobody who uses services sits alone: there are always at least two, or the panel waits."
)
WHAT_OTHERS_SEE = (
    "What others see of you The name you choose. It need not be your own. What you speak from, "
    "such as service user or clinician. Only the panel's members and the staff who run it see it. "
    "What you say, under the name you choose. Your e-mail address stays with the people who run "
    "the panel."
)
WHAT_IS_KEPT = (
    "Not why you left or stepped away, and no illness or treatment. Nobody asks. You can leave at "
    "any moment Leaving takes two taps. Nobody asks you why. You can also step away for a while "
    "and come back."
)
NO_MAIL_NEEDED = (
    "You need no e-mail address: we make a name for you to sign in with, and show it to you next."
)
HOW_TO_SIGN_IN = (
    "How you sign in from now on This name was made for you. Write it down, or print this page. It "
    "says nothing about you, and others do not see it."
)


class Invites:
    """The steps up to a panel that sits."""

    def __init__(
        self, mail: Path, arrive: Callable[..., Person], enter: Callable[..., Person]
    ) -> None:
        self.mail = mail
        self.arrive = arrive
        self.enter = enter

    def given_a_panel_that_lacks_service_users(self) -> None:
        _, users = make.formed(PEOPLE)
        run_jobs()
        self.people = {"Alex": self.enter(users["Alex"], screen=DESKTOP)}
        for name in ("Wren", "Robin"):
            self.people[name] = self.arrive(name, screen=PHONE)

    def when_the_commissioner_invites_one_by_email(self) -> None:
        alex, wren = self.people["Alex"], self.people["Wren"]
        self._go_to_panel(alex)
        alex.sees("It needs two service users before it can open.")
        alex.follows("Invite people")
        alex.answers({"E-mail address": wren.email})
        alex.chooses("Service user")
        alex.presses("Invite this person")
        alex.sees(f"An invitation is on its way to {wren.email}.")
        run_jobs()

    def when_the_commissioner_prints_a_letter_for_another(self) -> None:
        alex = self.people["Alex"]
        alex.answers({"Or, for a printed letter, who it is for": BY_LETTER})
        alex.chooses("Service user")
        alex.presses("Invite this person")
        alex.sees(f"The invitation for {BY_LETTER} is ready. Now print its letter.")
        alex.presses("Print the letter")
        alex.sees_heading(f"An invitation for {BY_LETTER}")
        self._says_no_role(alex.reads())
        assert PANEL not in alex.reads()
        self.code = alex.main.locator(".vbc-letter__code").inner_text()
        self.address = alex.main.locator(".vbc-letter__address").inner_text()

    def then_the_one_opens_the_link_and_reads_what_it_means(self) -> None:
        wren = self.people["Wren"]
        letter = the_letter(self.mail, wren.email, "An invitation from")
        self._says_no_role(f"{subject_of(letter)} {words_of(letter)}")
        wren.opens(link_in(letter))
        self._reads_what_it_means(wren)

    def when_the_one_forgets_something_and_then_says_yes(self) -> None:
        wren = self.people["Wren"]
        wren.presses("Yes, I take part")
        wren.sees("There is a problem", "Choose a password")
        wren.sees("Nothing has happened yet. Answer what is marked below, then send it again.")
        wren.opens(link_in(the_letter(self.mail, wren.email, "An invitation from")))
        says_yes(wren, "Service user")
        wren.sees(f"Welcome. You now have a seat on {PANEL}. Take your time.")
        wren.looks_again("welcome")

    def when_the_other_types_the_code_from_the_letter(self) -> None:
        robin = self.people["Robin"]
        robin.opens(f"http://{self.address}")
        # As somebody types who is not sure of capitals and dashes.
        robin.answers({"Type the code from your letter": self.code.lower().replace("-", " ")})
        robin.presses("Go on")
        self._reads_what_it_means(robin)
        robin.sees(NO_MAIL_NEEDED)
        robin.looks_again("by letter")
        says_yes(robin, "Service user")

    def then_the_other_signs_in_with_the_name_that_was_made(self) -> None:
        robin = self.people["Robin"]
        assert HOW_TO_SIGN_IN in robin.reads()
        robin.email = robin.main.locator(".vbc-letter__code").inner_text()
        robin.follows("Go on to the panel")
        robin.sees_heading(PANEL)
        robin.signs_out()
        robin.signs_in()
        robin.sees_heading("My work")

    def then_the_one_takes_the_guided_start_to_its_end(self) -> None:
        wren = self.people["Wren"]
        wren.follows("My work")
        wren.follows("Start here: what this is, how it works, and your rights")
        wren.presses("Begin")
        steps = InductionStep.for_everyone()
        for number, step in enumerate(steps, start=1):
            wren.sees_heading(step.label)
            wren.sees(f"page {number} of {len(steps)}")
            wren.presses("Finish" if number == len(steps) else "Next: ")
        wren.sees("You read the last of them on")
        wren.looks_again("read")
        wren.follows("My work")
        expect(wren.main.get_by_text("Start here")).to_have_count(0)

    def then_the_other_stops_after_a_page_and_goes_on_another_time(self) -> None:
        robin = self.people["Robin"]
        robin.follows("Start here: what this is, how it works, and your rights")
        robin.presses("Begin")
        robin.presses("Next: ")
        robin.follows("Stop here, and go on another time")
        robin.presses("Go on")
        robin.sees_heading(list(InductionStep)[1].label)

    def then_the_panel_opens(self) -> None:
        alex = self.people["Alex"]
        self._go_to_panel(alex)
        alex.sees("Enough service users are on it to open.")
        alex.presses("Open the panel")
        alex.sees(
            "This panel is sitting: two service users, one carer, two clinicians, one evidence "
            "reviewer."
        )
        run_jobs()
        told = words_of(
            the_letter(self.mail, self.people["Wren"].email, "A panel you are on has begun")
        )
        assert f"{PANEL} is now sitting. You can read, talk and take part." in told

    def _reads_what_it_means(self, person: Person) -> None:
        person.sees_heading("You are invited")
        words = person.reads()
        places = [
            words.index(each)
            for each in (IT_IS_A_FREE_CHOICE, WHAT_IT_MEANS, WHAT_OTHERS_SEE, WHAT_IS_KEPT)
        ]
        assert places == sorted(places)
        assert places[-1] < words.index("If you want to say yes")

    def _says_no_role(self, words: str) -> None:
        for role in ROLES:
            assert role not in words.lower(), f"“{role}” in: {words}"

    def _go_to_panel(self, person: Person) -> None:
        person.follows("Panels")
        person.follows(PANEL)


def test_invite(
    site: Watch,
    transactional_db: None,
    mail: Path,
    arrive: Callable[..., Person],
    enter: Callable[..., Person],
) -> None:
    invites = Invites(mail, arrive, enter)
    invites.given_a_panel_that_lacks_service_users()
    invites.when_the_commissioner_invites_one_by_email()
    invites.when_the_commissioner_prints_a_letter_for_another()
    invites.then_the_one_opens_the_link_and_reads_what_it_means()
    invites.when_the_one_forgets_something_and_then_says_yes()
    invites.when_the_other_types_the_code_from_the_letter()
    invites.then_the_other_signs_in_with_the_name_that_was_made()
    invites.then_the_one_takes_the_guided_start_to_its_end()
    invites.then_the_other_stops_after_a_page_and_goes_on_another_time()
    invites.then_the_panel_opens()
    assert not site.findings, "\n".join(site.findings)


@pytest.mark.thorough
def test_first_meeting(
    site: Watch, transactional_db: None, mail: Path, enter: Callable[..., Person]
) -> None:
    """The same panel, as the journey before leaves it."""
    meeting = Meeting(mail, enter)
    meeting.given_the_panel_has_opened(PEOPLE)
    meeting.when_the_commissioner_offers_dates()
    meeting.when_members_say_which_dates_suit(
        {
            "Wren": ("Yes", "No"),
            "Robin": ("If need be", "Yes"),
            "Heron": ("No", "No"),
            "Lukasz": ("Yes", "If need be"),
        }
    )
    meeting.then_the_date_that_suits_most_is_taken(
        "Yes: 2. If need be: 1. No: 1.", "Yes: 1. If need be: 1. No: 2."
    )
    meeting.when_the_commissioner_sends_agenda_and_papers()
    meeting.then_a_member_reads_when_it_is_what_about_and_a_short_summary()
    meeting.when_members_say_whether_they_come("Wren", "Robin")
    meeting.when_one_sends_apologies_and_no_reason_is_asked("Heron")
    with meeting.on_its_day(meeting.dates[0], "Alex", "Wren", "Robin", "Lukasz"):
        meeting.then_the_meeting_can_decide_as_soon_as_two_service_users_are_there()
        meeting.when_the_commissioner_writes_down_who_came_without_a_screen("Merle")
        meeting.then_next_to_speak_is_whoever_has_spoken_least()
        meeting.when_the_commissioner_writes_minutes_and_closes()
        meeting.then_members_read_the_minutes_with_apologies_and_no_reason()
        meeting.when_the_commissioner_gives_the_next_meeting_a_date()
    with meeting.on_its_day(meeting.next_date, "Alex", "Wren", "Robin"):
        meeting.then_the_panel_agrees_the_minutes_at_its_next_meeting()
    assert not site.findings, "\n".join(site.findings)
