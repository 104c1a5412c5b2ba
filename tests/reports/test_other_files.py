"""The Word file and the workbook of a document: the same words, for whoever edits or reckons."""

import csv
import io
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.template.loader import render_to_string
from docx import Document
from docx.oxml.ns import qn
from lxml import html as parser
from openpyxl import load_workbook
from PIL import Image

from cycles.enums import StrategyElement
from cycles.services import cycles as cycle_services
from reports import tables, word
from reports.editions import printed
from reports.enums import FileFormat, ReportKind
from reports.models import Report
from reports.snapshots.plain import digest
from reports.word import blocks
from tests.factories import cycles, evidence, reports, stakeholders
from tests.reports.conftest import World
from vbc.ui import charts

SAID = {
    "title": "A title",
    "organisation": "NHS Łódź",
    "edition": "Edition 2, 4 December 2026",
    "made_on": "2026-12-04",
    "pictures": {},
}


def opened(html: str, folder: Path, **more: Any) -> Any:
    target = folder / "document.docx"
    word.make_word(html, target, **{**SAID, **more})
    return Document(str(target))


def paragraphs(document: Any) -> list[tuple[str, str]]:
    return [(each.style.name, each.text) for each in document.paragraphs]


def sheets(html: str, folder: Path) -> Any:
    target = folder / "tables.xlsx"
    tables.make_workbook(html, target, title="A title", about=["Edition 2"])
    return load_workbook(target)


def test_each_block_has_its_style_and_words_keep_how_they_are_set(tmp_path: Path) -> None:
    document = opened(
        "<section><h2><span>1</span> Needs</h2><p>Many\n  <strong>wait</strong>.<br>Long.</p>"
        "<ul><li>One <em>thing</em></li><li>Another</li></ul><h3>Smaller</h3>"
        '<blockquote><p>It helped.</p></blockquote><p class="doc-small">Aside</p>'
        '<div class="doc-call-out"><p>Key point</p><p>Nobody sits alone.</p></div></section>',
        tmp_path,
    )
    assert paragraphs(document)[2:] == [
        ("Heading 1", "1 Needs"),
        ("Normal", "Many wait.\nLong."),
        ("List Bullet", "One thing"),
        ("List Bullet", "Another"),
        ("Heading 2", "Smaller"),
        ("Quote", "It helped."),
        ("Note", "Aside"),
        ("Box", "Key point"),
        ("Box", "Nobody sits alone."),
    ]
    bold = [run.text for each in document.paragraphs[2:] for run in each.runs if run.bold]
    assert bold == ["wait"]


def test_a_table_has_its_caption_and_a_head_that_is_said_again(tmp_path: Path) -> None:
    document = opened(
        "<table><caption>Costs</caption><thead><tr><th>What</th><th>How much</th></tr></thead>"
        "<tbody><tr><th>Rooms</th><td><p>£5</p><p>a day</p></td></tr></tbody></table>",
        tmp_path,
    )
    assert ("Caption", "Costs") in paragraphs(document)
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["What", "How much"],
        ["Rooms", "£5\na day"],
    ]
    marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert marks == [True, False]


def test_a_picture_has_its_finding_and_a_drawing_stands_as_its_words(tmp_path: Path) -> None:
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
        "0000000049454e44ae426082"
    )
    document = opened(
        '<figure><figcaption>What it shows</figcaption><div><img src="one" alt="It rises"></div>'
        '</figure><figure><img src="missing" alt="x"></figure>'
        "<svg><title>Service users: 8 of 9</title><text>8</text></svg>",
        tmp_path,
        pictures={"one": pixel},
    )
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "It rises"
    assert paragraphs(document)[2][1] == "What it shows"
    assert paragraphs(document)[-1][1] == "Service users: 8 of 9"


def test_the_pillars_stand_side_by_side_in_their_order(tmp_path: Path) -> None:
    document = opened(
        '<div class="doc-pillars"><div><p>Service users and carers</p><p>Come in.</p></div>'
        "<div><p>Clinical expertise</p></div><div><p>Evidence</p></div></div>",
        tmp_path,
    )
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "Service users and carers\nCome in.",
        "Clinical expertise",
        "Evidence",
    ]
    assert len({cell.width for cell in table.rows[0].cells}) == 1


LONG = "".join(
    f"<h2>Part {number}</h2><p>Words.</p><h3>Of <strong>it</strong></h3><h4>Deep</h4>"
    '<div class="doc-call-out"><p>Key point</p></div>'
    "<table><caption>Costs &amp; more</caption><thead><tr><th>What</th></tr></thead>"
    "<tbody><tr><td>Rooms</td></tr></tbody></table>"
    for number in range(1, 4)
)


def test_a_long_document_has_contents_that_lead_to_each_heading(tmp_path: Path) -> None:
    document = opened(LONG, tmp_path)
    said = paragraphs(document)
    assert said[2:9] == [
        ("TOC Heading", "Contents"),
        *[
            line
            for number in range(1, 4)
            for line in (("toc 1", f"Part {number}"), ("toc 2", "Of it"))
        ],
    ]
    body = document.element.body
    anchors = [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))]
    places = {each.get(qn("w:name")): each.getparent() for each in body.iter(qn("w:bookmarkStart"))}
    assert list(places) == anchors
    words = ["".join(each.text for each in place.iter(qn("w:t"))) for place in places.values()]
    assert words == [text for style, text in said[9:] if style in ("Heading 1", "Heading 2")]
    # The field is whole, so that a word processor can fill it in anew.
    marks = [each.get(qn("w:fldCharType")) for each in body.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]
    assert "Contents" not in [text for _, text in paragraphs(opened("<h2>One</h2>", tmp_path))]


def test_each_page_says_which_of_how_many_it_is(tmp_path: Path) -> None:
    (foot,) = opened(LONG, tmp_path).sections[0].footer.paragraphs
    assert foot.text == "A title. Edition 2, 4 December 2026. Page 1 of 1"
    fields = [each.text.strip() for each in foot._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_table_says_what_it_is_and_the_file_which_language(tmp_path: Path) -> None:
    document = opened(LONG, tmp_path)
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Costs & more"
    said = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert said == {"en-GB"}


# The order of what we set, as the schema has it (ECMA-376, part 1: CT_PPr, CT_RPr, CT_TblPr,
# CT_TcPr, CT_Style). A strict reader refuses a file where it is another.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr pBdr shd tabs "
    "spacing ind contextualSpacing jc textDirection textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs "
    "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
    "tblDescription",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection vAlign",
    "style": "name aliases basedOn next link hidden uiPriority semiHidden unhideWhenUsed qFormat "
    "locked rsid pPr rPr tblPr trPr tcPr tblStylePr",
}


def test_what_we_set_stands_in_the_order_of_the_schema(tmp_path: Path) -> None:
    document = opened(LONG, tmp_path)
    parts = [document.element, document.styles.element, document.sections[0].footer._element]
    seen = set()
    for part in parts:
        for name, order in ORDERS.items():
            places = order.split()
            for element in part.iter(qn(f"w:{name}")):
                children = [child.tag.rpartition("}")[2] for child in element]
                found = [places.index(child) for child in children]
                assert found == sorted(found), (name, children)
                seen |= {name, *children}
    assert {"pBdr", "ind", "lang", "tblCaption", "outlineLvl"} <= seen
    names = [each.get(qn("w:id")) for each in document.element.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)


def test_what_is_typed_stays_words(tmp_path: Path) -> None:
    hostile = "&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x&gt; {{ 7*7 }} &amp;amp;"
    document = opened(f"<p>{hostile}</p>", tmp_path)
    assert paragraphs(document)[-1][1] == "<script>alert(1)</script> <img src=x> {{ 7*7 }} &amp;"
    with ZipFile(tmp_path / "document.docx") as parts:
        relations = [parts.read(each) for each in parts.namelist() if each.endswith(".rels")]
    assert not any(b'TargetMode="External"' in each for each in relations)


def test_nothing_of_the_file_says_who_made_it(tmp_path: Path) -> None:
    said = opened("<p>x</p>", tmp_path).core_properties
    assert (said.title, said.author, said.last_modified_by) == ("A title", "NHS Łódź", "")
    assert said.created.replace(tzinfo=None) == datetime(2026, 12, 4)
    assert (said.comments, said.language) == ("", "en-GB")


def test_each_table_is_a_sheet_and_figures_are_numbers(tmp_path: Path) -> None:
    book = sheets(
        "<table><caption>Costs</caption><tr><th>What</th><th>Figure</th></tr>"
        "<tr><th>Rooms</th><td>1,234.5</td></tr><tr><th>Share</th><td>47%</td></tr>"
        "<tr><th>Change</th><td>\u22123</td></tr><tr><th>Year</th><td>2026</td></tr>"
        "<tr><th>Period</th><td>2024-25</td></tr><tr><th>None</th><td>Suppressed</td></tr></table>"
        "<table><tr><td>Another</td></tr></table>",
        tmp_path,
    )
    assert book.sheetnames == ["About", "Table 1", "Table 2"]
    assert [row[0].value for row in book["About"].iter_rows()] == [
        "A title",
        "Edition 2",
        None,
        "Table 1: Costs",
        "Table 2: ",
    ]
    rows = {row[0].value: row[1] for row in book["Table 1"].iter_rows(min_row=3)}
    assert {name: cell.value for name, cell in rows.items()} == {
        "Rooms": 1234.5,
        "Share": 0.47,
        "Change": -3,
        "Year": 2026,
        "Period": "2024-25",
        "None": "Suppressed",
    }
    assert (rows["Rooms"].number_format, rows["Year"].number_format) == ("#,##0.0", "0")
    assert rows["Share"].number_format == "0%"


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-2+3", "@SUM(A1)", "=HYPERLINK(&quot;x&quot;)"])
def test_no_cell_is_a_formula(typed: str, tmp_path: Path) -> None:
    book = sheets(f"<table><caption>{typed}</caption><tr><td>{typed}</td></tr></table>", tmp_path)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    with ZipFile(tmp_path / "tables.xlsx") as parts:
        assert not any(b"<f>" in parts.read(each) for each in parts.namelist())


def csv_files(html: str, folder: Path) -> dict[str, list[list[str]]]:
    target = folder / "tables.zip"
    tables.make_csv(html, target, title="A title", about=["Edition 2"])
    found = {}
    with ZipFile(target) as together:
        for name in together.namelist():
            content = together.read(name)
            assert content.startswith(b"\xef\xbb\xbf")  # Or some programs take it for Latin-1.
            found[name] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return found


def test_each_table_is_a_csv_file_that_says_the_same_as_its_sheet(tmp_path: Path) -> None:
    html = (
        "<h2>Words</h2><table><caption>Costs in Łódź</caption><tr><th>What</th><th>Figure</th></tr>"
        "<tr><th>Rooms, of all</th><td>1,234.5</td></tr><tr><th>Change</th><td>\u22123</td></tr>"
        "<tr><th>Share</th><td>47%</td></tr></table><table><tr><td>A<p>b</p></td></tr></table>"
    )
    assert csv_files(html, tmp_path) == {
        "about.csv": [
            ["What this is", "A title"],
            ["About", "Edition 2"],
            ["table-1.csv", "Costs in Łódź"],
            ["table-2.csv", ""],
        ],
        "table-1.csv": [
            ["What", "Figure"],
            ["Rooms, of all", "1234.5"],
            ["Change", "-3"],
            ["Share", "47%"],
        ],
        "table-2.csv": [["A b"]],
    }
    first = (tmp_path / "tables.zip").read_bytes()
    csv_files(html, tmp_path)
    assert (tmp_path / "tables.zip").read_bytes() == first


def test_what_a_cell_says_besides_its_figure_has_a_column_of_its_own(tmp_path: Path) -> None:
    html = (
        "<table><caption>C</caption><tr><th>What</th><th>Now</th><th>Beside</th></tr>"
        '<tr><th>Waits<br><span data-columns><span data-column="unit">people in 100</span>; '
        '<span data-column="which way">lower is better</span></span></th>'
        '<td>38.5<br><span data-column="day">31 March 2026</span></td><td>1,234.5, lower</td></tr>'
        "<tr><th>Harm</th><td>Not measured yet</td><td>No figure</td></tr></table>"
    )
    assert csv_files(html, tmp_path)["table-1.csv"] == [
        [
            "What", "What: unit", "What: which way", "Now", "Now: day", "Beside",
            "Beside: how it compares",
        ],
        ["Waits", "people in 100", "lower is better", "38.5", "31 March 2026", "1234.5", "lower"],
        ["Harm", "", "", "Not measured yet", "", "No figure", ""],
    ]  # fmt: skip
    sheet = sheets(html, tmp_path)["Table 1"]
    assert [(sheet[at].value, sheet[at].data_type) for at in ("D3", "E3", "F3")] == [
        (38.5, "n"),
        ("31 March 2026", "s"),
        (1234.5, "n"),
    ]


def test_the_outcomes_of_a_strategy_can_be_reckoned_with(tmp_path: Path) -> None:
    outcome = {
        "title": "Seen in time", "unit": "in 100", "higher_is_better": True, "baseline": "40",
        "baseline_on": "31 March 2026", "hoped": "80", "result": "Not measured yet",
        "in_words": "Not measured yet",
    }  # fmt: skip
    html = render_to_string("reports/parts/outcomes.html", {"outcomes": [outcome]})
    head, row = csv_files(html, tmp_path)["table-1.csv"]
    assert dict(zip(head, row, strict=True)) == {
        "What we measure": "Seen in time",
        "What we measure: unit": "in 100",
        "What we measure: which way is better": "higher is better",
        "Where we started": "40",
        "Where we started: day": "31 March 2026",
        "What we hope for": "80",
        "What it is now": "Not measured yet",
        "In words": "Not measured yet",
    }


def test_a_document_without_tables_says_so_rather_than_fail(tmp_path: Path) -> None:
    assert list(csv_files("<p>Words only</p>", tmp_path)) == ["about.csv"]


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-2+3", "@SUM(A1)", "＝1+1", "\u200b=1", "-1,5"])
def test_no_cell_of_a_csv_file_is_a_formula(typed: str, tmp_path: Path) -> None:
    html = f"<table><caption>{typed}</caption><tr><td>{typed}</td></tr></table>"
    files = csv_files(html, tmp_path)
    assert files["table-1.csv"] == [[f"'{typed}"]]
    assert files["about.csv"][-1] == ["table-1.csv", f"'{typed}"]


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def in_order(document: Any) -> str:
    """Every word of the file, in the order in which it is read."""
    return letters("".join(each.text or "" for each in document.element.body.iter(qn("w:t"))))


def on_the_page(report: Report) -> str:
    """The words of the document's own page; drawings by their words, charts not at all."""
    context = printed(report.snapshot, draw=lambda spec: "")
    parts = filter(None, (context.get("front_template"), context["body_template"]))
    node = parser.fragment_fromstring(
        "".join(render_to_string(each, context) for each in parts), create_parent="article"
    )
    for drawing in node.iter("svg"):
        title = drawing.find("title")
        tail, drawing.tail = drawing.tail, None
        drawing.clear()
        drawing.text, drawing.tail = (title.text if title is not None else ""), tail
    return letters(node.text_content())


@pytest.mark.django_db
def test_a_strategy_can_be_edited_and_says_the_same(quick_layout: None) -> None:
    org = stakeholders.organisation("NHS Łódź")
    cycle = cycles.planning(org, lead=stakeholders.commissioner(org, "Šárka Nguyễn"))
    cycles.recorded_decision(cycle)
    cycles.write(cycle, StrategyElement.CHANGES, "Key point: <b>nobody</b> alone.\n\n> It helped.")
    cycles.action(cycle)
    report = reports.made(cycles.fresh(cycle))
    document = Document(io.BytesIO(reports.content(report, ending=FileFormat.WORD)))
    words = in_order(document)
    title, edition = report.snapshot["document"]["title"], "Edition 1,"
    page = on_the_page(report)
    assert words.startswith(letters(title + "NHS Łódź. " + edition))
    assert words.endswith(page)
    headings = [text for style, text in paragraphs(document) if style == "Heading 1"]
    assert len(headings) >= 7 + 4
    assert document.core_properties.author == "NHS Łódź"


@pytest.mark.django_db
@pytest.mark.thorough
def test_a_needs_assessment_has_its_charts_and_its_tables(
    quick_layout: None, tmp_path: Path
) -> None:
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    cycle = cycles.cycle(org, by=lead)
    cycle_services.link_needs_assessment(cycle, evidence.published_needs(org, lead), by=lead)
    report = reports.made(cycles.fresh(cycle), ReportKind.JSNA)
    document = Document(io.BytesIO(reports.content(report, ending=FileFormat.WORD)))
    specs = [
        chart["spec"]
        for chapter in report.snapshot["needs"]["chapters"]
        for chart in chapter["charts"]
    ]
    assert specs
    found = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert found == [spec["description"] for spec in specs]
    book = load_workbook(io.BytesIO(reports.content(report, ending=FileFormat.TABLES)))
    assert len(book.sheetnames) == 1 + len(document.tables)
    about = [row[0].value for row in book["About"].iter_rows()]
    assert f"Fingerprint of the facts (SHA-256): {report.snapshot_digest}" in about
    with ZipFile(io.BytesIO(reports.content(report, ending=FileFormat.CSV))) as together:
        assert len(together.namelist()) == len(book.sheetnames)


@pytest.mark.django_db
@pytest.mark.thorough
def test_a_chart_that_cannot_be_drawn_leaves_the_file_whole(
    quick_layout: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(spec: dict[str, Any]) -> bytes:
        raise charts.ChartFailed(digest(spec))

    monkeypatch.setattr(charts, "stored_png", fails)
    org = stakeholders.organisation()
    lead = stakeholders.commissioner(org)
    cycle = cycles.cycle(org, by=lead)
    cycle_services.link_needs_assessment(cycle, evidence.published_needs(org, lead), by=lead)
    report = reports.made(cycles.fresh(cycle), ReportKind.JSNA)
    document = Document(io.BytesIO(reports.content(report, ending=FileFormat.WORD)))
    assert len(document.inline_shapes) == 0
    assert in_order(document).endswith(on_the_page(report))


@pytest.mark.django_db
def test_they_are_offered_where_they_are_and_downloaded_by_their_names(
    world: World, quick_layout: None
) -> None:
    report = reports.made(world.cycle)
    page = world.client("carer").get(report.get_absolute_url()).content.decode()
    assert "Word file (.docx)" in page
    assert "Excel file (.xlsx)" in page
    assert "CSV files (.zip)" in page
    address = f"/documents/{report.public_id}/full/docx/"
    answer = world.client("carer").get(address)
    name = f"strategy-{world.cycle.slug}-edition-1.docx"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert world.client("member elsewhere").get(address).status_code == 404
    decision = reports.made(world.cycle, ReportKind.INVOLVEMENT)
    page = world.client("carer").get(decision.get_absolute_url()).content.decode()
    assert "Word file" not in page
    missing = f"/documents/{decision.public_id}/full/docx/"
    assert world.client("carer").get(missing).status_code == 404


def test_the_day_of_the_file_is_that_of_its_edition(tmp_path: Path) -> None:
    said = opened("<p>x</p>", tmp_path, made_on="2027-02-01").core_properties
    assert said.modified.date() == date(2027, 2, 1)


def test_the_paper_is_that_of_this_country_and_a_tall_picture_leaves_room(tmp_path: Path) -> None:
    tall = io.BytesIO()
    Image.new("RGB", (100, 400)).save(tall, "PNG")
    document = opened(
        '<p class="doc-big-number">1,645 people</p><img src="map" alt="A map of areas">',
        tmp_path,
        pictures={"map": tall.getvalue()},
    )
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    picture = document.inline_shapes[0]
    assert picture.height == blocks.PICTURE_HEIGHT
    assert picture.width == pytest.approx(picture.height / 4, rel=0.001)
    within = section.page_height - section.top_margin - section.bottom_margin
    assert picture.height < within * 0.8
    assert ("Number", "1,645 people") in paragraphs(document)
