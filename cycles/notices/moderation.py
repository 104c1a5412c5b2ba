"""What is said when something is kept out of the talk, or put back. Subjects say nothing of it.

None of it repeats what was kept back.
"""

from django.urls import reverse

from cycles.enums import ModerationStepKind
from cycles.models import Decision, ModerationStep
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

COMMENT_MODERATED = "cycles.comment_moderated"
APPEAL_MADE = "cycles.appeal_made"

Kind = ModerationStepKind
_SUBJECTS: dict[str, str] = {
    Kind.HELD: "Something you wrote is held back for now",
    Kind.TAKEN_DOWN: "Something you wrote was taken down",
    Kind.PUT_BACK: "Something you wrote is shown again",
    Kind.UPHELD: "Somebody has looked again at something you wrote",
}
_WHAT_NOW: dict[str, str] = {
    Kind.HELD: (
        "You can change it, and it is shown again at once. Or you can ask somebody else to look at "
        "it again."
    ),
    Kind.TAKEN_DOWN: (
        "If you think that is wrong, you can ask for another look, in your own words. Somebody "
        "else gives it."
    ),
    Kind.PUT_BACK: "Everybody on the panel can read it again, and it gets an answer.",
    Kind.UPHELD: "It stays as it is.",
}


@writes(COMMENT_MODERATED)
def comment_moderated(notice: Notification) -> Words | None:
    """To its author: what was done with it, why, and what they can do."""
    step = _step(notice)
    if step is None or step.comment.author_id != notice.recipient_id:
        return None
    decision = step.comment.decision
    return Words(
        subject=_SUBJECTS[step.kind],
        paragraphs=(
            f"It is about what you wrote on “{decision.title}”. The reason given: {step.reason}",
            _WHAT_NOW[step.kind],
            "You can read what you wrote. It says nothing about you as a person, and you can go on "
            "taking part.",
        ),
        link=step.comment.get_absolute_url(),
        link_text="Read it, and what you can do",
    )


@writes(APPEAL_MADE)
def appeal_made(notice: Notification) -> Words | None:
    """To whoever can look again: that somebody asks them to. Nothing, once somebody has."""
    step = _step(notice)
    if step is None:
        return None
    newest = step.comment.moderation_steps.order_by("-at", "-pk").first()
    if newest != step:
        return None
    decision = step.comment.decision
    return Words(
        subject="Somebody asks you for another look",
        paragraphs=(
            f"Something in the talk about “{decision.title}” was kept back, and its "
            "author asks somebody else to look at it again.",
            "Read what it says, why it was kept back, and what its author says. Then put it back, "
            "or say why it stays as it is.",
        ),
        link=reverse(
            "cycles:answer-appeal",
            args=[decision.cycle.slug, decision.public_id, step.comment.public_id],
        ),
        link_text="Look at it again",
    )


def _step(notice: Notification) -> ModerationStep | None:
    return (
        ModerationStep.objects.filter(
            pk=notice.object_id,
            comment__withdrawn_at__isnull=True,
            comment__decision__in=Decision.objects.visible_to(notice.recipient),
        )
        .select_related("comment__decision__cycle")
        .first()
    )
