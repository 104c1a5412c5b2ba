"""Files that say what indicators mean."""

import json

import pytest

from evidence.importers import UnreadableFile
from tests.evidence.importers.opened import opened, rows


def test_the_table():
    first, second, third = rows("indicators_fingertips.csv")
    assert (first.code, first.polarity, first.benchmark_method, first.unit) == (
        "90001",
        "low",
        "ci",
        "%",
    )
    assert first.benchmark_words.endswith("(95.0)")
    assert (second.polarity, second.benchmark_method, second.unit) == ("none", "quintiles", "")
    assert (third.polarity, third.benchmark_method) == ("", "")


def test_the_full_metadata():
    (row,) = rows("indicators_fingertips.json")
    assert row.definition == ("People who were admitted.\nOnce each, “whoever” they are. No more.")
    assert (row.rationale, row.caveats) == ("It can be prevented .", "")
    assert row.disclosure == "Counts of 1 to 7 are left out."
    assert (row.unit, row.code) == ("per 100,000", "90001")


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"polarity": "Upwards"}, "the polarity “Upwards” is not known."),
        ({"benchmarkComparisonMethod": "By eye"}, "the way of comparing “By eye” is not known."),
        ({"indicatorName": ""}, "the number or the name of the indicator is missing."),
        ({"indicatorName": "x" * 241}, "the number or the name of the indicator is too long."),
    ],
)
def test_what_is_not_understood_is_said(said, says):
    entry = {"indicatorID": 1, "indicatorName": "One"} | said
    (problem,) = list(opened(json.dumps([entry]).encode()))
    assert problem.message == f"Indicator 1 of the file: {says}"


def test_the_same_indicator_twice_is_said():
    entry = {"indicatorID": 1, "indicatorName": "One"}
    _, problem = list(opened(json.dumps([entry, entry]).encode()))
    assert "1 is there twice" in problem.message


def test_another_list_is_refused():
    with pytest.raises(UnreadableFile, match="not a list of indicators"):
        opened(b'[{"study": "x"}]')


def test_markup_stays_out_and_a_text_without_end_is_cut():
    entry = {
        "indicatorID": 1,
        "indicatorName": "One",
        "indicatorDefinition": "<script>alert(1)</script> 5 < 7 &lt;b&gt;bold&lt;/b&gt;",
        "caveats": "word " * 10_000,
    }
    (row,) = rows(json.dumps([entry]).encode())
    assert row.definition == "alert(1) 5 < 7 bold"
    assert len(row.caveats) <= 20_002
