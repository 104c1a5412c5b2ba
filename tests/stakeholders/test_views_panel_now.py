"""The page of a panel, now: what waits for the reader, which meetings come, and its calm."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stakeholders.enums import Coming, Perspective
from stakeholders.models import Panel, Seat
from stakeholders.presenters.panel_now import for_reader
from stakeholders.presenters.panels import WHILE_IT_WAITS, panel_page
from stakeholders.services import attendance, dates, meetings, panels, seats, support
from tests.factories import meetings as meet
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make
from tests.pages import as_

pytestmark = pytest.mark.django_db
SERVICE_USER, CARER = Perspective.SERVICE_USER, Perspective.CARER


def seat_on(panel: Panel, perspective: str = SERVICE_USER) -> Seat:
    return meet.seats(panel, perspective)[0]


def waiting(panel: Panel, user: Any) -> list[tuple[str, str]]:
    """What waits for `user` on the page, and where each leads."""
    panel.refresh_from_db()
    return [(each.title, each.url) for each in panel_page(panel, user)["waiting"]]


def coming(panel: Panel, user: Any) -> list[tuple[str, str]]:
    """The meetings that the page lists, with what stands below each."""
    panel.refresh_from_db()
    return [(each.title, each.when) for each in panel_page(panel, user)["meetings"]]


def shown(panel: Panel, user: Any) -> str:
    answer = as_(user).get(panel.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_member_is_asked_whether_they_come_until_they_have_said() -> None:
    meeting = meet.arranged()
    seat = seat_on(meeting.panel)
    question = f"Say whether you are coming to “{meeting.title}”"
    assert waiting(meeting.panel, seat.user) == [(question, meeting.get_absolute_url())]
    assert question in shown(meeting.panel, seat.user)
    attendance.say_coming(meeting, seat=seat, coming=Coming.NO, by=seat.user)
    assert waiting(meeting.panel, seat.user) == []
    ((title, when),) = coming(meeting.panel, seat.user)
    assert title == meeting.title
    assert when.endswith("You said that you cannot come. That is all right.")


def test_member_is_asked_which_dates_suit_until_they_have_said() -> None:
    meeting = meet.set_up()
    panel, seat = meeting.panel, seat_on(meeting.panel)
    assert waiting(panel, seat.user) == []
    date = dates.offer(meeting, starts_at=timezone.now() + timedelta(days=20), by=panel.created_by)
    ((title, url),) = waiting(panel, seat.user)
    assert title == f"Say which dates suit you for “{meeting.title}”"
    assert url == f"{meeting.get_absolute_url()}dates/"
    dates.answer(meeting, seat=seat, choices={date: "yes"}, by=seat.user)
    assert waiting(panel, seat.user) == []
    assert coming(panel, seat.user) == [(meeting.title, "A date is being looked for.")]


def test_nothing_is_asked_of_whoever_has_stepped_away() -> None:
    meeting = meet.arranged(meet.panel(service_users=3))
    seat = seat_on(meeting.panel)
    seats.go_away(seat, by=seat.user)
    assert waiting(meeting.panel, seat.user) == []
    assert "Say whether you are coming" not in shown(meeting.panel, seat.user)


def test_whoever_can_step_in_is_asked_that_alone() -> None:
    meeting = meet.arranged(meet.panel(service_users=3))
    seat = seat_on(meeting.panel)
    cover = make_seat.cover_for(seat)
    assert waiting(meeting.panel, cover.user) == []
    seats.go_away(seat, by=seat.user)
    ((title, url),) = waiting(meeting.panel, cover.user)
    assert title == "Say whether you can step in for a while"
    assert url.endswith("/your-part/")


def test_while_a_panel_waits_nothing_is_asked_and_all_members_read_the_same() -> None:
    meeting = meet.arranged(meet.panel(clinicians=2))
    panel, staff = meeting.panel, meeting.panel.created_by
    leaver, stays = meet.seats(panel, SERVICE_USER)
    seats.leave(leaver, by=leaver.user)
    members = [stays.user, *make.members(panel, CARER), *make.members(panel, Perspective.CLINICIAN)]
    for member in members:
        assert waiting(panel, member) == []
        assert WHILE_IT_WAITS in shown(panel, member)
    assert WHILE_IT_WAITS not in shown(panel, staff)


def test_staff_see_what_comes_soonest_first_and_never_what_is_over() -> None:
    panel = meet.panel()
    meet.held(panel)
    now = timezone.now()
    later = meet.arranged(panel, now + timedelta(days=30))
    soon = meet.arranged(panel, now + timedelta(days=3))
    undated = meet.set_up(panel)
    titles = [title for title, _ in coming(panel, panel.created_by)]
    assert titles == [soon.title, later.title, undated.title]
    meetings.move(soon, by=panel.created_by)
    assert (soon.title, "A new date is being looked for.") in coming(panel, panel.created_by)
    assert waiting(panel, panel.created_by) == []


def test_panel_without_a_meeting_says_so() -> None:
    panel = meet.panel()
    assert "No meeting is planned at the moment." in shown(panel, seat_on(panel).user)


@pytest.mark.thorough
def test_what_it_costs_does_not_grow_with_the_meetings() -> None:
    panel = meet.panel()
    seat = seat_on(panel)
    meet.arranged(panel)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            for_reader(panel, seat, seat.user, can_step_in=False)
        return len(captured)

    one = cost()
    meet.arranged(panel)
    meet.set_up(panel)
    assert cost() == one


def test_member_reads_whom_they_can_ask() -> None:
    panel = make.sitting_panel(make.organisation())
    asker, chair = meet.seats(panel, SERVICE_USER)[:2]
    assert panel_page(panel, asker.user)["whom_to_ask"] == []
    panels.appoint_chair(panel, chair.user, by=panel.created_by)
    support.name_arranger(panel, panel.created_by, by=panel.created_by)
    panel.refresh_from_db()
    arranges = f"{panel.created_by.display_name} arranges what people need: travel, times, papers."
    for member in (asker, chair):
        assert panel_page(panel, member.user)["whom_to_ask"] == [
            f"{chair.user.display_name} chairs this panel.",
            arranges,
        ]
    assert "Who to ask" in shown(panel, asker.user)
