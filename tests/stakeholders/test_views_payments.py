"""The pages of those who pay."""

from typing import Any

import pytest
from django.utils import timezone

from stakeholders.enums import PaymentKind, PaymentStatus, Perspective
from stakeholders.models import Payment, PaymentRates
from stakeholders.queries.panels import seat_of
from stakeholders.services import panels, payments, seats
from tests.factories import stakeholders as make
from tests.factories import support as make_support
from tests.pages import address, as_, day, page
from vbc.core.models import AuditEntry

pytestmark = pytest.mark.django_db
WORDS = "canary-words"


@pytest.fixture
def panel(db: None) -> Any:
    return make_support.panel_that_pays(**make_support.FEW)


# --- Those who pay ------------------------------------------------------------------------------

STAFF_PAGES = ("panel-payments", "offer-payments", "cost-centre")


def test_chair_and_members_do_not_see_the_money_of_others(panel: Any) -> None:
    person, chair = (make_support.service_user(panel, number) for number in (0, 1))
    panels.appoint_chair(panel, chair, by=panel.created_by)
    payment = make_support.offer(panel, person, words=WORDS)
    for name in STAFF_PAGES:
        for user in (person, chair):
            answer = as_(user).get(address(name, panel))
            assert answer.status_code == 403
            assert "commissioners and administrators handle" in answer.content.decode()
    for name in ("panel-payment", "refuse-payment", "mark-payment-paid"):
        assert as_(chair).get(address(name, panel, payment)).status_code == 403


def test_payment_of_another_panel_is_not_found_here(panel: Any) -> None:
    other = make.forming_panel(panel.organisation)
    payment = make_support.offer(panel, make_support.service_user(panel))
    assert as_(panel.created_by).get(address("panel-payment", other, payment)).status_code == 404
    answer = as_(panel.created_by).post(address("approve-payment", other, payment))
    assert answer.status_code == 404
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.OFFERED


def test_from_offer_to_paid(panel: Any) -> None:
    person, other = (make_support.service_user(panel, number) for number in (0, 1))
    staff = as_(panel.created_by)
    offered = {
        "people": [person.public_id, other.public_id],
        "kind": "meeting",
        "hours": "1.5",
        **day("happens_on", make_support.in_days(7)),
    }
    answer = staff.post(address("offer-payments", panel), offered, follow=True)
    assert "£37.50 is offered to each of 2 people." in answer.content.decode()
    payment = Payment.objects.get(person=person)
    payments.accept(payment, by=person)
    assert staff.post(address("approve-payment", panel, payment)).status_code == 302
    yesterday = make_support.in_days(-1)
    assert (
        staff.post(address("mark-payment-paid", panel, payment), day("on", yesterday)).status_code
        == 302
    )
    payment.refresh_from_db()
    assert (payment.status, payment.paid_on) == (PaymentStatus.PAID, yesterday)
    assert "Paid on" in page(person, "payment", payment)
    tomorrow = staff.post(
        address("mark-payment-paid", panel, payment), day("on", make_support.in_days(1))
    )
    assert "or earlier" in tomorrow.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hours": ""}, "Enter how many hours it takes"),
        ({"kind": "travel"}, "Enter how much it is"),
        ({"is_in_advance": "on"}, "Only travel and expenses are paid before the day"),
        ({"people": []}, "To whom?"),
    ],
)
def test_offer_that_lacks_something_says_what(
    panel: Any, changes: dict[str, Any], words: str
) -> None:
    person = make_support.service_user(panel)
    data = {
        "people": [person.public_id],
        "kind": "meeting",
        "hours": "2",
        **day("happens_on", make_support.in_days(7)),
    }
    shown = as_(panel.created_by).post(address("offer-payments", panel), data | changes)
    assert words in shown.content.decode()
    assert not Payment.objects.exists()


def test_nobody_can_be_offered_who_is_not_on_the_panel_nor_oneself(panel: Any) -> None:
    staff = panel.created_by
    make.seat(panel, Perspective.IN_ATTENDANCE, user=staff)
    leaver = make_support.service_user(panel)
    seat = seat_of(leaver, panel)
    assert seat is not None
    seats.leave(seat, by=leaver)
    data = {"kind": "meeting", "hours": "2", **day("happens_on", make_support.in_days(7))}
    for user in (staff, leaver, make.person()):
        as_(staff).post(address("offer-payments", panel), data | {"people": [user.public_id]})
    assert not Payment.objects.exists()


def test_own_payment_is_for_somebody_else_to_handle(panel: Any) -> None:
    staff, admin = panel.created_by, make.admin_of(panel.organisation)
    make.seat(panel, Perspective.IN_ATTENDANCE, user=staff)
    claim = make_support.claim(panel, staff)
    shown = page(staff, "panel-payment", panel, claim)
    assert "This payment is your own" in shown
    assert "Approve it" not in shown
    for name in ("approve-payment", "refuse-payment", "mark-payment-paid"):
        answer = as_(staff).post(address(name, panel, claim), {"reason": "x"})
        assert answer.status_code == 403
    assert as_(admin).post(address("approve-payment", panel, claim)).status_code == 302


def test_refusal_needs_a_reason_and_the_person_reads_it(panel: Any) -> None:
    person = make_support.service_user(panel)
    claim, staff = make_support.claim(panel, person), as_(panel.created_by)
    url = address("refuse-payment", panel, claim)
    assert "Why is it not paid?" in staff.post(url, {"reason": " "}).content.decode()
    staff.post(url, {"reason": "The council pays for this journey."})
    shown = page(person, "payment", claim)
    assert "The council pays for this journey." in shown
    assert "What you can do" in shown


@pytest.mark.thorough
def test_rates_cost_centre_and_the_list_for_finance(panel: Any) -> None:
    staff, organisation = panel.created_by, panel.organisation
    client, today = as_(staff), timezone.localdate()
    rates = {name: "30" for name in make_support.RATES if name != "days_to_pay"}
    answer = client.post(
        address("rates", organisation),
        rates | {"days_to_pay": "14", "late_within_days": "3"} | day("starts_on", today),
    )
    assert answer.status_code == 302
    newest = PaymentRates.objects.order_by("-pk")[0]
    assert (newest.meeting_hour, newest.late_within_days) == (30_00, 3)
    assert "£30, within 3 days" in page(staff, "rates", organisation)
    client.post(address("cost-centre", panel), {"code": "EX-1"})
    assert "Cost centre: EX-1." in page(staff, "panel-payments", panel)
    make_support.paid(panel, make_support.carer(panel), kind=PaymentKind.CARER_COVER)
    sent = client.post(
        address("payments-export", organisation), day("first", today) | day("last", today)
    )
    assert sent["Content-Type"] == "text/csv; charset=utf-8"
    assert f"payments-{today}-to-{today}.csv" in sent["Content-Disposition"]
    assert '"expenses"' in sent.content.decode()
    assert AuditEntry.objects.filter(verb="payments.exported").count() == 1
    client.post(address("payments-export", organisation), day("first", today))
    assert AuditEntry.objects.filter(verb="payments.exported").count() == 1


def test_list_can_be_narrowed(panel: Any) -> None:
    first, second, third = (make_support.service_user(panel, number) for number in range(3))
    make_support.paid(panel, first)
    make_support.claim(panel, second)
    late = make_support.offer(panel, third, happens_on=make_support.in_days(-60))
    payments.accept(late, by=third)
    expected = {
        "": (True, True, True),
        "to_do": (False, True, True),
        "late": (False, False, True),
        "paid": (True, False, False),
    }
    for show, row in expected.items():
        table = page(panel.created_by, "panel-payments", panel, query=f"?show={show}")
        assert tuple(user.display_name in table for user in (first, second, third)) == row
