"""The guided start: what it says, how hard it is to read, and who knows what somebody has read."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import Guide, InductionStep, Perspective
from stakeholders.models import Induction, Panel
from stakeholders.queries.induction import finished_at_least, induction_of, steps_for
from stakeholders.services import induction
from tests.factories import stakeholders as make
from tests.pages import as_
from tests.reading_age import text_of
from vbc.core.models import AuditContent, AuditEntry
from vbc.ui.reading import grade, syllables

pytestmark = pytest.mark.django_db
OVERVIEW = "/taking-part/"
HARDEST = 8
# Words that say little, or that only insiders say.
STOCK_WORDS = (
    "stakeholder",
    "engagement",
    "empower",
    "leverage",
    "facilitate",
    "holistic",
    "pathway",
    "robust",
    "going forward",
    "utilise",
    "key ",
    "co-production",
    "service delivery",
    "buy-in",
)


def member(perspective: str = Perspective.SERVICE_USER) -> Any:
    return make.seat(make.forming_panel(make.organisation()), perspective).user


def read_all(person: Any) -> None:
    for step in steps_for(person):
        induction.read(step, by=person)


def addresses() -> list[str]:
    return [
        *(reverse("stakeholders:induction-step", args=[step.value]) for step in InductionStep),
        reverse("stakeholders:for-chairs"),
        *(reverse("stakeholders:guide", args=[guide.value]) for guide in Guide),
        OVERVIEW,
    ]


# --- What it says -------------------------------------------------------------------------------


@pytest.mark.row("A3-47")
@pytest.mark.parametrize("address", addresses())
def test_every_page_can_be_read_at_thirteen(address: str) -> None:
    text = text_of(as_(member()).get(address).content.decode())
    assert len(text.split()) > 40
    assert grade(text) <= HARDEST, f"{grade(text):.1f}: {text}"


@pytest.mark.parametrize("address", addresses())
def test_no_page_says_what_only_insiders_say(address: str) -> None:
    text = text_of(as_(member()).get(address).content.decode()).lower()
    assert [word for word in STOCK_WORDS if word in text] == []


def test_all_of_it_takes_about_ten_minutes() -> None:
    """At 130 to 200 words a minute, which is slow reading."""
    client = as_(member())
    words = sum(
        len(
            text_of(
                client.get(reverse("stakeholders:induction-step", args=[step])).content.decode()
            ).split()
        )
        for step in InductionStep.for_everyone()
    )
    assert 1200 <= words <= 2000


def test_grade_tells_plain_from_hard() -> None:
    plain = "The cat sat on the mat. It was warm. We went home."
    hard = (
        "Commissioning organisations facilitate multidisciplinary stakeholder participation "
        "throughout prioritisation, notwithstanding considerable organisational complexity."
    )
    assert grade(plain) < 1
    assert grade(hard) > 20
    # 0.39 x 12 / 3 + 11.8 x 12 / 12 - 15.59
    assert grade(plain) == pytest.approx(-2.23)


@pytest.mark.parametrize(
    ("word", "count"),
    [("care", 1), ("carer", 2), ("people", 2), ("evidence", 3), ("waited", 2), ("asked", 1)],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "step"),
    [
        ("commissioning", "commissioning"),
        ("commissioners", "commissioning"),
        ("cycle", "cycle"),
        ("panel", "panel"),
        ("service users", "panel"),
        ("carers", "panel"),
        ("chair", "panel"),
        ("pillars", "pillars"),
        ("option", "deciding"),
        ("rating", "deciding"),
        ("cover", "leaving"),
        ("advocate", "beside-someone"),
    ],
)
def test_each_word_of_the_trade_is_explained_where_it_is_first_said(word: str, step: str) -> None:
    client = as_(member())
    for each in InductionStep:
        page = client.get(reverse("stakeholders:induction-step", args=[each.value]))
        text = text_of(page.content.decode()).lower().replace("step in", "")
        if each == step:
            assert f"<strong>{word}</strong>" in page.content.decode()
            return
        assert not re.search(rf"\b{word}\b", text), f"{word} is said before it is explained"


@pytest.mark.row("A0-13")
def test_anyone_can_read_how_to_influence_what_is_bought() -> None:
    page = Client().get(reverse("stakeholders:guide", args=["how-to-influence"])).content.decode()
    assert "Influencing Mental Health Services: Guide to Values Based Commissioning" in page
    assert "NSUN" in page
    assert "2014" in page
    help_page = Client().get(reverse("home:help")).content.decode()
    for guide in Guide:
        address = reverse("stakeholders:guide", args=[guide.value])
        assert address in help_page
        assert Client().get(address).status_code == 200


@pytest.mark.row("A0-11")
def test_anyone_can_read_where_this_way_of_working_comes_from() -> None:
    page = Client().get(reverse("stakeholders:guide", args=[Guide.WHERE_FROM])).content.decode()
    for fact in ("Heginbotham", "2012", "Neil Deuchar", "Liz England", "National Survivor User"):
        assert fact in page


@pytest.mark.row("A1-21")
def test_whoever_chairs_reads_how_and_which_data_to_ask_for() -> None:
    page = as_(member()).get(reverse("stakeholders:for-chairs")).content.decode()
    for heading in (
        "On the day a member leaves",
        "What never to ask",
        "Agenda and minutes",
        "Which data to ask for",
    ):
        assert heading in page
    topics = page.split('id="topics"')[1].split("</ul>")[0]
    assert topics.count("<li>") == 8


@pytest.mark.row("A3-25")
def test_the_six_duties_towards_disabled_people_are_named() -> None:
    page = as_(member()).get(reverse("stakeholders:for-chairs")).content.decode()
    duties = page.split('id="disability"')[1].split("</ol>")[0]
    assert duties.count("<li>") == 6
    assert "even if that means doing more for them than for others" in duties


def test_there_is_no_page_of_another_name() -> None:
    client = as_(member())
    assert client.get("/taking-part/steps/nothing/").status_code == 404
    assert client.get("/taking-part/guides/nothing/").status_code == 404


# --- Going through it ---------------------------------------------------------------------------


def test_a_person_stops_and_goes_on_where_they_were() -> None:
    person = member()
    client = as_(person)
    first, second, third = (step.value for step in InductionStep.for_everyone()[:3])
    for step, after in ((first, second), (second, third)):
        answer = client.post(reverse("stakeholders:induction-step", args=[step]))
        assert answer.url == reverse("stakeholders:induction-step", args=[after])
    later = as_(person).get(OVERVIEW)
    assert later.context["next"].key == third
    assert "2 of 9 done" in later.content.decode()


def test_reading_all_of_it_finishes_and_says_when() -> None:
    person = member()
    client = as_(person)
    for step in InductionStep.for_everyone():
        answer = client.post(reverse("stakeholders:induction-step", args=[step]), follow=True)
    assert "That was all of it." in answer.content.decode()
    finished = Induction.objects.get(user=person).finished_at
    assert finished is not None
    client.post(reverse("stakeholders:induction-step", args=["cycle"]))
    assert Induction.objects.get(user=person).finished_at == finished


def test_reading_twice_is_reading_once() -> None:
    person = member()
    for _ in range(2):
        induction.read("cycle", by=person)
    assert induction_of(person).steps_read == ["cycle"]


@pytest.mark.parametrize(
    ("perspective", "extra"),
    [
        (Perspective.SERVICE_USER, None),
        (Perspective.CARER, None),
        (Perspective.CLINICIAN, InductionStep.WORKING_TOGETHER),
        (Perspective.SOCIAL_CARE, InductionStep.WORKING_TOGETHER),
        (Perspective.EVIDENCE_REVIEWER, InductionStep.READING_STUDIES),
        (Perspective.IN_ATTENDANCE, None),
    ],
)
def test_steps_fit_what_one_is_there_for(perspective: str, extra: InductionStep | None) -> None:
    steps = steps_for(member(perspective))
    assert steps == [*InductionStep.for_everyone(), *([extra] if extra else [])]


def test_every_step_is_open_to_everyone_so_that_opening_one_says_nothing() -> None:
    person = make.person()
    for step in InductionStep:
        address = reverse("stakeholders:induction-step", args=[step.value])
        assert as_(person).get(address).status_code == 200
        assert address in as_(person).get(OVERVIEW).content.decode()


def test_looking_changes_nothing() -> None:
    person = member()
    for address in addresses():
        as_(person).get(address)
    assert not Induction.objects.exists()


def test_an_unknown_step_cannot_be_read() -> None:
    with pytest.raises(ValueError, match="nothing"):
        induction.read("nothing", by=member())
    assert not Induction.objects.exists()


# --- Who knows ----------------------------------------------------------------------------------


def panel_with_finished(count: int) -> Panel:
    panel = make.sitting_panel(make.organisation(), service_users=8, carers=0, clinicians=0)
    for person in make.members(panel, Perspective.SERVICE_USER)[:count]:
        read_all(person)
    return panel


@pytest.mark.parametrize(("finished", "said"), [(0, 0), (4, 0), (5, 5), (7, 5)])
def test_how_many_have_finished_is_said_from_five_and_in_fives(finished: int, said: int) -> None:
    assert finished_at_least(panel_with_finished(finished)) == said


def test_those_who_run_a_panel_read_how_many_and_never_who() -> None:
    panel = panel_with_finished(5)
    address = reverse("stakeholders:panel-composition", args=[panel.public_id])
    page = as_(panel.created_by).get(address).content.decode()
    assert "At least 5 people have finished the guided start." in page
    for person in make.members(panel, Perspective.SERVICE_USER):
        assert person.display_name not in page
    theirs = as_(make.members(panel, Perspective.SERVICE_USER)[0]).get(address).content.decode()
    assert "have finished" not in theirs


def test_people_elsewhere_who_finished_do_not_count() -> None:
    panel = panel_with_finished(4)
    panel_with_finished(5)
    assert finished_at_least(panel) == 0


def test_the_audit_says_that_somebody_finished_and_not_what_they_read() -> None:
    person = member(Perspective.CLINICIAN)
    before = AuditEntry.objects.count()
    read_all(person)
    entry = AuditEntry.objects.order_by("sequence").last()
    assert AuditEntry.objects.count() == before + 1
    assert entry is not None
    assert entry.verb == "induction.finished"
    assert AuditContent.objects.get(entry=entry).data == {}


@pytest.mark.thorough
def test_the_list_costs_the_same_for_one_seat_and_three() -> None:
    person = member()
    client = as_(person)
    address = reverse("stakeholders:induction-step", args=["leaving"])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address)
    for _ in range(2):
        make.seat(make.forming_panel(make.organisation()), Perspective.CARER, user=person)
    with CaptureQueriesContext(connection) as three:
        page = client.get(address)
    assert len(page.context["seats"]) == 3
    assert len(three) == len(one)


def test_finishing_is_after_beginning() -> None:
    person = member()
    read_all(person)
    progress = Induction.objects.get(user=person)
    assert progress.begun_at <= progress.finished_at <= timezone.now()
