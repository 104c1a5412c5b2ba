"""A service user rates on the smallest phone, by keyboard alone, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from cycles.models import Decision, Rating
from stakeholders.enums import Perspective
from tests.factories import decisions as make
from tests.factories import stakeholders
from tests.journeys.keyboard import Keyboard
from tests.journeys.people import Person, control
from tests.journeys.watching import NARROWEST, Watch

pytestmark = pytest.mark.journey
MOST_ACTIONS = 12


class Rates:
    """The journey's steps."""

    def __init__(self, site: Watch, arrive: Callable[..., Person]) -> None:
        self.site = site
        self.arrive = arrive

    def given_a_decision_that_is_open_for_rating(self) -> None:
        self.decision: Decision = make.rating(count=2)
        self.options = make.options_of(self.decision)
        self.user = make.members(self.decision, Perspective.SERVICE_USER)[0]

    def given_a_service_user_without_scripts_at_320_px(self) -> None:
        self.person = self.arrive(
            self.user.display_name, email=self.user.email, screen=NARROWEST, javascript=False
        )
        self.person.signs_in(stakeholders.PASSWORD)
        self.person.sees_heading("My work")
        self.keyboard = Keyboard(self.person)

    def when_they_rate_every_option(self) -> None:
        self.keyboard.goes_by(self._link(f"Rate the options in “{self.decision.title}”"))
        self.keyboard.goes_by(self._link("Rate the options"))
        for option, value in zip(self.options, (2, 1), strict=True):
            self.person.sees_heading(option.title)
            self.keyboard.chooses_number(value)
            self.person.looks_again(f"rating {value}")
            self.keyboard.goes_by(self._link("Save and go on"))

    def then_the_receipts_are_there(self) -> None:
        self.person.sees("Thank you. Your ratings are recorded.")
        given = Rating.objects.filter(round=make.round_of(self.decision), seat__user=self.user)
        assert {each.option_id: each.value for each in given} == {
            self.options[0].pk: 2,
            self.options[1].pk: 1,
        }
        for each in given:
            self.person.sees(each.receipt)

    def then_it_took_at_most_twelve_actions(self) -> None:
        assert self.keyboard.actions <= MOST_ACTIONS, self.keyboard.actions

    def _link(self, words: str) -> Locator:
        return control(self.person.main, words)


def test_rating_by_keyboard(site: Watch, transactional_db: None, arrive: Callable) -> None:
    rates = Rates(site, arrive)
    rates.given_a_decision_that_is_open_for_rating()
    rates.given_a_service_user_without_scripts_at_320_px()
    rates.when_they_rate_every_option()
    rates.then_the_receipts_are_there()
    rates.then_it_took_at_most_twelve_actions()
    assert not site.findings, "\n".join(site.findings)
