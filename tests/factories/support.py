"""What people need, and payments, built through the services."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from stakeholders.enums import PaymentKind, Perspective
from stakeholders.models import Organisation, Panel, Payment, SupportPlan, User
from stakeholders.queries.panels import seat_of
from stakeholders.services import finance, payments, support
from tests.factories import stakeholders as make
from tests.kept import kept

# Just enough people to sit, so that tests are quick.
FEW = {"service_users": 3, "carers": 1, "clinicians": 0, "evidence_reviewers": 0}
RATES = {
    "meeting_hour": 25_00,
    "reading_hour": 20_00,
    "late_cancellation": 15_00,
    "cover_hour": 30_00,
    "carer_cover_hour": 16_00,
    "days_to_pay": 20,
}


@kept
def rates(organisation: Organisation, by: Any, starts_on: date = date(2026, 1, 1)) -> None:
    finance.set_rates(organisation, starts_on=starts_on, by=by, **RATES)


@kept
def panel_that_pays(**people: int) -> Panel:
    """A sitting panel whose organisation has rates."""
    panel = make.sitting_panel(make.organisation(), **people)
    rates(panel.organisation, panel.created_by)
    return panel


@kept
def arranger(panel: Panel) -> User:
    """Somebody who arranges for the panel, and does nothing else there."""
    user = make.commissioner(panel.organisation, "Arranger")
    support.name_arranger(panel, user, by=panel.created_by)
    panel.refresh_from_db()
    return user


@kept
def plan(panel: Panel, user: User, **said: Any) -> SupportPlan:
    seat = seat_of(user, panel)
    assert seat is not None
    return support.save_plan(seat, expected=1, fields=said, by=user)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@kept
def offer(panel: Panel, person: User, **changes: Any) -> Payment:
    """A meeting of two hours in a week, for £50, unless said otherwise."""
    offered: dict[str, Any] = {
        "kind": PaymentKind.MEETING,
        "happens_on": in_days(7),
        "minutes": 120,
        "by": panel.created_by,
    }
    return payments.offer(panel, people=[person], **(offered | changes))[0]


@kept
def claim(panel: Panel, person: User, **changes: Any) -> Payment:
    claimed: dict[str, Any] = {
        "kind": PaymentKind.TRAVEL,
        "happens_on": in_days(-1),
        "amount_pence": 7_40,
        "words": "Bus there and back",
        "by": person,
    }
    return payments.claim(panel, **(claimed | changes))


@kept
def paid(panel: Panel, person: User, **changes: Any) -> Payment:
    payment = offer(panel, person, **changes)
    payments.accept(payment, knows_limit=True, by=person)
    payments.approve(payment, by=panel.created_by)
    payments.mark_paid(payment, on=timezone.localdate(), by=panel.created_by)
    payment.refresh_from_db()
    return payment


def service_user(panel: Panel, number: int = 0) -> User:
    return make.members(panel, Perspective.SERVICE_USER)[number]


def carer(panel: Panel, number: int = 0) -> User:
    return make.members(panel, Perspective.CARER)[number]
