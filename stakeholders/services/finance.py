"""What an organisation pays, where it is booked, and the list that finance gets."""

from datetime import date
from typing import Any

from django.db import transaction

from stakeholders.models import CostCentre, Organisation, Panel, Payment, PaymentRates
from stakeholders.queries.payments import payments_for_finance
from vbc.core import spreadsheets
from vbc.core.services import audit
from vbc.ui.dates import london
from vbc.ui.money import in_figures

HEAD = (
    "Reference",
    "Name",
    "What",
    "Amount in pounds",
    "Day",
    "Approved on",
    "Pay by",
    "Paid on",
    "Cost centre",
)


@transaction.atomic
def set_rates(organisation: Organisation, *, starts_on: date, by: Any, **rates: int) -> None:
    """What is paid from `starts_on` on. What has been offered keeps its amount."""
    made = PaymentRates.objects.create(
        organisation=organisation, starts_on=starts_on, set_by=by, **rates
    )
    audit.record("payment_rates.set", made, by=by, data={"starts_on": starts_on.isoformat()})


@transaction.atomic
def set_cost_centre(panel: Panel, *, code: str, by: Any) -> None:
    """Where finance books what this panel costs from now on."""
    CostCentre.objects.update_or_create(panel=panel, defaults={"code": code})
    audit.record("panel.cost_centre_set", panel, by=by)


@transaction.atomic
def export(organisation: Organisation, *, first: date, last: date, by: Any) -> str:
    """The payments approved or paid between two days, as a table that tells nobody's role.

    Their words are left out as well: whoever wrote them may have said more than finance may know.
    """
    payments = list(payments_for_finance(organisation, first, last))
    made = spreadsheets.table(HEAD, [_row(payment) for payment in payments])
    audit.record(
        "payments.exported",
        organisation,
        by=by,
        data={"first": first.isoformat(), "last": last.isoformat(), "payments": len(payments)},
    )
    return made


def _row(payment: Payment) -> list[str]:
    centre = getattr(payment.panel, "cost_centre", None)
    approved = london(payment.approved_at).date() if payment.approved_at else None
    return [
        payment.public_id,
        payment.person.display_name,
        payment.neutral_words,
        in_figures(payment.amount_pence),
        payment.happens_on.isoformat(),
        approved.isoformat() if approved else "",
        payment.due_on.isoformat(),
        payment.paid_on.isoformat() if payment.paid_on else "",
        centre.code if centre else "",
    ]
