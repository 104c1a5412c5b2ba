"""A person's own money: offers, claims, their limit, the letter."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from stakeholders.enums import PaymentKind, PaymentStatus
from stakeholders.models import Payment, WeeklyLimit
from stakeholders.models.users import NO_EMAIL
from stakeholders.services import payments
from tests.factories import invitations as invited
from tests.factories import stakeholders as make
from tests.factories import support as make_support
from tests.pages import address, as_, day, page

pytestmark = pytest.mark.django_db
WORDS = "canary-words"


@pytest.fixture
def panel(db: None) -> Any:
    return make_support.panel_that_pays(**make_support.FEW)


# --- Money of one's own -------------------------------------------------------------------------


def test_person_accepts_declines_and_changes_their_mind(panel: Any) -> None:
    person = make_support.service_user(panel)
    payment, client = make_support.offer(panel, person), as_(person)
    assert "£50" in page(person, "my-support")
    shown = page(person, "payment", payment)
    assert "Say yes or no, whichever you like" in shown
    assert "Citizens Advice" in shown
    for name, status in (
        ("decline-payment", PaymentStatus.DECLINED),
        ("accept-payment", PaymentStatus.ACCEPTED),
    ):
        assert client.post(address(name, payment)).status_code == 302
        payment.refresh_from_db()
        assert payment.status == status
    for other in (make_support.service_user(panel, 1), panel.created_by, make.person()):
        for name in ("accept-payment", "decline-payment"):
            assert as_(other).post(address(name, payment)).status_code == 404
        assert as_(other).get(address("payment", payment)).status_code == 404


def test_person_is_warned_of_their_own_limit_and_chooses(panel: Any) -> None:
    person = make_support.service_user(panel)
    payment, client = make_support.offer(panel, person), as_(person)
    assert client.post(address("weekly-limit"), {"amount": "40"}).status_code == 302
    assert "Your limit is £40 a week" in page(person, "my-support")
    assert "would come to £50" in page(person, "payment", payment)
    answer = client.post(address("accept-payment", payment), follow=True)
    assert "above your own limit" in answer.content.decode()
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.OFFERED
    client.post(address("accept-payment", payment), {"knows_limit": "yes"})
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.ACCEPTED
    client.post(address("weekly-limit"), {"amount": ""})
    assert not WeeklyLimit.objects.exists()


def test_claim_from_the_page(panel: Any) -> None:
    person = make_support.carer(panel)
    client, today = as_(person), timezone.localdate()
    data = {
        "panel": panel.public_id,
        "kind": "care",
        "amount": "£32",
        "words": "A sitter",
        **day("happens_on", today),
    }
    answer = client.post(address("claim"), data, follow=True)
    assert "You claimed this." in answer.content.decode()
    claim = Payment.objects.get()
    assert (claim.person, claim.amount_pence, claim.is_claim) == (person, 32_00, True)
    stranger = make.person()
    assert "You have not been on a panel" in page(stranger, "claim")
    as_(stranger).post(address("claim"), data)
    assert Payment.objects.count() == 1


def test_claim_above_the_limit_is_asked_once_more(panel: Any) -> None:
    person = make_support.service_user(panel)
    payments.set_weekly_limit(pence=5_00, counts_money_back=True, by=person)
    data = {
        "panel": panel.public_id,
        "kind": "travel",
        "amount": "7.40",
        "words": "Bus",
        **day("happens_on", timezone.localdate()),
    }
    shown = as_(person).post(address("claim"), data).content.decode()
    assert "Nothing is claimed yet" in shown
    assert 'name="knows_limit" value="on"' in shown
    assert not Payment.objects.exists()
    assert as_(person).post(address("claim"), data | {"knows_limit": "on"}).status_code == 302
    assert Payment.objects.count() == 1


def test_letter_says_nothing_of_health_role_or_panel(panel: Any) -> None:
    person = make_support.carer(panel)
    payments.decline(
        make_support.offer(panel, person, kind=PaymentKind.CARER_COVER, words=WORDS), by=person
    )
    # What is printed: the frame of the page is not.
    printed = page(person, "support-letter").split("Letter about involvement</h1>")[1]
    printed = printed.split('<div class="vbc-on-screen">')[0]
    printed = printed.replace(panel.organisation.name, "The organisation")
    assert "Declined on" in printed
    assert "involvement and not a job" in printed
    for word in (panel.name, WORDS, "carer", "care", "service user", "health", "illness"):
        assert word.lower() not in printed.lower()
    nothing = page(person, "support-letter", query=_between(2021))
    assert "Nothing was offered, claimed or paid." in nothing
    wrong = page(person, "support-letter", query="?first_day=1&first_month=1&first_year=x")
    assert "There is a problem" in wrong


def test_letter_prints_no_address_for_whoever_has_none_and_leaves_room_for_a_name() -> None:
    """The name that others see may be a nickname, and an office pays nobody's nickname."""
    printed = page(invited.without_email(), "support-letter")
    assert NO_EMAIL not in printed
    assert "Name in full, where it is another: ___" in printed


def _between(year: int) -> str:
    dates = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    return "?" + "&".join(
        f"{key}={value}" for name, each in dates.items() for key, value in day(name, each).items()
    )
