"""The pages of references: files on their way in, describing, examples."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evidence.enums import ImportStatus
from evidence.models import Reference, ReferenceImport
from evidence.services import references
from stakeholders.enums import Perspective
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.support import run_jobs
from vbc.core.models import Job

pytestmark = pytest.mark.django_db

PEER = {
    "TI": "Peer support after a crisis",
    "AU": "Example, A.",
    "PY": "2015",
    "AB": "Not ours.",
}
HOUSE = {"TI": "Crisis houses: what is known", "PY": "2019"}


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def reviewer(org, clerk):
    panel = stakeholders.sitting_panel(org, by=clerk)
    return stakeholders.members(panel, Perspective.EVIDENCE_REVIEWER)[0]


@pytest.fixture
def as_clerk(client, clerk):
    client.force_login(clerk)
    return client


def address(name, *args):
    return reverse(f"evidence:{name}", args=args)


def text(answer):
    return answer.content.decode()


def add_file(client, content, **said):
    data = {"source": "PubMed", "file": SimpleUploadedFile("found.ris", content)} | said
    return client.post(address("start-reference-import"), data)


def test_from_the_file_to_the_library_and_back(as_clerk):
    answer = add_file(as_clerk, library.ris(PEER, {"PY": "2000"}, HOUSE))
    run_jobs()
    shown = text(as_clerk.get(answer["Location"]))
    assert "Nothing has been added yet." in shown
    assert PEER["TI"] in shown
    assert "Record 2 has no title" in shown
    made = ReferenceImport.objects.get()
    assert made.upload.digest in shown
    as_clerk.post(address("agree-reference-import", made.public_id))
    run_jobs()
    shown = text(as_clerk.get(made.get_absolute_url()))
    assert "Take back what this file added" in shown
    listed = text(as_clerk.get(address("references")))
    assert PEER["TI"] in listed
    assert "No plain summary yet." in listed
    undone = as_clerk.post(address("undo-reference-import", made.public_id), follow=True)
    assert "2 references were taken back." in text(undone)
    assert PEER["TI"] not in text(as_clerk.get(address("references")))


def test_a_reviewer_brings_a_file_and_decides_about_it_but_not_about_others(
    client, org, clerk, reviewer
):
    client.force_login(reviewer)
    add_file(client, library.ris(PEER))
    run_jobs()
    own = ReferenceImport.objects.get()
    assert client.post(address("agree-reference-import", own.public_id)).status_code == 302
    other = library.looked_through(org, clerk, library.ris(HOUSE))
    shown = text(client.get(other.get_absolute_url()))
    assert "Add the new ones" not in shown
    assert client.post(address("agree-reference-import", other.public_id)).status_code == 403
    other.refresh_from_db()
    assert other.status == ImportStatus.CHECKED


def test_a_file_that_cannot_be_read_says_why(as_clerk):
    answer = add_file(as_clerk, b"%PDF-1.7 and so on")
    run_jobs()
    shown = text(as_clerk.get(answer["Location"]))
    assert "References cannot be read from a PDF" in shown
    assert "Nothing was added" in shown


def test_an_empty_file_and_a_missing_source_are_said_beside_the_form(as_clerk):
    assert "This file is empty" in text(add_file(as_clerk, b""))
    assert add_file(as_clerk, library.ris(PEER), source="").status_code == 200
    assert ReferenceImport.objects.count() == 0


def test_the_page_shows_how_far_the_reading_is_and_that_it_broke_off(as_clerk, org, clerk):
    made = library.started_reference_import(org, clerk, library.ris(PEER))
    Job.objects.update(status="running", percent=37, progress="Looking through it")
    assert "Looking through it: 37%" in text(as_clerk.get(made.get_absolute_url()))
    part = as_clerk.get(
        address("reference-import-progress", made.public_id), headers={"HX-Request": "true"}
    )
    assert "37%" in text(part)
    Job.objects.update(status="failed", reason="It was tried five times.")
    assert "It was tried five times." in text(as_clerk.get(made.get_absolute_url()))
    as_clerk.post(address("try-reference-import-again", made.public_id))
    run_jobs()
    made.refresh_from_db()
    assert made.status == ImportStatus.CHECKED
    part = as_clerk.get(
        address("reference-import-progress", made.public_id), headers={"HX-Request": "true"}
    )
    assert part.headers["HX-Refresh"] == "true"


def test_what_was_here_already_is_listed_with_what_it_got(as_clerk, org, clerk):
    library.reference(org, clerk, title=PEER["TI"], year=2015)
    made = library.added_references(org, clerk, library.ris(PEER))
    shown = text(as_clerk.get(made.get_absolute_url()))
    assert "The file added its authors and its publisher&#x27;s summary." in shown


@pytest.mark.parametrize("of", [{"TI": 1}, {"TI": 3}])
@pytest.mark.thorough
def test_the_page_of_a_file_costs_the_same_however_much_is_in_it(
    as_clerk, org, clerk, of, django_assert_num_queries
):
    many = of["TI"]
    here = [{"TI": f"Known before, number {each}"} for each in range(many)]
    library.added_references(org, clerk, library.ris(*here))
    new = [{"TI": f"Found today, number {each}"} for each in range(many)]
    made = library.added_references(org, clerk, library.ris(*here, *new))
    as_clerk.get(made.get_absolute_url())
    with django_assert_num_queries(10):
        as_clerk.get(made.get_absolute_url())


# --- Describing -----------------------------------------------------------------------------------

SAID = {
    "plain_summary": "It helps one in five.",
    "design": "randomised_trial",
    "population": "Adults in two cities",
    "certainty": "low",
    "certainty_reasons": ["bias", "imprecision"],
    "applicability": "partly",
    "topic": ["crisis", "recovery"],
    "group": ["older"],
    "experience_led": "on",
}


@pytest.mark.row("A0-9")
def test_a_reviewer_describes_what_a_file_brought(client, org, clerk, reviewer):
    library.added_references(org, clerk, library.ris(PEER))
    reference = Reference.objects.get()
    client.force_login(reviewer)
    assert "Nobody has summed it up" in text(client.get(reference.get_absolute_url()))
    form = text(client.get(address("describe-reference", reference.public_id)))
    assert "Not ours." in form
    answer = client.post(
        address("describe-reference", reference.public_id), SAID | {"version": "1"}, follow=True
    )
    shown = text(answer)
    for words in (
        "It helps one in five.",
        "chance decided who got what",
        "risk of bias",
        "too few people took part",
        "Alike in part",
        "Crisis, Recovery and outcomes",
        "Older people",
        "A researcher who has used services is among its authors",
    ):
        assert words in shown, words


def test_two_who_describe_at_once_lose_no_word(as_clerk, org, clerk):
    reference = library.reference(org, clerk)
    references.edit(reference, version=1, plain_summary="Theirs.", by=clerk)
    answer = as_clerk.post(
        address("describe-reference", reference.public_id), SAID | {"version": "1"}
    )
    assert answer.status_code == 409
    assert "Theirs." in text(answer)
    assert "It helps one in five." in text(answer)
    reference.refresh_from_db()
    assert reference.plain_summary == "Theirs."


@pytest.mark.parametrize(
    "wrong",
    [
        {"plain_summary": ""},
        {"certainty": ""},
        {"certainty": "sure"},
        {"certainty_reasons": ["luck"]},
        {"topic": ["nonsense"]},
        {"version": ""},
    ],
)
def test_what_cannot_be_said_is_not_saved(as_clerk, org, clerk, wrong):
    reference = library.reference(org, clerk)
    answer = as_clerk.post(
        address("describe-reference", reference.public_id), SAID | {"version": "1"} | wrong
    )
    assert answer.status_code == 200
    reference.refresh_from_db()
    assert reference.version == 1


def test_a_summary_that_is_there_is_not_taken_away(as_clerk, org, clerk):
    reference = library.reference(org, clerk)
    said = {"kind": "trial", "title": reference.title, "version": "1"}
    assert as_clerk.post(address("edit-reference", reference.public_id), said).status_code == 200
    library.added_references(org, clerk, library.ris(PEER))
    imported = Reference.objects.get(title=PEER["TI"])
    said["title"] = "A better title"
    assert as_clerk.post(address("edit-reference", imported.public_id), said).status_code == 302


@pytest.mark.parametrize("pmid", ["12a", "²", "PMID 5"])
def test_a_pubmed_number_has_digits_only(as_clerk, pmid):
    said = {"kind": "trial", "title": "T", "plain_summary": "S", "pmid": pmid}
    assert as_clerk.post(address("add-reference"), said).status_code == 200
    assert Reference.objects.count() == 0


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        ("historic", "This document is of its time."),
        ("replaced", "Something newer has taken the place of this."),
        ("retracted", "Do not lean on it."),
    ],
)
def test_what_does_not_hold_any_more_says_so(as_clerk, org, clerk, standing, says):
    reference = library.reference(org, clerk, standing=standing, standing_note="As of 2009.")
    shown = text(as_clerk.get(reference.get_absolute_url()))
    assert says in shown
    assert "As of 2009." in shown
    assert reference.get_standing_display() in text(as_clerk.get(address("references")))


# --- Examples -------------------------------------------------------------------------------------

TOLD = {
    "title": "A café at night",
    "place": "A made-up town",
    "plain_summary": "A place to go when nothing else is open.",
    "what_they_did": "They opened from six to midnight.",
    "what_came_of_it": "Fewer people went to hospital (invented).",
    "whom_to_ask": "The team of the café",
}


@pytest.mark.row("A4-7")
def test_telling_an_example_and_its_journey(as_clerk):
    shown = text(as_clerk.post(address("add-example"), TOLD, follow=True))
    for words in TOLD.values():
        assert words in shown, words
    example = Reference.objects.get()
    step = {"what_happened": "The first night.", "year": "2024", "month": "3"}
    shown = text(as_clerk.post(address("add-journey-step", example.public_id), step, follow=True))
    assert "March 2024" in shown
    assert "The first night." in shown
    made = example.steps.get()
    as_clerk.post(address("remove-journey-step", example.public_id, made.pk))
    assert example.steps.count() == 0
    assert as_clerk.get(address("references"), {"kind": "example"}).context["page"].total == 1


def test_changing_an_example_that_somebody_changed_meanwhile(as_clerk, org, clerk):
    example = library.example(org, clerk)
    where = address("edit-example", example.public_id)
    assert as_clerk.get(address("edit-reference", example.public_id))["Location"] == where
    assert as_clerk.post(where, TOLD | {"version": "1"}).status_code == 302
    again = as_clerk.post(where, TOLD | {"version": "1", "title": "Mine"})
    assert again.status_code == 409
    assert "They opened from six to midnight." in text(again)
    assert 'value="Mine"' in text(again)


def test_a_step_of_another_example_is_not_found(as_clerk, org, clerk):
    one, other = library.example(org, clerk), library.example(org, clerk)
    step = references.add_step(other, year=2024, month=None, what_happened="It began.", by=clerk)
    answer = as_clerk.post(address("remove-journey-step", one.public_id, step.pk))
    assert answer.status_code == 404
    assert other.steps.count() == 1
    assert (
        as_clerk.get(address("edit-example", library.reference(org, clerk).public_id)).status_code
        == 404
    )


@pytest.mark.parametrize("wrong", [{"year": "1066"}, {"month": "13"}, {"what_happened": ""}])
def test_a_step_that_cannot_be(as_clerk, org, clerk, wrong):
    example = library.example(org, clerk)
    said = {"what_happened": "It began.", "year": "2024", "month": ""} | wrong
    answer = as_clerk.post(address("add-journey-step", example.public_id), said)
    assert answer.status_code == 200
    assert example.steps.count() == 0
