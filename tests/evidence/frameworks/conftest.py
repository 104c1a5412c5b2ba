"""An organisation whose panel sits, and people of every kind around it."""

import pytest

from evidence.services import frameworks
from stakeholders.enums import Perspective
from tests.factories import stakeholders


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def panel(org, clerk):
    return stakeholders.sitting_panel(org, by=clerk)


@pytest.fixture
def service_user(panel):
    return stakeholders.members(panel, Perspective.SERVICE_USER)[0]


@pytest.fixture
def clinician(panel):
    return stakeholders.members(panel, Perspective.CLINICIAN)[0]


@pytest.fixture
def stranger():
    return stakeholders.commissioner(stakeholders.organisation())


@pytest.fixture
def switch_on(org, clerk):
    """Switch a framework on, and give the sheet on which it is answered."""

    def switched(framework="putting-people-first"):
        use = frameworks.switch_on(org, framework, why="It helps us to look twice.", by=clerk)
        return use.sheets.get()

    return switched


@pytest.fixture
def answer(clerk):
    def answered(sheet, item, answer="yes", words="", expected=0, **more):
        return frameworks.answer(
            sheet, item=item, answer=answer, words=words, expected=expected, by=clerk, **more
        )

    return answered
