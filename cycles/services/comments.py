"""What members say, and what becomes of it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import Stance
from cycles.models import Comment, Decision, Option
from cycles.notices.decisions import CONTRIBUTION_ANSWERED
from cycles.queries.decisions import OPEN_STATUSES
from cycles.services import decisions
from vbc.core.enums import ContributionStatus
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


class AnswerNeeded(Refused):
    """An answer without words, or without what became of it."""


@transaction.atomic
def add(
    decision: Decision,
    *,
    text: str,
    stance: str = Stance.NEUTRAL,
    option: Option | None = None,
    by: Any,
) -> Comment:
    """Say something about a decision, or about one of its options."""
    decision = decisions.lock(decision)
    decisions.refuse_unless(decision, *OPEN_STATUSES)
    if option is not None and option.decision_id != decision.pk:
        raise Refused("That option belongs to another decision. Nothing was saved.")
    comment = Comment.objects.create(
        decision=decision, option=option, stance=Stance(stance), text=text, author=by
    )
    audit.record("comment.added", comment, by=by, data={"decision": decision.public_id})
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


@transaction.atomic
def answer(comment: Comment, *, status: str, text: str, by: Any) -> None:
    """Say what became of the comment, or why not. Its author is told."""
    comment = (
        Comment.objects.select_for_update(of=("self",)).select_related("author").get(pk=comment.pk)
    )
    give_answer(comment, status=status, text=text, by=by)
    audit.record("comment.answered", comment, by=by, data={"status": comment.status})


def give_answer(contribution: Any, *, status: str, text: str, by: Any) -> None:
    """Put the answer on a locked contribution and tell its author, each time it changes.

    The author is not told of answers they gave themselves.
    """
    if status not in ContributionStatus.answered():
        raise AnswerNeeded("Choose what became of it. Nothing was saved.")
    if not text.strip():
        raise AnswerNeeded("Say what became of it, or why not. Nothing was saved.")
    now = timezone.now()
    contribution.status = ContributionStatus(status)
    contribution.answer = text
    contribution.answered_at, contribution.answered_by = now, by
    contribution.version += 1
    told = contribution.author_id != by.pk
    if told:
        contribution.author_told_at = now
    contribution.save(
        update_fields=[
            "status",
            "answer",
            "answered_at",
            "answered_by",
            "author_told_at",
            "version",
        ]
    )
    if told:
        once = str(contribution.version)
        notices.tell(contribution.author, CONTRIBUTION_ANSWERED, contribution, once=once)
