"""What the page of minutes shows."""

from typing import Any

from stakeholders.enums import MeetingStatus, MinutesStatus
from stakeholders.models import AgendaItem, Meeting
from stakeholders.permissions.meetings import (
    may_answer_correction,
    may_ask_for_correction,
    may_write_minutes,
)
from stakeholders.presenters.attendance import CAN_TALK, roles_there
from stakeholders.queries.attendance import apologies_for, came_to, can_decide
from stakeholders.queries.minutes import corrections_of, items_with_minutes, minutes_of
from stakeholders.queries.panels import seat_of
from vbc.ui.dates import day_in_words, moment_in_words

OVER = "This meeting is not on, so nothing can be recorded as decided in it."


def minutes_page(meeting: Meeting, user: Any) -> dict[str, Any]:
    minutes = minutes_of(meeting)
    is_shared = minutes is not None and minutes.status != MinutesStatus.DRAFT
    return {
        "meeting": meeting,
        "panel": meeting.panel,
        "seat": seat_of(user, meeting.panel),
        "minutes": minutes,
        "when": moment_in_words(meeting.starts_at) if meeting.starts_at else "",
        "stands": _stands(minutes),
        "items": list(items_with_minutes(meeting)),
        "came": [each.seat.user.display_name for each in came_to(meeting)],
        "apologies": [each.seat.user.display_name for each in apologies_for(meeting)],
        "roles": roles_there(meeting, user),
        "corrections": list(corrections_of(minutes)) if minutes else [],
        "is_shared": is_shared,
        "may_write": bool(may_write_minutes(user, meeting)),
        "may_share": not meeting.is_open
        and not is_shared
        and bool(may_write_minutes(user, meeting)),
        "may_correct": minutes is not None and bool(may_ask_for_correction(user, minutes)),
        "may_answer": minutes is not None and bool(may_answer_correction(user, minutes)),
    }


def item_page(item: AgendaItem) -> dict[str, Any]:
    """What whoever writes the minutes sees of one item."""
    meeting = item.meeting
    shown = items_with_minutes(meeting).filter(pk=item.pk).first() or item
    is_on = meeting.status == MeetingStatus.ARRANGED
    decides = is_on and can_decide(meeting)
    return {
        "meeting": meeting,
        "panel": meeting.panel,
        "item": shown,
        "can_decide": decides,
        "cannot_decide": "" if decides else (CAN_TALK if is_on else OVER),
    }


def _stands(minutes: Any) -> str:
    if minutes is None or minutes.status == MinutesStatus.DRAFT:
        return "These minutes are being written. Only those who run the panel read them so far."
    if minutes.status == MinutesStatus.SHARED:
        return (
            f"Shared with the panel on {day_in_words(minutes.shared_at)}. The panel agrees them at "
            "its next meeting."
        )
    return (
        f"Agreed by the panel on {day_in_words(minutes.agreed_at)}, at “{minutes.agreed_in.title}”."
    )
