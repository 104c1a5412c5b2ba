"""A document on one page: one page whatever is in it, and nothing cut but at a sentence."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.template.loader import render_to_string

from cycles.enums import StrategyElement
from cycles.services import cycles as cycle_services
from cycles.services import records
from reports import pdf
from reports.documents import room
from reports.editions import build, printed
from reports.enums import ReportKind, Version
from reports.services import forms
from stakeholders.enums import Pillar
from tests.factories import cycles, evidence, reports, stakeholders
from tests.factories import decisions as deciding
from tests.reports.paper import check_is_accessible, flat, text_of
from tests.reports.test_snapshots import DAY
from tests.reports.words import check_same_words
from tests.support import thoroughly

SENTENCES = "We stand by each other. " * 400
HOSTILE = {
    "one endless word": "W" * 9000,
    "wide words": "WWWWWWWWWWWW " * 700,
    "sentences": SENTENCES,
    "one endless sentence": "word " * 2000,
    "Chinese": "我们需要更多的帮助和支持。" * 700,
    "faces": "👩‍👩‍👧‍👦🙂 " * 800,
    "lists and quotations": "- one.\n> two.\n\n" * 600,
    "words that fill a line": "\ufdfd " * 500,
    "marks on marks": "a\u0301\u0302\u0303\u0304" * 900,
    "Arabic": "نحن بحاجة إلى المزيد من المساعدة. " * 300,
    "nothing": "",
}


def laid_out(snapshot: dict[str, Any], folder: Path) -> pypdfium2.PdfDocument:
    context = printed(snapshot, draw=lambda spec: None, version=Version.ONE_PAGE)
    html = render_to_string(forms.TEMPLATES[Version.ONE_PAGE], context)
    made = folder / "one.pdf"
    pdf.make_pdf(html, made, files=forms.own_files(), seconds=60)
    return pypdfium2.PdfDocument(made.read_bytes())


def lowest(document: pypdfium2.PdfDocument) -> float:
    """How far above the foot of the page the lowest letter stands, in points."""
    text = document[0].get_textpage()
    return min(text.get_rect(place)[1] for place in range(text.count_rects()))


def strategy_snapshot(words: str, *, many: int = 12, title: str = "") -> dict[str, Any]:
    """A strategy that says `words` everywhere somebody may say as much, and of all else as much as
    its fields hold."""
    short = (words or "x").replace("\n", " ")
    sentences = [
        {"pillar": pillar.value, "label": pillar.label, "text": words} for pillar in Pillar
    ]
    option = {"key": "o", "title": short[:120], "sentences": sentences}
    record = {
        "chosen": "o",
        "chosen_title": short[:120],
        "against_pillar_reason": words,
    }
    decision = {
        "title": short[:120],
        "record": record,
        "options": [option],
        "minority_statements": [{"text": words, "by": ""}],
        "board_answers": [{"body": "The board", "answer_label": "Agreed"}],
    }
    action = {
        "title": short[:200],
        "owner": short[:150],
        "due_on": "2026-12-31",
        "status": "planned",
    }
    outcome = {
        "title": short[:160],
        "unit": short[:60],
        "baseline": 123456789.5,
        "hoped": 223456789.5,
        "result": None,
        "in_words": "Not measured yet",
    }
    return {
        "schema_version": 2,
        "document": {
            "kind": "strategy",
            "kind_label": "Commissioning strategy",
            "title": title or f"Commissioning strategy: {short[:120]}",
            "organisation": short[:160],
            "edition": 999,
            "made_on": "2026-12-30",
            "reason": short[:240],
        },
        "cycle": {
            "summary": words,
            "area": short[:120],
            "lead": short[:150],
            "contact": f"{'w' * 64}@{'w' * 180}.org",
        },
        "elements": [
            {"key": each.value, "label": each.label, "text": words, "will_not_commission": words}
            for each in StrategyElement
        ],
        "decisions": [decision] * many,
        "actions": [action] * many,
        "outcomes": [outcome] * many,
    }


def jsna_snapshot(words: str, *, many: int = 12) -> dict[str, Any]:
    snapshot = strategy_snapshot(words, title=(words or "x").replace("\n", " ")[:160])
    short = (words or "x").replace("\n", " ")
    snapshot["document"] |= {"kind": "jsna", "kind_label": "Needs assessment (JSNA)"}
    return snapshot | {
        "needs": {
            "area": {"name": short[:120]},
            "published_on": None,
            "statement": words,
            "next_look_on": "2027-01-01",
            "chapters": [
                {"key": key, "text": words} for key in ("experience", "clinical_view", "what_works")
            ],
            "numbers": [
                {"horizon": "now", "heading": short[:80], "figure": short[:80], "sentence": words}
            ]
            * 5,
            "gaps": [{"need": words, "place": place} for place in range(1, many)],
            "coverage": [{"label": short[:60], "state": "not_assessed"}] * 10,
        },
        "informs": [{"title": short[:120], "stage": "Plan"}] * many,
    }


SNAPSHOTS = {"strategy": strategy_snapshot, "jsna": jsna_snapshot}


@pytest.mark.row("A3-73")
@pytest.mark.parametrize("kind", SNAPSHOTS)
@pytest.mark.parametrize("words", thoroughly(HOSTILE, "sentences"))
def test_one_page_is_one_page_however_much_there_is_to_say(
    kind: str, words: str, tmp_path: Path
) -> None:
    document = laid_out(SNAPSHOTS[kind](HOSTILE[words]), tmp_path)
    assert len(document) == 1
    # Above the margin: nothing is pushed over the edge, and nothing is hidden to make it fit.
    assert lowest(document) > 30
    text = document[0].get_textpage().get_text_range()
    assert "Fingerprint of the facts" in re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("kind", SNAPSHOTS)
@pytest.mark.parametrize("times", thoroughly([1, 3, 9, 27, 81], 27))
def test_one_page_is_one_page_at_every_length_between(
    kind: str, times: int, tmp_path: Path
) -> None:
    said = "We were asked, and we said what we think of it. " * times
    document = laid_out(SNAPSHOTS[kind](said, many=1 + times // 9), tmp_path)
    assert len(document) == 1
    assert lowest(document) > 30


def test_what_does_not_fit_ends_with_a_whole_sentence_and_says_where_the_rest_is() -> None:
    numbered = " ".join(f"This is sentence {number}." for number in range(500))
    context = printed(strategy_snapshot(numbered), draw=lambda spec: None, version=Version.ONE_PAGE)
    rows = [row for section in context["sections"] for row in section["rows"]]
    texts = [row["text"] for row in rows if row["text"].more and row["kind"] == "text"]
    texts += [cut for row in rows for _, _, cut in row["columns"]]
    assert len(texts) > 4
    for each in texts:
        assert re.fullmatch(r"(This is sentence \d+\. ?)+", each.text)
        assert each.more == room.MORE
    (counted,) = {s["left_out"] for s in context["sections"] if "decided" in s["heading"]}
    assert re.fullmatch(r"(Ten|11) more decisions are in the whole document\.", counted)


def test_pillars_have_the_same_room_in_their_order() -> None:
    snapshot = strategy_snapshot(SENTENCES, many=1)
    snapshot["decisions"][0]["options"][0]["sentences"][1]["text"] = "Short."
    context = printed(snapshot, draw=lambda spec: None, version=Version.ONE_PAGE)
    (row,) = [row for section in context["sections"] for row in section["rows"] if row["columns"]]
    assert [label for _, label, _ in row["columns"]] == list(Pillar.labels)
    first, second, third = (cut for _, _, cut in row["columns"])
    assert first == third
    assert (second.text, second.more) == ("Short.", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("He said “no.” Then he left.", ["He said “no.”", "Then he left."]),
        ("Ask Dr. Nguyễn, e.g. on Monday. Or not.", ["Ask Dr. Nguyễn, e.g. on Monday.", "Or not."]),
        ("A. Łódź wrote 3.5 pages.", ["A. Łódź wrote 3.5 pages."]),
        ("", []),
    ],
)
def test_sentences_are_told_apart(text: str, found: list[str]) -> None:
    assert room.sentences(text) == found


def test_a_sentence_longer_than_its_room_is_not_cut_in_two() -> None:
    kept = room.cut("word " * 200, width=20, most=2)
    assert (kept.text, kept.more) == ("", room.ALL_OF_IT)


def test_room_is_given_in_steps_at_which_a_sentence_more_stands() -> None:
    text = " ".join(f"Sentence {number} takes up about a line or so." for number in range(9))
    steps = room.steps(text, 20, 40)
    assert len(steps) > 5
    stand = [room.cut(text, 20, step) for step in steps]
    assert len({each.text for each in stand}) == len(stand)
    assert stand[-1] == room.Cut(text)
    # Each wants one more at a price of ten; there is room for one of them, and the first has it.
    assert room.shared_out([1, 1], [[1, 2], [1, 2]], [10, 10], 15) == [2, 1]
    assert room.shared_out([1, 1], [[1], [3]], [10, 10], 25) == [1, 3]


@pytest.mark.django_db
@pytest.mark.row("A3-73")
@pytest.mark.thorough
def test_a_strategy_on_one_page_says_what_was_decided_who_disagrees_and_what_comes_next() -> None:
    decision = deciding.recorded()
    cycle = decision.cycle
    author = stakeholders.members(cycle.panel, "carer")[0]
    records.add_minority_statement(
        decision, text="Think of the villages.", shown_with_name=False, by=author
    )
    action = cycles.action(cycle)
    report = reports.made(cycles.fresh(cycle))
    content = reports.content(report, Version.ONE_PAGE)
    check_is_accessible(content, title=report.snapshot["document"]["title"])
    text = flat(text_of(content))
    record = report.snapshot["decisions"][0]["record"]
    for each in (
        f"{decision.title}: {record['chosen_title']}",
        *Pillar.labels,
        "Not everybody agrees. Their own words are in the whole document.",
        action.title,
        f"Who to ask: {cycle.lead.display_name}",
        "Edition 1, made on",
        report.snapshot_digest,
    ):
        assert each in text
    assert "Think of the villages." not in text
    check_same_words(report, report.created_by, Version.ONE_PAGE)


@pytest.mark.django_db
@pytest.mark.row("A3-73")
@pytest.mark.thorough
def test_a_needs_assessment_on_one_page_says_what_is_needed_and_what_each_pillar_says() -> None:
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    cycle = cycles.cycle(org, by=lead)
    assessment = evidence.published_needs(org, lead, "What Salford needs")
    cycle_services.link_needs_assessment(cycle, assessment, by=lead)
    report = reports.made(cycles.fresh(cycle), ReportKind.JSNA)
    content = reports.content(report, Version.ONE_PAGE)
    check_is_accessible(content, title="What Salford needs")
    text = flat(text_of(content))
    for each in (
        "About one adult in six here has a common mental health problem.",
        *Pillar.labels,
        "What is known about: What people say.",
        "What is known about: What clinicians see.",
        "What is known about: What works.",
        f"One plan starts from it: {cycle.title}",
        report.snapshot_digest,
    ):
        assert each in text
    check_same_words(report, report.created_by, Version.ONE_PAGE)


@pytest.mark.django_db
def test_a_draft_says_on_its_one_page_that_it_is_one() -> None:
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    cycle = cycles.cycle(org, by=lead)
    draft = evidence.needs_draft(org, lead, "What Salford needs")
    cycle_services.link_needs_assessment(cycle, draft, by=lead)
    snapshot = build(ReportKind.JSNA, cycles.fresh(cycle), edition=1, made_on=DAY)
    context = printed(snapshot, draw=lambda spec: None, version=Version.ONE_PAGE)
    said = render_to_string("reports/bodies/jsna_one_page.html", context)
    assert "This is a draft. It is not published yet." in said
