"""Actions on a page."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cycles.enums import ActionStatus
from cycles.models import Action
from vbc.ui.dates import day_in_words

HEAD = ("What will be done", "Who", "By when", "Where it stands")
COLOURS = {
    ActionStatus.PLANNED: "grey",
    ActionStatus.UNDER_WAY: "blue",
    ActionStatus.DONE: "green",
    ActionStatus.STOPPED: "grey",
}


def rows(actions: Iterable[Action]) -> list[list[Any]]:
    """One row an action, with the decision it comes from."""
    return [
        [
            {
                "text": action.title,
                "url": reverse("cycles:action", args=[action.cycle.slug, action.public_id]),
                "note": f"From: {action.decision.title}" if action.decision else "",
            },
            owner(action),
            due(action),
            {"text": status(action), "tag": COLOURS[ActionStatus(action.status)]},
        ]
        for action in actions
    ]


def facts(action: Action) -> list[dict[str, str]]:
    """What the page of an action says of it."""
    return [
        {"key": "Who will do it", "value": owner(action)},
        {"key": "By when", "value": due(action)},
        {"key": "Because of", "value": action.decision.title if action.decision else "No decision"},
        {"key": "Where it stands", "value": action.get_status_display()},
        {"key": "What happened", "value": action.note or "Nothing is written yet."},
    ]


def status(action: Action) -> str:
    """A short word for a tag; the reason why it was stopped stands on its page."""
    return "Stopped" if action.status == ActionStatus.STOPPED else action.get_status_display()


def owner(action: Action) -> str:
    return action.owner.display_name if action.owner else "Nobody yet"


def due(action: Action) -> str:
    """The date in words; where it has passed and the action is open, that is said plainly."""
    if action.due_on is None:
        return "No date yet"
    is_open = action.status in (ActionStatus.PLANNED, ActionStatus.UNDER_WAY)
    is_late = is_open and action.due_on < timezone.localdate()
    return day_in_words(action.due_on) + (" (this has passed)" if is_late else "")
