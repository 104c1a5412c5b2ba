"""The pages: who sees what, what they say, and that nothing of elsewhere shows."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.enums import Stage, StrategyElement
from cycles.models import Cycle
from cycles.presenters.cycles import next_missing
from cycles.services import comments, redactions, stages, strategy
from stakeholders.enums import Perspective
from stakeholders.services import safeguarding, seats
from tests.cycles.test_gates import READY
from tests.factories import cycles as factory
from tests.factories import decisions
from tests.factories import seats as make_seats
from tests.factories import stakeholders as people
from tests.factories import values as shared

pytestmark = pytest.mark.django_db

# Name, what follows the cycle in its address, whether a member of the panel may open it.
PAGES = [
    ("cycle", "", True),
    ("edit-cycle", "", False),
    ("link-panel", "", False),
    ("link-needs", "", False),
    ("advance", "", False),
    ("go-back", "", False),
    ("history", "", True),
    ("stage", "analyse", True),
    ("stage", "review", True),
    ("strategy", "", True),
    ("strategy-element", "changes", False),
    ("actions", "", True),
    ("add-action", "", False),
    ("action", "action", True),
    ("edit-action", "action", False),
    ("outcomes", "", True),
    ("add-outcome", "", False),
    ("edit-outcome", "outcome", False),
    ("result", "outcome", False),
    ("review", "", True),
    ("add-finding", "", True),
    ("finding", "finding", False),
]
# The stage in which the people who run the cycle may open a page, where that is not any.
OPEN_IN = {
    "link-panel": Stage.PLAN,
    "link-needs": Stage.PLAN,
    "strategy-element": Stage.PLAN,
    "add-outcome": Stage.DO,
    "edit-outcome": Stage.DO,
}
ONLY_THEY = {"finding": "Only whoever wrote this down, and the people who run the cycle"}


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(cycle: Cycle, name: str, more: str = "") -> str:
    things = {
        "action": cycle.actions,
        "outcome": cycle.outcome_measures,
        "finding": cycle.findings,
    }
    args = [cycle.slug]
    if more:
        args.append(things[more].first().public_id if more in things else more)
    return reverse(f"cycles:{name}", args=args)


def text_of(response: Any) -> str:
    """The words of a page, without its markup."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.fixture
def full() -> Cycle:
    """A cycle in its third stage with one of everything."""
    cycle = factory.done()
    factory.finding(cycle)
    return cycle


@pytest.mark.parametrize(("name", "more", "member_may"), PAGES)
def test_each_page_for_each_reader(full, name, more, member_may):
    lead = full.lead
    if OPEN_IN.get(name) == Stage.PLAN:
        full = factory.moved(full, Stage.PLAN, reason="To look.")
    url = address(full, name, more)
    assert signed_in(lead).get(url).status_code == 200
    member = people.members(full.panel, Perspective.SERVICE_USER)[0]
    response = signed_in(member).get(url)
    assert response.status_code == (200 if member_may else 403)
    if not member_may:
        assert ONLY_THEY.get(name, "Only the people who run this cycle") in text_of(response)
    for stranger in (people.person(), people.commissioner(people.organisation())):
        refused = signed_in(stranger).get(url)
        assert refused.status_code == 404
        assert full.title not in refused.content.decode()
        assert signed_in(stranger).post(url, {"target": "plan", "reason": "x"}).status_code in (
            404,
            405,
        )
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize(("name", "more", "member_may"), PAGES)
def test_what_a_member_cannot_open_they_cannot_send(full, name, more, member_may):
    if OPEN_IN.get(name) == Stage.PLAN:
        full = factory.moved(full, Stage.PLAN, reason="To look.")
    member = people.members(full.panel, Perspective.CLINICIAN)[0]
    before = Cycle.objects.filter(pk=full.pk).values().get()
    sent = {"title": "Mine", "text": "Mine", "target": "review", "reason": "Mine", "version": "1"}
    response = signed_in(member).post(address(full, name, more), sent)
    # What everyone who takes part may write is sent from its own page.
    expected = {"action": 403, "add-finding": 302}.get(name, 405) if member_may else 403
    assert response.status_code == expected
    assert Cycle.objects.filter(pk=full.pk).values().get() == before


def test_a_member_who_has_left_sees_nothing_from_the_next_request_on(full):
    member = people.members(full.panel, Perspective.CARER)[0]
    client = signed_in(member)
    assert client.get(full.get_absolute_url()).status_code == 200
    seats.leave(full.panel.seats.get(user=member), by=member)
    assert client.get(full.get_absolute_url()).status_code == 404


# --- The list -------------------------------------------------------------------------------------


def test_the_list_shows_stage_area_and_what_is_missing_next():
    cycle = factory.cycle(title="Crisis help")
    page = text_of(signed_in(cycle.lead).get(reverse("cycles:cycles")))
    assert "Crisis help" in page
    assert "We find out what people need." in page
    assert cycle.area.name in page
    assert "No panel is linked to this cycle yet." in page
    assert "Start a cycle" in page


def test_the_list_holds_nothing_of_elsewhere():
    mine, theirs = factory.cycle(title="Mine"), factory.analysed(title="Theirs")
    page = text_of(signed_in(mine.lead).get(reverse("cycles:cycles")))
    assert "Mine" in page
    assert "Theirs" not in page
    member = people.members(theirs.panel, Perspective.CARER)[0]
    page = text_of(signed_in(member).get(reverse("cycles:cycles")))
    assert "Theirs" in page
    assert "Mine" not in page
    assert "Start a cycle" not in page


def test_an_empty_list_says_what_one_could_do():
    person = people.commissioner(people.organisation())
    page = text_of(signed_in(person).get(reverse("cycles:cycles")))
    assert "There is no cycle yet" in page
    assert "Start with a question" in page
    member = text_of(signed_in(people.person()).get(reverse("cycles:cycles")))
    assert "you will find it here" in member


def test_the_list_can_be_narrowed_and_ordered():
    org = people.organisation()
    by = people.commissioner(org)
    factory.cycle(org, by=by, title="Beta")
    factory.planning(org, by=by, title="Alpha")
    client = signed_in(by)
    url = reverse("cycles:cycles")
    assert "Beta" not in text_of(client.get(url, {"stage": "plan"}))
    running = text_of(client.get(url, {"stage": "running", "order": "title"}))
    assert running.index("Alpha") < running.index("Beta")
    none = text_of(client.get(url, {"stage": "closed"}))
    assert "No cycle is like this" in none
    for odd in ({"stage": "nonsense"}, {"order": "' OR 1=1"}, {"page": "-3"}, {"page": "x"}):
        assert "Alpha" in text_of(client.get(url, odd))


@pytest.mark.parametrize("name", ["cycles", "cycle", "strategy", "actions", "outcomes", "review"])
@pytest.mark.thorough
def test_pages_take_the_same_queries_for_one_and_for_three(name):
    org = people.organisation()
    by = people.commissioner(org)
    one = factory.done(org, by=by)
    factory.finding(one)
    client = signed_in(by)
    url = reverse("cycles:cycles") if name == "cycles" else address(one, name)
    client.get(url)
    with CaptureQueriesContext(connection) as first:
        assert client.get(url).status_code == 200
    for _ in range(2):
        factory.action(one)
        factory.outcome(one)
        factory.finding(one)
        if name == "cycles":
            factory.analysed(org, by=by)
    if name in ("cycle", "strategy"):
        factory.moved(one, Stage.PLAN, reason="More to decide.")
        for _ in range(2):
            factory.recorded_decision(factory.fresh(one))
        factory.moved(one, Stage.DO)
    with CaptureQueriesContext(connection) as third:
        assert client.get(url).status_code == 200
    assert len(first) == len(third)


# --- Starting and editing -------------------------------------------------------------------------


def start_form(by: Any, area: Any, **given: str) -> dict[str, str]:
    return {
        "title": "Crisis help",
        "summary": "How people get help.",
        "area": area.code,
        "lead": by.public_id,
        "panel": "",
        **given,
    }


def test_starting_a_cycle_leads_to_its_page():
    org = people.organisation()
    by = people.commissioner(org)
    client, url = signed_in(by), reverse("cycles:start")
    assert "No areas are known yet" in text_of(client.get(url))
    area = factory.area("Trafford")
    assert "Trafford" in text_of(client.get(url))
    response = client.post(url, start_form(by, area), follow=True)
    assert response.redirect_chain == [("/cycles/crisis-help/", 302)]
    page = text_of(response)
    assert "Crisis help" in page
    assert "This cycle is in its first stage of four: Analyse." in page
    assert "0 of 10 done" in page
    assert "Link a panel" in page


def test_a_form_without_its_answers_says_what_to_enter():
    org = people.organisation()
    by = people.commissioner(org)
    factory.area()
    page = text_of(signed_in(by).post(reverse("cycles:start"), {"title": ""}))
    assert "There is a problem" in page
    assert "Enter title" in page
    assert Cycle.objects.count() == 0


@pytest.mark.parametrize("field", ["panel", "lead", "area"])
def test_a_forged_field_links_nothing_of_elsewhere(field):
    org, elsewhere = people.organisation(), people.organisation()
    by, area = people.commissioner(org), factory.area()
    foreign = {
        "panel": people.sitting_panel(elsewhere).public_id,
        "lead": people.commissioner(elsewhere).public_id,
        "area": "E00000000",
    }[field]
    response = signed_in(by).post(reverse("cycles:start"), start_form(by, area) | {field: foreign})
    assert response.status_code == 200
    assert "Choose one of the answers" in text_of(response)
    assert Cycle.objects.count() == 0


def test_a_cycle_is_not_started_in_an_organisation_of_others():
    org, elsewhere = people.organisation(), people.organisation()
    by, area = people.commissioner(org), factory.area()
    url = reverse("cycles:start") + f"?organisation={elsewhere.slug}"
    assert signed_in(by).get(url).status_code == 404
    assert signed_in(by).post(url, start_form(by, area)).status_code == 404
    assert signed_in(people.admin_of(org)).get(reverse("cycles:start")).status_code == 403
    assert Cycle.objects.count() == 0


@pytest.mark.parametrize(("name", "field"), [("link-panel", "panel"), ("link-needs", "assessment")])
def test_only_the_organisations_own_can_be_linked(name, field):
    cycle = factory.cycle()
    elsewhere = factory.analysed()
    mine = {
        "panel": people.sitting_panel(cycle.organisation, by=cycle.lead),
        "assessment": factory.needs_assessment(cycle.organisation, cycle.area, cycle.lead),
    }[field]
    theirs = {"panel": elsewhere.panel, "assessment": elsewhere.needs_assessment}[field]
    client, url = signed_in(cycle.lead), address(cycle, name)
    if field == "panel":
        assert theirs.name not in text_of(client.get(url))
    response = client.post(url, {field: theirs.public_id})
    assert response.status_code == 200
    linked = "panel" if field == "panel" else "needs_assessment"
    assert getattr(factory.fresh(cycle), linked) is None
    assert client.post(url, {field: mine.public_id}).status_code == 302
    assert getattr(factory.fresh(cycle), linked) == mine


def test_where_the_panel_has_spoken_no_other_can_be_linked_and_the_page_says_what_to_do():
    cycle = factory.with_panel()
    client, url = signed_in(cycle.lead), address(cycle, "link-panel")
    assert "Link another panel" in text_of(client.get(cycle.get_absolute_url()))
    shared.said(cycle)
    other = people.sitting_panel(cycle.organisation, by=cycle.lead)
    page = text_of(client.get(cycle.get_absolute_url()))
    assert "Link another panel" not in page
    assert "another panel cannot take its place" in page
    member = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    assert "cannot take its place" not in text_of(signed_in(member).get(cycle.get_absolute_url()))
    for answer in (client.get(url), client.post(url, {"panel": other.public_id})):
        page = text_of(answer)
        assert "This cycle keeps its panel" in page
        assert "a commissioner can start a new cycle with it" in page
        assert other.name not in page
    assert factory.fresh(cycle).panel == cycle.panel


def test_nobody_reads_how_it_stood_before_by_linking_a_panel_of_their_own():
    """Whoever names themselves the lead of a panel of their own lets themselves in nowhere else."""
    cycle = factory.with_panel()
    said = shared.said(cycle, "Nurse Snowdrop shouted at me.")
    redaction = redactions.redact(said, words=["Nurse Snowdrop"], by=cycle.lead)
    curious = people.commissioner(cycle.organisation)
    own = people.forming_panel(cycle.organisation, by=curious)
    safeguarding.name_panel_lead(own, curious, by=curious)
    client = signed_in(curious)
    client.post(address(cycle, "link-panel"), {"panel": own.public_id})
    answer = client.post(address(cycle, "see-original-understanding", redaction.public_id))
    assert answer.status_code == 403
    assert "Nurse Snowdrop" not in answer.content.decode()
    assert factory.fresh(cycle).panel == cycle.panel


def test_the_second_of_two_editors_keeps_their_words_and_sees_the_others():
    cycle = factory.cycle(title="As it was")
    client, url = signed_in(cycle.lead), address(cycle, "edit-cycle")
    sent = start_form(cycle.lead, cycle.area, title="The first", version="1")
    assert client.post(url, sent).status_code == 302
    response = client.post(url, sent | {"title": "The second"})
    page = response.content.decode()
    assert 'value="The second"' in page
    assert "The first" in text_of(response)
    assert "This was changed after you opened it" in text_of(response)
    assert factory.fresh(cycle).title == "The first"
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    assert version.group(1) == "2"
    assert client.post(url, sent | {"title": "Both", "version": "2"}).status_code == 302
    assert factory.fresh(cycle).title == "Both"


@pytest.mark.row("A1-20")
def test_a_cycle_says_what_it_is_about_and_leads_to_what_the_library_has_on_it():
    org = people.organisation()
    by = people.commissioner(org)
    cycle = factory.cycle(org, by=by, title="Drink and low mood")
    other = factory.cycle(org, by=by, title="Nights")
    client, url = signed_in(by), address(cycle, "edit-cycle")
    topics = ["addictions", "long_term_conditions"]
    sent = start_form(by, cycle.area, title=cycle.title, version="1") | {"topics": topics}
    page = client.post(url, sent, follow=True).content.decode()
    assert f'href="{reverse("evidence:references")}?topic=addictions">Addictions</a>' in page
    assert "Long-term conditions</a>" in page
    narrowed = text_of(client.get(reverse("cycles:cycles"), {"topic": "addictions"}))
    assert cycle.title in narrowed
    assert other.title not in narrowed
    client.post(url, sent | {"topics": ["dementia"], "version": "2"})
    assert [each.topic for each in cycle.topics.all()] == ["dementia"]
    forged = client.post(url, sent | {"topics": ["nonsense"], "version": "3"})
    assert forged.status_code == 200
    assert [each.topic for each in cycle.topics.all()] == ["dementia"]


# --- Stages ---------------------------------------------------------------------------------------


def test_a_step_onwards_from_the_page():
    cycle = factory.analysed()
    client, url = signed_in(cycle.lead), address(cycle, "advance")
    assert "Everything that this step needs is there" in text_of(client.get(url))
    response = client.post(url, {"target": "plan"}, follow=True)
    assert "The cycle is now in the stage “Plan”." in text_of(response)
    assert "second stage of four: Plan" in text_of(response)
    again = client.post(url, {"target": "plan"})
    assert factory.fresh(cycle).stage == Stage.PLAN
    assert again.status_code == 200
    assert cycle.stage_changes.count() == 1


def test_what_is_missing_is_listed_with_links_and_the_panel_rule_has_no_way_round():
    cycle = factory.cycle()
    client, url = signed_in(cycle.lead), address(cycle, "advance")
    page = client.get(url).content.decode()
    for line in stages.unmet(cycle):
        assert f'href="{line.url}"' in page
    assert "Go on although this is missing" not in page
    client.post(url, {"target": "plan", "reason": "It is urgent."})
    assert factory.fresh(cycle).stage == Stage.ANALYSE


def test_a_document_is_passed_from_the_page_with_a_published_reason():
    cycle = factory.analysed()
    factory.needs.reopen(cycle.needs_assessment, by=cycle.lead)
    client, url = signed_in(cycle.lead), address(cycle, "advance")
    assert "Go on although this is missing" in text_of(client.get(url))
    assert "There is a problem" in text_of(client.post(url, {"target": "plan", "reason": " "}))
    assert factory.fresh(cycle).stage == Stage.ANALYSE
    assert client.post(url, {"target": "plan", "reason": "<b>Flood</b>"}).status_code == 302
    member = people.members(cycle.panel, Perspective.CARER)[0]
    response = signed_in(member).get(address(cycle, "history"))
    assert "&lt;b&gt;Flood&lt;/b&gt;" in response.content.decode()
    page = text_of(response)
    assert "The needs assessment is not published yet." in page
    assert cycle.lead.display_name in page


def test_going_back_from_the_page_needs_a_reason():
    cycle = factory.planning()
    client, url = signed_in(cycle.lead), address(cycle, "go-back")
    assert "Learning something late is not a fault." in text_of(client.get(url))
    assert "There is a problem" in text_of(client.post(url, {"target": "analyse"}))
    assert client.post(url, {"target": "analyse", "reason": "New figures."}).status_code == 302
    assert factory.fresh(cycle).stage == Stage.ANALYSE
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("target", ["closed", "nonsense", "", "do"])
def test_a_forged_target_takes_no_step(target):
    cycle = factory.analysed()
    signed_in(cycle.lead).post(address(cycle, "advance"), {"target": target, "reason": "x"})
    assert factory.fresh(cycle).stage == Stage.ANALYSE
    assert cycle.stage_changes.count() == 0


@pytest.mark.row("A3-75")
def test_closing_from_the_page_leads_to_the_next_cycle():
    cycle = factory.reviewed()
    client, url = signed_in(cycle.lead), address(cycle, "advance")
    assert "People came because they were asked." in text_of(client.get(url))
    page = text_of(client.post(url, {"target": "closed"}, follow=True))
    assert "This cycle is finished" in page
    following = factory.fresh(cycle).next
    assert following.title in page
    page = text_of(client.get(following.get_absolute_url()))
    assert "Carried forward from the cycle before" in page
    assert "People came because they were asked." in page
    assert client.get(url).status_code == 403


def test_a_stage_that_is_none_is_not_found():
    cycle = factory.cycle()
    for stage in ("closed", "nonsense"):
        assert signed_in(cycle.lead).get(address(cycle, "stage", stage)).status_code == 404
    assert (
        signed_in(cycle.lead).get(address(cycle, "strategy", "")[:-1] + "/nonsense/").status_code
        == 404
    )


def test_the_page_of_a_stage_that_is_over_leads_to_no_closed_door():
    cycle = factory.reviewed()
    Cycle.objects.filter(pk=cycle.pk).update(needs_assessment=None)
    client = signed_in(cycle.lead)
    for stage in (Stage.ANALYSE, Stage.PLAN):
        page = client.get(address(cycle, "stage", stage)).content.decode()
        for url in set(re.findall(rf'href="(/cycles/{cycle.slug}/[^"#]+)', page)):
            assert client.get(url).status_code == 200, url


def test_a_task_says_which_role_is_waited_for_and_never_who():
    cycle = factory.analysed()
    factory.needs.reopen(cycle.needs_assessment, by=cycle.lead)
    members = people.members(cycle.panel, Perspective.SERVICE_USER)
    for member in members[:2]:
        seats.go_away(cycle.panel.seats.get(user=member), by=member)
    page = text_of(signed_in(cycle.lead).get(cycle.get_absolute_url()))
    assert "The panel is waiting for a member." in page
    assert "Waiting for the panel" in page
    assert not any(member.display_name in page for member in members)
    page = text_of(signed_in(members[2]).get(cycle.get_absolute_url()))
    assert "Waiting for the people who run this cycle" in page
    assert "Change what this cycle is about" not in page


def test_no_page_of_a_cycle_tells_whoever_may_not_know_roles_who_took_part():
    """A clinician's comment does not meet "Service users or carers took part"; a carer's does."""
    decision = decisions.ready()
    cycle = decision.cycle
    carer = people.members(cycle.panel, Perspective.CARER)[0]
    clinician, other = people.members(cycle.panel, Perspective.CLINICIAN)[:2]
    beside = make_seats.supporter_of(cycle.panel.seats.get(user=other)).user
    pages = [
        cycle.get_absolute_url(),
        address(cycle, "stage", "plan"),
        reverse("cycles:cycles"),
        reverse("home:my-work"),
    ]

    def told(reader):
        client = signed_in(reader)
        # How many comments there are and how many have an answer, whoever wrote them.
        count = r"Of \w+ comments?, \w+ (has|have) an answer"
        return {each: re.sub(count, "", text_of(client.get(each))) for each in pages}

    def said_by(person):
        said = comments.add(decision, text="I see it every day.", by=person)
        # So that no page counts one more that waits for an answer.
        comments.answer(said, status="acted_on", text="It is in.", by=cycle.lead)

    missing = "Nobody who uses services, and no carer, has taken part in this stage yet"
    said_by(clinician)
    before = told(beside)
    assert "Service users or carers took part in this stage" in before[pages[0]]
    assert "Not shown" in before[pages[0]]
    assert missing in told(carer)[pages[1]]
    assert missing in told(cycle.lead)[pages[1]]
    said_by(carer)
    assert told(beside) == before
    assert not [each for each in before.values() if missing in each]
    assert missing not in told(carer)[pages[1]]


def test_the_list_says_nothing_of_who_took_part_where_nothing_else_is_missing():
    cycle = decisions.planning_cycle()
    facts = replace(READY, service_users_or_carers_took_part=False)
    told = [
        next_missing(cycle, each, knows_roles=knows)
        for each in (READY, facts)
        for knows in (True, False)
    ]
    assert told[1] == told[3] == "Nothing that is shown to you."
    assert told[0] == "Nothing: it can go on."
    assert told[2].startswith("Nobody who uses services, and no carer, has taken part")


def test_beside_the_cycle_nothing_is_counted_by_role_for_whoever_may_not_know():
    cycle = factory.with_panel()
    reserve = make_seats.on_reserve(cycle.panel, Perspective.CARER).user
    page = text_of(signed_in(reserve).get(cycle.get_absolute_url()))
    assert "nobody who uses services sits alone" in page
    assert "three service users" not in page


def test_a_panel_without_a_carer_says_so_beside_the_cycle():
    cycle = factory.cycle()
    panel = people.sitting_panel(cycle.organisation, carers=0, by=cycle.lead)
    factory.services.link_panel(cycle, panel, by=cycle.lead)
    page = text_of(signed_in(cycle.lead).get(cycle.get_absolute_url()))
    assert "This panel is sitting: three service users" in page
    assert "No carer is on this panel at the moment." in page


# --- Strategy, actions, outcomes, review ----------------------------------------------------------


@pytest.mark.row("A3-66")
def test_a_part_of_the_strategy_begins_with_what_is_known_and_is_saved():
    cycle = factory.planning()
    client, url = signed_in(cycle.lead), address(cycle, "strategy-element", "needs")
    assert "Begin with what the cycle already knows" in text_of(client.get(url))
    begun = client.get(url, {"begin": "1"}).content.decode()
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", begun, re.S)
    assert area
    assert "A third get none." in area.group(1)
    response = client.post(url, {"text": "People need\n\nnights.", "version": "0"}, follow=True)
    assert "One of seven parts is written." in text_of(response)
    member = people.members(cycle.panel, Perspective.CARER)[0]
    page = text_of(signed_in(member).get(address(cycle, "strategy")))
    assert "People need nights." in page
    assert "Write this part" not in page
    # Nothing was asked for, so nothing is refused.
    assert "Only the people who run this cycle" not in page
    assert "You are reading what is being written." in page


@pytest.mark.row("A3-73")
def test_a_part_of_the_strategy_can_be_said_in_easy_words():
    cycle = factory.planned()
    client, url = signed_in(cycle.lead), address(cycle, "strategy-element", "changes")
    page = text_of(client.get(url))
    assert "What we will not commission, in easy words" in page
    assert "Ask two people who use services to read it." in page
    easy = (
        "Help comes sooner. You can walk in. You do not need a letter. It is there at night. " * 2
    )
    said = {"text": "We do.", "will_not_commission": "Far beds.", "version": "1"}
    sent = {**said, "easy_text": easy, "easy_will_not_commission": "We will not send you far."}
    saved = text_of(client.post(url, sent, follow=True))
    assert "One of seven parts has easy words." in saved
    assert "By the length of its words and sentences, for readers aged 7 or younger." in saved
    late = client.post(url, {**sent, "easy_text": "Mine."})
    assert "You do not need a letter." in text_of(client.get(address(cycle, "strategy")))
    assert late.status_code != 302
    member = people.members(cycle.panel, Perspective.CARER)[0]
    read = text_of(signed_in(member).get(address(cycle, "strategy")))
    assert "We will not send you far." in read
    assert "for readers aged" not in read


def test_the_sixth_part_asks_what_will_not_be_commissioned():
    cycle = factory.planned()
    client, url = signed_in(cycle.lead), address(cycle, "strategy-element", "changes")
    page = client.get(url)
    assert "What we will not commission" in text_of(page)
    assert "More beds" in text_of(page)
    sent = {"text": "We do.", "will_not_commission": "Far beds.", "version": "1"}
    assert client.post(url, sent).status_code == 302
    assert "Far beds." in text_of(client.get(address(cycle, "strategy")))
    other = address(cycle, "strategy-element", "purpose")
    assert "What we will not commission" not in text_of(client.get(other))


def test_two_writers_of_a_part_both_keep_their_words():
    cycle = factory.planning()
    client, url = signed_in(cycle.lead), address(cycle, "strategy-element", "purpose")
    client.get(url)
    strategy.save_text(cycle, "purpose", text="The first words.", expected=0, by=cycle.lead)
    response = client.post(url, {"text": "The second words.", "version": "0"})
    page = text_of(response)
    assert "The first words." in page
    assert "The second words." in page
    assert 'name="version" value="1"' in response.content.decode()


@pytest.mark.parametrize("element", StrategyElement.values)
def test_hostile_words_are_shown_as_words(element):
    cycle = factory.planning()
    factory.write(cycle, element, "<script>alert(1)</script>{{ 7*7 }}")
    body = signed_in(cycle.lead).get(address(cycle, "strategy")).content.decode()
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body
    assert "{{ 7*7 }}" in body


@pytest.mark.row("A3-49")
def test_an_action_is_given_and_its_owner_says_where_it_stands():
    cycle = factory.doing()
    owner = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    sent = {
        "title": "Ask about nights",
        "decision": cycle.decisions.get().public_id,
        "owner": owner.public_id,
        "due_on_day": "31",
        "due_on_month": "March",
        "due_on_year": "2027",
        "version": "1",
    }
    client = signed_in(cycle.lead)
    assert client.post(address(cycle, "add-action"), sent).status_code == 302
    page = text_of(client.get(address(cycle, "actions")))
    assert "Ask about nights" in page
    assert "Wednesday 31 March 2027" in page
    url = address(cycle, "action", "action")
    as_owner = signed_in(owner)
    assert "Say where it stands" in text_of(as_owner.get(url))
    stopped = {"status": "stopped", "note": "", "version": "1"}
    assert "Say why it was stopped" in text_of(as_owner.post(url, stopped))
    assert as_owner.post(url, stopped | {"note": "Too far."}).status_code == 302
    assert cycle.actions.get().note == "Too far."
    assert as_owner.get(address(cycle, "edit-action", "action")).status_code == 403


@pytest.mark.parametrize("field", ["owner", "decision"])
def test_an_action_takes_nobody_and_nothing_from_elsewhere(field):
    cycle, elsewhere = factory.doing(), factory.doing()
    foreign = {"owner": elsewhere.lead, "decision": elsewhere.decisions.get()}[field]
    sent = {"title": "T", "version": "1", field: foreign.public_id}
    response = signed_in(cycle.lead).post(address(cycle, "add-action"), sent)
    assert "Choose one of the answers" in text_of(response)
    assert cycle.actions.count() == 0


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("action", "action"),
        ("edit-action", "action"),
        ("edit-outcome", "outcome"),
        ("result", "outcome"),
        ("finding", "finding"),
    ],
)
def test_what_belongs_to_another_cycle_is_not_found_under_this_one(name, more, full):
    mine = factory.done(full.organisation, by=full.lead)
    things = {
        "action": full.actions,
        "outcome": full.outcome_measures,
        "finding": full.findings,
    }
    url = reverse(f"cycles:{name}", args=[mine.slug, things[more].first().public_id])
    assert signed_in(full.lead).get(url).status_code == 404


@pytest.mark.row("A0-7")
def test_an_outcome_is_added_measured_and_said_in_words():
    cycle = factory.doing()
    client = signed_in(cycle.lead)
    sent = {
        "title": "People helped the same day",
        "unit": "in 100",
        "higher_is_better": "yes",
        "is_output": "no",
        "part_of_life": "home",
        "baseline": "40",
        "baseline_on_day": "",
        "baseline_on_month": "",
        "baseline_on_year": "",
        "hoped": "80",
        "version": "1",
    }
    url = address(cycle, "add-outcome")
    assert "Enter the day it was measured" in text_of(client.post(url, sent))
    sent |= {"baseline_on_day": "1", "baseline_on_month": "2", "baseline_on_year": "2026"}
    assert client.post(url, sent).status_code == 302
    measure = cycle.outcome_measures.get()
    assert (measure.baseline, measure.higher_is_better) == (40, True)
    assert "A suitable and stable place to live" in text_of(client.get(address(cycle, "outcomes")))
    assert "Not measured again yet." in text_of(client.get(address(cycle, "outcomes")))
    result = {
        "result": "60",
        "result_on_day": "1",
        "result_on_month": "11",
        "result_on_year": "2026",
        "comment": "",
        "version": "1",
    }
    assert client.post(address(cycle, "result", "outcome"), result).status_code == 302
    page = text_of(client.get(address(cycle, "outcomes")))
    assert "Better than where we started, not yet what we hoped for." in page
    assert "60 in 100, on Sunday 1 November 2026" in page
    form = client.get(address(cycle, "edit-outcome", "outcome")).content.decode()
    assert 'name="baseline" value="40"' in form
    form = client.get(address(cycle, "result", "outcome")).content.decode()
    assert 'name="result" value="60"' in form


def test_a_figure_is_taken_as_people_write_it_and_as_the_page_shows_it():
    cycle = factory.doing()
    measure = factory.outcome(cycle)
    client, url = signed_in(cycle.lead), address(cycle, "result", "outcome")
    day = {"result_on_day": "1", "result_on_month": "11", "result_on_year": "2026"}
    sent = {**day, "comment": "", "version": str(measure.version)}
    for unclear in ("2,60", "1,2,3", "12,5"):
        page = client.post(url, sent | {"result": unclear}).content.decode()
        assert "Write a number" in page
        assert f'value="{unclear}"' in page
    assert client.post(url, sent | {"result": "2,600.5"}).status_code == 302
    measure.refresh_from_db()
    assert measure.result == Decimal("2600.5")
    assert "2,600.5 " in text_of(client.get(address(cycle, "outcomes")))


@pytest.mark.row("A1-7")
def test_counting_only_what_is_done_is_said_until_something_says_who_is_better_off():
    cycle = factory.doing()
    client, url = signed_in(cycle.lead), address(cycle, "add-outcome")
    warning = "Nothing here says yet whether people are better off"
    assert warning not in text_of(client.get(address(cycle, "outcomes")))
    sent = {"title": "Appointments", "unit": "a year", "higher_is_better": "yes", "version": "1"}
    assert "What does it count?" in text_of(client.post(url, sent))
    assert not cycle.outcome_measures.exists()
    assert client.post(url, sent | {"is_output": "yes"}).status_code == 302
    page = text_of(client.get(address(cycle, "outcomes")))
    assert warning in page
    assert "What it counts What is done" in page
    people_keep = sent | {"title": "People who keep their job", "is_output": "no"}
    assert client.post(url, people_keep).status_code == 302
    page = text_of(client.get(address(cycle, "outcomes")))
    assert warning not in page
    assert "What it counts Whether people are better off" in page


def test_only_who_can_add_an_outcome_is_told_to():
    cycle = factory.doing()
    lead = signed_in(cycle.lead)
    member = signed_in(people.members(cycle.panel, Perspective.CARER)[0])
    sent = {"title": "Appointments", "unit": "a year", "higher_is_better": "yes", "version": "1"}
    for told in ("Choose one or two things", "Add something that people who use services"):
        runs, reads = (text_of(each.get(address(cycle, "outcomes"))) for each in (lead, member))
        assert told in runs
        assert told not in reads
        assert "what you would notice" in reads
        assert "what you would notice" not in runs
        lead.post(address(cycle, "add-outcome"), sent | {"is_output": "yes"})


def test_what_an_outcome_counts_is_not_said_until_somebody_says_it():
    cycle = factory.doing()
    measure = cycle.outcome_measures.first() or factory.outcome(cycle)
    assert measure.is_output is None
    client = signed_in(cycle.lead)
    assert "What it counts Not said yet" in text_of(client.get(address(cycle, "outcomes")))
    page = client.get(address(cycle, "edit-outcome", "outcome"))
    assert page.context["form"]["is_output"].value() is None


def test_a_finding_is_written_and_changed():
    cycle = factory.reviewing()
    client = signed_in(cycle.lead)
    url = address(cycle, "add-finding")
    sent = {"text": "Nights matter.", "is_carried_forward": "on", "version": "1"}
    assert client.post(url, sent).status_code == 302
    page = text_of(client.get(address(cycle, "review")))
    assert "Nights matter." in page
    assert "The next cycle takes this up." in page
    change = {"text": "Nights matter most.", "version": "1"}
    assert client.post(address(cycle, "finding", "finding"), change).status_code == 302
    page = text_of(client.get(address(cycle, "review")))
    assert "Nights matter most." in page
    assert "Stays in this cycle." in page


def test_no_page_title_says_what_anybody_speaks_from(full):
    client = signed_in(full.lead)
    for name, more, _member in PAGES:
        body = client.get(address(full, name, more)).content.decode()
        title = re.search(r"<title>(.*?)</title>", body, re.S)
        assert title
        assert not re.search(r"service user|carer|patient", title.group(1), re.I), name
