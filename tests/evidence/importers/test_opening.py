import gzip
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.importers import BY_NAME, ObservationRow, RowProblem, UnreadableFile, open_file

HEADER = "area_code,area_name,period,indicator,value\n"
ROW = "E06000001,Invented Borough,2023,Contacts,12\n"


def opened(content, **options):
    data = content if isinstance(content, bytes) else content.encode()
    return open_file(io.BytesIO(data), "figures.csv", **options)


def refusal(content, **options):
    with pytest.raises(UnreadableFile) as caught:
        opened(content, **options)
    return str(caught.value)


def zipped(name):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x" * 100)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "This file is empty."),
        (b"\xef\xbb\xbf", "This file is empty."),
        (b" \r\n\n ", "This file is empty."),
        (b"%PDF-1.7 ...", "This is a PDF."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an older Office file"),
        (zipped("xl/workbook.xml"), "This workbook is damaged"),
        (zipped("figures.csv"), "This is a ZIP file."),
        (gzip.compress(b"a,b", mtime=0), "This is a compressed file."),
        ("a,b\n".encode("utf-16"), "This file was saved as “Unicode text”."),
        (b"<!DOCTYPE html><title>Sign in</title>", "This is a web page"),
        (b'{"value": 1}', "This is a JSON file."),
        (b"area_code,value\n\x00\x01", "This file is not text"),
        (b"area_code,value\n\x81\x8d\n", "This file is not text"),
        (HEADER.encode(), "This file has a header and no rows below it."),
        (HEADER.encode() + b",,,,\n\n", "This file has a header and no rows below it."),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content, says):
    assert refusal(content).startswith(says)


def test_an_excel_file_is_asked_for_as_csv():
    assert "save it as CSV" in refusal(zipped("xl/workbook.xml"))


def test_too_many_columns_says_how_many_and_the_limit():
    header = ",".join(f"y{number}" for number in range(300))
    message = refusal(f"{header}\n{header}\n")
    assert "300 columns" in message
    assert "limit is 200" in message


def test_unknown_columns_are_named_beside_those_needed():
    message = refusal("place,number\nSalford,3\n")
    assert "“area_code”, “period”, “indicator” and “value”" in message
    assert "“place” and “number”" in message


def test_a_file_of_another_kind_than_said_names_what_is_missing():
    message = refusal(HEADER + ROW, mapping_name="nhs-talking-therapies")
    assert "NHS Talking Therapies annual report" in message
    assert "“measure_name”" in message


def test_a_column_that_is_there_twice_is_refused():
    message = refusal("area_code,period,indicator,value,Value\nE06000001,2023,Contacts,1,2\n")
    assert message.startswith("Two columns of this file are called “value”.")


def test_the_size_is_what_was_read():
    content = HEADER + ROW * 100
    assert "limit" in refusal(content, max_bytes=1000)
    assert len(list(opened(content, max_bytes=len(content)))) == 100


@pytest.mark.parametrize(
    ("encoding", "bom", "found"),
    [("utf-8", b"", "utf-8"), ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"), ("cp1252", b"", "cp1252")],
)
def test_encoding_is_found_and_names_survive(encoding, bom, found):
    content = bom + (HEADER + ROW.replace("Borough", "Ynys Môn\u2019s shore")).encode(encoding)
    parsed = opened(content)
    assert parsed.encoding == found
    assert [row.area_name for row in parsed] == ["Invented Ynys Môn\u2019s shore"]


def test_a_wrong_byte_late_in_a_long_file_decides_the_encoding_of_all_of_it():
    content = (HEADER + "".join(ROW.replace("2023", str(1900 + n)) for n in range(200))).encode()
    content += b"E06000002,M\xf4n,2023,Contacts,1\n"
    parsed = opened(content)
    assert parsed.encoding == "cp1252"
    assert list(parsed)[-1].area_name == "Môn"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter_is_found(delimiter):
    parsed = opened((HEADER + ROW).replace(",", delimiter))
    assert (parsed.delimiter, parsed.decimal_comma) == (delimiter, delimiter == ";")
    assert [float(row.value) for row in parsed] == [12.0]


def test_semicolons_mean_decimal_commas():
    parsed = opened("area_code;period;indicator;value\nE06000001;2023;Rate;1.234,5\n")
    assert [str(row.value) for row in parsed] == ["1234.5"]


def test_a_separator_line_is_obeyed_and_counted():
    parsed = opened("sep=;\narea_code;period;indicator;value\nE06000001;2023;Rate;2,5\n")
    rows = list(parsed)
    assert [(str(row.value), row.line) for row in rows] == [("2.5", 3)]


def test_a_stream_is_left_open_for_its_owner():
    stream = io.BytesIO((HEADER + ROW).encode())
    list(open_file(stream, "figures.csv"))
    assert not stream.closed


def test_a_constant_stands_in_for_a_column_and_never_replaces_one():
    without = "area_code,indicator,value\nE06000001,Contacts,1\n"
    assert [row.period for row in opened(without, constants={"period": "2023"})] == ["2023"]
    assert [row.period for row in opened(HEADER + ROW, constants={"period": "1999"})] == ["2023"]
    assert "cannot be read" in refusal(without, constants={"period": "soon"})


def test_an_unknown_mapping_or_field_is_the_callers_mistake():
    with pytest.raises(ValueError, match="no mapping"):
        opened(HEADER + ROW, mapping_name="other")
    with pytest.raises(ValueError, match="no such field"):
        opened(HEADER + ROW, constants={"place": "Salford"})


def test_columns_used_and_ignored_are_told():
    parsed = opened(HEADER.strip() + ",colour\n" + ROW.strip() + ",red\n")
    assert parsed.columns["indicator_name"] == "indicator"
    assert parsed.ignored == ("colour",)


@given(st.binary(max_size=400), st.sampled_from([None, *BY_NAME]))
def test_any_bytes_are_refused_plainly_or_read(content, mapping_name):
    for data in (content, HEADER.encode() + content, content.replace(b"\0", b",")):
        try:
            items = list(opened(data, mapping_name=mapping_name))
        except UnreadableFile:
            continue
        assert items
        assert all(isinstance(item, ObservationRow | RowProblem) for item in items)


CELLS = st.one_of(
    st.sampled_from(["E06000001", "2023", "*", "", "-3", "0", "NA", '"', "\r", "1,5", "a;b"]),
    st.text(max_size=12),
)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=6), max_size=8), st.sampled_from(",;\t"))
def test_any_rows_below_a_good_header_are_figures_or_problems(rows, delimiter):
    text = HEADER.replace(",", delimiter) + "\n".join(delimiter.join(row) for row in rows)
    try:
        parsed = opened(text.encode("utf-8", "ignore"))
    except UnreadableFile:
        return
    for item in parsed:
        if isinstance(item, ObservationRow):
            assert (item.value is not None) == (item.state == "value")
            assert item.area_code
        else:
            assert isinstance(item, RowProblem)
            assert item.message.startswith(f"Line {item.line}: ")
