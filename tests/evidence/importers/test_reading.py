import io

import pytest

from evidence.importers import ObservationRow, RowProblem, open_file

HEADER = "area_code,area_name,period,indicator,value,lower,upper,count,denominator,unit"
GOOD = {
    "area_code": "E06000001",
    "area_name": "Invented Borough",
    "period": "2023",
    "indicator": "Contacts",
    "value": "12.5",
    "lower": "11",
    "upper": "14",
    "count": "125",
    "denominator": "1000",
    "unit": "%",
}


def line(**changes):
    return ",".join((GOOD | changes)[name] for name in HEADER.split(","))


def read(*lines):
    return list(open_file(io.BytesIO("\n".join([HEADER, *lines]).encode()), "figures.csv"))


def only(**changes):
    (item,) = read(line(**changes))
    return item


def test_a_good_row_keeps_every_figure_exactly():
    row = only()
    assert isinstance(row, ObservationRow)
    figures = (row.value, row.lower, row.upper, row.count, row.denominator)
    assert [str(figure) for figure in figures] == ["12.5", "11", "14", "125", "1000"]
    assert (row.state, row.period_sort, row.line) == ("value", 20230000, 2)
    assert row.indicator_code == "contacts"


def test_suppressed_missing_and_zero_are_three_different_things():
    rows = [only(value=value) for value in ("*", "", "0")]
    assert [row.state for row in rows] == ["suppressed", "missing", "value"]
    assert rows[0].value is None
    assert rows[1].value is None
    assert rows[2].value == 0


def test_a_suppressed_row_gives_nothing_away():
    row = only(value="[c]")
    assert (row.value, row.lower, row.upper, row.count) == (None, None, None, None)
    assert row.denominator == 1000


def test_a_rate_left_empty_because_its_count_is_withheld_is_suppressed():
    assert only(value="", count="*").state == "suppressed"


def test_a_value_is_kept_where_only_its_count_is_withheld():
    row = only(count="*")
    assert (row.state, row.count) == ("value", None)


@pytest.mark.parametrize(
    ("changes", "column", "message"),
    [
        (
            {"count": "-3"},
            "count",
            "Line 2: the count is \u22123. A count cannot be below zero.",
        ),
        (
            {"value": "-3", "unit": "people"},
            "value",
            "Line 2: the count is \u22123. A count cannot be below zero.",
        ),
        (
            {"upper": "130"},
            "upper",
            "Line 2: the upper limit is 130%. A percentage lies between 0 and 100.",
        ),
        (
            {"lower": "15"},
            "lower",
            "Line 2: the lower limit (15) is above the upper limit (14)."
            " Check whether they changed places.",
        ),
        (
            {"value": "about 12"},
            "value",
            "Line 2: the value “about 12” is not a number. Write digits only,"
            " or leave the cell empty.",
        ),
        (
            {"area_code": " "},
            "area_code",
            "Line 2: there is no area code. Add the code of the area that it is about.",
        ),
        (
            {"indicator": ""},
            "indicator",
            "Line 2: there is no indicator. Add what the figure measures.",
        ),
        (
            {"period": ""},
            "period",
            "Line 2: there is no period. Add it, for example 2024-25 or 2024.",
        ),
        (
            {"period": "soon"},
            "period",
            "Line 2: the period “soon” cannot be read. Write it like 2024, 2024-25 or 2024 Q1.",
        ),
        (
            {"area_code": "E" * 13},
            "area_code",
            "Line 2: the area code has 13 characters. The limit is 12."
            " Shorten it, or look for a missing quotation mark.",
        ),
    ],
)
def test_a_problem_says_what_is_wrong_and_what_to_do(changes, column, message):
    problem = only(**changes)
    assert isinstance(problem, RowProblem)
    assert (problem.column, problem.message) == (column, message)


def test_every_problem_of_a_row_is_told():
    problems = read(line(area_code="", count="-1"))
    assert [problem.column for problem in problems] == ["area_code", "count"]


def test_a_rate_may_be_over_a_hundred_and_a_change_below_zero():
    assert only(value="130", upper="140", unit="per 1000").value == 130
    assert only(value="-2", lower="-3", upper="-1", unit="points").value == -2


def test_the_rows_after_a_bad_one_go_on():
    items = read(line(value="?"), "E06000001,2023", line())
    assert [type(item) for item in items] == [RowProblem, RowProblem, ObservationRow]
    assert items[1].message.startswith("Line 3: this row has 2 cells and the header has 10.")
    assert items[2].line == 4


def test_empty_cells_after_the_last_column_are_no_problem():
    assert isinstance(read(line() + ",,")[0], ObservationRow)
    assert isinstance(read(line() + ",7")[0], RowProblem)


def test_a_lost_quotation_mark_does_not_lose_the_line_number():
    items = read(line(), line(area_name='"Invented', period="2022"), line(period="2021"))
    assert [item.line for item in items] == [2, 3]
    assert "quotation mark" in items[1].message


def test_a_cell_without_end_is_a_problem_and_the_rest_goes_on():
    items = read('"' + "x" * 140_000, line())
    assert "far too long" in items[0].message
    assert items[-1].line == 3


def test_a_repeated_figure_names_the_first_line():
    same, other = read(line(), line(), line(value="13"))[1:]
    assert same.message == (
        "Line 3: this row repeats line 2. It is left out, and nothing needs doing."
    )
    assert other.message.startswith("Line 4: this row is about the same figure as line 2,")
    assert "Line 2 is used." in other.message


@pytest.mark.parametrize(
    "changes",
    [{"area_code": "E06000002"}, {"period": "2022"}, {"indicator": "Referrals"}],
)
def test_a_figure_about_something_else_is_no_repeat(changes):
    assert all(isinstance(item, ObservationRow) for item in read(line(), line(**changes)))


def test_a_row_that_was_refused_does_not_block_the_right_one():
    items = read(line(value="?"), line())
    assert isinstance(items[1], ObservationRow)


def test_rows_are_read_one_at_a_time():
    parsed = open_file(io.BytesIO("\n".join([HEADER, line(), line(period="2022")]).encode()), "f")
    assert next(parsed.rows).period == "2023"
    assert next(parsed.rows).period == "2022"
    with pytest.raises(StopIteration):
        next(parsed.rows)
