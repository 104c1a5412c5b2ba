"""The involvement report: who was asked, what was said and done, and what stays in the panel."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.enums import Stage
from cycles.models import CallResponse, Cycle
from cycles.queries.what_became import what_became
from cycles.services import answers, comments, contributions, redactions
from cycles.services import cycles as cycle_services
from evidence.services import experience as told
from reports.documents.involvement import context
from reports.editions import build
from reports.enums import ReportKind
from reports.kinds import KINDS
from reports.models import Report
from reports.queries import reports_visible_to
from stakeholders.enums import EngagementKind, Perspective
from stakeholders.models import EngagementEvent
from stakeholders.services import engagement, people
from tests.factories import (
    calls,
    cycles,
    decisions,
    evidence,
    experience,
    involvement,
    meetings,
    talking,
)
from tests.factories import reports as documents
from tests.factories import stakeholders as persons
from tests.factories import values as making_values
from tests.kept import kept
from tests.pages import as_
from tests.reports.conftest import World
from tests.reports.paper import check_is_accessible, flat, text_of
from tests.reports.test_permissions import EVERYONE, MAKE, READ
from tests.reports.test_taken_back import QUOTE, Printer, printer  # noqa: F401 - a fixture
from tests.reports.words import check_same_words
from tests.support import run_jobs, thoroughly

pytestmark = pytest.mark.django_db
KIND = ReportKind.INVOLVEMENT
ANSWER = "Buses run until ten from May."
# Said inside the panel, in answers to a call, at an event that is not shared, or between two.
PRIVATE = {
    "comment": "My neighbour waited all night.",
    "understanding": "I was sent away from three doors.",
    "answer to a call": "They laughed at my daughter.",
    "event that is not shared": "The ward was cold.",
    "talk of two": "She told me about her son.",
    "held": "This names somebody.",
}


class Asked:
    """A cycle in which everything happened of which the report can tell."""

    def __init__(self) -> None:
        self.decision = decisions.recorded()
        self.cycle: Cycle = self.decision.cycle
        self.lead = self.cycle.lead
        assert self.cycle.panel is not None
        self.panel = self.cycle.panel
        self.teller = persons.person()
        self.account = experience.quoted(self.cycle.organisation, self.teller, clerk=self.lead)
        assessment = evidence.published_needs(self.cycle.organisation, self.lead)
        cycle_services.link_needs_assessment(self.cycle, assessment, by=self.lead)
        self.call = calls.told(self.cycle, people=6, title="Help at night for all")
        self._events()
        self._talk()
        self.learn("People come where they know somebody.")
        cycles.action(self.cycle, title="Open the café until ten")
        self.cycle = cycles.fresh(self.cycle)

    def learn(self, text: str) -> None:
        """What was learned is written down in a stage of its own."""
        Cycle.objects.filter(pk=self.cycle.pk).update(stage=Stage.REVIEW)
        cycles.finding(cycles.fresh(self.cycle), text=text)
        Cycle.objects.filter(pk=self.cycle.pk).update(stage=Stage.PLAN)

    def _events(self) -> None:
        self.group = involvement.group(self.panel, name="People who sleep rough")
        of_group = {self.group.pk: 7}
        self.event = involvement.event(
            self.panel,
            title="What would help?",
            what_was_said="A door that is open.",
            what_came_of_it="It opens at six.",
            what_could_not_be_done="No bus of our own.",
            came_as={"service_users": 12, "carers": 3},
            of_group=of_group,
        )
        engagement.share(self.event, by=self.lead)
        for kind, said in (
            (EngagementKind.FOCUS_GROUP, PRIVATE["event that is not shared"]),
            (EngagementKind.ONE_TO_ONE, PRIVATE["talk of two"]),
        ):
            involvement.event(self.panel, kind=kind, what_was_said=said)

    def _talk(self) -> None:
        everybody = [
            person
            for each in (Perspective.SERVICE_USER, Perspective.CARER, Perspective.CLINICIAN)
            for person in persons.members(self.panel, each)
        ]
        made = decisions.decision(self.cycle)
        self.said = [
            comments.add(made, text=PRIVATE["comment"], by=person) for person in everybody[:5]
        ]
        contributions.answer(self.said, status="acted_on", text=ANSWER, by=self.lead)
        self.few = comments.add(made, text=PRIVATE["comment"], by=everybody[0])
        two = comments.add(made, text=PRIVATE["comment"], by=everybody[1])
        contributions.answer(
            [self.few, two], status="not_acted_on", text="Not this year, dear Robin.", by=self.lead
        )
        making_values.said(self.cycle, PRIVATE["understanding"])
        talking.held(comments.add(made, text=PRIVATE["held"], by=everybody[2]))

    def asked_for(self) -> Report:
        return documents.asked_for(cycles.fresh(self.cycle), KIND)


def facts(cycle: Cycle) -> dict[str, Any]:
    return KINDS[KIND].facts(cycles.fresh(cycle))


def printed(cycle: Cycle) -> dict[str, Any]:
    snapshot = build(KIND, cycles.fresh(cycle), edition=1, made_on=date(2026, 11, 27))
    return context(snapshot, lambda spec: None)


@pytest.fixture
def asked() -> Asked:
    return asked_about_everything()


@kept
def asked_about_everything() -> Asked:
    return Asked()


# --- What it says --------------------------------------------------------------------------------


@pytest.mark.row("A3-55")
@pytest.mark.thorough
def test_it_is_an_accessible_pdf_that_says_what_was_asked_said_and_done(asked: Asked) -> None:
    report = documents.made(asked.cycle, KIND, reason="for the inspection")
    content = documents.content(report)
    check_is_accessible(content, title=f"Involvement report: {asked.cycle.title}")
    text = flat(text_of(content))
    for each in (
        "Section 242 of the National Health Service Act 2006",
        "Help at night for all",
        "At least 5 people answered.",
        "Nobody rings back.",
        "Now somebody does.",
        "What would help?",
        "At least 10 came.",
        "A door that is open.",
        "It opens at six.",
        "No bus of our own.",
        "One more event was held.",
        "People who sleep rough",
        QUOTE,
        ANSWER,
        "Acted on: at least 5 contributions",
        "We decided on",
        "People come where they know somebody.",
        "Open the café until ten",
    ):
        assert each in text, each
    check_same_words(report, asked.lead)


@pytest.mark.thorough
def test_long_words_go_over_to_the_next_page(asked: Asked) -> None:
    words = " ".join(f"Sentence {number} is here to be read." for number in range(400))
    EngagementEvent.objects.filter(pk=asked.event.pk).update(
        what_was_said=words, what_came_of_it=words.replace("Sentence", "Answer")
    )
    report = documents.made(cycles.fresh(asked.cycle), KIND)
    assert report.is_ready
    check_same_words(report, asked.lead)


@pytest.mark.row("A3-55")
def test_nothing_that_was_said_inside_leaves_the_panel(asked: Asked) -> None:
    calls.given(calls.opened(asked.cycle), words=PRIVATE["answer to a call"])
    said = str(facts(asked.cycle))
    assert {where for where, words in PRIVATE.items() if words in said} == set()
    # An answer to two people alone may be about one of them.
    assert "dear Robin" not in said
    assert asked.teller.display_name not in said


def test_nobody_is_named_or_counted_by_pillar(asked: Asked) -> None:
    said = facts(asked.cycle)
    members = {
        person.display_name
        for each in (Perspective.SERVICE_USER, Perspective.CARER)
        for person in persons.members(asked.panel, each)
    }
    assert not [name for name in members if name in str(said)]
    assert "12" not in str(said["events"])
    told_of = str([said["matrix"], said["contributions"], said["seldom_heard"]])
    assert not re.search(r"\b[1-4]\b", told_of), told_of


def test_the_words_of_a_call_wait_until_it_is_out_what_came_of_it(asked: Asked) -> None:
    call = calls.answered(asked.cycle, people=6, title="Closed and not answered")
    CallResponse.objects.create(call=call, you_said="Nobody rings.", we_did="A first draft.")
    found = next(each for each in facts(asked.cycle)["calls"] if each["title"] == call.title)
    assert (found["how_many"], found["themes"], found["chosen"], found["responses"]) == (
        "",
        [],
        [],
        [],
    )
    still_open = printed(asked.cycle)["still_open"]
    assert any("it is not out yet what came of it" in each for each in still_open)


def test_a_call_that_few_answered_says_no_number_and_no_theme(asked: Asked) -> None:
    few = calls.told(asked.cycle, people=4, title="Few answered")
    found = next(each for each in facts(asked.cycle)["calls"] if each["title"] == few.title)
    assert (found["how_many"], found["themes"]) == ("fewer than five", [])


def test_a_call_that_nobody_outside_can_see_is_not_told(asked: Asked) -> None:
    draft = calls.started(asked.cycle)
    assert draft.title not in str(facts(asked.cycle))


def test_answers_are_told_where_five_people_were_given_them_together(asked: Asked) -> None:
    (together,) = what_became(asked.cycle).together
    assert (together.label, together.answer, together.how_many) == (
        "Acted on",
        ANSWER,
        "at least 5",
    )


def test_an_answer_to_five_contributions_of_one_person_is_not_told() -> None:
    decision = decisions.ready()
    person = decisions.members(decision, Perspective.CARER)[0]
    said = [comments.add(decision, text=f"Again, {number}.", by=person) for number in range(5)]
    assert len({each.pk for each in said}) == 5
    contributions.answer(said, status="acted_on", text="For you alone.", by=decision.cycle.lead)
    assert what_became(decision.cycle).together == ()


def test_an_answer_sent_back_counts_as_waiting(asked: Asked) -> None:
    contributions.say_not_answered(asked.said[0], words="It does not.", by=asked.said[0].author)
    assert what_became(asked.cycle).together == ()


def test_events_of_the_cycle_before_are_told_in_its_own_report(asked: Asked) -> None:
    before = cycles.closed(asked.cycle.organisation, by=asked.lead)
    Cycle.objects.filter(previous=before).update(previous=None)
    Cycle.objects.filter(pk=asked.cycle.pk).update(previous=before)
    said = facts(asked.cycle)
    assert (said["events"], said["events_not_shared"]) == ([], 0)
    assert said["seldom_heard"][0]["reached"] == "There was no event yet."


def test_meetings_are_told_by_how_many_and_when_only() -> None:
    panel = meetings.panel()
    cycle = cycles.cycle(panel.organisation, by=panel.created_by)
    cycle_services.link_panel(cycle, panel, by=panel.created_by)
    assert facts(cycle)["meetings"] is None
    titles = [meetings.held(panel, days_ago=days).title for days in (30, 14)]
    said = facts(cycle)
    assert said["meetings"]["number"] == 2
    assert not [title for title in titles if title in str(said)]
    assert printed(cycle)["meetings"].startswith("It met two times, from ")


def test_a_cycle_in_which_nothing_happened_says_so() -> None:
    cycle = cycles.cycle()
    report = documents.asked_for(cycle, KIND)
    page = as_(cycle.lead).get(reverse("reports:report-read", args=[report.public_id]))
    text = unescape(page.content.decode())
    for each in (
        "No panel works on this yet.",
        "No call for views was put out.",
        "No event is written down.",
        "Nothing can be told outside the panel yet.",
        "Fewer than five contributions stand.",
        "No decision has been prepared yet.",
        "Nothing is written yet.",
    ):
        assert each in text, each


# --- Two editions say nothing between them -------------------------------------------------------


@pytest.mark.parametrize("perspective", [Perspective.SERVICE_USER, Perspective.CARER])
def test_an_edition_from_after_somebody_joined_does_not_say_from_what_they_speak(
    perspective: str,
) -> None:
    """Whoever knows that somebody joined compares the two editions."""
    org = persons.organisation()
    lead = persons.commissioner(org)
    panel = persons.sitting_panel(org, service_users=2, carers=0, by=lead)
    cycle = cycles.cycle(org, by=lead)
    cycle_services.link_panel(cycle, panel, by=lead)
    before = facts(cycle)
    persons.seat(panel, perspective)
    after = facts(cycle)
    assert after["matrix"] == before["matrix"]
    assert after["contributions"] == before["contributions"]


def test_who_owns_an_action_does_not_say_from_what_they_speak(asked: Asked) -> None:
    """Owners are named beside what they do, so that the table of levels leaves owning out."""
    before = facts(asked.cycle)["matrix"]
    owner = persons.members(asked.panel, Perspective.CARER)[0]
    cycles.action(asked.cycle, title="Ring everybody", owner=owner)
    said = facts(asked.cycle)
    assert owner.display_name in str(said["actions"])
    assert said["matrix"] == before
    assert "doing" not in str(before)


def test_one_contribution_more_does_not_show(asked: Asked) -> None:
    before = facts(asked.cycle)["contributions"]
    comments.add(asked.said[0].decision, text="One more.", by=asked.said[0].author)
    assert facts(asked.cycle)["contributions"] == before


# --- Taken back while it waits -------------------------------------------------------------------


def no_longer_quoted(asked: Asked) -> str:
    told.take_back(asked.account, by=asked.teller)
    return QUOTE


def no_longer_shared(asked: Asked) -> str:
    engagement.stop_sharing(asked.event, by=asked.lead)
    return "A door that is open."


def one_of_five_taken_back(asked: Asked) -> str:
    comments.withdraw(asked.said[0], by=asked.said[0].author)
    return ANSWER


def kept_back(asked: Asked) -> str:
    talking.held(asked.said[0])
    return ANSWER


def name_taken_out(asked: Asked) -> str:
    chosen = asked.decision.record.chosen
    redactions.redact(chosen, words=[chosen.title.split()[-1]], by=asked.lead)
    return str(chosen.title)


def answers_held_back(asked: Asked) -> str:
    for answer in asked.call.answers.all()[:2]:
        answers.hold(answer, reason="It names somebody.", by=asked.lead)
    return "At least 5 people answered"


def owner_erased(asked: Asked) -> str:
    owner = persons.members(asked.panel, Perspective.CLINICIAN)[0]
    people.erase(owner, by=owner)
    return str(owner.display_name)


WAYS: dict[str, Callable[[Asked], str]] = {
    each.__name__: each
    for each in (
        no_longer_quoted,
        no_longer_shared,
        one_of_five_taken_back,
        kept_back,
        name_taken_out,
        answers_held_back,
        owner_erased,
    )
}


@pytest.mark.parametrize("way", thoroughly(WAYS, "no_longer_quoted"))
def test_what_is_taken_back_is_in_no_form_of_an_edition_that_waited(
    asked: Asked,
    printer: Printer,  # noqa: F811
    way: str,
) -> None:
    owner = persons.members(asked.panel, Perspective.CLINICIAN)[0]
    cycles.action(asked.cycle, title="Ask the bus company", owner=owner)
    waiting = asked.asked_for()
    gone = WAYS[way](asked)
    run_jobs()
    waiting.refresh_from_db()
    assert waiting.is_ready, waiting.job.reason
    client = as_(asked.lead)
    forms = [printer.printed] + [
        unescape(client.get(reverse(f"reports:{name}", args=[waiting.public_id])).content.decode())
        for name in ("report-read", "report-data")
    ]
    assert not any(gone in each for each in forms)
    assert "It opens at six." in printer.printed or way == "no_longer_shared"


@pytest.mark.thorough
def test_control_all_of_that_is_printed_where_it_stands(asked: Asked, printer: Printer) -> None:  # noqa: F811
    owner = persons.members(asked.panel, Perspective.CLINICIAN)[0]
    cycles.action(asked.cycle, title="Ask the bus company", owner=owner)
    asked.asked_for()
    run_jobs()
    for each in (
        QUOTE,
        "A door that is open.",
        ANSWER,
        asked.decision.record.chosen.title,
        "At least 5 people answered",
        owner.display_name,
    ):
        assert each in printer.printed, each


# --- Who makes and who reads ---------------------------------------------------------------------


def test_who_makes_it_and_who_reads_it(world: World) -> None:
    report = documents.asked_for(world.cycle, KIND)
    makes = {who for who in EVERYONE if KINDS[KIND].may_make(world.people[who], world.cycle)}
    reads = {
        who
        for who in EVERYONE
        if reports_visible_to(world.people[who]).filter(pk=report.pk).exists()
    }
    assert (makes, reads) == (MAKE, READ)
    page = reverse("reports:report-read", args=[report.public_id])
    statuses = {who: world.client(who).get(page).status_code for who in EVERYONE}
    assert {who for who, status in statuses.items() if status == 200} == READ


@pytest.mark.thorough
def test_facts_take_as_many_queries_for_three_things_as_for_one(asked: Asked) -> None:
    def count() -> int:
        cycle = cycles.fresh(asked.cycle)
        with CaptureQueriesContext(connection) as captured:
            KINDS[KIND].facts(cycle)
        return len(captured)

    one = count()
    for _ in range(2):
        calls.told(asked.cycle)
        involvement.group(asked.panel)
        event = involvement.event(asked.panel, what_came_of_it="It opens.")
        engagement.share(event, by=asked.lead)
        asked.learn("It helped.")
        cycles.action(asked.cycle)
        decisions.decision(asked.cycle)
    assert count() == one
