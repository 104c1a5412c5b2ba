"""The talk on a decision, built through the services; only the very many are written at once."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cycles.enums import EvidenceDirection
from cycles.models import Comment, Decision, ModerationStep, Option
from cycles.services import appraisals, comments, moderation
from evidence.enums import ReferenceKind
from evidence.models import Reference
from stakeholders.enums import Perspective
from stakeholders.services import panels
from tests.factories import decisions as make
from tests.kept import kept

WHY = "It tells about somebody who is not here."


def member(decision: Decision, number: int = 0, perspective: str = Perspective.CARER) -> Any:
    return make.members(decision, perspective)[number]


@kept
def said(decision: Decision, text: str | None = None, by: Any = None, **more: Any) -> Any:
    """A comment, by a carer unless somebody is named."""
    text = _another("And the villages?", decision) if text is None else text
    return comments.add(decision, text=text, by=by or member(decision), **more)


@kept
def reply(to: Comment, text: str | None = None, by: Any = None, **more: Any) -> Comment:
    """A reply, by another carer unless somebody is named."""
    text = _another("Yes, and the bus?", to.decision) if text is None else text
    by = by or member(to.decision, 1)
    return comments.add(to.decision, parent=to, text=text, by=by, **more)


def _another(text: str, decision: Decision) -> str:
    """The words, told apart from those before: the same words twice stand once."""
    before = decision.comments.count()
    return f"{text} ({before + 1})" if before else text


@kept
def many(decision: Decision, threads: int, replies: int = 0) -> list[Comment]:
    """So many threads, the first with so many replies, a minute apart; what they say is their
    number. Past the services, which would take a minute for what a page shows in a moment."""
    author, began = member(decision), timezone.now() - timedelta(days=60)

    def comment(number: int, **more: Any) -> Comment:
        return Comment(decision=decision, author=author, text=f"Number {number}.", **more)

    made = Comment.objects.bulk_create([comment(number) for number in range(threads)])
    made += Comment.objects.bulk_create(
        [comment(threads + number, parent=made[0]) for number in range(replies)]
    )
    for number, each in enumerate(made):
        each.created_at = began + timedelta(minutes=number)
    Comment.objects.bulk_update(made, ["created_at"], batch_size=500)
    return made


@kept
def linked(option: Option, title: str = "A review of crisis houses") -> Reference:
    """A reference of the library, linked to the option."""
    by = option.decision.cycle.lead
    reference = Reference.objects.create(
        organisation=option.decision.cycle.organisation,
        kind=ReferenceKind.REVIEW,
        title=title,
        plain_summary="It helps some.",
        created_by=by,
    )
    appraisals.link_evidence(
        option, reference, direction=EvidenceDirection.SUPPORTS, note="Five studies.", by=by
    )
    return reference


@kept
def chaired(decision: Decision, by: Any = None) -> Any:
    """Somebody chairs the panel: a clinician unless somebody is named."""
    chair = by or member(decision, perspective=Perspective.CLINICIAN)
    panel = decision.cycle.panel
    assert panel is not None
    panels.appoint_chair(panel, chair, by=panel.created_by)
    panel.refresh_from_db()
    return chair


@kept
def held(comment: Comment, by: Any = None) -> ModerationStep:
    step = moderation.hold(comment, reason=WHY, by=by or comment.decision.cycle.lead)
    comment.refresh_from_db()
    return step


@kept
def taken_down(comment: Comment, by: Any = None) -> ModerationStep:
    step = moderation.take_down(comment, reason=WHY, by=by or comment.decision.cycle.lead)
    comment.refresh_from_db()
    return step


@kept
def appealed(comment: Comment, words: str = "I spoke of myself.") -> ModerationStep:
    return moderation.appeal(comment, words=words, by=comment.author)


@kept
def shown(decision: Decision, *, by: Any) -> dict[str, str]:
    """Something of everything that has an address, by the name of its argument; `by` said it."""
    panel = decision.cycle.panel
    assert panel is not None
    own, answered, held_back, appealed_against = (
        said(decision, text, by=by) for text in ("Own.", "Answered.", "Held.", "Appealed.")
    )
    comments.answer(answered, status="acted_on", text="We ask.", by=decision.cycle.lead)
    held(held_back)
    held(appealed_against, by=panel.chair)
    appealed(appealed_against)
    return {
        "own-comment": own.public_id,
        "answered-comment": answered.public_id,
        "held-comment": held_back.public_id,
        "appealed-comment": appealed_against.public_id,
    }
