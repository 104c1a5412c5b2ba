"""Documents in easy words: the words that people wrote for it, and never the hard ones instead."""

import io
import re
from typing import Any

import pikepdf
import pytest
from django.template.loader import render_to_string

from cycles.enums import StrategyElement
from cycles.services import cycles as cycle_services
from cycles.services import strategy
from evidence.enums import NeedsChapter
from evidence.services import needs
from reports.documents import easy_read, jsna_versions, strategy_versions
from reports.editions import build, printed
from reports.enums import ReportKind, Version
from reports.services import forms
from stakeholders.enums import Pillar
from tests.factories import cycles, evidence, reports, stakeholders
from tests.factories import decisions as deciding
from tests.reports.paper import check_is_accessible, flat, structure, text_of
from tests.reports.test_snapshots import DAY
from tests.reports.words import check_same_words
from vbc.ui.reading import grade

HARD = "Commissioners will operationalise integrated pathways."
EASY = "People get help sooner. You can walk in."
WILL_NOT_HARD = "Decommissioning of out-of-area placements."
WILL_NOT_EASY = "We will not send people far from home."


def in_words(snapshot: dict[str, Any]) -> str:
    """The words of the easy-read version, in one line."""
    context = printed(snapshot, draw=lambda spec: None, version=Version.EASY_READ)
    html = render_to_string(forms.TEMPLATES[Version.EASY_READ], context)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<body")[1]))


def written(cycle: Any, element: str, **easy: str) -> None:
    part = cycle.strategy_texts.filter(element=element).first()
    strategy.save_text(
        cycle,
        element,
        text=HARD,
        will_not_commission=WILL_NOT_HARD,
        expected=part.version if part else 0,
        by=cycle.lead,
        **easy,
    )


def snapshot_of(cycle: Any, kind: str = ReportKind.STRATEGY) -> dict[str, Any]:
    return build(kind, cycles.fresh(cycle), edition=1, made_on=DAY)


@pytest.mark.django_db
@pytest.mark.row("A3-73")
def test_easy_words_are_printed_and_hard_words_never_in_their_place() -> None:
    cycle = cycles.cycle()
    for element in StrategyElement.values:
        written(cycle, element)
    written(
        cycle,
        StrategyElement.CHANGES,
        easy_text=EASY,
        easy_will_not_commission=WILL_NOT_EASY,
    )
    words = in_words(snapshot_of(cycle))
    for each in ("People get help sooner.", "You can walk in.", WILL_NOT_EASY):
        assert each in words
    assert HARD not in words
    assert WILL_NOT_HARD not in words
    missing = words.split("What is not in easy words yet")[1].split("Who to ask")[0]
    headings = [heading for heading, _ in strategy_versions.IN_EASY_WORDS.values()]
    assert [each for each in headings if each in missing] == [
        each for each in headings if each != "What will change"
    ]
    assert "Six parts are not in easy words yet." in missing


@pytest.mark.django_db
def test_where_nobody_wrote_easy_words_it_says_so() -> None:
    cycle = cycles.cycle()
    written(cycle, StrategyElement.PURPOSE)
    words = in_words(snapshot_of(cycle))
    assert "No part is in easy words yet." in words
    assert "Nobody has written them in easy words." in words
    assert HARD not in words


@pytest.mark.django_db
def test_a_document_of_before_has_no_easy_words() -> None:
    snapshot = snapshot_of(cycles.cycle())
    for element in snapshot["elements"]:
        element.pop("easy_text")
        element.pop("easy_will_not_commission", None)
    assert "No part is in easy words yet." in in_words(snapshot)


@pytest.mark.django_db
@pytest.mark.row("A3-73")
@pytest.mark.thorough
def test_a_strategy_in_easy_words_is_an_accessible_pdf_that_says_what_its_page_says() -> None:
    decision = deciding.recorded()
    cycle = decision.cycle
    for element in StrategyElement.values:
        written(cycle, element, easy_text=EASY, easy_will_not_commission=WILL_NOT_EASY)
    cycles.action(cycle)
    cycles.outcome(cycle)
    report = reports.made(cycles.fresh(cycle))
    content = reports.content(report, Version.EASY_READ)
    check_is_accessible(content, title=report.snapshot["document"]["title"])
    check_same_words(report, report.created_by, Version.EASY_READ)
    text = flat(text_of(content))
    assert "We made one decision." in text
    assert "One thing will be done." in text
    assert f"You can ask {cycle.lead.display_name}." in text
    assert "How to say what you think" in text
    # Pictures say nothing that the words do not, so nothing is read out for them.
    document = pikepdf.open(io.BytesIO(content))
    assert not [each for each in structure(document) if each.S == "/Figure"]


@pytest.mark.django_db
@pytest.mark.row("A3-73")
@pytest.mark.thorough
def test_a_needs_assessment_in_easy_words_is_an_accessible_pdf_that_says_what_its_page_says() -> (
    None
):
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    cycle = cycles.cycle(org, by=lead)
    draft = evidence.written_needs(org, lead, "What Salford needs")
    line = draft.texts.get(chapter=NeedsChapter.NEED)
    needs.edit_chapter(
        draft, chapter=line.chapter, text=HARD, easy_text=EASY, version=line.version, by=lead
    )
    needs.publish(draft, by=lead)
    cycle_services.link_needs_assessment(cycle, draft, by=lead)
    report = reports.made(cycles.fresh(cycle), ReportKind.JSNA)
    content = reports.content(report, Version.EASY_READ)
    check_is_accessible(content, title="What Salford needs")
    check_same_words(report, report.created_by, Version.EASY_READ)
    text = flat(text_of(content))
    assert "What people need now People get help sooner. You can walk in." in text
    assert "What is known about" not in text
    assert HARD not in text
    assert "17 parts are not in easy words yet." in text


@pytest.mark.django_db
def test_easy_words_are_one_idea_a_line_in_large_type() -> None:
    assert easy_read.said("One. Two?\n\n- Three\n- Four. Five.") == [
        "One.",
        "Two?",
        "Three",
        "Four.",
        "Five.",
    ]
    sheet = forms.own_files()["easy-read.css"].read_text()
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)pt", sheet)]
    assert min(sizes) >= 16
    assert "italic" not in sheet
    assert "uppercase" not in sheet


def test_every_part_has_an_easy_heading_and_a_picture_that_is_there() -> None:
    assert set(strategy_versions.IN_EASY_WORDS) == set(StrategyElement.values)
    assert set(jsna_versions.EASY_HEADINGS) == set(NeedsChapter.values)
    files = forms.own_files()
    sheet = files["easy-read.css"].read_text()
    symbols = {
        symbol
        for _, symbol in (
            *strategy_versions.IN_EASY_WORDS.values(),
            *jsna_versions.EASY_HEADINGS.values(),
        )
    } | {"calendar", "talk", "stop"}
    assert symbols == set(forms.SYMBOLS)
    for symbol in symbols:
        assert files[f"{symbol}.svg"].read_text().startswith("<svg")
        assert f'.easy-part--{symbol} {{\n  background-image: url("own:{symbol}.svg");' in sheet


def test_the_words_that_are_ours_are_easy() -> None:
    snapshot = {
        "document": {"edition": 1, "made_on": "2026-12-04"},
        "cycle": {"lead": "Alex", "contact": ""},
    }
    context = easy_read.document(
        snapshot, about=["This is a plan."], parts=[], missing=["What we want"] * 2, after=()
    )
    lines = [line["text"] for part in context["easy_parts"] for line in part["lines"]]
    assert grade("\n".join(lines)) < 4
    assert list(easy_read.PILLARS.shapes) == ["circle", "square", "triangle-up"]
    assert len(easy_read.PILLARS.lines) == len(Pillar)
