"""Minutes: a meeting that cannot decide decides nothing, and every correction gets an answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import MinutesStatus, Perspective
from stakeholders.models import Correction, Meeting, MeetingAction, MeetingDecision, Minutes
from stakeholders.notices import meetings as words
from stakeholders.queries.minutes import actions_of, minutes_of, open_actions_of, people_to_act
from stakeholders.services import agendas, attendance, meetings, minutes, seats
from stakeholders.services.meetings import NotNow
from stakeholders.services.minutes import AlreadyAgreed, CannotDecide, NotOnTheAgenda
from tests.factories import meetings as meet
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make
from tests.pages import address, as_
from vbc.core.enums import ContributionStatus
from vbc.core.models import AuditEntry, Notification
from vbc.core.models.base import AppendOnlyRefusal
from vbc.core.refusals import Refused
from vbc.core.services import notices
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
SERVICE_USER = Perspective.SERVICE_USER


def member(meeting: Meeting) -> Any:
    return make.members(meeting.panel, SERVICE_USER)[0]


# --- Deciding -------------------------------------------------------------------------------------


def test_decision_is_recorded_while_two_service_users_are_there() -> None:
    meeting = meet.with_quorum(meet.going_on())
    item = meet.item(meeting)
    minutes.record_decision(item, words="We begin in May.", by=meeting.created_by)
    assert [each.words for each in item.decisions.all()] == ["We begin in May."]
    assert AuditEntry.objects.order_by("-sequence")[0].verb == "meeting.decided"


def test_meeting_that_lost_its_quorum_can_talk_and_cannot_decide() -> None:
    meeting = meet.with_quorum(meet.going_on())
    item = meet.item(meeting)
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    attendance.say_present(meeting, seat=seat, is_present=False, by=seat.user)
    before = AuditEntry.objects.count()
    with pytest.raises(CannotDecide, match="can talk; it cannot decide now"):
        minutes.record_decision(item, words="We begin.", by=meeting.created_by)
    assert AuditEntry.objects.count() == before
    minutes.write_note(item, said="We talked on.", expected=0, by=meeting.created_by)
    page = as_(meeting.created_by).post(
        address("record-meeting-decision", meeting, item.public_id), {"words": "We begin."}
    )
    shown = page.content.decode()
    assert "This meeting can talk; it cannot decide now" in shown
    assert "We begin." in shown
    assert "service user" not in shown.lower()
    assert not MeetingDecision.objects.exists()


def test_last_but_one_leaves_and_nothing_can_be_decided_from_then() -> None:
    meeting = meet.with_quorum(meet.going_on())
    item = meet.item(meeting)
    seat = meet.seats(meeting.panel, SERVICE_USER)[0]
    seats.leave(seat, by=seat.user)
    with pytest.raises(CannotDecide):
        minutes.record_decision(item, words="We begin.", by=meeting.created_by)


@pytest.mark.parametrize("over", [meetings.close, meetings.cancel])
def test_nothing_is_decided_after_the_meeting(over: Any) -> None:
    meeting = meet.with_quorum(meet.going_on())
    item = meet.item(meeting)
    over(meeting, by=meeting.created_by)
    with pytest.raises(CannotDecide):
        minutes.record_decision(item, words="We begin.", by=meeting.created_by)


def test_what_was_decided_is_history() -> None:
    meeting = meet.with_quorum(meet.going_on())
    made = minutes.record_decision(meet.item(meeting), words="May.", by=meeting.created_by)
    made.words = "June."
    with pytest.raises(AppendOnlyRefusal):
        made.save()
    with pytest.raises(AppendOnlyRefusal):
        MeetingDecision.objects.all().delete()


# --- Writing and sharing --------------------------------------------------------------------------


def test_two_who_write_at_once_lose_no_word() -> None:
    meeting = meet.going_on()
    item = meet.item(meeting)
    by = meeting.created_by
    minutes.write_note(item, said="First.", expected=0, by=by)
    for stale in (0, 7):
        with pytest.raises(EditedMeanwhile):
            minutes.write_note(item, said="Second.", expected=stale, by=by)
    data = {"said": "Second.", "version": "0"}
    page = as_(by).post(address("write-minutes", meeting, item.public_id), data).content.decode()
    assert "First." in page
    assert "Second." in page
    item.refresh_from_db()
    assert item.note.said == "First."


@pytest.mark.row("A1-21")
def test_draft_is_read_by_who_writes_it_and_shared_minutes_by_the_panel() -> None:
    meeting = meet.held()
    item = meeting.items.get()
    minutes.write_note(item, said="It was good.", expected=0, by=meeting.created_by)
    page = address("minutes", meeting)
    assert as_(member(meeting)).get(page).status_code == 403
    assert "It was good." in as_(meeting.created_by).get(page).content.decode()
    minutes.share(meeting, by=meeting.created_by)
    minutes.share(meeting, by=meeting.created_by)
    assert "It was good." in as_(member(meeting)).get(page).content.decode()
    told = Notification.objects.filter(kind=words.MINUTES_SHARED)
    assert told.count() == meeting.panel.seats.count()
    assert notices.words_of(told[0]) is not None


def test_minutes_of_a_meeting_that_goes_on_are_not_shared() -> None:
    meeting = meet.going_on()
    with pytest.raises(NotNow):
        minutes.share(meeting, by=meeting.created_by)


def test_minutes_follow_their_status_whoever_writes_the_row() -> None:
    made = meet.shared(meet.held())
    for wrong in ({"status": "agreed"}, {"status": "draft"}, {"shared_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Minutes.objects.filter(pk=made.pk).update(**wrong)


# --- Corrections, and agreeing --------------------------------------------------------------------


def test_correction_is_kept_answered_and_its_author_told() -> None:
    meeting = meet.held()
    meet.shared(meeting)
    person = member(meeting)
    ask = address("ask-for-correction", meeting)
    assert as_(person).post(ask, {"text": "I said Tuesday."}).status_code == 302
    correction = Correction.objects.get()
    answer = address("answer-correction", meeting, correction.public_id)
    data = {"status": ContributionStatus.ACTED_ON, "answer": "It says Tuesday now."}
    assert as_(person).post(answer, data).status_code == 403
    assert as_(meeting.created_by).post(answer, data).status_code == 302
    notice = Notification.objects.get(kind=words.CORRECTION_ANSWERED)
    assert notice.recipient == person
    assert notices.words_of(notice).link.endswith(f"#correction-{correction.public_id}")
    shown = as_(person).get(address("minutes", meeting)).content.decode()
    assert "I said Tuesday." in shown
    assert "It says Tuesday now." in shown
    # An answer that is another one now is told as well.
    as_(meeting.created_by).post(answer, data | {"answer": "It says Tuesday, at ten."})
    assert Notification.objects.filter(kind=words.CORRECTION_ANSWERED).count() == 2


def test_correction_without_an_answer_holds_agreeing_up() -> None:
    panel = meet.panel()
    earlier = meet.shared(meet.held(panel))
    now = meet.with_quorum(meet.going_on(panel))
    correction = minutes.ask_for_correction(earlier, text="Tuesday.", by=member(now))
    with pytest.raises(Refused, match="correction"):
        minutes.agree(earlier, at=now, by=panel.created_by)
    minutes.answer_correction(
        correction, status=ContributionStatus.NOT_ACTED_ON, text="It was.", by=panel.created_by
    )
    minutes.agree(earlier, at=now, by=panel.created_by)
    earlier.refresh_from_db()
    assert (earlier.status, earlier.agreed_in) == (MinutesStatus.AGREED, now)


def test_minutes_are_agreed_by_a_later_meeting_of_the_panel_that_can_decide() -> None:
    panel = meet.panel()
    earlier = meet.shared(meet.held(panel))
    without = meet.going_on(panel)
    elsewhere = meet.with_quorum(meet.going_on())
    for at, refusal in ((without, CannotDecide), (elsewhere, Refused), (earlier.meeting, Refused)):
        with pytest.raises(refusal):
            minutes.agree(earlier, at=at, by=panel.created_by)
    assert minutes_of(earlier.meeting).status == MinutesStatus.SHARED


def test_agreed_minutes_stay_as_they_are() -> None:
    panel = meet.panel()
    earlier = meet.shared(meet.held(panel))
    now = meet.with_quorum(meet.going_on(panel))
    data = {"minutes": earlier.meeting.public_id}
    answer = as_(panel.created_by).post(address("agree-minutes", now), data)
    assert answer.status_code == 302
    item = earlier.meeting.items.get()
    with pytest.raises(AlreadyAgreed):
        minutes.write_note(item, said="Other.", expected=0, by=panel.created_by)
    with pytest.raises(AlreadyAgreed):
        minutes.ask_for_correction(earlier, text="Late.", by=member(now))
    write = address("write-minutes", earlier.meeting, item.public_id)
    assert as_(panel.created_by).get(write).status_code == 403


# --- What people take on --------------------------------------------------------------------------


def taken_on(meeting: Meeting, owner: Any, title: str = "Ask the library") -> MeetingAction:
    item = meeting.items.first() or meet.item(meeting)
    item.meeting = meeting
    return minutes.add_action(item, title=title, owner=owner, by=meeting.created_by)


def test_owner_is_told_and_says_that_it_is_done() -> None:
    meeting = meet.going_on()
    person, other = make.members(meeting.panel, SERVICE_USER)
    action = taken_on(meeting, person)
    notice = Notification.objects.get(kind=words.ACTION_GIVEN)
    assert notice.recipient == person
    assert "Ask the library" in " ".join(notices.words_of(notice).paragraphs)
    page = reverse("stakeholders:meeting-action-done", args=[action.public_id])
    assert as_(other).post(page, {"done": "yes"}).status_code == 403
    assert as_(meeting.created_by).post(page, {"done": "yes"}).status_code == 403
    assert as_(make.person()).post(page, {"done": "yes"}).status_code == 404
    assert as_(person).post(page, {"done": "yes"}).status_code == 302
    assert list(open_actions_of(person)) == []
    assert list(actions_of(person)) == [action]
    assert notices.words_of(notice) is None


def test_action_goes_to_people_of_the_panel_only() -> None:
    meeting = meet.going_on()
    item = meet.item(meeting)
    data = {"title": "Ask", "owner": make.person().public_id}
    page = as_(meeting.created_by).post(
        address("add-meeting-action", meeting, item.public_id), data
    )
    assert page.status_code == 200
    assert not MeetingAction.objects.exists()


def test_action_written_down_by_mistake_is_taken_out() -> None:
    meeting = meet.going_on()
    person = member(meeting)
    action = taken_on(meeting, person)
    minutes.withdraw_action(action, by=meeting.created_by)
    assert list(actions_of(person)) == []
    page = reverse("stakeholders:meeting-action-done", args=[action.public_id])
    assert as_(person).post(page, {"done": "yes"}).status_code == 404


def test_my_actions_are_mine_and_go_when_i_leave() -> None:
    meeting = meet.going_on(meet.panel(service_users=3))
    person, other, _ = make.members(meeting.panel, SERVICE_USER)
    taken_on(meeting, person, "Mine alone")
    page = reverse("stakeholders:my-meeting-actions")
    assert "Mine alone" in as_(person).get(page).content.decode()
    assert "Mine alone" not in as_(other).get(page).content.decode()
    seats.leave(meeting.panel.seats.get(user=person), by=person)
    assert "Mine alone" not in as_(person).get(page).content.decode()


@pytest.mark.parametrize("name", ["minutes", "my-meeting-actions"])
@pytest.mark.thorough
def test_pages_ask_as_often_however_much_there_is(name: str) -> None:
    meeting = meet.with_quorum(meet.going_on())
    person = member(meeting)
    counts = []
    for _ in range(2):
        item = meet.item(meeting)
        minutes.write_note(item, said="Much.", expected=0, by=meeting.created_by)
        minutes.record_decision(item, words="This.", by=meeting.created_by)
        minutes.add_action(
            item,
            title="Do",
            owner=person,
            due_on=timezone.localdate() + timedelta(days=3),
            by=meeting.created_by,
        )
        url = reverse(f"stakeholders:{name}") if name != "minutes" else address(name, meeting)
        reader = as_(meeting.created_by if name == "minutes" else person)
        reader.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- What whoever chairs could read off, or write where nobody reads it ---------------------------


def test_whoever_chairs_does_not_read_the_reserve_list_off_who_can_take_something_on() -> None:
    meeting = meet.going_on(meet.panel(service_users=3))
    panel = meeting.panel
    member = meet.seats(panel, SERVICE_USER)[0]
    reserve, cover = make_seat.on_reserve(panel, SERVICE_USER), make_seat.cover_for(member)
    beside = make_seat.supporter_of(member)
    people = set(people_to_act(panel))
    assert not people & {reserve.user, cover.user}
    assert {member.user, beside.user, panel.created_by} <= people
    page = as_(panel.created_by).get(
        address("write-minutes", meeting, meet.item(meeting).public_id)
    )
    assert reserve.user.display_name not in page.content.decode()


def test_nothing_is_written_on_what_is_not_on_the_agenda() -> None:
    """Minutes show what is on the agenda: a decision elsewhere would be kept and read by nobody."""
    meeting = meet.with_quorum(meet.going_on())
    by = meeting.created_by
    asked = agendas.ask_for(meeting, title="A quiet word", by=member(meeting))
    taken_off = meet.item(meeting)
    agendas.remove(taken_off, by=by)
    for item in (asked, taken_off):
        with pytest.raises(NotOnTheAgenda):
            minutes.record_decision(item, words="Behind everybody's back.", by=by)
        with pytest.raises(NotOnTheAgenda):
            minutes.write_note(item, said="Nothing.", expected=0, by=by)
        with pytest.raises(NotOnTheAgenda):
            minutes.add_action(item, title="Nothing", owner=by, by=by)
    assert not MeetingDecision.objects.exists()
    agendas.take(asked, by=by)
    minutes.record_decision(asked, words="In the open.", by=by)
