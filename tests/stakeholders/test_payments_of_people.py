"""Payments as they are for a person: their own limit, claims, who may, what others read."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.core import mail

from stakeholders.enums import PaymentKind, PaymentStatus, Perspective
from stakeholders.models import Payment, WeeklyLimit
from stakeholders.notices import payments as words_for
from stakeholders.permissions.payments import (
    may_answer_payment,
    may_handle_payment,
    may_pay_for_panel,
)
from stakeholders.presenters.payments import own_page
from stakeholders.queries import payments as queries
from stakeholders.services import (
    finance,
    organisations,
    panels,
    payments,
    seats,
)
from tests.factories import stakeholders as make
from tests.factories import support as make_support
from tests.support import at_once, run_jobs
from vbc.core.models import Notification
from vbc.core.refusals import Refused
from vbc.core.services import audit

pytestmark = pytest.mark.django_db
Status = PaymentStatus


@pytest.fixture
def panel(db: None) -> Any:
    return make_support.panel_that_pays(**make_support.FEW)


# --- The person's own limit ---------------------------------------------------------------------

WEDNESDAY = date(2026, 10, 21)  # the clocks go back on the Sunday of this week


@pytest.mark.parametrize(
    ("day", "limit", "passes"),
    [
        (date(2026, 10, 18), 50_00, False),  # the Sunday before
        (date(2026, 10, 19), 99_99, True),  # its Monday
        (date(2026, 10, 25), 99_99, True),  # its Sunday
        (date(2026, 10, 26), 50_00, False),  # the Monday after
        (date(2026, 10, 20), 100_00, False),  # exactly the limit does not pass it
    ],
)
def test_limit_counts_monday_to_sunday_by_the_day_of_the_work(
    panel: Any, day: date, limit: int, passes: bool
) -> None:
    person = make_support.service_user(panel)
    payments.accept(make_support.offer(panel, person, happens_on=WEDNESDAY), by=person)
    second = make_support.offer(panel, person, happens_on=day)
    payments.set_weekly_limit(pence=limit, by=person)
    if not passes:
        payments.accept(second, by=person)
    else:
        with pytest.raises(payments.WouldPassLimit):
            payments.accept(second, by=person)
        second.refresh_from_db()
        assert second.status == Status.OFFERED
        assert "You choose" in own_page(second)["over_limit"]
        payments.accept(second, knows_limit=True, by=person)
    second.refresh_from_db()
    assert second.status == Status.ACCEPTED


def test_only_what_was_accepted_counts_and_only_ones_own(panel: Any) -> None:
    person, other = (make_support.service_user(panel, number) for number in (0, 1))
    payments.set_weekly_limit(pence=60_00, by=person)
    for index, answer in enumerate((payments.decline, None)):
        made = make_support.offer(panel, person, happens_on=WEDNESDAY, words=str(index))
        if answer:
            answer(made, by=person)
    payments.accept(make_support.offer(panel, other, happens_on=WEDNESDAY), by=other)
    payments.accept(make_support.offer(panel, person, happens_on=WEDNESDAY), by=person)
    with pytest.raises(payments.WouldPassLimit):
        payments.accept(
            make_support.offer(panel, person, happens_on=WEDNESDAY, words="2"), by=person
        )


def test_what_has_been_paid_counts_to_the_limit_too(panel: Any) -> None:
    """A pound too much in a week can cost somebody their benefits, also once it has come."""
    person = make_support.service_user(panel)
    payments.set_weekly_limit(pence=60_00, by=person)
    make_support.paid(panel, person, happens_on=WEDNESDAY)
    second = make_support.offer(panel, person, happens_on=WEDNESDAY, words="2")
    with pytest.raises(payments.WouldPassLimit):
        payments.accept(second, by=person)


def test_whether_travel_counts_is_the_persons_choice(panel: Any) -> None:
    person = make_support.service_user(panel)
    payments.set_weekly_limit(pence=5_00, by=person)
    make_support.claim(panel, person)
    payments.set_weekly_limit(pence=5_00, counts_money_back=True, by=person)
    with pytest.raises(payments.WouldPassLimit):
        make_support.claim(panel, person, words="again")
    assert Payment.objects.count() == 1
    make_support.claim(panel, person, words="again", knows_limit=True)
    payments.set_weekly_limit(pence=None, by=person)
    assert not WeeklyLimit.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_offers_accepted_at_once_are_counted_one_by_one() -> None:
    panel = make_support.panel_that_pays(**make_support.FEW)
    person = make_support.service_user(panel)
    payments.set_weekly_limit(pence=60_00, by=person)
    both = [
        make_support.offer(panel, person, happens_on=WEDNESDAY, words=str(number))
        for number in (0, 1)
    ]
    errors = at_once([partial(payments.accept, each, by=person) for each in both])
    assert [type(error) for error in errors] == [payments.WouldPassLimit]
    assert Payment.objects.filter(status=Status.ACCEPTED).count() == 1


# --- Claims -------------------------------------------------------------------------------------


def test_claim_is_for_money_back_alone_and_made_once(panel: Any) -> None:
    person = make_support.carer(panel)
    with pytest.raises(Refused, match="time is paid by an offer"):
        make_support.claim(panel, person, kind=PaymentKind.MEETING)
    make_support.claim(panel, person, kind=PaymentKind.CARER_COVER)
    with pytest.raises(Refused, match="claimed this already"):
        make_support.claim(panel, person, kind=PaymentKind.CARER_COVER)
    assert make_support.claim(panel, person, kind=PaymentKind.CARER_COVER, words="The next day")
    assert Payment.objects.count() == 2


def test_whoever_has_left_is_owed_and_can_claim(panel: Any) -> None:
    person = make_support.service_user(panel)
    payment = make_support.offer(panel, person)
    seat = panel.seats.live().get(user=person)
    seats.leave(seat, by=person)
    payments.accept(payment, by=person)
    assert list(queries.panels_to_claim_for(person)) == [panel]
    assert list(queries.panels_to_claim_for(make.person())) == []
    make_support.claim(panel, person)
    assert queries.payments_of(person).count() == 2


def test_claim_is_told_to_others_who_pay_and_never_to_oneself(panel: Any) -> None:
    staff = panel.created_by
    colleague = make.commissioner(panel.organisation)
    make.seat(panel, Perspective.IN_ATTENDANCE, user=staff)
    make_support.claim(panel, staff)
    told = Notification.objects.filter(kind=words_for.CLAIMED)
    assert [notice.recipient for notice in told] == [colleague]


def test_refusal_reaches_the_person_with_its_reason(panel: Any) -> None:
    person = make_support.service_user(panel)
    payment = make_support.claim(panel, person)
    payments.refuse(payment, reason="Please send it to the council.", by=panel.created_by)
    payment.refresh_from_db()
    assert payment.refusal == "Please send it to the council."
    run_jobs()
    sent = [m for m in mail.outbox if person.email in m.to and "claimed" in m.subject]
    assert len(sent) == 1
    assert "council" not in str(sent[0].body)


# --- Who may ------------------------------------------------------------------------------------


def test_permissions(panel: Any) -> None:
    person, chair = (make_support.service_user(panel, number) for number in (0, 1))
    staff, admin = panel.created_by, make.admin_of(panel.organisation)
    panels.appoint_chair(panel, chair, by=staff)
    elsewhere = make.commissioner(make.organisation())
    gone = make.commissioner(panel.organisation)
    organisations.end_membership(panel.organisation, gone, role="commissioner", by=staff)
    make.seat(panel, Perspective.IN_ATTENDANCE, user=staff)
    payment = make_support.offer(panel, person)
    own = make_support.offer(panel, staff, by=admin)
    expected = {
        # who: pays for the panel, handles the person's, handles the staff's own, answers
        staff: (True, True, False, False),
        admin: (True, True, True, False),
        person: (False, False, False, True),
        chair: (False, False, False, False),
        elsewhere: (False, False, False, False),
        gone: (False, False, False, False),
    }
    for user, row in expected.items():
        assert row == (
            bool(may_pay_for_panel(user, panel)),
            bool(may_handle_payment(user, payment)),
            bool(may_handle_payment(user, own)),
            bool(may_answer_payment(user, payment)),
        )


def test_nothing_moves_when_the_audit_cannot_be_written(
    panel: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make_support.service_user(panel)
    payment = make_support.offer(panel, person)
    notices_before = Notification.objects.count()

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr(audit, "record", fail)
    for act in (
        lambda: payments.accept(payment, by=person),
        lambda: payments.refuse(payment, reason="No.", by=panel.created_by),
        lambda: make_support.offer(panel, person, words="another"),
        lambda: make_support.claim(panel, person),
        lambda: finance.export(
            panel.organisation, first=date(2026, 1, 1), last=date(2026, 1, 2), by=panel.created_by
        ),
    ):
        with pytest.raises(RuntimeError):
            act()
    payment.refresh_from_db()
    assert payment.status == Status.OFFERED
    assert Payment.objects.count() == 1
    assert Notification.objects.count() == notices_before
