"""Who may join the talk."""

from typing import Any

from cycles.enums import Moderation
from cycles.models import Comment, Decision
from cycles.permissions.decisions import as_member_or_runner, while_open
from cycles.permissions.stages import CLOSED
from vbc.core.refusals import ALLOWED, Denied, Permission

NOT_YOURS = "Only the person who wrote this can change it or take it back."
TAKEN_BACK = "You have taken this back, so nobody sees it any more. You can write something new."


def may_comment(user: Any, decision: Decision) -> Permission:
    """Members and who runs the cycle; a panel that waits for a member goes on talking."""
    return while_open(decision) and as_member_or_runner(user, decision)


def may_reply(user: Any, comment: Comment) -> Permission:
    """Whoever may comment, to what stands."""
    allowed = may_comment(user, comment.decision)
    if not allowed:
        return allowed
    if comment.withdrawn_at is None and comment.moderation == Moderation.STANDS:
        return ALLOWED
    return Denied("This is no longer shown, so nobody can reply to it. You can say something new.")


def may_edit_comment(user: Any, comment: Comment) -> Permission:
    """Its author: until it has been answered, or to show what was held back again."""
    if comment.author_id != user.pk:
        return Denied(NOT_YOURS)
    if comment.withdrawn_at is not None:
        return Denied(TAKEN_BACK)
    if comment.decision.cycle.is_closed:
        return Denied(CLOSED)
    if comment.moderation == Moderation.HELD:
        return ALLOWED
    if comment.moderation == Moderation.TAKEN_DOWN:
        return Denied(
            "This was taken down, so it can no longer be changed. You can ask somebody else to "
            "look at it again."
        )
    opened = while_open(comment.decision)
    if not opened:
        return opened
    if comment.is_answered:
        return Denied(
            "This has had an answer, which is about these words, so they stay. Say what you want "
            "to add in a reply, or take this back."
        )
    return ALLOWED


def may_withdraw_comment(user: Any, comment: Comment) -> Permission:
    opened = while_open(comment.decision)
    if not opened:
        return opened
    if comment.author_id != user.pk:
        return Denied(NOT_YOURS)
    return ALLOWED if comment.withdrawn_at is None else Denied(TAKEN_BACK)
