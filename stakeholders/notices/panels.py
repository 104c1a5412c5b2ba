"""The words this app sends people. Nothing here names who left, why, or what anyone speaks as."""

from datetime import timedelta

from django.urls import reverse

from stakeholders.enums import PanelStatus
from stakeholders.models import Panel, PanelPause
from vbc.core.models import Notification
from vbc.core.services import notices
from vbc.core.services.notices import Words

PANEL_OPENED = "stakeholders.panel_opened"
PANEL_WAITS = "stakeholders.panel_waits"
LOOK_AFTER_MEMBERS = "stakeholders.look_after_members"
LOOK_AFTER_WHO_CHOSE_YOU = "stakeholders.look_after_who_chose_you"
PANEL_CLOSED = "stakeholders.panel_closed"
PANEL_SITS_AGAIN = "stakeholders.panel_sits_again"
LOOKED_AFTER_SITS_AGAIN = "stakeholders.looked_after_sits_again"
# The one who is now alone is looked after before a message about waiting reaches anybody.
TIME_TO_LOOK_AFTER_MEMBERS = timedelta(hours=1)


def _panel(notice: Notification) -> Panel | None:
    return Panel.objects.visible_to(notice.recipient).filter(public_id=notice.object_id).first()


def _was_over_before_anybody_heard(panel: Panel) -> bool:
    """Whether the last pause was so short that members were not told of it, as when cover stepped
    in at once: then there is nothing to tell of its end either."""
    last = PanelPause.objects.filter(panel=panel).order_by("-pk").first()
    if last is None or last.ended_at is None:
        return False
    lasted: timedelta = last.ended_at - last.began_at
    return lasted < TIME_TO_LOOK_AFTER_MEMBERS


@notices.writes(PANEL_OPENED)
def panel_opened(notice: Notification) -> Words | None:
    panel = _panel(notice)
    if panel is None:
        return None
    return Words(
        subject="A panel you are on has begun",
        paragraphs=(f"{panel.name} is now sitting. You can read, talk and take part.",),
        link=panel.get_absolute_url(),
        link_text="Open the panel",
    )


@notices.writes(PANEL_WAITS)
def panel_waits(notice: Notification) -> Words | None:
    panel = _panel(notice)
    # It is sent an hour later, when the panel may sit again.
    if panel is None or panel.status != PanelStatus.PAUSED:
        return None
    return Words(
        subject="A panel you are on is waiting",
        paragraphs=(
            f"{panel.name} is waiting for a member. Nothing is decided meanwhile, and every date "
            "moves by as long as it waits.",
            "You can go on reading and talking. There is nothing you need to do.",
        ),
        link=panel.get_absolute_url(),
        link_text="Open the panel",
    )


@notices.writes(PANEL_SITS_AGAIN)
def panel_sits_again(notice: Notification) -> Words | None:
    panel = _panel(notice)
    if panel is None or _was_over_before_anybody_heard(panel):
        return None
    return Words(
        subject="A panel you are on goes on",
        paragraphs=(f"{panel.name} is sitting again. Dates have moved by as long as it waited.",),
        link=panel.get_absolute_url(),
        link_text="Open the panel",
    )


@notices.writes(LOOKED_AFTER_SITS_AGAIN)
def looked_after_sits_again(notice: Notification) -> Words | None:
    """For whoever was asked to be in touch with the members: told at once then, told now."""
    panel = _panel(notice)
    if panel is None:
        return None
    return Words(
        subject="The panel that was waiting goes on",
        paragraphs=(
            f"{panel.name} is sitting again. Dates have moved by as long as it waited.",
            "Thank you for being in touch with its members. There is nothing more you need to do.",
        ),
        link=panel.get_absolute_url(),
        link_text="Open the panel",
    )


@notices.writes(LOOK_AFTER_MEMBERS)
def look_after_members(notice: Notification) -> Words | None:
    panel = _panel(notice)
    if panel is None:
        return None
    return Words(
        subject="A panel you run is waiting",
        paragraphs=(
            f"{panel.name} is waiting for a member. Please get in touch with its members today, "
            "everybody alike, and ask how they are before anything else. A meeting that is due "
            "today is best moved.",
            "Members read in an hour that the panel waits. Nobody is told who or why, and nobody "
            "is asked.",
        ),
        link=panel.get_absolute_url(),
        link_text="Open the panel",
    )


@notices.writes(LOOK_AFTER_WHO_CHOSE_YOU)
def look_after_who_chose_you(notice: Notification) -> Words | None:
    panel = _panel(notice)
    if panel is None:
        return None
    return Words(
        subject="Please get in touch with those who chose you",
        paragraphs=(
            f"{panel.name} is waiting for a member. You are the one whom members chose to be in "
            "touch with. Please get in touch today with each of them, everybody alike, and ask how "
            "they are before anything else.",
            "Members read in an hour that the panel waits. Nobody is told who or why, and nobody "
            "is asked.",
        ),
        link=reverse("stakeholders:who-chose-you", args=[panel.public_id]),
        link_text="See who chose you",
    )


@notices.writes(PANEL_CLOSED)
def panel_closed(notice: Notification) -> Words | None:
    panel = _panel(notice)
    if panel is None:
        return None
    return Words(
        subject="A panel you are on has ended",
        paragraphs=(
            f"{panel.name} has come to its end. Thank you for what you gave: it stands. You can go "
            "on reading what was decided, and you still hear what becomes of your words.",
        ),
        link=panel.get_absolute_url(),
        link_text="Open the panel",
    )
