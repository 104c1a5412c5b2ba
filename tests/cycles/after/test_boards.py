"""What the panel asks of the board, what the board answers, and what is decided elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from cycles.enums import BoardAnswerKind, DecisionStatus, Effect, EqualityGroup, Stage
from cycles.models import BoardAnswer, Cycle, Decision, UrgentDecision
from cycles.permissions.boards import (
    may_edit_urgent_decision,
    may_enter_board_answer,
    may_enter_urgent_decision,
)
from cycles.presenters.boards import how_taking_part_changed
from cycles.presenters.urgent import count_sentence
from cycles.queries.boards import contributors_of
from cycles.services import boards, comments, contributions, equality, records, urgent
from cycles.services.cycles import NotOpenNow
from stakeholders.enums import EngagementEffect, PanelAuthority, Perspective
from stakeholders.models import Panel
from tests.factories import decisions as make
from tests.factories import equality as after
from tests.factories import stakeholders as people
from tests.pages import as_, names, of_cycle, queries_of, text_of, url
from tests.support import run_jobs
from vbc.core.enums import ContributionStatus
from vbc.core.models.base import AppendOnlyRefusal
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
# The day after the one on which the test runs: midnight may come after this module was read.
TOMORROW = "tomorrow"


def of_now(given: dict[str, Any]) -> dict[str, Any]:
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {name: tomorrow if value == TOMORROW else value for name, value in given.items()}


def told(subject: str) -> list[Any]:
    run_jobs()
    return [each for each in mail.outbox if each.subject.startswith(subject)]


def commented(decision: Decision, person: Any, effect: str = EngagementEffect.IDEAS) -> None:
    """A comment that was acted on, and what it added."""
    comment = comments.add(decision, text="Nobody repeats these words.", by=person)
    comments.answer(
        comment,
        status=ContributionStatus.ACTED_ON,
        text="It opens at night now.",
        effect=effect,
        by=decision.cycle.lead,
    )


# --- The board's answer -------------------------------------------------------------------------


def test_every_member_and_everyone_who_said_something_is_told() -> None:
    decision = make.weighing()
    outside = people.commissioner(decision.cycle.organisation)
    comment = comments.add(decision, text="From the office.", by=outside)
    comments.answer(
        comment, status=ContributionStatus.ACTED_ON, text="Yes.", by=decision.cycle.lead
    )
    make.recorded(decision)
    after.board_answer(decision, BoardAnswerKind.VARIED, what_changed="It opens in May.")
    sent = told("There is an answer to a decision")
    members = {seat.user.email for seat in decision.cycle.panel.seats.select_related("user")}
    assert {each.to[0] for each in sent} == members | {outside.email, decision.cycle.lead.email}
    for each in sent:
        assert decision.title not in each.subject
        assert "with changes" in each.body


def test_contributors_are_those_whose_words_stand() -> None:
    decision = make.ready()
    first, second = make.members(decision, Perspective.CARER)[:2]
    third = make.members(decision, Perspective.CLINICIAN)[0]
    comments.add(decision, text="This stands.", by=first)
    taken_back = comments.add(decision, text="This does not.", by=second)
    comments.withdraw(taken_back, by=second)
    make.option(decision, by=third)
    assert set(contributors_of(decision)) == {first, third, decision.cycle.lead}


def test_the_newest_answer_counts_and_the_ones_before_stay() -> None:
    decision = make.recorded()
    after.board_answer(decision, BoardAnswerKind.REFUSED, why="There is no money.")
    after.board_answer(decision, BoardAnswerKind.ACCEPTED, why="There is money now.")
    client = as_(make.members(decision, Perspective.CARER)[0])
    result = text_of(client, url("decision-result", decision))
    assert result.index("There is money now.") < result.index("What it answered before")
    assert result.index("What it answered before") < result.index("There is no money.")
    assert "accepted what the panel decided (item 7)" in text_of(client, url("decision", decision))
    assert "The board: accepted as the panel put it" in text_of(
        client, of_cycle("cycle", decision.cycle)
    )


def test_one_answer_that_is_sent_twice_is_written_and_told_once() -> None:
    decision = make.recorded()
    first = after.board_answer(decision, BoardAnswerKind.REFUSED, why="There is no money.")
    sent = len(told("There is an answer to a decision"))
    assert after.board_answer(decision, BoardAnswerKind.REFUSED, why="There is no money.") == first
    assert BoardAnswer.objects.count() == 1
    assert len(told("There is an answer to a decision")) == sent
    after.board_answer(decision, BoardAnswerKind.ACCEPTED, why="There is money now.")
    after.board_answer(decision, BoardAnswerKind.REFUSED, why="There is no money.")
    assert BoardAnswer.objects.count() == 3


def test_an_answer_is_history() -> None:
    answer = after.board_answer(make.recorded())
    with pytest.raises(AppendOnlyRefusal):
        answer.save()


@pytest.mark.parametrize(
    "given",
    [
        {"answer": BoardAnswerKind.VARIED},
        {"why": "  "},
        {"met_on": TOMORROW},
    ],
)
def test_an_answer_says_what_and_why_and_is_not_of_tomorrow(given: dict[str, Any]) -> None:
    decision = make.recorded()
    with pytest.raises(Refused):
        after.board_answer(decision, **of_now(given))
    assert not BoardAnswer.objects.exists()


def test_what_was_changed_belongs_to_changes_alone() -> None:
    decision = make.recorded()
    answer = after.board_answer(decision, BoardAnswerKind.ACCEPTED, what_changed="Left over.")
    assert answer.what_changed == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        BoardAnswer.objects.create(
            decision=decision,
            body="x",
            met_on=TODAY,
            minute="1",
            answer=BoardAnswerKind.VARIED,
            why="x",
            entered_at=timezone.now(),
            entered_by=decision.cycle.lead,
        )


def test_a_board_answers_what_is_recorded() -> None:
    decision = make.weighing()
    assert not may_enter_board_answer(decision.cycle.lead, decision)
    with pytest.raises(Refused):
        after.board_answer(decision)
    page = as_(decision.cycle.lead).get(url("board-answer", decision))
    assert page.status_code == 403


def test_only_who_runs_the_cycle_enters_it_by_a_form_that_asks_for_what_is_missing() -> None:
    decision = make.recorded()
    member = make.members(decision, Perspective.SERVICE_USER)[0]
    assert as_(member).get(url("board-answer", decision)).status_code == 403
    client = as_(decision.cycle.lead)
    sent = {
        "body": "The Board",
        "minute": "item 3",
        "answer": "varied",
        "why": "The building is late.",
        "met_on_day": TODAY.day,
        "met_on_month": TODAY.month,
        "met_on_year": TODAY.year,
    }
    page = client.post(url("board-answer", decision), sent).content.decode()
    assert "Say what the board changed" in page
    assert "The building is late." in page
    sent["what_changed"] = "It starts in May."
    assert client.post(url("board-answer", decision), sent).status_code == 302
    assert BoardAnswer.objects.get().what_changed == "It starts in May."


# --- What the panel asks of the board -----------------------------------------------------------


@pytest.mark.row("A1-13")
def test_the_board_reads_how_taking_part_changed_the_decision() -> None:
    decision = make.decision()
    member = make.members(decision, Perspective.SERVICE_USER)[0]
    make.option(decision, "A house that members asked for", by=member)
    make.option(decision)
    make.opened(decision)
    for each in make.options_of(decision):
        make.appraised(each)
    make.cast_all(decision, service_user=[(8, 4)] * 3, carer=[(8, 4)] * 2, clinician=[(8, 4)] * 3)
    make.closed(decision)
    commented(decision, make.members(decision, Perspective.CARER)[0])
    commented(decision, make.members(decision, Perspective.CARER)[1])
    after.first_look(decision)
    make.recorded(decision)
    page = text_of(as_(member), url("board", decision))
    for words in (
        "The panel asks the board to accept what it decided: A house that members asked for.",
        "Two comments were made by people on the panel.",
        "One of 2 options came from people on the panel.",
        "Three things that people said or proposed changed it.",
        "A new way to solve a problem (2)",
        "It opens at night now.",
        "An option: A house that members asked for.",
        "What we think of A house that members asked for.",
        "Has not said",
    ):
        assert words in page, words


def test_what_was_answered_together_is_answered_once() -> None:
    decision = make.weighing()
    carer = make.members(decision, Perspective.CARER)[0]
    said = [comments.add(decision, text=f"Number {n}.", by=carer) for n in range(3)]
    contributions.answer(
        said,
        status=ContributionStatus.ACTED_ON,
        text="It opens at night now.",
        effect=EngagementEffect.IDEAS,
        by=decision.cycle.lead,
    )
    commented(decision, carer)
    changed = how_taking_part_changed(decision, 2)
    assert [(each.about, each.answer) for each in changed["changes"]] == [
        ("Three things that were said", "It opens at night now."),
        ("Something that was said", "It opens at night now."),
    ]
    assert changed["involvement"][2] == "Four things that people said or proposed changed it."
    assert changed["effects"] == ["A new way to solve a problem (4)"]


def test_it_repeats_nobodys_words_and_names_nobody_who_did_not_choose_it() -> None:
    decision = make.recorded(make.weighing())
    carer = make.members(decision, Perspective.CARER)[0]
    records.add_minority_statement(
        decision, text="Think of the villages.", shown_with_name=False, by=carer
    )
    page = text_of(as_(decision.cycle.lead), url("board", decision)).split("Accessibility")[0]
    assert "Think of the villages." in page
    for perspective in Perspective:
        for person in make.members(decision, perspective):
            assert not names(page, person), perspective


def test_what_is_said_in_the_talk_does_not_reach_the_board() -> None:
    decision = make.weighing()
    commented(decision, make.members(decision, Perspective.CARER)[0])
    page = text_of(as_(decision.cycle.lead), url("board", decision))
    assert "It opens at night now." in page
    assert "Nobody repeats these words." not in page
    assert "it asks nothing of the board today" in page
    assert "No equality assessment is published yet." in page


def test_where_numbers_differ_it_says_what_may_be_told_outside() -> None:
    """Four scores give a number inside the panel and none outside it: the board is outside."""
    decision = make.weighing(8, 4, service_users=3, carers=1)
    member = make.members(decision, Perspective.SERVICE_USER)[0]
    inside = text_of(as_(member), url("decision-result", decision))
    page = text_of(as_(member), url("board", decision))
    assert "service users and carers (8)" in inside.lower()
    assert "service users and carers (8)" not in page.lower()


def test_a_panel_that_decides_itself_asks_for_something_else() -> None:
    decision = make.recorded()
    Panel.objects.filter(pk=decision.cycle.panel_id).update(authority=PanelAuthority.DELEGATED)
    page = text_of(as_(decision.cycle.lead), url("board", decision))
    assert "The panel has decided on the board's behalf" in page


def test_a_published_assessment_is_told_in_short_with_what_is_done_about_harm() -> None:
    decision = make.recorded()
    after.full(decision)
    equality.publish(decision, by=decision.cycle.lead)
    for name in ("board", "decision-result"):
        page = text_of(as_(decision.cycle.lead), url(name, decision))
        assert "Most people are better off. For some the way is far." in page
        assert "Disability: A bus that fetches." in page

    # Both lists name the same people: they are named once, in the plainer words.
    for group in (EqualityGroup.DISABLED_PEOPLE, EqualityGroup.RELIGION):
        after.say_again(decision, group, Effect.NEGATIVE, mitigation="A bus that fetches.")
    equality.publish(decision, by=decision.cycle.lead)
    page = text_of(as_(decision.cycle.lead), url("board", decision))
    assert "Disabled people; Religion or belief: A bus that fetches." in page


# --- Decided outside the panel ------------------------------------------------------------------


def test_everyone_on_the_panel_is_told_at_once() -> None:
    cycle = make.planning_cycle()
    after.urgent_decision(cycle)
    sent = told("A decision was taken that could not wait")
    assert len(sent) == 10
    assert all("Keep the night line open" in each.body for each in sent)
    assert all("night line" not in each.subject for each in sent)


@pytest.mark.parametrize(
    ("ended", "open_ones", "seen", "says"),
    [
        (0, 0, 0, ""),
        (
            0,
            1,
            0,
            "One decision was taken outside the panel because it could not wait. It has not been "
            "brought to the panel yet.",
        ),
        (
            1,
            0,
            1,
            "One decision was taken outside the panel because it could not wait. It has run out.",
        ),
        (
            1,
            1,
            1,
            "Two decisions were taken outside the panel because they could not wait. One of them "
            "ran out. One of them has not been brought to the panel yet.",
        ),
    ],
)
def test_they_are_counted_in_a_sentence_on_the_cycles_page(
    ended: int, open_ones: int, seen: int, says: str
) -> None:
    cycle = make.planning_cycle()
    long_ago = {"decided_on": TODAY - timedelta(days=90), "expires_on": TODAY - timedelta(days=1)}
    found = [after.urgent_decision(cycle, **long_ago) for _ in range(ended)]
    found += [after.urgent_decision(cycle) for _ in range(open_ones)]
    for each in found[:seen]:
        after.reviewed(each)
    assert count_sentence(cycle) == says
    assert says in text_of(as_(cycle.lead), of_cycle("cycle", cycle))


def test_one_that_has_run_out_is_said_to_have() -> None:
    cycle = make.planning_cycle()
    found = after.urgent_decision(
        cycle, decided_on=TODAY - timedelta(days=9), expires_on=TODAY - timedelta(days=1)
    )
    client = as_(cycle.lead)
    for address in (
        of_cycle("urgent-decisions", cycle),
        of_cycle("urgent-decision", cycle, found.public_id),
    ):
        assert "It ran out on" in text_of(client, address)


def test_its_page_names_who_decided_on_what_basis_until_when_and_what_the_panel_said() -> None:
    cycle = make.planning_cycle()
    found = after.urgent_decision(cycle)
    member = as_(make_member(cycle))
    address = of_cycle("urgent-decision", cycle, found.public_id)
    page = text_of(member, address)
    for words in (cycle.lead.display_name, "Standing orders, section 5.2", "Its contract ended"):
        assert words in page
    assert "The panel has not looked at it yet." in page
    after.reviewed(found)
    assert "We would have done the same." in text_of(member, address)
    assert len(told("What the panel said is written down")) == 10


def make_member(cycle: Cycle) -> Any:
    return people.members(cycle.panel, Perspective.SERVICE_USER)[0]


@pytest.mark.parametrize(
    "given",
    [
        {"legal_basis": " "},
        {"why_it_could_not_wait": ""},
        {"expires_on": TODAY},
        {"decided_on": TOMORROW},
    ],
)
def test_what_is_missing_or_cannot_be_is_refused(given: dict[str, Any]) -> None:
    cycle = make.planning_cycle()
    with pytest.raises(Refused):
        after.urgent_decision(cycle, **of_now(given))
    assert not UrgentDecision.objects.exists()


def test_the_officer_works_for_the_organisation() -> None:
    cycle = make.planning_cycle()
    with pytest.raises(Refused, match="must work for"):
        after.urgent_decision(cycle, officer=make_member(cycle))


def test_it_can_be_mended_until_the_panel_has_looked_at_it() -> None:
    cycle = make.planning_cycle()
    found = after.urgent_decision(cycle)
    fields = after.urgent_fields(cycle, title="Keep it open")
    urgent.edit(found, fields=fields, expected=1, by=cycle.lead)
    with pytest.raises(EditedMeanwhile):
        urgent.edit(found, fields=fields, expected=1, by=cycle.lead)
    after.reviewed(found)
    assert not may_edit_urgent_decision(cycle.lead, found)
    with pytest.raises(Refused, match="stays as it is"):
        urgent.edit(found, fields=fields, expected=3, by=cycle.lead)
    for name in ("edit-urgent-decision", "review-urgent-decision"):
        page = as_(cycle.lead).get(of_cycle(name, cycle, found.public_id))
        assert page.status_code == 403


def test_the_pages_write_edit_and_review_it() -> None:
    cycle = make.planning_cycle()
    client = as_(cycle.lead)
    sent = {
        "title": "Keep the night line open",
        "what_was_decided": "It goes on.",
        "why_it_could_not_wait": "It ended on Friday.",
        "legal_basis": "Standing orders",
        "officer": cycle.lead.public_id,
        "version": "0",
    }
    later = TODAY + timedelta(days=30)
    for name, day in (("decided_on", TODAY), ("expires_on", later)):
        sent |= {f"{name}_{part}": getattr(day, part) for part in ("day", "month", "year")}
    assert (
        as_(make_member(cycle)).post(of_cycle("enter-urgent-decision", cycle), sent).status_code
        == 403
    )
    assert client.post(of_cycle("enter-urgent-decision", cycle), sent).status_code == 302
    found = UrgentDecision.objects.get()
    edit = of_cycle("edit-urgent-decision", cycle, found.public_id)
    changed = sent | {"title": "Keep it", "version": "1"}
    assert client.post(edit, changed).status_code == 302
    said = {"what_the_panel_said": "Good.", "version": "2"}
    said |= {f"reviewed_on_{part}": getattr(TODAY, part) for part in ("day", "month", "year")}
    review = of_cycle("review-urgent-decision", cycle, found.public_id)
    assert client.post(review, said).status_code == 302
    found.refresh_from_db()
    assert (found.title, found.what_the_panel_said) == ("Keep it", "Good.")


def test_who_runs_the_cycle_is_told_once_of_what_ran_out_unseen() -> None:
    cycle = make.planning_cycle()
    found = after.urgent_decision(cycle, expires_on=TODAY + timedelta(days=3))
    assert urgent.tell_of_ended(TODAY + timedelta(days=3)) == 0
    assert urgent.tell_of_ended(TODAY + timedelta(days=4)) == 1
    urgent.tell_of_ended(TODAY + timedelta(days=5))
    (sent,) = told("A decision that could not wait has run out")
    assert sent.to == [cycle.lead.email]
    after.reviewed(found)
    assert urgent.tell_of_ended(TODAY + timedelta(days=4)) == 0


def test_in_a_closed_cycle_nothing_more_is_written() -> None:
    decision = make.recorded()
    cycle = decision.cycle
    Cycle.objects.filter(pk=cycle.pk).update(
        stage=Stage.CLOSED, closed_at=timezone.now(), closed_by=cycle.lead
    )
    cycle.refresh_from_db()
    assert decision.status == DecisionStatus.RECORDED
    assert not may_enter_urgent_decision(cycle.lead, cycle)
    with pytest.raises(NotOpenNow):
        after.urgent_decision(cycle)
    with pytest.raises(NotOpenNow):
        boards.answer(
            decision,
            body="x",
            met_on=TODAY,
            minute="1",
            answer=BoardAnswerKind.ACCEPTED,
            why="x",
            by=cycle.lead,
        )


def test_a_stranger_finds_none_of_it() -> None:
    decision = make.recorded()
    found = after.urgent_decision(decision.cycle)
    stranger = as_(people.commissioner(people.organisation()))
    for address in (
        url("board", decision),
        url("board-answer", decision),
        of_cycle("urgent-decisions", decision.cycle),
        of_cycle("urgent-decision", decision.cycle, found.public_id),
        of_cycle("enter-urgent-decision", decision.cycle),
    ):
        assert stranger.get(address).status_code == 404
    other = make.planning_cycle()
    elsewhere = of_cycle("urgent-decision", other, found.public_id)
    assert as_(other.lead).get(elsewhere).status_code == 404


@pytest.mark.parametrize("name", ["urgent-decisions", "cycle"])
@pytest.mark.thorough
def test_one_and_three_cost_the_same_queries(name: str) -> None:
    decision = make.recorded()
    client, address = as_(decision.cycle.lead), of_cycle(name, decision.cycle)

    def more() -> None:
        after.reviewed(after.urgent_decision(decision.cycle))
        after.board_answer(decision)

    more()
    one = queries_of(client, address)
    more()
    more()
    assert queries_of(client, address) == one
