"""The one door to payments: offered, accepted or declined, claimed, approved, refused, paid.

Each function locks the payment, looks whether it may go on to where it is to go, and writes it down
without what it was for: that could tell something about the person.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from stakeholders.enums import PaymentKind, PaymentStatus
from stakeholders.models import Meeting, Panel, Payment, PaymentRates, WeeklyLimit
from stakeholders.notices import payments as words_for
from stakeholders.queries.meetings import was_coming
from stakeholders.queries.payments import passes_limit, rates_on, who_pays
from vbc.core.database import database_now
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.ui.dates import london
from vbc.ui.money import for_hours

DAYS_BEFORE_A_JOURNEY = 3
# Promised where the organisation has not said anything else.
DAYS_TO_PAY = 20


class NoRates(Refused):
    """The organisation has not said what it pays on that day."""


class NotPossibleNow(Refused):
    """The payment has moved on meanwhile."""


class WouldPassLimit(Refused):
    """The person's own weekly limit would be passed. They alone are told, and they choose."""


@transaction.atomic
def offer(
    panel: Panel,
    *,
    people: list[Any],
    kind: str,
    happens_on: date,
    minutes: int | None = None,
    amount_pence: int | None = None,
    is_in_advance: bool = False,
    words: str = "",
    by: Any,
) -> list[Payment]:
    """Offer each of `people` the same, in writing; they are told, and say yes or no.

    Time is paid by the rates of the day it happens on; travel and other expenses by their amount.
    Whoever has just this already is left out, whether they have said yes since or been paid.
    """
    panel = Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    rates = rates_on(panel.organisation, happens_on)
    same = {
        "kind": PaymentKind(kind),
        "words": words,
        "happens_on": happens_on,
        "minutes": minutes,
        "amount_pence": _amount(panel, rates, kind, minutes, amount_pence),
        "is_in_advance": is_in_advance,
        "status": PaymentStatus.OFFERED,
    }
    have_it = set(_standing(panel, same).values_list("person", flat=True))
    made = [
        Payment.objects.create(
            panel=panel,
            person=person,
            due_on=_due_on(rates, happens_on, is_in_advance),
            changed_at=database_now(),
            offered_by=by,
            **same,
        )
        for person in people
        if person.pk not in have_it
    ]
    if not made:
        raise Refused("Everyone you chose has this offer already. Nothing was sent twice.")
    for payment in made:
        notices.tell(payment.person, words_for.OFFERED, payment)
    for payment in made:
        audit.record("payment.offered", payment, by=by, subject=payment.person)
    return made


def offer_for_late(meeting: Meeting, *, after: timedelta = timedelta(0)) -> list[Payment]:
    """Where a meeting falls through late: offer whoever was coming what the rates give for that.

    They are those who said that they come and have not left since, but for the organisation's own
    staff, who are paid to be there. Who has stepped away is among them: whoever pays knows who had
    said so, and would read off the offers who is away. Nobody has to ask, and nobody offers it: it
    is the rule. Called with the panel and the meeting locked, by whatever moves or cancels it; it
    writes nothing into the audit, whose head is the last lock: that caller writes `payment.offered`
    for each payment returned. They are told when `after` has passed.
    """
    panel, starts_at = meeting.panel, meeting.starts_at
    if starts_at is None:
        return []
    day = london(starts_at).date()
    rates = rates_on(panel.organisation, day)
    if rates is None or not rates.late_cancellation:
        return []
    if timezone.now() < starts_at - timedelta(days=rates.late_within_days):
        return []
    offered = panel.payments.filter(meeting=meeting, happens_on=day).values("person")
    made = [
        Payment.objects.create(
            panel=panel,
            person=person,
            meeting=meeting,
            kind=PaymentKind.LATE_CANCELLATION,
            words=meeting.title,
            happens_on=day,
            amount_pence=rates.late_cancellation,
            due_on=_due_on(rates, day, is_in_advance=False),
            status=PaymentStatus.OFFERED,
            changed_at=database_now(),
        )
        for person in was_coming(meeting).exclude(pk__in=offered)
    ]
    for payment in made:
        notices.tell(payment.person, words_for.OFFERED, payment, after=after)
    return made


@transaction.atomic
def accept(payment: Payment, *, knows_limit: bool = False, by: Any) -> None:
    """The person says yes; they can still say no until it is paid.

    Where that takes them above their own weekly limit they are told first (`WouldPassLimit`), and
    choose by `knows_limit`.
    """
    limit = _locked_limit(by)
    payment = _locked(payment)
    if payment.status == PaymentStatus.ACCEPTED:
        return
    if not knows_limit and passes_limit(
        limit,
        kind=payment.kind,
        day=payment.happens_on,
        pence=payment.amount_pence,
        beside=payment,
    ):
        raise _would_pass()
    _move(payment, PaymentStatus.ACCEPTED, by=by)


@transaction.atomic
def decline(payment: Payment, *, by: Any) -> None:
    """The person says no, or takes a claim back. No reason is asked or kept."""
    _move(_locked(payment), PaymentStatus.DECLINED, by=by)


@transaction.atomic
def claim(
    panel: Panel,
    *,
    kind: str,
    happens_on: date,
    amount_pence: int,
    words: str,
    is_in_advance: bool = False,
    knows_limit: bool = False,
    by: Any,
) -> Payment:
    """The person asks for money that taking part has cost them, or is going to."""
    panel = Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    limit = _locked_limit(by)
    if kind not in PaymentKind.money_back():
        raise Refused("Only travel and other expenses are claimed; time is paid by an offer.")
    same = {
        "person": by,
        "kind": PaymentKind(kind),
        "words": words,
        "happens_on": happens_on,
        "amount_pence": amount_pence,
        "is_in_advance": is_in_advance,
        "status": PaymentStatus.CLAIMED,
    }
    if _standing(panel, same).filter(offered_by=None).exists():
        raise Refused(
            "You have claimed this already. Nothing was saved twice. If it is something else, say "
            "so in your words."
        )
    if not knows_limit and passes_limit(limit, kind=kind, day=happens_on, pence=amount_pence):
        raise _would_pass()
    today = timezone.localdate()
    payment = Payment.objects.create(
        panel=panel,
        due_on=_due_on(
            rates_on(panel.organisation, today),
            happens_on if is_in_advance else today,
            is_in_advance,
        ),
        changed_at=database_now(),
        **same,
    )
    payers = [person for person in who_pays(panel.organisation) if person.pk != by.pk]
    notices.tell_everyone(payers, words_for.CLAIMED, payment)
    audit.record("payment.claimed", payment, by=by, subject=by)
    return payment


@transaction.atomic
def approve(payment: Payment, *, by: Any) -> None:
    """It is to be paid: the work was done, or the money is needed for it."""
    payment = _locked(payment)
    if payment.status == PaymentStatus.APPROVED:
        return
    payment.approved_at, payment.approved_by = database_now(), by
    _move(payment, PaymentStatus.APPROVED, by=by)


@transaction.atomic
def refuse(payment: Payment, *, reason: str, by: Any) -> None:
    """It will not be paid, and the person reads why. An offer is taken back in the same way."""
    payment = _locked(payment)
    if payment.status == PaymentStatus.REFUSED:
        return
    payment.refusal = reason
    _move(payment, PaymentStatus.REFUSED, tell=words_for.REFUSED, by=by)


@transaction.atomic
def mark_paid(payment: Payment, *, on: date, by: Any) -> None:
    """The money has left, on that day. Nothing follows: from now on it is history."""
    payment = _locked(payment)
    if payment.status == PaymentStatus.PAID:
        return
    payment.paid_on, payment.paid_by = on, by
    _move(payment, PaymentStatus.PAID, tell=words_for.PAID, by=by)


@transaction.atomic
def set_weekly_limit(*, pence: int | None, counts_money_back: bool = False, by: Any) -> None:
    """The person's own limit, or none any more. Not in the audit: see `WeeklyLimit`."""
    if pence is None:
        WeeklyLimit.objects.filter(user=by).delete()
        return
    WeeklyLimit.objects.update_or_create(
        user=by, defaults={"pence": pence, "counts_money_back": counts_money_back}
    )


def _standing(panel: Panel, same: dict[str, Any]) -> QuerySet[Payment]:
    """Payments that are just the same and still stand: offered, claimed, agreed or paid. What was
    declined or refused can be offered, or claimed, again."""
    alike = {name: value for name, value in same.items() if name != "status"}
    return panel.payments.filter(**alike).exclude(
        status__in=[PaymentStatus.DECLINED, PaymentStatus.REFUSED]
    )


def _amount(
    panel: Panel,
    rates: PaymentRates | None,
    kind: str,
    minutes: int | None,
    amount_pence: int | None,
) -> int:
    """What the rates give for it in pence, or the amount that was said."""
    if kind in (PaymentKind.TRAVEL, PaymentKind.EXPENSES):
        pence = amount_pence or 0
    elif rates is None:
        raise NoRates(
            f"{panel.organisation.name} has not yet said what it pays on that day. Nothing was "
            "offered. Set the rates first."
        )
    elif kind == PaymentKind.LATE_CANCELLATION:
        pence = rates.late_cancellation
    else:
        an_hour = {
            PaymentKind.MEETING: rates.meeting_hour,
            PaymentKind.READING: rates.reading_hour,
            PaymentKind.COVER: rates.cover_hour,
            PaymentKind.CARER_COVER: rates.carer_cover_hour,
        }
        pence = for_hours(an_hour[PaymentKind(kind)], minutes or 0)
    if pence <= 0:
        raise Refused("This comes to nothing, so it was not sent. Look at the time and the rates.")
    return pence


def _due_on(rates: PaymentRates | None, day: date, is_in_advance: bool) -> date:
    """By when the person has the money: soon after the day, or in time before it."""
    if is_in_advance:
        return max(timezone.localdate(), day - timedelta(days=DAYS_BEFORE_A_JOURNEY))
    return day + timedelta(days=rates.days_to_pay if rates else DAYS_TO_PAY)


def _locked_limit(user: Any) -> WeeklyLimit | None:
    """The person's limit, locked, so that two offers accepted at once are counted one by one."""
    return WeeklyLimit.objects.select_for_update(no_key=True).filter(user=user).first()


def _locked(payment: Payment) -> Payment:
    """The payment as it is now, its row alone locked."""
    return (
        Payment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person")
        .get(pk=payment.pk)
    )


def _move(payment: Payment, status: str, *, tell: str = "", by: Any) -> None:
    """Go on to `status` if that may follow; being there already changes nothing."""
    if payment.status == status:
        return
    if not payment.can_become(status):
        raise NotPossibleNow(
            "This has been seen to in another way meanwhile. Nothing was changed; the page now "
            "says how it stands."
        )
    if status not in (PaymentStatus.APPROVED, PaymentStatus.PAID):
        payment.approved_at = payment.approved_by = None
    payment.status, payment.changed_at = PaymentStatus(status), database_now()
    payment.save()
    if tell:
        notices.tell(payment.person, tell, payment)
    audit.record(f"payment.{status}", payment, by=by, subject=payment.person)


def _would_pass() -> WouldPassLimit:
    return WouldPassLimit(
        "This would take you above your own limit for that week. Nothing has been saved. "
        "You choose: nobody else sees this."
    )
