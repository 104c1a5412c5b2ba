"""Workbooks: which sheets are read, what cells show, and what is not opened."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from evidence.importers import (
    RowProblem,
    Sheets,
    UnknownColumns,
    UnreadableFile,
    look_at,
    open_any,
)
from evidence.importers import workbook as importer
from tests.evidence.importers.opened import opened, rows

HEADER = ("area_code", "area_name", "period", "indicator", "value")


def book(*sheets, title="Figures"):
    """A workbook with these sheets; each is a list of rows."""
    made = Workbook()
    made.remove(made.active)
    for number, lines in enumerate(sheets, start=1):
        sheet = made.create_sheet(f"{title} {number}")
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    made.save(out)
    return made, out.getvalue()


def with_member(content, name, data):
    """The same archive with one more part."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def refusal(content):
    with pytest.raises(UnreadableFile) as caught:
        list(opened(content))
    return str(caught.value)


def test_titles_and_sheets_without_a_table_are_passed_over():
    _, content = book(
        [["What this workbook is about"], [], ["Contents"]],
        [["Figures of 2023"], [], HEADER, ["E06000001", "Town", 2023, "Contacts", 12.5]],
    )
    (row,) = rows(content)
    assert (row.area_code, row.period, str(row.value), row.line) == ("E06000001", "2023", "12.5", 4)


def named(**sheets):
    """A workbook with sheets of these names."""
    made = Workbook()
    made.remove(made.active)
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def figure(area, period, value):
    return [area, "Town", period, "Contacts", value]


def test_sheets_with_the_same_columns_are_read_one_after_the_other():
    content = named(
        Cover=[["About these figures"]],
        first=[HEADER, figure("E06000001", "2022-23", 1), figure("E06000002", "2022-23", 2)],
        Notes=[["Rounded"], ["to five"]],
        second=[["Figures"], [], HEADER, figure("E06000001", "2023-24", 3)],
        turned=[HEADER[::-1], figure("E06000001", "2024-25", 4)[::-1]],
    )
    file = opened(content)
    found = list(file)
    assert [(row.area_code, row.period, int(row.value)) for row in found] == [
        ("E06000001", "2022-23", 1),
        ("E06000002", "2022-23", 2),
        ("E06000001", "2023-24", 3),
        ("E06000001", "2024-25", 4),
    ]
    assert file.sheets == Sheets(("first", "second", "turned"), (), ("Cover", "Notes"))


def test_a_sheet_with_other_columns_is_named_and_not_read():
    content = named(
        first=[HEADER, figure("E06000001", "2022-23", 1)],
        other=[["area_code", "area_name", "lies_in"], ["E92000001", "England", ""]],
        second=[HEADER, figure("E06000001", "2023-24", 3)],
    )
    file = opened(content)
    assert [row.period for row in file] == ["2022-23", "2023-24"]
    assert file.sheets == Sheets(("first", "second"), ("other",), ())
    assert look_at(io.BytesIO(content)).sheets == file.sheets


def test_problems_name_the_sheet_and_its_row():
    content = named(
        first=[HEADER, figure("E06000001", "2022-23", 1)],
        second=[
            ["Figures"],
            HEADER,
            figure("E06000002", "2022-23", "many"),
            figure("E06000001", "2022-23", 1),
            figure("", "2022-23", 1),
        ],
        third=[HEADER, figure("E06000001", "2022-23", 7)],
    )
    problems = [item for item in opened(content) if isinstance(item, RowProblem)]
    begins = [each.message for each in problems]
    assert begins[0].startswith("Row 3 of the sheet “second”: the value “many”")
    assert begins[1].startswith(
        "Row 4 of the sheet “second”: this row repeats row 2 of the sheet “first”."
    )
    assert begins[2].startswith("Row 5 of the sheet “second”: there is no area code.")
    assert "same figure as row 2 of the sheet “first”, with different numbers." in begins[3]
    assert len(begins) == 4
    assert len({each.line for each in problems}) == 4


def test_of_one_sheet_lines_are_called_lines():
    content = named(only=[HEADER, figure("", "2022-23", 1)], Notes=[["Nothing"]])
    (problem,) = list(opened(content))
    assert problem.message.startswith("Line 2: there is no area code.")


def test_lists_of_areas_on_two_sheets_are_one_list():
    head = ["area_code", "area_name", "lies_in"]
    content = named(
        one=[head, ["E92000001", "England", ""]],
        two=[head, ["E12000001", "N", "E92000001"], ["E92000001", "Wales", ""]],
    )
    items = list(opened(content))
    (problem,) = [item for item in items if isinstance(item, RowProblem)]
    assert problem.message == (
        "Row 3 of the sheet “two”: E92000001 is called “Wales” here and “England” on row 2 of the"
        " sheet “one”. Check which is right."
    )


def test_a_refusal_says_which_sheet_was_looked_at():
    content = named(
        Contents=[["Sheet", "What it holds"], ["Data", "Figures"]],
        Data=[HEADER, figure("E06000001", "2022-23", 1)],
    )
    with pytest.raises(UnreadableFile, match="We looked at “Contents”, the first with a table"):
        opened(content, "tidy")
    with pytest.raises(UnknownColumns, match="We looked at “Contents”"):
        opened(content)


def test_a_sheet_that_breaks_off_does_not_take_the_next_one_with_it(monkeypatch):
    before = importer._words

    def breaks(cells):
        if cells and cells[0].value == "BREAK":
            raise ValueError("damaged")
        return before(cells)

    monkeypatch.setattr(importer, "_words", breaks)
    content = named(
        first=[HEADER, figure("E06000001", "2022-23", 1), ["BREAK", "x"]],
        second=[HEADER, figure("E06000001", "2023-24", 3)],
    )
    row, problem, other = list(opened(content))
    assert (row.period, other.period) == ("2022-23", "2023-24")
    assert problem.message.startswith("Row 3 of the sheet “first”: the sheet is damaged")


def test_too_many_sheets_are_not_read(monkeypatch):
    monkeypatch.setattr(importer, "MAX_SHEETS", 2)
    assert "has 3 sheets. The limit is 2" in refusal(book([["a"]], [["b"]], [["c"]])[1])


def test_one_part_under_two_names_is_not_read_twice():
    content = named(first=[HEADER, figure("E06000001", "2022-23", 1)], second=[HEADER])
    inside = zipfile.ZipFile(io.BytesIO(content))
    hostile = io.BytesIO()
    with zipfile.ZipFile(hostile, "w") as archive:
        for name in inside.namelist():
            data = inside.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                data = data.replace(b"sheet2.xml", b"sheet1.xml")
            archive.writestr(name, data)
    assert "was not written by a spreadsheet program" in refusal(hostile.getvalue())


def test_cells_are_read_as_they_are_shown():
    made, _ = book([[*HEADER, "count"]])
    sheet = made.worksheets[0]
    sheet.append(["E06000001", "Town", date(2023, 4, 1), "Contacts", 0.455, 0.1 + 0.2])
    sheet.cell(2, 5).number_format = "0.0%"
    sheet.append(["E06000002", "Town", datetime(2023, 4, 1), "Contacts", "*", None])
    sheet.append(["E06000003", "Town", 2023, "Contacts", None, None])
    out = io.BytesIO()
    made.save(out)
    percent, suppressed, missing = rows(out.getvalue())
    assert (str(percent.value), percent.period, str(percent.count)) == (
        "45.5",
        "2023-04-01",
        "0.3",
    )
    assert (suppressed.state, suppressed.period) == ("suppressed", "2023-04-01")
    assert (missing.state, missing.period) == ("missing", "2023")


def test_of_a_formula_the_saved_result_is_read():
    """A formula that was never worked out has none: that is a missing figure, not a number."""
    _, content = book([HEADER, ["E06000001", "Town", 2023, "Contacts", "=1+1"]])
    (row,) = rows(content)
    assert row.state == "missing"
    inside = zipfile.ZipFile(io.BytesIO(content))
    worked_out = io.BytesIO()
    with zipfile.ZipFile(worked_out, "w") as archive:
        for name in inside.namelist():
            data = inside.read(name)
            if "sheet1" in name:
                data = data.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
            archive.writestr(name, data)
    (row,) = rows(worked_out.getvalue())
    assert row.value == 2


def test_a_sheet_that_is_hidden_is_not_read():
    made, _ = book([HEADER, ["E06000001", "Town", 2023, "Hidden", 1]], [["Nothing here"]])
    made.worksheets[0].sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    assert "has a table" in refusal(out.getvalue())


def test_a_list_of_areas_can_be_a_workbook():
    _, content = book(
        [
            ["area_code", "area_name", "lies_in"],
            ["E92000001", "England", ""],
            ["E12000001", "N", ""],
        ]
    )
    assert [row.code for row in rows(content)] == ["E92000001", "E12000001"]


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"])
def test_macros_are_not_opened(name):
    _, content = book([HEADER])
    assert "holds macros" in refusal(with_member(content, name, b"x"))


def test_a_zip_bomb_is_stopped_while_it_unpacks(monkeypatch):
    _, content = book([HEADER])
    bomb = with_member(content, "xl/media/image1.png", b"\0" * 20_000_000)
    assert len(bomb) < 60_000
    read = []
    before = zipfile.ZipExtFile.read
    monkeypatch.setattr(
        zipfile.ZipExtFile, "read", lambda self, n=-1: read.append(n) or before(self, n)
    )
    assert "unpacks to far more than its size" in refusal(bomb)
    assert len(read) * importer._CHUNK < 8_000_000


def test_too_many_parts_are_not_opened():
    _, content = book([HEADER])
    for number in range(200):
        content = with_member(content, f"xl/media/{number}.png", b"x")
    assert "The limit is 200" in refusal(content)


def test_a_workbook_that_is_too_large_says_the_limit():
    _, content = book([HEADER])
    with pytest.raises(UnreadableFile, match="larger than"):
        open_any(io.BytesIO(content), "a.xlsx", max_bytes=100)


def test_what_is_no_workbook_says_so():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", "x")
    assert "not a workbook" in refusal(out.getvalue())
    assert "damaged" in refusal(b"PK\x03\x04 and nothing more")


@pytest.mark.parametrize("form", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", ["", "<!-- long -->" * 10_000])
def test_a_workbook_with_a_document_type_is_not_opened(form, before):
    _, content = book([HEADER, ["E06000001", "Town", 2023, "Contacts", 1]])
    inside = zipfile.ZipFile(io.BytesIO(content))
    hostile = io.BytesIO()
    with zipfile.ZipFile(hostile, "w") as archive:
        for name in inside.namelist():
            data = inside.read(name)
            if name == "xl/workbook.xml":
                kind = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
                data = f"{before}{kind}<workbook>&b;</workbook>".encode(form)
            archive.writestr(name, data)
    assert "was not written by a spreadsheet program" in refusal(hostile.getvalue())


def test_the_first_rows_of_a_workbook_can_be_looked_at():
    _, content = book(
        [HEADER, *(["E06000001", "Town", 2000 + n, "Contacts", n] for n in range(30))]
    )
    sample = look_at(io.BytesIO(content))
    assert (sample.encoding, sample.header, len(sample.records)) == ("workbook", HEADER, 10)


@settings(max_examples=60)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_refused_or_read(where, bytes_there):
    _, content = book([HEADER, *(["E06000001", "Town", 2000 + n, "Contacts", n] for n in range(9))])
    where %= len(content)
    damaged = content[:where] + bytes_there + content[where + len(bytes_there) :]
    try:
        items = list(open_any(io.BytesIO(damaged), "a.xlsx"))
    except UnreadableFile:
        return
    assert all(isinstance(item, RowProblem) or item.area_code for item in items)
