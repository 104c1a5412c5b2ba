"""The day of a meeting: coming, being there, the two service users, and whose turn it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from stakeholders.enums import Coming, PanelStatus, Perspective
from stakeholders.models import Attendance, Meeting, Panel, Seat, SpeakerTurn
from stakeholders.presenters.attendance import CAN_DECIDE, CAN_TALK, now_page, roles_there
from stakeholders.queries.attendance import apologies_for, came_to, can_decide
from stakeholders.queries.speakers import queue_of
from stakeholders.services import attendance, meetings, seats, speakers
from stakeholders.services.attendance import NotTheDay
from stakeholders.services.meetings import NotNow
from tests.factories import meetings as meet
from tests.factories import seats as make_seat
from tests.pages import address, as_
from vbc.core.models import AuditContent
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db
SERVICE_USER, CARER = Perspective.SERVICE_USER, Perspective.CARER


# --- Coming ---------------------------------------------------------------------------------------


def test_whoever_cannot_come_says_so_with_one_tap_and_no_reason_is_kept() -> None:
    meeting = meet.arranged()
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    data = {"coming": "no", "reason": "a hard week", "note": "a hard week"}
    page = as_(seat.user).post(address("say-coming", meeting), data, follow=True)
    assert "That is all right." in page.content.decode()
    assert Attendance.objects.get().coming == Coming.NO
    columns = {field.name for field in Attendance._meta.get_fields()}
    assert columns == {
        "id",
        "meeting",
        "seat",
        "coming",
        "is_present",
        "first_present_at",
        "perspective",
    }
    for content in AuditContent.objects.all():
        assert "hard week" not in str(content.data)
        assert not {"coming", "no"} & {str(value) for value in content.data.values()}


def test_answer_can_be_changed_until_the_meeting_is_over() -> None:
    meeting = meet.going_on()
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    for coming in (Coming.NO, Coming.YES):
        attendance.say_coming(meeting, seat=seat, coming=coming, by=seat.user)
    assert Attendance.objects.get().coming == Coming.YES
    meetings.close(meeting, by=meeting.created_by)
    with pytest.raises(NotNow):
        attendance.say_coming(meeting, seat=seat, coming=Coming.NO, by=seat.user)


def test_nobody_is_there_before_the_day() -> None:
    meeting = meet.arranged()
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    with pytest.raises(NotTheDay):
        attendance.say_present(meeting, seat=seat, is_present=True, by=seat.user)
    assert not Attendance.objects.exists()


def test_apologies_are_names_and_who_came_after_all_is_not_among_them() -> None:
    meeting = meet.going_on()
    first, second = meet.seats(meeting.panel, SERVICE_USER)
    for seat in (first, second):
        attendance.say_coming(meeting, seat=seat, coming=Coming.NO, by=seat.user)
    meet.come(meeting, [first])
    assert [each.seat_id for each in came_to(meeting)] == [first.pk]
    assert [each.seat_id for each in apologies_for(meeting)] == [second.pk]


# --- The two service users ------------------------------------------------------------------------


def nobody(meeting: Meeting) -> None: ...


def one(meeting: Meeting) -> None:
    meet.come(meeting, meet.seats(meeting.panel, SERVICE_USER)[:1])


def one_and_everybody_else(meeting: Meeting) -> None:
    one(meeting)
    others = meeting.panel.seats.exclude(perspective=SERVICE_USER).select_related("user")
    meet.come(meeting, others)


def two(meeting: Meeting) -> None:
    meet.with_quorum(meeting)


def two_of_whom_one_went(meeting: Meeting) -> None:
    two(meeting)
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    attendance.say_present(meeting, seat=seat, is_present=False, by=seat.user)


def two_of_whom_one_is_employed(meeting: Meeting) -> None:
    two(meeting)
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    seats.change_perspective(
        seat, perspective=SERVICE_USER, is_employed_by_affected_body=True, by=seat.user
    )


def two_of_whom_one_speaks_as_a_carer_now(meeting: Meeting) -> None:
    two(meeting)
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    seats.change_perspective(
        seat, perspective=CARER, is_employed_by_affected_body=False, by=seat.user
    )


def two_of_whom_one_stepped_away(meeting: Meeting) -> None:
    two(meeting)
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    seats.go_away(seat, by=seat.user)


def two_of_whom_one_left(meeting: Meeting) -> None:
    two(meeting)
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    seats.leave(seat, by=seat.user)


def two_while_the_panel_waits(meeting: Meeting) -> None:
    two(meeting)
    Panel.objects.filter(pk=meeting.panel_id).update(status=PanelStatus.PAUSED)


CASES: list[tuple[Callable[[Meeting], None], bool]] = [
    (nobody, False),
    (one, False),
    (one_and_everybody_else, False),
    (two, True),
    (two_of_whom_one_went, False),
    (two_of_whom_one_is_employed, False),
    (two_of_whom_one_speaks_as_a_carer_now, False),
    (two_of_whom_one_stepped_away, False),
    (two_of_whom_one_left, False),
    (two_while_the_panel_waits, False),
]


@pytest.mark.row("A1-21")
@pytest.mark.parametrize(("happens", "decides"), CASES)
def test_meeting_decides_with_two_service_users_there_and_otherwise_talks(
    happens: Callable[[Meeting], None], decides: bool
) -> None:
    """The panel has four, so that it goes on sitting whoever of the two goes."""
    meeting = meet.going_on(meet.panel(service_users=4))
    happens(meeting)
    meeting = meet.fresh(meeting)
    assert can_decide(meeting) is decides
    reader = meet.seats(meeting.panel, CARER)[0].user
    page = as_(reader).get(address("meeting-room", meeting)).content.decode()
    assert (CAN_DECIDE if decides else CAN_TALK) in page
    assert (CAN_TALK if decides else CAN_DECIDE) not in page


def test_page_of_the_day_names_no_part_and_does_not_say_who_is_missing() -> None:
    meeting = meet.going_on()
    one_and_everybody_else(meeting)
    for reader in (meet.seats(meeting.panel, CARER)[0].user, meeting.created_by):
        page = as_(reader).get(address("meeting-room", meeting)).content.decode().lower()
        for word in ("service user", "carer", "clinician", "missing"):
            assert word not in page


def test_who_only_stands_ready_does_not_see_with_whom_a_meeting_could_decide() -> None:
    """From one name to the next it would tell them who uses services, who may not know it."""
    meeting = meet.going_on()
    two(meeting)
    there = meet.seats(meeting.panel, SERVICE_USER)[0]
    ready = make_seat.on_reserve(meeting.panel, CARER).user
    beside = make_seat.supporter_of(meet.seats(meeting.panel, CARER)[0]).user
    for reader, sees in ((ready, False), (beside, True), (there.user, True)):
        page = as_(reader).get(address("meeting-room", meeting)).content.decode()
        assert CAN_DECIDE in page
        assert (there.user.display_name in page) is sees


def test_presence_is_counted_for_this_meeting_only() -> None:
    panel = meet.panel()
    meeting, other = meet.going_on(panel), meet.going_on(panel)
    two(meeting)
    assert can_decide(meet.fresh(meeting))
    assert not can_decide(meet.fresh(other))


@pytest.mark.row("A1-21")
def test_who_came_is_counted_by_what_they_spoke_from_then() -> None:
    panel = meet.panel(service_users=3)
    meeting = meet.going_on(panel)
    two(meeting)
    reader = meet.seats(panel, CARER)[0].user
    before = roles_there(meet.fresh(meeting), reader)
    seat = meet.seats(panel, SERVICE_USER)[0]
    seats.change_perspective(
        seat, perspective=CARER, is_employed_by_affected_body=False, by=seat.user
    )
    assert before == roles_there(meet.fresh(meeting), reader) == "two service users"


def test_roles_are_not_counted_for_members_while_the_panel_waits() -> None:
    panel = meet.panel()
    meeting = meet.going_on(panel)
    two(meeting)
    seat = meet.seats(panel, SERVICE_USER)[0]
    seats.leave(seat, by=seat.user)
    meeting = meet.fresh(meeting)
    assert meeting.panel.status == PanelStatus.PAUSED
    assert roles_there(meeting, meet.seats(panel, CARER)[0].user) == ""
    assert roles_there(meeting, panel.created_by) == "two service users"
    assert roles_there(meeting, seat.user) == ""


def test_member_says_it_of_themselves_and_who_runs_the_meeting_of_anybody() -> None:
    meeting = meet.going_on()
    first, second = meet.seats(meeting.panel, SERVICE_USER)
    page = address("say-present", meeting)
    data = {"present": "yes", "seat": second.public_id}
    assert as_(first.user).post(page, data).status_code == 403
    assert not Attendance.objects.exists()
    assert as_(first.user).post(page, {"present": "yes"}).status_code == 302
    assert as_(meeting.created_by).post(page, data).status_code == 302
    assert set(Attendance.objects.filter(is_present=True).values_list("seat", flat=True)) == {
        first.pk,
        second.pk,
    }


def test_a_seat_of_another_panel_is_never_there() -> None:
    meeting, elsewhere = meet.going_on(), meet.panel()
    seat = meet.seats(elsewhere, SERVICE_USER)[0]
    data = {"present": "yes", "seat": seat.public_id}
    page = address("say-present", meeting)
    assert as_(meeting.created_by).post(page, data).status_code == 404
    with pytest.raises(Refused):
        attendance.say_present(meeting, seat=seat, is_present=True, by=meeting.created_by)
    assert not Attendance.objects.exists()


def test_one_row_a_person_and_meeting_whoever_writes_it() -> None:
    meeting = meet.going_on()
    one(meeting)
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=meeting, seat=seat)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(seat=seat).update(first_present_at=None)


# --- Whose turn it is -----------------------------------------------------------------------------


def names(meeting: Meeting) -> list[int]:
    return [turn.seat_id for turn in queue_of(meeting)]


def speak(meeting: Meeting, seat: Seat, times: int = 1) -> None:
    for _ in range(times):
        speakers.has_spoken(speakers.ask(meeting, seat=seat, by=seat.user), by=seat.user)


@pytest.mark.row("A1-21")
def test_next_is_whoever_has_spoken_least_then_who_asked_first() -> None:
    panel = meet.panel()
    meeting, other = meet.going_on(panel), meet.going_on(panel)
    a, b = meet.seats(panel, SERVICE_USER)
    (c,) = meet.seats(panel, CARER)
    (d,) = meet.seats(panel, Perspective.CLINICIAN)
    speak(meeting, d, 2)
    speak(meeting, a)
    speak(other, c, 3)
    for seat in (d, a, c, b):
        speakers.ask(meeting, seat=seat, by=seat.user)
    assert names(meeting) == [c.pk, b.pk, a.pk, d.pk]
    spoken = [turn.spoken for turn in queue_of(meeting)]
    assert spoken == [0, 0, 1, 2]


def test_taken_off_is_not_spoken() -> None:
    meeting = meet.going_on()
    a, b = meet.seats(meeting.panel, SERVICE_USER)
    speakers.take_off(speakers.ask(meeting, seat=a, by=a.user), by=a.user)
    speak(meeting, b)
    speakers.ask(meeting, seat=b, by=b.user)
    speakers.ask(meeting, seat=a, by=a.user)
    assert names(meeting) == [a.pk, b.pk]


def test_asking_twice_keeps_the_place() -> None:
    meeting = meet.going_on()
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    first = speakers.ask(meeting, seat=seat, by=seat.user)
    assert speakers.ask(meeting, seat=seat, by=seat.user) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        SpeakerTurn.objects.create(meeting=meeting, seat=seat, asked_at=timezone.now())


def test_who_left_the_panel_is_not_called() -> None:
    meeting = meet.going_on(meet.panel(service_users=3))
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    speakers.ask(meeting, seat=seat, by=seat.user)
    seats.leave(seat, by=seat.user)
    assert names(meeting) == []


def test_nobody_waits_when_the_meeting_is_over() -> None:
    meeting = meet.going_on()
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    turn = speakers.ask(meeting, seat=seat, by=seat.user)
    meetings.close(meeting, by=meeting.created_by)
    turn.refresh_from_db()
    assert turn.spoke_at is None
    assert names(meeting) == []
    with pytest.raises(NotNow):
        speakers.ask(meeting, seat=seat, by=seat.user)


def test_each_takes_themselves_off_and_who_chairs_anybody() -> None:
    meeting = meet.going_on()
    first, second = meet.seats(meeting.panel, SERVICE_USER)
    turn = speakers.ask(meeting, seat=first, by=first.user)
    for name in ("take-off", "has-spoken"):
        page = address(name, meeting, turn.public_id)
        assert as_(second.user).post(page).status_code == 403
    assert names(meeting) == [first.pk]
    page = address("has-spoken", meeting, turn.public_id)
    assert as_(meeting.created_by).post(page).status_code == 302
    assert names(meeting) == []


def test_changing_part_is_asked_for_alone_and_without_a_script_is_the_whole_page() -> None:
    meeting = meet.going_on()
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    speakers.ask(meeting, seat=seat, by=seat.user)
    client, page = as_(seat.user), address("meeting-now", meeting)
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert seat.user.display_name in part
    assert client.get(page).url == address("meeting-room", meeting)
    assert now_page(meeting, seat.user)["my_turn"].is_reader


def test_page_of_another_day_offers_no_being_here() -> None:
    meeting = meet.arranged(starts_at=timezone.now() + timedelta(days=3))
    reader = meet.seats(meeting.panel, SERVICE_USER)[0].user
    assert not now_page(meeting, reader)["is_its_day"]
    assert "I am here" not in as_(reader).get(address("meeting-room", meeting)).content.decode()
