"""What people are told about meetings. Subjects say neither what about nor in which role."""

from django.urls import reverse

from stakeholders.enums import AgendaStatus, MeetingStatus, MinutesStatus
from stakeholders.models import AgendaItem, Correction, Meeting, MeetingAction
from stakeholders.permissions.panels import may_run_panel
from vbc.core.models import Notification
from vbc.core.services import notices
from vbc.core.services.notices import Words
from vbc.ui.dates import day_in_words, moment_in_words

MEETING_ARRANGED = "stakeholders.meeting_arranged"
MEETING_CHANGED = "stakeholders.meeting_changed"
MEETING_BEING_MOVED = "stakeholders.meeting_being_moved"
MEETING_CANCELLED = "stakeholders.meeting_cancelled"
DATES_ASKED = "stakeholders.dates_asked"
PAPERS_READY = "stakeholders.papers_ready"
PAPERS_LATE = "stakeholders.papers_late"
AGENDA_ANSWERED = "stakeholders.agenda_answered"
MINUTES_SHARED = "stakeholders.minutes_shared"
CORRECTION_ANSWERED = "stakeholders.correction_answered"
ACTION_GIVEN = "stakeholders.action_given"


def _meeting(notice: Notification, *statuses: str) -> Meeting | None:
    """The meeting, if its reader still sees it and it stands where the notice is still true."""
    meeting = (
        Meeting.objects.visible_to(notice.recipient)
        .filter(public_id=notice.object_id)
        .select_related("panel", "record")
        .first()
    )
    if meeting is None or (statuses and meeting.status not in statuses):
        return None
    return meeting


def _when(meeting: Meeting) -> str:
    return moment_in_words(meeting.starts_at) if meeting.starts_at else "a day to be found"


def _about(meeting: Meeting, subject: str, *paragraphs: str, link_text: str) -> Words:
    return Words(
        subject=subject,
        paragraphs=paragraphs,
        link=meeting.get_absolute_url(),
        link_text=link_text,
    )


@notices.writes(MEETING_ARRANGED)
def meeting_arranged(notice: Notification) -> Words | None:
    meeting = _meeting(notice, MeetingStatus.ARRANGED)
    if meeting is None:
        return None
    return _about(
        meeting,
        "A meeting has a date",
        f"“{meeting.title}” is on {_when(meeting)}.",
        "Say with one tap whether you come. If you cannot, that is all right, and nobody asks why.",
        link_text="Open the meeting",
    )


@notices.writes(MEETING_CHANGED)
def meeting_changed(notice: Notification) -> Words | None:
    meeting = _meeting(notice, MeetingStatus.ARRANGED)
    if meeting is None:
        return None
    return _about(
        meeting,
        "Something about a meeting has changed",
        f"“{meeting.title}” is on {_when(meeting)}. Please read again where it is and how to join.",
        link_text="Open the meeting",
    )


@notices.writes(MEETING_BEING_MOVED)
def meeting_being_moved(notice: Notification) -> Words | None:
    meeting = _meeting(notice, MeetingStatus.BEING_MOVED)
    if meeting is None:
        return None
    return _about(
        meeting,
        "A meeting is being moved",
        f"“{meeting.title}” was to be on {_when(meeting)}. It is being moved.",
        "You are told when it has a new date. There is nothing you need to do.",
        link_text="Open the meeting",
    )


@notices.writes(MEETING_CANCELLED)
def meeting_cancelled(notice: Notification) -> Words | None:
    meeting = _meeting(notice, MeetingStatus.CANCELLED)
    if meeting is None:
        return None
    was = f", which was to be on {_when(meeting)}," if meeting.starts_at else ""
    return _about(
        meeting,
        "A meeting will not take place",
        f"“{meeting.title}”{was} will not take place.",
        link_text="Open the meeting",
    )


@notices.writes(DATES_ASKED)
def dates_asked(notice: Notification) -> Words | None:
    meeting = _meeting(notice, MeetingStatus.FINDING_DATE, MeetingStatus.BEING_MOVED)
    if meeting is None:
        return None
    return Words(
        subject="Which of these dates suit you?",
        paragraphs=(
            f"A date is being looked for: “{meeting.title}”. Answering takes a minute, and you "
            "can change your answer.",
        ),
        link=reverse(
            "stakeholders:meeting-dates", args=[meeting.panel.public_id, notice.object_id]
        ),
        link_text="Say which dates suit you",
    )


@notices.writes(PAPERS_READY)
def papers_ready(notice: Notification) -> Words | None:
    meeting = _meeting(
        notice, MeetingStatus.ARRANGED, MeetingStatus.FINDING_DATE, MeetingStatus.BEING_MOVED
    )
    if meeting is None:
        return None
    return _about(
        meeting,
        "The papers for a meeting are there",
        f"Agenda and papers for “{meeting.title}” can be read. Each begins with a short summary in "
        "plain words; reading the summaries is enough to take part.",
        link_text="Read what it is about",
    )


@notices.writes(PAPERS_LATE)
def papers_late(notice: Notification) -> Words | None:
    meeting = _meeting(notice, MeetingStatus.ARRANGED)
    if (
        meeting is None
        or meeting.papers_ready_at
        or not may_run_panel(notice.recipient, meeting.panel)
    ):
        return None
    return _about(
        meeting,
        "Papers are due",
        f"“{meeting.title}” is on {_when(meeting)}, and its agenda and papers "
        "have not been sent round. People need a week with them.",
        "If they cannot be ready in time, a later date is kinder than late papers.",
        link_text="Open the meeting",
    )


@notices.writes(AGENDA_ANSWERED)
def agenda_answered(notice: Notification) -> Words | None:
    item = (
        AgendaItem.objects.filter(
            public_id=notice.object_id,
            meeting__in=Meeting.objects.visible_to(notice.recipient),
            withdrawn_at__isnull=True,
        )
        .exclude(status=AgendaStatus.ASKED)
        .select_related("meeting__panel")
        .first()
    )
    if item is None:
        return None
    became = (
        "is on the agenda."
        if item.status == AgendaStatus.TAKEN
        else "is not on the agenda this time. The reason is on the page of the meeting."
    )
    return _about(
        item.meeting,
        "There is an answer to something you asked for",
        f"You asked to talk about “{item.title}” in “{item.meeting.title}”. It {became}",
        link_text="Open the meeting",
    )


@notices.writes(MINUTES_SHARED)
def minutes_shared(notice: Notification) -> Words | None:
    meeting = _meeting(notice, MeetingStatus.HELD)
    minutes = getattr(meeting, "record", None)
    if meeting is None or minutes is None or minutes.status == MinutesStatus.DRAFT:
        return None
    return Words(
        subject="The minutes of a meeting are there",
        paragraphs=(
            f"You can read what was said and decided in “{meeting.title}”. If something is not as "
            "it was, ask for a correction: it is kept, and you get an answer.",
        ),
        link=reverse("stakeholders:minutes", args=[meeting.panel.public_id, meeting.public_id]),
        link_text="Read the minutes",
    )


@notices.writes(CORRECTION_ANSWERED)
def correction_answered(notice: Notification) -> Words | None:
    """To whoever asked, who hears it also where they have left and no longer see the minutes."""
    own = Correction.objects.filter(author=notice.recipient_id, withdrawn_at__isnull=True)
    correction = (
        own.filter(public_id=notice.object_id).select_related("minutes__meeting__panel").first()
    )
    if correction is None or not correction.is_answered:
        return None
    meeting = correction.minutes.meeting
    words = Words(
        subject="There is an answer to a correction you asked for",
        paragraphs=(
            f"You asked for something to be put right in the minutes of "
            f"“{meeting.title}”. Now you can read what became of it.",
        ),
        link=correction.get_absolute_url(),
        link_text="Read the answer",
    )
    sees = Meeting.objects.visible_to(notice.recipient).filter(pk=meeting.pk).exists()
    return words if sees else notices.in_my_words(words)


@notices.writes(ACTION_GIVEN)
def action_given(notice: Notification) -> Words | None:
    action = (
        MeetingAction.objects.visible_to(notice.recipient)
        .open()
        .filter(public_id=notice.object_id, owner=notice.recipient)
        .select_related("item__meeting__panel")
        .first()
    )
    if action is None:
        return None
    by_when = f" by {day_in_words(action.due_on)}" if action.due_on else ""
    return Words(
        subject="Something you took on in a meeting",
        paragraphs=(
            f"In “{action.item.meeting.title}” it was written down that you would do this"
            f"{by_when}: {action.title}.",
            "If that is not so, or no longer possible, tell whoever chairs: it can be changed.",
        ),
        link=reverse("stakeholders:my-meeting-actions"),
        link_text="See what you took on",
    )
