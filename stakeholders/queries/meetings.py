"""Meetings: lists, dates with their answers, papers, and what comes up for one person."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from stakeholders.enums import Coming, MeetingStatus, PanelStatus, SeatKind, SeatStatus
from stakeholders.models import (
    Attendance,
    DateAnswer,
    Meeting,
    MeetingDate,
    Panel,
    Paper,
    Seat,
    User,
)
from stakeholders.queries.panels import staff_of

PAPERS_BEFORE = timedelta(days=7)
SHOWN_AFTER_ITS_BEGINNING = timedelta(hours=12)


def meetings_of(panel: Panel) -> QuerySet[Meeting]:
    """The panel's meetings: those without a date yet on top, then the latest first."""
    return panel.meetings.select_related("panel", "record").order_by(
        F("starts_at").desc(nulls_first=True), "-pk"
    )


def with_its_things(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """`meetings` with what a page about one of them shows."""
    return meetings.select_related("panel__organisation", "panel__chair", "record")


def dates_of(meeting: Meeting) -> QuerySet[MeetingDate]:
    """The dates that are offered, earliest first, each with its answers from people on the panel
    today."""
    answers = DateAnswer.objects.filter(seat__left_at__isnull=True).select_related("seat__user")
    return meeting.dates.filter(withdrawn_at__isnull=True).prefetch_related(
        Prefetch("answers", answers.order_by("seat__user__display_name", "pk"))
    )


def date_of(meeting: Meeting, public_id: str) -> MeetingDate | None:
    return meeting.dates.filter(public_id=public_id, withdrawn_at__isnull=True).first()


def papers_of(meeting: Meeting) -> QuerySet[Paper]:
    return meeting.papers.filter(withdrawn_at__isnull=True).select_related("upload")


def paper_of(meeting: Meeting, public_id: str) -> Paper | None:
    return papers_of(meeting).filter(public_id=public_id).first()


def late_papers() -> QuerySet[Meeting]:
    """Meetings within a week whose papers have not been sent round."""
    now = timezone.now()
    return (
        Meeting.objects.arranged()
        .filter(starts_at__gt=now, starts_at__lte=now + PAPERS_BEFORE, papers_ready_at__isnull=True)
        .select_related("panel__organisation", "panel__chair")
        .order_by("pk")
    )


def without_chair(panels: Iterable[Panel]) -> list[Meeting]:
    """The next meeting of each of `panels` that sits and has nobody to chair it, soonest first. No
    query where there is no such panel."""
    keys = [
        panel.pk
        for panel in panels
        if panel.status == PanelStatus.SITTING and panel.chair_id is None
    ]
    if not keys:
        return []
    coming = Meeting.objects.arranged().filter(panel__in=keys, starts_at__gt=timezone.now())
    next_of: dict[int, Meeting] = {}
    for meeting in coming.select_related("panel").order_by("starts_at", "pk"):
        next_of.setdefault(meeting.panel_id, meeting)
    return list(next_of.values())


def who_runs(panel: Panel) -> list[User]:
    """The people who run the panel: the organisation's staff and the chair, once each."""
    people = {person.pk: person for person in staff_of(panel.organisation)}
    if panel.chair is not None and panel.chair.is_active:
        people.setdefault(panel.chair.pk, panel.chair)
    return list(people.values())


def told_of_meetings(panel: Panel) -> list[User]:
    """Everyone who is told of the panel's meetings: whoever takes part and has not stepped away,
    and who sits beside one of them."""
    beside = Q(kind=SeatKind.SUPPORTER, beside__status=SeatStatus.ACTIVE)
    seats = Seat.objects.active().filter(~Q(kind=SeatKind.SUPPORTER) | beside, panel=panel)
    return list(User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("pk"))


def was_coming(meeting: Meeting) -> QuerySet[User]:
    """Whoever said that they come to the meeting and has not left since, but for the organisation's
    own staff. Also who has stepped away: left out, they would stand out among those who said so."""
    coming = meeting.attendances.filter(
        coming=Coming.YES, seat__status__in=(SeatStatus.ACTIVE, SeatStatus.AWAY)
    )
    return (
        User.objects.filter(pk__in=coming.values("seat__user"), is_active=True)
        .exclude(pk__in=[person.pk for person in staff_of(meeting.panel.organisation)])
        .order_by("pk")
    )


def coming_for(user: Any) -> QuerySet[Meeting]:
    """The meetings that come up on panels where `user` has a live seat, soonest first.

    Those that are being moved, or whose date is being looked for, stand last: `asks_for_dates` says
    whether the person has not said yet which dates suit them, `coming` what they said of the date
    that stands ("yes", "no", or None).
    """
    now = timezone.now()
    answered = DateAnswer.objects.filter(date__meeting=OuterRef("pk"), seat__user_id=user.pk)
    offered = MeetingDate.objects.filter(meeting=OuterRef("pk"), withdrawn_at__isnull=True)
    said = Attendance.objects.filter(meeting=OuterRef("pk"), seat__user_id=user.pk).exclude(
        coming=""
    )
    in_search = [MeetingStatus.FINDING_DATE, MeetingStatus.BEING_MOVED]
    return (
        Meeting.objects.filter(
            panel__in=Seat.objects.live().filter(user_id=user.pk).values("panel")
        )
        .filter(
            Q(status=MeetingStatus.ARRANGED, starts_at__gt=now - SHOWN_AFTER_ITS_BEGINNING)
            | Q(status__in=in_search)
        )
        .annotate(
            asks_for_dates=Exists(offered) & ~Exists(answered) & Q(status__in=in_search),
            coming=said.order_by("-pk").values("coming")[:1],
        )
        .select_related("panel")
        .order_by(F("starts_at").asc(nulls_last=True), "pk")
    )
