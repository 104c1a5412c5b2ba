"""The words on what came of asking people."""

from stakeholders.models import EngagementEvent, Panel
from vbc.core.models import Notification
from vbc.core.services import notices
from vbc.core.services.notices import Words

WHAT_CAME_OF_IT = "stakeholders.what_came_of_it"


@notices.writes(WHAT_CAME_OF_IT)
def what_came_of_it(notice: Notification) -> Words | None:
    event = (
        EngagementEvent.objects.filter(
            public_id=notice.object_id, panel__in=Panel.objects.visible_to(notice.recipient)
        )
        .select_related("panel")
        .first()
    )
    if event is None:
        return None
    return Words(
        subject="What came of asking people",
        paragraphs=(
            f"{event.panel.name} asked people. There is now something to read about what came of "
            "it, and what could not be done and why.",
        ),
        link=event.get_absolute_url(),
        link_text="Read what came of it",
    )
