"""Who may keep something out of the talk, and who looks at it again."""

from typing import Any

from cycles.enums import Moderation
from cycles.models import Comment, Decision
from cycles.queries.moderation import (
    has_appealed,
    moderators_of,
    open_appeal,
    was_put_back_on_appeal,
    who_looks_again,
)
from vbc.core.refusals import ALLOWED, Denied, Permission

TAKEN_BACK = "Its author has taken this back, so nobody else reads it any more."
WAITS_FOR_ANOTHER_LOOK = (
    "Its author has asked for another look. Until somebody else has answered that, it stays as it "
    "is."
)


def may_moderate(user: Any, decision: Decision) -> Permission:
    """Who chairs the panel and who runs the cycle; also when it is closed, as people still read."""
    if moderators_of(decision.cycle).filter(pk=user.pk).exists():
        return ALLOWED
    return Denied(
        "Only who chairs the panel and the people who run the cycle can do this. If somebody could "
        "come to harm, raise a concern."
    )


def may_keep_back(user: Any, comment: Comment) -> Permission:
    """Hold a comment back, take it down, or put it back: never one's own, and not while somebody
    else is to look at it again."""
    moderates = may_moderate(user, comment.decision)
    if not moderates:
        return moderates
    if comment.withdrawn_at is not None:
        return Denied(TAKEN_BACK)
    if comment.author_id == user.pk:
        return Denied("You wrote this yourself: change it, or take it back.")
    if open_appeal(comment) is not None:
        return Denied(WAITS_FOR_ANOTHER_LOOK)
    if was_put_back_on_appeal(comment):
        return Denied(
            "Somebody else has looked at this again and put it back. It stands, as long as its "
            "words are the same."
        )
    return ALLOWED


def may_appeal(user: Any, comment: Comment) -> Permission:
    """Its author, once for each time it was held back or taken down."""
    if comment.author_id != user.pk:
        return Denied("Only the person who wrote this can ask for another look at it.")
    if comment.withdrawn_at is not None:
        return Denied("You have taken this back, so nobody else reads it any more.")
    if comment.moderation == Moderation.STANDS:
        return Denied("This stands in the talk. There is nothing to look at again.")
    if has_appealed(comment):
        return Denied(
            "You have asked for another look, and that is done once. If somebody could come to "
            "harm, or you are treated unfairly, raise a concern."
        )
    return ALLOWED


def may_answer_appeal(user: Any, comment: Comment) -> Permission:
    """Somebody else than who acted, and never the author."""
    if comment.withdrawn_at is not None:
        return Denied(TAKEN_BACK)
    if open_appeal(comment) is None:
        return Denied("Nobody waits for another look at this.")
    if who_looks_again(comment).filter(pk=user.pk).exists():
        return ALLOWED
    return Denied("Somebody else looks at this again than who kept it back, or who wrote it.")
