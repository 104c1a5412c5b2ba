"""What the chapters ask and show beside their text; and what is there and what is not, in words."""

import re

import pytest
from django.urls import reverse

from evidence.enums import NeedsChapter, ParticularGroup
from evidence.enums.national import DEFINITION, DUTY, INDICATORS, TARGETS
from evidence.presenters import needs as presenters
from evidence.queries import needs as queries
from evidence.queries import needs_facts
from evidence.queries.needs_numbers import numbers_of
from evidence.services import needs
from tests.factories import evidence as library
from tests.factories import stakeholders

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def draft(org, clerk):
    return library.needs_draft(org, clerk)


def page(client, user, url):
    client.force_login(user)
    html = client.get(url).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def writing(draft, chapter):
    return reverse("evidence:edit-chapter", args=[draft.public_id, chapter])


@pytest.mark.row("A3-2")
@pytest.mark.row("A3-63")
def test_the_first_chapter_says_the_duty_and_quotes_only_where_asked(client, draft, clerk):
    url = draft.get_absolute_url()
    shown = page(client, clerk, url)
    assert DUTY in shown
    assert "section 116" in shown
    assert DEFINITION not in shown
    assert needs_facts(draft)["definition"] is None
    said = {"title": "T", "statement": "S", "version": "1", "quotes_definition": "on"}
    client.post(reverse("evidence:edit-statement", args=[draft.public_id]), said)
    shown = page(client, clerk, url)
    assert DEFINITION in shown
    assert "World Health Organization" in shown
    draft.refresh_from_db()
    assert needs_facts(draft)["definition"]["text"] == DEFINITION


@pytest.mark.row("A3-31")
def test_what_shapes_mental_health_is_asked_in_everyday_words(client, draft, clerk):
    shown = page(client, clerk, writing(draft, NeedsChapter.WIDER))
    assert "transport, leisure, education, housing, health and employment" in shown
    assert "information, advice and advocacy" in shown


@pytest.mark.row("A3-34")
@pytest.mark.row("A4-4")
def test_the_national_and_the_local_picture_are_two_chapters(client, draft, clerk):
    national = page(client, clerk, writing(draft, NeedsChapter.NATIONAL))
    for factor in (
        "how good the commissioning is",
        "policy",
        "limited money",
        "what has to be reached",
        "skilled staff",
        "care made to fit the person",
        "stigma and discrimination",
        "choice",
        "the part that service users and carers have",
    ):
        assert factor in national
    local = page(client, clerk, writing(draft, NeedsChapter.LOCAL))
    assert "what is wanted now and later, and the partners who could offer more" in local


@pytest.mark.row("A3-81")
def test_what_is_measured_nationally_leads_to_the_library_where_it_has_it(
    client, org, draft, clerk
):
    library.read_import(
        org, clerk, library.csv("E08000006,Salford,2024,5,Suicide rate,10,,,per 100 000,,,")
    )
    client.force_login(clerk)
    html = client.get(draft.get_absolute_url()).content.decode()
    assert html.count("The library has no figures of it yet.") == len(INDICATORS) - 1
    assert re.search(r"In the library: <a[^>]*>Suicide rate</a>", html)


@pytest.mark.row("A3-80")
def test_the_targets_are_those_of_2009(draft):
    assert [target.number for target in TARGETS] == [7_500, 100_000, None]
    assert "one fifth" in TARGETS[2].text
    lines = needs_facts(draft)["targets"]["lines"]
    assert [line["share"] for line in lines] == ["", "", ""]


@pytest.mark.row("A3-89")
def test_a_group_can_have_a_figure_and_its_own_words(client, draft, clerk):
    url = reverse("evidence:edit-coverage", args=[draft.public_id, ParticularGroup.OLDER])
    client.force_login(clerk)
    said = {
        "state": "assessed",
        "text": "Few come.",
        "figure": "315 of 1,040 (2024)",
        "voice": "“Nobody asked me.”",
        "version": "0",
    }
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 409
    shown = page(client, clerk, draft.get_absolute_url())
    assert "Figure: 315 of 1,040 (2024)" in shown
    assert "What they say: “Nobody asked me.”" in shown
    line = next(each for each in needs_facts(draft)["coverage"] if each["group"] == "older")
    assert (line["figure"], line["voice"]) == ("315 of 1,040 (2024)", "“Nobody asked me.”")


def test_what_is_there_is_said_in_words_with_where_to_write_it(draft, clerk, client):
    def lines(assessment, may_edit=True):
        numbers = presenters.shown_numbers(assessment, numbers_of(assessment))
        return presenters.whats_there(
            assessment,
            numbers,
            queries.chapters_of(assessment),
            queries.coverage_of(assessment),
            may_edit=may_edit,
        )

    before = lines(draft)
    keys = [line["key"] for line in before]
    assert keys[:6] == [
        "With the condition",
        "With the condition, expected later",
        "Treated",
        "The gap",
        "How well people feel",
        "What it costs",
    ]
    assert {NeedsChapter(key).label for key in presenters.ASKED_OF} < set(keys)
    assert keys[-10:] == [group.label for group in ParticularGroup]
    assert {line["value"] for line in before[:6]} == {"Nothing is said yet."}
    client.force_login(clerk)
    for line in before:
        assert client.get(line["actions"][0]["url"]).status_code == 200
    library.say_numbers(draft, clerk)
    needs.edit_chapter(draft, chapter="assets", text="Much.", version=1, by=clerk)
    after = {line["key"]: line for line in lines(draft, may_edit=False)}
    assert after["Treated"]["value"] == "It is there: 4,500 people."
    assert after["What it costs"]["value"] == "It is not known, and that is said, with why."
    assert after["What is strong here"]["value"] == "It is written."
    assert after["Treated"]["actions"] == []
    assert not any("%" in line["value"] for line in after.values())
