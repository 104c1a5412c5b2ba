"""Meetings: their states, dates, papers, calendar files, and who may do what."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from stakeholders.enums import MEETING_STEPS, Coming, DateChoice, MeetingStatus, Perspective
from stakeholders.models import Attendance, DateAnswer, Meeting, MeetingDate, Panel, Paper
from stakeholders.notices import meetings as words
from stakeholders.permissions.meetings import (
    may_come_to_meetings,
    may_run_meeting,
    may_take_part_in_meeting,
)
from stakeholders.presenters.calendars import calendar_file
from stakeholders.presenters.meetings import papers_due, sentence
from stakeholders.queries.meetings import coming_for, late_papers
from stakeholders.services import attendance, dates, meetings, panels, papers, seats
from stakeholders.services.dates import NoDateIsLookedFor
from stakeholders.services.meetings import NotNow
from tests.factories import meetings as meet
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make
from tests.pages import address, as_, page
from tests.support import run_jobs
from vbc.core.models import AuditEntry, Notification
from vbc.core.refusals import Refused
from vbc.core.services import notices
from vbc.core.services.uploads import FileRefused
from vbc.core.services.versions import EditedMeanwhile
from vbc.ui.dates import LONDON

pytestmark = pytest.mark.django_db
SERVICE_USER = Perspective.SERVICE_USER


def member(panel: Panel, perspective: str = SERVICE_USER) -> Any:
    return make.members(panel, perspective)[0]


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("recipient_id", flat=True))


# --- States ---------------------------------------------------------------------------------------

ACTS = {
    MeetingStatus.ARRANGED: lambda meeting: meetings.arrange(
        meeting, starts_at=timezone.now() - timedelta(hours=1), by=meeting.created_by
    ),
    MeetingStatus.BEING_MOVED: lambda meeting: meetings.move(meeting, by=meeting.created_by),
    MeetingStatus.HELD: lambda meeting: meetings.close(meeting, by=meeting.created_by),
    MeetingStatus.CANCELLED: lambda meeting: meetings.cancel(meeting, by=meeting.created_by),
}


def standing(status: str) -> Meeting:
    """A meeting in this state, by the services."""
    meeting = meet.set_up()
    if status == MeetingStatus.FINDING_DATE:
        return meeting
    if status != MeetingStatus.CANCELLED:
        ACTS[MeetingStatus.ARRANGED](meeting)
    if status != MeetingStatus.ARRANGED:
        ACTS[MeetingStatus(status)](meeting)
    return meet.fresh(meeting)


@pytest.mark.parametrize("source", MeetingStatus.values)
@pytest.mark.parametrize("target", list(ACTS))
def test_every_step_is_in_the_table_or_refused(source: str, target: MeetingStatus) -> None:
    meeting = standing(source)
    before = AuditEntry.objects.count()
    if (source, target) in MEETING_STEPS:
        ACTS[target](meeting)
        assert meet.fresh(meeting).status == target
        assert AuditEntry.objects.count() == before + 1
    else:
        with pytest.raises(NotNow):
            ACTS[target](meeting)
        assert meet.fresh(meeting).status == source
        assert AuditEntry.objects.count() == before


def test_meeting_that_is_arranged_has_a_time_whoever_writes_the_row() -> None:
    meeting = meet.set_up()
    for status in ("arranged", "being_moved", "held"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(status=status)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(length=0)


def test_meeting_that_has_not_begun_is_not_over() -> None:
    meeting = meet.arranged()
    with pytest.raises(NotNow, match="not begun"):
        meetings.close(meeting, by=meeting.created_by)


def test_everyone_is_told_of_the_date_and_not_why_or_as_what() -> None:
    meeting = meet.arranged()
    people = {seat.user_id for seat in meeting.panel.seats.all()}
    assert told(words.MEETING_ARRANGED) == people
    for notice in Notification.objects.filter(kind=words.MEETING_ARRANGED):
        said = notices.words_of(notice)
        assert said is not None
        assert said.subject == "A meeting has a date"
        assert meeting.title in " ".join(said.paragraphs)
        for word in ("service user", "carer", "clinician", meeting.panel.name):
            assert word not in " ".join((said.subject, *said.paragraphs, said.link)).lower()


def test_words_are_not_sent_when_they_are_no_longer_true() -> None:
    meeting = meet.arranged()
    meetings.cancel(meeting, by=meeting.created_by)
    stale = Notification.objects.filter(kind=words.MEETING_ARRANGED).first()
    assert notices.words_of(stale) is None
    assert told(words.MEETING_CANCELLED) == told(words.MEETING_ARRANGED)


def test_who_left_is_not_told() -> None:
    meeting = meet.arranged(meet.panel(service_users=3))
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    notice = Notification.objects.get(kind=words.MEETING_ARRANGED, recipient=seat.user)
    assert notices.words_of(notice) is not None
    seats.leave(seat, by=seat.user)
    assert notices.words_of(notice) is None


def test_new_date_asks_everyone_anew_whether_they_come() -> None:
    meeting = meet.arranged()
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    attendance.say_coming(meeting, seat=seat, coming=Coming.YES, by=seat.user)
    meetings.move(meeting, by=meeting.created_by)
    meetings.arrange(meeting, starts_at=meeting.starts_at, by=meeting.created_by)
    assert Attendance.objects.get(seat=seat).coming == Coming.YES
    meetings.move(meeting, by=meeting.created_by)
    later = meeting.starts_at + timedelta(days=7)
    meetings.arrange(meeting, starts_at=later, by=meeting.created_by)
    assert Attendance.objects.get(seat=seat).coming == ""


def test_edit_by_two_people_tells_the_second() -> None:
    meeting = meet.arranged()
    meetings.edit(meeting, expected=1, fields={"place": "Room 3"}, by=meeting.created_by)
    with pytest.raises(EditedMeanwhile):
        meetings.edit(meeting, expected=1, fields={"place": "Room 4"}, by=meeting.created_by)
    assert meet.fresh(meeting).place == "Room 3"
    assert told(words.MEETING_CHANGED) == told(words.MEETING_ARRANGED)


# --- A panel that begins to wait ------------------------------------------------------------------

TODAY = datetime(2026, 12, 2, 9, tzinfo=UTC)


def test_todays_meetings_are_moved_and_no_others() -> None:
    with time_machine.travel(TODAY, tick=False):
        panel = meet.panel()
        begun = meet.arranged(panel, TODAY - timedelta(minutes=30))
        today = meet.arranged(panel, TODAY + timedelta(hours=3))
        tonight = meet.arranged(panel, datetime(2026, 12, 2, 23, 45, tzinfo=LONDON))
        tomorrow = meet.arranged(panel, datetime(2026, 12, 3, 0, 15, tzinfo=LONDON))
        elsewhere = meet.arranged(starts_at=TODAY + timedelta(hours=3))
        before = AuditEntry.objects.count()
        with transaction.atomic():
            moved = meetings.move_todays(panel)
            again = meetings.move_todays(panel)
    assert {(verb, thing.pk) for verb, thing, _, _ in moved} == {
        ("meeting.being_moved", today.pk),
        ("meeting.being_moved", tonight.pk),
    }
    assert again == []
    for each in (begun, tomorrow, elsewhere):
        assert meet.fresh(each).status == MeetingStatus.ARRANGED
    assert AuditEntry.objects.count() == before


def test_members_read_that_it_is_being_moved_and_not_why() -> None:
    panel = meet.panel()
    meeting = meet.arranged(panel)
    meetings.move(meeting, by=panel.created_by)
    shown = as_(member(panel)).get(meeting.get_absolute_url()).content.decode()
    assert "This meeting is being moved." in shown
    assert "waiting for a member" not in shown
    assert sentence(meet.fresh(meeting)).startswith("This meeting is being moved. It was to be on ")


def test_whoever_is_alone_is_looked_after_before_word_goes_round() -> None:
    with time_machine.travel(TODAY, tick=False):
        panel = meet.panel()
        meeting = meet.arranged(panel, TODAY + timedelta(hours=3))
        run_jobs()
        with transaction.atomic():
            meetings.move_todays(panel)
        run_jobs()
        waiting = Notification.objects.filter(kind=words.MEETING_BEING_MOVED, status="waiting")
        assert waiting.count() == panel.seats.count()
    with time_machine.travel(TODAY + timedelta(minutes=16), tick=False):
        run_jobs()
        assert not waiting.exists()
    assert meet.fresh(meeting).status == MeetingStatus.BEING_MOVED


# --- Dates ----------------------------------------------------------------------------------------


def offered(meeting: Meeting, count: int = 2) -> list[MeetingDate]:
    base = timezone.now() + timedelta(days=20)
    return [
        dates.offer(meeting, starts_at=base + timedelta(days=n), by=meeting.created_by)
        for n in range(count)
    ]


def test_everyone_answers_each_date_in_one_form_and_can_change_it() -> None:
    meeting = meet.set_up()
    first, second = offered(meeting)
    person = member(meeting.panel)
    page = address("meeting-dates", meeting)
    for choices in ((DateChoice.YES, DateChoice.NO), (DateChoice.NO, DateChoice.IF_NEED_BE)):
        answer = dict(zip((first.public_id, second.public_id), choices, strict=True))
        assert as_(person).post(page, answer).status_code == 302
        said = {each.date_id: each.choice for each in DateAnswer.objects.all()}
        assert said == dict(zip((first.pk, second.pk), choices, strict=True))


def test_an_unanswered_date_is_asked_for_and_nothing_is_saved() -> None:
    meeting = meet.set_up()
    first, _ = offered(meeting)
    page = as_(member(meeting.panel)).post(
        address("meeting-dates", meeting), {first.public_id: "yes"}
    )
    assert "suits you" in page.content.decode()
    assert not DateAnswer.objects.exists()


def test_picked_date_is_the_meetings_and_the_search_is_over() -> None:
    meeting = meet.set_up()
    first, second = offered(meeting)
    dates.ask_everyone(meeting, by=meeting.created_by)
    assert told(words.DATES_ASKED) == {seat.user_id for seat in meeting.panel.seats.all()}
    second.meeting = meeting
    dates.pick(second, by=meeting.created_by)
    assert meet.fresh(meeting).starts_at == second.starts_at
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    with pytest.raises(NoDateIsLookedFor):
        dates.answer(meeting, seat=seat, choices={first: DateChoice.YES}, by=seat.user)
    stale = Notification.objects.filter(kind=words.DATES_ASKED).first()
    assert notices.words_of(stale) is None


def test_a_meeting_without_a_date_leads_to_one_and_sends_no_papers_round_yet() -> None:
    meeting = meet.set_up()
    runner = meeting.created_by
    dates, send = address("meeting-dates", meeting), address("send-papers", meeting)
    early = page(runner, "meeting", meeting)
    assert f'<a class="nhsuk-button" href="{dates}">Find a date together</a>' in early
    assert send not in early
    later = page(runner, "meeting", meet.arranged(meeting.panel))
    assert "Find a date together" not in later
    assert "Agenda and papers are complete" in later


def test_same_date_twice_is_refused() -> None:
    meeting = meet.set_up()
    (first,) = offered(meeting, 1)
    with pytest.raises(Refused, match="already"):
        dates.offer(meeting, starts_at=first.starts_at, by=meeting.created_by)


def test_a_date_of_another_meeting_is_not_answered_or_picked() -> None:
    meeting, other = meet.set_up(), meet.set_up()
    (date,) = offered(other, 1)
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    with pytest.raises(Refused, match="another meeting"):
        dates.answer(meeting, seat=seat, choices={date: DateChoice.YES}, by=seat.user)
    pick = address("pick-date", meeting, date.public_id)
    assert as_(meeting.created_by).post(pick).status_code == 404


# --- Calendar files -------------------------------------------------------------------------------


def event_of(meeting: Meeting) -> Any:
    calendar = Calendar.from_ical(calendar_file(meeting))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_calendar_file_keeps_its_identity_and_counts_its_editions() -> None:
    meeting = meet.arranged()
    calendar, first = event_of(meeting)
    assert calendar["METHOD"] == "PUBLISH"
    assert first["STATUS"] == "CONFIRMED"
    assert first["DTSTART"].dt == meeting.starts_at.replace(microsecond=0)
    assert first["DTEND"].dt - first["DTSTART"].dt == timedelta(minutes=90)
    meetings.move(meeting, by=meeting.created_by)
    _, moved = event_of(meet.fresh(meeting))
    assert moved["STATUS"] == "TENTATIVE"
    meetings.cancel(meeting, by=meeting.created_by)
    calendar, last = event_of(meet.fresh(meeting))
    assert calendar["METHOD"] == "CANCEL"
    assert last["STATUS"] == "CANCELLED"
    assert first["UID"] == moved["UID"] == last["UID"]
    assert first["SEQUENCE"] < moved["SEQUENCE"] < last["SEQUENCE"]


def test_calendar_file_is_private_and_names_neither_panel_nor_part() -> None:
    meeting = meet.arranged()
    answer = as_(member(meeting.panel)).get(address("meeting-calendar", meeting))
    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    text = answer.content.decode()
    assert meeting.title in text
    for secret in (meeting.panel.name, member(meeting.panel).display_name, "service user"):
        assert secret.lower() not in text.lower()
    assert Client().get(address("meeting-calendar", meeting)).status_code == 302


def test_meeting_without_a_date_has_no_calendar_file() -> None:
    meeting = meet.set_up()
    answer = as_(member(meeting.panel)).get(address("meeting-calendar", meeting))
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "day", [datetime(2026, 3, 28, 14, tzinfo=LONDON), datetime(2026, 10, 25, 14, tzinfo=LONDON)]
)
def test_calendar_file_says_the_hour_of_the_day_on_both_sides_of_a_clock_change(
    day: datetime,
) -> None:
    meeting = meet.arranged(starts_at=day)
    _, event = event_of(meeting)
    assert event["DTSTART"].dt.astimezone(LONDON).hour == 14


# --- Papers ---------------------------------------------------------------------------------------


def paper(meeting: Meeting, **given: Any) -> Paper:
    values = {"title": "What helps", "plain_summary": "Three things help.", "text": "All of it."}
    return papers.add(meeting, **(values | given), by=meeting.created_by)


def test_paper_needs_a_plain_summary_whoever_writes_the_row() -> None:
    made = paper(meet.arranged())
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=made.pk).update(plain_summary="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=made.pk).update(text="")


def test_paper_without_text_or_file_is_refused() -> None:
    with pytest.raises(Refused, match="Write the text"):
        paper(meet.arranged(), text=" ")


def test_file_that_cannot_be_taken_is_said_beside_the_form(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    meeting = meet.arranged()
    with pytest.raises(FileRefused):
        paper(meeting, file=ContentFile(b"x" * 11, name="a.txt"))
    data = {
        "title": "A",
        "plain_summary": "B",
        "file": ContentFile(b"x" * 11, name="a.txt"),
    }
    page = as_(meeting.created_by).post(address("add-paper", meeting), data)
    assert "larger than" in page.content.decode()
    assert not Paper.objects.exists()


def test_file_is_a_download_that_no_browser_runs() -> None:
    meeting = meet.arranged()
    made = paper(meeting, file=ContentFile(b"<script>alert(1)</script>", name="paper.html"))
    answer = as_(member(meeting.panel)).get(address("paper-file", meeting, made.public_id))
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    stranger = make.person()
    assert as_(stranger).get(address("paper-file", meeting, made.public_id)).status_code == 404


def test_paper_of_another_meeting_is_not_found_by_this_ones_address() -> None:
    meeting, other = meet.arranged(), meet.arranged()
    made = paper(other)
    page = address("paper", meeting, made.public_id)
    assert as_(meeting.created_by).get(page).status_code == 404


def test_members_are_told_once_when_papers_are_there_and_of_each_later_one() -> None:
    meeting = meet.arranged()
    paper(meeting)
    assert told(words.PAPERS_READY) == set()
    papers.send_round(meeting, by=meeting.created_by)
    papers.send_round(meeting, by=meeting.created_by)
    count = meeting.panel.seats.count()
    assert Notification.objects.filter(kind=words.PAPERS_READY).count() == count
    paper(meet.fresh(meeting), title="One more")
    assert Notification.objects.filter(kind=words.PAPERS_READY).count() == 2 * count


@pytest.mark.row("A1-21")
def test_those_who_run_the_panel_are_reminded_once_when_papers_are_late() -> None:
    panel = meet.panel()
    chair = member(panel)
    panels.appoint_chair(panel, chair, by=panel.created_by)
    late = meet.arranged(panel, timezone.now() + timedelta(days=6))
    sent = meet.arranged(panel, timezone.now() + timedelta(days=6))
    papers.send_round(sent, by=panel.created_by)
    meet.arranged(panel, timezone.now() + timedelta(days=8))
    assert list(late_papers()) == [late]
    assert [meetings.remind_of_late_papers() for _ in range(2)] == [1, 1]
    assert told(words.PAPERS_LATE) == {panel.created_by_id, chair.pk}
    assert Notification.objects.filter(kind=words.PAPERS_LATE).count() == 2
    assert "They are late." in papers_due(late)
    papers.send_round(late, by=panel.created_by)
    assert meetings.remind_of_late_papers() == 0
    reminder = Notification.objects.filter(kind=words.PAPERS_LATE).first()
    assert notices.words_of(reminder) is None


# --- Who may --------------------------------------------------------------------------------------


def personas() -> tuple[Meeting, dict[str, Any]]:
    panel = meet.panel(service_users=3)
    chair, other, left = make.members(panel, SERVICE_USER)
    panels.appoint_chair(panel, chair, by=panel.created_by)
    seat = panel.seats.get(user=left)
    seats.leave(seat, by=left)
    meeting = meet.arranged(panel)
    return meeting, {
        "commissioner": panel.created_by,
        "admin": make.admin_of(panel.organisation),
        "chair": chair,
        "member": other,
        "clinician": member(panel, Perspective.CLINICIAN),
        "left": left,
        "elsewhere": make.commissioner(make.organisation()),
    }


MAY = {
    "commissioner": (True, False),
    "admin": (True, False),
    "chair": (True, True),
    "member": (False, True),
    "clinician": (False, True),
    "left": (False, False),
    "elsewhere": (False, False),
}


@pytest.mark.parametrize("who", MAY)
def test_who_may_run_and_who_may_take_part(who: str) -> None:
    meeting, people = personas()
    runs, takes_part = MAY[who]
    meeting.panel.refresh_from_db()
    assert bool(may_run_meeting(people[who], meeting)) is runs
    assert bool(may_take_part_in_meeting(people[who], meeting)) is takes_part
    assert bool(may_come_to_meetings(people[who], meeting.panel)) is takes_part


@pytest.mark.parametrize("who", MAY)
def test_nothing_is_changed_in_a_meeting_that_was_cancelled(who: str) -> None:
    meeting, people = personas()
    meetings.cancel(meeting, by=meeting.created_by)
    meeting.refresh_from_db()
    assert not may_run_meeting(people[who], meeting)
    assert not may_take_part_in_meeting(people[who], meeting)


def test_stranger_finds_nothing_though_there_is_something() -> None:
    meeting, people = personas()
    for who in ("left", "elsewhere"):
        for name in ("meeting", "meeting-dates", "meeting-calendar", "meeting-room", "minutes"):
            answer = as_(people[who]).get(address(name, meeting))
            assert answer.status_code == 404
            assert meeting.title not in answer.content.decode()


def test_meeting_under_another_panels_address_is_not_found() -> None:
    meeting, other = meet.arranged(), meet.panel()
    made_up = reverse("stakeholders:meeting", args=[other.public_id, meeting.public_id])
    assert as_(meeting.created_by).get(made_up).status_code == 404


# --- Lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["meetings", "meeting", "meeting-room", "meeting-dates"])
@pytest.mark.thorough
def test_pages_ask_as_often_however_much_there_is(name: str) -> None:
    panel = meet.panel()
    counts = []
    meeting = meet.set_up(panel) if name == "meeting-dates" else meet.going_on(panel)
    for _ in range(2):
        meet.item(meeting)
        paper(meeting)
        meet.arranged(panel)
        if name == "meeting-dates":
            dates.offer(
                meeting,
                starts_at=timezone.now() + timedelta(days=30, minutes=MeetingDate.objects.count()),
                by=panel.created_by,
            )
        else:
            newcomer = make.seat(panel, Perspective.CARER)
            meet.come(meeting, [newcomer])
        person = member(panel)
        url = (
            reverse("stakeholders:meetings", args=[panel.public_id])
            if name == "meetings"
            else address(name, meeting)
        )
        client = as_(person)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_coming_meetings_of_one_person_in_one_query() -> None:
    panel = meet.panel()
    person = member(panel)
    soon, later = meet.arranged(panel), meet.arranged(panel, timezone.now() + timedelta(days=30))
    search = meet.set_up(panel)
    offered(search, 1)
    cancelled = meet.arranged(panel)
    meetings.cancel(cancelled, by=panel.created_by)
    meet.held(panel)
    meet.arranged()
    seat = panel.seats.get(user=person)
    attendance.say_coming(later, seat=seat, coming=Coming.NO, by=person)
    with CaptureQueriesContext(connection) as queries:
        found: list[Any] = list(coming_for(person))
    assert len(queries) == 1
    assert [each.pk for each in found] == [soon.pk, later.pk, search.pk]
    assert [each.coming for each in found] == [None, Coming.NO, None]
    assert [bool(each.asks_for_dates) for each in found] == [False, False, True]
    date = search.dates.get()
    dates.answer(search, seat=seat, choices={date: DateChoice.YES}, by=person)
    assert not any(each.asks_for_dates for each in coming_for(person))
    assert list(coming_for(panel.created_by)) == []


@pytest.mark.row("A1-21")
def test_everyone_reads_how_meetings_are_chaired() -> None:
    page = as_(make.person()).get(reverse("stakeholders:how-to-chair")).content.decode()
    for source in ("James Lind Alliance", "Lanarkshire Links", "4Pi"):
        assert source in page


# --- Who sits beside somebody ---------------------------------------------------------------------

TOLD_OF = {
    words.MEETING_ARRANGED: lambda meeting: meetings.arrange(
        meeting, starts_at=timezone.now() + timedelta(days=10), by=meeting.created_by
    ),
    words.DATES_ASKED: lambda meeting: (
        dates.offer(meeting, starts_at=timezone.now() + timedelta(days=9), by=meeting.created_by),
        dates.ask_everyone(meeting, by=meeting.created_by),
    ),
    words.PAPERS_READY: lambda meeting: papers.send_round(meeting, by=meeting.created_by),
    words.MEETING_CANCELLED: lambda meeting: meetings.cancel(meeting, by=meeting.created_by),
}


@pytest.mark.parametrize("kind", TOLD_OF)
def test_who_sits_beside_a_member_is_told_like_them(kind: str) -> None:
    panel = meet.panel(service_users=3)
    here, away = meet.seats(panel, SERVICE_USER)[:2]
    beside, alone = make_seat.supporter_of(here), make_seat.supporter_of(away)
    reserve = make_seat.on_reserve(panel, Perspective.CARER)
    beside_reserve = make_seat.supporter_of(reserve)
    seats.go_away(away, by=away.user)
    TOLD_OF[kind](meet.set_up(panel))
    assert beside.user_id in told(kind)
    assert here.user_id in told(kind)
    # Whoever sits beside somebody comes with them, and not alone.
    assert not told(kind) & {s.user_id for s in (away, alone, reserve, beside_reserve)}


def test_who_sits_beside_a_member_gets_the_mail_and_can_answer_it() -> None:
    panel = meet.panel()
    beside = make_seat.supporter_of(meet.seats(panel, SERVICE_USER)[0])
    meeting = meet.arranged(panel)
    run_jobs()
    letters = [m for m in mail.outbox if m.to == [beside.user.email]]
    assert [m.subject.split(" – ")[0] for m in letters] == ["A meeting has a date"]
    as_(beside.user).post(address("say-coming", meeting), {"coming": "yes"})
    assert Attendance.objects.get(seat=beside).coming == Coming.YES


def test_date_that_was_taken_off_or_has_gone_by_is_not_picked() -> None:
    meeting = meet.set_up()
    by = meeting.created_by
    date = dates.offer(meeting, starts_at=timezone.now() + timedelta(days=9), by=by)
    gone = dates.offer(meeting, starts_at=timezone.now() + timedelta(days=2), by=by)
    dates.withdraw(MeetingDate.objects.get(pk=date.pk), by=by)
    with pytest.raises(Refused, match="taken off the list"):
        dates.pick(date, by=by)
    later = time_machine.travel(timezone.now() + timedelta(days=3), tick=False)
    with later, pytest.raises(Refused, match="has gone by"):
        dates.pick(gone, by=by)
    assert meet.fresh(meeting).status == MeetingStatus.FINDING_DATE
