"""Accounts: with e-mail and without, closed and come back to, erased."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from stakeholders.enums import PanelStatus, Perspective, SeatKind, SeatStatus
from stakeholders.models import (
    AgendaItem,
    Induction,
    Invitation,
    LiaisonOffer,
    OrganisationMember,
    Panel,
    PanelUserGrant,
    QuietMode,
    Seat,
    SelfDescription,
    SignInLetter,
    SupportPlan,
    UnwellCard,
    User,
    WeeklyLimit,
)
from stakeholders.models.users import NO_EMAIL
from stakeholders.notices.panels import PANEL_OPENED
from stakeholders.queries.invitations import closed_account, has_account
from stakeholders.services import (
    agendas,
    codes,
    invitations,
    people,
    seats,
    sign_in_letters,
    sign_in_names,
)
from tests.factories import invitations as ask
from tests.factories import meetings as meet
from tests.factories import stakeholders as make
from tests.support import run_jobs
from vbc.core.enums import NoticeStatus
from vbc.core.models import AuditContent, AuditEntry, Notification, PersonSalt
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Panel:
    return make.sitting_panel(make.organisation())


@pytest.fixture
def member(panel: Panel) -> Seat:
    """A service user of a panel where two would stay behind."""
    return Seat.objects.select_related("user").get(
        panel=panel, user=make.members(panel, Perspective.SERVICE_USER)[0]
    )


# --- Without e-mail -----------------------------------------------------------------------------


def test_whoever_has_no_email_signs_in_by_a_made_name() -> None:
    person = ask.without_email("Rosalind")
    assert person.email == f"{person.signs_in_as}@{NO_EMAIL}"
    assert not person.has_email
    assert "rosalind" not in person.email
    assert make.person(email="a@example.org").signs_in_as == "a@example.org"
    assert make.person().has_email


def test_a_name_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["oak-elm-10", "oak-elm-10", "oak-elm-11"])
    monkeypatch.setattr(sign_in_names, "draw", lambda: next(drawn))
    assert [ask.without_email().signs_in_as for _ in range(2)] == ["oak-elm-10", "oak-elm-11"]


def test_when_no_name_is_free_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_names, "draw", lambda: "oak-elm-10")
    ask.without_email()
    with pytest.raises(Refused, match="try again"):
        ask.without_email()


def test_nothing_is_sent_to_a_name(panel: Panel) -> None:
    person = ask.without_email()
    make.seat(panel, Perspective.CARER)
    seats.accept(
        ask.letter(panel), perspective="carer", is_employed_by_affected_body=False, by=person
    )
    run_jobs()
    mail.outbox.clear()
    notices.tell(person, PANEL_OPENED, panel)
    run_jobs()
    assert mail.outbox == []
    assert Notification.objects.get(recipient=person).status == NoticeStatus.DROPPED


# --- Letters to sign in -------------------------------------------------------------------------


@pytest.fixture
def without_email(member: Seat) -> User:
    """Somebody who sits beside a member: letters are for people of the panel."""
    return ask.came(member, SeatKind.SUPPORTER, ask.without_email()).user


def test_letter_to_sign_in_is_used_once(panel: Panel, without_email: User) -> None:
    person = without_email
    code = sign_in_letters.print_letter(panel, person, by=panel.created_by)
    person.refresh_from_db()
    assert person.check_password(make.PASSWORD)
    letter = sign_in_letters.by_code(codes.digest(code))
    assert letter is not None
    sign_in_letters.choose_password(letter, password="six green lamps", by=person)
    person.refresh_from_db()
    assert person.check_password("six green lamps")
    assert sign_in_letters.by_code(codes.digest(code)) is None
    with pytest.raises(sign_in_letters.LetterOver):
        sign_in_letters.choose_password(letter, password="another one here", by=person)
    person.refresh_from_db()
    assert person.check_password("six green lamps")


def test_newer_letter_ends_the_older(panel: Panel, without_email: User) -> None:
    person = without_email
    first, second = (
        codes.digest(sign_in_letters.print_letter(panel, person, by=panel.created_by))
        for _ in range(2)
    )
    assert sign_in_letters.by_code(first) is None
    assert sign_in_letters.by_code(second) is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInLetter.objects.update(ended_at=None)


def test_letter_runs_out_and_ends_with_the_account(panel: Panel, without_email: User) -> None:
    person = without_email
    digest = codes.digest(sign_in_letters.print_letter(panel, person, by=panel.created_by))
    letter = sign_in_letters.by_code(digest)
    assert letter is not None
    SignInLetter.objects.update(expires_at=letter.printed_at)
    assert sign_in_letters.by_code(digest) is None
    with pytest.raises(sign_in_letters.LetterOver):
        sign_in_letters.choose_password(letter, password="six green lamps", by=person)


def test_audit_of_letters_says_no_role(panel: Panel) -> None:
    person = ask.without_email()
    sign_in_letters.print_letter(panel, person, by=panel.created_by)
    made = ask.letter(panel)
    invitations.print_letter(made, by=panel.created_by)
    printed = AuditContent.objects.filter(entry__verb__contains="printed")
    assert [content.data for content in printed] == [{}, {}]


# --- Closing ------------------------------------------------------------------------------------


def test_closing_leaves_every_panel_first(panel: Panel, member: Seat) -> None:
    other = make.sitting_panel(make.organisation(), service_users=1 + 1)
    second = make.seat(other, Perspective.CARER, user=member.user)
    ask.came(member, SeatKind.SUPPORTER)
    people.close(member.user, by=member.user)
    for seat in (member, second):
        seat.refresh_from_db()
        assert seat.status == SeatStatus.LEFT
    assert not PanelUserGrant.objects.filter(user=member.user).exists()
    assert not Seat.objects.live().filter(beside=member).exists()
    user = User.objects.get(pk=member.user.pk)
    assert not user.is_active
    assert user.closed_at
    assert user.erased_at is None
    assert not user.has_usable_password()
    assert user.display_name == member.user.display_name


def test_panel_that_loses_its_second_service_user_waits() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=2)
    leaving = make.members(panel, Perspective.SERVICE_USER)[0]
    people.close(leaving, by=leaving)
    panel.refresh_from_db()
    assert panel.status == PanelStatus.PAUSED


def test_closing_ends_what_one_worked_as_and_ones_keys(member: Seat) -> None:
    org = make.organisation()
    worker = make.commissioner(org)
    Authenticator.objects.create(user=worker, type=Authenticator.Type.TOTP, data={})
    people.close(worker, by=worker)
    assert not OrganisationMember.objects.filter(user=worker, until__isnull=True).exists()
    assert not Authenticator.objects.exists()


def test_closing_twice_changes_nothing_more(member: Seat) -> None:
    people.close(member.user, by=member.user)
    before = AuditEntry.objects.count()
    people.close(member.user, by=member.user)
    assert AuditEntry.objects.count() == before


def test_closed_account_is_come_back_to_by_an_invitation(panel: Panel, member: Seat) -> None:
    user = member.user
    people.close(user, by=user)
    assert not has_account(user.email)
    assert closed_account(user.email) == user
    invitation = invitations.invite(
        panel, email=user.email, suggested_perspective="carer", by=panel.created_by
    )
    again = people.create_from_invitation(
        invitation, display_name="Another name", password="six green lamps"
    )
    assert again == user
    assert (again.is_active, again.closed_at, again.display_name) == (True, None, "Another name")
    assert again.check_password("six green lamps")


def test_disabled_account_is_not_come_back_to(panel: Panel) -> None:
    user = make.person()
    seats.account_disabled(user, by=panel.created_by)
    invitation = invitations.invite(
        panel, email=user.email, suggested_perspective="carer", by=panel.created_by
    )
    with pytest.raises(Refused, match="already an account"):
        people.create_from_invitation(invitation, display_name="X", password="six green lamps")


@pytest.mark.parametrize("field", ["closed_at", "erased_at"])
def test_database_keeps_closed_accounts_out_of_use(field: str) -> None:
    user = make.person()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(**{field: user.joined_at})


# --- Erasing ------------------------------------------------------------------------------------


def _everything_that_names(user: User, *words: str) -> list[str]:
    """Where in the database any of `words` still stands."""
    from django.apps import apps

    found = []
    for model in apps.get_models():
        for row in model._base_manager.values():
            if any(word in str(value) for value in row.values() for word in words):
                found.append(model._meta.label)
    return found


def test_erasing_leaves_no_name_and_no_address(panel: Panel) -> None:
    user = make.person("Persephone", "persephone@example.org")
    EmailAddress.objects.create(user=user, email="seph@example.org", verified=True)
    seat = make.seat(panel, Perspective.SERVICE_USER, user=user)
    invitations.invite(
        make.forming_panel(make.organisation()),
        email="seph@example.org",
        suggested_perspective="carer",
        by=panel.created_by,
    )
    seats.accept(
        ask.letter(make.forming_panel(make.organisation()), label="Persephone, at the library"),
        perspective="carer",
        is_employed_by_affected_body=False,
        by=user,
    )
    UnwellCard.objects.create(seat=seat, whom_to_contact="Ask for Persephone's sister")
    LiaisonOffer.objects.create(panel=panel, user=user, words="Persephone, on Tuesdays")
    run_jobs()
    people.erase(user, by=user)
    assert _everything_that_names(user, "ersephone", "seph@example.org") == []
    user.refresh_from_db()
    assert (user.display_name, user.is_active, user.has_email) == (
        people.NAME_REMOVED,
        False,
        False,
    )
    assert user.last_login is None
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not UnwellCard.objects.exists()
    assert not Notification.objects.filter(recipient=user).exists()
    waiting = Invitation.objects.get(accepted_at__isnull=True)
    assert waiting.withdrawn_at
    assert closed_account("persephone@example.org") is None


def test_erasing_forgets_what_only_the_person_knew(member: Seat) -> None:
    """And what others wrote of themselves stays."""
    other = make.seat(make.forming_panel(make.organisation()), Perspective.CARER)
    for seat in (member, other):
        SupportPlan.objects.create(seat=seat)
        QuietMode.objects.create(user=seat.user)
        Induction.objects.create(user=seat.user)
        SelfDescription.objects.create(
            user=seat.user, organisation=seat.panel.organisation, saved_at=timezone.now()
        )
        WeeklyLimit.objects.create(user=seat.user, pence=20_00)
        sign_in_letters.print_letter(seat.panel, seat.user, by=seat.panel.created_by)
    people.erase(member.user, by=member.user)
    assert list(SupportPlan.objects.values_list("seat", flat=True)) == [other.pk]
    for private in (QuietMode, Induction, SelfDescription, WeeklyLimit, SignInLetter):
        assert list(private.objects.values_list("user", flat=True)) == [other.user_id]


def test_erasing_unties_the_chain_and_leaves_it_whole(member: Seat) -> None:
    user = member.user
    pseudonym = audit.pseudonym(user)
    before = AuditEntry.objects.filter(subject_pseudonym=pseudonym).count()
    assert before > 0
    people.erase(user, by=user)
    assert AuditEntry.objects.filter(verb="account.erased").count() == 1
    assert AuditEntry.objects.filter(subject_pseudonym=pseudonym).count() > before
    assert not PersonSalt.objects.filter(user=user).exists()
    assert list(audit.faults()) == []
    assert audit.pseudonym(user) != pseudonym


def test_erasing_keeps_what_was_counted(panel: Panel, member: Seat) -> None:
    held = list(Seat.objects.filter(user=member.user).values_list("pk", "perspective"))
    people.erase(member.user, by=member.user)
    assert list(Seat.objects.filter(user=member.user).values_list("pk", "perspective")) == held


def test_erasing_twice_changes_nothing_more(member: Seat) -> None:
    people.erase(member.user, by=member.user)
    before = AuditEntry.objects.count()
    people.erase(member.user, by=member.user)
    assert AuditEntry.objects.count() == before


def test_erasing_is_whole_or_not_at_all(member: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    written = audit.record

    def fails_at_the_end(verb: str, *args: Any, **kwargs: Any) -> Any:
        if verb == "account.erased":
            raise RuntimeError("The disk is full.")
        return written(verb, *args, **kwargs)

    monkeypatch.setattr(audit, "record", fails_at_the_end)
    with pytest.raises(RuntimeError), transaction.atomic():
        people.erase(member.user, by=member.user)
    member.refresh_from_db()
    assert member.left_at is None
    user = User.objects.get(pk=member.user.pk)
    assert (user.is_active, user.closed_at) == (True, None)
    assert EmailAddress.objects.filter(user=user).exists()


def test_after_erasing_somebody_else_can_have_the_address(panel: Panel, member: Seat) -> None:
    address = member.user.email
    people.erase(member.user, by=member.user)
    again = people.create(address, display_name="Somebody new", password=make.PASSWORD)
    assert again != member.user


def test_erasing_takes_the_name_off_agendas(panel: Panel) -> None:
    """It was written there when they asked, or by whoever put together what they were to lead."""
    user = make.person("Persephone")
    make.seat(panel, Perspective.SERVICE_USER, user=user)
    meeting = meet.arranged(panel)
    agendas.ask_for(meeting, title="Nights", by=user)
    agendas.add(meeting, title="Days", leader="Persephone", by=panel.created_by)
    agendas.add(meeting, title="Weeks", leader="Somebody else", by=panel.created_by)
    people.erase(user, by=user)
    assert _everything_that_names(user, "Persephone") == []
    leaders = AgendaItem.objects.order_by("pk").values_list("leader", flat=True)
    assert list(leaders) == [people.NAME_REMOVED, people.NAME_REMOVED, "Somebody else"]


def test_account_that_was_erased_meanwhile_is_not_brought_back(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make.person("Persephone", "persephone@example.org")
    people.close(user, by=user)
    asked = invitations.invite(
        panel, email=user.email, suggested_perspective="carer", by=panel.created_by
    )
    found = closed_account(user.email)
    Invitation.objects.filter(pk=asked.pk).update(email="another@example.org")
    people.erase(user, by=user)
    monkeypatch.setattr(people, "closed_account", lambda email: found)
    made = people.create_from_invitation(asked, display_name="Robin", password="six green lamps")
    assert made.pk != user.pk
    user.refresh_from_db()
    assert user.erased_at
    assert (user.display_name, user.has_email) == (people.NAME_REMOVED, False)
