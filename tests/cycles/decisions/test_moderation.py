"""Keeping the talk safe: three states, always with a reason, looked at again by somebody else."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.enums import Moderation, ModerationStepKind
from cycles.models import Comment, Decision, ModerationStep
from cycles.permissions.comments import may_edit_comment
from cycles.permissions.moderation import (
    may_answer_appeal,
    may_appeal,
    may_keep_back,
    may_moderate,
)
from cycles.presenters.comments import Talk
from cycles.queries.comments import as_read_by, earlier_wordings
from cycles.queries.contributions import holding_up_the_record
from cycles.queries.moderation import who_looks_again
from cycles.services import comments, moderation
from cycles.services.moderation import NotAsItWas, SomebodyElse
from stakeholders.enums import OrganisationRole, Perspective
from stakeholders.services import organisations
from tests.factories import decisions as make
from tests.factories import stakeholders as people
from tests.factories import talking
from tests.pages import as_
from vbc.core.models import AuditContent, AuditEntry, Notification
from vbc.core.models.base import AppendOnlyRefusal
from vbc.core.refusals import Refused
from vbc.core.services.notices import words_of

pytestmark = pytest.mark.django_db
Kind = ModerationStepKind
SECRET = "Unmistakable words about somebody."


def url(name: str, comment: Comment) -> str:
    decision = comment.decision
    return reverse(
        f"cycles:{name}", args=[decision.cycle.slug, decision.public_id, comment.public_id]
    )


def page_of(user: Any, decision: Decision) -> str:
    return as_(user).get(decision.get_absolute_url()).content.decode()


def kinds(comment: Comment) -> list[str]:
    return [step.kind for step in comment.moderation_steps.order_by("pk")]


# --- The states ---------------------------------------------------------------------------------


def test_held_back_changed_and_shown_again() -> None:
    comment = talking.said(make.ready(), SECRET)
    talking.held(comment)
    assert comment.moderation == Moderation.HELD
    assert may_edit_comment(comment.author, comment)
    with pytest.raises(Refused, match="Nothing in it has changed"):
        comments.edit(
            comment, expected=comment.version, text=SECRET, stance="for", by=comment.author
        )
    comments.edit(
        comment, expected=comment.version, text="In other words.", stance="for", by=comment.author
    )
    comment.refresh_from_db()
    assert comment.moderation == Moderation.STANDS
    assert kinds(comment) == [Kind.HELD, Kind.REPOSTED]


def test_what_is_held_back_says_to_nobody_else_what_it_points_to_or_where_it_stands() -> None:
    decision = make.ready()
    author, other = make.members(decision, Perspective.CARER)[:2]
    comment = comments.add(
        decision,
        text=SECRET,
        stance="against",
        mentioned_options=make.options_of(decision)[:1],
        by=author,
    )
    talking.held(comment)
    for reader, pointed_to in ((author, 1), (other, 0), (decision.cycle.lead, 0)):
        read = list(as_read_by(reader, decision.comments.all()))
        remark = Talk(decision, reader).remarks(read)[comment.pk]
        assert len(remark.mentions) == pointed_to
        assert bool(remark.stance) == bool(remark.who) == bool(pointed_to)


def test_what_was_held_back_is_not_readable_as_an_earlier_wording() -> None:
    comment = talking.said(make.ready(), SECRET)
    talking.held(comment)
    for text in ("In other words.", "In still other words."):
        comments.edit(comment, expected=comment.version, text=text, stance="for", by=comment.author)
    comment.refresh_from_db()
    other = talking.member(comment.decision, 1)
    assert [each.text for each in earlier_wordings(comment, other)] == ["In other words."]
    assert [each.text for each in earlier_wordings(comment, comment.author)] == [
        "In other words.",
        SECRET,
    ]
    said = as_(other).get(url("earlier-wordings", comment)).content.decode()
    assert SECRET not in said
    assert "It was held back for a time" in said
    assert SECRET in as_(comment.author).get(url("earlier-wordings", comment)).content.decode()


@pytest.mark.parametrize("reason", ["", "   "])
def test_nobody_is_silenced_without_a_reason(reason: str) -> None:
    comment = talking.said(make.ready())
    lead = comment.decision.cycle.lead
    for act in (moderation.hold, moderation.take_down):
        with pytest.raises(Refused, match="Say why"):
            act(comment, reason=reason, by=lead)
    answer = as_(lead).post(url("moderate-comment", comment), {"what": "held", "reason": ""})
    assert "There is a problem" in answer.content.decode()
    comment.refresh_from_db()
    assert comment.moderation == Moderation.STANDS
    assert not ModerationStep.objects.exists()


@pytest.mark.parametrize(
    ("state", "act", "works"),
    [
        ("stands", moderation.hold, True),
        ("stands", moderation.take_down, True),
        ("stands", moderation.put_back, False),
        ("held", moderation.hold, False),
        ("held", moderation.take_down, True),
        ("held", moderation.put_back, True),
        ("taken_down", moderation.hold, False),
        ("taken_down", moderation.take_down, False),
        ("taken_down", moderation.put_back, True),
    ],
)
def test_every_pair_of_a_state_and_an_act(state: str, act: Any, works: bool) -> None:
    comment = talking.said(make.ready())
    if state != "stands":
        {"held": talking.held, "taken_down": talking.taken_down}[state](comment)
    before = comment.moderation_steps.count()
    if works:
        act(comment, reason=talking.WHY, by=comment.decision.cycle.lead)
        assert comment.moderation_steps.count() == before + 1
    else:
        with pytest.raises(NotAsItWas):
            act(comment, reason=talking.WHY, by=comment.decision.cycle.lead)
        assert comment.moderation_steps.count() == before


def test_what_its_author_took_back_is_left_alone() -> None:
    comment = talking.said(make.ready())
    comments.withdraw(comment, by=comment.author)
    with pytest.raises(NotAsItWas):
        talking.held(comment)
    comment.refresh_from_db()
    assert not may_keep_back(comment.decision.cycle.lead, comment)


def test_steps_are_history() -> None:
    step = talking.held(talking.said(make.ready()))
    step.reason = "Another"
    with pytest.raises(AppendOnlyRefusal):
        step.save()
    with pytest.raises(AppendOnlyRefusal):
        ModerationStep.objects.all().delete()


def test_the_audit_names_the_act_and_repeats_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    comment = talking.said(make.ready(), SECRET)
    talking.held(comment)
    talking.appealed(comment, "I spoke of myself.")
    entry = AuditEntry.objects.get(verb="comment.held")
    assert entry.object_id == comment.public_id
    for content in AuditContent.objects.values_list("data", flat=True):
        assert "Unmistakable" not in str(content)
        assert "spoke of myself" not in str(content)

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("no")

    other = talking.said(comment.decision)
    monkeypatch.setattr("cycles.services.moderation.audit.record", fails)
    with pytest.raises(RuntimeError):
        talking.held(other)
    other.refresh_from_db()
    assert other.moderation == Moderation.STANDS
    assert not other.moderation_steps.exists()


# --- Who may ------------------------------------------------------------------------------------


def test_who_chairs_and_who_runs_it_keep_the_talk_safe() -> None:
    decision = make.ready()
    comment = talking.said(decision)
    chair = talking.chaired(decision)
    comment = Comment.objects.select_related("decision__cycle__panel").get(pk=comment.pk)
    may = (chair, decision.cycle.lead, people.commissioner(decision.cycle.organisation))
    may_not = (
        comment.author,
        talking.member(decision, perspective=Perspective.SERVICE_USER),
        talking.member(decision, perspective=Perspective.EVIDENCE_REVIEWER),
        people.admin_of(decision.cycle.organisation),
        people.commissioner(people.organisation()),
    )
    assert all(may_moderate(user, comment.decision) for user in may)
    assert not any(may_moderate(user, comment.decision) for user in may_not)
    for user in may_not[:4]:
        answer = as_(user).post(
            url("moderate-comment", comment), {"what": "held", "reason": "Because."}
        )
        assert answer.status_code == 403
    assert as_(may_not[4]).get(url("moderate-comment", comment)).status_code == 404


def test_a_chair_is_not_led_to_taking_out_a_name_which_only_others_may() -> None:
    decision = make.ready()
    chair, comment = talking.chaired(decision), talking.said(decision)
    leads_there = url("redact-comment", comment)
    assert (
        leads_there
        in as_(decision.cycle.lead).get(url("moderate-comment", comment)).content.decode()
    )
    page = as_(chair).get(url("moderate-comment", comment)).content.decode()
    assert leads_there not in page
    assert "tell the people who run the cycle which one you mean" in page


def test_a_chair_who_leaves_keeps_nothing() -> None:
    from stakeholders.queries.panels import seat_of
    from stakeholders.services import seats

    decision = make.ready()
    chair = talking.chaired(decision)
    seats.leave(seat_of(chair, decision.cycle.panel), by=chair)
    again = Decision.objects.select_related("cycle__panel").get(pk=decision.pk)
    assert not may_moderate(chair, again)


def test_nobody_judges_what_they_wrote_themselves() -> None:
    decision = make.ready()
    lead = decision.cycle.lead
    own = talking.said(decision, by=lead)
    assert not may_keep_back(lead, own)
    with pytest.raises(SomebodyElse):
        moderation.hold(own, reason="Because.", by=lead)


# --- Looking again ------------------------------------------------------------------------------


def test_somebody_else_looks_again_and_puts_it_back() -> None:
    decision = make.ready()
    chair = talking.chaired(decision)
    comment = talking.said(decision, SECRET)
    talking.taken_down(comment, by=decision.cycle.lead)
    assert may_appeal(comment.author, comment)
    talking.appealed(comment)
    assert not may_appeal(comment.author, comment)
    assert set(who_looks_again(comment)) == {chair}
    for user in (decision.cycle.lead, comment.author):
        assert not may_answer_appeal(user, comment)
        with pytest.raises(SomebodyElse):
            moderation.answer_appeal(comment, puts_back=False, reason="So.", by=user)
    moderation.answer_appeal(comment, puts_back=True, reason="It is their own story.", by=chair)
    comment.refresh_from_db()
    assert comment.moderation == Moderation.STANDS
    assert kinds(comment) == [Kind.TAKEN_DOWN, Kind.APPEALED, Kind.PUT_BACK]
    assert SECRET in page_of(talking.member(decision, 1), decision)


def test_what_was_put_back_stands_while_its_words_are_the_same() -> None:
    decision = make.ready()
    chair, lead = talking.chaired(decision), decision.cycle.lead
    comment = talking.said(decision)
    talking.held(comment)
    talking.appealed(comment)
    moderation.answer_appeal(comment, puts_back=True, reason="It stands.", by=chair)
    comment.refresh_from_db()
    assert not may_keep_back(lead, comment)
    comments.edit(comment, expected=comment.version, text="Worse.", stance="for", by=comment.author)
    comment.refresh_from_db()
    assert may_keep_back(lead, comment)


def test_it_can_stay_as_it_is_and_is_asked_once_for_each_act() -> None:
    decision = make.ready()
    chair = talking.chaired(decision)
    comment = talking.said(decision)
    talking.held(comment)
    talking.appealed(comment)
    moderation.answer_appeal(comment, puts_back=False, reason="It names somebody.", by=chair)
    comment.refresh_from_db()
    assert comment.moderation == Moderation.HELD
    assert not may_appeal(comment.author, comment)
    with pytest.raises(NotAsItWas):
        talking.appealed(comment)
    assert may_edit_comment(comment.author, comment)
    talking.taken_down(comment)
    assert may_appeal(comment.author, comment)


def test_without_anybody_else_an_administrator_looks_again() -> None:
    decision = make.ready()
    admin = people.admin_of(decision.cycle.organisation)
    comment = talking.said(decision)
    talking.held(comment)
    talking.appealed(comment)
    # Nor does whoever acted, where they are an administrator too.
    organisations.add_member(
        decision.cycle.organisation, decision.cycle.lead, role=OrganisationRole.ADMIN
    )
    assert set(who_looks_again(comment)) == {admin}
    page = as_(admin).get(url("answer-appeal", comment)).content.decode()
    assert comment.text in page
    assert "I spoke of myself." in page
    sent = {"what": "put_back", "reason": "It is their own story."}
    assert as_(admin).post(url("answer-appeal", comment), sent).status_code == 302
    comment.refresh_from_db()
    assert comment.moderation == Moderation.STANDS


def test_while_it_is_looked_at_again_nothing_else_is_done_to_it() -> None:
    decision = make.ready()
    talking.chaired(decision)
    comment = talking.said(decision)
    talking.held(comment)
    talking.appealed(comment)
    lead = decision.cycle.lead
    assert not may_keep_back(lead, comment)
    for act in (moderation.take_down, moderation.put_back):
        with pytest.raises(SomebodyElse):
            act(comment, reason="So.", by=lead)
    # Its author can still change it, and then there is nothing left to look at again.
    comments.edit(
        comment, expected=comment.version, text="Other words", stance="for", by=comment.author
    )
    comment.refresh_from_db()
    assert not may_answer_appeal(decision.cycle.panel.chair, comment)


def test_only_its_author_appeals_and_only_what_is_kept_back() -> None:
    decision = make.ready()
    comment = talking.said(decision)
    assert not may_appeal(comment.author, comment)
    with pytest.raises(NotAsItWas):
        talking.appealed(comment)
    talking.held(comment)
    assert not may_appeal(talking.member(decision, 1), comment)
    with pytest.raises(SomebodyElse):
        moderation.appeal(comment, words="Mine.", by=talking.member(decision, 1))


# --- What is shown ------------------------------------------------------------------------------


def test_whoever_has_asked_for_another_look_reads_so_and_is_not_led_to_a_refusal() -> None:
    decision = make.ready()
    comment = talking.said(decision, SECRET)
    talking.held(comment)
    address = url("appeal", comment)
    assert address in page_of(comment.author, decision)
    talking.appealed(comment)
    own = page_of(comment.author, decision)
    assert address not in own
    assert "You have asked for another look." in own
    # What others read does not say whether its author asked.
    assert "asked for another look" not in page_of(talking.member(decision, 1), decision)


@pytest.mark.parametrize("keep_back", [talking.held, talking.taken_down])
def test_the_words_are_read_by_their_author_alone_and_fetched_for_nobody_else(
    keep_back: Any,
) -> None:
    decision = make.ready()
    comment = talking.said(decision, SECRET, content_note="Unmistakable note")
    talking.reply(comment, "Still here.")
    keep_back(comment)
    own = page_of(comment.author, decision)
    assert SECRET in own
    assert "Ask for another look" in own
    for reader in (talking.member(decision, 1), decision.cycle.lead):
        with CaptureQueriesContext(connection) as captured:
            said = page_of(reader, decision)
        assert "Unmistakable" not in said
        assert talking.WHY in said
        assert "Still here." in said
        assert comment.author.display_name not in said.split('id="talk"')[1].split("<footer")[
            0
        ] or (reader == comment.author)
        fetched = [query["sql"] for query in captured if "cycles_comment" in query["sql"]]
        assert fetched
        assert not any('"cycles_comment"."text",' in sql for sql in fetched)


def test_the_log_says_what_when_by_whom_and_why_and_nothing_of_the_words() -> None:
    decision = make.ready()
    chair = talking.chaired(decision)
    comment = talking.said(decision, SECRET)
    talking.taken_down(comment)
    talking.appealed(comment, "Unmistakable appeal.")
    moderation.answer_appeal(comment, puts_back=False, reason="It names somebody.", by=chair)
    log = reverse("cycles:moderation-log", args=[decision.cycle.slug, decision.public_id])
    reader = talking.member(decision, perspective=Perspective.SERVICE_USER)
    said = as_(reader).get(log).content.decode()
    for words in ("Taken down", talking.WHY, "It names somebody.", chair.display_name):
        assert words in said
    assert decision.cycle.lead.display_name in said
    assert "Unmistakable" not in said
    assert comment.author.display_name not in said
    stranger = people.commissioner(people.organisation())
    assert as_(stranger).get(log).status_code == 404


@pytest.mark.thorough
def test_the_log_costs_the_same_for_one_and_three() -> None:
    decision = make.ready()
    log = reverse("cycles:moderation-log", args=[decision.cycle.slug, decision.public_id])
    client = as_(talking.member(decision))

    def cost() -> int:
        client.get(log)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(log).status_code == 200
        return len(captured)

    talking.held(talking.said(decision))
    one = cost()
    for _ in range(2):
        talking.held(talking.said(decision))
    assert cost() == one


def test_what_is_kept_back_holds_nothing_up_and_needs_no_answer() -> None:
    decision = make.ready()
    kept = [talking.said(decision) for _ in range(3)]
    talking.held(kept[0])
    talking.taken_down(kept[1])
    assert list(holding_up_the_record(decision)) == [kept[2]]
    page = reverse("cycles:contributions", args=[decision.cycle.slug, decision.public_id])
    said = as_(decision.cycle.lead).get(page).content.decode()
    assert said.count('name="things"') == 3  # Two options, and what stands.


# --- Telling people -----------------------------------------------------------------------------


def test_its_author_is_told_of_everything_and_who_looks_again_is_asked() -> None:
    decision = make.ready()
    chair = talking.chaired(decision)
    comment = talking.said(decision, SECRET)
    talking.held(comment)
    talking.appealed(comment, "Unmistakable appeal.")
    asked = Notification.objects.get(kind="cycles.appeal_made")
    assert asked.recipient == chair
    words = words_of(asked)
    assert words is not None
    assert words.link == url("answer-appeal", comment)
    moderation.answer_appeal(comment, puts_back=True, reason="It stands.", by=chair)
    assert words_of(asked) is None
    told = Notification.objects.filter(kind="cycles.comment_moderated", recipient=comment.author)
    assert told.count() == 2
    for notice in (*told, asked):
        said = words_of(notice)
        assert "Unmistakable" not in str(said)
    first = words_of(told.order_by("pk")[0])
    assert first is not None
    assert talking.WHY in " ".join(first.paragraphs)
    assert first.subject == "Something you wrote is held back for now"
    assert decision.title not in first.subject


def test_who_no_longer_sees_the_talk_is_told_nothing() -> None:
    from stakeholders.queries.panels import seat_of
    from stakeholders.services import seats

    comment = talking.said(make.ready())
    talking.held(comment)
    seats.leave(seat_of(comment.author, comment.decision.cycle.panel), by=comment.author)
    assert words_of(Notification.objects.get(kind="cycles.comment_moderated")) is None


# --- The pages ----------------------------------------------------------------------------------


@pytest.mark.row("A3-51")
def test_from_holding_back_to_another_look_by_the_pages() -> None:
    decision = make.ready()
    chair, lead = talking.chaired(decision), decision.cycle.lead
    comment = talking.said(decision, SECRET)
    page = as_(lead).get(url("moderate-comment", comment)).content.decode()
    assert SECRET in page
    assert "Being angry, disagreeing" in page
    sent = {"what": "taken_down", "reason": talking.WHY}
    done = as_(lead).post(url("moderate-comment", comment), sent, follow=True)
    assert "A comment was taken down here." in done.content.decode()
    author = as_(comment.author)
    page = author.get(url("appeal", comment)).content.decode()
    assert SECRET in page
    assert talking.WHY in page
    asked = author.post(url("appeal", comment), {"words": "It is my own story."}, follow=True)
    assert "Somebody else looks at it again" in asked.content.decode()
    waiting = as_(chair).get(reverse("home:my-work")).content.decode()
    assert url("answer-appeal", comment) in waiting
    assert as_(lead).get(url("answer-appeal", comment)).status_code == 403
    sent = {"what": "upheld", "reason": "It names somebody else."}
    done = as_(chair).post(url("answer-appeal", comment), sent, follow=True)
    assert "the person who wrote this is told why" in done.content.decode()
    comment.refresh_from_db()
    assert (comment.moderation, len(kinds(comment))) == (Moderation.TAKEN_DOWN, 3)
