"""What people are told of calls for views. Subjects say nothing of what was asked."""

from cycles.models import Call
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

CALL_OUT = "cycles.call_out"
CALL_ANSWERED = "cycles.call_answered"


@writes(CALL_OUT)
def call_out(notice: Notification) -> Words | None:
    """To the panel: anybody can now say what they think, and members can pass the address on."""
    call = _call(notice)
    if call is None or call.is_closed:
        return None
    return Words(
        subject="Anybody can now say what they think",
        paragraphs=(
            f"“{call.title}” asks anybody who wants to answer, without an account. You can pass "
            "the address on to people you know.",
        ),
        link=call.get_absolute_url(),
        link_text="See what is asked",
    )


@writes(CALL_ANSWERED)
def call_answered(notice: Notification) -> Words | None:
    """To the panel: what people said, and what came of it."""
    call = _call(notice)
    if call is None or call.answered_at is None:
        return None
    return Words(
        subject="What came of what people told us",
        paragraphs=(f"What came of “{call.title}” is out: what people said, and what was done.",),
        link=call.get_absolute_url(),
        link_text="Read what came of it",
    )


def _call(notice: Notification) -> Call | None:
    found = Call.objects.visible_to(notice.recipient).filter(public_id=notice.object_id)
    return found.select_related("cycle").first()
