"""Being in touch with stakeholders: the plan, the log, what was promised."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import ContactMeans, ContactRhythm, Perspective
from stakeholders.models import ContactPromise, Panel, Stakeholder, StakeholderContact
from stakeholders.permissions.contacts import may_log_contact
from stakeholders.queries import contacts as queries
from stakeholders.services import contacts, stakeholder_map
from tests.factories import involvement
from tests.factories import stakeholders as make
from vbc.core.models.base import AppendOnlyRefusal
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 31)


@pytest.fixture
def panel() -> Panel:
    return make.sitting_panel(
        make.organisation(), service_users=2, carers=0, clinicians=0, evidence_reviewers=0
    )


def _log(stakeholder: Stakeholder, **given: Any) -> StakeholderContact:
    words = {"held_on": DAY, "means": ContactMeans.VISIT, "what_was_said": "Fridays are loud."}
    return contacts.log(stakeholder, **words | given, by=stakeholder.panel.created_by)


def _address(name: str, stakeholder: Stakeholder, *more: str) -> str:
    args = [stakeholder.panel.public_id, stakeholder.public_id, *more]
    return reverse(f"stakeholders:{name}", args=args)


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (ContactRhythm.NONE, None),
        (ContactRhythm.MONTHLY, date(2026, 4, 30)),
        (ContactRhythm.QUARTERLY, date(2026, 6, 30)),
        (ContactRhythm.HALF_YEARLY, date(2026, 9, 30)),
        (ContactRhythm.YEARLY, date(2027, 3, 31)),
    ],
)
def test_next_contact_follows_the_rhythm(rhythm: str, expected: date | None) -> None:
    assert contacts.next_by_rhythm(DAY, rhythm) == expected


def test_next_contact_crosses_the_year_and_finds_the_last_of_february() -> None:
    assert contacts.next_by_rhythm(date(2027, 11, 30), ContactRhythm.QUARTERLY) == date(2028, 2, 29)
    assert contacts.next_by_rhythm(date(2026, 12, 5), ContactRhythm.MONTHLY) == date(2027, 1, 5)


def test_contact_is_logged_with_its_promise_and_what_comes_next(panel: Panel) -> None:
    stakeholder = involvement.stakeholder(panel)
    involvement.plan(stakeholder)
    _log(stakeholder, promise="Send the questions.", promise_due_on=date(2026, 4, 10))
    stakeholder.refresh_from_db()
    assert stakeholder.next_contact_on == date(2026, 6, 30)
    promise = stakeholder.promises.get()
    assert (promise.words, promise.due_on) == ("Send the questions.", date(2026, 4, 10))
    _log(stakeholder, next_contact_on=date(2026, 5, 1))
    stakeholder.refresh_from_db()
    assert stakeholder.next_contact_on == date(2026, 5, 1)


def test_log_is_history(panel: Panel) -> None:
    contact = _log(involvement.stakeholder(panel))
    contact.what_was_said = "Nothing."
    for act in (
        contact.save,
        contact.delete,
        StakeholderContact.objects.all().delete,
        lambda: StakeholderContact.objects.update(what_was_said="Nothing."),
    ):
        with pytest.raises(AppendOnlyRefusal):
            act()


def test_database_keeps_the_log_too(panel: Panel) -> None:
    contact = _log(involvement.stakeholder(panel))
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE stakeholders_stakeholdercontact SET what_was_said = '' WHERE id = %s",
            [contact.pk],
        )


def test_promise_is_settled_once_with_words(panel: Panel) -> None:
    stakeholder = involvement.stakeholder(panel)
    _log(stakeholder, promise="Send the questions.")
    promise = stakeholder.promises.get()
    contacts.settle(promise, outcome="Sent on Monday.", by=panel.created_by)
    contacts.settle(promise, outcome="Something else.", by=panel.created_by)
    promise.refresh_from_db()
    assert (promise.outcome, promise.settled_by) == ("Sent on Monday.", panel.created_by)
    with pytest.raises(IntegrityError, match="promise_settled_with_words"), transaction.atomic():
        ContactPromise.objects.filter(pk=promise.pk).update(outcome="")


def test_settled_promise_cannot_be_settled_by_its_old_page(panel: Panel) -> None:
    stakeholder = involvement.stakeholder(panel)
    _log(stakeholder, promise="Send the questions.")
    promise = stakeholder.promises.get()
    client = involvement.client_of(panel.created_by)
    address = _address("settle-promise", stakeholder, promise.public_id)
    assert client.post(address, {"outcome": "Sent."}).status_code == 302
    assert client.post(address, {"outcome": "Not sent."}).status_code == 404
    promise.refresh_from_db()
    assert promise.outcome == "Sent."


def test_contact_is_led_and_covered_by_staff_alone(panel: Panel) -> None:
    stakeholder = involvement.stakeholder(panel)
    member = make.members(panel, Perspective.SERVICE_USER)[0]
    for fields in ({"lead": member}, {"cover": member}):
        with pytest.raises(Refused, match="people who work for the organisation"):
            involvement.plan(stakeholder, **fields)


@pytest.mark.parametrize("fields", [{"lead": None}, {"lead": "cover"}])
def test_database_wants_cover_to_be_somebody_beside_a_lead(
    panel: Panel, fields: dict[str, Any]
) -> None:
    cover = make.commissioner(panel.organisation)
    stakeholder = involvement.stakeholder(panel)
    involvement.plan(stakeholder, cover=cover)
    lead = cover if fields["lead"] == "cover" else None
    with pytest.raises(IntegrityError, match="cover_beside_a_lead"), transaction.atomic():
        Stakeholder.objects.filter(pk=stakeholder.pk).update(lead=lead)


def test_due_is_what_is_planned_by_a_week_from_now(panel: Panel) -> None:
    today = timezone.localdate()
    planned = {}
    for name, days in (("late", -3), ("soon", 7), ("far", 8)):
        planned[name] = involvement.stakeholder(panel, name=name)
        involvement.plan(planned[name], next_contact_on=today + timedelta(days=days))
    gone = involvement.stakeholder(panel, name="gone")
    involvement.plan(gone, next_contact_on=today)
    stakeholder_map.withdraw(gone, by=panel.created_by)
    assert list(queries.due(panel, today)) == [planned["late"], planned["soon"]]


def test_due_says_so_without_blame(panel: Panel) -> None:
    stakeholder = involvement.stakeholder(panel, name="Open Door")
    involvement.plan(stakeholder, next_contact_on=date(2026, 1, 5))
    address = reverse("stakeholders:stakeholder-map", args=[panel.public_id])
    page = involvement.client_of(panel.created_by).get(address)
    assert page.context["due"] == [
        {
            "name": "Open Door",
            "url": stakeholder.get_absolute_url(),
            "when": "Was planned for Monday 5 January 2026",
            "who": panel.created_by.display_name,
        }
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"held_on_year": "2999"}, "or earlier"),
        (
            {"promise_due_on_day": "1", "promise_due_on_month": "5", "promise_due_on_year": "2026"},
            "Enter what was promised, or take the date away",
        ),
        ({"what_was_said": ""}, "what was said?"),
    ],
)
def test_form_says_what_is_wrong_and_keeps_the_words(
    panel: Panel, given: dict[str, str], words: str
) -> None:
    stakeholder = involvement.stakeholder(panel)
    typed = {
        "held_on_day": "2",
        "held_on_month": "3",
        "held_on_year": "2026",
        "means": "visit",
        "what_was_said": "Fridays are loud.",
        "promise": "",
    }
    answer = involvement.client_of(panel.created_by).post(
        _address("log-contact", stakeholder), typed | given
    )
    assert answer.status_code == 200
    assert words.lower() in answer.content.decode().lower()
    assert not stakeholder.contacts.exists()


def test_members_read_the_log_and_only_those_who_run_the_panel_write_it(panel: Panel) -> None:
    stakeholder = involvement.stakeholder(panel)
    _log(stakeholder, promise="Send the questions.")
    member = make.members(panel, Perspective.SERVICE_USER)[0]
    client = involvement.client_of(member)
    page = client.get(stakeholder.get_absolute_url()).content.decode()
    assert "Fridays are loud." in page
    assert "Send the questions." in page
    assert _address("log-contact", stakeholder) not in page
    assert client.get(_address("log-contact", stakeholder)).status_code == 403
    assert not may_log_contact(member, panel)
    assert may_log_contact(panel.created_by, panel)


@pytest.mark.thorough
def test_page_costs_the_same_for_one_and_three(panel: Panel) -> None:
    stakeholder = involvement.stakeholder(panel)
    client = involvement.client_of(panel.created_by)
    _log(stakeholder, promise="First.")
    for_one = involvement.queries(client, stakeholder.get_absolute_url())
    _log(stakeholder, promise="Second.")
    _log(stakeholder, promise="Third.")
    assert involvement.queries(client, stakeholder.get_absolute_url()) == for_one
