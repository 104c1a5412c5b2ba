"""What people are told of how it went on with something they said. Subjects say nothing of it."""

from django.urls import reverse

from cycles.enums import ActionStatus
from cycles.models import Action, Cycle
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

ACTION_MOVED = "cycles.words_action_moved"

_MOVED: dict[str, str] = {
    ActionStatus.UNDER_WAY: "It has been started:",
    ActionStatus.DONE: "It is done:",
    ActionStatus.STOPPED: "It was stopped:",
}


@writes(ACTION_MOVED)
def action_moved(notice: Notification) -> Words | None:
    """What is done because of a decision has moved, and the reader's words were acted on in it.

    The action is told of as it stands when this is sent; one that is only planned again is not.
    """
    action = (
        Action.objects.filter(
            public_id=notice.object_id,
            cycle__in=Cycle.objects.visible_to(notice.recipient),
            decision__isnull=False,
        )
        .select_related("cycle", "decision")
        .first()
    )
    if action is None or action.decision is None or action.status not in _MOVED:
        return None
    said = [f"{_MOVED[action.status]} {action.title}."]
    if action.note:
        said.append(action.note)
    return Words(
        subject="Something you said has moved on",
        paragraphs=(
            f"You contributed to “{action.decision.title}”, and it was acted on. Now something has "
            "happened because of that decision.",
            *said,
        ),
        link=reverse("cycles:action", args=[action.cycle.slug, action.public_id]),
        link_text="Read how it stands",
    )
