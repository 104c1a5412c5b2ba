"""The one door to the state of a meeting. Papers, agenda, attendance and minutes have their own.

Lock order: panel, meeting; the audit's head last.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from stakeholders.enums import MEETING_STEPS, MeetingStatus
from stakeholders.models import Attendance, Meeting, Panel
from stakeholders.notices import meetings as words
from stakeholders.queries.meetings import late_papers, who_runs
from stakeholders.queries.panels import panel_people
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version
from vbc.ui.dates import london

EDITABLE = frozenset({"title", "purpose", "place", "link", "phone", "length"})
# Somebody who is now alone is looked after before word of a moved meeting goes round.
TIME_TO_LOOK_AFTER_MEMBERS = timedelta(minutes=15)


class NotNow(Refused):
    """The meeting is in a state in which this cannot be done."""


@transaction.atomic
def set_up(panel: Panel, *, fields: dict[str, Any], by: Any) -> Meeting:
    """A meeting without a date yet. `fields`: those of EDITABLE."""
    _refuse_unknown(fields)
    meeting = Meeting.objects.create(panel=panel, **fields, created_by=by)
    audit.record("meeting.set_up", meeting, by=by)
    return meeting


@transaction.atomic
def edit(meeting: Meeting, *, expected: int, fields: dict[str, Any], by: Any) -> None:
    """Change what it is, where, or how to join. Whoever has its date is told."""
    _refuse_unknown(fields)
    current = lock(meeting)
    save_version(meeting, expected=expected, fields=fields)
    if current.status == MeetingStatus.ARRANGED:
        _new_calendar_edition(meeting)
        _tell_everyone(meeting, words.MEETING_CHANGED)
    audit.record("meeting.edited", meeting, by=by, data={"fields": sorted(fields)})


@transaction.atomic
def arrange(meeting: Meeting, *, starts_at: datetime, by: Any) -> None:
    """The meeting has a date. Everyone on the panel is told.

    What people said of another date before is forgotten: they are asked anew.
    """
    meeting = lock(meeting)
    is_another_date = meeting.starts_at != starts_at
    _step(meeting, MeetingStatus.ARRANGED, starts_at=starts_at)
    if is_another_date:
        Attendance.objects.filter(meeting=meeting).update(coming="")
    _tell_everyone(meeting, words.MEETING_ARRANGED)
    audit.record("meeting.arranged", meeting, by=by, data={"starts_at": starts_at.isoformat()})


@transaction.atomic
def move(meeting: Meeting, *, by: Any) -> None:
    """The date no longer stands, and another is being looked for."""
    meeting = lock(meeting)
    _step(meeting, MeetingStatus.BEING_MOVED)
    _tell_everyone(meeting, words.MEETING_BEING_MOVED)
    audit.record("meeting.being_moved", meeting, by=by)


def move_todays(panel: Panel) -> list[Meeting]:
    """A panel that begins to wait moves what it would have met for later today.

    Called inside the transaction that pauses it, with the panel locked. It writes nothing into the
    audit, whose head is the last lock: the caller writes `meeting.being_moved`, by nobody, for each
    meeting returned. A meeting that has begun goes on: people can talk.
    """
    now = timezone.now()
    midnight = datetime.combine(
        london(now).date() + timedelta(days=1), time(), tzinfo=london(now).tzinfo
    )
    todays = list(
        Meeting.objects.arranged()
        .select_for_update(of=("self",))
        .filter(panel=panel, starts_at__gt=now, starts_at__lt=midnight)
        .order_by("pk")
    )
    for meeting in todays:
        _step(meeting, MeetingStatus.BEING_MOVED)
        for person in panel_people(panel):
            notices.tell(
                person,
                words.MEETING_BEING_MOVED,
                meeting,
                once=str(meeting.calendar_sequence),
                after=TIME_TO_LOOK_AFTER_MEMBERS,
            )
    return todays


@transaction.atomic
def cancel(meeting: Meeting, *, by: Any) -> None:
    """It will not take place. Whoever had its date is told, and their calendars say so."""
    meeting = lock(meeting)
    _step(meeting, MeetingStatus.CANCELLED)
    _tell_everyone(meeting, words.MEETING_CANCELLED)
    audit.record("meeting.cancelled", meeting, by=by)


@transaction.atomic
def close(meeting: Meeting, *, by: Any) -> None:
    """It is over: nothing more is decided in it, and nobody waits to speak."""
    meeting = lock(meeting)
    if meeting.starts_at is not None and meeting.starts_at > timezone.now():
        raise NotNow("This meeting has not begun yet, so it cannot be over. Nothing was changed.")
    _step(meeting, MeetingStatus.HELD)
    meeting.turns.filter(spoke_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    audit.record("meeting.held", meeting, by=by)


def remind_of_late_papers() -> int:
    """Tell those who run a panel that a meeting is less than a week away without its papers.

    Once for each meeting and date. Returns how many meetings are late.
    """
    late = list(late_papers())
    for meeting in late:
        for person in who_runs(meeting.panel):
            notices.tell(person, words.PAPERS_LATE, meeting, once=str(meeting.calendar_sequence))
    return len(late)


def lock(meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked to the end of the transaction."""
    return (
        Meeting.objects.select_for_update(of=("self",)).select_related("panel").get(pk=meeting.pk)
    )


def refuse_unless_open(meeting: Meeting) -> None:
    """Raise NotNow where the locked meeting is over or was cancelled."""
    if not meeting.is_open:
        raise NotNow("This meeting is over, or was cancelled. Nothing was changed.")


def _step(meeting: Meeting, target: str, **changes: Any) -> None:
    """Take the locked meeting from where it stands to `target`, if there is such a step."""
    if (meeting.status, target) not in MEETING_STEPS:
        stands = MeetingStatus(meeting.status).label.lower()
        raise NotNow(f"This meeting stands at “{stands}”, so that cannot be done. Nothing changed.")
    meeting.status = MeetingStatus(target)
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=["status", *changes])
    _new_calendar_edition(meeting)


def _new_calendar_edition(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(
        calendar_sequence=F("calendar_sequence") + 1, changed_at=timezone.now()
    )
    meeting.refresh_from_db(fields=["calendar_sequence", "changed_at"])


def _tell_everyone(meeting: Meeting, kind: str) -> None:
    for person in panel_people(meeting.panel):
        notices.tell(person, kind, meeting, once=str(meeting.calendar_sequence))


def _refuse_unknown(fields: dict[str, Any]) -> None:
    if unknown := set(fields) - EDITABLE:
        raise ValueError(f"Not a meeting's to edit: {', '.join(sorted(unknown))}.")
