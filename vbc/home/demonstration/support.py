"""What the invented people need to take part, and what they are offered for it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from stakeholders.enums import PaymentKind
from stakeholders.models import Seat
from stakeholders.services import finance, payments, support
from vbc.home.demonstration.people import Cast

RATES = {
    "meeting_hour": 25_00,
    "reading_hour": 20_00,
    "late_cancellation": 25_00,
    "cover_hour": 25_00,
    "carer_cover_hour": 16_00,
    "days_to_pay": 20,
}
NEEDS: dict[str, dict[str, Any]] = {
    "robin": {
        "wants_large_print": True,
        "timing": "Not before 11am. A break every half hour.",
        "by_text": True,
        "phone_number": "07700 900123",
        "contact_times": "Afternoons, not at weekends.",
    },
    "swift": {
        "travel": "Step-free, with room for a wheelchair.",
        "by_phone": True,
        "phone_number": "01632 960456",
    },
    "minh": {"interpreter": "Vietnamese", "by_email": True},
}


def support_everyone(cast: Cast) -> None:
    """Who arranges, who needs what, and payments in every state."""
    support.name_arranger(cast.panel, cast["alex"], by=cast["alex"])
    for key, said in NEEDS.items():
        seat = Seat.objects.live().get(panel=cast.panel, user=cast[key])
        support.save_plan(seat, expected=1, fields=said, by=cast[key])
    _pay(cast)


def _pay(cast: Cast) -> None:
    today = timezone.localdate()
    last_time, next_time = today - timedelta(days=30), today + timedelta(days=14)
    finance.set_rates(
        cast.organisation, starts_on=today - timedelta(days=365), by=cast["kim"], **RATES
    )
    finance.set_cost_centre(cast.panel, code="EX-1042", by=cast["kim"])
    payments.set_weekly_limit(pence=40_00, by=cast["robin"])
    people = [cast[key] for key in ("wren", "robin", "linnet", "heron", "swift")]
    before = payments.offer(
        cast.panel,
        people=people,
        kind=PaymentKind.MEETING,
        happens_on=last_time,
        minutes=120,
        words="The last panel meeting",
        by=cast["alex"],
    )
    for payment in before[:3]:
        payments.accept(payment, knows_limit=True, by=payment.person)
    payments.decline(before[3], by=before[3].person)
    for payment in before[:2]:
        payments.approve(payment, by=cast["alex"])
    payments.mark_paid(before[0], on=last_time + timedelta(days=10), by=cast["kim"])
    payments.offer(
        cast.panel,
        people=people,
        kind=PaymentKind.MEETING,
        happens_on=next_time,
        minutes=120,
        words="The next panel meeting",
        by=cast["alex"],
    )
    payments.offer(
        cast.panel,
        people=[cast["robin"]],
        kind=PaymentKind.TRAVEL,
        happens_on=next_time,
        amount_pence=7_40,
        is_in_advance=True,
        words="Bus there and back",
        by=cast["alex"],
    )
    payments.claim(
        cast.panel,
        kind=PaymentKind.CARER_COVER,
        happens_on=last_time,
        amount_pence=32_00,
        words="A sitter for two hours",
        by=cast["swift"],
    )
