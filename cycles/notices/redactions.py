"""What the author of a contribution is told when somebody's name was taken out of it."""

from typing import Any

from cycles.models import Decision, Redaction
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

CONTRIBUTION_REDACTED = "cycles.contribution_redacted"


@writes(CONTRIBUTION_REDACTED)
def contribution_redacted(notice: Notification) -> Words | None:
    redaction = (
        Redaction.objects.filter(
            public_id=notice.object_id,
            decision__in=Decision.objects.visible_to(notice.recipient),
        )
        .select_related("decision__cycle", "comment", "option")
        .first()
    )
    if redaction is None:
        return None
    thing: Any = redaction.comment or redaction.option
    if thing.author_id != notice.recipient.pk:
        return None
    anchor = "comment" if redaction.comment else "option"
    return Words(
        subject="A name was taken out of something you wrote",
        paragraphs=(
            f"In what you wrote about “{redaction.decision.title}” somebody else could be "
            "recognised. Their name now reads “[name removed]”, to protect them.",
            "You did nothing wrong. Everything else stands as you wrote it. It counts as much as "
            "before, and you still hear what becomes of it.",
        ),
        link=f"{redaction.decision.get_absolute_url()}#{anchor}-{thing.public_id}",
        link_text="Read it where you wrote it",
    )
