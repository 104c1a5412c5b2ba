"""What is told of payments, to whom: messages, the audit, finance, the letter."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from stakeholders.enums import NEUTRAL_WORDS, PaymentKind, PaymentStatus
from stakeholders.models import Payment
from stakeholders.presenters.letters import letter
from stakeholders.presenters.payments import hours_in_words
from stakeholders.queries import payments as queries
from stakeholders.services import finance, payment_reminders, payments, support
from tests.factories import support as make_support
from tests.support import run_jobs
from vbc.core.models import AuditContent, AuditEntry

pytestmark = pytest.mark.django_db
Status = PaymentStatus


@pytest.fixture
def panel(db: None) -> Any:
    return make_support.panel_that_pays(**make_support.FEW)


# --- The daily round ----------------------------------------------------------------------------


def test_offer_that_nobody_answered_is_recalled_once_and_only_while_it_is_open(panel: Any) -> None:
    open_still, answered, quiet = (make_support.service_user(panel, n) for n in range(3))
    soon = make_support.in_days(payment_reminders.DAYS_BEFORE)
    for person in (open_still, answered, quiet):
        make_support.offer(panel, person, happens_on=soon)
    for days in (payment_reminders.DAYS_BEFORE + 1, -1):
        make_support.offer(panel, open_still, happens_on=make_support.in_days(days))
    support.begin_quiet(by=quiet)
    assert [payment_reminders.remind_of_offers() for _ in range(2)] == [3, 3]
    payments.decline(Payment.objects.get(person=answered), by=answered)
    run_jobs()
    reminders = [m for m in mail.outbox if "still open" in m.subject]
    assert [m.to for m in reminders] == [[open_still.email]]
    offers = [m for m in mail.outbox if m.subject.startswith("An offer for you")]
    assert [quiet.email] in [m.to for m in offers]


# --- What others read ---------------------------------------------------------------------------


def test_messages_tell_no_amount_and_no_reason(panel: Any) -> None:
    person = make_support.carer(panel)
    for kind in PaymentKind:
        is_flat = kind in (PaymentKind.TRAVEL, PaymentKind.EXPENSES)
        make_support.paid(
            panel, person, kind=kind, amount_pence=50_00 if is_flat else None, words="canary-words"
        )
    run_jobs()
    sent = [m for m in mail.outbox if person.email in m.to and "begun" not in m.subject]
    assert len([m for m in sent if "offer" in m.subject]) == len(PaymentKind)
    for message in sent:
        text = f"{message.subject} {message.body}".lower()
        for word in ("£", "canary", "carer", "service user", "look after", panel.name.lower()):
            assert word not in text


def test_audit_tells_no_reason(panel: Any) -> None:
    make_support.paid(panel, make_support.carer(panel), kind=PaymentKind.CARER_COVER)
    for content in AuditContent.objects.filter(entry__verb__startswith="payment."):
        assert content.data == {}


def _export(panel: Any, first: date, last: date) -> list[list[str]]:
    text = finance.export(panel.organisation, first=first, last=last, by=panel.created_by)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_finance_gets_what_was_approved_or_paid_and_no_role(panel: Any) -> None:
    person, staff = make_support.carer(panel), panel.created_by
    finance.set_cost_centre(panel, code="=EX-1", by=staff)
    today = timezone.localdate()
    for kind in PaymentKind:
        is_flat = kind in (PaymentKind.TRAVEL, PaymentKind.EXPENSES)
        make_support.paid(panel, person, kind=kind, amount_pence=12_50 if is_flat else None)
    make_support.offer(panel, person, words="not answered")
    other = make_support.panel_that_pays(**make_support.FEW)
    make_support.paid(other, make_support.carer(other))
    rows = _export(panel, today, today)
    assert rows[0] == list(finance.HEAD)
    assert len(rows) == 1 + len(PaymentKind)
    assert {row[2] for row in rows[1:]} == {"panel meeting", "reading", "expenses", "travel"}
    assert {row[8] for row in rows[1:]} == {"'=EX-1"}
    assert {row[1] for row in rows[1:]} == {person.display_name}
    assert "12.50" in {row[3] for row in rows}
    said = {word for row in rows for cell in row for word in cell.lower().split()}
    assert not {"carer", "cover", "care"} & said
    entry = AuditEntry.objects.get(verb="payments.exported")
    assert entry.content.data == {
        "first": today.isoformat(),
        "last": today.isoformat(),
        "payments": len(PaymentKind),
    }
    assert len(_export(panel, today - timedelta(days=9), today - timedelta(days=1))) == 1


def test_export_goes_by_the_day_in_london(panel: Any) -> None:
    person, staff = make_support.service_user(panel), panel.created_by
    with time_machine.travel("2026-06-30 23:30+00:00", tick=False):
        payment = make_support.offer(panel, person)
        payments.accept(payment, by=person)
        payments.approve(payment, by=staff)
        Payment.objects.filter(pk=payment.pk).update(approved_at=timezone.now())
    assert len(_export(panel, date(2026, 6, 1), date(2026, 6, 30))) == 1
    rows = _export(panel, date(2026, 7, 1), date(2026, 7, 1))
    assert rows[1][5] == "2026-07-01"


def test_every_kind_has_neutral_words() -> None:
    assert set(NEUTRAL_WORDS) == set(PaymentKind.values)
    assert set(NEUTRAL_WORDS.values()) == {"panel meeting", "reading", "expenses", "travel"}


def test_letter_tells_what_became_of_each_in_neutral_words(panel: Any) -> None:
    person = make_support.carer(panel)
    today = timezone.localdate()
    make_support.paid(panel, person, happens_on=today)
    make_support.paid(panel, person, kind=PaymentKind.CARER_COVER, minutes=60, happens_on=today)
    declined = make_support.offer(panel, person, happens_on=today, words="canary-words")
    payments.decline(declined, by=person)
    make_support.offer(panel, person, happens_on=today - timedelta(days=30))
    parts = letter(queries.payments_for_letter(person, today, today))
    assert len(parts) == 1
    assert [row[1:3] for row in parts[0].rows] == [
        ["Panel meeting", "£50"],
        ["Expenses", "£16"],
        ["Panel meeting", "£50"],
    ]
    assert [row[3].split(" on ")[0] for row in parts[0].rows] == ["Paid", "Paid", "Declined"]
    assert parts[0].totals == [
        "Paid for time: £50",
        "Paid to give back travel and other expenses: £16",
        "Declined, and not paid: £50",
    ]
    assert "canary" not in str(parts)
    assert panel.name not in str(parts)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(45, "45 minutes"), (60, "1 hour"), (61, "1 hour 1 minute"), (150, "2 hours 30 minutes")],
)
def test_hours_in_words(minutes: int, words: str) -> None:
    assert hours_in_words(minutes) == words
