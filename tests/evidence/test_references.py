"""References: one of each, mended by one at a time, withdrawn and brought back."""

import pytest
from django.db import IntegrityError, transaction

from evidence.models import Reference
from evidence.queries import visible
from evidence.services import references
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
