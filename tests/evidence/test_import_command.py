"""The command that imports figures: what it prints, where, and how it ends."""

import io

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from evidence.enums import ImportStatus
from evidence.models import DataImport, Observation
from tests.evidence.bad_files import BAD_FILES, GOOD_FILES
from tests.factories import evidence as library
from tests.factories import stakeholders

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    made = stakeholders.organisation(slug="the-board")
    stakeholders.commissioner(made, "Cleo")
    stakeholders.admin_of(made, "Adil")
    return made


@pytest.fixture
def run(tmp_path):
    """Runs the command on a file; gives what it printed, its errors, and what it ended with."""

    def go(content, *options, name="figures.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("import_indicators", str(path), *options, stdout=out, stderr=err)
        except CommandError as error:
            return out.getvalue(), err.getvalue(), f"{error} (ends with {error.returncode})"
        return out.getvalue(), err.getvalue(), ""

    return go


def test_a_good_file(org, run):
    out, err, ended = run(library.csv(), "--source", "NHS England")
    assert (err, ended) == ("", "")
    assert "as Adil" in out
    assert "Imported 12 figures." in out
    assert "12 new, 0 replaced earlier ones." in out
    assert "2 suppressed by the source, 1 without a figure." in out
    made = DataImport.objects.get()
    assert (made.source, made.organisation) == ("NHS England", org)
    _, _, ended = run(library.csv())
    assert "The same file was imported before, so nothing was done." in ended
    out, _, _ = run(library.csv(), "--again")
    assert "0 new, 12 replaced earlier ones." in out


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_ends_with_1_and_keeps_nothing(org, run, name):
    content, becomes, says = BAD_FILES[name]
    _, err, ended = run(content)
    assert says in err + ended
    assert "othing was kept" in ended
    assert ended.endswith("(ends with 1)")
    assert DataImport.objects.get().status == becomes
    assert Observation.objects.count() == 0


@pytest.mark.parametrize("name", GOOD_FILES)
def test_an_odd_but_good_file(org, run, name):
    content, state, _ = GOOD_FILES[name]
    assert run(content)[2] == ""
    assert Observation.objects.get().state == state


def test_an_empty_file(org, run):
    assert "The file is empty" in run(b"")[2]
    assert DataImport.objects.count() == 0


def test_keeping_the_good_rows_still_says_which_were_left_out(org, run):
    content = library.csv(library.ROWS[0], ",,2024,111,Recovery,50,,,%,,,")
    out, err, ended = run(content, "--keep-good")
    assert "Imported 1 figure." in out
    assert "Line 3: there is no area code" in err
    assert "1 problem found: those rows were left out, the rest was kept." in ended
    assert DataImport.objects.get().status == ImportStatus.DONE


def test_more_problems_than_are_kept_are_counted(org, run):
    _, err, ended = run(library.csv(*[",,2024,111,Recovery,50,,,%,,,"] * 612))
    assert "And 112 more." in err
    assert "612 problems found, so nothing was kept." in ended


def test_period_and_mapping_are_handed_on(org, run):
    content = library.csv("E08000006,Recovery,50", header="area_code,indicator,value")
    assert run(content, "--period", "2024-25", "--mapping", "tidy")[2] == ""
    assert Observation.objects.get().period == "2024-25"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--organisation", "nowhere"], "There are: the-board."),
        (["--by", "nobody@example.org"], "nobody@example.org"),
        (["--mapping", "nonsense"], "no kind of file"),
    ],
)
def test_wrong_options(org, run, options, says):
    assert says in run(library.csv(), *options)[2]
    assert DataImport.objects.count() == 0


def test_a_file_that_is_not_there(org):
    with pytest.raises(CommandError, match="cannot be opened: No such file"):
        call_command("import_indicators", "/nowhere/figures.csv")


def test_two_organisations_have_to_be_told_apart(org, run):
    other = stakeholders.organisation(slug="the-council")
    assert "--organisation" in run(library.csv())[2]
    assert "Nobody works for" in run(library.csv(), "--organisation", other.slug)[2]
    assert run(library.csv(), "--organisation", org.slug)[2] == ""


def test_sheets_that_are_not_read_are_named(org, run):
    made = Workbook()
    made.active.title = "Figures"
    for line in library.csv().decode().splitlines():
        made.active.append(line.split(","))
    wards = made.create_sheet("Wards")
    for line in (["ward", "beds"], ["Ash", "12"]):
        wards.append(line)
    content = io.BytesIO()
    made.save(content)
    _, err, ended = run(content.getvalue(), name="figures.xlsx")
    assert "Sheets not read, because their columns are others: Wards." in err
    assert "nothing was kept. 12 rows can be used." in ended
    assert Observation.objects.count() == 0
    out, err, ended = run(content.getvalue(), "--again", "--keep-good", name="figures.xlsx")
    assert "Imported 12 figures." in out
    assert ("Wards" in err, ended) == (True, "")
