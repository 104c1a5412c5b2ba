"""The guidance library: added once, found by name, and never in the way of people's own words."""

import pytest
from django.urls import reverse

from evidence.enums import TAGS, ReferenceKind, Standing
from evidence.importers.guidance import FACETS, entries
from evidence.models import Reference
from evidence.services import guidance, references
from tests.factories import evidence as library
from tests.factories import stakeholders
from vbc.core.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


def fact(row, words, *says):
    """For a row of the inventory: what a person looks for, and what the page then tells."""
    return pytest.param(words, says, id=row, marks=pytest.mark.row(row))


FACTS = [
    fact("A0-3", "Ten Essential Shared Capabilities", "2004", "values-based and evidence-based"),
    fact("A0-4", "National Mental Health Workforce Strategy", "2004", "40276", "Workforce"),
    fact("A0-4", "New Ways of Working for Psychiatrists", "2004", "40379", "Workforce"),
    fact("A0-4", "Community Development Workers for Black", "2004", "Workforce"),
    fact("A0-6", "Refocusing the Care Programme Approach", "2008", "Lincoln University"),
    fact("A0-7", "No Health Without Mental Health", "2011", "education, jobs and social contact"),
    fact("A0-9", "Workbook Mental Health Act 2007", "2008", "Sarah Dewey", "Malcolm King"),
    fact("A0-11", "Heginbotham", "2012", "Neil Deuchar", "Liz England"),
    fact("A0-12", "review of values-based commissioning", "2013", "Perry E", "addictions"),
    fact("A0-14", "values-based commissioning Joint Commissioning Panel", "2014", "seventeen"),
    fact("A0-16", "wikiVBP", "Education, Integration, Practice, Regulation, Theory"),
    fact("A0-16", "Thistlethwaite", "2012", "Integration"),
    fact("A0-16", "Whose Values", "Education"),
    fact("A0-16", "Surgical Care", "Practice"),
    fact("A1-5", "Commissioning guides Joint Commissioning Panel", "Nineteen", "Seventeen"),
    fact("A1-5", "the guide on perinatal", "Around birth"),
    fact("A3-1", "Commissioning Friend", "2005", "December 2009", "NHS Confederation", "Historic"),
    fact("A3-6", "World Class Commissioning", "life to years", "prevention", "Historic"),
    fact("A3-7", "New Horizons", "2009", "recovery", "offenders"),
    fact("A3-8", "High Quality Care for All", "2008", "regional vision"),
    fact("A3-9", "Putting People First", "March 2011", "those who pay for themselves"),
    fact("A3-10", "National Service Framework for Mental Health", "1999", "seven standards"),
    fact("A3-11", "National Service Framework for Older People", "2001", "Standard 7"),
    fact("A3-12", "Dementia Strategy", "seventeen objectives"),
    fact("A3-12", "Joint Commissioning Framework for Dementia", "June 2009", "SCIE"),
    fact("A3-13", "National Service Framework for Children", "2004", "Standard nine"),
    fact("A3-14", "Children and young people in mind", "November 2008"),
    fact("A3-15", "Our Choices in Mental Health", "2006", "Four points"),
    fact("A3-16", "Transforming Adult Social Care", "LAC(DH)(2009)1", "high quality"),
    fact("A3-18", "Mental Health Act 1983", "without their consent"),
    fact("A3-19", "Mental Capacity Act 2005", "1 October 2007", "five principles", "In force"),
    fact("A3-20", "Deprivation of Liberty Safeguards", "1 April 2009", "enough trained assessors"),
    fact("A3-28", "Bradley Report", "2009", "in every place"),
    fact("A3-28", "10 top tips", "Bradley Report"),
    fact("A4-7", "Valued care in mental health", "Henley Business School", "57 case studies"),
]


@pytest.mark.parametrize(("words", "says"), FACTS)
def test_a_document_is_found_by_its_name_and_tells_its_facts(client, org, clerk, words, says):
    guidance.add_library(org, by=clerk)
    client.force_login(clerk)
    found = client.get(reverse("evidence:references"), {"words": words})
    pages = [client.get(each.get_absolute_url()).content.decode() for each in found.context["page"]]
    assert any(all(each in page for each in says) for page in pages), (words, says)


@pytest.mark.row("A3-90")
def test_every_link_of_the_process_has_documents_to_look_through(client, org, clerk):
    guidance.add_library(org, by=clerk)
    client.force_login(clerk)
    for process in TAGS["process"]:
        found = client.get(reverse("evidence:references"), {"process": process.value})
        assert found.context["page"].total >= 1, process


@pytest.mark.row("A0-16")
@pytest.mark.row("A1-20")
def test_parts_and_topics_narrow_the_list(client, org, clerk):
    guidance.add_library(org, by=clerk)
    client.force_login(clerk)
    for facet in ("part", "topic"):
        for value in {value for entry in entries() for value in entry.tags[facet]}:
            found = client.get(reverse("evidence:references"), {facet: value})
            expected = {entry.title for entry in entries() if value in entry.tags[facet]}
            assert {each.title for each in found.context["page"]} == expected, value


def test_every_entry_is_whole():
    keys = [entry.key for entry in entries()]
    assert len(set(keys)) == len(keys)
    for entry in entries():
        assert entry.title, entry.key
        assert entry.plain_summary, entry.key
        assert entry.rows, entry.key
        assert entry.standing in ("", *Standing.values), entry.key
        for facet in FACETS:
            assert set(entry.tags[facet]) <= set(TAGS[facet].values), entry.key


def test_pressing_twice_adds_nothing_twice_and_keeps_what_people_wrote(org, clerk):
    assert guidance.add_library(org, by=clerk) == len(entries())
    friend = Reference.objects.get(library_key="commissioning-friend")
    references.edit(friend, version=1, plain_summary="Our own words.", by=clerk)
    gone = Reference.objects.get(library_key="pbr")
    references.withdraw(gone, by=clerk)
    assert guidance.add_library(org, by=clerk) == 0
    friend.refresh_from_db()
    gone.refresh_from_db()
    assert friend.plain_summary == "Our own words."
    assert gone.withdrawn_at is not None
    assert AuditEntry.objects.filter(verb="guidance.added").count() == 1


def test_what_is_new_in_the_library_comes_with_the_next_press(org, clerk):
    guidance.add_library(org, by=clerk)
    # As if this one had been added to the library since.
    late = Reference.objects.get(library_key="bradley")
    late.tags.all().delete()
    late.delete()
    assert guidance.add_library(org, by=clerk) == 1
    assert Reference.objects.filter(library_key="bradley").exists()


def test_what_somebody_added_by_hand_is_not_doubled(org, clerk):
    entry = next(each for each in entries() if each.key == "jcpmh-2014")
    mine = library.reference(
        org, clerk, kind=ReferenceKind.GUIDANCE, title=f"{entry.title}.", year=entry.year
    )
    assert guidance.add_library(org, by=clerk) == len(entries()) - 1
    assert Reference.objects.filter(title__startswith=entry.title).get() == mine


def test_the_button_on_the_page(client, org, clerk):
    client.force_login(clerk)
    address = reverse("evidence:guidance-library")
    shown = client.get(address).content.decode()
    assert "Add the guidance library" in shown
    assert entries()[0].title in shown
    answer = client.post(address, follow=True)
    assert f"{len(entries())} documents were added." in answer.content.decode()
    assert "All of it is in your library already" in client.get(address).content.decode()


def test_each_library_has_its_own(org, clerk):
    guidance.add_library(org, by=clerk)
    other = stakeholders.organisation()
    theirs = stakeholders.commissioner(other)
    assert guidance.add_library(other, by=theirs) == len(entries())
    assert Reference.objects.filter(organisation=org).count() == len(entries())
