"""The pages of support: who reads what people need, and quiet."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import Coming, Perspective
from stakeholders.models import Payment, QuietMode, SupportPlan
from stakeholders.queries.panels import seat_of
from stakeholders.services import attendance, panels, payment_reminders, payments, seats, support
from tests.factories import meetings as make_meetings
from tests.factories import stakeholders as make
from tests.factories import support as make_support
from tests.pages import address, as_, day, page
from tests.support import run_jobs
from vbc.core.models import AuditContent, AuditEntry, Job, Notification

pytestmark = pytest.mark.django_db
NEED, NUMBER, LIMIT = "canary-need", "01632 960877", 1_234_56


@pytest.fixture
def panel(db: None) -> Any:
    return make_support.panel_that_pays(**make_support.FEW)


# --- Needs --------------------------------------------------------------------------------------


@pytest.mark.row("A3-25")
def test_person_writes_what_they_need_and_reads_who_reads_it(panel: Any) -> None:
    person = make_support.service_user(panel)
    shown = page(person, "support-plan", panel)
    assert "Nobody reads it yet" in shown
    arranger = make_support.arranger(panel)
    assert f"You and {arranger.display_name}, who arranges" in page(person, "support-plan", panel)
    answer = as_(person).post(
        address("support-plan", panel),
        {
            "version": "1",
            "needs": ["wants_bsl"],
            "ways": ["by_post"],
            "post_address": "1 High Street",
            "travel": "A taxi",
        },
    )
    assert answer.status_code == 302
    plan = SupportPlan.objects.get()
    assert (plan.seat.user, plan.wants_bsl, plan.by_post, plan.travel) == (
        person,
        True,
        True,
        "A taxi",
    )
    assert "You wrote what you need" in page(person, "my-support")
    listed = page(arranger, "arrangements", panel)
    for words in (person.display_name, "British Sign Language (BSL)", "A taxi", "Post"):
        assert words in listed
    assert not any(label.lower() in listed.lower() for label in Perspective.labels)


@pytest.mark.parametrize(
    ("ways", "field", "words"),
    [
        (["by_phone"], "phone_number", "Which number should we ring? Or untick phone call."),
        (["by_text"], "phone_number", "Which number should we text? Or untick text message."),
        (
            ["by_phone", "by_text"],
            "phone_number",
            "Which number should we ring and text? Or untick phone call and text message.",
        ),
        (["by_post"], "post_address", "Which address should we write to? Or untick post."),
    ],
)
def test_a_wish_that_nobody_could_meet_is_asked_about_and_the_rest_kept(
    panel: Any, ways: list[str], field: str, words: str
) -> None:
    client = as_(make_support.service_user(panel))
    sent = {"version": "1", "ways": ways, "needs": ["wants_bsl"], "travel": "A taxi", field: "  "}
    answer = client.post(address("support-plan", panel), sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors == {field: [words]}
    shown = answer.content.decode()
    assert words in shown
    assert "A taxi" in shown
    assert shown.count(" checked") == len(ways) + 1
    assert not SupportPlan.objects.exists()
    sent[field] = "07700 900123"
    assert client.post(address("support-plan", panel), sent).status_code == 302
    assert getattr(SupportPlan.objects.get(), field) == "07700 900123"


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("07700 900123", True),
        ("+44 (0)7700 900-123", True),
        ("18001 01632 960001", True),
        ("01632/960001 ext. 12", True),
        ("999", True),
        ("ask my sister", False),
        ("sam@example.org", False),
        ("+", False),
        ("07", False),
    ],
)
def test_a_number_is_one_that_can_be_dialled_however_it_is_written(
    panel: Any, number: str, is_one: bool
) -> None:
    client = as_(make_support.service_user(panel))
    sent = {"version": "1", "ways": ["by_phone"], "phone_number": number}
    answer = client.post(address("support-plan", panel), sent)
    assert SupportPlan.objects.exists() is is_one
    if not is_one:
        assert list(answer.context["form"].errors) == ["phone_number"]
        assert number in answer.content.decode()


def test_a_number_that_nobody_has_to_use_is_kept(panel: Any) -> None:
    client = as_(make_support.service_user(panel))
    sent = {"version": "1", "ways": ["by_email"], "phone_number": "07700 900123"}
    assert client.post(address("support-plan", panel), sent).status_code == 302
    assert SupportPlan.objects.get().phone_number == "07700 900123"


def test_second_tab_keeps_its_words_and_saves_when_sent_again(panel: Any) -> None:
    person = make_support.service_user(panel)
    make_support.plan(panel, person, travel="A taxi")
    client = as_(person)
    answer = client.post(address("support-plan", panel), {"version": "1", "travel": "A bus"})
    shown = answer.content.decode()
    assert "You saved this in another window in the meantime" in shown
    assert "A bus" in shown
    assert "A taxi" in shown
    assert 'name="version" value="2"' in shown
    client.post(address("support-plan", panel), {"version": "2", "travel": "A bus"})
    assert SupportPlan.objects.get().travel == "A bus"


def test_words_of_one_panel_are_shown_for_the_next_and_not_kept_by_looking(panel: Any) -> None:
    person = make_support.service_user(panel)
    other = make.forming_panel(panel.organisation)
    make.seat(other, Perspective.CARER, user=person)
    make_support.plan(panel, person, travel=NEED, wants_bsl=True)
    shown = page(person, "support-plan", other)
    assert NEED in shown
    assert "what you wrote for another panel" in shown
    assert SupportPlan.objects.count() == 1


def test_only_the_arranger_has_the_list(panel: Any) -> None:
    person, chair = (make_support.service_user(panel, number) for number in (0, 1))
    panels.appoint_chair(panel, chair, by=panel.created_by)
    admin, stranger = make.admin_of(panel.organisation), make.person()
    make_support.plan(panel, person, travel=NEED)
    arranger = make_support.arranger(panel)
    for user in (person, chair, admin, stranger, panel.created_by):
        assert as_(user).get(address("arrangements", panel)).status_code == 404
    assert NEED in page(arranger, "arrangements", panel)
    for user in (admin, stranger, panel.created_by, arranger):
        assert as_(user).get(address("support-plan", panel)).status_code == 404


def test_those_who_run_the_panel_name_the_arranger(panel: Any) -> None:
    person, chair = (make_support.service_user(panel, number) for number in (0, 1))
    panels.appoint_chair(panel, chair, by=panel.created_by)
    colleague = make.commissioner(panel.organisation, "Colleague")
    url = address("name-arranger", panel)
    assert as_(person).get(url).status_code == 403
    assert as_(make.person()).get(url).status_code == 404
    assert as_(chair).post(url, {"arranger": person.public_id}).status_code == 200
    assert as_(chair).post(url, {"arranger": colleague.public_id}).status_code == 302
    panel.refresh_from_db()
    assert panel.arranger == colleague


def test_list_for_a_meeting_leaves_out_who_cannot_come(panel: Any) -> None:
    coming, silent, absent = (make_support.service_user(panel, number) for number in range(3))
    for number, user in enumerate((coming, silent, absent)):
        make_support.plan(panel, user, travel=f"{NEED}-{number}")
    meeting = make_meetings.arranged(panel)
    for user, answer in ((coming, Coming.YES), (absent, Coming.NO)):
        seat = seat_of(user, panel)
        assert seat is not None
        attendance.say_coming(meeting, seat=seat, coming=answer, by=user)
    arranger = make_support.arranger(panel)
    whole = page(arranger, "arrangements", panel)
    assert all(f"{NEED}-{number}" in whole for number in range(3))
    assert f"?meeting={meeting.public_id}" in whole
    listed = page(arranger, "arrangements", panel, query=f"?meeting={meeting.public_id}")
    assert [f"{NEED}-{number}" in listed for number in range(3)] == [True, True, False]
    elsewhere = make_meetings.arranged()
    other = page(arranger, "arrangements", panel, query=f"?meeting={elsewhere.public_id}")
    assert elsewhere.title not in other


# --- Quiet, one tap -----------------------------------------------------------------------------


def test_quiet_is_one_tap_on_and_off(panel: Any) -> None:
    person, client = make_support.service_user(panel), as_(make_support.service_user(panel))
    assert "Make it quiet" in page(person, "my-support")
    answer = client.post(address("begin-quiet"), follow=True)
    assert "It is quiet now: no reminders." in answer.content.decode()
    assert QuietMode.objects.get().user == person
    assert "Send me reminders again" in page(person, "my-support")
    assert client.get(address("end-quiet")).status_code == 405
    client.post(address("end-quiet"))
    assert not QuietMode.objects.exists()


def test_nobody_who_has_left_is_told_that_a_seat_stays_theirs(panel: Any) -> None:
    person = make_support.service_user(panel)
    assert "Your seats stay yours" in page(person, "my-support")
    seat = seat_of(person, panel)
    assert seat is not None
    seats.leave(seat, by=person)
    assert "Make it quiet" in page(person, "my-support")
    assert "Your seats stay yours" not in page(person, "my-support")
    support.begin_quiet(by=person)
    assert "Your seats stay yours" not in page(person, "my-support")


# --- Lists cost the same, however long ----------------------------------------------------------


def _queries(person: Any, name: str, *things: Any) -> int:
    client = as_(person)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address(name, *things)).status_code == 200
    return len(captured)


@pytest.mark.thorough
def test_lists_of_one_and_of_three_cost_the_same(panel: Any) -> None:
    staff, arranger = panel.created_by, make_support.arranger(panel)
    people = [make_support.service_user(panel, number) for number in range(3)]
    person = people[0]
    counts = []
    for round_number in (1, 3):
        while Payment.objects.filter(person=person).count() < round_number:
            words = str(Payment.objects.count())
            make_support.offer(panel, person, words=words, happens_on=timezone.localdate())
        for user in people[len(SupportPlan.objects.all()) : round_number]:
            make_support.plan(panel, user, travel="A taxi")
        if round_number == 3:
            for _ in range(2):
                other = make.forming_panel(panel.organisation, by=staff)
                make.seat(other, Perspective.CARER, user=person)
                make_support.plan(other, person, travel="A bus")
            make_support.rates(panel.organisation, staff)
            make_support.rates(panel.organisation, staff)
        counts.append(
            (
                _queries(person, "my-support"),
                _queries(person, "support-letter"),
                _queries(staff, "panel-payments", panel),
                _queries(staff, "rates", panel.organisation),
                _queries(arranger, "arrangements", panel),
            )
        )
    assert counts[0] == counts[1]


# --- The canary ---------------------------------------------------------------------------------


@pytest.mark.thorough
def test_needs_and_limits_reach_nobody_else_in_any_way(
    panel: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    """Their words are looked for in every page, e-mail, log, job, notice, audit and export."""
    person, other, chair = (make_support.service_user(panel, number) for number in range(3))
    panels.appoint_chair(panel, chair, by=panel.created_by)
    admin, outsider = make.admin_of(panel.organisation), make.commissioner(make.organisation())
    arranger, today = make_support.arranger(panel), timezone.localdate()
    said = {field: f"{NEED}-{field}" for field in ("timing", "travel", "anything_else")}
    url = address("support-plan", panel)
    as_(person).post(url, said | {"version": "1", "interpreter": NEED, "phone_number": NUMBER})
    as_(person).post(address("weekly-limit"), {"amount": "1234.56"})
    as_(person).post(address("begin-quiet"))
    own = make_support.paid(panel, person, happens_on=today)
    waiting = make_support.offer(panel, person, amount_pence=None)
    payments.decline(waiting, by=person)
    make_support.claim(panel, person)
    support.save_plan(
        SupportPlan.objects.get().seat, expected=2, fields={"travel": NEED}, by=person
    )
    payment_reminders.daily()
    run_jobs()
    assert NEED in page(person, "support-plan", panel)
    assert NEED in page(arranger, "arrangements", panel)
    assert "£1,234.56" in page(person, "my-support")

    texts = [m.message().as_string() for m in mail.outbox]
    texts += [str(m.body) for m in mail.outbox]
    for user in (other, chair, panel.created_by, admin, arranger, outsider):
        for target in _everywhere(panel, own):
            if user == arranger and target == address("arrangements", panel):
                continue
            texts.append(as_(user).get(target).content.decode())
    for user in (panel.created_by, admin):
        sent = as_(user).post(
            address("payments-export", panel.organisation), day("first", today) | day("last", today)
        )
        assert own.public_id in sent.content.decode()
        texts.append(sent.content.decode())
    for model in (AuditEntry, AuditContent, Job, Notification):
        texts.append(str(list(model._default_manager.values())))
    out, err = capfd.readouterr()
    texts += [out, err]
    assert len(texts) > 60
    for text in texts:
        for canary in (NEED, NUMBER, "1,234.56", "1234.56"):
            assert canary not in text
        # By itself: what is random (the number of a request) may hold these digits.
        assert not re.search(rf"\b{LIMIT}\b", text)


def _everywhere(panel: Any, payment: Payment) -> list[str]:
    """Every page where support or money of a panel could show, and those around it."""
    of_panel = ("panel", "support-plan", "arrangements", "name-arranger")
    of_payers = ("panel-payments", "offer-payments", "cost-centre")
    return [
        reverse("home:my-work"),
        reverse("home:account"),
        address("panels"),
        address("my-support"),
        address("support-letter"),
        address("weekly-limit"),
        address("claim"),
        address("payment", payment),
        address("rates", panel.organisation),
        address("payments-export", panel.organisation),
        *(address(name, panel) for name in (*of_panel, *of_payers)),
        *(
            address(name, panel, payment)
            for name in ("panel-payment", "refuse-payment", "mark-payment-paid")
        ),
    ]
