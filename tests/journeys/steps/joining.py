"""Saying yes to an invitation, on the page that a link or a code leads to."""

from tests.journeys.people import PASSWORD, Person
from tests.journeys.steps.cast import SPEAKS_FROM


def says_yes(person: Person, part: str) -> None:
    """By somebody who has no account yet and works for none of those whom the panel concerns."""
    person.sees_heading("You are invited")
    person.answers({"The name others see": person.name, "Choose a password": PASSWORD})
    person.chooses(SPEAKS_FROM[part], "No")
    person.ticks("I am 18 or over")
    person.presses("Yes, I take part")
