"""Payments: states, rules of rows, amounts, dates."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from stakeholders.enums import PAYMENT_STEPS, PaymentKind, PaymentStatus
from stakeholders.models import Payment, PaymentRates
from stakeholders.notices import payments as words_for
from stakeholders.presenters.payments import (
    contact,
    how_it_stands,
    own_lines,
    own_page,
    staff_tag,
)
from stakeholders.queries.payments import payments_for_finance
from stakeholders.services import (
    finance,
    panels,
    payment_reminders,
    payments,
)
from tests.factories import stakeholders as make
from tests.factories import support as make_support
from vbc.core.models import AuditEntry, Notification
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db
Status = PaymentStatus


@pytest.fixture
def panel(db: None) -> Any:
    return make_support.panel_that_pays(**make_support.FEW)


# --- States -------------------------------------------------------------------------------------

DOORS: dict[str, Any] = {
    Status.ACCEPTED: lambda payment, staff: payments.accept(payment, by=payment.person),
    Status.DECLINED: lambda payment, staff: payments.decline(payment, by=payment.person),
    Status.APPROVED: lambda payment, staff: payments.approve(payment, by=staff),
    Status.REFUSED: lambda payment, staff: payments.refuse(payment, reason="No.", by=staff),
    Status.PAID: lambda payment, staff: payments.mark_paid(
        payment, on=timezone.localdate(), by=staff
    ),
}


def _in_state(panel: Any, status: str) -> Payment:
    """A payment as it would be, written past the services."""
    payment = make_support.offer(panel, make_support.service_user(panel))
    staff, now = panel.created_by, timezone.now()
    fields: dict[str, Any] = {"status": status}
    if status in (Status.APPROVED, Status.PAID):
        fields |= {"approved_at": now, "approved_by": staff}
    if status == Status.PAID:
        fields |= {"paid_on": now.date(), "paid_by": staff}
    if status == Status.REFUSED:
        fields["refusal"] = "No."
    Payment.objects.filter(pk=payment.pk).update(**fields)
    payment.refresh_from_db()
    return payment


@pytest.mark.parametrize("source", Status.values)
@pytest.mark.parametrize("target", sorted(DOORS))
def test_every_step_from_every_state(panel: Any, source: str, target: str) -> None:
    payment = _in_state(panel, source)
    before = AuditEntry.objects.count()
    if target in PAYMENT_STEPS[source]:
        DOORS[target](payment, panel.created_by)
        payment.refresh_from_db()
        assert payment.status == target
        assert AuditEntry.objects.filter(verb=f"payment.{target}").count() == 1
        return
    if source == target:
        DOORS[target](payment, panel.created_by)
    else:
        with pytest.raises(payments.NotPossibleNow):
            DOORS[target](payment, panel.created_by)
    payment.refresh_from_db()
    assert payment.status == source
    assert AuditEntry.objects.count() == before


def test_no_step_leaves_what_is_paid() -> None:
    assert PAYMENT_STEPS[Status.PAID] == set()
    assert set(PAYMENT_STEPS) == set(Status.values)


def test_declining_is_fine_and_can_be_changed_until_it_is_paid(panel: Any) -> None:
    person, staff = make_support.service_user(panel), panel.created_by
    payment = make_support.offer(panel, person)
    payments.decline(payment, by=person)
    payments.accept(payment, by=person)
    payments.approve(payment, by=staff)
    payments.decline(payment, by=person)
    payment.refresh_from_db()
    assert (payment.status, payment.approved_at) == (Status.DECLINED, None)
    assert "that is fine" in how_it_stands(payment)
    with pytest.raises(payments.NotPossibleNow):
        payments.mark_paid(payment, on=timezone.localdate(), by=staff)


# --- Rules of rows ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "fields", "constraint"),
    [
        (Status.OFFERED, {"amount_pence": 0}, "payment_is_of_something"),
        (Status.OFFERED, {"is_in_advance": True}, "only_money_back_goes_ahead"),
        (Status.REFUSED, {"refusal": ""}, "payment_refused_with_a_reason"),
        (Status.OFFERED, {"refusal": "No."}, "payment_refused_with_a_reason"),
        (Status.APPROVED, {"approved_by": None}, "payment_approved_pair"),
        (Status.ACCEPTED, {"status": Status.APPROVED}, "payment_approved_when_approved"),
        (Status.PAID, {"paid_by": None}, "payment_paid_pair"),
        (Status.APPROVED, {"status": Status.PAID}, "payment_paid_when_paid"),
    ],
)
def test_bad_rows_are_refused_by_the_database(
    panel: Any, status: str, fields: dict[str, Any], constraint: str
) -> None:
    payment = _in_state(panel, status)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(**fields)


@pytest.mark.parametrize("column", ["offered_by", "approved_by", "paid_by"])
def test_nobody_handles_their_own_whoever_asks(panel: Any, column: str) -> None:
    payment = _in_state(panel, Status.PAID)
    with pytest.raises(IntegrityError, match="nobody_handles"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(**{column: payment.person})


def test_rates_are_history(panel: Any) -> None:
    rates = PaymentRates.objects.get()
    with pytest.raises(TypeError):
        PaymentRates.objects.update(meeting_hour=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentRates._base_manager.filter(pk=rates.pk).update(meeting_hour=1)


# --- Amounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "minutes", "amount", "pence"),
    [
        (PaymentKind.MEETING, 120, None, 50_00),
        (PaymentKind.READING, 90, None, 30_00),
        (PaymentKind.COVER, 60, None, 30_00),
        (PaymentKind.CARER_COVER, 150, None, 40_00),
        (PaymentKind.LATE_CANCELLATION, None, None, 15_00),
        (PaymentKind.TRAVEL, None, 7_45, 7_45),
        (PaymentKind.EXPENSES, None, 1, 1),
        (PaymentKind.MEETING, 1, None, 42),  # 41.67 pence
    ],
)
def test_amounts_go_by_the_rates_or_by_what_is_said(
    panel: Any, kind: str, minutes: int | None, amount: int | None, pence: int
) -> None:
    payment = make_support.offer(
        panel, make_support.carer(panel), kind=kind, minutes=minutes, amount_pence=amount
    )
    assert payment.amount_pence == pence


def test_rates_of_the_day_count_and_the_newest_of_one_day(panel: Any) -> None:
    person, staff = make_support.service_user(panel), panel.created_by
    first = make_support.offer(panel, person, happens_on=date(2026, 12, 31))
    for hour in (26_00, 27_00):
        finance.set_rates(
            panel.organisation,
            starts_on=date(2027, 1, 1),
            by=staff,
            **(make_support.RATES | {"meeting_hour": hour}),
        )
    assert make_support.offer(
        panel, person, happens_on=date(2026, 12, 31), words="b"
    ).amount_pence == (50_00)
    assert make_support.offer(panel, person, happens_on=date(2027, 1, 1)).amount_pence == 54_00
    first.refresh_from_db()
    assert first.amount_pence == 50_00


def test_offer_that_comes_to_nothing_or_has_no_rates_is_refused(panel: Any) -> None:
    person = make_support.service_user(panel)
    with pytest.raises(Refused, match="comes to nothing"):
        make_support.offer(panel, person, minutes=0)
    with pytest.raises(payments.NoRates, match="has not yet said what it pays"):
        make_support.offer(panel, person, happens_on=date(2025, 12, 31))
    travel = make_support.offer(
        panel,
        person,
        kind=PaymentKind.TRAVEL,
        happens_on=date(2025, 12, 31),
        minutes=None,
        amount_pence=5_00,
    )
    assert travel.due_on == date(2025, 12, 31) + timedelta(days=payments.DAYS_TO_PAY)
    assert Payment.objects.count() == 1


def test_the_same_offer_is_not_made_twice(panel: Any) -> None:
    first, second = (make_support.service_user(panel, number) for number in (0, 1))
    make_support.offer(panel, first)
    with pytest.raises(Refused, match="already"):
        make_support.offer(panel, first)
    made = payments.offer(
        panel,
        people=[first, second],
        kind=PaymentKind.MEETING,
        happens_on=make_support.in_days(7),
        minutes=120,
        by=panel.created_by,
    )
    assert [each.person for each in made] == [second]
    payments.decline(Payment.objects.get(person=first), by=first)
    assert make_support.offer(panel, first)


# --- Dates --------------------------------------------------------------------------------------


@time_machine.travel("2026-12-01 12:00", tick=False)
def test_when_it_is_due(panel: Any) -> None:
    person = make_support.service_user(panel)
    after = make_support.offer(panel, person, happens_on=date(2026, 12, 10))
    assert after.due_on == date(2026, 12, 30)
    ahead: dict[str, Any] = {
        "kind": PaymentKind.TRAVEL,
        "minutes": None,
        "amount_pence": 7_40,
        "is_in_advance": True,
    }
    before = make_support.offer(panel, person, happens_on=date(2026, 12, 10), **ahead)
    assert before.due_on == date(2026, 12, 7)
    soon = make_support.offer(panel, person, happens_on=date(2026, 12, 2), **ahead)
    assert soon.due_on == date(2026, 12, 1)
    claim = make_support.claim(panel, person, happens_on=date(2026, 10, 1))
    assert claim.due_on == date(2026, 12, 21)


@pytest.mark.parametrize("status", Status.values)
def test_late_is_what_is_owed_after_its_day(panel: Any, status: str) -> None:
    payment = _in_state(panel, status)
    payment.due_on = date(2026, 12, 4)
    is_owed = status in (Status.CLAIMED, Status.ACCEPTED, Status.APPROVED)
    assert not payment.is_late(date(2026, 12, 4))
    assert payment.is_late(date(2026, 12, 5)) is is_owed


def test_late_is_told_once_to_the_person_and_to_those_who_pay(panel: Any) -> None:
    person, staff = make_support.service_user(panel), panel.created_by
    admin, chair = make.admin_of(panel.organisation), make_support.service_user(panel, 1)
    panels.appoint_chair(panel, chair, by=staff)
    payment = make_support.offer(panel, person, happens_on=make_support.in_days(-40))
    make_support.paid(panel, person, happens_on=make_support.in_days(-50))
    payments.accept(payment, by=person)
    assert [payment_reminders.tell_of_late() for _ in range(2)] == [1, 1]
    told = Notification.objects.filter(kind__in=[words_for.LATE, words_for.LATE_TO_SOMEBODY])
    assert set(told.values_list("recipient", "kind")) == {
        (person.pk, words_for.LATE),
        (staff.pk, words_for.LATE_TO_SOMEBODY),
        (admin.pk, words_for.LATE_TO_SOMEBODY),
    }
    payment.refresh_from_db()
    page = own_page(payment)
    assert page["is_late"]
    assert "You did nothing wrong" in page["how_it_stands"]
    # In a list, "late" alone would read as if the person were.
    assert [line.tag for line in own_lines([payment])] == ["We are late"]
    assert staff_tag(payment)[0] == "Late"
    assert "Ask anyone you know at" in page["contact"]
    panel.organisation.contact_email = "money@example.org"
    assert contact(panel.organisation).endswith("money@example.org")


@pytest.mark.parametrize(
    ("first", "last", "is_there"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), False),
        (date(2026, 3, 31), date(2026, 3, 31), True),  # the day it was approved
        (date(2026, 4, 1), date(2026, 4, 19), False),
        (date(2026, 4, 20), date(2026, 4, 30), True),  # from the day it was paid
    ],
)
def test_finance_reads_of_a_payment_when_it_is_approved_and_when_it_is_paid(
    panel: Any, first: date, last: date, is_there: bool
) -> None:
    """What is approved in one year and paid in the next would be missing from the second's list."""
    payment = make_support.paid(panel, make_support.service_user(panel))
    Payment.objects.filter(pk=payment.pk).update(
        approved_at=datetime(2026, 3, 31, 12, tzinfo=UTC), paid_on=date(2026, 4, 20)
    )
    found = payments_for_finance(panel.organisation, first, last)
    assert list(found) == ([payment] if is_there else [])


# --- Twice --------------------------------------------------------------------------------------

LATER_STATES = [Status.ACCEPTED, Status.APPROVED, Status.PAID]


@pytest.mark.parametrize("status", LATER_STATES)
def test_who_has_said_yes_or_was_paid_is_not_offered_the_same_again(
    panel: Any, status: str
) -> None:
    """The same offer to everybody, sent once more because somebody new has joined."""
    first, second = (make_support.service_user(panel, number) for number in (0, 1))
    payment = _in_state(panel, status)
    assert payment.person == first
    made = payments.offer(
        panel,
        people=[first, second],
        kind=PaymentKind.MEETING,
        happens_on=payment.happens_on,
        minutes=payment.minutes,
        by=panel.created_by,
    )
    assert [each.person for each in made] == [second]


@pytest.mark.parametrize("status", [Status.APPROVED, Status.PAID])
def test_what_was_agreed_or_paid_is_not_claimed_again(panel: Any, status: str) -> None:
    person, staff = make_support.service_user(panel), panel.created_by
    claim = make_support.claim(panel, person)
    payments.approve(claim, by=staff)
    if status == Status.PAID:
        payments.mark_paid(claim, on=timezone.localdate(), by=staff)
    with pytest.raises(Refused, match="already"):
        make_support.claim(panel, person)
    assert make_support.claim(panel, person, words="Bus for the second visit that day")


def test_what_was_refused_or_taken_back_can_be_claimed_again(panel: Any) -> None:
    person = make_support.service_user(panel)
    payments.refuse(make_support.claim(panel, person), reason="Which day?", by=panel.created_by)
    again = make_support.claim(panel, person)
    payments.decline(again, by=person)
    assert make_support.claim(panel, person).pk != again.pk


def test_time_is_never_claimed_whoever_writes_the_row(panel: Any) -> None:
    payment = _in_state(panel, Status.OFFERED)
    with pytest.raises(IntegrityError, match="payment_for_time_is_offered"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(offered_by=None)
