"""The words that a document explains at its end: those that its own text uses, and no others."""

import io
import re
from typing import Any

import pytest
from docx import Document

from cycles.enums import StrategyElement
from reports.editions import build, printed
from reports.enums import FileFormat, ReportKind, Version
from reports.kinds import KINDS
from tests.factories import cycles, reports
from tests.reports.conftest import World
from tests.reports.paper import check_is_accessible, flat, text_of
from tests.reports.test_snapshots import DAY
from tests.reports.words import check_same_words

pytestmark = pytest.mark.django_db

MEANING = "Charities, community groups and others that work for people and not for profit."


def words_of(cycle: Any, kind: str = ReportKind.STRATEGY) -> dict[str, str]:
    snapshot = build(kind, cycles.fresh(cycle), edition=1, made_on=DAY)
    return {each["term"]: each["meaning"] for each in snapshot["words"]}


@pytest.mark.row("A1-19")
@pytest.mark.row("A3-55")
def test_only_the_words_that_the_text_uses_are_explained(world: World) -> None:
    before = words_of(world.cycle)
    assert "voluntary sector" not in before
    # It stands on every strategy: words of the template count as well as those of people.
    assert "outcome" in before or "commission" in before
    cycles.write(world.cycle, StrategyElement.PURPOSE, "We work with the voluntary sector.")
    assert words_of(world.cycle) == before | {"voluntary sector": MEANING}


@pytest.mark.row("A3-55")
@pytest.mark.thorough
def test_they_stand_on_paper_on_screen_and_in_the_word_file(world: World) -> None:
    cycles.write(world.cycle, StrategyElement.PURPOSE, "We work with the voluntary sector.")
    report = reports.made(cycles.fresh(world.cycle))
    content = reports.content(report)
    check_is_accessible(content, title=report.snapshot["document"]["title"])
    check_same_words(report, world.cycle.lead)
    paper = flat(text_of(content))
    end = paper[paper.rindex("Words used here") :]
    assert f"voluntary sector: {MEANING}" in end
    # The contents lead to it, before how the document was made.
    assert re.search(r"Words used here.{1,200}How this document was made", paper[:9000])
    file = Document(io.BytesIO(reports.content(report, ending=FileFormat.WORD)))
    said = [paragraph.text for paragraph in file.paragraphs]
    for each in report.snapshot["words"]:
        assert f"{each['term']}: {each['meaning']}" in said
    screen = world.client("carer").get(f"/documents/{report.public_id}/read/").content.decode()
    for each in report.snapshot["words"]:
        assert f"<strong>{each['term']}</strong>" in screen


def test_they_are_frozen_with_the_edition(
    world: World, quick_layout: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = reports.made(world.cycle)
    kept = report.snapshot["words"]
    monkeypatch.setattr("vbc.ui.glossary.used_in", lambda text: [])
    context = printed(report.snapshot, draw=lambda spec: None)
    assert context["words_used"] == kept
    assert kept
    # Where there are none, neither is the heading.
    none = printed({**report.snapshot, "words": []}, draw=lambda spec: None)
    assert "words" not in [each.key for each in none["contents"]]


def test_an_edition_of_before_has_none_and_short_documents_never_do(world: World) -> None:
    snapshot = build(ReportKind.STRATEGY, world.cycle, edition=1, made_on=DAY)
    del snapshot["words"]
    keys = [each.key for each in printed(snapshot, draw=lambda spec: None)["contents"]]
    assert "words" not in keys
    assert {key for key, kind in KINDS.items() if kind.explains_words} == {
        ReportKind.STRATEGY,
        ReportKind.JSNA,
        ReportKind.INVOLVEMENT,
    }
    easy = printed(
        build(ReportKind.STRATEGY, world.cycle, edition=1, made_on=DAY),
        draw=lambda spec: None,
        version=Version.EASY_READ,
    )
    assert "contents" not in easy
