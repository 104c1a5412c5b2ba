"""People on panels who say something of themselves, built through the services."""

from typing import Any

from stakeholders.enums import Perspective
from stakeholders.models import Organisation, Panel, User
from stakeholders.services import self_descriptions
from tests.factories import stakeholders as make
from tests.kept import kept


@kept
def panel_of(organisation: Organisation, count: int) -> Panel:
    """A panel that is being formed, with `count` members."""
    panel = make.forming_panel(organisation)
    for _ in range(count):
        make.seat(panel, Perspective.SERVICE_USER)
    return panel


@kept
def say(panel: Panel, **answers: str) -> None:
    """The members answer in the order they joined: `sex="female male -"`; a dash is no answer."""
    people = make.members(panel, Perspective.SERVICE_USER)
    said: dict[User, dict[str, str]] = {person: {} for person in people}
    for question, row in answers.items():
        for person, answer in zip(people, row.split(), strict=False):
            said[person][question] = answer.replace("-", "")
    for person, given in said.items():
        describe(panel.organisation, person, **given)


@kept
def describe(organisation: Organisation, person: Any, **answers: str) -> None:
    self_descriptions.save(organisation, answers=answers, by=person)
