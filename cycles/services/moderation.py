"""The one door to what is kept out of the talk, and to putting it back.

Every step says why, goes to the author and into a log that members read. Nothing of what was kept
back is repeated in either. Lock order: decision, comment; the audit's head last.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from cycles.enums import Moderation, ModerationStepKind
from cycles.models import Comment, ModerationStep
from cycles.notices.moderation import APPEAL_MADE, COMMENT_MODERATED
from cycles.queries.moderation import has_appealed, open_appeal, who_looks_again
from cycles.services import decisions
from vbc.core.database import database_now
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices

Kind = ModerationStepKind
# What each state can be turned into by whoever keeps the talk safe.
_FROM: dict[str, frozenset[str]] = {
    Kind.HELD: frozenset({Moderation.STANDS}),
    Kind.TAKEN_DOWN: frozenset({Moderation.STANDS, Moderation.HELD}),
    Kind.PUT_BACK: frozenset({Moderation.HELD, Moderation.TAKEN_DOWN}),
}
_BECOMES: dict[str, str] = {
    Kind.HELD: Moderation.HELD,
    Kind.TAKEN_DOWN: Moderation.TAKEN_DOWN,
    Kind.PUT_BACK: Moderation.STANDS,
    Kind.REPOSTED: Moderation.STANDS,
}


class NotAsItWas(Refused):
    """Meanwhile the comment stands somewhere else, so this can no longer be done to it."""


class SomebodyElse(Refused):
    """Whoever acted, and whoever wrote it, does not judge that act."""


@transaction.atomic
def hold(comment: Comment, *, reason: str, by: Any) -> ModerationStep:
    """Hold it back until its author has changed it. Its replies stay. Its author is told why."""
    return _act(comment, Kind.HELD, reason=reason, by=by)


@transaction.atomic
def take_down(comment: Comment, *, reason: str, by: Any) -> ModerationStep:
    """Take it down. Its replies stay, and so does a line that says that it was, and why."""
    return _act(comment, Kind.TAKEN_DOWN, reason=reason, by=by)


@transaction.atomic
def put_back(comment: Comment, *, reason: str, by: Any) -> ModerationStep:
    """Whoever keeps the talk safe thinks again, without having been asked to."""
    return _act(comment, Kind.PUT_BACK, reason=reason, by=by)


@transaction.atomic
def appeal(comment: Comment, *, words: str, by: Any) -> ModerationStep:
    """Its author asks for another look, in their own words. Whoever can give it is told."""
    comment = _locked(comment)
    if comment.author_id != by.pk:
        raise SomebodyElse("Only the person who wrote this can ask for another look at it.")
    _refuse_withdrawn(comment)
    if comment.moderation == Moderation.STANDS:
        raise NotAsItWas("This stands in the talk again. Nothing was sent.")
    if has_appealed(comment):
        raise NotAsItWas("You have asked for another look already. Nothing was sent twice.")
    step = _write(comment, Kind.APPEALED, _needed(words), by=by)
    notices.tell_everyone(who_looks_again(comment), APPEAL_MADE, step)
    audit.record("comment.appealed", comment, by=by)
    return step


@transaction.atomic
def answer_appeal(comment: Comment, *, puts_back: bool, reason: str, by: Any) -> ModerationStep:
    """Somebody else than who acted looks again: it is put back, or stays as it is. Both say why."""
    comment = _locked(comment)
    _refuse_withdrawn(comment)
    if open_appeal(comment) is None:
        raise NotAsItWas("Nobody waits for another look at this any more. Nothing was saved.")
    if not who_looks_again(comment).filter(pk=by.pk).exists():
        raise SomebodyElse(
            "Somebody else looks at this again than who kept it back, or who wrote it. Nothing was "
            "saved."
        )
    kind = Kind.PUT_BACK if puts_back else Kind.UPHELD
    step = _write(comment, kind, _needed(reason), by=by)
    _tell_author(step)
    audit.record(f"comment.appeal_{'granted' if puts_back else 'refused'}", comment, by=by)
    return step


def repost(comment: Comment, *, by: Any) -> None:
    """Show a comment again that was held back and that its author has changed. Called by
    `comments.edit`, in its transaction and with the comment locked."""
    _write(comment, Kind.REPOSTED, "", by=by)
    audit.record("comment.reposted", comment, by=by)


def _act(comment: Comment, kind: ModerationStepKind, *, reason: str, by: Any) -> ModerationStep:
    comment = _locked(comment)
    if comment.author_id == by.pk:
        raise SomebodyElse(
            "You wrote this yourself. Nothing was changed: change it or take it back."
        )
    _refuse_withdrawn(comment)
    _refuse_unless(comment, _FROM[kind])
    if open_appeal(comment) is not None:
        raise SomebodyElse(
            "Its author has asked for another look, which somebody else gives. Nothing was changed."
        )
    step = _write(comment, kind, _needed(reason), by=by)
    _tell_author(step)
    audit.record(f"comment.{kind.value}", comment, by=by)
    return step


def _locked(comment: Comment) -> Comment:
    decision = decisions.lock(comment.decision)
    found = (
        Comment.objects.select_for_update(of=("self",)).select_related("author").get(pk=comment.pk)
    )
    decision.cycle = comment.decision.cycle
    found.decision = decision
    return found


def _write(comment: Comment, kind: ModerationStepKind, reason: str, *, by: Any) -> ModerationStep:
    if kind in _BECOMES:
        comment.moderation = _BECOMES[kind]
        comment.save(update_fields=["moderation"])
    return ModerationStep.objects.create(
        comment=comment, kind=kind, reason=reason, at=database_now(), by=by
    )


def _tell_author(step: ModerationStep) -> None:
    notices.tell(step.comment.author, COMMENT_MODERATED, step)


def _needed(words: str) -> str:
    if not words.strip():
        raise Refused("Say why, in a sentence. Nothing was changed.")
    return words.strip()


def _refuse_withdrawn(comment: Comment) -> None:
    if comment.withdrawn_at is not None:
        raise NotAsItWas("Its author has taken this back meanwhile. Nothing was changed.")


def _refuse_unless(comment: Comment, states: Iterable[str]) -> None:
    if comment.moderation not in states:
        now = Moderation(comment.moderation).label.lower()
        raise NotAsItWas(f"Somebody else was quicker: it is now “{now}”. Nothing was changed.")
