"""From the link in a notice to ratings of three options, on a phone, with the thumb alone; and with
somebody's help, who hands the receipt over."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings as site_settings
from playwright.sync_api import Locator, expect

from cycles.enums import BallotMethod
from cycles.models import Decision, Rating
from cycles.notices.decisions import ROUND_OPENED
from stakeholders.enums import Perspective
from tests.factories import decisions as make
from tests.factories import ratings as make_ratings
from tests.factories import stakeholders
from tests.journeys.people import Person, beginning, box_of, control
from tests.journeys.watching import PHONE, Watch
from vbc.core.models import Notification
from vbc.core.services import notices

pytestmark = pytest.mark.journey
MOST_TAPS = 12
# In CSS pixels: the height of the design system's boxes. WCAG 2.2 asks for 24 (2.5.8).
FINGERTIP = 40
WORDS = {1: "Should not be done", 5: "I am in two minds", 9: "Should certainly be done"}


class Taps:
    """The journey's steps. Every touch of the screen is counted; typing is not."""

    def __init__(self, site: Watch, arrive: Callable[..., Person]) -> None:
        self.site = site
        self.arrive = arrive
        self.taps = 0

    def given_a_round_was_opened_and_a_service_user_reads_of_it(self, method: str) -> None:
        self.decision: Decision = make_ratings.rated_by(method, 3)
        self.options = make.options_of(self.decision)
        self.user = make.members(self.decision, Perspective.SERVICE_USER)[0]
        notice = Notification.objects.get(recipient=self.user, kind=ROUND_OPENED)
        words = notices.words_of(notice)
        assert words is not None
        self.link = site_settings.SITE_ADDRESS + words.link
        self.person = self.arrive(self.user.display_name, email=self.user.email, screen=PHONE)

    def when_they_follow_the_link_and_sign_in(self) -> None:
        self.taps += 1
        self.person.opens(self.link)
        for label, words in (("Email", self.user.email), ("Password", stakeholders.PASSWORD)):
            self._taps_on(box_of(self.person.page, label)).fill(words)
        self._goes_by("Sign in", within=self.person.main)
        self.person.sees_heading(self.decision.question)

    def when_they_rate_every_option(self) -> None:
        self._goes_by("Rate the options")
        for option, value in zip(self.options, (7, 9, 1), strict=True):
            self.person.sees_heading(option.title)
            self._hears_the_words_of_the_scale()
            self._taps_on(self._number(value))
            self._goes_by("Save and go on")

    def when_they_put_the_options_in_order(self) -> None:
        """Already in the order in which they are shown, but for the last two."""
        self._goes_by("Rate the options")
        self.person.sees_heading("Put the options in order")
        last = self.person.main.get_by_role("button", name=re.compile("^Move up")).last
        self._goes_by_place(last)
        self.person.sees("It is not saved yet.")
        self.person.looks_again("moved")
        self._goes_by("Save my order")

    def then_their_ratings_are_recorded(self) -> None:
        self.person.sees("Thank you. Your ratings are recorded.")
        given = Rating.objects.live().filter(seat__user=self.user)
        first, second, third = self.options
        said = {each.option_id: each.rank or each.value for each in given}
        expected = (1, 3, 2) if self.decision.method == BallotMethod.RANKING else (7, 9, 1)
        assert said == dict(zip((first.pk, second.pk, third.pk), expected, strict=True))
        for each in given:
            self.person.sees(each.receipt)

    def then_it_took_at_most_twelve_taps(self) -> None:
        assert self.taps <= MOST_TAPS, self.taps

    def then_they_read_what_was_recorded(self) -> None:
        self.person.follows("Read what was recorded for me")
        self.person.sees("7, of 1 to 9")

    def _number(self, value: int) -> Locator:
        return self.person.main.get_by_role("radio", name=re.compile(rf"^{value}\b"))

    def _hears_the_words_of_the_scale(self) -> None:
        """What a screen reader says at both ends of the scale and in its middle."""
        group = self.person.main.get_by_role("group", name="How do you rate this option?")
        for number, words in WORDS.items():
            expect(group.get_by_role("radio", name=beginning(f"{number}: {words}"))).to_have_count(
                1
            )
        expect(group.get_by_role("radio")).to_have_count(10)

    def _taps_on(self, target: Locator) -> Locator:
        """One touch, of something that is large enough to be touched."""
        self.taps += 1
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= FINGERTIP, (target, box)
        target.click()
        return target

    def _goes_by(self, words: str, *, within: Locator | None = None) -> None:
        self._goes_by_place(control(within or self.person.main, words))

    def _goes_by_place(self, way: Locator) -> None:
        with self.person.page.expect_navigation():
            self._taps_on(way)
        self.person.arrives()


def test_twelve_taps(site: Watch, transactional_db: None, arrive: Callable) -> None:
    taps = Taps(site, arrive)
    taps.given_a_round_was_opened_and_a_service_user_reads_of_it(BallotMethod.RATING)
    taps.when_they_follow_the_link_and_sign_in()
    taps.when_they_rate_every_option()
    taps.then_their_ratings_are_recorded()
    taps.then_it_took_at_most_twelve_taps()
    taps.then_they_read_what_was_recorded()
    assert not site.findings, "\n".join(site.findings)


def test_twelve_taps_in_order(site: Watch, transactional_db: None, arrive: Callable) -> None:
    taps = Taps(site, arrive)
    taps.given_a_round_was_opened_and_a_service_user_reads_of_it(BallotMethod.RANKING)
    taps.when_they_follow_the_link_and_sign_in()
    taps.when_they_put_the_options_in_order()
    taps.then_their_ratings_are_recorded()
    taps.then_it_took_at_most_twelve_taps()
    assert not site.findings, "\n".join(site.findings)


def test_rating_with_help(site: Watch, transactional_db: None, enter: Callable) -> None:
    """A member chooses somebody, who enters what they say. The member reads it, and ends it."""
    decision = make.rating()
    option = make.options_of(decision)[0]
    user = make.members(decision, Perspective.SERVICE_USER)[0]
    other = make.members(decision, Perspective.CARER)[0]

    member = enter(user)
    member.opens(decision.get_absolute_url())
    member.follows("Rating with help")
    member.chooses(other.display_name)
    member.presses("Choose this person")
    member.sees(f"{other.display_name} can enter what you say.")

    helper = enter(other)
    helper.opens(decision.get_absolute_url())
    helper.follows("Rating with help")
    helper.follows(f"Enter what {user.display_name} says")
    helper.follows(option.title)
    helper.chooses("8")
    helper.presses("Record it for them")
    helper.sees(f"Tick that {user.display_name} told you this")
    helper.ticks(f"{user.display_name} told me this")
    helper.presses("Record it for them")
    given = Rating.objects.live().get(seat__user=user)
    helper.sees(f"Hand this to {user.display_name}", given.receipt)

    member.follows("Read what was recorded for me")
    member.sees("8, of 1 to 9", f"{other.display_name} entered this for you.", given.receipt)
    member.follows("Who enters something for me")
    member.presses("End this")
    member.sees("Who should enter what you say?")
    assert not site.findings, "\n".join(site.findings)
