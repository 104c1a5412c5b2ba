"""A person in front of a browser of their own. What they do is said by what they see."""

import re
from datetime import date

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.watching import DESKTOP, Watch

# Milliseconds: a machine that does other things too is slow.
PATIENCE = 15_000
PASSWORD = "three quiet rivers"
# The last words on My work, the same for whoever has a seat.
FOR_MEMBERS = (
    "For you Your money and support What you are offered and paid, expenses, a letter to show If "
    "you want no reminders Until you say so. Nobody is told Your account The name others see, "
    "signing in, your panels"
)


class Person:
    """Somebody with a browser. Every step ends with a look at the page that it led to."""

    def __init__(
        self,
        browser: Browser,
        watch: Watch,
        name: str,
        *,
        email: str = "",
        screen: dict[str, int] | None = None,
        javascript: bool = True,
    ) -> None:
        self.name = name
        self.email = email or f"{name.split(maxsplit=1)[0].lower()}@example.org"
        self.watch = watch
        self.looks_with_scripts = javascript
        self.context = browser.new_context(
            base_url=watch.site_address,
            viewport=screen or DESKTOP,  # type: ignore[arg-type]
            locale="en-GB",
            timezone_id="Europe/London",
            java_script_enabled=javascript,
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        watch.listen(self.page)

    # --- Going somewhere -------------------------------------------------------------------------

    def opens(self, address: str) -> None:
        self.page.goto(address)
        self.arrives()

    def follows(self, words: str, *, within: Locator | None = None) -> None:
        """Follow the link that says `words`, or begins with them."""
        self._goes_by(control(within or self.page, words))

    def presses(self, words: str, *, within: Locator | None = None) -> None:
        """Press the button that says `words`, or begins with them; some are links by their role."""
        self._goes_by(control(within or self.page, words))

    def _goes_by(self, way: Locator) -> None:
        expect(way).to_be_visible()
        with self.page.expect_navigation():
            way.click()
        self.arrives()

    def arrives(self) -> None:
        """Look at the page that a step led to; without scripts, only at what it looks like."""
        if self.looks_with_scripts:
            self.watch.look(self.page)
        else:
            self.watch.glance(self.page)

    def looks_again(self, state: str) -> None:
        """The same page as before, in another state, called `state`."""
        if self.looks_with_scripts:
            self.watch.look(self.page, state)
        else:
            self.watch.glance(self.page, state)

    # --- Filling in ------------------------------------------------------------------------------

    def answers(self, words_by_label: dict[str, str], *, within: Locator | None = None) -> None:
        """Fill in boxes by their labels."""
        for label, words in words_by_label.items():
            box_of(within or self.page, label).fill(words)

    def unfolds(self, words: str) -> None:
        """Open what stands folded behind `words`."""
        self.main.locator("summary", has_text=words).click()

    def chooses(self, *words: str, within: Locator | None = None) -> None:
        """Choose among radio buttons, by what stands beside each."""
        for each in words:
            named(within or self.page, "radio", each).check()

    def ticks(self, words: str) -> None:
        named(self.page, "checkbox", words).check()

    def selects(self, label: str, words: str) -> None:
        """Choose from a list, by a part of the words of the choice."""
        choices = box_of(self.page, label)
        found = choices.locator("option", has_text=words).first.get_attribute("value")
        choices.select_option(value=found)

    def names(self, label: str, name: str) -> None:
        """One of many things, by its whole name: from a list, or in a box where there are more."""
        box = box_of(self.page, label)
        if box.evaluate("each => each.tagName") == "SELECT":
            self.selects(label, name)
        else:
            box.fill(name)

    def dates(self, question: str, day: date) -> None:
        group = self.page.get_by_role("group", name=question)
        for box, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(box).fill(str(value))

    # --- Reading ---------------------------------------------------------------------------------

    def sees(self, *words: str) -> None:
        """All of it stands on the page, in what can be seen."""
        for each in words:
            expect(self.main.get_by_text(each).filter(visible=True).first).to_be_visible()

    def does_not_see(self, *words: str) -> None:
        for each in words:
            expect(self.main.get_by_text(each)).to_have_count(0)

    def sees_heading(self, words: str) -> None:
        expect(self.main.get_by_role("heading", name=words).first).to_be_visible()

    def sees_link(self, words: str) -> None:
        expect(named(self.main, "link", words)).to_be_visible()

    def sees_no_link(self, words: str) -> None:
        expect(self.main.get_by_role("link", name=beginning(words))).to_have_count(0)

    def reads(self) -> str:
        """The words of the page, as one line."""
        return " ".join(self.main.inner_text().split())

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def section(self, heading: str) -> Locator:
        """The card or the section with this heading."""
        marked = self.page.get_by_role("heading", name=heading, exact=True)
        return self.page.locator(".nhsuk-card, section").filter(has=marked).last

    def row(self, key: str) -> Locator:
        """The row of a summary that is about `key`."""
        return self.page.locator(".nhsuk-summary-list__row", has_text=key)

    # --- Signing in ------------------------------------------------------------------------------

    def signs_in(self, password: str = PASSWORD) -> None:
        """By the sign-in page; wherever they are now, they begin there."""
        if "/account/login/" not in self.page.url:
            self.opens("/account/login/")
        self.answers({"Email": self.email, "Password": password})
        self.presses("Sign in", within=self.main)

    def signs_out(self) -> None:
        self.presses("Sign out")


def beginning(words: str) -> re.Pattern[str]:
    """Matches a name that begins with `words`: pages say more for those who only hear them.

    Where words that are only heard follow, the browser may put a space before their first mark.
    """
    parts = [re.escape(part).replace(":", r"\s*:") for part in words.split()]
    return re.compile(r"^\s*" + r"\s+".join(parts), re.IGNORECASE)


def control(place: Page | Locator, words: str) -> Locator:
    """The link or button called exactly `words`; failing that, one whose name begins so."""
    for role in ("link", "button"):
        exact = place.get_by_role(role, name=words, exact=True)  # type: ignore[arg-type]
        if exact.count():
            return exact.first
    begun = beginning(words)
    return place.get_by_role("link", name=begun).or_(place.get_by_role("button", name=begun)).first


def named(place: Page | Locator, role: str, words: str) -> Locator:
    """What is called exactly `words`; failing that, the first whose name begins so."""
    exact = place.get_by_role(role, name=words, exact=True)  # type: ignore[arg-type]
    if exact.count():
        return exact.first
    return place.get_by_role(role, name=beginning(words)).first  # type: ignore[arg-type]


def box_of(place: Page | Locator, label: str) -> Locator:
    """The box with this label; the button that shows a password is not one."""
    return place.get_by_label(label).and_(place.locator("input, textarea, select")).first
