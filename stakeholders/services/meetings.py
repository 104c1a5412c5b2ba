"""The one door to the state of a meeting. Papers, agenda, attendance and minutes have their own.

Lock order: panel, meeting; the audit's head last.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from stakeholders.enums import MEETING_STEPS, MeetingStatus
from stakeholders.models import Attendance, Meeting, Panel, Payment
from stakeholders.notices import meetings as words
from stakeholders.queries.meetings import late_papers, told_of_meetings, who_runs
from stakeholders.services import payments
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version
from vbc.ui.dates import london

EDITABLE = frozenset({"title", "purpose", "place", "link", "phone", "length"})
# Somebody who is now alone is looked after before word of a moved meeting goes round.
HEAD_START_OF_WHO_LOOKS_AFTER = timedelta(minutes=15)

# What goes into the audit later on: verb, thing, by whom, about whom.
Entry = tuple[str, Any, Any, Any]


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
    """The date no longer stands, and another is being looked for.

    Where that comes late, whoever was coming is offered what the rates give for it.
    """
    meeting = _lock_after_its_panel(meeting)
    _step(meeting, MeetingStatus.BEING_MOVED)
    _tell_everyone(meeting, words.MEETING_BEING_MOVED)
    _write_down([_offered(each) for each in payments.offer_for_late(meeting)])
    audit.record("meeting.being_moved", meeting, by=by)


def move_todays(panel: Panel) -> list[Entry]:
    """A panel that begins to wait moves what it would have met for later today.

    Called inside the transaction that pauses it, with the panel locked. It writes nothing into the
    audit, whose head is the last lock: the caller writes down what is returned. A meeting that has
    begun goes on: people can talk.
    """
    now = timezone.now()
    midnight = datetime.combine(
        london(now).date() + timedelta(days=1), time(), tzinfo=london(now).tzinfo
    )
    todays = list(
        Meeting.objects.arranged()
        .select_for_update(of=("self",), no_key=True)
        .filter(panel=panel, starts_at__gt=now, starts_at__lt=midnight)
        .order_by("pk")
    )
    entries: list[Entry] = []
    for meeting in todays:
        _step(meeting, MeetingStatus.BEING_MOVED)
        notices.tell_everyone(
            told_of_meetings(panel),
            words.MEETING_BEING_MOVED,
            meeting,
            once=str(meeting.calendar_sequence),
            after=HEAD_START_OF_WHO_LOOKS_AFTER,
        )
        offered = payments.offer_for_late(meeting, after=HEAD_START_OF_WHO_LOOKS_AFTER)
        entries.append(("meeting.being_moved", meeting, None, None))
        entries += [_offered(each) for each in offered]
    return entries


def cancel_what_is_to_come(panel: Panel) -> list[Entry]:
    """A panel that is being closed meets no more: what has not begun will not take place.

    Called with the panel locked, in the transaction that closes it, which writes down what is
    returned.
    """
    to_come = (
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .filter(panel=panel)
        .filter(
            Q(status__in=[MeetingStatus.FINDING_DATE, MeetingStatus.BEING_MOVED])
            | Q(status=MeetingStatus.ARRANGED, starts_at__gt=timezone.now())
        )
    )
    entries: list[Entry] = []
    for meeting in to_come.order_by("pk"):
        _step(meeting, MeetingStatus.CANCELLED)
        _tell_everyone(meeting, words.MEETING_CANCELLED)
        entries.append(("meeting.cancelled", meeting, None, None))
        entries += [_offered(each) for each in payments.offer_for_late(meeting)]
    return entries


@transaction.atomic
def cancel(meeting: Meeting, *, by: Any) -> None:
    """It will not take place. Whoever had its date is told, and their calendars say so.

    Where that comes late, whoever was coming is offered what the rates give for it.
    """
    meeting = _lock_after_its_panel(meeting)
    _step(meeting, MeetingStatus.CANCELLED)
    _tell_everyone(meeting, words.MEETING_CANCELLED)
    _write_down([_offered(each) for each in payments.offer_for_late(meeting)])
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
        notices.tell_everyone(
            who_runs(meeting.panel), words.PAPERS_LATE, meeting, once=str(meeting.calendar_sequence)
        )
    return len(late)


def lock(meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked to the end of the transaction."""
    return (
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("panel")
        .get(pk=meeting.pk)
    )


def _lock_after_its_panel(meeting: Meeting) -> Meeting:
    """The same where payments are offered, which belong to the panel."""
    Panel.objects.select_for_update(no_key=True).get(pk=meeting.panel_id)
    return lock(meeting)


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
    notices.tell_everyone(
        told_of_meetings(meeting.panel), kind, meeting, once=str(meeting.calendar_sequence)
    )


def _offered(payment: Payment) -> Entry:
    return ("payment.offered", payment, None, payment.person)


def _write_down(entries: list[Entry]) -> None:
    for verb, thing, by, subject in entries:
        audit.record(verb, thing, by=by, subject=subject)


def _refuse_unknown(fields: dict[str, Any]) -> None:
    if unknown := set(fields) - EDITABLE:
        raise ValueError(f"Not a meeting's to edit: {', '.join(sorted(unknown))}.")
