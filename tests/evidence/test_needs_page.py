"""How a reader meets a needs assessment: three numbers first, each chapter in a line, the rest
folded away behind it."""

import re

import pytest

from evidence.enums import NeedsChapter, NumberKind
from evidence.presenters.needs_chapters import lead_and_rest
from evidence.services import needs
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.pages import as_

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "lead", "rest"),
    [
        ("", "", ""),
        ("One sentence.", "One sentence.", ""),
        ("One. Two.\n\nThree.", "One.", "Two.\n\nThree."),
        ("It rose (a lot). Then it fell.", "It rose (a lot).", "Then it fell."),
        ("People came. (invented)", "People came. (invented)", ""),
        ("It is 7.4 out of 10. So it is.", "It is 7.4 out of 10.", "So it is."),
        ("Is it? Yes! “No,” they said.", "Is it?", "Yes! “No,” they said."),
        ("About it, e.g. this. That.", "About it, e.g. this.", "That."),
        ("No full stop\nand a line", "No full stop", "and a line"),
        ("- a list\n- of things", "", "- a list\n- of things"),
        ("> What was said.\n\nAnd more.", "", "> What was said.\n\nAnd more."),
        ("word " * 41, "", ("word " * 41).strip()),
    ],
)
def test_the_first_sentence_says_what_a_chapter_says(text, lead, rest):
    assert lead_and_rest(text) == (lead, rest)


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


def read(person, assessment, query=""):
    answer = as_(person).get(assessment.get_absolute_url() + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_of_a_text_is_lost_or_said_twice(org, clerk):
    draft = library.written_needs(org, clerk)
    line = draft.texts.get(chapter=NeedsChapter.NEED)
    text = "Much is needed. More is not known.\n\nSomething follows."
    needs.edit_chapter(draft, chapter=NeedsChapter.NEED, text=text, version=line.version, by=clerk)
    page = read(clerk, draft)
    for words in ("Much is needed.", "More is not known.", "Something follows."):
        assert page.count(words) == 1
    section = re.search(r'<section[^>]*aria-labelledby="need".*?</section>', page, re.DOTALL)[0]
    before, after = section.split("<details", 1)
    assert "Much is needed." in before
    assert "More is not known." in after


def test_each_chapter_is_folded_until_somebody_asks_for_all(org, clerk):
    published = library.published_needs(org, clerk)
    folded = re.compile(r"<details[^>]*vbc-chapter__fold[^>]*>")
    assert not [each for each in folded.findall(read(clerk, published)) if " open" in each]
    opened = folded.findall(read(clerk, published, "?show=everything"))
    assert opened
    assert all(" open" in each for each in opened)


def test_whoever_writes_it_finds_it_unfolded_and_can_fold_it(org, clerk):
    draft = library.written_needs(org, clerk)
    opened = 'vbc-chapter__fold" open'
    assert opened in read(clerk, draft)
    assert opened not in read(clerk, draft, "?show=lines")


def test_each_pillar_speaks_in_a_chapter_of_its_own_in_the_one_order(org, clerk):
    page = read(clerk, library.published_needs(org, clerk))
    sections = re.findall(
        r'<section class="vbc-chapter" aria-labelledby="(\w+)">(.*?)</section>', page, re.DOTALL
    )
    marked = [
        (key, found[1])
        for key, text in sections
        if (found := re.search(r"vbc-pillar-mark--(\w+)", text))
    ]
    assert marked == [
        ("experience", "service_users_and_carers"),
        ("clinical_view", "clinical"),
        ("what_works", "evidence"),
    ]


def test_the_three_numbers_come_before_everything_else(org, clerk):
    page = read(clerk, library.published_needs(org, clerk))
    order = ["With the condition", "Treated", "The gap", "How well people feel", 'id="statement"']
    places = [page.index(each) for each in order]
    assert places == sorted(places)
    assert places[-1] < page.index('id="about"')


def test_readers_are_not_told_what_nobody_spoke_of(org, clerk):
    """Of what is expected later only one number has to be said; whoever writes sees the others."""
    draft = library.written_needs(org, clerk)
    heading = f"{NumberKind.TREATED.label}, expected later"
    assert heading in read(clerk, draft)
    needs.publish(draft, by=clerk)
    assert heading not in read(clerk, draft)


def test_whoever_reads_finds_where_its_pdf_is(org, clerk):
    draft = library.written_needs(org, clerk)
    address = f"/documents/needs/{draft.public_id}/"
    assert address in read(clerk, draft)
    assert "Have it as a PDF, marked as a draft" in read(clerk, draft)
    needs.publish(draft, by=clerk)
    assert "marked as a draft" not in read(clerk, draft)
