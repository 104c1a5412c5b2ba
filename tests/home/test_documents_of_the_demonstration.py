"""The documents that the demonstration has before anybody asks for one."""

import pytest

from reports.editions import printed
from reports.enums import ReportKind, Version
from tests.home.test_needs_of_the_demonstration import the_assessment
from vbc.home.demonstration import documents, easy_words
from vbc.ui.reading import grade

pytestmark = pytest.mark.django_db


@pytest.mark.row("A3-73")
@pytest.mark.thorough
def test_three_documents_are_asked_for_and_left_to_the_worker(settings):
    settings.DEMONSTRATION = True
    the_assessment()
    asked = documents.ask_for()
    assert [each.kind for each in asked] == [
        ReportKind.STRATEGY,
        ReportKind.JSNA,
        ReportKind.DECISION,
    ]
    assert all(each.edition == 1 and each.job.is_live for each in asked)
    # Asking again makes none twice.
    assert documents.ask_for() == asked
    record = printed(asked[-1].snapshot, draw=lambda spec: None, version=Version.EASY_READ)
    headings = [part["heading"] for part in record["easy_parts"]]
    assert "What is not in easy words yet" not in headings
    assert asked[0].snapshot["words"]


def test_the_easy_words_of_the_decision_are_easy():
    assert grade("\n".join(easy_words.DECISION.values())) < 4
