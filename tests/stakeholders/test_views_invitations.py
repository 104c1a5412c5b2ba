"""Inviting, and the page on which an invited person says yes: every state it can be in."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import Perspective
from stakeholders.models import Invitation, Panel, Seat, User
from stakeholders.services import invitations, panels
from tests.factories import stakeholders as make
from tests.pages import as_
from tests.support import run_jobs
from vbc.core.models import AuditEntry
from vbc.core.services import audit

pytestmark = pytest.mark.django_db
PASSWORD = "seven purple kettles"
NEW = "wren@example.org"


@pytest.fixture
def panel() -> Panel:
    return make.forming_panel(make.organisation())


@pytest.fixture
def invitation(panel: Panel) -> Invitation:
    return invite(panel)


def invite(panel: Panel, email: str = NEW) -> Invitation:
    return invitations.invite(
        panel,
        email=email,
        suggested_perspective=Perspective.SERVICE_USER,
        by=panel.created_by,
    )


def answers(**other: str) -> dict[str, str]:
    return {
        "display_name": "Wren",
        "password": PASSWORD,
        "perspective": Perspective.SERVICE_USER,
        "is_employed": "no",
        "is_adult": "on",
        **other,
    }


def test_invited_person_reads_what_it_means(invitation: Invitation) -> None:
    page = Client().get(invitations.link(invitation)).content.decode()
    for words in (
        invitation.panel.purpose,
        invitation.panel.organisation.name,
        "It advises the board, which decides.",
        "about 5 minutes",
        "Leaving takes two taps.",
        "The name you choose.",
        "Do you work for the organisation that commissions",
        "We ask because nobody who uses services is to sit alone.",
    ):
        assert words in page
    assert "£" not in page
    assert "Service user" not in page.split("<title>")[1].split("</title>")[0]


def test_a_chair_who_invites_is_not_said_to_work_for_the_organisation() -> None:
    """Any member may chair. Of staff it is said in the same way, or it would tell who is none."""
    panel = make.sitting_panel(make.organisation())
    chair = make.members(panel, Perspective.SERVICE_USER)[0]
    panels.appoint_chair(panel, chair, by=panel.created_by)
    run_jobs()
    for inviter in (chair, panel.created_by):
        mail.outbox.clear()
        asked = invitations.invite(
            panel, email=NEW, suggested_perspective=Perspective.CARER, by=inviter
        )
        run_jobs()
        invited = f"{inviter.display_name} invites you to take part in"
        read = (Client().get(invitations.link(asked)), mail.outbox[-1])
        for words in (unescape(read[0].content.decode()), str(read[1].body)):
            assert invited in words
            assert f"{inviter.display_name} of " not in words
            assert f"It belongs to {panel.organisation.name}" in words
        invitations.withdraw(asked, by=inviter)


def test_nothing_is_chosen_for_whoever_opens_the_invitation(invitation: Invitation) -> None:
    """What the inviter expected is a guess at somebody's health: a mailbox may be shared, and in a
    hurry one would send what one never said."""
    page = Client().get(invitations.link(invitation)).content.decode()
    assert not [part for part in page.split("<input")[1:] if "checked" in part.split(">")[0]]
    unsaid = {name: value for name, value in answers().items() if name != "perspective"}
    page = Client().post(invitations.link(invitation), unsaid).content.decode()
    assert "Answer “What do you speak from on this panel?”" in unescape(page)
    assert not Seat.objects.exists()
    Client().post(invitations.link(invitation), answers(perspective=Perspective.CARER))
    assert Seat.objects.get().perspective == Perspective.CARER


def test_new_person_says_yes_and_is_welcome(invitation: Invitation) -> None:
    client = Client()
    answer = client.post(invitations.link(invitation), answers(), follow=True)
    assert answer.redirect_chain == [(invitation.panel.get_absolute_url(), 302)]
    assert "Welcome. You now have a seat on" in answer.content.decode()
    seat = Seat.objects.get()
    assert (seat.user.email, seat.user.display_name) == (NEW, "Wren")
    assert seat.is_employed_by_affected_body is False
    assert seat.user.check_password(PASSWORD)
    assert client.get(reverse("home:my-work")).status_code == 200
    signed_in = Client().post(
        reverse("account_login"), {"login": NEW, "password": PASSWORD}, follow=True
    )
    assert signed_in.redirect_chain[-1][0] == reverse("home:my-work")


def test_employed_answer_is_kept(invitation: Invitation) -> None:
    Client().post(invitations.link(invitation), answers(is_employed="yes"))
    assert Seat.objects.get().is_employed_by_affected_body is True


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("display_name", "", "Enter the name others see"),
        ("display_name", "x" * 81, "there is room for 80"),
        ("password", "", '#id_password">Choose a password<'),
        ("password", "short", "too short"),
        ("password", "password123", "easy to guess"),
        ("password", "wren@example.org", "too much like"),
        ("perspective", "", "Answer “What do you speak from on this panel?”"),
        ("perspective", "minister", "Choose one of the answers"),
        ("is_employed", "", "Answer “Do you work for"),
        ("is_employed", "perhaps", "Choose one of the answers"),
        ("is_adult", "", "This panel is for people of 18 and over."),
    ],
)
def test_incomplete_answer_changes_nothing(
    invitation: Invitation, field: str, given: str, said: str
) -> None:
    answer = Client().post(invitations.link(invitation), answers(**{field: given}))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert said.lower() in page.lower()
    assert PASSWORD not in page
    assert not Seat.objects.exists()
    assert not User.objects.filter(email=NEW).exists()


def test_forged_fields_are_ignored(invitation: Invitation) -> None:
    other = make.forming_panel(make.organisation())
    Client().post(
        invitations.link(invitation),
        answers(
            email="admin@example.org",
            panel=other.public_id,
            invitation=invite(other, "someone@example.org").public_id,
            is_staff="on",
            is_superuser="on",
            role="admin",
            user=str(other.created_by.pk),
        ),
    )
    seat = Seat.objects.get()
    assert seat.panel == invitation.panel
    assert seat.user.email == NEW
    assert not seat.user.is_staff
    assert not seat.user.is_superuser


def test_account_seat_and_sign_in_come_together_or_not_at_all(
    invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = audit.record

    def fails_at_the_seat(verb: str, *args: Any, **kwargs: Any) -> Any:
        if verb == "seat.accepted":
            raise RuntimeError("The disk is full.")
        return written(verb, *args, **kwargs)

    monkeypatch.setattr(audit, "record", fails_at_the_seat)
    client = Client(raise_request_exception=False)
    assert client.post(invitations.link(invitation), answers()).status_code == 500
    assert not User.objects.filter(email=NEW).exists()
    assert not Seat.objects.exists()
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    monkeypatch.undo()
    assert client.get(reverse("home:my-work")).status_code == 302
    assert client.post(invitations.link(invitation), answers()).status_code == 302


def test_person_with_an_account_signs_in_first_and_comes_back(invitation: Invitation) -> None:
    person = make.person("Wren", NEW)
    link = invitations.link(invitation)
    page = Client().get(link).content.decode()
    assert "There is already an account with your e-mail address." in page
    assert f"{reverse('account_login')}?next={link}" in page
    client = Client()
    back = client.post(
        reverse("account_login"), {"login": NEW, "password": make.PASSWORD, "next": link}
    )
    assert back.url == link
    short = client.get(link).content.decode()
    assert 'name="password"' not in short
    client.post(link, answers())
    person.refresh_from_db()
    assert Seat.objects.get().user == person
    assert person.check_password(make.PASSWORD)


def test_signed_out_answer_for_an_existing_account_changes_nothing(invitation: Invitation) -> None:
    make.person("Wren", NEW)
    answer = Client().post(invitations.link(invitation), answers())
    assert "Sign in first" in answer.content.decode()
    assert not Seat.objects.exists()


def test_someone_else_cannot_use_it_and_is_not_told_whose_it_is(invitation: Invitation) -> None:
    client = as_(make.person())
    for answer in (
        client.get(invitations.link(invitation)),
        client.post(invitations.link(invitation), answers()),
    ):
        page = answer.content.decode()
        assert "This invitation is for another e-mail address" in page
        assert NEW not in page
    assert not Seat.objects.exists()


@pytest.mark.parametrize("confirmed", [True, False])
def test_another_address_of_ones_own_counts_once_it_is_confirmed(
    invitation: Invitation, confirmed: bool
) -> None:
    """To type an address is not to have it: whoever was sent the link by mistake has only that."""
    person = make.person()
    EmailAddress.objects.create(user=person, email=NEW, verified=confirmed)
    as_(person).post(invitations.link(invitation), answers())
    assert Seat.objects.filter(user=person).exists() is confirmed


def test_signing_out_leads_back_to_the_invitation(invitation: Invitation) -> None:
    link = invitations.link(invitation)
    answer = as_(make.person()).post(reverse("account_logout"), {"next": link})
    assert answer.url == link


def _used(invitation: Invitation) -> None:
    Client().post(invitations.link(invitation), answers())


def _withdrawn(invitation: Invitation) -> None:
    invitations.withdraw(invitation, by=invitation.invited_by)


def _run_out(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (_used, "This invitation has already been used."),
        (_withdrawn, "This invitation has been withdrawn."),
        (_run_out, "This invitation has run out."),
    ],
)
def test_invitation_that_is_over_says_so(invitation: Invitation, end: Any, said: str) -> None:
    end(invitation)
    seats_before = Seat.objects.count()
    for answer in (
        Client().get(invitations.link(invitation)),
        Client().post(invitations.link(invitation), answers()),
    ):
        page = answer.content.decode()
        assert answer.status_code == 410
        assert said in page
        assert "You have done nothing wrong" in page
        assert invitation.panel.purpose not in page
    assert Seat.objects.count() == seats_before


def test_whoever_used_it_finds_the_way_to_the_panel(invitation: Invitation) -> None:
    client = Client()
    client.post(invitations.link(invitation), answers())
    page = client.get(invitations.link(invitation)).content.decode()
    assert "You are on this panel already" in page
    assert invitation.panel.get_absolute_url() in page


def test_unknown_code_is_a_kind_404(invitation: Invitation) -> None:
    for code in ("abc", "0" * 32, invitation.public_id, "%27%20or%201=1"):
        answer = Client().get(f"/panels/invitation/{code}/")
        assert answer.status_code == 404
        assert "We do not know this invitation" in answer.content.decode()
        assert invitation.panel.name not in answer.content.decode()


def test_invitation_is_never_cached(invitation: Invitation) -> None:
    assert "no-store" in Client().get(invitations.link(invitation))["Cache-Control"]


# --- Inviting -----------------------------------------------------------------------------------


def page_of(panel: Panel) -> str:
    return reverse("stakeholders:invite", args=[panel.public_id])


def act(name: str, panel: Panel, invitation: Invitation) -> str:
    return reverse(f"stakeholders:{name}-invitation", args=[panel.public_id, invitation.public_id])


def test_runner_invites_and_the_mail_says_no_role(panel: Panel) -> None:
    client = as_(panel.created_by)
    answer = client.post(
        page_of(panel), {"email": "Wren@Example.org", "perspective": Perspective.SERVICE_USER}
    )
    assert answer.url == page_of(panel)
    run_jobs()
    letter = mail.outbox[0]
    assert letter.to == [NEW]
    assert "service user" not in (letter.subject + letter.body).lower()
    assert panel.name not in letter.subject + letter.body
    assert invitations.link(Invitation.objects.get()) in letter.body
    assert NEW in client.get(page_of(panel)).content.decode()


@pytest.mark.parametrize("email", ["", "no address", "a@example.org\nBcc: b@example.org"])
def test_invitation_needs_an_address(panel: Panel, email: str) -> None:
    answer = as_(panel.created_by).post(
        page_of(panel), {"email": email, "perspective": Perspective.CARER}
    )
    assert "There is a problem" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_second_invitation_to_the_same_person_is_refused(invitation: Invitation) -> None:
    answer = as_(invitation.invited_by).post(
        page_of(invitation.panel), {"email": NEW, "perspective": Perspective.CARER}
    )
    assert "has already been invited" in answer.content.decode()
    assert Invitation.objects.count() == 1


def test_runner_sends_again_and_gives_two_more_weeks(invitation: Invitation) -> None:
    _run_out(invitation)
    client = as_(invitation.invited_by)
    assert "Has run out." in client.get(page_of(invitation.panel)).content.decode()
    client.post(act("resend", invitation.panel, invitation))
    invitation.refresh_from_db()
    assert invitation.expires_at > timezone.now() + timedelta(days=13)
    assert "Good until" in client.get(page_of(invitation.panel)).content.decode()


def test_runner_withdraws(invitation: Invitation) -> None:
    client = as_(invitation.invited_by)
    for _ in range(2):
        answer = client.post(act("withdraw", invitation.panel, invitation), follow=True)
        assert "is withdrawn. You can invite them again." in answer.content.decode()
    assert AuditEntry.objects.filter(verb="invitation.withdrawn").count() == 1
    assert "No invitation is waiting" in client.get(page_of(invitation.panel)).content.decode()


def test_withdrawing_what_was_accepted_says_that_it_stands(invitation: Invitation) -> None:
    _used(invitation)
    answer = as_(invitation.invited_by).post(
        act("withdraw", invitation.panel, invitation), follow=True
    )
    assert "accepted before you withdrew it. It stands." in answer.content.decode()
    assert Seat.objects.live().count() == 1


def test_invitation_of_another_panel_is_not_found_through_mine(invitation: Invitation) -> None:
    """The forged pair of addresses: my panel, their invitation."""
    mine = make.forming_panel(make.organisation())
    client = as_(mine.created_by)
    for name in ("resend", "withdraw"):
        assert client.post(act(name, mine, invitation)).status_code == 404
        assert client.post(act(name, invitation.panel, invitation)).status_code == 404
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


def test_member_cannot_see_or_change_invitations(invitation: Invitation) -> None:
    member = as_(make.seat(invitation.panel, Perspective.CARER).user)
    assert member.get(page_of(invitation.panel)).status_code == 403
    for name in ("resend", "withdraw"):
        assert member.post(act(name, invitation.panel, invitation)).status_code == 403
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


@pytest.mark.thorough
def test_list_costs_the_same_for_one_and_three(invitation: Invitation) -> None:
    client = as_(invitation.invited_by)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page_of(invitation.panel)).status_code == 200
        return len(captured)

    queries()
    for_one = queries()
    invite(invitation.panel, "two@example.org")
    invite(invitation.panel, "three@example.org")
    assert queries() == for_one
