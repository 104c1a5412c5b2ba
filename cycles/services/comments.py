"""What members say, in reply to each other too, and change or take back.

Lock order: decision, comment; the audit's head last.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import Moderation, Stance
from cycles.models import Comment, CommentEdit, Decision, Option, OptionEvidence
from cycles.queries.decisions import OPEN_STATUSES
from cycles.queries.options import options_on
from cycles.services import contributions, decisions, moderation
from evidence.models import Reference
from vbc.core.database import database_now
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import EditedMeanwhile, save_version


class StaysAsItIs(Refused):
    """The comment has been answered or taken down, so its words can no longer change."""


@transaction.atomic
def add(
    decision: Decision,
    *,
    text: str,
    stance: str = Stance.NEUTRAL,
    option: Option | None = None,
    parent: Comment | None = None,
    content_note: str = "",
    mentioned_options: Collection[Option] = (),
    mentioned_references: Collection[Reference] = (),
    by: Any,
) -> Comment:
    """Say something about a decision or one of its options, or in reply to `parent`.

    A reply is about what the thread is about, and hangs on the thread's first comment. The same
    words sent twice, by a double click or from a second tab, stand once.
    """
    decision = decisions.lock(decision)
    decisions.refuse_unless(decision, *OPEN_STATUSES)
    if option is not None and option.decision_id != decision.pk:
        raise Refused("That option belongs to another decision. Nothing was saved.")
    thread = _thread_of(parent, decision)
    _refuse_foreign(decision, mentioned_options, mentioned_references)
    said = {
        "option": thread.option if thread else option,
        "parent": thread,
        "stance": Stance(stance),
        "content_note": content_note.strip(),
        "text": _words(text),
        "author": by,
    }
    mentioned = {*mentioned_options, *mentioned_references}
    for stands in decision.comments.filter(
        **said, withdrawn_at=None, answered_at=None, moderation=Moderation.STANDS
    ):
        if {*stands.mentioned_options.all(), *stands.mentioned_references.all()} == mentioned:
            return stands
    comment = Comment.objects.create(decision=decision, **said)
    comment.mentioned_options.set(mentioned_options)
    comment.mentioned_references.set(mentioned_references)
    audit.record("comment.added", comment, by=by, data={"decision": decision.public_id})
    return comment


@transaction.atomic
def edit(
    comment: Comment,
    *,
    expected: int,
    text: str,
    stance: str,
    content_note: str = "",
    mentioned_options: Collection[Option] = (),
    mentioned_references: Collection[Reference] = (),
    by: Any,
) -> Comment:
    """Its author changes it. How it read before stays, for members to look up.

    What was held back is shown again by this, so its words have to have changed. Raises
    EditedMeanwhile on a stale `expected`.
    """
    decision = decisions.lock(comment.decision)
    before = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if before.version != expected:
        raise EditedMeanwhile(before)
    _refuse_what_stays(before, decision)
    _refuse_foreign(decision, mentioned_options, mentioned_references)
    now: dict[str, Any] = {
        "text": _words(text),
        "stance": Stance(stance),
        "content_note": content_note.strip(),
    }
    was = {name: getattr(before, name) for name in now}
    was_held = before.moderation == Moderation.HELD
    if was_held and (now["text"], now["content_note"]) == (was["text"], was["content_note"]):
        raise Refused(
            "Nothing in it has changed, so it is still held back. Change what the reason names, or "
            "ask somebody else to look at it again."
        )
    if now != was:
        moment = database_now()
        CommentEdit.objects.create(comment=before, until=moment, **was)
        now["edited_at"] = moment
    save_version(comment, expected=expected, fields=now)
    comment.mentioned_options.set(mentioned_options)
    comment.mentioned_references.set(mentioned_references)
    if was_held:
        moderation.repost(comment, by=by)
    audit.record("comment.edited", comment, by=by)
    return comment


@transaction.atomic
def withdraw(comment: Comment, *, by: Any) -> None:
    """Its author takes the comment back: it is no longer shown, and needs no answer."""
    decision = decisions.lock(comment.decision)
    decisions.refuse_unless(decision, *OPEN_STATUSES)
    Comment.objects.filter(pk=comment.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    audit.record("comment.withdrawn", comment, by=by)


def answer(comment: Comment, *, status: str, text: str, effect: str = "", by: Any) -> None:
    """Say what became of the comment, or why not. Its author is told."""
    contributions.answer([comment], status=status, text=text, effect=effect, by=by)


def _thread_of(parent: Comment | None, decision: Decision) -> Comment | None:
    """What a reply to `parent` hangs on. Whatever it is, `parent` itself has to stand."""
    if parent is None:
        return None
    found = Comment.objects.standing().filter(decision=decision, pk=parent.pk)
    standing = found.select_related("parent").first()
    if standing is None:
        raise Refused(
            "What you reply to is no longer shown. Nothing was saved: say what you think as a "
            "comment of its own."
        )
    return standing.parent or standing


def _refuse_what_stays(comment: Comment, decision: Decision) -> None:
    if comment.withdrawn_at is not None:
        raise StaysAsItIs("You have taken this back, so it is no longer shown. Nothing was saved.")
    if comment.moderation == Moderation.TAKEN_DOWN:
        raise StaysAsItIs(
            "This was taken down meanwhile, so it can no longer be changed. Nothing was saved. You "
            "can ask somebody else to look at it again."
        )
    if comment.moderation == Moderation.HELD:
        return
    decisions.refuse_unless(decision, *OPEN_STATUSES)
    if comment.is_answered:
        raise StaysAsItIs(
            "This has had an answer meanwhile, which is about these words, so they stay. Nothing "
            "was saved: say what you want to add in a reply."
        )


def _refuse_foreign(
    decision: Decision, options: Collection[Option], references: Collection[Reference]
) -> None:
    """Only options that stand and evidence that is linked to one of them can be pointed to."""
    own = {option.pk for option in options_on(decision)} if options else set()
    linked = (
        set(
            OptionEvidence.objects.filter(
                option__decision=decision, reference__isnull=False
            ).values_list("reference", flat=True)
        )
        if references
        else set()
    )
    if {option.pk for option in options} - own or {each.pk for each in references} - linked:
        raise Refused(
            "Something that you pointed to is no longer part of this decision. Nothing was saved: "
            "take it off, and save again."
        )


def _words(text: str) -> str:
    if not text.strip():
        raise Refused("Say what you think. Nothing was saved.")
    return text.strip()
