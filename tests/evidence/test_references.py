"""References: one of each, mended by one at a time, withdrawn and brought back."""

import pytest
from django.db import IntegrityError, connection, transaction

from cycles.queries.appraisals import linkable_references
from cycles.services import appraisals
from evidence.models import JourneyStep, PracticeExample, Reference, ReferenceTag
from evidence.queries import visible
from evidence.queries.references import with_words
from evidence.services import references
from tests.factories import decisions as make_decisions
from tests.factories import evidence as library
from tests.factories import stakeholders
from vbc.core.models import AuditEntry
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db

DOI = "10.1186/s12961-018-0320-2"


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.mark.parametrize(
    "written",
    [DOI, DOI.upper(), f"https://doi.org/{DOI}", f"http://dx.doi.org/{DOI} ", f"doi: {DOI}"],
)
def test_a_doi_is_one_however_it_is_written(org, clerk, written):
    library.reference(org, clerk, doi=DOI, title="First")
    with pytest.raises(Refused, match="“First”"):
        library.reference(org, clerk, doi=written)
    assert Reference.objects.count() == 1


def test_the_database_refuses_a_second_doi_too(org, clerk):
    library.reference(org, clerk, doi=DOI)
    second = library.reference(org, clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reference.objects.filter(pk=second.pk).update(doi=DOI)


def test_another_library_may_have_it_too(org, clerk):
    other = stakeholders.organisation()
    library.reference(org, clerk, doi=DOI)
    library.reference(other, stakeholders.commissioner(other), doi=DOI)
    assert Reference.objects.count() == 2


def test_editing_keeps_the_version_and_refuses_an_old_one(org, clerk):
    reference = library.reference(org, clerk)
    references.edit(reference, version=1, title="Better title", by=clerk)
    assert (reference.title, reference.version) == ("Better title", 2)
    with pytest.raises(EditedMeanwhile):
        references.edit(reference, version=1, title="Lost", by=clerk)
    reference.refresh_from_db()
    assert reference.title == "Better title"


def test_editing_cannot_take_a_doi_that_is_there(org, clerk):
    library.reference(org, clerk, doi=DOI)
    second = library.reference(org, clerk)
    with pytest.raises(Refused):
        references.edit(second, version=1, doi=DOI, by=clerk)
    second.refresh_from_db()
    assert (second.doi, second.version) == ("", 1)


def test_withdrawing_takes_it_off_the_lists_and_can_be_undone(org, clerk):
    reference = library.reference(org, clerk)
    references.withdraw(reference, by=clerk)
    assert list(visible.references_listed_for(clerk)) == []
    assert list(visible.references_visible_to(clerk)) == [reference]
    references.bring_back(reference, by=clerk)
    assert list(visible.references_listed_for(clerk)) == [reference]
    verbs = AuditEntry.objects.filter(object_id=reference.public_id)
    assert list(verbs.values_list("verb", flat=True)) == [
        "reference.added",
        "reference.withdrawn",
        "reference.brought_back",
    ]


def test_bringing_back_refuses_a_twin(org, clerk):
    first = library.reference(org, clerk, doi=DOI)
    references.withdraw(first, by=clerk)
    library.reference(org, clerk, doi=DOI)
    with pytest.raises(Refused):
        references.bring_back(first, by=clerk)
    first.refresh_from_db()
    assert first.withdrawn_at is not None


def test_words_and_kind_narrow_the_list(org, clerk):
    peer = library.reference(org, clerk, title="Peer support", kind="trial")
    library.reference(org, clerk, title="Crisis houses", kind="review")
    assert list(visible.references_listed_for(clerk, words="peer", kind="trial")) == [peer]
    assert list(visible.references_listed_for(clerk, words="peer support", kind="review")) == []


# --- What is made of a reference ------------------------------------------------------------------


def test_a_pubmed_number_is_one_too(org, clerk):
    first = library.reference(org, clerk, pmid="25657356", title="First")
    with pytest.raises(Refused, match="PubMed number: “First”"):
        library.reference(org, clerk, pmid="25657356")
    second = library.reference(org, clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reference.objects.filter(pk=second.pk).update(pmid=first.pmid)


def test_tags_of_the_facets_given_are_set_and_others_stay(org, clerk):
    reference = library.reference(
        org, clerk, tags={"topic": ["dementia", "crisis"], "group": ["older"]}
    )
    references.edit(reference, version=1, tags={"topic": ["crisis", "recovery"]}, by=clerk)
    assert sorted(reference.tags.values_list("facet", "value")) == [
        ("group", "older"),
        ("topic", "crisis"),
        ("topic", "recovery"),
    ]
    with pytest.raises(ValueError, match="nonsense"):
        references.edit(reference, version=2, tags={"topic": ["nonsense"]}, by=clerk)


def test_one_tag_once(org, clerk):
    reference = library.reference(org, clerk, tags={"topic": ["crisis"]})
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceTag.objects.create(reference=reference, facet="topic", value="crisis")


def test_a_reason_for_certainty_is_one_of_the_eight(org, clerk):
    reference = library.reference(org, clerk)
    references.edit(reference, version=1, certainty="low", certainty_reasons=["bias"], by=clerk)
    assert reference.reasons_in_words == ["Less sure: the studies may lean one way (risk of bias)"]
    with pytest.raises(ValueError, match="luck"):
        references.edit(reference, version=2, certainty_reasons=["luck"], by=clerk)


def test_nothing_leans_on_what_nobody_summed_up():
    option = make_decisions.option(make_decisions.decision())
    org, by = option.decision.cycle.organisation, option.decision.cycle.lead
    library.added_references(org, by, library.ris({"TI": "Peer support after a crisis"}))
    reference = Reference.objects.get(title="Peer support after a crisis")
    assert reference not in linkable_references(option)
    with pytest.raises(Refused, match="plain words"):
        appraisals.link_evidence(option, reference, direction="supports", note="Yes", by=by)
    references.edit(reference, version=1, plain_summary="It helps.", by=by)
    assert reference in linkable_references(option)
    appraisals.link_evidence(option, reference, direction="supports", note="Yes", by=by)
    assert option.evidence.get().reference == reference


# --- Good-practice examples -----------------------------------------------------------------------


@pytest.mark.row("A4-7")
def test_an_example_and_its_journey(org, clerk):
    example = library.example(org, clerk, whom_to_ask="The café's team")
    for year, month, what in ((2025, None, "Third"), (2024, 9, "Second"), (2024, 3, "First")):
        references.add_step(example, year=year, month=month, what_happened=what, by=clerk)
    assert [step.what_happened for step in example.steps.all()] == ["First", "Second", "Third"]
    references.remove_step(example.steps.first(), by=clerk)
    assert example.steps.count() == 2
    references.edit_example(
        example,
        version=1,
        title="Another title",
        plain_summary=example.plain_summary,
        place="Elsewhere",
        what_they_did="More.",
        by=clerk,
    )
    example.example.refresh_from_db()
    assert (example.title, example.version) == ("Another title", 2)
    assert example.example.place == "Elsewhere"
    assert example.example.whom_to_ask == "The café's team"


def test_only_an_example_has_a_journey(org, clerk):
    with pytest.raises(Refused, match="good-practice"):
        references.add_step(
            library.reference(org, clerk), year=2024, month=1, what_happened="x", by=clerk
        )


def test_the_database_refuses_an_example_that_says_nothing_and_a_step_of_no_month(org, clerk):
    example = library.example(org, clerk)
    step = references.add_step(example, year=2024, month=1, what_happened="It began.", by=clerk)
    for table, wrong in (
        (PracticeExample, {"place": ""}),
        (PracticeExample, {"what_they_did": ""}),
        (JourneyStep, {"month": 13}),
        (JourneyStep, {"month": 0}),
        (JourneyStep, {"year": 1066}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.update(**wrong)
    assert step.reference == example


# --- Looking for one ------------------------------------------------------------------------------


def found(clerk, **asked):
    return {each.title for each in visible.references_listed_for(clerk, **asked)}


@pytest.fixture
def shelf(org, clerk):
    library.reference(
        org,
        clerk,
        title="Peer support after a crisis",
        authors="Sjögren A",
        kind="trial",
        certainty="low",
        doi="10.1234/peer",
        pmid="25657356",
        tags={"topic": ["crisis"], "group": ["older"], "process": ["carers"]},
    )
    library.reference(
        org,
        clerk,
        title="Talking with families",
        plain_summary="Families and friends feel less alone.",
        abstract="A randomised evaluation of recovery colleges.",
        tags={"topic": ["recovery"], "part": ["practice"]},
    )
    library.added_references(org, clerk, library.ris({"TI": "Nobody has read this yet"}))


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"words": "peer crisis"}, {"Peer support after a crisis"}),
        ({"words": "Sjögren"}, {"Peer support after a crisis"}),
        ({"words": "famil"}, {"Talking with families"}),
        ({"words": "recovery college"}, {"Talking with families"}),
        ({"words": "https://doi.org/10.1234/PEER"}, {"Peer support after a crisis"}),
        ({"words": "PMID: 25657356"}, {"Peer support after a crisis"}),
        ({"words": "peer families"}, set()),
        ({"words": "'; drop table | & ! :* <->"}, set()),
        ({"kind": "trial"}, {"Peer support after a crisis"}),
        ({"certainty": "low"}, {"Peer support after a crisis"}),
        ({"topic": "crisis"}, {"Peer support after a crisis"}),
        ({"group": "older"}, {"Peer support after a crisis"}),
        ({"process": "carers"}, {"Peer support after a crisis"}),
        ({"part": "practice"}, {"Talking with families"}),
        ({"topic": "recovery", "words": "peer"}, set()),
        ({"summary": "without"}, {"Nobody has read this yet"}),
        ({"summary": "with"}, {"Peer support after a crisis", "Talking with families"}),
        (
            {"words": "!!!"},
            {"Peer support after a crisis", "Talking with families", "Nobody has read this yet"},
        ),
    ],
)
def test_what_is_asked_narrows_the_list(shelf, clerk, asked, titles):
    """The same on both databases."""
    assert found(clerk, **asked) == titles


@pytest.mark.postgres
def test_words_are_found_in_all_their_forms_and_by_the_index(shelf, org, clerk):
    assert found(clerk, words="family") == {"Talking with families"}
    with connection.cursor() as cursor:
        # Three rows are read quicker one by one; what matters is that the index can be used.
        cursor.execute("SET LOCAL enable_seqscan = off")
        words = with_words(Reference.objects.all(), "families").order_by()
        assert "reference_words" in words.explain()
