"""You said, we did: one answer for several, sending an answer back, the cut-off, hearing on."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cycles.enums import ActionStatus, Stage
from cycles.models import Comment, Cycle, Decision, Option, Understanding
from cycles.permissions.contributions import may_say_not_answered, may_set_cut_off
from cycles.queries.contributions import (
    KINDS,
    Contributed,
    answered_together,
    authors_acted_on,
    holding_up_the_record,
    waiting,
)
from cycles.queries.decisions import unanswered, unanswered_contributions
from cycles.queries.facts import facts_of
from cycles.services import (
    actions,
    comments,
    contributions,
    options,
    redactions,
    understanding,
)
from cycles.services.contributions import AnswerNeeded, TooLate
from cycles.services.decisions import NotNow
from stakeholders.enums import EngagementEffect
from tests.factories import decisions as make
from tests.factories import stakeholders as people
from tests.factories import talking
from tests.pages import as_, url
from vbc.core.enums import ContributionStatus
from vbc.core.models import AuditEntry, Notification
from vbc.core.names import REMOVED
from vbc.core.refusals import Refused
from vbc.core.services.notices import words_of

pytestmark = pytest.mark.django_db
ACTED = ContributionStatus.ACTED_ON
TOLD = "cycles.contribution_answered"
MOVED = "cycles.words_action_moved"


def answer(thing: Any, text: str = "We ask the villages.", status: str = ACTED) -> None:
    contributions.answer([thing], status=status, text=text, by=thing.decision.cycle.lead)
    thing.refresh_from_db()


# --- One answer for several ---------------------------------------------------------------------


def test_several_are_answered_in_one_go_and_each_author_is_told() -> None:
    decision = make.ready()
    option = make.option(decision, by=talking.member(decision))
    first = talking.said(decision)
    second = talking.said(decision, by=talking.member(decision, 1))
    said = understanding.say(decision.cycle, text="Too few buses.", by=talking.member(decision))
    things = [first, option, said, second]
    count = contributions.answer(
        things,
        status=ACTED,
        text="The bus now runs at night.",
        effect=EngagementEffect.IDEAS,
        by=decision.cycle.lead,
    )
    assert count == 4
    groups = set()
    for thing in things:
        thing.refresh_from_db()
        groups.add(thing.answer_group)
        assert (thing.status, thing.effect) == (ACTED, EngagementEffect.IDEAS)
        assert thing.author_told_at is not None
    assert len(groups) == 1
    assert answered_together(groups) == {groups.pop(): 4}
    assert Notification.objects.filter(kind=TOLD).count() == 4
    assert AuditEntry.objects.filter(verb__endswith=".answered").count() == 4


def test_one_answer_alone_makes_no_group_and_leaves_one_again() -> None:
    decision = make.ready()
    first, second = talking.said(decision), talking.said(decision)
    contributions.answer([first, second], status=ACTED, text="Yes.", by=decision.cycle.lead)
    answer(first, "More about this one.")
    assert first.answer_group == ""
    second.refresh_from_db()
    assert second.answer_group


def test_what_was_taken_back_meanwhile_is_left_out() -> None:
    decision = make.ready()
    first, second = talking.said(decision), talking.said(decision)
    comments.withdraw(second, by=second.author)
    lead = decision.cycle.lead
    assert contributions.answer([first, second], status=ACTED, text="Yes.", by=lead) == 1
    first.refresh_from_db()
    assert first.answer_group == ""
    with pytest.raises(Refused, match="Choose"):
        contributions.answer([second], status=ACTED, text="Yes.", by=lead)


def test_half_an_answer_is_given_to_nobody() -> None:
    decision = make.ready()
    things = [talking.said(decision), talking.said(decision)]
    for status, text in ((ACTED, "  "), (ContributionStatus.CONSIDERING, "Thank you.")):
        with pytest.raises(AnswerNeeded):
            contributions.answer(things, status=status, text=text, by=decision.cycle.lead)
    assert waiting(Comment).count() == 2
    assert not Notification.objects.filter(kind=TOLD).exists()


@pytest.mark.row("A3-48")
def test_what_it_added_is_chosen_with_the_answer_and_stands_beside_it() -> None:
    decision = make.ready()
    first, second = talking.said(decision), talking.said(decision)
    client = as_(decision.cycle.lead)
    page = client.get(url("contributions", decision)).content.decode()
    assert "A new way to solve a problem" in page
    sent = {
        "things": [first.public_id, second.public_id],
        "status": ACTED,
        "answer": "The bus now runs at night.",
        "effect": EngagementEffect.IDEAS,
    }
    done = client.post(url("contributions", decision), sent, follow=True).content.decode()
    assert "the authors of all 2 are told" in done
    talk = as_(first.author).get(decision.get_absolute_url()).content.decode()
    assert "What it added: A new way to solve a problem" in talk
    assert talk.count("Answered together with one other.") == 2


def test_nothing_ticked_keeps_the_words_and_says_what_to_do() -> None:
    decision = make.ready()
    talking.said(decision)
    client = as_(decision.cycle.lead)
    sent = {"status": ACTED, "answer": "My own words", "effect": "prejudice"}
    page = client.post(url("contributions", decision), sent).content.decode()
    assert "Tick at least one thing that you answer" in page
    assert "My own words" in page
    elsewhere = talking.said(make.ready())
    sent["things"] = [elsewhere.public_id]
    assert (
        "There is a problem" in client.post(url("contributions", decision), sent).content.decode()
    )
    elsewhere.refresh_from_db()
    assert not elsewhere.answer


def test_who_answers_and_who_does_not() -> None:
    decision = make.ready()
    comment, option = talking.said(decision), make.options_of(decision)[0]
    sent = {"status": ACTED, "answer": "Yes.", "effect": ""}
    for name, thing in (("answer-comment", comment), ("answer-option", option)):
        member = as_(talking.member(decision, 1))
        assert member.post(url(name, decision, thing), sent).status_code == 403
        lead = as_(decision.cycle.lead)
        assert lead.get(url(name, decision, thing)).status_code == 200
        assert lead.post(url(name, decision, thing), sent).status_code == 302
        thing.refresh_from_db()
        assert thing.is_answered


# --- This does not answer me --------------------------------------------------------------------


def test_its_author_sends_an_answer_back_until_somebody_answers_again() -> None:
    decision = make.ready()
    comment = talking.said(decision)
    answer(comment)
    assert list(unanswered(decision)["comments"]) == []
    contributions.say_not_answered(comment, words="Which villages?", by=comment.author)
    comment.refresh_from_db()
    assert not comment.is_answered
    assert list(unanswered(decision)["comments"]) == [comment]
    assert list(holding_up_the_record(decision)) == [comment]
    assert unanswered_contributions(decision.cycle) == 3
    assert facts_of(decision.cycle).contributions_unanswered == 3
    with pytest.raises(Refused, match="already"):
        contributions.say_not_answered(comment, words="Again?", by=comment.author)
    answer(comment, "All eight.")
    assert comment.is_answered
    assert comment.not_answered_words == "Which villages?"
    assert list(holding_up_the_record(decision)) == []
    assert Notification.objects.filter(kind=TOLD, recipient=comment.author).count() == 2


def test_only_its_author_says_so_and_in_words() -> None:
    decision = make.ready()
    comment = talking.said(decision)
    with pytest.raises(Refused, match="already"):
        contributions.say_not_answered(comment, words="What?", by=comment.author)
    answer(comment)
    for by in (talking.member(decision, 1), decision.cycle.lead):
        assert not may_say_not_answered(by, comment, decision.cycle)
        with pytest.raises(Refused, match="Only the person"):
            contributions.say_not_answered(comment, words="What?", by=by)
    with pytest.raises(Refused, match="in a sentence"):
        contributions.say_not_answered(comment, words=" ", by=comment.author)
    assert may_say_not_answered(comment.author, comment, decision.cycle)


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_is_taken_out_of_why_it_is_no_answer_too(kind: type[Contributed]) -> None:
    """Those who answer read it, and the name of somebody else is in it as easily as in the rest."""
    decision = make.ready()
    by = talking.member(decision)
    thing: Any = {
        Comment: lambda: talking.said(decision, by=by),
        Option: lambda: make.option(decision, by=by),
        Understanding: lambda: understanding.say(decision.cycle, text="Few buses.", by=by),
    }[kind]()
    contributions.answer([thing], status=ACTED, text="We ask.", by=decision.cycle.lead)
    contributions.say_not_answered(thing, words="Ask Josephine, who knows.", by=by)
    redaction = redactions.redact(thing, words=["Josephine"], by=decision.cycle.lead)
    thing.refresh_from_db()
    assert thing.not_answered_words == f"Ask {REMOVED}, who knows."
    assert redaction.original == {"not_answered_words": "Ask Josephine, who knows."}


def test_it_is_said_and_answered_again_by_the_pages() -> None:
    decision = make.ready()
    author = talking.member(decision)
    comment, option = talking.said(decision), make.option(decision, by=author)
    said = understanding.say(decision.cycle, text="Too few buses.", by=author)
    lead = decision.cycle.lead
    contributions.answer([comment, option, said], status=ACTED, text="We ask.", by=lead)
    client = as_(author)
    pages = (
        url("comment-not-answered", decision, comment),
        url("option-not-answered", decision, option),
        reverse("cycles:understanding-not-answered", args=[decision.cycle.slug, said.public_id]),
    )
    talk = client.get(decision.get_absolute_url()).content.decode()
    assert pages[0] in talk
    assert pages[0] not in as_(lead).get(decision.get_absolute_url()).content.decode()
    for page, thing in zip(pages, (comment, option, said), strict=True):
        assert "We ask." in client.get(page).content.decode()
        assert as_(lead).post(page, {"words": "No"}).status_code == 403
        assert client.post(page, {"words": "Whom do you ask?"}).status_code == 302
        thing.refresh_from_db()
        assert not thing.is_answered
    waits = as_(lead).get(url("contributions", decision)).content.decode()
    assert waits.count("Whom do you ask?") == 2
    talk = client.get(decision.get_absolute_url()).content.decode()
    assert "You said that this does not answer you: Whom do you ask?" in talk
    others = as_(lead).get(decision.get_absolute_url()).content.decode()
    assert "Its author says that this does not answer them: Whom do you ask?" in others
    assert "Waiting for another answer" in talk


# --- Until when ---------------------------------------------------------------------------------


def cut_off(decision: Decision, until: datetime) -> None:
    """As if it had been published in time."""
    Decision.objects.filter(pk=decision.pk).update(answers_cover_until=until)
    decision.refresh_from_db()


def test_only_what_was_said_in_time_holds_the_record_up_and_all_of_it_waits() -> None:
    decision = make.ready()
    early, late = talking.said(decision), talking.said(decision)
    Comment.objects.filter(pk=early.pk).update(created_at=timezone.now() - timedelta(days=9))
    assert list(holding_up_the_record(decision)) == [early, late]
    cut_off(decision, timezone.now() - timedelta(days=2))
    assert list(holding_up_the_record(decision)) == [early]
    assert list(unanswered(decision)["comments"]) == [early, late]
    answer(early)
    assert list(holding_up_the_record(decision)) == []


def test_it_is_published_until_the_first_round_and_not_after() -> None:
    decision = make.ready()
    lead, until = decision.cycle.lead, timezone.now() + timedelta(days=7)
    contributions.set_cut_off(decision, until=until, by=lead)
    contributions.set_cut_off(decision, until=None, by=lead)
    contributions.set_cut_off(decision, until=until, by=lead)
    decision.refresh_from_db()
    assert decision.answers_cover_until == until
    with pytest.raises(Refused, match="over"):
        contributions.set_cut_off(decision, until=timezone.now(), by=lead)
    assert AuditEntry.objects.filter(verb="decision.cut_off_set").count() == 3
    make.opened(decision)
    assert not may_set_cut_off(lead, decision)
    with pytest.raises(NotNow):
        contributions.set_cut_off(decision, until=None, by=lead)


def test_it_stays_also_where_the_options_are_opened_again() -> None:
    from cycles.services import decisions

    decision = make.weighing()
    decisions.reopen_options(decision, reason="A better one came up.", by=decision.cycle.lead)
    decision.refresh_from_db()
    assert not may_set_cut_off(decision.cycle.lead, decision)
    with pytest.raises(TooLate):
        contributions.set_cut_off(
            decision, until=timezone.now() + timedelta(days=1), by=decision.cycle.lead
        )


def test_it_stands_on_the_page_with_its_day_and_hour() -> None:
    decision = make.ready()
    member = as_(talking.member(decision))
    page = decision.get_absolute_url()
    assert "gets it before the decision is recorded" in member.get(page).content.decode()
    assert member.get(url("answers-until", decision)).status_code == 403
    lead = as_(decision.cycle.lead)
    assert lead.get(url("answers-until", decision)).status_code == 200
    past = {"until_day": "1", "until_month": "1", "until_year": "2020"}
    assert "must still be to come" in (
        lead.post(url("answers-until", decision), past).content.decode()
    )
    day = timezone.localdate() + timedelta(days=10)
    sent = {"until_day": day.day, "until_month": day.month, "until_year": day.year}
    assert lead.post(url("answers-until", decision), sent).status_code == 302
    said = member.get(page).content.decode()
    assert f"{day.day} " in said
    assert ", 5pm gets an answer before the decision is recorded" in said


# --- Hearing how it goes on ---------------------------------------------------------------------


def recorded_with_words() -> tuple[Decision, Comment, Comment]:
    """A recorded decision, with a comment that was acted on and one that was not."""
    decision = make.weighing()
    heard = talking.said(decision, by=talking.member(decision))
    not_heard = talking.said(decision, by=talking.member(decision, 1))
    answer(heard)
    answer(not_heard, "There is no money.", ContributionStatus.NOT_ACTED_ON)
    return make.recorded(decision), heard, not_heard


def test_whoever_was_acted_on_hears_when_what_is_done_moves() -> None:
    decision, heard, not_heard = recorded_with_words()
    Cycle.objects.filter(pk=decision.cycle_id).update(stage=Stage.DO)
    decision.cycle.refresh_from_db()
    lead = decision.cycle.lead
    action = actions.add(decision.cycle, title="Find two rooms", decision=decision, by=lead)
    for status, note in (
        (ActionStatus.UNDER_WAY, ""),
        (ActionStatus.UNDER_WAY, "One is found."),
        (ActionStatus.DONE, ""),
        (ActionStatus.PLANNED, ""),
    ):
        actions.say_where_it_stands(
            action, status=status, note=note, expected=action.version, by=lead
        )
    told = Notification.objects.filter(kind=MOVED)
    assert told.count() == 2
    assert {notice.recipient for notice in told} == {heard.author}
    assert not_heard.author not in authors_acted_on(decision)
    action.refresh_from_db()
    assert words_of(told[0]) is None  # It is only planned again.
    actions.say_where_it_stands(
        action, status=ActionStatus.STOPPED, note="No rooms.", expected=action.version, by=lead
    )
    words = words_of(told.order_by("-pk")[0])
    assert words is not None
    assert words.subject == "Something you said has moved on"
    assert "It was stopped: Find two rooms." in words.paragraphs
    assert decision.title not in words.subject


def test_an_action_of_no_decision_and_the_one_who_moves_it_are_left_out() -> None:
    decision, heard, _ = recorded_with_words()
    Cycle.objects.filter(pk=decision.cycle_id).update(stage=Stage.DO)
    decision.cycle.refresh_from_db()
    lead = decision.cycle.lead
    alone = actions.add(decision.cycle, title="Something else", by=lead)
    actions.say_where_it_stands(alone, status=ActionStatus.DONE, expected=alone.version, by=lead)
    own = actions.add(decision.cycle, title="Rooms", decision=decision, owner=heard.author, by=lead)
    actions.say_where_it_stands(
        own, status=ActionStatus.DONE, expected=own.version, by=heard.author
    )
    # The lead proposed what was decided, and so hears of it; whoever moved it knows.
    told = Notification.objects.filter(kind=MOVED)
    assert [(notice.recipient, notice.object_id) for notice in told] == [(lead, own.public_id)]


def test_each_person_hears_once_for_each_change() -> None:
    decision, heard, _ = recorded_with_words()
    contributions.tell_authors(decision, MOVED, heard, "once")
    contributions.tell_authors(decision, MOVED, heard, "once")
    contributions.tell_authors(decision, MOVED, heard, "twice", by=heard.author)
    assert Notification.objects.filter(kind=MOVED, recipient=heard.author).count() == 1


@pytest.mark.thorough
def test_the_page_of_what_waits_costs_the_same_for_few_and_many() -> None:
    decision = make.ready()
    client = as_(decision.cycle.lead)

    def cost() -> int:
        client.get(url("contributions", decision))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url("contributions", decision)).status_code == 200
        return len(captured)

    talking.reply(talking.said(decision))
    few = cost()
    for _ in range(3):
        talking.reply(talking.said(decision, option=make.options_of(decision)[0]))
    assert cost() == few


def test_a_stranger_finds_nothing_to_answer() -> None:
    decision = make.ready()
    comment = talking.said(decision, "Unmistakable words")
    stranger = as_(people.commissioner(people.organisation()))
    for name, thing in (
        ("contributions", None),
        ("answers-until", None),
        ("answer-comment", comment),
        ("comment-not-answered", comment),
        ("option-not-answered", make.options_of(decision)[0]),
    ):
        answer_ = stranger.get(url(name, decision, thing))
        assert answer_.status_code == 404
        assert "Unmistakable" not in answer_.content.decode()
    assert options.EDITABLE.isdisjoint({"status", "answer", "answer_group", "effect"})


def test_what_waits_is_paged_and_what_was_ticked_counts_from_any_page() -> None:
    decision = make.ready()
    made = talking.many(decision, threads=24)
    client, page = as_(decision.cycle.lead), url("contributions", decision)
    first, second = (client.get(f"{page}?page={number}").content.decode() for number in (1, 2))
    assert (first.count('name="things"'), second.count('name="things"')) == (20, 6)
    assert "Number 17." in first
    assert "Number 18." in second
    # Both were on the second page when it was opened.
    sent = {"things": [made[18].public_id, made[23].public_id], "status": ACTED, "answer": "Yes."}
    assert client.post(page, sent).status_code == 302
    assert Comment.objects.exclude(answer_group="").count() == 2
