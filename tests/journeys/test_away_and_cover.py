"""During an open decision a service user steps away in one tap, and comes back in one. Their cover
speaks meanwhile: one voice for the place, and nobody sees what another gave."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from cycles.models import Rating
from stakeholders.queries.panels import seat_of
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make_people
from tests.journeys.letters import letters_to, link_in, subject_of, words_of
from tests.journeys.people import FOR_MEMBERS, Person, named
from tests.journeys.steps import panels as make
from tests.journeys.steps.panels import OPTIONS, PANEL
from tests.journeys.watching import Watch
from tests.support import run_jobs

pytestmark = pytest.mark.journey
AN_HOUR_AND_A_BIT = timedelta(minutes=61)
NOTE = "The nights are what I think of most."
COVER_MAY_RATE = "Whoever steps in for me may rate in my place"
WHAT_I_GAVE_STANDS = "What I gave stands, and nobody rates in my place in that round"

# --- Whoever steps away, and comes back ----------------------------------------------------------
HAS_STEPPED_AWAY = (
    "Done You have stepped away. Your seat stays yours, and there is nothing you need to do. Come "
    f"back whenever you like. {PANEL} You have stepped away from this panel. There is nothing you "
    "need to do. Come back What this panel is for"
)
AWAY_IN_MY_WORK = f"Coming up You have stepped away from {PANEL} Come back whenever you like."
AWAY_FROM_RATING = (
    "You have stepped away from this panel for now, so there is nothing for you to do. What you "
    "gave stands. If you want to rate, come back first: you can do so at any time."
)
IS_BACK = (
    f"Done Good to have you back. You take part again, as before. {PANEL} This panel is sitting: "
    "two service users, two carers, two clinicians, one evidence reviewer."
)

# --- Who steps in --------------------------------------------------------------------------------
CAN_YOU_STEP_IN = (
    f"Dear Linnet, Somebody on {PANEL} has stepped away for a while, and you offered to step in. "
    "If you can, say so on the page. If not, there is nothing you need to do, and nobody asks why. "
    "Read more, and say yes if you can:"
)
READY = (
    "Your part in the panel You are ready to step in for Wren. You are asked when they step away. "
    "Can you step in? Somebody has stepped away for a while. If you say yes, you take part in "
    "their place until they return. You can stop at any moment. You do not see what they rated. If "
    "you cannot, there is nothing you need to do. Yes, I can step in"
)
HAS_STEPPED_IN = (
    "Done Thank you. You take part now, until the member returns. Your part in the panel You have "
    "stepped in for Wren. You take part like a member until they return. Information: What they "
    f"wrote for whoever steps in {NOTE} See what there is to do If you cannot go on, you need not "
    "say why. The place is then free for somebody else to step in. Stop stepping in"
)
SETTLED = (
    "The person you step in for has settled this round themselves, so there is nothing for you to "
    "rate in it. You can read everything and take part in the talk. In the next round you rate."
)
THANK_YOU = (
    f"Dear Linnet, The person you stepped in for on {PANEL} is back. What you gave stands. You are "
    "ready to step in again another time, unless you say otherwise. If members could choose you "
    "to be in touch, that has ended too. Open your part:"
)
STANDS_BACK = (
    "Your part in the panel You are ready to step in for Wren. You are asked when they step away. "
    "You speak from Service user"
)

# --- Everybody else ------------------------------------------------------------------------------
SITTING = (
    "This panel is sitting: {} service users, two carers, two clinicians, one evidence reviewer."
)
WAITING = (
    "This panel is waiting for a member: nothing is decided meanwhile, reading and talking go on."
)


class Away:
    """The journey's steps."""

    def __init__(self, site: Watch, mail: Path, enter: Callable[..., Person]) -> None:
        self.site = site
        self.mail = mail
        self.enter = enter

    def given_a_round_is_open_and_a_service_user_has_cover(self) -> None:
        panel, users = make.sitting()
        self.decision = make.with_open_round(panel)
        self.seat = seat_of(users["Wren"], panel)
        assert self.seat is not None
        cover = make_seat.cover_for(self.seat, user=make_people.person("Linnet"))
        run_jobs()
        self.wren, self.robin, self.linnet = (
            self.enter(user) for user in (users["Wren"], users["Robin"], cover.user)
        )
        self.alex = self.enter(users["Alex"], screen=None)
        self.letters_to_robin = len(letters_to(self.mail, self.robin.email))

    # --- The member ------------------------------------------------------------------------------

    def when_the_member_writes_a_card(self, what_cover_may: str) -> None:
        self._go_to_part(self.wren)
        self.wren.follows("Open", within=self.wren.row("If you become unwell"))
        self.wren.chooses(what_cover_may)
        self.wren.answers({"What should whoever steps in for you know?": NOTE})
        self.wren.presses("Keep this card")
        self.wren.sees("Your card is kept. You can change it whenever you like.")

    def when_the_member_rates_one_option(self) -> None:
        self._begin_to_rate(self.wren)
        self._give(self.wren, OPTIONS[0], "3")
        self.wren.sees_heading(OPTIONS[1])
        self.wren.follows("Leave for now")

    def when_the_member_steps_away(self) -> None:
        """The way to leave stands on every page; there, it is one tap and no question."""
        self.wren.opens(self.decision.get_absolute_url())
        self.wren.follows("How to leave or step away")
        self.wren.presses("Step away for a while")
        assert self.wren.reads().startswith(HAS_STEPPED_AWAY)
        self.wren.looks_again("stepped away")
        run_jobs()

    def then_the_member_reads_that_nothing_is_asked_of_them(self) -> None:
        self.wren.follows("My work")
        words = self.wren.reads()
        assert words.endswith(f"{AWAY_IN_MY_WORK} {FOR_MEMBERS}")
        assert "Rate the options" not in words
        self.wren.looks_again("away")

    def then_the_member_who_is_away_does_not_rate(self) -> None:
        self.wren.opens(self.decision.get_absolute_url())
        self.wren.sees(AWAY_FROM_RATING)
        self.wren.sees_no_link("Rate the options")
        self.wren.looks_again("while away")

    def when_the_member_comes_back(self) -> None:
        self.wren.follows("Panels")
        self.wren.follows(PANEL)
        self.wren.presses("Come back")
        assert self.wren.reads().startswith(IS_BACK)
        self.wren.looks_again("come back")
        run_jobs()

    def then_the_member_rates_and_never_sees_what_cover_gave(self) -> None:
        self._begin_to_rate(self.wren)
        self._rates_from_a_clean_page(self.wren, "9", "2")
        assert self._voices() == {("Wren", 9), ("Wren", 2)}

    def then_what_the_member_gave_stands_and_is_theirs_to_change(self) -> None:
        self.wren.opens(self.decision.get_absolute_url())
        self.wren.sees("You have rated every option.")
        self.wren.follows("Your receipts")
        self.wren.follows("Change", within=self.wren.row(OPTIONS[0]))
        expect(named(self.wren.main, "radio", "9")).to_be_checked()
        self._give(self.wren, OPTIONS[0], "8")
        assert self._voices() == {("Wren", 8), ("Wren", 2)}

    # --- Cover -----------------------------------------------------------------------------------

    def when_cover_is_asked_by_mail_and_steps_in(self) -> None:
        letter = letters_to(self.mail, self.linnet.email)[-1]
        assert subject_of(letter).startswith("Can you step in for a while?")
        assert words_of(letter).startswith(CAN_YOU_STEP_IN)
        self.linnet.opens(link_in(letter))
        assert self.linnet.reads().startswith(READY)
        self.linnet.looks_again("asked to step in")
        self.linnet.presses("Yes, I can step in")
        assert self.linnet.reads().startswith(HAS_STEPPED_IN)
        self.linnet.looks_again("stepped in")
        run_jobs()

    def then_cover_rates_and_never_sees_what_the_member_gave(self) -> None:
        self.linnet.presses("See what there is to do")
        self.linnet.follows(f"Rate the options in “{self.decision.title}”")
        self.linnet.presses("Rate the options")
        self._rates_from_a_clean_page(self.linnet, "8", "7")
        assert self._voices() == {("Linnet", 8), ("Linnet", 7)}

    def then_cover_reads_that_the_round_is_settled_and_cannot_rate(self) -> None:
        self.linnet.presses("See what there is to do")
        self.linnet.sees_heading("My work")
        assert "Rate the options" not in self.linnet.reads()
        self.linnet.opens(self.decision.get_absolute_url())
        self.linnet.sees(SETTLED)
        self.linnet.sees_no_link("Rate the options")
        assert "You have rated" not in self.linnet.reads()
        self.linnet.looks_again("settled, for cover")
        self.site.expected_statuses.add(403)
        self.linnet.opens(f"{self.decision.get_absolute_url()}rate/")
        self.linnet.sees(SETTLED)
        self.linnet.looks_again("settled")

    def then_cover_takes_part_in_the_talk(self) -> None:
        self.linnet.opens(self.decision.get_absolute_url())
        self.linnet.answers({"What do you want to say?": "A phone line is not a door."})
        self.linnet.presses("Add what you said")
        self.linnet.sees("A phone line is not a door.")

    def then_cover_is_thanked_and_stands_back(self) -> None:
        letter = letters_to(self.mail, self.linnet.email)[-1]
        assert subject_of(letter).startswith("Thank you for stepping in")
        assert words_of(letter).startswith(THANK_YOU)
        self._go_to_part(self.linnet)
        assert self.linnet.reads().startswith(STANDS_BACK)
        self.linnet.opens(self.decision.get_absolute_url())
        self.linnet.sees_no_link("Rate the options")
        assert NOTE not in self.linnet.reads()

    # --- Everybody else --------------------------------------------------------------------------

    def then_the_panel_waits_for_a_moment(self) -> None:
        self._go_to_panel(self.robin)
        self.robin.sees(WAITING)

    def then_nobody_reads_that_anybody_was_away(self, *, service_users: str) -> None:
        """The panel sits, with as many as its list names; who sits on it gets no letter."""
        self._go_to_panel(self.robin)
        words = self.robin.reads()
        assert words.startswith(f"{PANEL} {SITTING.format(service_users)}")
        assert "away" not in words.lower()
        self.alex.opens(f"{self.seat.panel.get_absolute_url()}people/")
        people = self.alex.reads()
        assert "Linnet Service user, ready to step in. Seat until: no last day." in people
        assert "Wren Service user. Seat until: no last day." in people

    def then_an_hour_later_no_member_has_heard_of_it(self) -> None:
        with time_machine.travel(timezone.now() + AN_HOUR_AND_A_BIT):
            run_jobs()
        assert len(letters_to(self.mail, self.robin.email)) == self.letters_to_robin

    # --- What they share -------------------------------------------------------------------------

    def _begin_to_rate(self, person: Person) -> None:
        person.opens(self.decision.get_absolute_url())
        person.presses("Rate the options")

    def _rates_from_a_clean_page(self, person: Person, *values: str) -> None:
        for option, value in zip(OPTIONS, values, strict=True):
            expect(person.main.get_by_role("radio", checked=True)).to_have_count(0)
            expect(person.main.get_by_role("textbox").first).to_have_value("")
            self._give(person, option, value)
        person.sees("Thank you. Your ratings are recorded.", "You have rated every option.")

    def _give(self, person: Person, option: str, value: str) -> None:
        person.sees_heading(option)
        person.chooses(value)
        person.presses("Save and go on")

    def _voices(self) -> set[tuple[str, int]]:
        """What counts for the place: who gave it, and what."""
        given = Rating.objects.live().filter(round__decision=self.decision)
        assert given.count() == len(OPTIONS), "A place has one voice for each option."
        return {(each.seat.user.display_name, each.value) for each in given}

    def _go_to_panel(self, person: Person) -> None:
        person.follows("Panels")
        person.follows(PANEL)

    def _go_to_part(self, person: Person) -> None:
        self._go_to_panel(person)
        person.follows("Your part")


def test_away_and_cover(
    site: Watch, transactional_db: None, mail: Path, enter: Callable[..., Person]
) -> None:
    away = Away(site, mail, enter)
    away.given_a_round_is_open_and_a_service_user_has_cover()

    away.when_the_member_writes_a_card(COVER_MAY_RATE)
    away.when_the_member_rates_one_option()
    away.when_the_member_steps_away()
    away.then_the_member_reads_that_nothing_is_asked_of_them()
    away.then_the_panel_waits_for_a_moment()
    away.when_cover_is_asked_by_mail_and_steps_in()
    away.then_nobody_reads_that_anybody_was_away(service_users="three")
    away.then_cover_rates_and_never_sees_what_the_member_gave()
    away.then_the_member_who_is_away_does_not_rate()
    away.when_the_member_comes_back()
    away.then_cover_is_thanked_and_stands_back()
    away.then_the_member_rates_and_never_sees_what_cover_gave()

    away.when_the_member_writes_a_card(WHAT_I_GAVE_STANDS)
    away.when_the_member_steps_away()
    away.when_cover_is_asked_by_mail_and_steps_in()
    away.then_cover_reads_that_the_round_is_settled_and_cannot_rate()
    away.then_cover_takes_part_in_the_talk()
    away.when_the_member_comes_back()
    away.then_what_the_member_gave_stands_and_is_theirs_to_change()
    away.then_nobody_reads_that_anybody_was_away(service_users="two")
    away.then_an_hour_later_no_member_has_heard_of_it()
    assert not site.findings, "\n".join(site.findings)
