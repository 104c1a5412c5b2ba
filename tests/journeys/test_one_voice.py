"""One member, one voice, all the way: read, comment, rate, change it, see the result, and see what
became of their words after the board answered. On a phone, by keyboard, without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from cycles.enums import BoardAnswerKind
from cycles.models import Comment, Decision, Rating
from cycles.services import comments
from stakeholders.enums import Perspective
from tests.factories import decisions as make
from tests.factories import equality as after
from tests.factories import stakeholders
from tests.journeys.keyboard import Keyboard
from tests.journeys.people import Person, box_of, control
from tests.journeys.watching import PHONE, Watch
from vbc.core.enums import ContributionStatus

pytestmark = pytest.mark.journey

SAID = "Who looks after the children while somebody is in there?"
ANSWER = "A play worker is now in the costs."
WHY = "The board heard that people want to go somewhere they know."
FIRST, SECOND, INSTEAD = 8, 3, 6


class OneVoice:
    """The journey's steps. What the others do meanwhile is done through the services."""

    def __init__(self, site: Watch, arrive: Callable[..., Person]) -> None:
        self.site = site
        self.arrive = arrive

    def given_a_decision_that_is_open_for_rating(self) -> None:
        self.decision: Decision = make.rating(count=2)
        self.options = make.options_of(self.decision)
        self.user = make.members(self.decision, Perspective.SERVICE_USER)[0]

    def when_a_service_user_comes_with_a_phone_and_a_keyboard(self) -> None:
        self.person = self.arrive(
            self.user.display_name, email=self.user.email, screen=PHONE, javascript=False
        )
        self.person.signs_in(stakeholders.PASSWORD)
        self.keyboard = Keyboard(self.person)

    def then_they_read_what_is_asked(self) -> None:
        self._goes_by(f"Rate the options in “{self.decision.title}”")
        self.person.sees_heading(self.decision.question)
        self.person.sees(self.decision.why, "You can change your mind until then.")
        for option in self.options:
            self.person.sees_heading(option.title)
            self.person.sees(option.plain_summary)

    def when_they_say_what_they_think(self) -> None:
        self._types(box_of(self.person.main, "What do you want to say?"), SAID)
        self._goes_by("Add what you said")
        self.person.sees(SAID, "Waiting for an answer")
        assert Comment.objects.get(author=self.user).text == SAID

    def when_they_rate_both_options(self) -> None:
        self._goes_by("Rate the options")
        for option, value in zip(self.options, (FIRST, SECOND), strict=True):
            self.person.sees_heading(option.title)
            self.keyboard.chooses_number(value)
            self._goes_by("Save and go on")
        self.person.sees("Thank you. Your ratings are recorded.")
        self.receipts = self._receipts()

    def when_they_change_their_mind(self) -> None:
        row = self.person.row(self.options[0].title)
        self.keyboard.goes_by(control(row, "Change"))
        expect(self.keyboard.number(FIRST)).to_be_checked()
        self.keyboard.chooses_number(INSTEAD, coming_from=FIRST)
        self._goes_by("Save and go on")
        first, second = self.options
        now = self._receipts()
        # What was changed has a receipt of its own, and what was not keeps the one it had.
        assert now[first.pk] != self.receipts[first.pk]
        assert now[second.pk] == self.receipts[second.pk]
        given = Rating.objects.live().filter(seat__user=self.user)
        assert {each.option_id: each.value for each in given} == {
            first.pk: INSTEAD,
            second.pk: SECOND,
        }

    def when_the_others_have_rated_and_the_round_closes(self) -> None:
        for perspective in (Perspective.SERVICE_USER, Perspective.CARER, Perspective.CLINICIAN):
            for person in make.members(self.decision, perspective):
                if person != self.user:
                    make.cast(self.decision, person, (INSTEAD, SECOND))
        for option in self.options:
            make.appraised(option)
        make.closed(self.decision)

    def then_they_see_the_result(self) -> None:
        self._goes_to_the_decision()
        self._goes_by("Read what came of it")
        words = self.person.reads()
        numbers = re.findall(r"(\d) on the scale of 1 to 9", words)
        # Three pillars for each option, in their order; all of a mind, so the spread stays hidden.
        assert numbers == ["6", "6", "6", "3", "3", "6"], words
        for pillar in ("Service users and carers", "Clinical expertise", "Evidence"):
            self.person.sees(pillar)

    def when_it_is_recorded_and_the_board_answers(self) -> None:
        lead = self.decision.cycle.lead
        said = Comment.objects.get(author=self.user)
        comments.answer(said, status=ContributionStatus.ACTED_ON, text=ANSWER, by=lead)
        make.recorded(self.decision)
        after.board_answer(self.decision, BoardAnswerKind.ACCEPTED, why=WHY)

    def then_they_see_what_became_of_their_words(self) -> None:
        self.keyboard.goes_by(control(self.person.page, "My work"))
        self.person.sees(SAID, ANSWER)
        self._goes_by("All your words, and what became of them")
        self.person.sees(SAID, ANSWER, "The Test Board")
        self._goes_by("Read why")
        self.person.sees(f"Decided: {self.options[0].title}.", WHY)

    # --- What a hand does ------------------------------------------------------------------------

    def _goes_by(self, words: str, *, within: Locator | None = None) -> None:
        self.keyboard.goes_by(control(within or self.person.main, words))

    def _types(self, box: Locator, words: str) -> None:
        self.keyboard.moves_to(box)
        self.person.page.keyboard.type(words)

    def _receipts(self) -> dict[int, str]:
        """What the page shows, checked against what was kept."""
        given = Rating.objects.live().filter(seat__user=self.user)
        for each in given:
            self.person.sees(each.receipt)
        return {each.option_id: each.receipt for each in given}

    def _goes_to_the_decision(self) -> None:
        self.person.opens(self.decision.get_absolute_url())


def test_one_voice(site: Watch, transactional_db: None, arrive: Callable) -> None:
    one = OneVoice(site, arrive)
    one.given_a_decision_that_is_open_for_rating()
    one.when_a_service_user_comes_with_a_phone_and_a_keyboard()
    one.then_they_read_what_is_asked()
    one.when_they_say_what_they_think()
    one.when_they_rate_both_options()
    one.when_they_change_their_mind()
    one.when_the_others_have_rated_and_the_round_closes()
    one.then_they_see_the_result()
    one.when_it_is_recorded_and_the_board_answers()
    one.then_they_see_what_became_of_their_words()
    assert not site.findings, "\n".join(site.findings)
