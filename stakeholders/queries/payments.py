"""Reads about money: a person's own, and what those who pay have to do."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When
from django.utils import timezone

from stakeholders.enums import OrganisationRole, PaymentKind, PaymentStatus
from stakeholders.models import (
    CostCentre,
    Organisation,
    OrganisationMember,
    Panel,
    Payment,
    PaymentRates,
    Seat,
    User,
    WeeklyLimit,
)

PAYING_ROLES = (OrganisationRole.ADMIN, OrganisationRole.COMMISSIONER)

# What waits for the person comes first, then what they wait for, then what is over.
_FOR_THE_PERSON = Case(
    When(status=PaymentStatus.OFFERED, then=Value(0)),
    When(status__in=sorted(PaymentStatus.owed()), then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)
# What waits for those who pay: to approve, to pay, then what they can only wait for.
_FOR_STAFF = Case(
    When(status__in=[PaymentStatus.CLAIMED, PaymentStatus.ACCEPTED], then=Value(0)),
    When(status=PaymentStatus.APPROVED, then=Value(1)),
    When(status=PaymentStatus.OFFERED, then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)


def payments_of(user: Any) -> QuerySet[Payment]:
    """The person's own, over all their panels, those of panels they have left too."""
    return (
        Payment.objects.filter(person_id=user.pk)
        .select_related("panel__organisation")
        .order_by(_FOR_THE_PERSON, "-happens_on", "-pk")
    )


def has_money_here(user: Any) -> bool:
    """Whether the person was ever offered anything or claimed it, or still may, because they have
    a seat or had one."""
    offered_or_claimed = Payment.objects.filter(person=OuterRef("pk"))
    sat = Seat.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(pk=user.pk).filter(Exists(offered_or_claimed) | Exists(sat)).exists()


def not_settled_for(user: Any) -> QuerySet[Payment]:
    """What the person waits for, and offers that wait for them; what is to come first on top."""
    waiting = PaymentStatus.owed() | {PaymentStatus.OFFERED}
    return (
        Payment.objects.filter(person_id=user.pk, status__in=sorted(waiting))
        .select_related("panel__organisation")
        .order_by("due_on", "pk")
    )


def payment_of(user: Any, public_id: str) -> Payment | None:
    return payments_of(user).filter(public_id=public_id).first()


def payments_of_panel(panel: Panel, show: str = "") -> QuerySet[Payment]:
    """Everybody's, for those who pay: what waits for them first, the oldest promise first.

    `show` narrows it: to_do, late, paid.
    """
    narrowed = Payment.objects.filter(panel=panel)
    if show == "to_do":
        narrowed = narrowed.owed()
    elif show == "late":
        narrowed = narrowed.late_on(timezone.localdate())
    elif show == "paid":
        narrowed = narrowed.filter(status=PaymentStatus.PAID)
    return narrowed.select_related("person", "panel__organisation").order_by(
        _FOR_STAFF, "due_on", "pk"
    )


def payment_of_panel(panel: Panel, public_id: str) -> Payment | None:
    """A payment of this panel and no other."""
    return payments_of_panel(panel).filter(public_id=public_id).first()


def payments_for_letter(user: Any, first: date, last: date) -> QuerySet[Payment]:
    """What the person was offered, and claimed, for work between two days, in order."""
    return (
        Payment.objects.filter(person_id=user.pk, happens_on__range=(first, last))
        .select_related("panel__organisation")
        .order_by("panel__organisation__name", "happens_on", "pk")
    )


def payments_for_finance(organisation: Organisation, first: date, last: date) -> QuerySet[Payment]:
    """What was approved or paid between two days, both included."""
    return (
        Payment.objects.filter(panel__organisation=organisation)
        .filter(status__in=[PaymentStatus.APPROVED, PaymentStatus.PAID])
        .filter(Q(approved_at__date__range=(first, last)) | Q(paid_on__range=(first, last)))
        .select_related("person", "panel__cost_centre")
        .order_by("approved_at", "pk")
    )


def late_payments(day: date) -> QuerySet[Payment]:
    return Payment.objects.late_on(day).select_related("person", "panel__organisation")


def unanswered_offers(first: date, last: date) -> QuerySet[Payment]:
    """Offers for work between two days that their people have not answered."""
    return Payment.objects.filter(
        status=PaymentStatus.OFFERED, happens_on__range=(first, last)
    ).select_related("person")


def panels_to_claim_for(user: Any) -> QuerySet[Panel]:
    """Panels on which the person has a seat, or had one: what they spent is owed either way."""
    return (
        Panel.objects.filter(seats__user_id=user.pk)
        .select_related("organisation")
        .distinct()
        .order_by("name", "pk")
    )


def people_to_pay(panel: Panel, by: Any) -> QuerySet[User]:
    """Everyone with a live seat, by name, but for whoever makes the offer."""
    return (
        User.objects.filter(seats__panel=panel, seats__left_at__isnull=True, is_active=True)
        .exclude(pk=by.pk)
        .distinct()
        .order_by("display_name", "pk")
    )


def who_pays(organisation: Organisation) -> list[User]:
    """Staff who approve and pay, once each."""
    paying = OrganisationMember.objects.filter(
        organisation=organisation, until__isnull=True, role__in=PAYING_ROLES
    )
    return list(User.objects.filter(pk__in=paying.values("user"), is_active=True).order_by("pk"))


def organisation_to_pay_for(user: Any, public_id: str) -> Organisation | None:
    """The organisation, if `user` works for it."""
    return Organisation.objects.of_staff(user).filter(public_id=public_id).first()


def rates_of(organisation: Organisation) -> QuerySet[PaymentRates]:
    """Its rates, those that start last first."""
    return organisation.payment_rates.select_related("set_by")


def rates_on(organisation: Organisation, day: date) -> PaymentRates | None:
    """The rates that hold on `day`: the last that started by then, the newest of the same day."""
    return organisation.payment_rates.filter(starts_on__lte=day).first()


def cost_centre_of(panel: Panel) -> str:
    """The panel's code in the books; empty where nobody has set one."""
    return CostCentre.objects.filter(panel=panel).values_list("code", flat=True).first() or ""


def weekly_limit_of(user: Any) -> WeeklyLimit | None:
    """The person's own. Ask for nobody else's."""
    return WeeklyLimit.objects.filter(user_id=user.pk).first()


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def taken_in_week(limit: WeeklyLimit, day: date, *, beside: Payment | None = None) -> int:
    """What the person has accepted for work in the week of `day`, in pence, without `beside`."""
    taken = Payment.objects.filter(
        person_id=limit.user_id,
        happens_on__range=week_of(day),
        status__in=PaymentStatus.owed() | {PaymentStatus.PAID},
    )
    if not limit.counts_money_back:
        taken = taken.exclude(kind__in=PaymentKind.money_back())
    if beside is not None:
        taken = taken.exclude(pk=beside.pk)
    return taken.aggregate(total=Sum("amount_pence"))["total"] or 0


def passes_limit(
    limit: WeeklyLimit | None,
    *,
    kind: str,
    day: date,
    pence: int,
    beside: Payment | None = None,
) -> bool:
    """Whether accepting this would take the person above their own limit for that week."""
    if limit is None or (kind in PaymentKind.money_back() and not limit.counts_money_back):
        return False
    return taken_in_week(limit, day, beside=beside) + pence > limit.pence
