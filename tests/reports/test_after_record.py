"""What documents print of a record after it was written."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from cycles.enums import BoardAnswerKind, SignatureKind
from cycles.models import Decision
from cycles.services import equality, records, statements
from reports.documents import decisions as documents
from reports.editions import build
from reports.enums import ReportKind
from reports.snapshots.plain import canonical
from stakeholders.enums import Perspective
from tests.factories import decisions as make
from tests.factories import equality as after
from tests.pages import names

pytestmark = pytest.mark.django_db


def facts_of(decision: Decision) -> dict[str, Any]:
    snapshot = build(ReportKind.STRATEGY, decision.cycle, edition=1, made_on=date(2026, 12, 4))
    (found,) = snapshot["decisions"]
    return found


def printed(facts: dict[str, Any]) -> str:
    """What a reader of the document reads of one decision, on one line."""
    html = render_to_string(
        "reports/parts/decision.html", {"decision": documents.decision(facts, 1)}
    )
    return " ".join(unescape(strip_tags(html)).split())


def test_corrections_signatures_assessment_and_board_are_printed() -> None:
    decision = make.weighing()
    after.full(decision)
    equality.publish(decision, by=decision.cycle.lead)
    make.recorded(decision)
    first, second = make.members(decision, Perspective.SERVICE_USER)[:2]
    after.corrected(decision, reasons="It is nearest, and open at night.")
    after.signed(decision, first)
    after.signed(decision, second, shown_name="Blackbird")
    after.board_answer(decision, BoardAnswerKind.REFUSED, why="There is no money.")
    after.board_answer(decision, BoardAnswerKind.VARIED, what_changed="It starts in May.")
    facts = facts_of(decision)
    assert facts["record"]["version"] == 2
    assert [each["who"] for each in facts["record"]["signatures"]] == [
        "A member who uses services",
        "Blackbird",
    ]
    text = printed(facts)
    for words in (
        "It is nearest, and open at night.",
        "Until then, “Why” read: It is nearest to what people asked for.",
        "The night was forgotten.",
        "so it is sealed",
        "Blackbird: Says that the record is accurate",
        "Most people are better off. For some the way is far.",
        "Disability: A bus that fetches.",
        "What the board answered Accepted with changes. The Test Board",
        "It starts in May.",
        "What it answered before Not accepted.",
        "There is no money.",
    ):
        assert words in text, words
    for person in (first, second):
        assert not names(canonical(facts), person)


def test_signatures_of_a_version_before_do_not_stand_under_the_new_one() -> None:
    decision = make.recorded()
    person = make.members(decision, Perspective.SERVICE_USER)[0]
    after.signed(decision, person, kind=SignatureKind.REFUSED, comment="It was another day.")
    assert "It was another day." in printed(facts_of(decision))
    after.corrected(decision)
    facts = facts_of(decision)
    assert facts["record"]["signatures"] == []
    assert "Nobody has signed this version yet" in printed(facts)


def test_a_statement_that_was_taken_back_is_printed_in_no_new_document() -> None:
    decision = make.recorded()
    author = make.members(decision, Perspective.CARER)[0]
    kept = records.add_minority_statement(
        decision, text="Think of the villages.", shown_with_name=False, by=author
    )
    gone = records.add_minority_statement(
        decision, text="Josephine Quillfeather waited.", shown_with_name=True, by=author
    )
    statements.redact(gone, words=["Josephine Quillfeather"], by=decision.cycle.lead)
    assert "[name removed] waited." in printed(facts_of(decision))
    assert "Quillfeather" not in canonical(facts_of(decision))
    statements.withdraw(gone, by=author)
    facts = facts_of(decision)
    assert [each["text"] for each in facts["minority_statements"]] == [kept.text]
    text = printed(facts)
    assert "waited" not in text
    assert not names(text, author)
    assert "A statement was taken back by its author." in text


def test_what_is_not_published_of_an_assessment_is_not_printed() -> None:
    decision = make.weighing()
    after.first_look(decision, summary="Only a draft.")
    assert facts_of(decision)["equality"] is None
    equality.publish(decision, by=decision.cycle.lead)
    after.save(decision, summary="Changed since.")
    assert facts_of(decision)["equality"]["summary"] == "Only a draft."


def test_a_snapshot_of_before_prints_as_it_always_did() -> None:
    facts = facts_of(make.recorded())
    for new in ("equality", "board_answers", "statements_taken_back"):
        del facts[new]
    for new in ("version", "corrections", "seal", "signatures", "review_on"):
        del facts["record"][new]
    text = printed(facts)
    assert "It is nearest to what people asked for." in text
    assert "board" not in text.split("Option 1")[0]


@pytest.mark.thorough
def test_one_and_three_of_everything_cost_the_same_queries() -> None:
    decision = make.recorded()

    def more(each: Decision) -> None:
        after.corrected(each)
        after.signed(each, make.members(each, Perspective.SERVICE_USER)[0])
        after.board_answer(each)
        records.add_minority_statement(
            each,
            text="I see it differently.",
            shown_with_name=False,
            by=make.members(each, Perspective.CARER)[0],
        )

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            facts_of(decision)
        return len(captured)

    after.published(decision)
    more(decision)
    cost()
    one = cost()
    for number in range(2):
        after.board_answer(decision)
        after.corrected(decision, reasons=f"Because of {number}.")
        after.signed(decision, make.members(decision, Perspective.SERVICE_USER)[0])
        after.save(decision, summary=f"Looked again: {number}.")
        equality.publish(decision, by=decision.cycle.lead)
    assert cost() == one
