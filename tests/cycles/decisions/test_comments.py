"""The talk: replies, changing what one said, pointing to options and evidence."""

from typing import Any

import pytest

from cycles.enums import Moderation, Stage, Stance
from cycles.models import Comment, CommentEdit, Cycle, Option
from cycles.permissions.comments import (
    may_comment,
    may_edit_comment,
    may_reply,
    may_withdraw_comment,
)
from cycles.queries.comments import (
    REPLIES,
    THREADS,
    Wanted,
    as_read_by,
    earlier_wordings,
    mentions_of,
    place_of,
    threads_on,
    with_replies,
)
from cycles.services import comments, options, redactions
from cycles.services.comments import StaysAsItIs
from cycles.services.decisions import NotNow
from stakeholders.enums import Perspective
from tests.factories import decisions as make
from tests.factories import talking
from vbc.core.enums import ContributionStatus
from vbc.core.models import AuditEntry
from vbc.core.names import REMOVED
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
ACTED = ContributionStatus.ACTED_ON


def change(comment: Comment, text: str, by: Any = None, **more: Any) -> Comment:
    """The author changes a comment, from the version they have open."""
    given = {"stance": comment.stance, "expected": comment.version, **more}
    return comments.edit(comment, text=text, by=by or comment.author, **given)


# --- Replies ------------------------------------------------------------------------------------


def test_a_reply_hangs_on_the_first_comment_of_its_thread() -> None:
    decision = make.ready()
    option = make.options_of(decision)[0]
    first = talking.said(decision, option=option)
    second = talking.reply(first, stance=Stance.AGAINST)
    third = talking.reply(second, by=first.author)
    assert (second.parent, third.parent) == (first, first)
    assert (second.option, third.option) == (option, option)
    assert second.stance == Stance.AGAINST


def test_nobody_replies_to_what_is_gone() -> None:
    decision = make.ready()
    first = talking.said(decision)
    second = talking.reply(first)
    comments.withdraw(first, by=first.author)
    held = talking.said(decision)
    talking.held(held)
    for gone in (first, held):
        with pytest.raises(Refused, match="no longer shown"):
            talking.reply(gone)
        gone.refresh_from_db()
        assert not may_reply(second.author, gone)
    assert talking.reply(second).parent == first


def test_nobody_replies_across_decisions_or_once_it_is_settled() -> None:
    decision = make.ready()
    elsewhere = talking.said(make.ready())
    with pytest.raises(Refused, match="no longer shown"):
        comments.add(decision, parent=elsewhere, text="This", by=talking.member(decision))
    settled = make.weighing()
    first = talking.said(settled)
    comments.answer(first, status=ACTED, text="We ask.", by=settled.cycle.lead)
    make.recorded(settled)
    with pytest.raises(NotNow):
        talking.reply(first)
    first.decision.refresh_from_db()
    assert not may_reply(first.author, first)


def test_the_same_words_sent_twice_stand_once() -> None:
    decision = make.ready()
    said = {"text": "Buses stop at six.", "by": talking.member(decision)}
    first = comments.add(decision, **said)
    assert comments.add(decision, **said) == first
    assert decision.comments.count() == 1
    assert comments.add(decision, stance=Stance.FOR, **said) != first
    assert comments.add(decision, parent=first, **said) != first
    option = decision.options.first()
    assert comments.add(decision, mentioned_options=[option], **said) != first
    assert comments.add(decision, **said | {"by": decision.cycle.lead}) != first
    comments.withdraw(first, by=first.author)
    assert comments.add(decision, **said) != first


# --- Changing what one said ---------------------------------------------------------------------


def test_how_it_read_before_can_be_looked_up() -> None:
    comment = talking.said(make.ready(), "Buses stop at six.", stance=Stance.FOR)
    change(comment, "Buses stop at seven.", stance=Stance.AGAINST, content_note="Being stranded")
    change(comment, "Buses stop at eight.", stance=Stance.AGAINST, content_note="Being stranded")
    comment.refresh_from_db()
    assert (comment.text, comment.version) == ("Buses stop at eight.", 3)
    before = earlier_wordings(comment, talking.member(comment.decision, 1))
    assert [(each.text, each.stance, each.content_note) for each in before] == [
        ("Buses stop at seven.", Stance.AGAINST, "Being stranded"),
        ("Buses stop at six.", Stance.FOR, ""),
    ]
    assert comment.edited_at == before[0].until
    assert AuditEntry.objects.filter(verb="comment.edited").count() == 2


def test_the_second_of_two_editors_is_told_and_nothing_is_lost() -> None:
    comment = talking.said(make.ready(), "One")
    stale = Comment.objects.get(pk=comment.pk)
    change(comment, "Two")
    with pytest.raises(EditedMeanwhile) as raised:
        change(stale, "Three")
    assert raised.value.current.text == "Two"
    assert CommentEdit.objects.count() == 1


def test_pointing_to_something_else_leaves_no_earlier_wording() -> None:
    decision = make.ready()
    comment = talking.said(decision)
    change(comment, comment.text, mentioned_options=make.options_of(decision)[:1])
    assert comment.mentioned_options.count() == 1
    assert not CommentEdit.objects.exists()
    assert Comment.objects.get().edited_at is None


def test_an_answered_comment_stays_until_its_author_sends_the_answer_back() -> None:
    comment = talking.said(make.ready())
    comments.answer(comment, status=ACTED, text="We ask.", by=comment.decision.cycle.lead)
    comment.refresh_from_db()
    assert not may_edit_comment(comment.author, comment)
    with pytest.raises(StaysAsItIs):
        change(comment, "Something else")
    from cycles.services import contributions

    contributions.say_not_answered(comment, words="Whom?", by=comment.author)
    comment.refresh_from_db()
    assert may_edit_comment(comment.author, comment)
    assert change(comment, "Whom do you ask?").text == "Whom do you ask?"


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_is_not_said(text: str) -> None:
    comment = talking.said(make.ready())
    with pytest.raises(Refused):
        change(comment, text)
    with pytest.raises(Refused):
        talking.said(comment.decision, text)


def test_what_was_taken_back_or_taken_down_is_not_changed() -> None:
    decision = make.ready()
    back, down = talking.said(decision), talking.said(decision)
    comments.withdraw(back, by=back.author)
    talking.taken_down(down)
    for comment in (back, down):
        with pytest.raises(StaysAsItIs):
            change(comment, "Again")


@pytest.mark.parametrize("state", ["preparing", "rating", "weighing", "recorded", "closed"])
@pytest.mark.parametrize("who", ["author", "member", "lead", "stranger"])
def test_who_may_say_and_change_what_in_which_state(who: str, state: str) -> None:
    stranger = talking.member(make.ready())
    decision = make.weighing() if state in ("weighing", "recorded") else make.ready()
    comment = talking.said(decision)
    if state == "rating":
        make.opened(decision)
    if state == "recorded":
        comments.answer(comment, status=ACTED, text="We ask.", by=decision.cycle.lead)
        make.recorded(decision)
    if state == "closed":
        Cycle.objects.filter(pk=decision.cycle_id).update(
            stage=Stage.CLOSED, closed_at=comment.created_at, closed_by=decision.cycle.lead
        )
    comment = Comment.objects.select_related("decision__cycle").get(pk=comment.pk)
    user = {
        "author": comment.author,
        "member": talking.member(decision, 1),
        "lead": decision.cycle.lead,
        "stranger": stranger,
    }[who]
    is_open = state in ("preparing", "rating", "weighing")
    assert bool(may_comment(user, comment.decision)) is (is_open and who != "stranger")
    assert bool(may_reply(user, comment)) is (is_open and who != "stranger")
    assert bool(may_edit_comment(user, comment)) is (is_open and who == "author")
    assert bool(may_withdraw_comment(user, comment)) is (is_open and who == "author")


# --- Pointing to something ----------------------------------------------------------------------


def test_what_a_comment_points_to_is_found_from_the_option() -> None:
    decision = make.ready()
    first, second = make.options_of(decision)
    reference = talking.linked(second)
    about = talking.said(decision, option=first)
    pointing = talking.said(
        decision, "Words", mentioned_options=[first], mentioned_references=[reference]
    )
    talking.said(decision, "About neither")
    found = mentions_of(as_read_by(about.author, decision.comments.all()))
    assert [(each.title, each.is_reference) for each in found[pointing.pk]] == [
        (first.title, False),
        (reference.title, True),
    ]
    assert about.pk not in found
    assert set(threads_on(decision, Wanted(option=first))) == {about, pointing}
    assert set(first.mentioned_in.all()) == {pointing}
    assert not threads_on(decision, Wanted(option=second)).exists()


def test_only_what_belongs_to_the_decision_can_be_pointed_to() -> None:
    decision = make.ready()
    foreign = make.options_of(make.ready())[0]
    gone = make.options_of(decision)[1]
    options.withdraw(gone, by=decision.cycle.lead)
    unlinked = talking.linked(foreign)
    for given in (
        {"mentioned_options": [foreign]},
        {"mentioned_options": [gone]},
        {"mentioned_references": [unlinked]},
    ):
        with pytest.raises(Refused, match="no longer part"):
            talking.said(decision, **given)
    assert not Comment.objects.exists()


def test_words_in_a_comment_point_to_nothing_by_themselves() -> None:
    decision = make.ready()
    option = make.options_of(decision)[0]
    talking.said(decision, f"@{option.title} #{option.public_id} [[{option.title}]]")
    assert not Comment.mentioned_options.through.objects.exists()


# --- Finding it again ---------------------------------------------------------------------------


def test_a_filter_finds_what_is_said_in_replies_too() -> None:
    decision = make.ready()
    option = make.options_of(decision)[0]
    quiet = talking.said(decision, "Quiet")
    loud = talking.said(decision, "Loud", option=option, stance=Stance.FOR)
    talking.reply(quiet, stance=Stance.AGAINST)
    assert list(threads_on(decision)) == [quiet, loud]
    assert list(threads_on(decision, Wanted(newest_first=True))) == [loud, quiet]
    assert list(threads_on(decision, Wanted(stance=Stance.AGAINST))) == [quiet]
    assert list(threads_on(decision, Wanted(stance=Stance.FOR))) == [loud]
    assert list(threads_on(decision, Wanted(only_whole=True))) == [quiet]
    assert list(threads_on(decision, Wanted(option=option, stance=Stance.FOR))) == [loud]
    assert not threads_on(decision, Wanted(option=option, stance=Stance.AGAINST)).exists()


def test_a_filter_finds_nothing_by_what_is_kept_back() -> None:
    decision = make.ready()
    comment = talking.said(decision, stance=Stance.AGAINST)
    talking.held(comment)
    assert list(threads_on(decision)) == [comment]
    assert not threads_on(decision, Wanted(stance=Stance.AGAINST)).exists()


def test_what_was_taken_back_stays_as_long_as_a_reply_hangs_on_it() -> None:
    decision = make.ready()
    first = talking.said(decision)
    second = talking.reply(first)
    comments.withdraw(first, by=first.author)
    assert list(threads_on(decision)) == [first]
    read = with_replies(decision, threads_on(decision), first.author)
    assert [(each.pk, each.words) for each in read] == [(first.pk, ""), (second.pk, second.text)]
    comments.withdraw(second, by=second.author)
    assert not threads_on(decision).exists()


def test_every_comment_has_one_place_where_it_is_read() -> None:
    decision = make.ready()
    made = talking.many(decision, threads=2 * THREADS + 1, replies=REPLIES + THREADS)
    threads, replies = made[: 2 * THREADS + 1], made[2 * THREADS + 1 :]
    comments.withdraw(threads[3], by=threads[3].author)
    for number, comment in enumerate(threads[4:], start=3):
        assert place_of(comment).page == number // THREADS + 1
    assert place_of(replies[REPLIES - 1]).is_in_thread is False
    beyond = place_of(replies[REPLIES])
    assert (beyond.thread, beyond.page, beyond.is_in_thread) == (threads[0], 1, True)
    assert place_of(replies[-1]).page == 2


# --- Names of other people ----------------------------------------------------------------------


def test_a_name_is_taken_out_of_replies_notes_and_earlier_wordings_too() -> None:
    decision = make.ready()
    comment = talking.reply(
        talking.said(decision), "Josephine waited.", content_note="About Josephine"
    )
    change(comment, "My aunt Josephine waited a year.", content_note="About Josephine")
    comment.refresh_from_db()
    redaction = redactions.redact(comment, words=["Josephine"], by=decision.cycle.lead)
    comment.refresh_from_db()
    edit = CommentEdit.objects.get()
    assert comment.text == f"My aunt {REMOVED} waited a year."
    assert comment.content_note == edit.content_note == f"About {REMOVED}"
    assert edit.text == f"{REMOVED} waited."
    assert sorted(redaction.original.values()) == [
        "About Josephine",
        "About Josephine",
        "Josephine waited.",
        "My aunt Josephine waited a year.",
    ]


def test_a_name_that_only_an_earlier_wording_has_is_taken_out() -> None:
    comment = talking.said(make.ready(), "Josephine waited.")
    change(comment, "She waited.")
    comment.refresh_from_db()
    redactions.redact(comment, words=["Josephine"], by=comment.decision.cycle.lead)
    assert CommentEdit.objects.get().text == f"{REMOVED} waited."
    assert Comment.objects.get().text == "She waited."


def test_a_comment_that_failed_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    decision = make.ready()
    comment = talking.said(decision)

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("cycles.services.comments.audit.record", fails)
    with pytest.raises(RuntimeError):
        change(comment, "Something else", mentioned_options=make.options_of(decision))
    found = Comment.objects.get()
    assert (found.text, found.version) == ("And the villages?", 1)
    assert found.moderation == Moderation.STANDS
    assert not CommentEdit.objects.exists()
    assert not found.mentioned_options.exists()


def test_the_pillar_a_member_speaks_for_stands_in_no_comment() -> None:
    decision = make.ready()
    for perspective in (Perspective.SERVICE_USER, Perspective.CLINICIAN):
        talking.said(decision, by=talking.member(decision, perspective=perspective))
    fields = {field.name for field in Comment._meta.get_fields()}
    assert not fields & {"seat", "perspective", "pillar"}
    assert Option.objects.filter(mentioned_in__isnull=False).count() == 0
