"""Asking people: whom a panel means to reach, who came, what they said, what came of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import CameAs, EngagementEffect, EngagementKind, Perspective
from stakeholders.models import EngagementEvent, EventAttendance, Panel
from stakeholders.notices.engagement import WHAT_CAME_OF_IT
from stakeholders.permissions.engagement import (
    may_edit_seldom_heard_groups,
    may_read_exact_numbers,
    may_record_engagement,
)
from stakeholders.presenters.engagement import reached_in_words
from stakeholders.services import conditions, engagement, panels, seats
from tests.factories import involvement
from tests.factories import stakeholders as make
from vbc.core.models import AuditContent, Notification
from vbc.core.refusals import Refused
from vbc.core.services import notices

pytestmark = pytest.mark.django_db
# Numbers that stand nowhere else on a page.
FEW, MANY = 3, 4713
SERVICE_USERS, CARERS = CameAs.SERVICE_USERS, CameAs.CARERS


@pytest.fixture
def panel() -> Panel:
    return make.sitting_panel(
        make.organisation(), service_users=2, carers=0, clinicians=1, evidence_reviewers=0
    )


def _chair(panel: Panel) -> Any:
    """A chair who is a member: may run the panel, and does not work for the organisation."""
    chair = make.members(panel, Perspective.SERVICE_USER)[0]
    panels.appoint_chair(panel, chair, by=panel.created_by)
    panel.refresh_from_db()
    return chair


def _address(name: str, panel: Panel, *more: str) -> str:
    return reverse(f"stakeholders:{name}", args=[panel.public_id, *more])


def _words(client: Client, address: str) -> str:
    """What the page says, without its marks."""
    answer = client.get(address)
    assert answer.status_code == 200
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]*>", " ", main[0]).split())


# --- Who reads which numbers --------------------------------------------------------------------


@pytest.mark.row("A1-10")
@pytest.mark.row("A3-46")
def test_staff_read_exact_numbers_and_nobody_else_does(panel: Panel) -> None:
    group = involvement.group(panel, name="People who sleep rough")
    event = involvement.event(
        panel,
        came_as={SERVICE_USERS: MANY, CARERS: FEW},
        of_group={group.pk: FEW},
    )
    chair = _chair(panel)
    pages = (_address("engagement", panel), event.get_absolute_url())
    staff = " ".join(_words(involvement.client_of(panel.created_by), page) for page in pages)
    assert str(MANY) in staff
    assert f"{MANY + FEW} came" in staff
    assert f"Reached: {FEW} at one event." in staff
    for person in (chair, make.members(panel, Perspective.CLINICIAN)[0]):
        read = " ".join(_words(involvement.client_of(person), page) for page in pages)
        assert str(MANY) not in read
        assert str(MANY + FEW) not in read
        assert "At least 4710 came" in read
        assert "Carers Fewer than five" in read
        assert "Reached: Fewer than five at the one event so far." in read


def test_what_members_read_is_the_same_whatever_a_small_number_is(panel: Panel) -> None:
    """Written down or not, nobody or four: byte for byte, beside what changes on every request."""
    group = involvement.group(panel, name="People who sleep rough")
    event = involvement.event(panel, came_as={SERVICE_USERS: 12}, title="About waiting")
    client = involvement.client_of(make.members(panel, Perspective.SERVICE_USER)[0])
    seen = set()
    for came, of_group in (({}, {}), ({CARERS: 0}, {group.pk: 0}), ({CARERS: 4}, {group.pk: 4})):
        event.refresh_from_db()
        told = involvement.told(
            came_as={SERVICE_USERS: 12} | came, of_group=of_group, title="About waiting"
        )
        engagement.edit(event, expected=event.version, told=told, by=panel.created_by)
        pages = (_address("engagement", panel), event.get_absolute_url())
        seen.add(tuple(_words(client, page) for page in pages))
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("came", "members_read", "staff_read"),
    [
        ([], "There was no event yet.", "There was no event yet."),
        ([4], "Fewer than five at the one event so far.", "4 at one event."),
        ([0, 4, 2], "Fewer than five at each of 3 events so far.", "6 at 3 events."),
        ([12], "At least 10 at one event.", "12 at one event."),
        ([12, 3], "At least 10 at one event. At one more, fewer than five.", "15 at 2 events."),
        (
            [12, 3, 9, 0],
            "At least 15 at 2 events. At each of 2 more, fewer than five.",
            "24 at 4 events.",
        ),
    ],
)
@pytest.mark.row("A3-46")
def test_reached_in_words(came: list[int], members_read: str, staff_read: str) -> None:
    assert reached_in_words(came, exact=False) == members_read
    assert reached_in_words(came, exact=True) == staff_read


@pytest.mark.row("A3-46")
def test_target_is_reached_for_members_when_what_they_see_reaches_it(panel: Panel) -> None:
    group = involvement.group(panel, target=18)
    involvement.event(panel, of_group={group.pk: 19})
    member = involvement.client_of(make.members(panel, Perspective.SERVICE_USER)[0])
    staff = involvement.client_of(panel.created_by)
    page = _address("engagement", panel)
    assert "That is what we wanted." in _words(staff, page)
    assert "That is what we wanted." not in _words(member, page)
    involvement.event(panel, of_group={group.pk: 5})
    assert "At least 20 at 2 events. That is what we wanted." in _words(member, page)


def test_numbers_are_in_no_audit_and_no_mail(panel: Panel) -> None:
    group = involvement.group(panel)
    event = involvement.event(
        panel,
        came_as={SERVICE_USERS: MANY},
        of_group={group.pk: MANY},
        what_came_of_it="Somebody rings now.",
    )
    assert not AuditContent.objects.filter(data__icontains=str(MANY)).exists()
    told = Notification.objects.filter(kind=WHAT_CAME_OF_IT, object_id=event.public_id)
    assert told.count() == 3
    for notice in told:
        assert str(MANY) not in str(notices.words_of(notice))


@pytest.mark.parametrize(
    ("who", "records", "reads_exact", "edits_groups"),
    [
        ("staff", True, True, True),
        ("chair", False, False, True),
        ("member", False, False, False),
        ("elsewhere", False, False, False),
    ],
)
def test_who_may(
    panel: Panel, who: str, records: bool, reads_exact: bool, edits_groups: bool
) -> None:
    person = {
        "staff": panel.created_by,
        "chair": _chair(panel),
        "member": make.members(panel, Perspective.SERVICE_USER)[1],
        "elsewhere": make.commissioner(make.organisation()),
    }[who]
    assert bool(may_record_engagement(person, panel)) is records
    assert bool(may_read_exact_numbers(person, panel)) is reads_exact
    assert bool(may_edit_seldom_heard_groups(person, panel)) is edits_groups


def test_nothing_is_written_down_on_a_closed_panel(panel: Panel) -> None:
    panel.status = "closed"
    assert not may_record_engagement(panel.created_by, panel)


# --- Writing it down ----------------------------------------------------------------------------


def _typed(**given: Any) -> dict[str, Any]:
    return {
        "version": "0",
        "kind": "focus_group",
        "title": "About waiting",
        "held_on_day": "2",
        "held_on_month": "3",
        "held_on_year": "2026",
        "place": "A library",
        "what_was_said": "Nobody rang.",
    } | given


@pytest.mark.row("A2-5")
@pytest.mark.parametrize("kind", EngagementKind.values)
def test_staff_write_down_every_kind_of_event(panel: Panel, kind: str) -> None:
    group = involvement.group(panel)
    answer = involvement.client_of(panel.created_by).post(
        _address("record-event", panel),
        _typed(
            kind=kind,
            came_service_users="6",
            came_carers="0",
            **{f"group_{group.public_id}": "5"},
            effects=["ideas", "prejudice"],
        ),
    )
    event = panel.engagement_events.get()
    assert answer.url == event.get_absolute_url()
    assert event.kind == kind
    assert sorted(event.attendance.values_list("came_as", "group", "number")) == [
        ("", group.pk, 5),
        (CARERS, None, 0),
        (SERVICE_USERS, None, 6),
    ]
    words = _words(involvement.client_of(panel.created_by), event.get_absolute_url())
    assert str(EngagementKind(kind).label) in words


@pytest.mark.row("A3-48")
def test_what_an_event_added_is_told(panel: Panel) -> None:
    event = involvement.event(panel, effects=(EngagementEffect.PREJUDICE, EngagementEffect.IDEAS))
    words = _words(
        involvement.client_of(make.members(panel, Perspective.CLINICIAN)[0]),
        event.get_absolute_url(),
    )
    assert "What it added A new way to solve a problem Prejudice was challenged" in words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"what_was_said": ""}, "Answer “What did people say?”"),
        ({"came_carers": "-1"}, "Write 0 or more"),
        ({"held_on_year": "2999"}, "or earlier"),
        ({"effects": ["nonsense"]}, "Choose one of the answers that are there"),
    ],
)
def test_form_says_what_is_wrong_and_writes_nothing(
    panel: Panel, given: dict[str, Any], words: str
) -> None:
    client = involvement.client_of(panel.created_by)
    answer = client.post(_address("record-event", panel), _typed(**given))
    assert words in answer.content.decode()
    assert not panel.engagement_events.exists()


def test_editing_puts_new_numbers_in_place_of_old_ones(panel: Panel) -> None:
    gone, here = involvement.group(panel), involvement.group(panel)
    event = involvement.event(
        panel, came_as={CARERS: 8}, of_group={gone.pk: 7, here.pk: 6}, effects=("ideas",)
    )
    engagement.withdraw_group(gone, by=panel.created_by)
    client = involvement.client_of(panel.created_by)
    shown = client.get(_address("edit-event", panel, event.public_id)).content.decode()
    assert re.search(r'name="came_carers"\s+value="8"', shown)
    answer = client.post(
        _address("edit-event", panel, event.public_id),
        _typed(version="1", came_carers="9", **{f"group_{here.public_id}": "2"}),
    )
    assert answer.status_code == 302
    kept = event.attendance.values_list("came_as", "group__name", "number")
    # What was counted of a group that is off the list is kept as it was.
    assert sorted(kept, key=str) == sorted(
        [("", gone.name, 7), ("", here.name, 2), (CARERS, None, 9)], key=str
    )
    assert not event.effects.exists()


def test_second_of_two_who_edit_an_event_reads_what_the_first_wrote(panel: Panel) -> None:
    event = involvement.event(panel, came_as={CARERS: 8}, effects=("ideas",))
    client = involvement.client_of(panel.created_by)
    page = _address("edit-event", panel, event.public_id)
    assert client.post(page, _typed(version="1", title="Said first")).status_code == 302
    words = client.post(page, _typed(version="1", title="Said second")).content.decode()
    assert "This was changed after you opened it" in words
    assert re.search(r">Said first\s*</dd>", words)
    assert 'value="Said second"' in words
    assert f'href="{event.get_absolute_url()}">Read all that it says now' in words
    # How many came, and what it added, hang on the event in rows of their own.
    assert ".None" not in words
    assert client.post(page, _typed(version="2", title="Said second")).status_code == 302
    event.refresh_from_db()
    assert event.title == "Said second"


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"came_as": "", "group": None}, "attendance_in_a_part_or_of_a_group"),
        ({"came_as": CARERS, "group": "one"}, "attendance_in_a_part_or_of_a_group"),
    ],
)
def test_database_keeps_a_number_to_one_thing(
    panel: Panel, fields: dict[str, Any], name: str
) -> None:
    event = involvement.event(panel, came_as={CARERS: 8})
    group = involvement.group(panel) if fields["group"] else None
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        EventAttendance.objects.filter(event=event).update(came_as=fields["came_as"], group=group)


def test_database_counts_each_part_and_group_once(panel: Panel) -> None:
    group = involvement.group(panel)
    event = involvement.event(panel, came_as={CARERS: 8}, of_group={group.pk: 5})
    for again in ({"came_as": CARERS}, {"group": group}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EventAttendance.objects.create(event=event, number=1, **again)


def test_a_group_of_another_panel_cannot_be_counted(panel: Panel) -> None:
    other = make.forming_panel(panel.organisation)
    theirs = involvement.group(other)
    involvement.client_of(panel.created_by).post(
        _address("record-event", panel), _typed(**{f"group_{theirs.public_id}": "9"})
    )
    assert not EventAttendance.objects.filter(group=theirs).exists()


# --- What came of it ----------------------------------------------------------------------------


def test_panel_hears_once_when_something_came_of_it(panel: Panel) -> None:
    event = involvement.event(panel)
    told = Notification.objects.filter(kind=WHAT_CAME_OF_IT)
    assert not told.exists()
    for words in ("Somebody rings now.", "Somebody rings after two weeks."):
        event.refresh_from_db()
        engagement.edit(
            event,
            expected=event.version,
            told=involvement.told(what_came_of_it=words),
            by=panel.created_by,
        )
    assert told.count() == 3
    member = make.members(panel, Perspective.CLINICIAN)[0]
    words = notices.words_of(told.get(recipient=member))
    assert words is not None
    assert (words.subject, words.link) == ("What came of asking people", event.get_absolute_url())
    seats.leave(panel.seats.get(user=member), by=member)
    assert notices.words_of(told.get(recipient=member)) is None


@pytest.mark.row("A1-10")
def test_those_who_came_read_what_came_of_it_without_an_account(panel: Panel) -> None:
    event = involvement.event(
        panel,
        came_as={SERVICE_USERS: MANY},
        what_was_said="Nobody rang.",
        what_came_of_it="Somebody rings now.",
        what_could_not_be_done="A bus of our own: there is no money for it.",
    )
    address = reverse("stakeholders:what-came-of-it", args=[event.public_id])
    assert Client().get(address).status_code == 404
    engagement.share(event, by=panel.created_by)
    words = _words(Client(), address)
    for each in ("Nobody rang.", "Somebody rings now.", "A bus of our own"):
        assert each in words
    assert str(MANY) not in words
    assert "4710" not in words
    assert panel.name not in words
    event.refresh_from_db()
    engagement.stop_sharing(event, by=panel.created_by)
    assert Client().get(address).status_code == 404


def test_a_talk_of_two_is_never_shared(panel: Panel) -> None:
    talk = involvement.event(panel, kind=EngagementKind.ONE_TO_ONE, what_came_of_it="A call.")
    with pytest.raises(Refused, match="whose words they are"):
        engagement.share(talk, by=panel.created_by)
    with pytest.raises(IntegrityError, match="one_to_one_is_never_shared"), transaction.atomic():
        EngagementEvent.objects.filter(pk=talk.pk).update(
            shared_at=timezone.now(), shared_by=panel.created_by
        )
    shared = involvement.event(panel, what_came_of_it="Somebody rings now.")
    engagement.share(shared, by=panel.created_by)
    shared.refresh_from_db()
    with pytest.raises(Refused, match="Stop sharing it first"):
        engagement.edit(
            shared,
            expected=1,
            told=involvement.told(kind=EngagementKind.ONE_TO_ONE),
            by=panel.created_by,
        )


def test_nothing_is_shared_before_something_came_of_it(panel: Panel) -> None:
    with pytest.raises(Refused, match="Write first what came of it"):
        engagement.share(involvement.event(panel), by=panel.created_by)


# --- The log ------------------------------------------------------------------------------------


@pytest.mark.row("A1-14")
def test_everybody_on_the_panel_reads_what_happened_in_order(panel: Panel) -> None:
    today = timezone.localdate()
    # The later one is written down first.
    involvement.event(panel, title="The second", held_on=today - timedelta(days=20))
    involvement.event(
        panel,
        title="The first",
        held_on=today - timedelta(days=40),
        what_came_of_it="Somebody rings now.",
    )
    involvement.group(panel, name="People who sleep rough")
    conditions.write(panel, "limits", text="There is less money.", expected=1, by=panel.created_by)
    member = make.members(panel, Perspective.SERVICE_USER)[0]
    words = _words(involvement.client_of(member), _address("involvement-log", panel))
    wanted = (
        "The first",
        "Somebody rings now.",
        "The second",
        "Words on: What we can and cannot do.",
        "There is less money.",
        "We set out to reach: People who sleep rough",
    )
    places = [words.index(each) for each in wanted]
    assert places == sorted(places)


def test_somebody_of_another_panel_reads_nothing(panel: Panel) -> None:
    event = involvement.event(panel, title="Hidden title")
    group = involvement.group(panel)
    other = make.sitting_panel(
        make.organisation(), service_users=2, carers=0, clinicians=0, evidence_reviewers=0
    )
    for person in (other.created_by, make.members(other, Perspective.SERVICE_USER)[0]):
        client = involvement.client_of(person)
        for address in (
            _address("engagement", panel),
            _address("involvement-log", panel),
            event.get_absolute_url(),
            _address("engagement-event", other, event.public_id),
            _address("edit-event", other, event.public_id),
            _address("edit-group", other, group.public_id),
        ):
            answer = client.get(address)
            assert answer.status_code == 404
            assert "Hidden title" not in answer.content.decode()


def test_group_is_withdrawn_and_brought_back(panel: Panel) -> None:
    group = involvement.group(panel, name="People who sleep rough")
    client = involvement.client_of(panel.created_by)
    client.post(_address("withdraw-group", panel, group.public_id))
    assert client.get(_address("engagement", panel)).context["groups"] == []
    again = involvement.group(panel, name="people who sleep rough")
    with pytest.raises(Refused, match="already on the list"):
        engagement.bring_back_group(group, by=panel.created_by)
    engagement.withdraw_group(again, by=panel.created_by)
    client.post(_address("bring-back-group", panel, group.public_id))
    shown = client.get(_address("engagement", panel)).context["groups"]
    assert [row.name for row in shown] == ["People who sleep rough"]


@pytest.mark.thorough
def test_pages_cost_the_same_for_one_and_three(panel: Panel) -> None:
    client = involvement.client_of(panel.created_by)
    pages = (_address("engagement", panel), _address("involvement-log", panel))

    def one_more() -> None:
        group = involvement.group(panel)
        involvement.event(panel, came_as={CARERS: 8}, of_group={group.pk: 5}, effects=("ideas",))

    one_more()
    for_one = [involvement.queries(client, page) for page in pages]
    one_more()
    one_more()
    assert [involvement.queries(client, page) for page in pages] == for_one
