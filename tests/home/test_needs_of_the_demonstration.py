"""The demonstration's needs assessment, as somebody reads it from its beginning to its end."""

import re

import pytest
from django.urls import reverse

from evidence.enums import CoverageState, NeedsChapter, NumberKind, ParticularGroup
from evidence.models import NeedsAssessment
from evidence.presenters.needs_chapters import lead_and_rest
from evidence.queries.needs import coverage_of, texts_of
from evidence.queries.needs_numbers import numbers_of
from evidence.queries.needs_public import not_for_everybody
from stakeholders.models import User
from tests.kept import kept
from tests.pages import as_
from vbc.home.demonstration import loading
from vbc.ui.reading import grade

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
# A grade of 8 is read at about thirteen. A single sentence is measured more roughly than a page.
HARDEST, HARDEST_LINE = 8, 10
MARKED = re.compile(r"\(invented\)|invented")


@kept
def the_assessment() -> NeedsAssessment:
    assert loading.load()
    return NeedsAssessment.objects.get()


@pytest.fixture
def assessment(settings, db):
    settings.DEMONSTRATION = True
    return the_assessment()


@pytest.mark.row("A3-89")
def test_no_chapter_is_empty_and_each_group_has_words_of_its_own(assessment):
    texts = {key: text.text for key, text in texts_of(assessment).items()}
    assert set(texts) == set(NeedsChapter.values)
    for key, text in texts.items():
        lead, rest = lead_and_rest(text)
        assert lead, key
        assert rest, key
    lines = [each.line for each in coverage_of(assessment)]
    assert len({line.text for line in lines}) == len(ParticularGroup)
    for line in lines:
        assert line.state == CoverageState.ASSESSED
        assert re.match(r"In (England|Britain): .*\nHere: .*\nNot known: ", line.text), line.group
        assert re.search(r"\d", line.figure), line.group


def test_all_five_numbers_are_known_with_their_year_and_source(assessment):
    now = [each for each in numbers_of(assessment) if each.horizon == "now"]
    assert [each.kind for each in now] == list(NumberKind)
    for each in now:
        assert each.is_known, each.kind
        assert re.search(r"20\d\d", each.sentence), each.kind
        assert each.source or each.kind == NumberKind.UNMET
    assert next(each.figure for each in now if each.kind == NumberKind.UNMET) == "130,306 people"


def test_what_people_and_clinicians_are_said_to_have_said_is_marked_as_invented(assessment):
    texts = texts_of(assessment)
    for key in (NeedsChapter.EXPERIENCE, NeedsChapter.CLINICAL_VIEW, NeedsChapter.ASSETS):
        assert MARKED.search(texts[key].text), key
    for each in coverage_of(assessment):
        assert not each.line.voice or MARKED.search(each.line.voice), each.group


def in_sentences(text: str) -> str:
    """Each line ends like a sentence, as it does for whoever reads a list."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return " ".join(line if line[-1] in ".!?:" else f"{line}." for line in lines)


def test_somebody_of_thirteen_can_read_it(assessment):
    texts = {key: text.text for key, text in texts_of(assessment).items()}
    assert grade(assessment.statement) <= HARDEST
    grades = {key: grade(in_sentences(text)) for key, text in texts.items()}
    assert not {key: found for key, found in grades.items() if found > HARDEST}
    leads = {key: lead_and_rest(text)[0] for key, text in texts.items()}
    assert not {key: lead for key, lead in leads.items() if grade(lead) > HARDEST_LINE}
    assert grade(" ".join(leads.values())) <= HARDEST
    for each in coverage_of(assessment):
        assert grade(each.line.text) <= HARDEST, each.group


def test_the_front_of_its_page_can_be_read_at_thirteen(assessment):
    """What is seen before anything is unfolded, down to the first chapter, without the sources:
    those are names, and nobody reads names for their sense."""
    robin = User.objects.get(email="robin@example.org")
    page = as_(robin).get(assessment.get_absolute_url()).content.decode()
    main = page[page.index("<main") : page.index('id="about"')]
    seen = re.sub(r"<details.*?</details>", "", main, flags=re.DOTALL)
    seen = re.sub(r'<p class="vbc-note">Source:.*?</p>', "", seen, flags=re.DOTALL)
    blocks = re.findall(r"<(?:p|h1|h2|h3)[^>]*>(.*?)</(?:p|h1|h2|h3)>", seen, re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", " ", block).split()) for block in blocks]
    text = " ".join(each if each[-1:] in ".!?" else f"{each}." for each in words if each)
    assert "147,031 people." in text
    assert grade(text) <= HARDEST, f"{grade(text):.1f}: {text}"


@pytest.mark.row("A3-63")
def test_everybody_may_read_it(assessment, client):
    assert not not_for_everybody(assessment)
    address = reverse("evidence:public-needs", args=[assessment.public_id])
    assert client.get(address).status_code == 200
