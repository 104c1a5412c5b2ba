"""What a file is: said by a person, or found out."""

import pytest

from evidence.importers import UnknownColumns, UnreadableFile
from tests.evidence.importers.opened import FILES, opened

TABLE = b"place,number\nSalford,3\n"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("fingertips.csv", "figures"),
        ("qof_2019-20_regions.csv", "figures"),
        ("mhsds_new.csv", "figures"),
        ("areas_fingertips.csv", "areas"),
        ("areas_ons.csv", "areas"),
        ("areas_plain.csv", "areas"),
        ("indicators_fingertips.csv", "indicators"),
        ("indicators_fingertips.json", "indicators"),
        ("boundaries.geojson", "boundaries"),
    ],
)
def test_each_is_found_out(name, kind):
    assert opened(name).kind == kind
    assert opened(b"\xef\xbb\xbf" + (FILES / name).read_bytes()).kind == kind


@pytest.mark.parametrize(
    ("content", "wanted", "says"),
    [
        (TABLE, "areas", "It needs at least the columns area_code, area_name and lies_in."),
        (TABLE, "indicators", "It needs at least the columns IndicatorID"),
        (TABLE, "boundaries", "Boundaries are read from GeoJSON files only."),
        (b'{"type": "FeatureCollection", "features": [1]}', "indicators", "not a list of indic"),
        (b'[{"indicatorID": 1}]', "boundaries", "not a collection of boundaries"),
        (b'{"a": 1}', "fingertips", "This is a JSON file."),
        (b'{"a": 1}', "areas", "This is a JSON file."),
    ],
)
def test_a_file_of_another_kind_than_said(content, wanted, says):
    with pytest.raises(UnreadableFile, match=says):
        opened(content, wanted)


def test_a_table_of_no_known_kind_is_a_question_and_no_refusal():
    with pytest.raises(UnknownColumns):
        opened(TABLE)


def test_a_json_file_that_is_too_large_says_the_limit():
    with pytest.raises(UnreadableFile, match="larger than"):
        opened("boundaries.geojson", max_bytes=100)


@pytest.mark.parametrize(
    "name",
    ["endnote.ris", "metapsy.csv", "metapsy.json", "pubmed.csv", "pubmed.nbib", "zotero.bib"],
)
def test_references_are_told_from_figures(name):
    content = (FILES / "references" / name).read_bytes()
    with pytest.raises(UnreadableFile, match="This is a list of references") as refusal:
        opened(content)
    assert not isinstance(refusal.value, UnknownColumns)


def test_a_table_with_titles_and_no_authors_may_be_figures():
    with pytest.raises(UnknownColumns):
        opened(b"title,place,number\nOne,Salford,3\n")
