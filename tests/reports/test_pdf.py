"""The PDF itself: accessible, correct in every name, and deaf to whatever stands in a text."""

import io
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.template.loader import render_to_string

from cycles.enums import StrategyElement
from cycles.services import cycles as cycle_services
from reports import pdf
from reports.enums import ReportKind
from reports.services import forms
from tests.factories import cycles, evidence, reports, stakeholders
from tests.reports import hostile
from tests.reports.paper import bookmarks, check_is_accessible, flat, structure, text_of
from tests.reports.words import check_same_words
from tests.support import thoroughly
from vbc.core.services import jobs

NAMES = ("Łódź", "Šárka", "Nguyễn", "Ólafsdóttir", "Đặng Thị Hương", "Ștefăniță")


@pytest.mark.django_db
@pytest.mark.row("A3-66")
@pytest.mark.row("A3-3")
def test_a_strategy_is_an_accessible_pdf_with_seven_parts() -> None:
    org = stakeholders.organisation("NHS Łódź Integrated Care Board")
    lead = stakeholders.commissioner(org, "Šárka Nguyễn")
    cycle = cycles.planning(org, lead=lead, by=lead, title="Help at night in Ólafsdalur")
    cycles.recorded_decision(cycle)
    cycles.write(cycle, StrategyElement.PURPOSE, "Names: " + ", ".join(NAMES) + ".")
    cycles.write(cycle, StrategyElement.CHANGES, "Key point: nobody sits alone.\n\n> It helped.")
    cycles.action(cycle)
    cycles.outcome(cycle)
    report = reports.made(cycles.fresh(cycle), reason="for the board")
    content = reports.content(report)
    title = "Commissioning strategy: Help at night in Ólafsdalur"
    check_is_accessible(content, title=title)
    check_same_words(report, lead)

    text = flat(text_of(content))
    for name in (*NAMES, "Šárka Nguyễn", "NHS Łódź Integrated Care Board"):
        assert name in text
    numbered = [
        f"{number} {element.label}" for number, element in enumerate(StrategyElement, start=1)
    ]
    assert bookmarks(content) == [
        "Contents",
        "In short",
        *numbered,
        "Annex A The decisions behind this strategy",
        "Annex B Who does what by when",
        "Annex C How we will know whether it worked: the figures",
        "Words used here",
        "How this document was made",
    ]
    assert "Beds far from home." in text
    assert "Page 2 of" in text
    document = pikepdf.open(io.BytesIO(content))
    # The scales of the two options, and links from the key points to where they are explained.
    assert sum(each.S == "/Figure" for each in structure(document)) == 2
    assert sum(each.S == "/Link" for each in structure(document)) > 12
    metadata = str(dict(document.docinfo))
    assert "Šárka" not in metadata
    assert "example.org" not in metadata


@pytest.mark.django_db
@pytest.mark.row("A3-17")
@pytest.mark.thorough
def test_a_needs_assessment_is_an_accessible_pdf_with_its_charts() -> None:
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    cycle = cycles.cycle(org, by=lead)
    assessment = evidence.published_needs(org, lead, "What Salford needs")
    cycle_services.link_needs_assessment(cycle, assessment, by=lead)
    report = reports.made(cycles.fresh(cycle), ReportKind.JSNA)
    content = reports.content(report)
    check_is_accessible(content, title="What Salford needs")
    check_same_words(report, lead)

    charts = [chart for each in report.snapshot["needs"]["chapters"] for chart in each["charts"]]
    document = pikepdf.open(io.BytesIO(content))
    alternatives = [str(each.Alt) for each in structure(document) if each.S == "/Figure"]
    assert alternatives == [chart["finding"] for chart in charts]
    text = flat(text_of(content))
    for number, chart in enumerate(charts, start=1):
        assert f"Figure {number}. {chart['finding']}" in text
        assert f"Table {number}. {chart['indicator']}" in text
    assert "Suppressed" in text


# --- Tables --------------------------------------------------------------------------------------


def pages_of(body: str, folder: Path) -> list[str]:
    """What stands on each page of a document with a cover, of which `body` is a part."""
    made = folder / "made.pdf"
    html = (
        '<html lang="en-GB"><head><title>T</title><link rel="stylesheet" href="own:document.css">'
        f'</head><body><h1>Tables</h1><section class="doc-section">{body}</section>'
    )
    pdf.make_pdf(html, made, files=forms.own_files(), seconds=60)
    document = pypdfium2.PdfDocument(made.read_bytes())
    for page in document:
        # Nothing is drawn beyond the right margin of the page, 22 mm.
        right = page.get_width() - 22 / 25.4 * 72
        words = page.get_textpage()
        boxes = [words.get_rect(number) for number in range(words.count_rects())]
        assert max((each[2] for each in boxes), default=0) < right + 1
    return [flat(page.get_textpage().get_text_range()) for page in document]


def table(head: list[str], rows: list[list[str]], **context: Any) -> str:
    said = {"caption": "A table", "head": head, "rows": rows, **context}
    return render_to_string("reports/parts/table.html", said)


def outcomes(rows: list[str]) -> str:
    said = {"unit": "people in 100", "baseline": "38.5", "hoped": "25", "result": "30"}
    dated = {"baseline_on": "31 March 2026", "result_on": "30 September 2027"}
    listed = [
        {"title": each, **said, **dated, "in_words": "Better than where we started"}
        for each in rows
    ]
    return render_to_string("reports/parts/outcomes.html", {"outcomes": listed})


TALL = "beginning{n} of a row that needs more than one line of its cell, and so on, ending{n}"


@pytest.mark.parametrize("kind", ["outcomes", "any"])
def test_a_row_of_a_long_document_stands_on_one_page(kind: str, tmp_path: Path) -> None:
    said = [TALL.format(n=f"{number:02}") for number in range(40)]
    head = ["What", "Where", "Period"]
    html = (
        outcomes(said)
        if kind == "outcomes"
        else table(head, [[each, "Leeds", "2019-20"] for each in said])
    )
    pages = pages_of(html, tmp_path)
    assert len(pages) > 1
    for number in range(40):
        found = [f"beginning{number:02}" in page for page in pages]
        assert found == [f"ending{number:02}" in page for page in pages]
        assert sum(found) == 1


def test_a_row_longer_than_a_page_still_goes_over(tmp_path: Path) -> None:
    long = "Łódź and Nguyễn came, and others too. " * 200
    pages = pages_of(table(["What", "Why"], [["first", long], ["last", "x"]]), tmp_path)
    pages += pages_of(outcomes([long]), tmp_path)
    assert sum(page.count("Nguyễn") for page in pages) == 400


COLUMNS = {
    "Area": "England",
    "Period": "2019-20",
    "Figure": "73.6%",
    "95% interval": "1,238.5 to 1,341.2",
    "Compared with England": "Not compared with anything else",
}


@pytest.mark.parametrize("more", [[], ["A long answer. " * 20], ["one", "two", "three", "four"]])
def test_no_word_and_no_figure_of_a_table_is_torn_apart(more: list[str], tmp_path: Path) -> None:
    """Beside columns with more to say, too; and a very long word pushes nothing off the page."""
    head = [*COLUMNS, *(f"Notes {number}" for number, _ in enumerate(more))]
    row = [*COLUMNS.values(), *more]
    pages = pages_of(table(head, [row] * 3, variant="figures"), tmp_path)
    assert len(pages) == 1
    for each in ("England", "Period", "2019-20", "73.6%", "Compared", "1,238.5 to 1,341.2"):
        assert pages[0].count(each) >= 3 if each in row else each in pages[0]
    lasting = "https://example.org/" + "a-very-long-address/" * 12
    assert pages_of(table(head, [[*row[:-1], lasting]]), tmp_path)
    assert pages_of(table(head, [["W" * 300] * len(head)]), tmp_path)


def test_more_columns_than_there_is_room_for_stay_on_the_page(tmp_path: Path) -> None:
    assert pages_of(table(["Compared"] * 16, [["Incomparable"] * 16]), tmp_path)


# --- Hostile content -----------------------------------------------------------------------------


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    yield from hostile.canary()


LIVE = [
    '<img src="{address}/img" alt="x">',
    '<img src="{file}" alt="x">',
    '<img src="relative.png" alt="x">',
    '<img src="own:../secret.txt" alt="x">',
    '<link rel="stylesheet" href="{address}/css">',
    '<link rel="stylesheet" href="{file}">',
    "<style>@import url({address}/import);</style>",
    "<style>@font-face {{ font-family: x; src: url({address}/font) }} p {{ font-family: x }}"
    "</style><p>x</p>",
    '<p style="background: url({address}/style)">x</p>',
    '<link rel="attachment" href="{file}">',
    '<a rel="attachment" href="{address}/attachment">x</a>',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>'
    '<image href="{address}/svg" width="9" height="9"/></svg>',
    '<object data="{address}/object"></object>',
    '<img src="data:image/png;base64,AAAA" alt="x">',
]


@pytest.mark.parametrize("html", thoroughly(LIVE, LIVE[0], LIVE[1], LIVE[6]))
def test_even_live_markup_reaches_nothing_but_the_files_it_was_given(
    html: str, canary: tuple[str, list[str]], tmp_path: Path
) -> None:
    """Escaping is the first wall; this is the second: the same markup, not escaped."""
    address, asked = canary
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    made = tmp_path / "made.pdf"
    words = html.format(address=address, file=secret.as_uri())
    with pytest.raises(pdf.LayoutFailed, match="asked for something from another place"):
        pdf.make_pdf(f'<html lang="en"><body>{words}', made, files={}, seconds=60)
    assert asked == []
    assert not made.exists()


def test_files_are_found_by_their_names(tmp_path: Path) -> None:
    sheet = tmp_path / "any.css"
    sheet.write_text("h1::after { content: ' from the sheet' }")
    made = tmp_path / "made.pdf"
    html = (
        '<html lang="en-GB"><head><title>T</title>'
        '<link rel="stylesheet" href="own:sheet.css"></head><body><h1>Words</h1>'
    )
    pdf.make_pdf(html, made, files={"sheet.css": sheet}, seconds=60)
    assert "Words from the sheet" in flat(text_of(made.read_bytes()))


@pytest.mark.parametrize("longer", [60, -2], ids=["by processor time", "by the clock"])
def test_a_layout_that_takes_too_long_is_ended_and_says_so(
    longer: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "LONGER_BY_THE_CLOCK", longer)
    endless = '<html lang="en"><body>' + "<p>word " * 200_000
    with pytest.raises(pdf.LayoutFailed, match="took too long"):
        pdf.make_pdf(endless, tmp_path / "made.pdf", files={}, seconds=2)


@pytest.mark.thorough
def test_a_layout_that_needs_too_much_memory_is_ended_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real limit takes minutes to reach, so a copy of the process runs with a small one."""
    small = tmp_path / "small.py"
    source = Path(pdf.__file__).read_text()
    small.write_text(source.replace("MEMORY = 2 * 1024**3", "MEMORY = 256 * 1024**2"))
    monkeypatch.setattr(pdf, "__file__", str(small))
    large = '<html lang="en"><body><table>' + "<tr><td>cell</td></tr>" * 20_000
    with pytest.raises(pdf.LayoutFailed, match="too large to lay out"):
        pdf.make_pdf(large, tmp_path / "made.pdf", files={}, seconds=120)


@pytest.mark.parametrize(
    ("sent", "error", "says"),
    [
        (signal.SIGKILL, RuntimeError, "ended by signal 9"),
        (signal.SIGSEGV, RuntimeError, "ended by signal 11"),
        (signal.SIGABRT, pdf.LayoutFailed, "too large to lay out"),
    ],
)
def test_a_layout_that_the_machine_ended_is_no_fault_of_the_document(
    sent: int,
    error: type[Exception],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was killed from outside is tried again; a library without memory aborts, and would
    again."""
    ended = tmp_path / "ended.py"
    ended.write_text(f"import os, sys; sys.stdin.read(); os.kill(os.getpid(), {sent:d})")
    monkeypatch.setattr(pdf, "__file__", str(ended))
    with pytest.raises(error, match=says):
        pdf.make_pdf("<html>", tmp_path / "made.pdf", files={}, seconds=60)


def test_a_layout_that_is_done_ends_before_its_libraries_can_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a thread of Pango's is at work while Python takes down what it has loaded."""
    crashing = tmp_path / "crashing.py"
    at_the_end = "import atexit, os; atexit.register(os.kill, os.getpid(), 11)\n"
    crashing.write_text(at_the_end + Path(pdf.__file__).read_text())
    monkeypatch.setattr(pdf, "__file__", str(crashing))
    made = tmp_path / "made.pdf"
    html = '<html lang="en-GB"><head><title>T</title></head><body><h1>Words</h1>'
    pdf.make_pdf(html, made, files={}, seconds=60)
    assert "Words" in text_of(made.read_bytes())


def test_own_files_are_all_there() -> None:
    files = forms.own_files()
    assert set(files) == {
        *forms.SHEETS,
        *(f"{symbol}.svg" for symbol in forms.SYMBOLS),
        *(f"SourceSans3-{style}.ttf" for style in forms.FONTS),
    }
    assert all(path.is_file() for path in files.values())
    sheets = "".join(files[sheet].read_text() for sheet in forms.SHEETS)
    assert set(re.findall(r'url\("own:([^"]+)"\)', sheets)) == set(files) - set(forms.SHEETS)


def test_a_layout_that_nobody_wants_any_more_is_ended_at_once(tmp_path: Path) -> None:
    asked: list[float] = []

    def stop() -> None:
        asked.append(time.monotonic())
        raise jobs.JobCancelled

    endless = '<html lang="en"><body>' + "<p>word " * 200_000
    began = time.monotonic()
    with pytest.raises(jobs.JobCancelled):
        pdf.make_pdf(endless, tmp_path / "made.pdf", files={}, seconds=60, meanwhile=stop)
    assert len(asked) == 1
    assert time.monotonic() - began < 30
    assert not (tmp_path / "made.pdf").exists()
