"""What people are told about help with rating: never what was given."""

from django.urls import reverse

from cycles.models import Decision, RatingHelper, Round
from cycles.queries.helping import live_helpers
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

HELPER_CHOSEN = "cycles.helper_chosen"
RECORDED_WITH_HELP = "cycles.recorded_with_help"


@writes(HELPER_CHOSEN)
def helper_chosen(notice: Notification) -> Words | None:
    helping = live_helpers().filter(public_id=notice.object_id).first()
    if helping is None or helping.helper_id != notice.recipient_id:
        return None
    return Words(
        subject="Somebody would like your help",
        paragraphs=(
            f"{helping.seat.user.display_name} would like you to enter what they say when they "
            "rate the options of a decision.",
            "You enter their words, not yours, and you see only what you enter. You can stop at "
            "any time.",
        ),
        link=_where_to_help(helping),
        link_text="See how it works",
    )


@writes(RECORDED_WITH_HELP)
def recorded_with_help(notice: Notification) -> Words | None:
    round_ = (
        Round.objects.filter(
            public_id=notice.object_id,
            decision__in=Decision.objects.visible_to(notice.recipient),
        )
        .select_related("decision__cycle")
        .first()
    )
    if round_ is None:
        return None
    decision = round_.decision
    return Words(
        subject="Something was recorded for you, with help",
        paragraphs=(
            "The person whom you chose to help you has entered something for you. Only you can "
            "read all that is recorded for you.",
            "If it is not what you said, or a reason is missing, change it. You can end the help "
            "too. Both take a moment.",
        ),
        link=reverse("cycles:recorded-for-me", args=[decision.cycle.slug, decision.public_id]),
        link_text="Read what was recorded for you",
    )


def _where_to_help(helping: RatingHelper) -> str:
    """The decision of the panel that is open for rating; the panel, where none is."""
    decision = (
        Decision.objects.open_for_rating()
        .filter(cycle__panel=helping.seat.panel_id)
        .select_related("cycle")
        .order_by("-pk")
        .first()
    )
    if decision is None:
        return helping.seat.panel.get_absolute_url()
    return reverse("cycles:helping", args=[decision.cycle.slug, decision.public_id])
