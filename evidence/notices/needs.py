"""The words this app sends people. A title can tell of an illness, so it is never in a subject."""

from django.urls import reverse

from evidence.models import NeedsComment
from evidence.queries.visible import needs_visible_to
from vbc.core.models import Notification
from vbc.core.services.notices import Words, in_my_words, writes

COMMENTS_WANTED = "evidence.comments_wanted"
COMMENT_ANSWERED = "evidence.comment_answered"


@writes(COMMENTS_WANTED)
def comments_wanted(notice: Notification) -> Words | None:
    """A draft is open for comments, and this person was asked."""
    assessment = needs_visible_to(notice.recipient).filter(public_id=notice.object_id).first()
    if assessment is None or assessment.is_published:
        return None
    return Words(
        subject="You are asked for a comment",
        paragraphs=(
            f"“{assessment.title}” is written and not published yet. You are asked to read it and "
            "say what is missing or wrong.",
            "It is fine to read one chapter, and to say one thing. Every comment gets an answer.",
        ),
        link=assessment.get_absolute_url(),
        link_text="Read it",
    )


@writes(COMMENT_ANSWERED)
def comment_answered(notice: Notification) -> Words | None:
    """What the person said has an answer. They hear it also where they no longer see the rest."""
    own = NeedsComment.objects.filter(author=notice.recipient_id, answered_at__isnull=False)
    said = own.filter(public_id=notice.object_id).select_related("assessment").first()
    if said is None:
        return None
    assessment = said.assessment
    words = Words(
        subject="There is an answer to what you said",
        paragraphs=(f"You commented on “{assessment.title}”.", f"The answer: {said.answer}"),
        link=reverse("evidence:needs-comments", args=[assessment.public_id]),
        link_text="Read it where it stands",
    )
    sees = needs_visible_to(notice.recipient).filter(pk=assessment.pk).exists()
    return words if sees else in_my_words(words)
