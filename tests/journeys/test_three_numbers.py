"""Somebody new finds, on a phone, how many have the condition, how many are treated, and the gap:
on the demonstration's needs assessment, from the first page that they see.

Two minutes for each, by issue 5. What is measured stands in for the clock, because a timing in a
test measures the machine: ten seconds for each tap (to find it, and for the page to come), and the
words that stand before what is looked for, read at 200 a minute, which is slow for an adult. Four
taps and 250 words are 115 seconds.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from evidence.models import NeedsAssessment
from tests.journeys.people import Person
from tests.journeys.watching import PHONE, SCREENSHOTS, Watch
from tests.support import run_jobs
from vbc.home.demonstration import loading, people

pytestmark = pytest.mark.journey
MOST_TAPS = 4
MOST_WORDS = 250
NUMBERS = {
    "With the condition": "147,031 people",
    "Treated": "16,725 people",
    "The gap": "130,306 people",
}
# What somebody sees from the beginning of the page's own part to the element, folds left folded.
WORDS_BEFORE = """(element) => {
  const range = document.createRange();
  range.setStart(document.querySelector("main"), 0);
  range.setEndAfter(element);
  const seen = document.createElement("div");
  seen.append(range.cloneContents());
  seen.querySelectorAll("script, svg, .nhsuk-u-visually-hidden").forEach((each) => each.remove());
  seen.querySelectorAll("details:not([open]) > :not(summary)").forEach((each) => each.remove());
  return seen.textContent.split(/\\s+/).filter(Boolean).length;
}"""
# The chapters in which charts stand, and what each shows, in order.
CHARTS = {
    "wider_determinants": ("inequality",),
    "need": ("trend", "map"),
    "gaps": ("groups by background", "groups by age"),
}
# What is wider than a phone, and moves sideways in its frame there.
SIDEWAYS = ("map", "rug")


class Seeker:
    """Somebody who has never been here, and counts what it takes them."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.taps = 0
        self.words = 0

    def goes_by(self, link: Locator) -> None:
        self.taps += 1
        if link.evaluate("(element) => Boolean(element.closest('main'))"):
            self.words += link.evaluate(WORDS_BEFORE)
        else:
            self.words += len(self.person.page.locator("header").inner_text().split())
        with self.person.page.expect_navigation():
            link.click()
        self.person.arrives()

    def finds(self, heading: str, figure: str) -> tuple[int, int]:
        """The taps and words until the number and what it counts have been read."""
        one = self.person.main.locator(".vbc-numbers__one").filter(
            has=self.person.page.get_by_role("heading", name=heading, exact=True)
        )
        number = one.get_by_text(figure, exact=True)
        expect(number).to_be_visible()
        counted = one.locator("p").nth(1)
        assert re.search(r"20\d\d", counted.inner_text()), "No year is said beside it"
        return self.taps, self.words + counted.evaluate(WORDS_BEFORE)


@pytest.fixture
def demonstration(site: Watch, transactional_db: None, settings: Any) -> NeedsAssessment:
    settings.DEMONSTRATION = True
    assert loading.load()
    run_jobs()
    return NeedsAssessment.objects.get()


def link(person: Person, words: str) -> Locator:
    return person.page.get_by_role("link", name=re.compile(f"^{re.escape(words)}")).first


def finds_them_in_time(person: Person, *ways: str) -> None:
    """They follow the links that begin with these words, and read each of the three numbers."""
    seeker = Seeker(person)
    for words in ways:
        seeker.goes_by(link(person, words))
    for heading, figure in NUMBERS.items():
        taps, words_read = seeker.finds(heading, figure)
        assert taps <= MOST_TAPS, (heading, taps)
        assert words_read <= MOST_WORDS, (heading, words_read)


@pytest.mark.row("A3-17")
@pytest.mark.thorough
def test_three_numbers(
    site: Watch, demonstration: NeedsAssessment, arrive: Callable[..., Person]
) -> None:
    """A service user and a commissioner begin with what they see when they have signed in; somebody
    without an account, and without scripts, with the front page. Then the charts are looked at."""
    for key in ("robin", "alex"):
        person = arrive(key, email=f"{key}@example.org", screen=PHONE)
        person.signs_in(people.PASSWORD)
        finds_them_in_time(person, "Library", "Needs assessments", demonstration.title)
    outside = arrive("Somebody", screen=PHONE, javascript=False)
    outside.opens("/")
    finds_them_in_time(outside, "Read what people need", demonstration.title)
    outside.follows("unfold everything")
    outside.sees("Adults facing chronic exclusion: assessed", "How it is, and what people hope for")
    expect(outside.main.locator("details:not([open]).vbc-chapter__fold")).to_have_count(0)
    looks_at_the_charts(site, person, demonstration)
    assert not site.findings, "\n".join(site.findings)


def looks_at_the_charts(site: Watch, person: Person, needs: NeedsAssessment) -> None:
    """Each is drawn, has its table beside it, and stays inside the screen; kept in colour and in
    grey, to be looked at by people."""
    person.opens(f"{needs.get_absolute_url()}?show=everything")
    for chapter, shown in CHARTS.items():
        charts = person.main.locator(f"section[aria-labelledby={chapter}] .vbc-chart")
        expect(charts).to_have_count(len(shown))
        for number, name in enumerate(shown):
            keep(site, charts.nth(number), name)
    area = f"/library/areas/{needs.area.code}/profile/"
    person.opens(area)
    run_jobs()  # The page asked for its two pictures by itself.
    person.opens(area)
    for section, name in (("spine", "profile"), ("rug", "rug")):
        keep(site, person.main.locator(f"section[aria-labelledby={section}] .vbc-chart"), name)
    person.opens(f"/library/hopes/{needs.organisation.public_id}/")
    person.presses("Draw the picture")
    run_jobs()
    person.opens(f"/library/hopes/{needs.organisation.public_id}/")
    keep(site, person.main.locator(".vbc-chart").first, "hopes")


def keep(site: Watch, chart: Locator, name: str) -> None:
    """A picture of the chart as the phone shows it, in colour and in grey: one, and, but for those
    that have no twin for a phone, the whole of it."""
    seen = chart.locator("svg[role=img]:visible")
    expect(seen).to_have_count(1)
    if name not in SIDEWAYS:
        picture = seen.bounding_box()
        assert picture is not None
        assert picture["x"] >= 0
        assert picture["x"] + picture["width"] <= PHONE["width"]
    expect(chart.locator("summary").filter(has_text="The figures as a table")).to_be_visible()
    box = chart.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    path = SCREENSHOTS / site.journey / f"chart-{name.replace(' ', '-')}.png"
    chart.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("L").save(path.with_name(f"{path.stem}-in-grey.png"))
