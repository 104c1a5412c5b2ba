"""My work: what waits, what became of one's words, what comes up; for each persona."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cycles.enums import ActionStatus, BoardAnswerKind, Certainty, SignatureKind, Stage
from cycles.models import Action, Cycle, Decision, Round
from cycles.services import actions, appraisals, comments, ratings, values
from cycles.services import cycles as cycle_services
from stakeholders.enums import Coming, Perspective, Pillar
from stakeholders.models import Seat
from stakeholders.queries.induction import steps_for
from stakeholders.services import attendance, induction, invitations, meetings, panels, seats
from tests.factories import decisions as make
from tests.factories import equality as after
from tests.factories import meetings as make_meetings
from tests.factories import stakeholders as people
from tests.factories import values as make_values
from tests.pages import as_
from vbc.core.enums import ContributionStatus
from vbc.home.presenters.my_work import my_work as work_of
from vbc.home.presenters.task import MOST_WAITING

pytestmark = pytest.mark.django_db
SMALL = {"service_users": 2, "carers": 0, "clinicians": 1, "evidence_reviewers": 1}


# It stands on the page of everyone who has not read it yet.
START = "Start here: what this is, how it works, and your rights"


def waiting(person: Any) -> list[str]:
    return followed(person, "waiting")


def coming_up(person: Any) -> list[str]:
    return followed(person, "coming_up")


def followed(person: Any, part: str) -> list[str]:
    """The titles of one part of the page, every link on the page having led to a page."""
    work, client = work_of(person), as_(person)
    tasks = [*work["waiting"], *work["coming_up"]]
    links = [each.url for each in [*tasks, *work["words"], *work["cycles"]]]
    links += [each.next_url for each in work["cycles"]]
    for address in links:
        assert client.get(address).status_code == 200, address
    return [task.title for task in work[part] if task.title != START]


def test_whoever_has_a_seat_is_shown_where_to_start_until_they_have_read_it() -> None:
    panel = people.sitting_panel(people.organisation())
    member = people.members(panel, Perspective.SERVICE_USER)[0]
    assert START in [task.title for task in work_of(member)["waiting"]]
    for step in steps_for(member):
        induction.read(step, by=member)
    assert START not in [task.title for task in work_of(member)["waiting"]]
    assert START not in [task.title for task in work_of(people.person())["waiting"]]


def test_where_to_start_stands_first_until_it_is_begun_and_then_last() -> None:
    decision = rating()
    member = one(decision, Perspective.SERVICE_USER)
    titles = [task.title for task in work_of(member)["waiting"]]
    assert titles[0] == START
    assert len(titles) > 1
    induction.read(steps_for(member)[0], by=member)
    assert [task.title for task in work_of(member)["waiting"]] == [*titles[1:], START]


def rating(**panel_of: int) -> Decision:
    return make.rating(2, **{**SMALL, **panel_of})


def one(made: Decision, perspective: str) -> Any:
    return make.members(made, perspective)[0]


def seat_of(made: Decision, person: Any) -> Seat:
    return Seat.objects.live().get(panel=made.cycle.panel, user=person)


# --- Rating -------------------------------------------------------------------------------------


def test_rating_waits_for_whoever_rates_until_every_option_is_rated() -> None:
    made = rating()
    title = f"Rate the options in “{made.title}”"
    for perspective in (Perspective.SERVICE_USER, Perspective.CLINICIAN):
        assert waiting(one(made, perspective)) == [title]
    assert title not in waiting(one(made, Perspective.EVIDENCE_REVIEWER))
    assert title not in waiting(made.cycle.lead)
    assert waiting(people.person()) == []
    person = one(made, Perspective.SERVICE_USER)
    first, second = make.options_of(made)
    ratings.cast(make.round_of(made), option=first, value=7, reason="", by=person)
    assert waiting(person) == [title]
    ratings.cast(make.round_of(made), option=second, value=None, reason="", by=person)
    assert waiting(person) == []
    assert coming_up(person) == [f"Rating closes on “{made.title}”"]


def test_rating_says_how_long_and_until_when() -> None:
    made = rating()
    page = as_(one(made, Perspective.SERVICE_USER)).get(reverse("home:my-work")).content.decode()
    assert "About 5 minutes, until " in page
    assert made.get_absolute_url() in page


def test_nothing_waits_while_the_panel_waits_and_nobody_is_named() -> None:
    made = rating()
    leaver, alone = make.members(made, Perspective.SERVICE_USER)
    seats.leave(seat_of(made, leaver), by=leaver)
    assert waiting(leaver) == []
    assert coming_up(leaver) == []
    for person in (alone, one(made, Perspective.CLINICIAN)):
        assert waiting(person) == []
        assert coming_up(person) == [f"{made.cycle.panel.name} is waiting for a member"]
        page = as_(person).get(reverse("home:my-work")).content.decode()
        assert leaver.display_name not in page
        assert "You need do nothing." in page


def test_pause_moves_the_date_that_is_shown() -> None:
    made = rating()
    person = one(made, Perspective.SERVICE_USER)
    induction.read(steps_for(person)[0], by=person)
    before = work_of(person)["waiting"][0].until
    began = make.round_of(made).opened_at + timedelta(minutes=1)
    made.cycle.panel.pauses.create(began_at=began, ended_at=began + timedelta(days=3))
    assert work_of(person)["waiting"][0].until == before + timedelta(days=3)


def test_whoever_stepped_away_is_not_asked() -> None:
    made = rating(service_users=3)
    person = one(made, Perspective.SERVICE_USER)
    seats.go_away(seat_of(made, person), by=person)
    assert waiting(person) == []
    assert coming_up(person)[0] == f"You have stepped away from {made.cycle.panel.name}"


def test_round_whose_time_has_passed_waits_for_who_runs_it() -> None:
    made = rating()
    make.over(made)
    title = f"Close the round on “{made.title}”"
    assert title in waiting(made.cycle.lead)
    for perspective in (Perspective.SERVICE_USER, Perspective.EVIDENCE_REVIEWER):
        person = one(made, perspective)
        assert title not in waiting(person)
        assert coming_up(person) == []
    assert waiting(one(made, Perspective.SERVICE_USER)) == []


def test_result_that_is_talked_about_comes_up() -> None:
    made = make.weighing(**{**SMALL, "clinicians": 2})
    assert coming_up(one(made, Perspective.SERVICE_USER)) == [
        f"“{made.title}” is being talked about"
    ]


def test_meeting_asks_whether_one_is_coming_but_not_whoever_stepped_away() -> None:
    """As on the panel's own page, which asked alone: nobody looks there first."""
    made = rating(service_users=3)
    person, away = make.members(made, Perspective.SERVICE_USER)[:2]
    meeting = make_meetings.arranged(made.cycle.panel)
    question = f"Say whether you are coming to “{meeting.title}”"
    assert question in waiting(person)
    attendance.say_coming(meeting, seat=seat_of(made, person), coming=Coming.YES, by=person)
    assert question not in waiting(person)
    assert question in waiting(away)
    seats.go_away(seat_of(made, away), by=away)
    assert question not in waiting(away)


def test_what_is_first_comes_up_first() -> None:
    made = rating()
    person = one(made, Perspective.EVIDENCE_REVIEWER)
    closes = make.round_of(made).closes_at
    later = make_meetings.arranged(made.cycle.panel, closes + timedelta(days=1))
    sooner = make_meetings.arranged(made.cycle.panel, closes - timedelta(hours=1))
    assert coming_up(person) == [
        sooner.title,
        f"Rating closes on “{made.title}”",
        later.title,
    ]


def test_money_and_a_rest_from_reminders_are_found_from_the_first_page() -> None:
    person = one(rating(), Perspective.SERVICE_USER)
    client = as_(person)
    for page in ("home:my-work", "home:account"):
        shown = client.get(reverse(page)).content.decode()
        assert f'href="{reverse("stakeholders:my-support")}"' in shown
        assert f'href="{reverse("stakeholders:my-support")}#quiet"' in shown
    assert 'id="quiet"' in client.get(reverse("stakeholders:my-support")).content.decode()


# --- Appraising ---------------------------------------------------------------------------------


def test_appraisal_is_written_then_signed_then_agreed() -> None:
    made = make.ready(2, **{**SMALL, "evidence_reviewers": 2})
    writer, other = make.members(made, Perspective.EVIDENCE_REVIEWER)
    written = []
    assert waiting(writer) == [f"Appraise the evidence on “{made.title}”"]
    for option in make.options_of(made):
        written.append(
            appraisals.write(
                option, rating=6, certainty=Certainty.LOW, summary="It may help.", by=writer
            )
        )
    assert waiting(other) == [f"Read and sign the appraisal of “{made.title}”"]
    for each in written:
        appraisals.sign(each, version=each.version, by=writer)
    assert waiting(writer) == [f"Agree the appraisal of “{made.title}”"]
    assert waiting(other) == [f"Read and sign the appraisal of “{made.title}”"]
    for each in written:
        appraisals.agree(each, version=each.version, by=writer)
    assert waiting(writer) == waiting(other) == []
    assert waiting(one(made, Perspective.SERVICE_USER)) == []


# --- Invitations, actions, answers --------------------------------------------------------------


def test_invitation_waits_for_the_person_it_was_sent_to() -> None:
    person, other = people.person(), people.person()
    panel = people.forming_panel(people.organisation())
    invitation = invitations.invite(
        panel, email=person.email, suggested_perspective=Perspective.CARER, by=panel.created_by
    )
    assert waiting(person) == [f"Answer the invitation to {panel.name}"]
    assert work_of(person)["waiting"][0].url == invitations.link(invitation)
    assert waiting(other) == []
    invitations.withdraw(invitation, by=panel.created_by)
    assert waiting(person) == []


@pytest.mark.parametrize("confirmed", [True, False])
def test_invitation_to_another_address_waits_once_it_is_confirmed(confirmed: bool) -> None:
    """The link stands on the page, and whoever has it takes the seat: to have typed somebody else's
    address must not be enough."""
    person = people.person()
    EmailAddress.objects.create(user=person, email="else@example.org", verified=confirmed)
    panel = people.forming_panel(people.organisation())
    invitations.invite(
        panel,
        email="Else@example.org",
        suggested_perspective=Perspective.CARER,
        by=panel.created_by,
    )
    asked = [f"Answer the invitation to {panel.name}"]
    assert waiting(person) == (asked if confirmed else [])


def give(cycle: Cycle, owner: Any, days: int | None, title: str = "Ask the cafés") -> Action:
    due = None if days is None else timezone.localdate() + timedelta(days=days)
    return actions.add(cycle, title=title, owner=owner, due_on=due, by=cycle.lead)


def test_actions_wait_when_they_are_near_and_come_up_when_they_are_not() -> None:
    cycle = make.planning_cycle(**SMALL)
    owner = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    give(cycle, owner, 90, "Later")
    give(cycle, owner, 14, "Soon")
    give(cycle, owner, -3, "Past")
    give(cycle, owner, None, "Some time")
    give(cycle, people.members(cycle.panel, Perspective.SERVICE_USER)[1], 1, "Not mine")
    do = "Do, or say how it stands: {}".format
    assert waiting(owner) == [do("Past"), do("Soon"), do("Some time")]
    assert coming_up(owner) == [do("Later")]
    page = as_(owner).get(reverse("home:my-work")).content.decode()
    assert "Was for " in page
    assert "overdue" not in page.lower()


def test_finished_action_and_action_on_a_panel_one_left_are_gone() -> None:
    cycle = make.planning_cycle(**{**SMALL, "service_users": 3})
    owner, leaver = people.members(cycle.panel, Perspective.SERVICE_USER)[:2]
    finished = give(cycle, owner, 1)
    actions.say_where_it_stands(
        finished, status=ActionStatus.DONE, expected=finished.version, by=owner
    )
    give(cycle, leaver, 1)
    assert waiting(owner) == []
    assert len(waiting(leaver)) == 1
    seats.leave(Seat.objects.live().get(panel=cycle.panel, user=leaver), by=leaver)
    assert waiting(leaver) == []


def test_options_wait_for_the_runner_only_where_no_record_will_answer_them() -> None:
    made = make.ready(**SMALL)
    runner, asked = made.cycle.lead, f"Answer what people said in “{made.cycle.title}”"
    assert asked not in waiting(runner)
    comments.add(made, text="The night is long.", by=one(made, Perspective.SERVICE_USER))
    (task,) = [task for task in work_of(runner)["waiting"] if task.title == asked]
    assert task.takes == "one comment or option"
    Cycle.objects.filter(pk=made.cycle.pk).update(stage=Stage.DO)
    (task,) = [task for task in work_of(runner)["waiting"] if task.title == asked]
    assert task.takes == "three comments and options"


def test_words_wait_for_the_runner_and_come_back_to_their_author() -> None:
    made = make.decision(**SMALL)
    author = one(made, Perspective.SERVICE_USER)
    comment = comments.add(made, text="The night is <b>long</b>.", by=author)
    assert waiting(made.cycle.lead) == [f"Answer what people said in “{made.cycle.title}”"]
    assert work_of(author)["words"] == []
    assert work_of(author)["words_waiting"].startswith("One thing you said still waits")
    comments.answer(
        comment,
        status=ContributionStatus.ACTED_ON,
        text="We open at night now.",
        by=made.cycle.lead,
    )
    assert waiting(made.cycle.lead) == []
    assert work_of(author)["words_waiting"] == ""
    page = as_(author).get(reverse("home:my-work")).content.decode()
    assert "We open at night now." in page
    assert "Acted on." in page
    assert "The night is &lt;b&gt;long&lt;/b&gt;." in page
    assert f'href="{comment.get_absolute_url()}"' in page
    other = one(made, Perspective.CLINICIAN)
    assert "We open at night now." not in as_(other).get(reverse("home:my-work")).content.decode()
    assert work_of(other)["words"] == []


def test_words_of_a_panel_one_left_stay_with_their_answer_and_lead_to_ones_own_words() -> None:
    made = make.decision(**{**SMALL, "service_users": 3})
    author = one(made, Perspective.SERVICE_USER)
    comment = comments.add(made, text="The night is long.", by=author)
    comments.answer(
        comment, status=ContributionStatus.ACTED_ON, text="We saw that.", by=made.cycle.lead
    )
    assert len(work_of(author)["words"]) == 1
    seats.leave(seat_of(made, author), by=author)
    (words,) = work_of(author)["words"]
    assert (words.answer, words.url) == ("We saw that.", "/my-words/")
    followed(author, "waiting")


# --- The cycles one runs ------------------------------------------------------------------------


def test_runner_sees_what_each_cycle_lacks_next() -> None:
    cycle = make.planning_cycle(**SMALL)
    for runner in (cycle.lead, people.commissioner(cycle.organisation)):
        row = work_of(runner)["cycles"][0]
        assert (row.title, row.stage) == (cycle.title, "Plan")
        assert row.next_step == "No decision is recorded yet."
        assert row.waiting_for == "the panel"
    for other in (
        people.members(cycle.panel, Perspective.SERVICE_USER)[0],
        people.admin_of(cycle.organisation),
        people.commissioner(people.organisation()),
    ):
        assert work_of(other)["cycles"] == []


def test_closed_cycle_asks_for_nothing() -> None:
    cycle = make.planning_cycle(**SMALL)
    give(cycle, cycle.lead, 1)
    Cycle.objects.filter(pk=cycle.pk).update(
        stage=Stage.CLOSED, closed_at=timezone.now(), closed_by=cycle.lead
    )
    assert work_of(cycle.lead)["cycles"] == []
    assert waiting(cycle.lead) == []


# --- The page -----------------------------------------------------------------------------------


def test_at_most_seven_things_wait() -> None:
    cycle = make.planning_cycle(**SMALL)
    owner = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    induction.read(steps_for(owner)[0], by=owner)
    for number in range(MOST_WAITING + 2):
        give(cycle, owner, number, f"Number {number}")
    titles = waiting(owner)
    assert len(titles) == MOST_WAITING
    assert titles[0].endswith("Number 0")
    page = as_(owner).get(reverse("home:my-work")).content.decode()
    assert "There is more after them" in page
    assert "Number 8" not in page


def test_empty_page_says_what_one_could_do() -> None:
    page = as_(people.person()).get(reverse("home:my-work")).content.decode()
    assert "Nothing is waiting for you" in page
    assert "Read how it works" in page
    panel = people.sitting_panel(
        people.organisation(), service_users=2, carers=0, clinicians=0, evidence_reviewers=0
    )
    member = people.members(panel, Perspective.SERVICE_USER)[0]
    for step in steps_for(member):
        induction.read(step, by=member)
    assert "See what is being worked on" in (
        as_(member).get(reverse("home:my-work")).content.decode()
    )


@pytest.mark.thorough
def test_page_costs_the_same_for_one_and_three_cycles() -> None:
    """For who runs them, for who rates in them and for who appraises."""
    first = rating()
    panel, lead = first.cycle.panel, first.cycle.lead
    persons = (
        lead,
        one(first, Perspective.SERVICE_USER),
        one(first, Perspective.EVIDENCE_REVIEWER),
    )
    clients = [as_(person) for person in persons]
    comments.add(first, text="One.", by=persons[1])
    give(first.cycle, persons[1], 3)
    for_one = [cost(client) for client in clients]
    for _ in range(2):
        more = make.decision(make.planning_cycle(panel))
        make.option(more)
        make.option(more)
        make.opened(more)
        comments.add(more, text="One more.", by=persons[1])
        give(more.cycle, persons[1], 3)
    assert Round.objects.count() == 3
    assert [cost(client) for client in clients] == for_one
    assert max(for_one) <= 30


def cost(client: Client) -> int:
    client.get(reverse("home:my-work"))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("home:my-work")).status_code == 200
    return len(captured)


# --- Values, records, boards, a panel that waits ------------------------------------------------


def test_whoever_may_agree_is_asked_until_their_pillar_has_agreed() -> None:
    cycle = make.planning_cycle()
    title = f"Agree to what matters to all of us in “{cycle.title}”"
    of_pillar = {pillar: make_values.speaker(cycle, pillar) for pillar in Pillar.values}
    carer = people.members(cycle.panel, Perspective.CARER)[0]
    assert all(title not in waiting(each) for each in of_pillar.values())
    first = make_values.edition(cycle)
    assert all(title in waiting(each) for each in of_pillar.values())
    assert title in waiting(carer)
    assert title not in waiting(cycle.lead)
    assert waiting(people.person()) == []
    users = Pillar.SERVICE_USERS_AND_CARERS
    values.agree(first, pillar=users, by=of_pillar[users])
    # One of the pillar agrees for all who speak for it; the others are still asked.
    assert title not in waiting(of_pillar[users])
    assert title not in waiting(carer)
    assert title in waiting(of_pillar[Pillar.CLINICAL])
    make_values.value(cycle)
    make_values.edition(cycle)
    assert waiting(of_pillar[users]).count(title) == 1


def test_nobody_who_is_away_or_reads_a_closed_cycle_is_asked_to_agree() -> None:
    cycle = make.planning_cycle(service_users=3)
    make_values.edition(cycle)
    away, other = people.members(cycle.panel, Perspective.SERVICE_USER)[:2]
    seats.go_away(Seat.objects.live().get(panel=cycle.panel, user=away), by=away)
    assert waiting(away) == []
    assert len(waiting(other)) == 1
    Cycle.objects.filter(pk=cycle.pk).update(
        stage=Stage.CLOSED, closed_at=timezone.now(), closed_by=cycle.lead
    )
    assert waiting(other) == []


def test_members_who_are_asked_to_sign_are_asked_once_and_no_role_is_named() -> None:
    made = make.recorded()
    title = f"Say whether “{made.title}” was written down as it was"
    first, second, third = make.members(made, Perspective.SERVICE_USER)[:3]
    for other in (Perspective.CARER, Perspective.CLINICIAN, Perspective.EVIDENCE_REVIEWER):
        assert title not in waiting(one(made, other))
    assert title not in waiting(made.cycle.lead)
    assert title in waiting(first)
    page = as_(first).get(reverse("home:my-work")).content.decode()
    assert "you are asked to sign the record, and you do not have to" in page
    assert "uses services" not in page.split("<main")[1].split("</main>")[0]
    after.signed(made, first)
    assert title not in waiting(first)
    assert title in waiting(third)
    after.signed(made, second)
    # Two were asked for.
    assert title not in waiting(third)
    after.corrected(made)
    assert title in waiting(first)
    assert title in waiting(third)


def test_who_does_not_sign_is_not_asked_again_and_nobody_is_asked_for_ever() -> None:
    made = make.recorded()
    first, second = make.members(made, Perspective.SERVICE_USER)[:2]
    after.signed(made, first, kind=SignatureKind.REFUSED, comment="It was another day.")
    assert not [title for title in waiting(first) if "written down" in title]
    assert [title for title in waiting(second) if "written down" in title]
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert not [each for each in work_of(second)["waiting"] if "written down" in each.title]


def test_a_boards_answer_stands_with_what_became_of_ones_words() -> None:
    made = make.recorded()
    member, stranger = one(made, Perspective.CARER), people.person()
    assert work_of(member)["words"] == []
    after.board_answer(made, BoardAnswerKind.REFUSED, why="There was no money.")
    after.board_answer(
        made, BoardAnswerKind.VARIED, what_changed="It starts in May.", why="There is money then."
    )
    (found,) = work_of(member)["words"]
    assert found.about == f"You took part in “{made.title}”"
    address = reverse("cycles:decision-result", args=[made.cycle.slug, made.public_id])
    assert found.url == f"{address}#board"
    page = as_(member).get(reverse("home:my-work")).content.decode()
    for words in (
        "accepted what the panel decided, with changes",
        "It starts in May.",
        "money then",
    ):
        assert words in page
    assert "There was no money." not in page
    assert waiting(stranger) == []
    for reader in (stranger, people.commissioner(made.cycle.organisation)):
        assert work_of(reader)["words"] == []


def test_whoever_came_after_a_decision_is_not_told_that_they_took_part_in_it() -> None:
    made = make.recorded()
    panel = made.cycle.panel
    before = one(made, Perspective.CARER)
    after.board_answer(made)
    newcomer = people.seat(panel, Perspective.CARER).user
    assert made.title in as_(newcomer).get(made.get_absolute_url()).content.decode()
    assert work_of(newcomer)["words"] == []
    # Who sat there then, left and came back, took part.
    seats.leave(seat_of(made, before), by=before)
    people.seat(panel, Perspective.CARER, user=before)
    assert [each.about for each in work_of(before)["words"]] == [f"You took part in “{made.title}”"]


def test_a_boards_answer_reaches_whoever_said_something_and_nobody_who_cannot_see_it() -> None:
    made = make.weighing(service_users=3)
    lead, member = made.cycle.lead, one(made, Perspective.SERVICE_USER)
    said = make_values.said(made.cycle, by=lead)
    make.recorded(made)
    after.board_answer(made)
    assert [each.link for each in work_of(lead)["words"]].count("Read the answer") == 1
    assert said.answered_at is None
    seats.leave(seat_of(made, member), by=member)
    assert work_of(member)["words"] == []


def test_of_a_panel_that_waits_the_runner_reads_one_sentence_and_nothing_of_whom() -> None:
    cycle = make.planning_cycle(**SMALL)
    sentence = "The panel is waiting for a member: nothing is decided meanwhile."
    assert sentence not in as_(cycle.lead).get(reverse("home:my-work")).content.decode()
    leaver = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    seats.leave(Seat.objects.live().get(panel=cycle.panel, user=leaver), by=leaver)
    page = as_(cycle.lead).get(reverse("home:my-work")).content.decode()
    assert page.count(sentence) == 1
    # What they are asked to do today comes first, once for each panel, and leads to it.
    first = work_of(cycle.lead)["waiting"][0]
    assert first.title == f"Look after {cycle.panel.name}: it is waiting for a member"
    assert first.url == cycle.panel.get_absolute_url()
    assert leaver.display_name not in page
    # Where the gate asks for a panel that sits, its line says so already.
    Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.ANALYSE)
    (row,) = work_of(cycle.lead)["cycles"]
    assert (row.next_step, row.panel_waits) == ("The panel is waiting for a member.", "")


def test_whoever_runs_it_hears_that_a_panel_which_meets_has_nobody_to_chair_it() -> None:
    cycle = make.planning_cycle(service_users=3)
    panel, chair = cycle.panel, people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    panels.appoint_chair(panel, chair, by=cycle.lead)
    meeting = make_meetings.arranged(panel)

    def titles() -> list[str]:
        return [each.title for each in work_of(cycle.lead)["waiting"]]

    asks = f"Find somebody to chair {panel.name}"
    assert asks not in titles()
    seats.leave(Seat.objects.live().get(panel=panel, user=chair), by=chair)
    (task,) = [each for each in work_of(cycle.lead)["waiting"] if each.title == asks]
    assert task.url == reverse("stakeholders:appoint-chair", args=[panel.public_id])
    assert chair.display_name not in f"{task.title} {task.when}"
    meetings.cancel(meeting, by=cycle.lead)
    assert asks not in titles()


def test_whoever_is_away_and_leads_does_not_read_that_the_panel_waits() -> None:
    cycle = make.planning_cycle(**SMALL)
    member = people.members(cycle.panel, Perspective.SERVICE_USER)[0]
    cycle_services.edit(
        cycle,
        title=cycle.title,
        summary=cycle.summary,
        area=cycle.area,
        lead=member,
        expected=cycle.version,
        by=cycle.lead,
    )
    seats.go_away(Seat.objects.live().get(panel=cycle.panel, user=member), by=member)
    (row,) = work_of(member)["cycles"]
    assert row.panel_waits == ""


@pytest.mark.thorough
def test_values_records_and_boards_cost_the_same_for_one_and_three() -> None:
    first = make.recorded()
    panel = first.cycle.panel
    persons = (first.cycle.lead, one(first, Perspective.SERVICE_USER))
    clients = [as_(person) for person in persons]
    make_values.edition(first.cycle)
    after.board_answer(first)
    for_one = [cost(client) for client in clients]
    for _ in range(2):
        more = make.opened(make.with_options(make.decision(make.planning_cycle(panel))))
        for option in make.options_of(more):
            make.appraised(option)
        for perspective in (Perspective.SERVICE_USER, Perspective.CARER, Perspective.CLINICIAN):
            for person in make.members(more, perspective):
                make.cast(more, person, (8, 4))
        after.board_answer(make.recorded(make.closed(more)))
        make_values.edition(more.cycle)
    assert [cost(client) for client in clients] == for_one
    assert max(for_one) <= 30
