"""Who may do what with meetings, their papers, agendas and minutes."""

from typing import Any

from stakeholders.enums import MeetingStatus, MinutesStatus, SeatStatus
from stakeholders.models import Meeting, MeetingAction, Minutes, Panel, SpeakerTurn
from stakeholders.permissions.panels import may_run_panel
from stakeholders.queries.panels import seat_of
from vbc.core.refusals import ALLOWED, Denied, Permission

OVER = "This meeting is over, so it can be read and no longer changed."
CALLED_OFF = "This meeting was cancelled, so it can be read and no longer changed."


def may_arrange_meeting(user: Any, panel: Panel) -> Permission:
    """Set a meeting up: staff of the organisation, or the chair."""
    return may_run_panel(user, panel)


def may_run_meeting(user: Any, meeting: Meeting) -> Permission:
    """Change, move, cancel, take the agenda, say who is there: until it is over."""
    allowed = may_run_panel(user, meeting.panel)
    return allowed and _while_open(meeting)


def may_come_to_meetings(user: Any, panel: Panel) -> Permission:
    """Everyone on the panel, those beside a member included; not who only stands ready to step
    in."""
    seat = seat_of(user, panel)
    if seat is not None and seat.status != SeatStatus.STANDBY:
        return ALLOWED
    return Denied("This is for the people on this panel. You can read it.")


def may_take_part_in_meeting(user: Any, meeting: Meeting) -> Permission:
    """Say which dates suit, whether one comes, ask for an item, ask to speak."""
    allowed = may_come_to_meetings(user, meeting.panel)
    return allowed and _while_open(meeting)


def may_write_minutes(user: Any, meeting: Meeting) -> Permission:
    """During and after the meeting, until the panel has agreed the minutes."""
    allowed = may_run_panel(user, meeting.panel)
    if not allowed:
        return allowed
    if meeting.status == MeetingStatus.CANCELLED:
        return Denied(CALLED_OFF)
    minutes = getattr(meeting, "record", None)
    if minutes is not None and minutes.status == MinutesStatus.AGREED:
        return Denied("The panel has agreed these minutes, so they stay as they are.")
    return ALLOWED


def may_read_minutes(user: Any, meeting: Meeting) -> Permission:
    """Whoever sees the meeting, once they are shared; before that, who writes them."""
    minutes = getattr(meeting, "record", None)
    if minutes is not None and minutes.status != MinutesStatus.DRAFT:
        return ALLOWED
    if may_run_panel(user, meeting.panel):
        return ALLOWED
    return Denied("The minutes are still being written. You are told when they can be read.")


def may_ask_for_correction(user: Any, minutes: Minutes) -> Permission:
    """Anyone on the panel, while the minutes are shared and not yet agreed."""
    allowed = may_come_to_meetings(user, minutes.meeting.panel)
    if not allowed:
        return allowed
    if minutes.status != MinutesStatus.SHARED:
        return Denied("The panel has agreed these minutes. You can raise it at the next meeting.")
    return ALLOWED


def may_answer_correction(user: Any, minutes: Minutes) -> Permission:
    return may_run_panel(user, minutes.meeting.panel)


def may_do_action(user: Any, action: MeetingAction) -> Permission:
    """Say that it is done, or not yet: its owner alone."""
    if action.owner_id == user.pk:
        return ALLOWED
    return Denied("Only the person who took this on can say that it is done.")


def may_end_turn(user: Any, turn: SpeakerTurn) -> Permission:
    """Say that somebody has spoken, or take them off: each person their own, or who chairs."""
    if turn.seat.user_id == user.pk:
        return may_take_part_in_meeting(user, turn.meeting)
    return may_run_meeting(user, turn.meeting)


def _while_open(meeting: Meeting) -> Permission:
    if meeting.status == MeetingStatus.CANCELLED:
        return Denied(CALLED_OFF)
    return ALLOWED if meeting.is_open else Denied(OVER)
