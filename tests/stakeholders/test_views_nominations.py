"""The pages on which members ask for cover, somebody beside them, and the reserve list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stakeholders.enums import Perspective, SeatKind
from stakeholders.models import Invitation, Panel, Seat
from stakeholders.services import seats
from tests.factories import invitations as ask
from tests.factories import stakeholders as make
from tests.pages import address, as_

pytestmark = pytest.mark.django_db
PAGES = {
    SeatKind.COVER: "name-cover",
    SeatKind.SUPPORTER: "bring-supporter",
    SeatKind.RESERVE: "reserve-list",
}


@pytest.fixture
def panel() -> Panel:
    return make.forming_panel(make.organisation())


@pytest.fixture
def member(panel: Panel) -> Seat:
    return make.seat(panel, Perspective.SERVICE_USER)


@pytest.mark.parametrize("kind", PAGES)
def test_member_asks_prints_and_withdraws(member: Seat, kind: str) -> None:
    client, page = as_(member.user), address(PAGES[kind], member.panel)
    made = client.post(page, {"label": "Ada"})
    assert made.url == page
    invitation = Invitation.objects.get(kind=kind)
    assert invitation.invited_by == member.user
    assert invitation.seat == (None if kind == SeatKind.RESERVE else member)
    shown = client.get(page).content.decode()
    assert "Ada" in shown
    assert "Good until" in shown
    letter = client.post(address("print-invitation", member.panel, invitation.public_id))
    assert "An invitation for Ada" in letter.content.decode()
    back = client.post(address("withdraw-invitation", member.panel, invitation.public_id))
    assert back.url == page
    assert "You are not waiting for anybody's answer." in client.get(page).content.decode()


@pytest.mark.parametrize("kind", PAGES)
def test_member_sends_again(member: Seat, kind: str) -> None:
    invitation = ask.asked(member, kind, email="ada@example.org")
    client = as_(member.user)
    back = client.post(
        address("resend-invitation", member.panel, invitation.public_id), follow=True
    )
    assert "on its way to ada@example.org again" in back.content.decode()


@pytest.mark.parametrize("kind", PAGES)
def test_others_invitations_are_nobody_elses_to_see_or_change(member: Seat, kind: str) -> None:
    invitation = ask.asked(member, kind, label="Ada")
    panel = member.panel
    others = [panel.created_by, make.seat(panel, Perspective.CARER).user]
    for other in others:
        client = as_(other)
        for act in ("resend", "print", "withdraw"):
            page = address(f"{act}-invitation", panel, invitation.public_id)
            assert client.post(page).status_code == 404
    carer = as_(others[1])
    assert "Ada" not in carer.get(address(PAGES[kind], panel)).content.decode()
    assert "Ada" not in as_(panel.created_by).get(address("invite", panel)).content.decode()
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


def test_whoever_has_left_can_change_nothing_they_asked(member: Seat) -> None:
    invitation = ask.asked(member, SeatKind.RESERVE, label="Ada")
    client = as_(member.user)
    seats.leave(member, by=member.user)
    page = address("withdraw-invitation", member.panel, invitation.public_id)
    assert client.post(page).status_code == 404


@pytest.mark.parametrize("kind", PAGES)
def test_asking_nobody_changes_nothing(member: Seat, kind: str) -> None:
    answer = as_(member.user).post(address(PAGES[kind], member.panel), {"email": " "})
    assert "There is a problem" in answer.content.decode()
    assert not Invitation.objects.filter(kind=kind).exists()


def test_second_cover_is_not_asked_for(member: Seat) -> None:
    client, page = as_(member.user), address("name-cover", member.panel)
    client.post(page, {"label": "Ada"})
    assert "withdraw that first" in client.post(page, {"label": "Grace"}).content.decode()
    assert Invitation.objects.filter(kind=SeatKind.COVER).count() == 1


@pytest.mark.parametrize("kind", [SeatKind.COVER, SeatKind.SUPPORTER])
def test_member_sees_who_is_there_and_lets_go(member: Seat, kind: str) -> None:
    there = ask.came(member, kind, make.person("Ada"))
    client, page = as_(member.user), address(PAGES[kind], member.panel)
    assert "Ada" in client.get(page).content.decode()
    answer = client.post(address("release", member.panel, there.public_id), follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Ada is no longer there for you" in answer.content.decode()
    assert as_(there.user).get(member.panel.get_absolute_url()).status_code == 404


def test_nobody_else_lets_go(member: Seat) -> None:
    there = ask.came(member, SeatKind.SUPPORTER)
    panel = member.panel
    page = address("release", panel, there.public_id)
    assert as_(panel.created_by).post(page).status_code == 403
    assert as_(make.seat(panel, Perspective.CARER).user).post(page).status_code == 403
    assert as_(make.person()).post(page).status_code == 404
    there.refresh_from_db()
    assert there.left_at is None


def test_seat_of_a_member_is_not_found_there(member: Seat) -> None:
    other = make.seat(member.panel, Perspective.CARER)
    page = address("release", member.panel, other.public_id)
    assert as_(member.user).post(page).status_code == 404


def test_reserve_list_shows_names_in_order_and_not_who_named_them(member: Seat) -> None:
    carer = make.seat(member.panel, Perspective.CARER, user=make.person("Heron"))
    for name in ("Zoe", "Ada"):
        ask.came(carer, SeatKind.RESERVE, make.person(name))
    page = as_(member.user).get(address("reserve-list", member.panel)).content.decode()
    assert page.index("Zoe") < page.index("Ada")
    assert "Heron" not in page


def test_whoever_may_not_is_told_why(member: Seat) -> None:
    clinician = as_(make.seat(member.panel, Perspective.CLINICIAN).user)
    cover = clinician.get(address("name-cover", member.panel))
    reserve = clinician.get(address("reserve-list", member.panel))
    assert (cover.status_code, reserve.status_code) == (403, 403)
    assert "name their own cover" in cover.content.decode()
    assert "so that nobody else chooses" in reserve.content.decode()


@pytest.mark.parametrize("kind", [SeatKind.SUPPORTER, SeatKind.RESERVE])
@pytest.mark.thorough
def test_pages_cost_the_same_for_one_and_three(member: Seat, kind: str) -> None:
    client, page = as_(member.user), address(PAGES[kind], member.panel)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    def one_more() -> None:
        ask.asked(member, kind)
        ask.came(member, kind)

    one_more()
    queries()
    for_one = queries()
    one_more()
    one_more()
    assert queries() == for_one
