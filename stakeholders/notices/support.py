"""What people are told about support. Never what anybody needs; reminders rest in quiet mode."""

from django.urls import reverse

from stakeholders.models import Panel
from stakeholders.queries.panels import seat_of
from stakeholders.queries.support import arranger_of, is_quiet
from vbc.core.models import Notification
from vbc.core.services import notices
from vbc.core.services.notices import Words

ARRANGER_NAMED = "stakeholders.arranger_named"


@notices.holds_back
def rests(notice: Notification) -> bool:
    """Whoever asked for quiet gets no reminders. Nothing else is held back from them."""
    return is_quiet(notice.recipient)


@notices.writes(ARRANGER_NAMED)
def arranger_named(notice: Notification) -> Words | None:
    panel = Panel.objects.visible_to(notice.recipient).filter(public_id=notice.object_id).first()
    if panel is None or seat_of(notice.recipient, panel) is None:
        return None
    arranger = arranger_of(panel)
    if arranger is None:
        return None
    return Words(
        subject="Who arranges things for a panel you are on",
        paragraphs=(
            f"{arranger.display_name} now arranges what people on {panel.name} need to take part. "
            "They read what you wrote for that panel about what you need and how to reach you, if "
            "you wrote anything. Nobody else does.",
            "You can change what you wrote, or take it away, at any moment.",
        ),
        link=reverse("stakeholders:support-plan", args=[panel.public_id]),
        link_text="See what you wrote",
    )
