"""Minutes: what was said, decided and taken on. A meeting that lost its quorum can talk, and cannot
decide.

Lock order: panel, meeting; the audit's head last.
"""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from stakeholders.enums import MeetingStatus, MinutesStatus
from stakeholders.models import (
    AgendaItem,
    Correction,
    Meeting,
    MeetingAction,
    MeetingDecision,
    MinuteNote,
    Minutes,
    Panel,
)
from stakeholders.notices import meetings as notice_words
from stakeholders.queries.agendas import agenda_of
from stakeholders.queries.attendance import can_decide
from stakeholders.queries.meetings import told_of_meetings
from stakeholders.services import meetings
from vbc.core.enums import ContributionStatus
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import EditedMeanwhile, save_version

CANNOT_DECIDE = (
    "This meeting can talk; it cannot decide now, so nothing was recorded as decided. Write what "
    "was said, and bring it to the next meeting. Nobody has done anything wrong."
)


class CannotDecide(Refused):
    """Fewer than two service users who count are present, or the panel waits."""


class NotOnTheAgenda(Refused):
    """The item was only asked for, or was taken off."""


class AlreadyAgreed(Refused):
    """The panel has agreed the minutes."""


@transaction.atomic
def write_note(item: AgendaItem, *, said: str, expected: int, by: Any) -> MinuteNote:
    """Write what was said about an item. `expected` is 0 where nothing had been written yet."""
    _lock_while_written(item.meeting, item)
    if expected:
        note = MinuteNote.objects.get(item=item)
        save_version(note, expected=expected, fields={"said": said})
    else:
        try:
            with transaction.atomic():
                note = MinuteNote.objects.create(item=item, said=said)
        except IntegrityError:
            raise EditedMeanwhile(MinuteNote.objects.get(item=item)) from None
    audit.record("minutes.written", item, by=by)
    return note


@transaction.atomic
def record_decision(item: AgendaItem, *, words: str, by: Any) -> MeetingDecision:
    """Record what the panel decides, at this moment. Raises CannotDecide without its quorum."""
    meeting = _lock_deciding(item.meeting)
    _lock_while_written(meeting, item)
    decision = MeetingDecision.objects.create(
        item=item, words=words, recorded_at=timezone.now(), recorded_by=by
    )
    audit.record("meeting.decided", decision, by=by, data={"meeting": meeting.public_id})
    return decision


@transaction.atomic
def add_action(
    item: AgendaItem, *, title: str, owner: Any, due_on: date | None = None, by: Any
) -> MeetingAction:
    """Somebody takes something on. They are told, unless they wrote it themselves."""
    _lock_while_written(item.meeting, item)
    action = MeetingAction.objects.create(item=item, title=title, owner=owner, due_on=due_on)
    if owner.pk != by.pk:
        notices.tell(owner, notice_words.ACTION_GIVEN, action)
    audit.record("meeting_action.added", action, by=by, subject=owner)
    return action


@transaction.atomic
def say_done(action: MeetingAction, *, is_done: bool, by: Any) -> None:
    """Its owner says that it is done, or that it is not yet after all."""
    MeetingAction.objects.filter(pk=action.pk).update(done_at=timezone.now() if is_done else None)
    audit.record("meeting_action.done" if is_done else "meeting_action.reopened", action, by=by)


@transaction.atomic
def withdraw_action(action: MeetingAction, *, by: Any) -> None:
    """It was written down by mistake, or is no longer wanted."""
    _lock_while_written(action.item.meeting)
    MeetingAction.objects.filter(pk=action.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    audit.record("meeting_action.withdrawn", action, by=by)


@transaction.atomic
def share(meeting: Meeting, *, by: Any) -> Minutes:
    """Let the whole panel read the minutes, and tell them. Sharing again changes nothing."""
    meeting = meetings.lock(meeting)
    if meeting.status != MeetingStatus.HELD:
        raise meetings.NotNow("Say that the meeting is over first. The minutes were not shared.")
    minutes, _ = Minutes.objects.get_or_create(meeting=meeting)
    if minutes.status != MinutesStatus.DRAFT:
        return minutes
    minutes.status = MinutesStatus.SHARED
    minutes.shared_at, minutes.shared_by = timezone.now(), by
    minutes.save(update_fields=["status", "shared_at", "shared_by"])
    notices.tell_everyone(told_of_meetings(meeting.panel), notice_words.MINUTES_SHARED, meeting)
    audit.record("minutes.shared", meeting, by=by)
    return minutes


@transaction.atomic
def agree(minutes: Minutes, *, at: Meeting, by: Any) -> None:
    """The panel agrees the minutes at a later meeting, which has its quorum, once everyone who
    asked for a correction has had an answer."""
    at = _lock_deciding(at)
    meeting = minutes.meeting
    is_later = meeting.starts_at and at.starts_at and meeting.starts_at < at.starts_at
    if at.panel_id != meeting.panel_id or not is_later:
        raise Refused("Minutes are agreed at a later meeting of the same panel. Nothing changed.")
    current = Minutes.objects.select_for_update(no_key=True).get(pk=minutes.pk)
    if current.status == MinutesStatus.DRAFT:
        raise Refused("These minutes have not been shared yet. Nothing was changed.")
    if current.status == MinutesStatus.AGREED:
        return
    if current.corrections.exclude(status__in=sorted(ContributionStatus.answered())).exists():
        raise Refused(
            "Somebody asked for a correction and has had no answer yet. Answer it first; the "
            "minutes can be agreed straight after."
        )
    current.status = MinutesStatus.AGREED
    current.agreed_at, current.agreed_in = timezone.now(), at
    current.save(update_fields=["status", "agreed_at", "agreed_in"])
    audit.record("minutes.agreed", meeting, by=by)


@transaction.atomic
def ask_for_correction(minutes: Minutes, *, text: str, by: Any) -> Correction:
    """Ask for something to be put right. It is kept, and gets an answer."""
    current = Minutes.objects.select_for_update(no_key=True).get(pk=minutes.pk)
    if current.status != MinutesStatus.SHARED:
        raise AlreadyAgreed("These minutes cannot be corrected now. Nothing was saved.")
    correction = Correction.objects.create(minutes=current, text=text, author=by)
    audit.record("correction.asked_for", correction, by=by)
    return correction


@transaction.atomic
def answer_correction(correction: Correction, *, status: str, text: str, by: Any) -> None:
    """Say what became of it, or why not. Whoever asked is told, each time it changes, unless their
    account is closed."""
    if status not in ContributionStatus.answered() or not text.strip():
        raise Refused("Choose what became of it, and say it in words. Nothing was saved.")
    current = (
        Correction.objects.select_for_update(of=("self",), no_key=True)
        .select_related("author", "minutes__meeting__panel")
        .get(pk=correction.pk)
    )
    now = timezone.now()
    current.status, current.answer = ContributionStatus(status), text
    current.answered_at, current.answered_by = now, by
    current.version += 1
    fields = ["status", "answer", "answered_at", "answered_by", "version"]
    if current.author_id != by.pk and notices.can_be_told(current.author):
        current.author_told_at = now
        fields.append("author_told_at")
        notices.tell(
            current.author, notice_words.CORRECTION_ANSWERED, current, once=str(current.version)
        )
    current.save(update_fields=fields)
    audit.record("correction.answered", current, by=by, data={"status": current.status})


def _lock_while_written(meeting: Meeting, item: AgendaItem | None = None) -> Meeting:
    """The meeting, locked, while its minutes are not agreed; begun where there are none.

    What is written belongs to an item that is on the agenda: minutes show no others, so what was
    decided on one would be kept, and read by nobody.
    """
    meeting = meetings.lock(meeting)
    if meeting.status not in (MeetingStatus.ARRANGED, MeetingStatus.HELD):
        raise meetings.NotNow("This meeting is not on, so nothing was written.")
    minutes, _ = Minutes.objects.get_or_create(meeting=meeting)
    if minutes.status == MinutesStatus.AGREED:
        raise AlreadyAgreed("The panel has agreed these minutes. Nothing was changed.")
    if item is not None and not agenda_of(meeting).filter(pk=item.pk).exists():
        raise NotOnTheAgenda(
            "This is not on the agenda of the meeting, so nothing was written. Put it there first."
        )
    return meeting


def _lock_deciding(meeting: Meeting) -> Meeting:
    """The meeting, locked after its panel, if it is on and can decide at this moment."""
    panel = Panel.objects.select_for_update(no_key=True).get(pk=meeting.panel_id)
    meeting = meetings.lock(meeting)
    meeting.panel = panel
    if meeting.status != MeetingStatus.ARRANGED or not can_decide(meeting):
        raise CannotDecide(CANNOT_DECIDE)
    return meeting
