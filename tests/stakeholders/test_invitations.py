"""Inviting of every kind: whom, by whom, how it is sent or printed, and how long it is good."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from stakeholders.enums import Perspective, SeatKind, SeatStatus
from stakeholders.models import Invitation, Panel, Seat
from stakeholders.permissions import invitations as permissions
from stakeholders.queries.invitations import invitation_known_to, reserve_of
from stakeholders.services import codes, invitations, panels, seats, sign_in_names
from tests.factories import invitations as ask
from tests.factories import stakeholders as make
from tests.support import run_jobs
from vbc.core.models import AuditEntry, Notification
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db
ROLES = ("service user", "carer", "clinician", "mental health")


@pytest.fixture
def panel() -> Panel:
    return make.forming_panel(make.organisation())


@pytest.fixture
def member(panel: Panel) -> Seat:
    return make.seat(panel, Perspective.SERVICE_USER)


# --- Codes --------------------------------------------------------------------------------------


def test_code_is_four_blocks_without_look_alikes_or_words() -> None:
    code = codes.new_code()
    assert re.fullmatch(rf"[{codes.ALPHABET}]{{4}}(-[{codes.ALPHABET}]{{4}}){{3}}", code)
    assert not set(codes.ALPHABET) & set("0O1IL2Z5S8BAEUV")
    assert len(codes.ALPHABET) ** 16 >= 2**60
    assert len({codes.new_code() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "typed",
    ["K7QF-9M4T-XH3W-CDFG", "k7qf9m4txh3wcdfg", " k7qf 9m4t-xh3w.cdfg\n", "K7QF_9M4T—XH3WCDFG"],
)
def test_code_is_read_however_it_is_typed(typed: str) -> None:
    assert codes.digest(typed) == codes.digest("K7QF-9M4T-XH3W-CDFG")


def test_codes_that_differ_have_other_digests() -> None:
    assert codes.digest("K7QF-9M4T-XH3W-CDFG") != codes.digest("K7QF-9M4T-XH3W-CDFH")


def test_sign_in_name_is_two_words_and_a_number() -> None:
    assert len(set(sign_in_names.WORDS)) == len(sign_in_names.WORDS) >= 200
    for _ in range(50):
        first, second, number = sign_in_names.draw().split("-")
        assert first != second
        assert {first, second} <= set(sign_in_names.WORDS)
        assert 10 <= int(number) <= 99


# --- By e-mail and on paper ---------------------------------------------------------------------


def test_letter_is_good_for_60_days_and_nothing_is_sent(panel: Panel) -> None:
    made = ask.letter(panel)
    assert made.expires_at > timezone.now() + timedelta(days=59)
    run_jobs()
    assert mail.outbox == []
    assert invitations.by_link(made.code_digest) is None


def test_code_opens_the_letter_until_it_is_printed_again(panel: Panel) -> None:
    made = ask.letter(panel)
    first = invitations.print_letter(made, by=panel.created_by)
    assert invitations.by_letter(codes.digest(first)) == made
    Invitation.objects.filter(pk=made.pk).update(expires_at=timezone.now())
    second = invitations.print_letter(made, by=panel.created_by)
    assert invitations.by_letter(codes.digest(first)) is None
    assert invitations.by_letter(codes.digest(second)) == made
    made.refresh_from_db()
    assert made.expires_at > timezone.now() + timedelta(days=59)
    assert first not in made.code_digest
    assert AuditEntry.objects.filter(verb="invitation.printed").count() == 2


@pytest.mark.parametrize("end", ["accepted", "withdrawn", "run out"])
def test_code_that_is_over_is_as_unknown_as_any(panel: Panel, end: str) -> None:
    made = ask.letter(panel)
    digest = codes.digest(invitations.print_letter(made, by=panel.created_by))
    if end == "accepted":
        seats.accept(
            made, perspective="carer", is_employed_by_affected_body=False, by=make.person()
        )
    elif end == "withdrawn":
        invitations.withdraw(made, by=panel.created_by)
    else:
        Invitation.objects.filter(pk=made.pk).update(expires_at=timezone.now())
    assert invitations.by_letter(digest) is None


@pytest.mark.parametrize("kind", [SeatKind.COVER, SeatKind.SUPPORTER])
def test_nobody_comes_whose_member_has_left_meanwhile(
    panel: Panel, member: Seat, kind: SeatKind
) -> None:
    """They would read everything, beside nobody, or for a place that is nobody's."""
    made = ask.asked(member, kind)
    seats.leave(member, by=member.user)
    with pytest.raises(seats.InvitationOver, match="who asked you is no longer on this panel"):
        seats.accept(
            made,
            perspective=member.perspective,
            is_employed_by_affected_body=False,
            by=make.person(),
        )
    assert not panel.seats.live().exists()


def test_each_way_has_its_own_second_time(panel: Panel) -> None:
    by_letter = ask.letter(panel)
    by_email = invitations.invite(
        panel, email="a@example.org", suggested_perspective="carer", by=panel.created_by
    )
    with pytest.raises(Refused, match="goes by letter"):
        invitations.resend(by_letter, by=panel.created_by)
    with pytest.raises(Refused, match="goes by e-mail"):
        invitations.print_letter(by_email, by=panel.created_by)
    invitations.withdraw(by_letter, by=panel.created_by)
    with pytest.raises(Refused, match="used or withdrawn"):
        invitations.print_letter(by_letter, by=panel.created_by)


def test_sign_in_name_is_no_address(panel: Panel) -> None:
    person = ask.without_email()
    with pytest.raises(Refused, match="Print a letter"):
        invitations.invite(
            panel, email=person.email, suggested_perspective="carer", by=panel.created_by
        )
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("fields", [{"email": "", "label": ""}, {"email": "a@b.org", "label": "A"}])
def test_database_keeps_one_way(panel: Panel, fields: dict[str, str]) -> None:
    made = ask.letter(panel)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=made.pk).update(**fields)


@pytest.mark.parametrize("kind", [SeatKind.COVER, SeatKind.SUPPORTER])
def test_database_keeps_the_seat_of_cover_and_supporters(panel: Panel, kind: str) -> None:
    made = ask.letter(panel)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.filter(pk=made.pk).update(kind=kind)


@pytest.mark.parametrize("kind", SeatKind.values)
def test_mail_of_every_kind_says_no_role_and_not_the_panel(member: Seat, kind: str) -> None:
    invitation = ask.asked(member, kind, email="new@example.org")
    run_jobs()
    letter = mail.outbox[-1]
    html = str(letter.alternatives[0][0])
    said = f"{letter.subject} {letter.body} {html}".lower()
    assert letter.to == ["new@example.org"]
    assert letter.subject == f"An invitation from {member.panel.organisation.name}"
    assert invitations.link(invitation) in letter.body
    assert invitations.link(invitation) in html
    assert member.user.display_name in letter.body
    for word in (*ROLES, member.panel.name.lower(), "step in for them because", "ill"):
        assert not re.search(rf"\b{word}\b", said), word


# --- What others learn --------------------------------------------------------------------------


def test_member_learns_nothing_of_whom_others_asked(panel: Panel, member: Seat) -> None:
    """Asking for an address that others asked, or that has a seat, answers like any other."""
    other = make.seat(panel, Perspective.CARER)
    ask.asked(other, SeatKind.RESERVE, email="wanted@example.org")
    invitations.invite(
        panel, email="invited@example.org", suggested_perspective="carer", by=panel.created_by
    )
    for email in ("wanted@example.org", "invited@example.org", other.user.email):
        assert ask.asked(member, SeatKind.RESERVE, email=email).email == email
        with pytest.raises(invitations.AlreadyInvited):
            ask.asked(member, SeatKind.RESERVE, email=email)


def test_whoever_runs_the_panel_learns_nothing_of_whom_members_asked(member: Seat) -> None:
    panel, runner = member.panel, member.panel.created_by
    for kind in (SeatKind.COVER, SeatKind.RESERVE, SeatKind.SUPPORTER):
        made = ask.asked(member, kind, email="friend@example.org")
        assert invitation_known_to(runner, panel, made.public_id) is None
        assert invitation_known_to(member.user, panel, made.public_id) == made
    assert invitations.invite(
        panel, email="friend@example.org", suggested_perspective="carer", by=runner
    )


def test_one_cover_at_a_time(member: Seat) -> None:
    first = ask.asked(member, SeatKind.COVER, label="Ada")
    with pytest.raises(invitations.AlreadyInvited, match="already asked somebody"):
        ask.asked(member, SeatKind.COVER, label="Grace")
    invitations.withdraw(first, by=member.user)
    ask.came(member, SeatKind.COVER)
    with pytest.raises(invitations.AlreadyInvited, match="already there"):
        ask.asked(member, SeatKind.COVER, label="Grace")


def test_invitation_ends_with_the_seat_it_was_for(member: Seat) -> None:
    made = ask.asked(member, SeatKind.COVER, label="Ada")
    seats.leave(member, by=member.user)
    with pytest.raises(seats.InvitationOver):
        seats.refuse_if_over(Invitation.objects.get(pk=made.pk))


def test_reserve_list_is_in_the_order_of_joining(member: Seat) -> None:
    names = ["Zoe", "Ada", "Mia"]
    for name in names:
        ask.came(member, SeatKind.RESERVE, make.person(name))
    assert [seat.user.display_name for seat in reserve_of(member.panel)] == names


# --- Letting go ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [SeatKind.COVER, SeatKind.SUPPORTER])
def test_whoever_is_no_longer_needed_leaves_and_is_told_kindly(member: Seat, kind: str) -> None:
    there = ask.came(member, kind)
    seats.release(there, by=member.user)
    there.refresh_from_db()
    assert there.status == SeatStatus.LEFT
    run_jobs()
    letter = next(each for each in mail.outbox if each.to == [there.user.email])
    assert "has ended" in letter.subject
    said = f"{letter.subject} {letter.body}".lower()
    assert not [word for word in (*ROLES, member.panel.name.lower()) if word in said]
    assert Notification.objects.filter(recipient=there.user).count() == 1


# --- Who may ------------------------------------------------------------------------------------

MEMBERS = ("service_user", "carer", "clinician", "evidence_reviewer", "in_attendance")
OTHERS = ("cover", "reserve", "supporter", "left", "employed", "staff", "stranger")


@pytest.fixture
def everyone(panel: Panel) -> dict[str, Any]:
    """One person of each sort, by name, with the seat they hold or held."""
    held = {name: make.seat(panel, name) for name in MEMBERS}
    held["employed"] = make.seat(panel, "service_user", employed=True)
    held["left"] = make.seat(panel, "service_user")
    seats.leave(held["left"], by=held["left"].user)
    held["left"].refresh_from_db()
    for kind in (SeatKind.COVER, SeatKind.RESERVE, SeatKind.SUPPORTER):
        held[kind.value] = ask.came(held["service_user"], kind)
    panels.appoint_chair(panel, held["clinician"].user, by=panel.created_by)
    panel.refresh_from_db()
    people = {name: seat.user for name, seat in held.items()}
    people |= {"staff": panel.created_by, "stranger": make.person()}
    return {"seats": held, "people": people}


@pytest.mark.parametrize(
    ("ability", "who"),
    [
        (permissions.may_name_cover, {"service_user", "carer", "employed"}),
        (
            permissions.may_bring_supporter,
            {*MEMBERS, "employed", "cover", "reserve"},
        ),
    ],
)
def test_each_asks_for_their_own_seat(everyone: Any, ability: Any, who: set[str]) -> None:
    own = {
        name for name, seat in everyone["seats"].items() if ability(everyone["people"][name], seat)
    }
    assert own == who
    target = everyone["seats"]["service_user"]
    allowed = {name for name, person in everyone["people"].items() if ability(person, target)}
    assert allowed == {"service_user"}


def test_only_service_users_and_carers_fill_the_reserve_list(panel: Panel, everyone: Any) -> None:
    """Not the chair, not staff, and nobody who works for whom the panel concerns."""
    allowed = {
        name
        for name, person in everyone["people"].items()
        if permissions.may_nominate_reserve(person, panel)
    }
    assert allowed == {"service_user", "carer"}


def test_cover_that_stepped_in_fills_the_reserve_list_too(panel: Panel, everyone: Any) -> None:
    member, cover = everyone["seats"]["service_user"], everyone["seats"]["cover"]
    seats.go_away(member, by=member.user)
    seats.step_in(cover, member.place, by=cover.user)
    assert permissions.may_nominate_reserve(cover.user, panel)
    assert permissions.may_nominate_reserve(member.user, panel)


@pytest.mark.parametrize("kind", [SeatKind.COVER, SeatKind.SUPPORTER])
def test_only_the_member_lets_go(everyone: Any, kind: str) -> None:
    there = everyone["seats"][kind]
    allowed = {
        name
        for name, person in everyone["people"].items()
        if permissions.may_release(person, there)
    }
    assert allowed == {"service_user"}


def test_nobody_lets_go_of_a_member_or_the_reserve_list(everyone: Any) -> None:
    for target in ("carer", "reserve", "left"):
        for person in everyone["people"].values():
            assert not permissions.may_release(person, everyone["seats"][target])


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        (SeatKind.MEMBER, {"staff", "clinician"}),  # the clinician chairs
        (SeatKind.RESERVE, {"carer"}),
        (SeatKind.SUPPORTER, {"carer"}),
        (SeatKind.COVER, {"carer"}),
    ],
)
def test_who_changes_an_invitation(panel: Panel, everyone: Any, kind: str, who: set[str]) -> None:
    made = (
        ask.letter(panel)
        if kind == SeatKind.MEMBER
        else ask.asked(everyone["seats"]["carer"], kind, label="Ada")
    )
    allowed = {
        name
        for name, person in everyone["people"].items()
        if permissions.may_change_invitation(person, made)
    }
    assert allowed == who


def test_sign_in_letters_are_the_staffs_alone(panel: Panel, everyone: Any) -> None:
    person = ask.without_email()
    allowed = {
        name
        for name, other in everyone["people"].items()
        if permissions.may_print_sign_in_letter(other, panel, person)
    }
    assert allowed == {"staff"}


def test_nobody_with_an_address_is_let_in_by_a_letter(panel: Panel) -> None:
    refusal = permissions.may_print_sign_in_letter(panel.created_by, panel, make.person())
    assert "e-mail address" in refusal.reason


def test_nothing_of_a_closed_panel_is_asked(panel: Panel, everyone: Any) -> None:
    panels.close(panel, by=panel.created_by)
    seat = Seat.objects.select_related("panel").get(pk=everyone["seats"]["service_user"].pk)
    panel.refresh_from_db()
    assert not permissions.may_name_cover(seat.user, seat)
    assert not permissions.may_bring_supporter(seat.user, seat)
    assert not permissions.may_nominate_reserve(seat.user, panel)


# --- What an answer tells whoever asks ----------------------------------------------------------


@pytest.mark.parametrize("kind", [SeatKind.COVER, SeatKind.RESERVE, SeatKind.SUPPORTER])
def test_whoever_runs_the_panel_cannot_ask_whom_members_brought(
    panel: Panel, member: Seat, kind: SeatKind
) -> None:
    """To say that somebody at this address has a seat would tell a chair that they, whom a member
    asked to step in, use services or care for somebody."""
    came = ask.came(member, kind)
    made = invitations.invite(
        panel, email=came.user.email, suggested_perspective="carer", by=panel.created_by
    )
    with pytest.raises(seats.AlreadySeated):
        seats.accept(made, perspective="carer", is_employed_by_affected_body=False, by=came.user)
    with pytest.raises(invitations.AlreadyInvited, match="already has a seat"):
        invitations.invite(
            panel, email=member.user.email, suggested_perspective="carer", by=panel.created_by
        )


def test_invitation_sent_again_after_the_key_was_changed_opens(panel: Panel, settings: Any) -> None:
    made = invitations.invite(
        panel, email="new@example.org", suggested_perspective="carer", by=panel.created_by
    )
    settings.SECRET_KEY = "another key, as after one that was lost"
    invitations.resend(made, by=panel.created_by)
    code = invitations.link(made).rstrip("/").rsplit("/", 1)[1]
    assert invitations.by_link(code) == made
