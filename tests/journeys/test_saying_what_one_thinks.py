"""Somebody who sits on no panel says what they think, on the smallest phone and without scripts;
somebody on the panel sorts what was said, by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from cycles.forms import say as say_form
from cycles.models import AnswerNote, AnswerTheme, Call, CallAnswer
from cycles.services import calls
from stakeholders.enums import Perspective
from tests.factories import calls as make
from tests.factories import decisions as deciding
from tests.factories import stakeholders
from tests.journeys.people import Person
from tests.journeys.watching import DESKTOP, NARROWEST, Watch

pytestmark = pytest.mark.journey


class Says:
    """The journey's steps."""

    def __init__(self, site: Watch, arrive: Callable[..., Person], enter: Callable) -> None:
        self.site = site
        self.arrive = arrive
        self.enter = enter

    def given_a_call_for_views(self) -> None:
        self.cycle = deciding.planning_cycle()
        self.call: Call = make.opened(self.cycle)
        make.given(self.call, "Somebody else said this.")

    def given_somebody_without_scripts_at_320_px(self) -> None:
        self.somebody = self.arrive("Somebody", screen=NARROWEST, javascript=False)

    def when_they_say_what_they_think(self) -> None:
        self.somebody.opens(self.call.public_url)
        self.somebody.sees("About two minutes.", "Samaritans")
        self.somebody.page.wait_for_timeout(say_form.LEAST.total_seconds() * 1000 + 500)
        self.somebody.presses("Send")
        self.somebody.sees("There is a problem", "Answer at least one question")
        self.somebody.answers({"What should change?": "Ring from a number that I can see."})
        self.somebody.chooses(make.CHOICES[1], "I care for somebody who does")
        now = self.somebody.main.get_by_role("group", name="how is it now?")
        now.get_by_role("radio", name="3", exact=True).check()
        hope = self.somebody.main.get_by_role("group", name="what would you hope for?")
        hope.get_by_role("radio", name="8", exact=True).check()
        self.somebody.presses("Send")

    def then_they_get_a_code_and_read_their_own_words_with_it(self) -> None:
        self.somebody.sees_heading("Thank you")
        self.somebody.looks_again("thanks")
        code = self.somebody.main.locator(".vbc-letter__code").inner_text()
        assert not self.somebody.context.cookies()
        self.somebody.opens(f"{self.call.public_url}code/")
        self.somebody.answers({"Type the code": code})
        self.somebody.presses("Go on")
        self.somebody.sees_heading("What you said")
        self.somebody.sees("Ring from a number that I can see.", "3 now, 8 hoped for")
        self.somebody.looks_again("own words")
        assert CallAnswer.objects.count() == 2

    def when_a_member_sorts_them_by_keyboard(self) -> None:
        member = stakeholders.members(self.cycle.panel, Perspective.SERVICE_USER)[0]
        calls.name_reader(self.call, reader=member, by=self.cycle.lead)
        self.reader = self.enter(member, screen=DESKTOP)
        self.reader.opens(self.call.get_absolute_url())
        self.reader.follows("Read the answers")
        self.reader.follows("Read it")
        for _ in range(2):
            self._press_and_arrive("1")
            expect(self.reader.main.get_by_role("button", pressed=True)).to_have_count(1)
            after = self.reader.main.get_by_role("link", name="The next")
            if after.count():
                self._press_and_arrive("ArrowRight")

    def then_both_have_their_theme(self) -> None:
        assert AnswerTheme.objects.count() == 2
        assert AnswerTheme.objects.values("answer").distinct().count() == 2

    def when_they_write_a_note_the_keys_are_letters_again(self) -> None:
        self.reader.page.keyboard.press("n")
        box = self.reader.main.get_by_label("Your note")
        expect(box).to_be_focused()
        self.reader.page.keyboard.type("Number 1, and nothing else")
        assert AnswerTheme.objects.count() == 2
        self.reader.presses("Save the note")
        assert AnswerNote.objects.get().text == "Number 1, and nothing else"

    def _press_and_arrive(self, key: str) -> None:
        with self.reader.page.expect_navigation():
            self.reader.page.keyboard.press(key)
        self.reader.arrives()


def test_saying_what_one_thinks(
    site: Watch, transactional_db: None, arrive: Callable, enter: Callable
) -> None:
    says = Says(site, arrive, enter)
    says.given_a_call_for_views()
    says.given_somebody_without_scripts_at_320_px()
    says.when_they_say_what_they_think()
    says.then_they_get_a_code_and_read_their_own_words_with_it()
    says.when_a_member_sorts_them_by_keyboard()
    says.then_both_have_their_theme()
    says.when_they_write_a_note_the_keys_are_letters_again()
    assert not site.findings, "\n".join(site.findings)
