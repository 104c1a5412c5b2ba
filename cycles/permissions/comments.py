"""Who may join the talk."""

from typing import Any

from cycles.models import Comment, Decision
from cycles.permissions.decisions import as_member_or_runner, while_open
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_comment(user: Any, decision: Decision) -> Permission:
    """Members and who runs the cycle; a panel that waits for a member goes on talking."""
    return while_open(decision) and as_member_or_runner(user, decision)


def may_withdraw_comment(user: Any, comment: Comment) -> Permission:
    opened = while_open(comment.decision)
    if not opened:
        return opened
    if comment.author_id == user.pk:
        return ALLOWED
    return Denied("Only the person who wrote this can take it back.")
