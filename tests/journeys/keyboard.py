"""Somebody who uses nothing but the keyboard, and counts what it takes."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.people import Person

MOST_TABS = 60
IS_FOCUSED = "each => each === document.activeElement"
# The ring or the underline of the focus; what has none cannot be found by eye.
FOCUS_IS_SEEN = """each => {
  const marks = [each, ...(each.labels ?? [])];
  return marks.some((mark) => {
    const style = getComputedStyle(mark);
    return (
      style.boxShadow !== "none" ||
      (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
    );
  });
}"""
IS_ON_THE_SCREEN = """each => {
  const box = each.getBoundingClientRect();
  return box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < innerWidth;
}"""


class Keyboard:
    """Each move of the focus to a control is one action, and so is each press that does something.

    `tabs` counts the presses of the tab key on the way.
    """

    def __init__(self, person: Person) -> None:
        self.person = person
        self.actions = 0
        self.tabs = 0

    def moves_to(self, target: Locator) -> None:
        """Tab until `target` has the focus, and is seen to have it."""
        self.actions += 1
        for _ in range(MOST_TABS):
            if target.evaluate(IS_FOCUSED):
                break
            self.person.page.keyboard.press("Tab")
            self.tabs += 1
        expect(target).to_be_focused()
        assert target.evaluate(FOCUS_IS_SEEN), "The focus cannot be seen."
        assert target.evaluate(IS_ON_THE_SCREEN), "What has the focus is not on the screen."

    def presses(self, key: str) -> None:
        self.actions += 1
        self.person.page.keyboard.press(key)

    def goes_by(self, target: Locator) -> None:
        """Follow a link or press a button."""
        self.moves_to(target)
        with self.person.page.expect_navigation():
            self.presses("Enter")
        self.person.arrives()

    def chooses_number(self, value: int, *, coming_from: int = 1) -> None:
        """Into the group of numbers, then along it by arrow: one movement of the hand."""
        self.moves_to(self.number(coming_from))
        self.presses("Space")
        key = "ArrowRight" if value > coming_from else "ArrowLeft"
        for _ in range(abs(value - coming_from)):
            self.person.page.keyboard.press(key)
        expect(self.number(value)).to_be_checked()

    def number(self, value: int) -> Locator:
        return self.person.main.get_by_role("radio", name=re.compile(rf"^{value}\b"))
