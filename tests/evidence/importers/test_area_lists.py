"""Lists of areas: what lies in what, what became of what, and rows that cannot be right."""

from datetime import date

import pytest

from evidence.importers import RowProblem
from tests.evidence.importers.opened import opened, rows


def by_code(what):
    return {row.code: row for row in rows(what)}


def test_the_hierarchy_of_fingertips_comes_with_parents_first():
    parsed = opened("areas_fingertips.csv")
    assert (parsed.kind, parsed.title) == ("areas", "The area hierarchy of Fingertips")
    codes = [row.code for row in parsed]
    assert codes[0] == "E92000001"
    for smaller, larger in [
        ("A00001", "U00001"),
        ("U00001", "E38000999"),
        ("E07000999", "E10000999"),
    ]:
        assert codes.index(larger) < codes.index(smaller)
    found = by_code("areas_fingertips.csv")
    assert found["E10000999"].within == ("E47000099", "E12000099")
    board = found["E54000999"]
    assert (board.name, board.ods_code) == ("NHS Invented Integrated Care Board", "QQQ")
    assert found["E38000999"].ods_code == "99X"
    assert found["E12000099"].name == "The Invented"
    assert (found["A00001"].area_type, found["A00001"].ods_code) == ("gp", "A00001")


def test_the_ladder_of_the_ons():
    found = by_code("areas_ons.csv")
    small = found["E07000902"]
    assert (small.within, found["E10000901"].within) == (("E10000901",), ("E12000099",))
    assert found["E12000099"].within == ("E92000001",)
    assert set(found["E06000901"].within) == {"E12000099", "E47000099"}
    assert found["E47000099"].area_type == "combined"


def test_what_is_gone_says_what_it_became():
    found = by_code("areas_ons.csv")
    old, recoded = found["E07000901"], found["E08000901"]
    assert [(each.code, each.how) for each in old.became] == [("E06000901", "merged")]
    assert (old.is_current, old.within) == (False, ("E12000099",))
    assert [(each.code, each.how) for each in recoded.became] == [("E08000902", "new_code")]
    assert found["E08000902"].is_current


def test_a_plain_list_of_our_own():
    found = by_code("areas_plain.csv")
    assert found["99Y"].became[0].on == date(2021, 4, 1)
    assert list(found)[:2] == ["E92000001", "99Z"]


HEAD = "area_code,area_name,lies_in,became,how,changed_on\n"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("E1,One,E2,,,\nE2,Two,E1,,,\n", "cannot each lie in the other"),
        ("E1,One,,,,\nE1,Other,,,,\n", "E1 is called “Other” here and “One” on line 2."),
        (",One,,,,\n", "Line 2: there is no code."),
        ("E1,One,,E2,merged,yesterday\n", "the day “yesterday” cannot be read"),
        ("E1,One,,E2,vanished,\n", "“vanished” is no way to become another area"),
        ("<b>,One,,,,\n", "“<B>” is not the code of an area."),
        (f"E1,{'x' * 161},,,,\n", "the name has 161 characters."),
        ("E1,One\n", "this row has 2 cells and the header has 6."),
    ],
)
def test_rows_that_cannot_be_right(lines, says):
    problems = [item for item in opened((HEAD + lines).encode()) if isinstance(item, RowProblem)]
    assert says in problems[0].message


def test_a_list_deeper_than_the_stack_of_python():
    lines = "".join(f"E{n},Place {n},E{n + 1},,,\n" for n in range(3000)) + "E3000,Top,,,,\n"
    found = rows((HEAD + lines).encode())
    assert (found[0].code, found[-1].code, len(found)) == ("E3000", "E0", 3001)


def test_figures_are_never_taken_for_a_list_of_areas():
    assert opened("tidy.csv").kind == "figures"
    assert opened("trafford.csv").kind == "figures"
