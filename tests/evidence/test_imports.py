"""Importing: what is kept, what is not, and that running twice changes nothing."""

import io
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from openpyxl import Workbook

from evidence.enums import ImportStatus, ObservationState
from evidence.models import DataImport, Indicator, Observation
from evidence.queries import imports as import_queries
from evidence.queries import reference_imports as reference_queries
from evidence.queries.imports import outcome_of, reading_job
from evidence.services import imports
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.pages import as_, text_of
from tests.support import run_jobs
from vbc.core.enums import JobStatus
from vbc.core.models import AuditEntry
from vbc.core.refusals import Refused
from vbc.core.services.uploads import FileRefused

pytestmark = pytest.mark.django_db

NO_AREA = ",,2024,111,Recovery,50,49,51,%,,,"
NEGATIVE = "E08000006,Salford,2024,222,Referrals,-5,,,people,,,"
GOOD = "E08000006,Salford,2024,111,Recovery,49,45,53,%,,,Similar"


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


def verbs(thing):
    return list(AuditEntry.objects.filter(object_id=thing.public_id).values_list("verb", flat=True))


def states():
    return {
        (row.area.name, row.period, row.category): (row.state, row.value)
        for row in Observation.objects.select_related("area")
    }


def test_good_file_is_imported_with_three_states_apart(org, clerk):
    done = library.read_import(org, clerk)
    assert done.status == ImportStatus.DONE
    assert (done.row_count, done.suppressed_count, done.missing_count) == (12, 2, 1)
    found = states()
    assert found["Salford", "2024", ""] == ("value", Decimal(49))
    assert found["Salford", "2023", ""] == ("missing", None)
    assert found["Salford", "2024", "Black"] == ("suppressed", None)
    assert found["Bolton", "2024", ""] == ("suppressed", None)
    assert verbs(done) == ["import.started", "import.done"]
    assert reading_job(done).status == JobStatus.DONE


def test_figure_and_state_cannot_disagree(org, clerk):
    library.read_import(org, clerk)
    suppressed = Observation.objects.filter(state=ObservationState.SUPPRESSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        suppressed.update(value=0)


def test_one_bad_row_keeps_nothing_until_a_person_decides(org, clerk):
    waiting = library.read_import(org, clerk, library.csv(GOOD, NO_AREA))
    assert waiting.status == ImportStatus.CHECKED
    assert (waiting.row_count, waiting.problem_count) == (1, 1)
    assert "Line 3" in waiting.problems[0]["says"]
    assert Observation.objects.count() == 0
    assert Indicator.objects.count() == 0
    assert outcome_of(waiting) is None


def test_keeping_the_good_rows(org, clerk):
    waiting = library.read_import(org, clerk, library.csv(GOOD, NO_AREA, NEGATIVE))
    imports.keep_good_rows(waiting, by=clerk)
    run_jobs()
    waiting.refresh_from_db()
    assert waiting.status == ImportStatus.DONE
    assert (waiting.row_count, waiting.problem_count) == (1, 2)
    assert Observation.objects.count() == 1
    assert verbs(waiting) == [
        "import.started",
        "import.checked",
        "import.good_rows_kept",
        "import.done",
    ]


def test_putting_aside_keeps_nothing_and_cannot_be_taken_back_by_keeping(org, clerk):
    waiting = library.read_import(org, clerk, library.csv(GOOD, NO_AREA))
    imports.put_aside(waiting, by=clerk)
    waiting.refresh_from_db()
    assert waiting.status == ImportStatus.DISCARDED
    with pytest.raises(Refused, match="not waiting for a decision"):
        imports.keep_good_rows(waiting, by=clerk)
    run_jobs()
    assert Observation.objects.count() == 0
    assert verbs(waiting)[-1] == "import.put_aside"


def test_file_without_one_good_row_cannot_be_kept(org, clerk):
    waiting = library.read_import(org, clerk, library.csv(NO_AREA))
    with pytest.raises(Refused, match="nothing to keep"):
        imports.keep_good_rows(waiting, by=clerk)
    waiting.refresh_from_db()
    assert waiting.status == ImportStatus.CHECKED


def test_only_the_first_500_problems_are_listed_and_all_are_counted(org, clerk):
    waiting = library.read_import(org, clerk, library.csv(*[NO_AREA] * 612))
    assert len(waiting.problems) == 500
    assert waiting.problem_count == 612


def test_importing_again_replaces_and_says_so(org, clerk):
    first = library.read_import(org, clerk)
    newer = library.csv(
        "E08000006,Salford,2024,111,Recovery,*,,,%,,,",
        "E08000006,Salford,2025,111,Recovery,51,,,%,,,",
    )
    second = library.read_import(org, clerk, newer)
    outcome = outcome_of(second)
    assert (outcome.new, outcome.replaced, outcome.before) == (1, 1, 0)
    assert Observation.objects.count() == 13
    changed = Observation.objects.get(area__code="E08000006", period="2024", category="")
    assert (changed.state, changed.value, changed.lower) == ("suppressed", None, None)
    assert changed.data_import == second
    assert first.observations.count() == 11


def test_the_task_run_twice_changes_nothing(org, clerk):
    done = library.read_import(org, clerk)
    before = states()
    stamp = done.finished_at
    imports.read(done, say=lambda words, percent: None)
    stale = DataImport.objects.get(pk=done.pk)
    stale.status = ImportStatus.WAITING  # A worker that read the row before the other one ended.
    imports.read(stale, say=lambda words, percent: None)
    done.refresh_from_db()
    assert states() == before
    assert done.finished_at == stamp
    assert verbs(done) == ["import.started", "import.done"]


def test_interrupted_import_is_finished_by_the_next_attempt(org, clerk, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 5)
    waiting = library.started_import(org, clerk)

    class Killed(Exception):
        pass

    def die_in_the_middle(words, percent):
        if words.startswith("Keeping") and Observation.objects.count() >= 5:
            raise Killed

    with pytest.raises(Killed):
        imports.read(waiting, say=die_in_the_middle)
    waiting.refresh_from_db()
    assert waiting.status == ImportStatus.WAITING
    assert Observation.objects.count() == 5
    run_jobs()
    waiting.refresh_from_db()
    outcome = outcome_of(waiting)
    assert (waiting.status, Observation.objects.count()) == (ImportStatus.DONE, 12)
    assert (outcome.new, outcome.replaced, outcome.before) == (7, 0, 5)


def test_progress_only_goes_forward(org, clerk, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 3)
    waiting = library.started_import(org, clerk)
    said = []
    imports.read(waiting, say=lambda words, percent: said.append(percent))
    assert said == sorted(said)
    assert said[-1] <= 99
    assert len(said) == 8


def test_the_same_codes_in_two_libraries_stay_apart(org, clerk):
    other = stakeholders.organisation()
    library.read_import(org, clerk)
    library.read_import(other, stakeholders.commissioner(other))
    assert Indicator.objects.filter(code="111").count() == 2
    assert Observation.objects.count() == 24


def test_start_refuses_what_it_cannot_take(org, clerk):
    with pytest.raises(Refused, match="where the figures are from"):
        library.started_import(org, clerk, source=" ")
    with pytest.raises(Refused, match="no kind of file"):
        library.started_import(org, clerk, mapping="nonsense")
    with pytest.raises(FileRefused, match="empty"):
        library.started_import(org, clerk, b"")
    assert DataImport.objects.count() == 0


def test_audit_that_fails_leaves_no_import(org, clerk, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(imports.audit, "record", broken)
    with pytest.raises(RuntimeError):
        library.started_import(org, clerk)
    assert DataImport.objects.count() == 0


def test_numbers_are_rounded_to_what_the_library_holds(org, clerk):
    library.read_import(
        org,
        clerk,
        library.csv(
            "E08000006,Salford,2024,1,Prevalence,0.0223876685671144,,,,,,",
            "E08000006,Salford,2024,2,Spend,999999999999.9999999,,,,,,",
        ),
    )
    found = dict(Observation.objects.values_list("indicator__code", "value"))
    assert found == {"1": Decimal("0.022388"), "2": Decimal("999999999999.999")}


def test_an_nhstt_file_finds_the_same_england(org, clerk):
    library.read_import(org, clerk)
    header = (
        "org_type,org_code,org_name,variable_type,variable_a,variable_b,measure_name,"
        "measure_statistic,value"
    )
    done = library.read_import(
        org,
        clerk,
        library.csv(
            "England,All,All,Total,NULL,NULL,recovery,percentage,50.1",
            "ICB,QOP,NHS GREATER MANCHESTER ICB,Total,NULL,NULL,recovery,percentage,*",
            "ICB,UNKNOWN,UNKNOWN,Total,NULL,NULL,recovery,percentage,47",
            header=header,
        ),
        name="nhstt_annual_2024-25_icb.csv",
    )
    assert done.status == ImportStatus.DONE
    areas = set(done.observations.values_list("area__code", "area__name", "state"))
    assert areas == {
        ("E92000001", "England", "value"),
        ("QOP", "NHS Greater Manchester ICB", "suppressed"),
        ("UNKNOWN", "Area not known", "value"),
    }
    assert set(done.observations.values_list("period", flat=True)) == {"2024-25"}


def test_failed_reading_can_be_tried_again(org, clerk, monkeypatch):
    waiting = library.started_import(org, clerk)
    job = reading_job(waiting)
    type(job).objects.filter(pk=job.pk).update(status=JobStatus.FAILED, reason="It broke.")
    job.refresh_from_db()
    imports.try_again(waiting, job, by=clerk)
    run_jobs()
    waiting.refresh_from_db()
    assert waiting.status == ImportStatus.DONE
    with pytest.raises(Refused, match="read already"):
        imports.try_again(waiting, job, by=clerk)


def test_a_table_of_figures_may_be_larger_than_what_is_taken_into_memory(org, clerk, settings):
    settings.UPLOAD_MAX_BYTES = 300
    settings.FIGURES_MAX_BYTES = len(library.csv())
    assert library.read_import(org, clerk).status == ImportStatus.DONE
    for content in (library.csv() + b"\n", b"[" + b" " * 300, b"PK\x03\x04" + b" " * 300):
        with pytest.raises(FileRefused, match="ask the people who run this service") as refused:
            library.started_import(org, clerk, content)
        assert "for example by year" in str(refused.value)
    assert DataImport.objects.count() == 1


@pytest.mark.parametrize("of_references", [False, True])
def test_a_page_asked_for_as_the_work_ends_shows_the_end(org, clerk, of_references, monkeypatch):
    """The worker ends between the reading of the import and that of its job."""
    if of_references:
        begun = library.started_reference_import(org, clerk, library.ris({"TI": "What helps"}))
        queries = reference_queries
    else:
        begun = library.started_import(org, clerk, library.csv())
        queries = import_queries
    ask = queries.reading_job

    def ends_first(thing):
        run_jobs()
        return ask(thing)

    monkeypatch.setattr(queries, "reading_job", ends_first)
    shown = text_of(as_(clerk), begun.get_absolute_url())
    assert "broke off" not in shown
    assert "Being read" not in shown


def workbook(**sheets):
    """A workbook with sheets of these names, each given as lines of text."""
    made = Workbook()
    made.remove(made.active)
    for name, lines in sheets.items():
        sheet = made.create_sheet(name.replace("_", "-"))
        for line in lines:
            sheet.append(line.split(","))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def of_year(year):
    return [
        "area_code,area_name,period,indicator,value",
        *(f"E060{n:05d},Town {n},{year},Contacts,{n}" for n in range(1, 259)),
    ]


def test_every_sheet_of_figures_is_imported_and_named(org, clerk):
    content = workbook(Cover=["About"], y2022_23=of_year("2022-23"), y2023_24=of_year("2023-24"))
    done = library.read_import(org, clerk, content, name="two years.xlsx")
    assert (done.status, done.row_count) == (ImportStatus.DONE, 516)
    assert Observation.objects.filter(period="2022-23").count() == 258
    assert Observation.objects.filter(period="2023-24").count() == 258
    said = text_of(as_(clerk), done.get_absolute_url())
    assert "Sheets read “y2022-23”, “y2023-24”" in said
    assert "Sheets not read “Cover” (no table, or hidden)" in said


def test_a_sheet_that_would_stay_out_is_named_before_anything_is_kept(org, clerk):
    other = ["ward,beds", "Ash,12", "Elm,9"]
    content = workbook(first=of_year("2022-23"), Wards=other, Notes=["Rounded"])
    waiting = library.read_import(org, clerk, content, name="mixed.xlsx")
    assert (waiting.status, waiting.row_count) == (ImportStatus.CHECKED, 258)
    assert Observation.objects.count() == 0
    said = text_of(as_(clerk), waiting.get_absolute_url())
    assert "Some sheets of this workbook were not read" in said
    assert "258 rows can be used. Nothing has been kept yet." in said
    assert (
        "Read from this workbook: “first”. Not read, because the columns are others: “Wards”."
        in said
    )
    assert "save the sheet by itself" in said
    imports.keep_good_rows(waiting, by=clerk)
    run_jobs()
    waiting.refresh_from_db()
    assert (waiting.status, Observation.objects.count()) == (ImportStatus.DONE, 258)
    said = text_of(as_(clerk), waiting.get_absolute_url())
    assert "Sheets not read “Wards” (other columns); “Notes” (no table, or hidden)" in said


def test_the_sheets_are_named_where_the_columns_are_asked_for(org, clerk):
    content = workbook(Contents=["Sheet,What", "Data,Figures"], Data=of_year("2022-23"))
    asking = library.read_import(org, clerk, content, name="mixed.xlsx")
    assert asking.status == ImportStatus.COLUMNS
    said = text_of(as_(clerk), asking.get_absolute_url())
    assert "Read from this workbook: “Contents”." in said
    assert "Not read, because the columns are others: “Data”." in said
