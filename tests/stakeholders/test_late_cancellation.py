"""A meeting that falls through late: whoever was coming is offered what the rates give for it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from stakeholders.enums import Coming, MeetingStatus, PaymentKind, PaymentStatus, Perspective
from stakeholders.models import Meeting, Panel, Payment, Seat
from stakeholders.notices import payments as words_for
from stakeholders.presenters.payments import own_page
from stakeholders.queries.meetings import was_coming
from stakeholders.services import attendance, finance, meetings, panels, payments, seats
from tests.factories import meetings as meet
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make
from tests.factories import support as make_support
from tests.pages import address, as_, names, text_of
from tests.support import run_jobs
from vbc.core.models import AuditEntry, Job, Notification
from vbc.ui.dates import LONDON

pytestmark = pytest.mark.django_db
SERVICE_USER = Perspective.SERVICE_USER
NOW = datetime(2026, 12, 1, 9, tzinfo=LONDON)


@pytest.fixture
def panel() -> Panel:
    """Three service users, one more than needed, and rates: £15 within two days."""
    return make_support.panel_that_pays(**make_support.FEW)


def seat_of(panel: Panel, number: int = 0) -> Seat:
    return meet.seats(panel, SERVICE_USER)[number]


def says(meeting: Meeting, seat: Seat, coming: str = Coming.YES) -> None:
    attendance.say_coming(meeting, seat=seat, coming=coming, by=seat.user)


def offered() -> set[int]:
    late = Payment.objects.filter(kind=PaymentKind.LATE_CANCELLATION)
    return set(late.values_list("person", flat=True))


@pytest.mark.parametrize("falls_through", [meetings.cancel, meetings.move])
def test_whoever_was_coming_is_offered_it_and_nobody_else(panel: Panel, falls_through: Any) -> None:
    with time_machine.travel(NOW, tick=False):
        meeting = meet.arranged(panel, NOW + timedelta(days=1))
        comes, cannot, _silent = (seat_of(panel, number) for number in range(3))
        says(meeting, comes)
        says(meeting, cannot, Coming.NO)
        falls_through(meeting, by=panel.created_by)
    payment = Payment.objects.get()
    assert (payment.person, payment.kind, payment.status, payment.amount_pence) == (
        comes.user,
        PaymentKind.LATE_CANCELLATION,
        PaymentStatus.OFFERED,
        15_00,
    )
    assert payment.happens_on == (NOW + timedelta(days=1)).date()
    assert (payment.meeting, payment.words) == (meeting, meeting.title)
    assert payment.due_on == payment.happens_on + timedelta(days=20)
    # By rule: nobody offers it, and it is no claim of theirs.
    assert (payment.offered_by, payment.is_claim) == (None, False)
    assert own_page(payment)["decline_words"] == "No, thank you"
    assert Notification.objects.filter(kind=words_for.OFFERED, recipient=comes.user).count() == 1
    entry = AuditEntry.objects.get(verb="payment.offered")
    assert entry.actor_pseudonym == ""


@pytest.mark.parametrize(
    ("hours", "is_late"), [(49, False), (48, True), (47, True), (1, True), (-1, True)]
)
def test_late_is_what_the_rates_say(panel: Panel, hours: int, is_late: bool) -> None:
    with time_machine.travel(NOW, tick=False):
        meeting = meet.arranged(panel, NOW + timedelta(hours=hours))
        says(meeting, seat_of(panel))
        meetings.cancel(meeting, by=panel.created_by)
    assert bool(offered()) is is_late


def test_rates_of_the_day_of_the_meeting_say_what_is_late_and_how_much(panel: Panel) -> None:
    with time_machine.travel(NOW, tick=False):
        finance.set_rates(
            panel.organisation,
            starts_on=(NOW + timedelta(days=5)).date(),
            by=panel.created_by,
            **(make_support.RATES | {"late_cancellation": 40_00, "late_within_days": 7}),
        )
        meeting = meet.arranged(panel, NOW + timedelta(days=6))
        says(meeting, seat_of(panel))
        meetings.cancel(meeting, by=panel.created_by)
    assert Payment.objects.get().amount_pence == 40_00


@pytest.mark.parametrize("rates", [None, {"late_cancellation": 0}])
def test_without_a_rate_nothing_is_offered_and_the_meeting_is_cancelled(
    rates: dict[str, int] | None,
) -> None:
    panel = make.sitting_panel(make.organisation(), **make_support.FEW)
    if rates is not None:
        finance.set_rates(
            panel.organisation,
            starts_on=timezone.localdate(),
            by=panel.created_by,
            **(make_support.RATES | rates),
        )
    meeting = meet.arranged(panel, timezone.now() + timedelta(hours=1))
    says(meeting, seat_of(panel))
    meetings.cancel(meeting, by=panel.created_by)
    assert meet.fresh(meeting).status == MeetingStatus.CANCELLED
    assert not Payment.objects.exists()


@pytest.mark.thorough
def test_meeting_without_a_date_costs_nobody_their_time(panel: Panel) -> None:
    meetings.cancel(meet.set_up(panel), by=panel.created_by)
    assert not Payment.objects.exists()


def test_one_day_is_paid_once_however_often_it_falls_through(panel: Panel) -> None:
    with time_machine.travel(NOW, tick=False):
        meeting = meet.arranged(panel, NOW + timedelta(days=1))
        seat = seat_of(panel)
        says(meeting, seat)
        meetings.move(meeting, by=panel.created_by)
        payments.decline(Payment.objects.get(), by=seat.user)
        meetings.edit(
            meet.fresh(meeting), expected=1, fields={"title": "Another"}, by=panel.created_by
        )
        meetings.cancel(meeting, by=panel.created_by)
    payment = Payment.objects.get()
    assert payment.status == PaymentStatus.DECLINED
    payment.pk, payment.public_id = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        payment.save()


def test_another_date_that_falls_through_is_another_day_kept_free(panel: Panel) -> None:
    with time_machine.travel(NOW, tick=False):
        meeting = meet.arranged(panel, NOW + timedelta(days=1))
        seat = seat_of(panel)
        says(meeting, seat)
        meetings.move(meeting, by=panel.created_by)
        meetings.arrange(meeting, starts_at=NOW + timedelta(days=2), by=panel.created_by)
        says(meeting, seat)
        meetings.cancel(meeting, by=panel.created_by)
    days = Payment.objects.order_by("happens_on").values_list("happens_on", flat=True)
    assert list(days) == [(NOW + timedelta(days=n)).date() for n in (1, 2)]


def test_who_has_left_or_works_here_is_left_out_and_who_stepped_away_is_not(panel: Panel) -> None:
    meeting = meet.arranged(panel, timezone.now() + timedelta(days=1))
    leaver, away, comes = (seat_of(panel, number) for number in range(3))
    staff = make.seat(panel, Perspective.IN_ATTENDANCE, user=make.commissioner(panel.organisation))
    beside = make_seat.supporter_of(comes)
    for seat in (leaver, away, comes, staff, beside):
        says(meeting, seat)
    seats.leave(leaver, by=leaver.user)
    seats.go_away(away, by=away.user)
    assert list(was_coming(meeting)) == [away.user, comes.user, beside.user]


def test_offers_do_not_tell_whoever_pays_who_is_away(panel: Panel) -> None:
    """They read in the room who had said yes, and in the list of payments who has an offer."""
    meeting = meet.arranged(panel, timezone.now() + timedelta(hours=20))
    coming = [seat_of(panel, number) for number in range(3)]
    for seat in coming:
        says(meeting, seat)
    seats.go_away(coming[0], by=coming[0].user)
    pays = as_(panel.created_by)
    room = text_of(pays, address("meeting-room", meeting))
    meetings.cancel(meet.fresh(meeting), by=panel.created_by)
    offers = text_of(pays, address("panel-payments", panel))
    for page in (room, offers):
        assert all(names(page, seat.user) for seat in coming)


def test_chair_who_cancels_is_offered_it_like_the_others(panel: Panel) -> None:
    meeting = meet.arranged(panel, timezone.now() + timedelta(hours=5))
    chair = seat_of(panel)
    panels.appoint_chair(panel, chair.user, by=panel.created_by)
    says(meeting, chair)
    meetings.cancel(meeting, by=chair.user)
    payment = Payment.objects.get()
    payments.accept(payment, by=chair.user)
    payments.approve(payment, by=panel.created_by)
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.APPROVED


@pytest.mark.row("A3-25")
def test_meeting_of_a_panel_that_begins_to_wait_is_paid_and_word_goes_after_the_liaison() -> None:
    panel = make_support.panel_that_pays(service_users=2, carers=1, clinicians=0)
    with time_machine.travel(NOW, tick=False):
        meeting = meet.arranged(panel, NOW + timedelta(hours=3))
        going, stays = (seat_of(panel, number) for number in (0, 1))
        for seat in (going, stays):
            says(meeting, seat)
        seats.go_away(going, by=going.user)
    assert offered() == {going.user_id, stays.user_id}
    told = Notification.objects.filter(kind=words_for.OFFERED)
    due = Job.objects.filter(object_id__in=told.values("public_id"))
    after = NOW + meetings.HEAD_START_OF_WHO_LOOKS_AFTER
    assert list(due.values_list("not_before", flat=True)) == [after, after]
    verbs = list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs[-5:] == [
        "seat.away",
        "panel.paused",
        "meeting.being_moved",
        "payment.offered",
        "payment.offered",
    ]


def test_mail_says_neither_what_for_nor_how_much(panel: Panel) -> None:
    meeting = meet.arranged(panel, timezone.now() + timedelta(hours=5))
    seat = seat_of(panel)
    says(meeting, seat)
    run_jobs()
    mail.outbox.clear()
    meetings.cancel(meeting, by=panel.created_by)
    run_jobs()
    letter = next(m for m in mail.outbox if m.subject.startswith("An offer for you"))
    assert letter.to == [seat.user.email]
    for told in ("15", meeting.title, "cancel"):
        assert told not in str(letter.body)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"meeting": None}, "payment_for_time_is_offered"),
        ({"kind": PaymentKind.READING}, "payment_for_time_is_offered"),
        ({"kind": PaymentKind.TRAVEL}, "payment_of_a_meeting_that_fell_through"),
    ],
)
def test_database_knows_what_is_offered_by_rule(
    panel: Panel, fields: dict[str, Any], constraint: str
) -> None:
    meeting = meet.arranged(panel, timezone.now() + timedelta(hours=5))
    says(meeting, seat_of(panel))
    meetings.cancel(meeting, by=panel.created_by)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Payment.objects.update(**fields)
