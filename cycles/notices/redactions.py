"""What the author of a contribution is told when somebody's name was taken out of it."""

from typing import Any

from django.urls import reverse

from cycles.models import Cycle, Decision, Redaction, UnderstandingRedaction
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

CONTRIBUTION_REDACTED = "cycles.contribution_redacted"


@writes(CONTRIBUTION_REDACTED)
def contribution_redacted(notice: Notification) -> Words | None:
    found = _of_decision(notice) or _of_understanding(notice)
    if found is None:
        return None
    thing, about, link = found
    if thing.author_id != notice.recipient.pk:
        return None
    return Words(
        subject="A name was taken out of something you wrote",
        paragraphs=(
            f"In what you wrote about “{about}” somebody else could be "
            "recognised. Their name now reads “[name removed]”, to protect them.",
            "You did nothing wrong. Everything else stands as you wrote it. It counts as much as "
            "before, and you still hear what becomes of it.",
        ),
        link=link,
        link_text="Read it where you wrote it",
    )


# What was redacted, what it is about, and where it is read.
Found = tuple[Any, str, str]


def _of_decision(notice: Notification) -> Found | None:
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
    link = (
        thing.get_absolute_url()
        if redaction.comment
        else f"{redaction.decision.get_absolute_url()}#option-{thing.public_id}"
    )
    return thing, redaction.decision.title, link


def _of_understanding(notice: Notification) -> Found | None:
    redaction = (
        UnderstandingRedaction.objects.filter(
            public_id=notice.object_id,
            understanding__cycle__in=Cycle.objects.visible_to(notice.recipient),
        )
        .select_related("understanding__cycle")
        .first()
    )
    if redaction is None:
        return None
    thing = redaction.understanding
    page = reverse("cycles:understanding", args=[thing.cycle.slug])
    return thing, thing.cycle.title, f"{page}#said-{thing.public_id}"
