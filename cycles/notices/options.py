"""What people are told when the options of a decision are opened again."""

from cycles.models import Decision, OptionsReopening
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

OPTIONS_REOPENED = "cycles.options_reopened"


@writes(OPTIONS_REOPENED)
def options_reopened(notice: Notification) -> Words | None:
    """The options can be changed again, and why."""
    reopening = (
        OptionsReopening.objects.filter(
            public_id=notice.object_id,
            decision__in=Decision.objects.visible_to(notice.recipient),
        )
        .select_related("decision__cycle")
        .first()
    )
    if reopening is None:
        return None
    return Words(
        subject="The options of a decision can be changed again",
        paragraphs=(
            f"The options of “{reopening.decision.title}” were opened again: {reopening.reason}",
            "What was given before is kept, but it does not count for the options as they will be. "
            "You will be told when rating begins anew. Until then you can propose an option, or "
            "say what you think.",
        ),
        link=reopening.decision.get_absolute_url(),
        link_text="Read the options",
    )
