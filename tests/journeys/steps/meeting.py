"""A meeting: a date found together, what is read before, the day itself, and its minutes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import stakeholders
from tests.journeys.letters import link_in, the_letter, words_of
from tests.journeys.people import Person
from tests.journeys.steps import panels
from tests.journeys.steps.panels import PANEL
from tests.journeys.watching import DESKTOP
from tests.support import run_jobs
from vbc.ui.dates import LONDON, day_in_words, london, moment_in_words

FIRST, NEXT = "Our first meeting", "Our second meeting"
TALK, DECIDE = "How everyone is", "Who looks at the nights"
PAPER = "What the nights are like"
SUMMARY = "At night there is only the emergency department. Most people who came went home alone."
SAID = "Two of us told how long a night is. We want to hear from more people."
DECIDED = "We ask ten people who came at night what would have helped."
TASK = "Write the first question"

TWO_CAN_TALK = "This meeting can talk; it cannot decide now."
TWO_CAN_DECIDE = "This meeting can decide."


class Meeting:
    """The steps of whoever arranges a meeting, and of those who come to it."""

    def __init__(self, mail: Path, enter: Callable[..., Person]) -> None:
        self.mail = mail
        self.enter = enter

    def given_the_panel_has_opened(self, people: Mapping[str, Sequence[str]]) -> None:
        panel, users = panels.formed(people)
        panels.joined_by_two_service_users(panel, users)
        run_jobs()
        self.people = {
            name: self.enter(users[name]) for name in ("Wren", "Robin", "Heron", "Lukasz")
        }
        self.people["Alex"] = self.enter(users["Alex"], screen=DESKTOP)

    # --- A date ----------------------------------------------------------------------------------

    def when_the_commissioner_offers_dates(self) -> None:
        alex = self.people["Alex"]
        self._go_to_meetings(alex)
        self._sets_up(alex, FIRST)
        alex.sees("A date is being looked for.")
        alex.follows("Find a date together")
        days = [london(timezone.now()).date() + timedelta(days=ahead) for ahead in (14, 15)]
        self.dates = [datetime(day.year, day.month, day.day, 14, tzinfo=LONDON) for day in days]
        for date in self.dates:
            alex.follows("Offer a date")
            alex.dates("The date of the meeting", date.date())
            alex.selects("It begins at", "2pm")
            alex.presses("Save")
        alex.presses("Ask everyone which suit them")
        run_jobs()

    def when_members_say_which_dates_suit(self, answers: dict[str, tuple[str, str]]) -> None:
        wren = self.people["Wren"]
        letter = the_letter(self.mail, wren.email, "Which of these dates suit you?")
        assert "Answering takes a minute, and you can change your answer." in words_of(letter)
        for name, choices in answers.items():
            person = self.people[name]
            person.follows("My work")
            person.follows(f"Say which dates suit you: {FIRST}")
            for date, choice in zip(self.dates, choices, strict=True):
                group = person.page.get_by_role("group", name=moment_in_words(date))
                person.chooses(choice, within=group)
            person.presses("Save")
            person.sees("Thank you. You can change your answer until one is picked.")
        wren.looks_again("answered")

    def then_the_date_that_suits_most_is_taken(self, *summaries: str) -> None:
        alex = self.people["Alex"]
        self._go_to(alex, FIRST)
        alex.follows("Find a date together")
        alex.sees(*summaries)
        alex.looks_again("with answers")
        alex.presses(f"Take this date {moment_in_words(self.dates[0])}")
        alex.sees("The meeting has a date. Everyone on the panel is told.")
        run_jobs()

    # --- What is read before ---------------------------------------------------------------------

    def when_the_commissioner_sends_agenda_and_papers(self) -> None:
        alex = self.people["Alex"]
        alex.follows("Put the agenda together")
        for title, kind, minutes in ((TALK, "To talk about", "30"), (DECIDE, "To decide", "45")):
            alex.follows("Add an item")
            alex.answers(
                {
                    "What should the meeting talk about?": title,
                    "How many minutes does it need?": minutes,
                }
            )
            alex.chooses(kind)
            alex.presses("Save")
        alex.follows(FIRST)
        alex.follows("Add a paper")
        alex.answers(
            {
                "Name of the paper": PAPER,
                "What does it say, in plain words?": SUMMARY,
                "The whole text": "In March, 41 people came at night. Nobody asked them why.",
            }
        )
        alex.presses("Save")
        self._go_to(alex, FIRST)
        alex.presses("Agenda and papers are complete")
        run_jobs()

    def then_a_member_reads_when_it_is_what_about_and_a_short_summary(self) -> None:
        wren, when = self.people["Wren"], moment_in_words(self.dates[0])
        told = words_of(the_letter(self.mail, wren.email, "A meeting has a date"))
        assert f"“{FIRST}” is on {when}. Say with one tap whether you come. If you cannot, " in told
        letter = the_letter(self.mail, wren.email, "The papers for a meeting are there")
        assert "reading the summaries is enough to take part." in words_of(letter)
        wren.opens(link_in(letter))
        words = wren.reads()
        assert f"{when}, about 90 minutes." in words
        assert (
            f"What it is about {TALK} 2pm. To talk about, 30 minutes {DECIDE} 2:30pm. To decide, "
            "45 minutes" in words
        )
        assert f"{PAPER} {SUMMARY} Read all of it" in words
        wren.looks_again("with agenda and papers")
        wren.follows("Read all of it")
        wren.sees("In short", SUMMARY, "In March, 41 people came at night.")
        wren.follows(FIRST)

    def when_members_say_whether_they_come(self, *names: str) -> None:
        for name in names:
            self._go_to(self.people[name], FIRST)
            self.people[name].presses("I am coming")
            self.people[name].sees("Thank you. Your answer is saved, and you can change it.")

    def when_one_sends_apologies_and_no_reason_is_asked(self, name: str) -> None:
        person = self.people[name]
        self._go_to(person, FIRST)
        card = person.section("Are you coming?")
        expect(card).to_contain_text(
            "If you cannot, that is all right. Nobody asks why, and there is nowhere to write it."
        )
        expect(card.get_by_role("textbox")).to_have_count(0)
        person.presses("I cannot come")
        person.sees("Thank you for saying so. Nobody asks why, and you can change it.")
        person.sees("You said that you cannot come. That is all right.")
        person.looks_again("cannot come")

    # --- The day ---------------------------------------------------------------------------------

    @contextmanager
    def on_its_day(self, starts_at: datetime, *names: str) -> Iterator[None]:
        """At the beginning of the meeting; these people sign in again, as after any long while."""
        with time_machine.travel(starts_at + timedelta(minutes=1)):
            for name in names:
                self.people[name].opens("/account/login/")
                self.people[name].signs_in(stakeholders.PASSWORD)
            yield

    def then_the_meeting_can_decide_as_soon_as_two_service_users_are_there(self) -> None:
        self._comes(self.people["Lukasz"], FIRST)
        self._comes(self.people["Wren"], FIRST)
        self.people["Wren"].sees(TWO_CAN_TALK)
        self.people["Wren"].looks_again("before the second comes")
        self._comes(self.people["Robin"], FIRST)
        self.people["Robin"].sees(TWO_CAN_DECIDE)
        assert "service user" not in self.people["Robin"].reads().lower()

    def when_the_commissioner_writes_down_who_came_without_a_screen(self, name: str) -> None:
        alex = self.people["Alex"]
        self._go_to(alex, FIRST)
        alex.follows("Run it on the day")
        alex.page.get_by_text("Say who is here").click()
        alex.looks_again("with who is here")
        alex.presses(f"Is here {name}")
        alex.sees("Saved.")

    def then_next_to_speak_is_whoever_has_spoken_least(self) -> None:
        wren, lukasz = self.people["Wren"], self.people["Lukasz"]
        lukasz.presses("I would like to speak")
        assert self._queue(lukasz) == ["Lukasz (you): next"]
        lukasz.presses("I have spoken")
        # He asks again at once; she asks after him, and is next.
        lukasz.presses("I would like to speak")
        wren.presses("I would like to speak")
        wren.sees("Next is whoever has spoken least, then who asked first.")
        assert self._queue(wren) == ["Wren (you): next", "Lukasz"]
        wren.looks_again("next to speak")
        wren.presses("I have spoken")
        assert self._queue(wren) == ["Lukasz: next"]

    def when_the_commissioner_writes_minutes_and_closes(self) -> None:
        alex = self.people["Alex"]
        alex.follows(f"Minutes of {TALK}")
        alex.answers({"What was said?": SAID})
        alex.presses("Save what was said")
        alex.follows(FIRST)
        alex.follows(f"Minutes of {DECIDE}")
        alex.answers({"What did the panel decide?": DECIDED})
        alex.presses("Record what was decided")
        alex.sees("What the panel decided is recorded.")
        alex.answers({"What will be done?": TASK})
        alex.selects("Who will do it?", "Wren")
        alex.presses("Write it down")
        alex.follows(FIRST)
        alex.presses("The meeting is over")
        alex.presses("Share them with the panel")
        alex.sees("Everyone on the panel is told that they can read the minutes.")
        run_jobs()

    # --- The minutes -----------------------------------------------------------------------------

    def then_members_read_the_minutes_with_apologies_and_no_reason(self) -> None:
        wren = self.people["Wren"]
        letter = the_letter(self.mail, wren.email, "The minutes of a meeting are there")
        assert "If something is not as it was, ask for a correction" in words_of(letter)
        wren.opens(link_in(letter))
        words = wren.reads()
        assert (
            "Who was there Lukasz, Merle, Robin, Wren Two service users, one clinician, one "
            "evidence reviewer. Only the panel and the staff who run it see this. Sent their "
            f"apologies: Heron. 1. {TALK} {SAID} 2. {DECIDE}" in words
        )
        assert f"Decided: {DECIDED} To do: {TASK}. Wren" in words
        wren.looks_again("shared")
        wren.follows("My work")
        wren.follows(f"Do, or say that it is done: {TASK}")
        wren.presses("It is done")
        wren.sees("Thank you. It is done.")

    def when_the_commissioner_gives_the_next_meeting_a_date(self) -> None:
        alex = self.people["Alex"]
        self._go_to_meetings(alex)
        self._sets_up(alex, NEXT)
        alex.follows("Give it a date")
        self.next_date = self.dates[0] + timedelta(days=28)
        alex.dates("The date of the meeting", self.next_date.date())
        alex.selects("It begins at", "2pm")
        alex.presses("Save")
        alex.sees("The meeting has a date. Everyone on the panel is told.")

    def then_the_panel_agrees_the_minutes_at_its_next_meeting(self) -> None:
        alex, wren = self.people["Alex"], self.people["Wren"]
        for name in ("Wren", "Robin"):
            self._comes(self.people[name], NEXT)
        self._go_to(alex, NEXT)
        alex.follows("Run it on the day")
        alex.looks_again("with minutes to agree")
        alex.presses(f"The panel agrees them {FIRST}")
        alex.sees("The minutes are agreed.")
        self._go_to(wren, FIRST)
        wren.follows("Read the minutes")
        day = day_in_words(self.next_date.date())
        wren.sees(f"Agreed by the panel on {day}, at “{NEXT}”.")
        wren.looks_again("agreed")

    # --- Finding the way -------------------------------------------------------------------------

    def _sets_up(self, person: Person, title: str) -> None:
        person.follows("Set up a meeting")
        person.answers(
            {
                "Name of the meeting": title,
                "What is it for?": "We meet, and say what the nights are like.",
                "Where is it?": "The library, side door. No steps. Bus 12 stops there.",
                "Number to join by phone": "01603 555 0100",
            }
        )
        person.presses("Set it up")
        person.sees("The meeting is set up. The next step is its date.")

    def _comes(self, person: Person, title: str) -> None:
        person.follows("My work")
        person.follows(title)
        person.follows("Open the page for the day itself")
        person.presses("I am here")
        person.sees("Welcome.")

    def _queue(self, person: Person) -> list[str]:
        place = person.main.locator("ol", has=person.page.get_by_text("next")).first
        return [" ".join(each.split()) for each in place.get_by_role("listitem").all_inner_texts()]

    def _go_to_meetings(self, person: Person) -> None:
        person.follows("Panels")
        person.follows(PANEL)
        person.follows("See all meetings")

    def _go_to(self, person: Person, title: str) -> None:
        self._go_to_meetings(person)
        person.follows(title)
