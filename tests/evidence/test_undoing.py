"""Undoing an import, reading a file again, and the same bytes twice."""

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from evidence.enums import ImportStatus
from evidence.models import DataImport, Observation
from evidence.queries.imports import outcome_of, undoing_job
from evidence.services import imports, needs, needs_numbers, undoing
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.support import run_jobs
from vbc.core.enums import JobStatus
from vbc.core.models import AuditEntry
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db

NEWER = library.csv(
    "E08000006,Salford,2024,111,Recovery,60,,,%,,,",
    "E08000006,Salford,2025,111,Recovery,61,,,%,,,",
)


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


def fresh(thing):
    return DataImport.objects.get(pk=thing.pk)


def salford(period="2024"):
    found = Observation.objects.filter(area__code="E08000006", period=period, category="")
    return [str(each.value) for each in found]


def verbs(thing):
    entries = AuditEntry.objects.filter(object_id=thing.public_id).order_by("sequence")
    return list(entries.values_list("verb", flat=True))


def test_undoing_takes_out_its_own_figures_only(org, clerk):
    first = library.read_import(org, clerk)
    second = library.read_import(org, clerk, NEWER)
    undoing.undo(second, by=clerk)
    assert fresh(second).status == ImportStatus.UNDOING
    run_jobs()
    second = fresh(second)
    assert (second.status, second.undone_by) == (ImportStatus.UNDONE, clerk)
    assert Observation.objects.count() == 12
    assert salford("2025") == []
    assert verbs(second)[-2:] == ["import.undo_asked", "import.undone"]
    assert first.observations.count() == 12


# --- What an import had replaced comes back when it is undone -------------------------------------

KEPT = (
    "indicator__code",
    "area__code",
    "period",
    "category_type",
    "category",
    "state",
    "value",
    "lower",
    "upper",
    "comparison",
    "data_import",
)


def whole_library():
    return sorted(map(str, Observation.objects.values_list(*KEPT)))


def quiet(words, percent):
    pass


def test_what_it_had_replaced_comes_back_whole(org, clerk):
    library.read_import(org, clerk)
    before = whole_library()
    second = library.read_import(org, clerk, NEWER)
    assert whole_library() != before
    undoing.undo(second, by=clerk)
    run_jobs()
    second = fresh(second)
    assert whole_library() == before
    assert second.brought_back_count == 1
    entry = AuditEntry.objects.filter(object_id=second.public_id).latest("sequence")
    assert entry.content.data == {"figures": 1, "brought_back": 1}


def test_the_newest_of_several_earlier_files_counts(org, clerk):
    """Each has a figure of Salford in 2024; the last is the one that was read last before."""
    row = "E08000006,Salford,2024,111,Recovery,{},,,%,,,"
    first, middle, last = (
        library.read_import(org, clerk, library.csv(row.format(value))) for value in (1, 2, 3)
    )
    undoing.undo(last, by=clerk)
    run_jobs()
    assert salford() == ["2.000000"]
    undoing.read_again(first, by=clerk)
    run_jobs()
    undoing.undo(fresh(first), by=clerk)
    run_jobs()
    assert salford() == ["2.000000"]
    undoing.undo(fresh(middle), by=clerk)
    run_jobs()
    assert salford() == []


def test_what_was_itself_undone_or_is_in_another_library_stays_out(org, clerk):
    other = stakeholders.organisation()
    library.read_import(other, stakeholders.commissioner(other))
    first = library.read_import(org, clerk)
    second = library.read_import(org, clerk, NEWER)
    undoing.undo(first, by=clerk)
    run_jobs()
    undoing.undo(second, by=clerk)
    run_jobs()
    assert not Observation.objects.filter(indicator__organisation=org).exists()
    assert Observation.objects.count() == 12


def test_a_suppressed_figure_comes_back_suppressed_and_by_the_codes_of_its_own_register(org, clerk):
    header = (
        "org_type,org_code,org_name,variable_type,variable_a,variable_b,measure_name,"
        "measure_statistic,value"
    )
    row = "ICB,QOP,NHS GREATER MANCHESTER ICB,Total,NULL,NULL,recovery,percentage,{}"
    for value in ("*", "47"):
        made = library.read_import(
            org,
            clerk,
            library.csv(row.format(value), header=header),
            name="nhstt_annual_2024-25.csv",
        )
    undoing.undo(made, by=clerk)
    run_jobs()
    kept = Observation.objects.get()
    assert (kept.state, kept.value, kept.area.code) == ("suppressed", None, "QOP")


@pytest.mark.parametrize("after", ["Looking in", "Brought back", "Taken out"])
def test_a_worker_that_is_killed_between_any_two_steps_is_followed_by_one_that_ends_it(
    org, clerk, monkeypatch, after
):
    monkeypatch.setattr(undoing, "BATCH", 5)
    library.read_import(org, clerk)
    before = whole_library()
    second = library.read_import(
        org,
        clerk,
        library.csv(
            *(row.replace("Recovery,4", "Recovery,5") for row in library.ROWS),
            *(f"E08000006,Salford,{year},111,Recovery,60,,,%,,," for year in range(2030, 2040)),
        ),
    )
    undoing.undo(second, by=clerk)

    class Killed(Exception):
        pass

    def die(words, percent):
        if words.startswith(after):
            raise Killed

    with pytest.raises(Killed):
        undoing.take_out(fresh(second), say=die)
    # Nothing of what was there before is ever missing, and each is one or the other.
    assert Observation.objects.filter(period__lt="2025").count() == 12
    run_jobs()
    assert whole_library() == before
    second = fresh(second)
    assert (second.status, second.brought_back_count) == (ImportStatus.UNDONE, 12)


def test_what_a_newer_import_replaced_meanwhile_stays_its_own(org, clerk, monkeypatch):
    """A third file is read between the two steps: its figures are neither given back nor taken."""
    monkeypatch.setattr(undoing, "BATCH", 5)
    library.read_import(org, clerk)
    second = library.read_import(org, clerk, NEWER)
    third = library.started_import(org, clerk, NEWER.replace(b",60,", b",70,"))
    undoing.undo(second, by=clerk)

    def meanwhile(words, percent):
        if words.startswith("Looking in"):
            imports.read(fresh(third), say=quiet)

    undoing.take_out(fresh(second), say=meanwhile)
    assert fresh(third).status == ImportStatus.DONE
    assert (salford(), salford("2025")) == (["70.000000"], ["61.000000"])
    assert third.observations.count() == 2
    assert fresh(second).brought_back_count == 0


def test_an_earlier_import_that_is_being_undone_at_the_same_time_gets_nothing_back(org, clerk):
    first = library.read_import(org, clerk)
    second = library.read_import(org, clerk, NEWER)
    undoing.undo(second, by=clerk)

    def meanwhile(words, percent):
        if words.startswith("Looking in"):
            undoing.undo(first, by=clerk)

    undoing.take_out(fresh(second), say=meanwhile)
    run_jobs()
    assert [fresh(each).status for each in (first, second)] == [ImportStatus.UNDONE] * 2
    assert Observation.objects.count() == 0


def test_an_earlier_file_that_is_gone_is_said_and_nothing_is_lost(org, clerk):
    first = library.read_import(org, clerk)
    second = library.read_import(org, clerk, NEWER)
    default_storage.delete(first.upload.stored_name)
    undoing.undo(second, by=clerk)
    run_jobs()
    job = undoing_job(second)
    assert (job.status, salford()) == (JobStatus.FAILED, ["60.000000"])
    assert "The earlier file figures.csv cannot be read any more" in job.reason
    undoing.undo(first, by=clerk)
    run_jobs()
    imports.try_again(fresh(second), job, by=clerk)
    run_jobs()
    assert fresh(second).status == ImportStatus.UNDONE


def test_a_file_that_replaced_nothing_reads_no_other(org, clerk, monkeypatch):
    library.read_import(org, clerk)
    second = library.read_import(
        org, clerk, library.csv("E08000006,Salford,2030,111,Recovery,60,,,%,,,")
    )
    undoing.undo(second, by=clerk)
    said = []
    undoing.take_out(fresh(second), say=lambda words, percent: said.append(words))
    assert said == ["Taken out: 1 of 1 figures"]


def test_an_undone_file_can_be_read_again(org, clerk):
    made = library.read_import(org, clerk)
    undoing.undo(made, by=clerk)
    run_jobs()
    undoing.read_again(made, by=clerk)
    run_jobs()
    made = fresh(made)
    assert (made.status, made.undone_at, Observation.objects.count()) == (
        ImportStatus.DONE,
        None,
        12,
    )


def test_reading_a_file_again_replaces_its_own_rows_and_adds_none(org, clerk):
    made = library.read_import(org, clerk)
    undoing.read_again(made, by=clerk)
    run_jobs()
    assert Observation.objects.count() == 12
    assert outcome_of(made).before == 12


def test_a_published_needs_assessment_keeps_its_figures(org, clerk):
    published = library.published_needs(org, clerk)
    made = DataImport.objects.get(organisation=org)
    with pytest.raises(Refused, match=f"“{published.title}” is published and shows these figures"):
        undoing.undo(made, by=clerk)
    assert fresh(made).status == ImportStatus.DONE
    needs.reopen(published, by=clerk)
    undoing.undo(made, by=clerk)
    run_jobs()
    assert Observation.objects.count() == 0


def test_what_is_published_while_it_is_being_undone_stops_it(org, clerk):
    draft = library.written_needs(org, clerk)
    made = DataImport.objects.get(organisation=org)
    undoing.undo(made, by=clerk)
    needs.publish(draft, by=clerk)
    run_jobs()
    job = undoing_job(made)
    assert (job.status, Observation.objects.count()) == (JobStatus.FAILED, 12)
    assert "is published and shows these figures" in job.reason
    needs.reopen(draft, by=clerk)
    imports.try_again(fresh(made), job, by=clerk)
    run_jobs()
    assert fresh(made).status == ImportStatus.UNDONE


def test_a_needs_assessment_of_another_area_does_not_stop_it(org, clerk):
    library.published_needs(org, clerk)
    elsewhere = library.read_import(
        org, clerk, library.csv("E08000001,Bolton,2025,111,Recovery,60,,,%,,,")
    )
    undoing.undo(elsewhere, by=clerk)
    run_jobs()
    assert fresh(elsewhere).status == ImportStatus.UNDONE


def test_it_is_done_in_batches_and_goes_on_where_it_was_interrupted(org, clerk, monkeypatch):
    monkeypatch.setattr(undoing, "BATCH", 5)
    made = library.read_import(org, clerk)
    undoing.undo(made, by=clerk)
    said = []

    class Killed(Exception):
        pass

    def die(words, percent):
        said.append((words, percent))
        raise Killed

    with pytest.raises(Killed):
        undoing.take_out(fresh(made), say=die)
    assert Observation.objects.count() == 7
    assert said == [("Taken out: 5 of 12 figures", 70)]
    run_jobs()
    assert (fresh(made).status, Observation.objects.count()) == (ImportStatus.UNDONE, 0)


def test_only_what_was_imported_can_be_undone_and_only_once(org, clerk):
    waiting = library.started_import(org, clerk)
    with pytest.raises(Refused, match="no figures of this file"):
        undoing.undo(waiting, by=clerk)
    with pytest.raises(Refused, match="was never imported"):
        undoing.read_again(waiting, by=clerk)
    run_jobs()
    done = fresh(waiting)
    undoing.undo(done, by=clerk)
    with pytest.raises(Refused):
        undoing.undo(done, by=clerk)


def test_a_list_of_areas_is_not_undone(org, clerk):
    areas = library.read_import(
        org, clerk, b"area_code,area_name,lies_in\nE92000001,England,\n", name="areas.csv"
    )
    assert (areas.status, areas.kind) == (ImportStatus.DONE, "areas")
    with pytest.raises(Refused, match="no figures of this file"):
        undoing.undo(areas, by=clerk)


def test_the_database_keeps_state_date_and_person_together(org, clerk):
    made = library.read_import(org, clerk)
    for wrong in (
        {"status": "undone"},
        {"undone_at": made.created_at},
        {"status": "undoing", "undone_at": made.created_at},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            DataImport.objects.filter(pk=made.pk).update(**wrong)


def test_the_same_bytes_wait_for_a_person(org, clerk):
    library.read_import(org, clerk)
    again = library.read_import(org, clerk, name="the-same.csv")
    assert again.status == ImportStatus.SAME
    assert again.observations.count() == 0
    imports.go_on(again, by=clerk)
    run_jobs()
    again = fresh(again)
    assert (again.status, outcome_of(again).replaced) == (ImportStatus.DONE, 12)
    with pytest.raises(Refused, match="not waiting"):
        imports.go_on(again, by=clerk)


def test_the_same_bytes_can_be_put_aside(org, clerk):
    library.read_import(org, clerk)
    again = library.read_import(org, clerk)
    imports.put_aside(again, by=clerk)
    assert fresh(again).status == ImportStatus.DISCARDED


def test_bytes_of_another_organisation_or_of_an_undone_import_are_new(org, clerk):
    made = library.read_import(org, clerk)
    other = stakeholders.organisation()
    theirs = library.read_import(other, stakeholders.commissioner(other))
    undoing.undo(made, by=clerk)
    run_jobs()
    again = library.read_import(org, clerk)
    assert [fresh(each).status for each in (theirs, again)] == [ImportStatus.DONE] * 2


# --- The pages ------------------------------------------------------------------------------------


def text(response):
    return " ".join(response.content.decode().split())


def test_the_page_of_an_import_says_where_it_is_from(client, org, clerk):
    made = library.read_import(org, clerk, licence="Open Government Licence v3.0")
    client.force_login(clerk)
    page = text(client.get(made.get_absolute_url()))
    assert made.upload.digest in page
    assert len(made.upload.digest) == 64
    assert "NHS England" in page
    assert "Open Government Licence v3.0" in page


def test_the_page_says_before_what_undoing_does(client, org, clerk):
    made = library.read_import(org, clerk)
    client.force_login(clerk)
    page = text(client.get(f"{made.get_absolute_url()}undo/"))
    assert "12 figures of figures.csv will be taken out" in page
    assert "come back" not in page
    client.post(f"{made.get_absolute_url()}undo/")
    page = text(client.get(made.get_absolute_url()))
    assert "Waiting to start" in page
    run_jobs()
    page = text(client.get(made.get_absolute_url()))
    assert "The figures of this file were taken out" in page
    assert client.get(f"{made.get_absolute_url()}undo/").status_code == 302
    client.post(f"{made.get_absolute_url()}read-again/")
    run_jobs()
    assert fresh(made).status == ImportStatus.DONE


def test_the_page_says_before_and_after_that_earlier_figures_come_back(client, org, clerk):
    library.read_import(org, clerk)
    second = library.read_import(org, clerk, NEWER)
    client.force_login(clerk)
    assert "what they had replaced comes back" in text(client.get(second.get_absolute_url()))
    page = text(client.get(f"{second.get_absolute_url()}undo/"))
    assert "Earlier figures that it had replaced come back." in page
    client.post(f"{second.get_absolute_url()}undo/")
    run_jobs()
    page = text(client.get(second.get_absolute_url()))
    assert "1 earlier figure that it had replaced is back." in page


def test_the_page_names_what_is_published_instead_of_a_button(client, org, clerk):
    published = library.published_needs(org, clerk)
    made = DataImport.objects.get(organisation=org)
    client.force_login(clerk)
    page = text(client.get(f"{made.get_absolute_url()}undo/"))
    assert published.title in page
    assert "Take them out" not in page


def test_the_same_file_is_said_kindly_on_the_page(client, org, clerk):
    first = library.read_import(org, clerk)
    again = library.read_import(org, clerk)
    client.force_login(clerk)
    page = text(client.get(again.get_absolute_url()))
    assert "The same file was imported before" in page
    assert first.get_absolute_url() in page
    client.post(f"{again.get_absolute_url()}go-on/")
    run_jobs()
    assert fresh(again).status == ImportStatus.DONE


def test_a_number_that_was_taken_over_stays_when_its_file_is_undone(org, clerk):
    """It was copied with its year and its source; only what it was copied from is gone."""
    draft = library.needs_draft(org, clerk)
    counts = library.csv("E08000006,Salford,2024,7,Finished a course,4510,,,people,,,")
    made = library.read_import(org, clerk, counts)
    figure = Observation.objects.get(indicator__code="7")
    needs_numbers.say(draft, kind="treated", state="known", observation=figure, by=clerk)
    undoing.undo(made, by=clerk)
    run_jobs()
    number = draft.numbers.get(kind="treated")
    assert fresh(made).status == ImportStatus.UNDONE
    assert (number.amount, number.period, number.observation) == (4510, "2024", None)
