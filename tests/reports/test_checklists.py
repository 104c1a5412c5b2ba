"""The annex of a strategy that shows which frameworks were used, and what was answered."""

from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string

from cycles.models import Cycle
from cycles.services import cycles as cycle_services
from cycles.services import lenses
from evidence.services import framework_notes, frameworks
from reports.documents import jsna as needs_printing
from reports.documents import strategy as printing
from reports.editions import build
from reports.enums import ReportKind
from stakeholders.enums import Perspective
from tests.factories import cycles, stakeholders
from tests.factories import evidence as library

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle() -> Cycle:
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    return cycles.cycle(org, by=lead, panel=stakeholders.sitting_panel(org, by=lead))


def facts_of(cycle: Cycle) -> dict[str, Any]:
    return build(ReportKind.STRATEGY, cycle, edition=1, made_on=date(2026, 12, 4))


def printed(facts: dict[str, Any]) -> str:
    context = printing.context(facts, lambda _: None) | {"document": facts["document"]}
    return render_to_string("reports/bodies/strategy_full.html", context)


def use(cycle: Cycle) -> Any:
    """The checklist of values-based work, with one answer and what shows it."""
    by = cycle.lead
    sheet = lenses.choose(cycle, "values-based", why="To look twice.", by=by).sheet
    found = frameworks.answer(
        sheet, item="leave", answer="partly", words="Two are new here.", expected=0, by=by
    )
    reference = library.reference(cycle.organisation, by, title="What leaving takes")
    frameworks.link(found, reference=reference, by=by)
    return sheet


@pytest.mark.row("A0-14")
def test_what_was_answered_is_printed_and_what_was_not_is_named(cycle: Cycle) -> None:
    use(cycle)
    facts = facts_of(cycle)
    text = printed(facts)
    annex = text.split('id="checklists"')[1]
    for words in (
        "Annex D",
        "Checklists used",
        "Is this programme values-based?",
        "Why it was used: To look twice.",
        "Can anybody step away without giving a reason, and come back?",
        "<strong>Partly.</strong> Two are new here.<br>What shows it: What leaving takes",
        "Not answered: Nobody sits alone; The problem is understood together;",
        "The questions are ours.",
    ):
        assert words in annex, words
    contents = printing.context(facts, lambda _: None)["contents"]
    assert [entry.prefix for entry in contents if entry.key == "checklists"] == ["Annex D: "]


def test_a_needs_assessment_prints_those_about_analyse_alone(cycle: Cycle) -> None:
    by = cycle.lead
    use(cycle)
    sheet = lenses.choose(cycle, "stock-take", why="To know what there is.", by=by).sheet
    said = {"answer": "partly", "words": "Not the charities.", "expected": 0}
    frameworks.answer(sheet, item="services", **said, by=by)
    assessment = library.needs_draft(cycle.organisation, by)
    cycle_services.link_needs_assessment(cycle, assessment, by=by)
    facts = build(ReportKind.JSNA, cycles.fresh(cycle), edition=1, made_on=date(2026, 12, 4))
    assert [each["framework"] for each in facts["checklists"]] == ["stock-take"]
    context = needs_printing.context(facts, lambda _: None) | {"document": facts["document"]}
    annex = render_to_string("reports/bodies/jsna_full.html", context).split('id="checklists"')[1]
    assert "<strong>Partly.</strong> Not the charities." in annex
    # No figure is in the chapters, so no annex of sources stands before it.
    letters = [entry.number for entry in context["contents"] if entry.number.isalpha()]
    assert letters == ["A", "B", "C"]
    before = {name: value for name, value in facts.items() if name != "checklists"}
    assert not needs_printing.context(before, lambda _: None)["checklists"]


def test_its_letter_follows_the_annex_before_it(cycle: Cycle) -> None:
    use(cycle)
    passed = {"on": "2026-11-01", "step": "x", "by": "y", "reason": "z", "still_missing": ["w"]}
    context = printing.context(facts_of(cycle) | {"passed_gates": [passed]}, lambda _: None)
    letters = [entry.number for entry in context["contents"] if entry.number.isalpha()]
    assert letters == ["A", "B", "C", "D", "E"]
    assert context["annexes"]["checklists"].letter == "E"


def test_what_members_said_is_not_printed(cycle: Cycle) -> None:
    sheet = use(cycle)
    member = stakeholders.members(cycle.panel, Perspective.SERVICE_USER)[0]
    framework_notes.add(sheet, item="leave", text="I was asked why.", by=member)
    facts = facts_of(cycle)
    assert "I was asked why." not in str(facts)
    assert "I was asked why." not in printed(facts)


def test_nothing_answered_and_a_snapshot_of_before_print_as_they_always_did(cycle: Cycle) -> None:
    without = printed(facts_of(cycle))
    lenses.choose(cycle, "nine-factors", why="To look twice.", by=cycle.lead)
    facts = facts_of(cycle)
    assert printed(facts) == without
    del facts["checklists"]
    assert printed(facts) == without
    assert "Checklists used" not in without
