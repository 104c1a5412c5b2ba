"""The agenda: anybody can ask, who runs the meeting answers, and everybody hears what became of
it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from stakeholders.enums import AgendaStatus, Perspective
from stakeholders.models import AgendaItem, Meeting
from stakeholders.notices import meetings as words
from stakeholders.presenters.meetings import agenda_lines, too_long
from stakeholders.queries.agendas import agenda_of
from stakeholders.services import agendas, meetings, minutes
from stakeholders.services.meetings import NotNow
from tests.factories import meetings as meet
from tests.factories import stakeholders as make
from tests.pages import address, as_
from vbc.core.models import Notification
from vbc.core.refusals import Refused
from vbc.core.services import notices

pytestmark = pytest.mark.django_db


def member(meeting: Meeting) -> Any:
    return make.members(meeting.panel, Perspective.SERVICE_USER)[0]


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in agenda_of(meeting)]


def told_of(item: AgendaItem) -> str:
    notice = Notification.objects.get(kind=words.AGENDA_ANSWERED, object_id=item.public_id)
    assert notice.recipient_id == item.asked_by_id
    said = notices.words_of(notice)
    assert said is not None
    return " ".join(said.paragraphs)


@pytest.mark.row("A1-21")
def test_member_asks_and_is_told_that_it_is_on_the_agenda() -> None:
    meeting = meet.arranged()
    person = member(meeting)
    data = {"title": "Nights", "kind": "talk", "minutes": "20"}
    assert as_(person).post(address("ask-for-item", meeting), data).status_code == 302
    item = AgendaItem.objects.get()
    assert (item.status, item.leader) == (AgendaStatus.ASKED, person.display_name)
    assert titles(meeting) == []
    take = address("take-agenda-item", meeting, item.public_id)
    assert as_(person).post(take).status_code == 403
    assert as_(meeting.created_by).post(take).status_code == 302
    assert titles(meeting) == ["Nights"]
    assert "is on the agenda" in told_of(item)


def test_member_who_is_turned_down_reads_why_and_nobody_else_does() -> None:
    meeting = meet.arranged()
    person, other = make.members(meeting.panel, Perspective.SERVICE_USER)
    item = agendas.ask_for(meeting, title="Parking", by=person)
    agendas.turn_down(item, answer="We speak of it in May.", by=meeting.created_by)
    assert "The reason is on the page" in told_of(item)
    page = meeting.get_absolute_url()
    assert "We speak of it in May." in as_(person).get(page).content.decode()
    assert "We speak of it in May." not in as_(other).get(page).content.decode()


def test_turning_down_needs_words_whoever_writes_the_row() -> None:
    meeting = meet.arranged()
    item = agendas.ask_for(meeting, title="Parking", by=member(meeting))
    with pytest.raises(Refused, match="Say why"):
        agendas.turn_down(item, answer=" ", by=meeting.created_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(status="not_taken")


def test_what_was_answered_is_not_answered_twice() -> None:
    meeting = meet.arranged()
    item = agendas.ask_for(meeting, title="Parking", by=member(meeting))
    agendas.take(item, by=meeting.created_by)
    with pytest.raises(Refused, match="already"):
        agendas.turn_down(item, answer="No.", by=meeting.created_by)
    assert titles(meeting) == ["Parking"]


def test_items_move_by_one_place_and_stop_at_the_ends() -> None:
    meeting = meet.arranged()
    first, second, third = (meet.item(meeting, name) for name in ("one", "two", "three"))
    by = meeting.created_by
    agendas.move(third, up=True, by=by)
    assert titles(meeting) == ["one", "three", "two"]
    agendas.move(first, up=True, by=by)
    agendas.move(second, up=False, by=by)
    assert titles(meeting) == ["one", "three", "two"]
    agendas.move(first, up=False, by=by)
    assert titles(meeting) == ["three", "one", "two"]


def test_each_item_says_when_it_should_begin() -> None:
    meeting = meet.arranged()
    for minutes_needed, title in ((30, "one"), (45, "two"), (30, "three")):
        agendas.add(meeting, title=title, minutes=minutes_needed, by=meeting.created_by)
    items = list(agenda_of(meeting))
    assert len({line.at for line in agenda_lines(meeting, items)}) == 3
    assert "105 minutes" in too_long(meeting, items)
    assert too_long(meeting, items[:2]) == ""
    meetings.move(meeting, by=meeting.created_by)
    moved = meet.fresh(meeting)
    assert [line.at for line in agenda_lines(moved, items)] == ["", "", ""]


def test_item_with_minutes_stays() -> None:
    meeting = meet.going_on()
    item, other = meet.item(meeting), meet.item(meeting)
    minutes.write_note(item, said="Much.", expected=0, by=meeting.created_by)
    with pytest.raises(Refused, match="stays"):
        agendas.remove(item, by=meeting.created_by)
    agendas.remove(other, by=meeting.created_by)
    assert titles(meeting) == [item.title]


def test_agenda_of_a_meeting_that_is_over_stands_still() -> None:
    meeting = meet.held()
    with pytest.raises(NotNow):
        agendas.add(meeting, title="Late", by=meeting.created_by)
    with pytest.raises(NotNow):
        agendas.ask_for(meeting, title="Late", by=member(meeting))


def test_item_of_another_meeting_is_not_found_by_this_ones_address() -> None:
    meeting, other = meet.arranged(), meet.arranged()
    item = meet.item(other)
    page = address("edit-agenda-item", meeting, item.public_id)
    assert as_(meeting.created_by).get(page).status_code == 404
