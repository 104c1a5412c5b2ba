"""Files of references: nothing lost, nothing doubled, nobody's words overwritten, and undone."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from cycles.models import OptionEvidence
from evidence.enums import ImportStatus, ReferenceKind
from evidence.importers.references import ReferenceRecord
from evidence.models import ImportedReference, Reference, ReferenceImport
from evidence.queries import visible
from evidence.queries.reference_imports import reading_job
from evidence.services import reference_imports, references
from evidence.services.matching import Shelf
from tests.factories import decisions as make_decisions
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.support import run_jobs
from vbc.core.enums import JobStatus
from vbc.core.models import AuditEntry, Job
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db

PEER = {"TI": "Peer support after a crisis", "AU": ["Example, A.", "Sample, B."], "PY": "2015"}
HOUSE = {"TI": "Crisis houses: what is known", "PY": "2019", "DO": "10.1234/house"}
UNTITLED = {"AU": "Nobody, N.", "PY": "2000"}


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


def verbs(thing):
    return list(AuditEntry.objects.filter(object_id=thing.public_id).values_list("verb", flat=True))


def counts(made):
    return made.new_count, made.here_count, made.problem_count


def test_nothing_is_added_until_somebody_has_seen_what_is_in_it(org, clerk):
    made = library.looked_through(org, clerk, library.ris(PEER, UNTITLED, HOUSE))
    assert made.status == ImportStatus.CHECKED
    assert counts(made) == (2, 0, 1)
    assert [each["title"] for each in made.preview] == [PEER["TI"], HOUSE["TI"]]
    assert made.preview[0]["authors"] == "Example, A.; Sample, B."
    assert made.problems == [
        {"number": 2, "says": "Record 2 has no title, so it cannot be found again."}
    ]
    assert Reference.objects.count() == 0
    reference_imports.agree(made, by=clerk)
    run_jobs()
    made.refresh_from_db()
    assert (made.status, counts(made)) == (ImportStatus.DONE, (2, 0, 1))
    assert set(Reference.objects.values_list("title", "year", "doi", "plain_summary")) == {
        (PEER["TI"], 2015, "", ""),
        (HOUSE["TI"], 2019, "10.1234/house", ""),
    }
    assert verbs(made) == [
        "reference_import.started",
        "reference_import.checked",
        "reference_import.agreed",
        "reference_import.done",
    ]


def test_the_same_file_twice_adds_nothing(org, clerk):
    content = library.ris(PEER, HOUSE)
    library.added_references(org, clerk, content)
    again = library.looked_through(org, clerk, content)
    assert counts(again) == (0, 2, 0)
    reference_imports.agree(again, by=clerk)
    run_jobs()
    again.refresh_from_db()
    assert counts(again) == (0, 2, 0)
    assert Reference.objects.count() == 2
    assert set(Reference.objects.values_list("version", flat=True)) == {1}


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"DO": "10.1/A"}, {"DO": "https://doi.org/10.1/a", "TI": "Another title of it"}, False),
        ({"DO": "10.1234/A"}, {"DO": "doi:10.1234/a", "TI": "Another title of it"}, True),
        (
            {"AN": "12345", "DP": "NLM"},
            {"AN": "12345", "DP": "PubMed", "TI": "Another title of it"},
            True,
        ),
        ({}, {"TI": "THE TITLE OF BOTH: a study."}, True),
        ({}, {"PY": "2016"}, False),
        ({"DO": "10.1234/a"}, {}, True),
        ({"DO": "10.1234/a"}, {"DO": "10.1234/b"}, False),
        ({"AN": "12345", "DP": "NLM"}, {"AN": "54321", "DP": "NLM"}, False),
        ({"TI": "Editorial"}, {"TI": "Editorial"}, False),
    ],
)
def test_what_makes_two_records_one(org, clerk, first, second, same):
    """In one file, and against the library."""
    one, other = (
        {"TI": "The title of both: a study", "PY": "2015"} | more for more in (first, second)
    )
    together = library.added_references(org, clerk, library.ris(one, other))
    assert counts(together) == ((1, 1, 0) if same else (2, 0, 0))
    elsewhere = stakeholders.organisation()
    theirs = stakeholders.commissioner(elsewhere)
    library.added_references(elsewhere, theirs, library.ris(one))
    after = library.added_references(elsewhere, theirs, library.ris(other))
    assert counts(after) == ((0, 1, 0) if same else (1, 0, 0))


def test_a_twin_gives_what_was_missing_and_changes_no_word(org, clerk):
    mine = library.reference(
        org, clerk, title=PEER["TI"], year=2015, plain_summary="My words.", published_in="My place"
    )
    twin = PEER | {"T2": "Journal of Examples", "DO": "10.1234/peer", "AB": "Long.", "KW": "Peers"}
    made = library.added_references(org, clerk, library.ris(twin))
    assert counts(made) == (0, 1, 0)
    mine.refresh_from_db()
    assert (mine.plain_summary, mine.published_in) == ("My words.", "My place")
    assert (mine.doi, mine.abstract, mine.keywords) == ("10.1234/peer", "Long.", "Peers")
    assert mine.authors == "Example, A.; Sample, B."
    record = made.records.get()
    assert (record.reference, record.is_new) == (mine, False)
    assert record.added == ["authors", "doi", "abstract", "keywords"]
    with pytest.raises(EditedMeanwhile):  # Whoever had the form open is told.
        references.edit(mine, version=1, title="Lost", by=clerk)


def test_a_twin_inside_the_file_gives_what_was_missing_too(org, clerk):
    made = library.added_references(org, clerk, library.ris(PEER, PEER | {"DO": "10.1234/peer"}))
    reference = Reference.objects.get()
    assert (reference.doi, reference.version) == ("10.1234/peer", 1)
    assert [(each.number, each.is_new) for each in made.records.all()] == [(1, True), (2, False)]


def test_a_doi_that_another_has_is_not_given_twice(org, clerk):
    library.reference(org, clerk, title="Something else altogether", doi="10.1234/peer")
    mine = library.reference(org, clerk, title=PEER["TI"], year=2015)
    library.added_references(org, clerk, library.ris(PEER | {"DO": "10.1234/peer"}))
    mine.refresh_from_db()
    assert mine.doi == ""


def test_a_withdrawn_twin_stays_withdrawn_and_the_file_adds_its_own(org, clerk):
    gone = library.reference(org, clerk, title=HOUSE["TI"], year=2019, doi=HOUSE["DO"])
    references.withdraw(gone, by=clerk)
    made = library.added_references(org, clerk, library.ris(HOUSE))
    assert counts(made) == (1, 0, 0)
    gone.refresh_from_db()
    assert gone.withdrawn_at is not None


def test_a_reading_that_breaks_off_goes_on_and_adds_nothing_twice(org, clerk, monkeypatch):
    monkeypatch.setattr(reference_imports, "BATCH", 2)
    content = library.ris(*({"TI": f"Study number {number} of many"} for number in range(5)))
    made = library.started_reference_import(org, clerk, content, is_agreed=True)
    add, calls = reference_imports._add_batch, []

    def breaks(*args):
        calls.append(args)
        if len(calls) == 2:
            raise OSError("the disk went away")
        add(*args)

    monkeypatch.setattr(reference_imports, "_add_batch", breaks)
    with pytest.raises(OSError, match="disk"):
        reference_imports.read(made, say=lambda words, percent: None)
    assert Reference.objects.count() == 2
    monkeypatch.setattr(reference_imports, "_add_batch", add)
    reference_imports.read(made, say=lambda words, percent: None)
    made.refresh_from_db()
    assert Reference.objects.count() == 5
    assert (made.status, counts(made)) == (ImportStatus.DONE, (5, 0, 0))


def test_what_is_no_file_of_references_is_refused_with_the_reason(org, clerk):
    made = library.looked_through(org, clerk, b"%PDF-1.7", name="paper.pdf")
    assert made.status == ImportStatus.REFUSED
    assert "PDF" in made.refusal
    assert reading_job(made).status == JobStatus.DONE


def test_a_file_without_one_good_record_cannot_be_agreed_to(org, clerk):
    made = library.looked_through(org, clerk, library.ris(UNTITLED))
    assert counts(made) == (0, 0, 1)
    with pytest.raises(Refused, match="nothing to add"):
        reference_imports.agree(made, by=clerk)
    reference_imports.put_aside(made, by=clerk)
    made.refresh_from_db()
    assert made.status == ImportStatus.DISCARDED
    with pytest.raises(Refused, match="not waiting"):
        reference_imports.agree(made, by=clerk)


def test_where_they_are_from_must_be_said(org, clerk):
    with pytest.raises(Refused, match="where the references are from"):
        library.started_reference_import(org, clerk, library.ris(PEER), source=" ")
    assert ReferenceImport.objects.count() == Job.objects.count() == 0


# --- Undoing --------------------------------------------------------------------------------------


def test_undoing_takes_back_what_nothing_leans_on_and_says_what_stays(org, clerk):
    titles = ["Left alone by everybody", "Summed up by somebody", "Found by another file too"]
    made = library.added_references(org, clerk, library.ris(*({"TI": each} for each in titles)))
    summed_up = Reference.objects.get(title=titles[1])
    references.edit(summed_up, version=1, plain_summary="It helps.", by=clerk)
    library.added_references(org, clerk, library.ris({"TI": titles[2]}))
    assert reference_imports.undo(made, by=clerk) == 1
    listed = visible.references_listed_for(clerk)
    assert {each.title for each in listed} == set(titles[1:])
    stays = {each.reference.title: each.was_taken_back for each in made.records.all()}
    assert stays == {titles[0]: True, titles[1]: False, titles[2]: False}
    with pytest.raises(Refused, match="nothing to undo"):
        reference_imports.undo(made, by=clerk)


def test_undoing_leaves_what_an_option_or_a_remark_leans_on():
    option = make_decisions.option(make_decisions.decision())
    org, clerk = option.decision.cycle.organisation, option.decision.cycle.lead
    made = library.added_references(org, clerk, library.ris(PEER, HOUSE))
    # Round the service, which asks for a plain summary: whatever points at it, it stays.
    OptionEvidence.objects.create(
        option=option,
        reference=Reference.objects.get(title=PEER["TI"]),
        direction="supports",
        note="It helps.",
        added_by=clerk,
    )
    assert reference_imports.undo(made, by=clerk) == 1
    assert visible.references_listed_for(clerk).filter(title=PEER["TI"]).exists()


def test_adding_the_file_again_after_undoing_brings_them_back(org, clerk):
    content = library.ris(PEER, HOUSE)
    first = library.added_references(org, clerk, content)
    reference_imports.undo(first, by=clerk)
    second = library.added_references(org, clerk, content)
    assert counts(second) == (2, 0, 0)
    assert Reference.objects.count() == Reference.objects.kept().count() == 2
    assert reference_imports.undo(second, by=clerk) == 2
    assert Reference.objects.kept().count() == 0


def test_what_was_added_anew_after_undoing_is_not_doubled(org, clerk):
    first = library.added_references(org, clerk, library.ris(HOUSE))
    reference_imports.undo(first, by=clerk)
    mine = library.reference(org, clerk, title="By hand, under another title", doi=HOUSE["DO"])
    untold = {"TI": HOUSE["TI"], "PY": "2019"}
    again = library.added_references(org, clerk, library.ris(HOUSE, untold))
    assert Reference.objects.kept().filter(doi=HOUSE["DO"]).get() == mine
    assert again.records.get(number=1).reference == mine


def test_only_what_is_new_can_be_taken_back(org, clerk):
    library.reference(org, clerk, title=PEER["TI"], year=2015)
    made = library.added_references(org, clerk, library.ris(PEER))
    assert reference_imports.undo(made, by=clerk) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedReference.objects.filter(is_new=False).update(was_taken_back=True)


# --- What the database holds to -------------------------------------------------------------------


def test_one_outcome_a_record(org, clerk):
    made = library.added_references(org, clerk, library.ris(PEER, HOUSE))
    with pytest.raises(IntegrityError), transaction.atomic():
        made.records.filter(number=2).update(number=1)


@pytest.mark.parametrize("wrong", [{"status": "refused"}, {"undone_at": "2026-01-01T00:00Z"}])
def test_an_import_cannot_say_half(org, clerk, wrong):
    made = library.looked_through(org, clerk, library.ris(PEER))
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceImport.objects.filter(pk=made.pk).update(**wrong)


def test_a_failing_audit_leaves_nothing_behind(org, clerk, monkeypatch):
    made = library.looked_through(org, clerk, library.ris(PEER))

    def fails(*args, **kwargs):
        raise RuntimeError("no audit")

    monkeypatch.setattr(reference_imports.audit, "record", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        reference_imports.agree(made, by=clerk)
    made.refresh_from_db()
    assert (made.status, made.is_agreed) == (ImportStatus.CHECKED, False)


@pytest.mark.thorough
def test_adding_many_costs_as_many_statements_as_a_few(org, clerk, django_assert_max_num_queries):
    def cost(start, many):
        content = library.ris(
            *({"TI": f"Study number {n} of many", "PY": "2020"} for n in range(start, start + many))
        )
        made = library.started_reference_import(org, clerk, content, is_agreed=True)
        with django_assert_max_num_queries(60) as captured:
            reference_imports.read(made, say=lambda words, percent: None)
        return len(captured.captured_queries)

    few = cost(0, 3)
    assert cost(100, 20) == few  # SQLite takes no more than some 25 rows in one statement.
    assert Reference.objects.count() == 23


def test_shelf_keeps_the_first_of_two_that_look_alike():
    shelf = Shelf()
    for number in (1, 2):
        shelf.put_record(
            ReferenceRecord(number, "The title of both of them", doi=f"10.1234/{number}")
        )
    found = shelf.find(ReferenceRecord(3, "The title of both of them"))
    assert found is not None
    assert found.doi == "10.1234/1"


# --- The command ----------------------------------------------------------------------------------


@pytest.fixture
def run(org, clerk, tmp_path):
    def go(content, *options):
        path = tmp_path / "found.ris"
        path.write_bytes(content)
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command(
                "import_references",
                str(path),
                f"--organisation={org.slug}",
                *options,
                stdout=out,
                stderr=err,
            )
        except CommandError as error:
            return out.getvalue(), err.getvalue(), str(error)
        return out.getvalue(), err.getvalue(), ""

    return go


def test_command_adds_what_is_new_and_lists_what_cannot_be_used(run):
    out, err, ended = run(library.ris(PEER, UNTITLED, HOUSE))
    assert "Added 2 references; 0 already here." in out
    assert "Record 2 has no title" in err
    assert ended == "1 record cannot be used, and the rest can."
    assert Reference.objects.filter(kind=ReferenceKind.STUDY).count() == 2


def test_command_can_look_only(run):
    out, _, ended = run(library.ris(PEER), "--look-only")
    assert "1 reference would be new, 0 already here. Nothing was added." in out
    assert ended == ""
    assert Reference.objects.count() == 0


def test_command_refuses_what_it_cannot_read(run):
    _, _, ended = run(b"%PDF-1.7")
    assert ended.startswith("Not imported: This is a PDF.")
