"""The pages of a person's own part, and of those who manage the seats."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stakeholders.enums import PanelStatus, Perspective, SeatStatus
from stakeholders.models import LiaisonOffer, Panel, Seat, UnwellCard
from stakeholders.services import cards, liaisons, seats
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make
from tests.pages import address, as_

pytestmark = pytest.mark.django_db
SERVICE_USER, CARER = Perspective.SERVICE_USER, Perspective.CARER
CANARY = "Ring Canary on the landline"
NOTE = "Canary note for whoever steps in"


@pytest.fixture
def panel() -> Panel:
    return make.sitting_panel(
        make.organisation(), service_users=3, carers=1, clinicians=1, evidence_reviewers=1
    )


def seat_on(panel: Panel, perspective: str = SERVICE_USER, number: int = 0) -> Seat:
    user = make.members(panel, perspective)[number]
    return Seat.objects.get(panel=panel, user=user, left_at=None)


def part(seat: Seat) -> str:
    answer = as_(seat.user).get(address("your-part", seat.panel))
    assert answer.status_code == 200
    return answer.content.decode()


def write_card(seat: Seat) -> None:
    cards.write(
        seat,
        expected=1,
        whom_to_contact=CANARY,
        ratings_stand=True,
        note_for_cover=NOTE,
        by=seat.user,
    )


# --- One's own part -------------------------------------------------------------------------------


def test_each_kind_of_seat_reads_what_it_is_for(panel: Panel) -> None:
    member = seat_on(panel)
    cover, reserve = make_seat.cover_for(member), make_seat.on_reserve(panel, CARER)
    supporter = make_seat.supporter_of(member)
    assert "You are a member of this panel." in part(member)
    assert f"You are ready to step in for {member.user.display_name}." in part(cover)
    assert "You are on the reserve list." in part(reserve)
    assert f"You sit beside {member.user.display_name}." in part(supporter)


def test_clinician_is_not_offered_what_is_for_those_who_may_become_unwell(panel: Panel) -> None:
    page = part(seat_on(panel, Perspective.CLINICIAN))
    assert "If you become unwell" not in page
    assert "Who steps in for you" not in page


@pytest.mark.row("A1-16")
def test_stepping_in_takes_one_tap_from_one_s_own_part(panel: Panel) -> None:
    member = seat_on(panel)
    cover = make_seat.cover_for(member)
    assert "Can you step in?" not in part(cover)
    seats.go_away(member, by=member.user)
    page = part(cover)
    assert "Can you step in?" in page
    assert "Somebody has stepped away for a while" in page
    answer = as_(cover.user).post(
        address("step-in", panel), {"place": member.place.public_id}, follow=True
    )
    assert "You take part now, until the member returns." in answer.content.decode()
    cover.refresh_from_db()
    assert cover.status == SeatStatus.ACTIVE


def test_stepping_in_too_late_is_kind_and_changes_nothing(panel: Panel) -> None:
    member = seat_on(panel)
    cover = make_seat.cover_for(member)
    for place in (member.place.public_id, "forged", ""):
        answer = as_(cover.user).post(address("step-in", panel), {"place": place}, follow=True)
        assert "Nobody is needed here any more." in answer.content.decode()
    cover.refresh_from_db()
    assert cover.status == SeatStatus.STANDBY


def test_nobody_else_reads_that_somebody_is_away(panel: Panel) -> None:
    """Only whoever can step in learns that a place is free; whose, only its cover."""
    member = seat_on(panel)
    reserve = make_seat.on_reserve(panel, SERVICE_USER)
    seats.go_away(member, by=member.user)
    assert member.user.display_name not in part(reserve)
    for other in (seat_on(panel, CARER), seat_on(panel, Perspective.CLINICIAN)):
        assert "stepped away" not in part(other).split('class="vbc-leave"')[0]


# --- The card -------------------------------------------------------------------------------------


def test_card_is_written_changed_and_thrown_away_by_its_owner(panel: Panel) -> None:
    seat = seat_on(panel)
    client = as_(seat.user)
    said = {"whom_to_contact": CANARY, "ratings": "cover", "note_for_cover": NOTE, "version": "1"}
    client.post(address("unwell-card", panel), said)
    card = UnwellCard.objects.get(seat=seat)
    assert (card.whom_to_contact, card.ratings_stand, card.note_for_cover) == (CANARY, False, NOTE)
    assert CANARY in client.get(address("unwell-card", panel)).content.decode()
    client.post(address("throw-card-away", panel))
    assert not UnwellCard.objects.exists()


def test_card_says_who_reads_whom_to_contact_and_that_nobody_does(panel: Panel) -> None:
    seat = seat_on(panel)
    client = as_(seat.user)
    page = client.get(address("unwell-card", panel)).content.decode()
    assert "so nobody else reads whom we should contact" in page
    assert address("liaison", panel) in page
    chosen = seat_on(panel, CARER).user
    liaisons.offer(panel, words="", by=chosen)
    liaisons.choose(seat, chosen, by=seat.user)
    page = client.get(address("unwell-card", panel)).content.decode()
    assert f"{chosen.display_name} is in touch with you" in page
    assert "nobody else reads" not in page


def test_card_changed_on_two_screens_loses_no_word(panel: Panel) -> None:
    seat = seat_on(panel)
    write_card(seat)
    said = {"whom_to_contact": "Other", "ratings": "stand", "note_for_cover": "", "version": "1"}
    page = as_(seat.user).post(address("unwell-card", panel), said).content.decode()
    assert "You saved this in another window in the meantime." in page
    assert CANARY in page
    assert "Other" in page
    assert UnwellCard.objects.get().whom_to_contact == CANARY


def test_card_is_for_places_that_somebody_can_step_in_for(panel: Panel) -> None:
    seat = seat_on(panel, Perspective.CLINICIAN)
    assert as_(seat.user).get(address("unwell-card", panel)).status_code == 403
    post = as_(seat.user).post(address("unwell-card", panel), {"version": "1", "ratings": "stand"})
    assert post.status_code == 403
    assert not UnwellCard.objects.exists()


def test_nobody_but_its_owner_and_whom_they_chose_reads_a_card(panel: Panel) -> None:
    """And each of the two others that it is written for reads only their own part of it."""
    seat = seat_on(panel)
    write_card(seat)
    cover = make_seat.cover_for(seat)
    chosen = seat_on(panel, CARER).user
    liaisons.offer(panel, words="", by=chosen)
    liaisons.choose(seat, chosen, by=seat.user)
    readers = {
        "other": seat_on(panel, number=1).user,
        "staff": panel.created_by,
        "admin": make.admin_of(panel.organisation),
        "cover": cover.user,
        "chosen": chosen,
    }
    pages = ("panel", "your-part", "who-chose-you", "people", "unwell-card", "liaison")

    def reads(person: Any) -> str:
        client = as_(person)
        return "".join(client.get(address(name, panel)).content.decode() for name in pages)

    assert {name for name, person in readers.items() if CANARY in reads(person)} == {"chosen"}
    assert {name for name, person in readers.items() if NOTE in reads(person)} == set()
    seats.go_away(seat, by=seat.user)
    seats.step_in(cover, seat.place, by=cover.user)
    assert {name for name, person in readers.items() if NOTE in reads(person)} == {"cover"}
    assert {name for name, person in readers.items() if CANARY in reads(person)} == {"chosen"}


# --- In touch -------------------------------------------------------------------------------------


def test_member_chooses_among_those_who_offer(panel: Panel) -> None:
    seat, other = seat_on(panel), seat_on(panel, CARER)
    assert (
        "Nobody has offered yet" in as_(seat.user).get(address("liaison", panel)).content.decode()
    )
    as_(other.user).post(address("offer-liaison", panel), {"words": "Call me in the evening"})
    page = as_(seat.user).get(address("liaison", panel)).content.decode()
    assert "Call me in the evening" in page
    as_(seat.user).post(address("liaison", panel), {"person": other.user.public_id})
    seat.refresh_from_db()
    assert seat.liaison == other.user
    shown = as_(other.user).get(address("who-chose-you", panel)).content.decode()
    assert seat.user.display_name in shown
    as_(other.user).post(address("offer-liaison", panel), {"withdraw": "yes"})
    seat.refresh_from_db()
    assert seat.liaison is None
    assert not LiaisonOffer.objects.filter(withdrawn_at=None).exists()


def test_who_is_chosen_on_two_panels_reads_on_each_who_is_on_it(panel: Panel) -> None:
    """They call everybody who is named there, so a list of both tells who is alone elsewhere."""
    another = make.sitting_panel(
        panel.organisation, service_users=3, carers=1, clinicians=1, evidence_reviewers=1
    )
    chosen = panel.created_by
    here, there = seat_on(panel), seat_on(another)
    for seat in (here, there):
        liaisons.offer(seat.panel, words="", by=chosen)
        liaisons.choose(seat, chosen, by=seat.user)
    write_card(there)
    page = as_(chosen).get(address("who-chose-you", panel)).content.decode()
    assert here.user.display_name in page
    assert there.user.display_name not in page
    assert CANARY not in page
    assert CANARY in as_(chosen).get(address("who-chose-you", another)).content.decode()


def test_nobody_chooses_whoever_did_not_offer(panel: Panel) -> None:
    seat, other = seat_on(panel), seat_on(panel, CARER)
    liaisons.offer(panel, words="", by=panel.created_by)
    as_(seat.user).post(address("liaison", panel), {"person": other.user.public_id})
    seat.refresh_from_db()
    assert seat.liaison is None


def test_whom_members_chose_is_asked_before_anybody_else(panel: Panel) -> None:
    from stakeholders.notices.panels import LOOK_AFTER_WHO_CHOSE_YOU, PANEL_WAITS
    from tests.support import run_jobs
    from vbc.core.models import Notification

    chosen = seat_on(panel, CARER).user
    liaisons.offer(panel, words="", by=chosen)
    stays = seat_on(panel, number=2)
    liaisons.choose(stays, chosen, by=stays.user)
    for number in (0, 0):
        seat = seat_on(panel, number=number)
        seats.leave(seat, by=seat.user)
    run_jobs()
    sent = Notification.objects.filter(status="sent").values_list("kind", flat=True)
    assert LOOK_AFTER_WHO_CHOSE_YOU in sent
    assert PANEL_WAITS not in sent


def test_whoever_was_asked_to_look_after_members_hears_that_the_panel_goes_on(panel: Panel) -> None:
    from django.core import mail

    from stakeholders.notices.panels import LOOKED_AFTER_SITS_AGAIN, PANEL_SITS_AGAIN
    from tests.support import run_jobs
    from vbc.core.models import Notification

    away = [seat_on(panel, number=number) for number in (0, 1)]
    for seat in away:
        seats.go_away(seat, by=seat.user)
    panel.refresh_from_db()
    assert not panel.is_sitting
    seats.come_back(away[0], by=away[0].user)
    panel.refresh_from_db()
    assert panel.is_sitting
    run_jobs()
    told = Notification.objects.filter(kind=LOOKED_AFTER_SITS_AGAIN)
    assert [notice.recipient for notice in told] == [panel.created_by]
    assert not Notification.objects.filter(
        kind=PANEL_SITS_AGAIN, recipient=panel.created_by
    ).exists()
    words = [each for each in mail.outbox if "waiting goes on" in each.subject]
    assert [each.to for each in words] == [[panel.created_by.email]]
    # Nobody is named, and nothing says why it waited.
    for seat in away:
        assert seat.user.display_name not in words[0].body


# --- Those who manage the seats -------------------------------------------------------------------


def test_only_staff_manage_seats_and_the_chair_does_not(panel: Panel) -> None:
    from stakeholders.services import panels

    chair, seat = seat_on(panel), seat_on(panel, number=1)
    panels.appoint_chair(panel, chair.user, by=panel.created_by)
    pages = [
        address("people", panel),
        address("raise-minimum", panel),
        address("close-panel", panel),
        reverse("stakeholders:remove", args=[panel.public_id, seat.public_id]),
        reverse("stakeholders:set-term", args=[panel.public_id, seat.public_id]),
    ]
    for page in pages:
        assert as_(panel.created_by).get(page).status_code == 200
        assert as_(chair.user).get(page).status_code == 403
    for page in pages[1:]:
        assert as_(chair.user).post(page, {"reason": "x", "minimum": "3"}).status_code == 403
    seat.refresh_from_db()
    assert seat.status == SeatStatus.ACTIVE


def test_whoever_is_removed_reads_why_and_nobody_else_does(panel: Panel) -> None:
    seat = seat_on(panel)
    page = reverse("stakeholders:remove", args=[panel.public_id, seat.public_id])
    as_(panel.created_by).post(page, {"reason": "Canary why"})
    own = reverse("stakeholders:removed", args=[seat.public_id])
    assert "Canary why" in as_(seat.user).get(own).content.decode()
    assert as_(seat.user).get(address("panel", panel)).status_code == 404
    for other in (seat_on(panel, number=0).user, panel.created_by):
        assert as_(other).get(own).status_code == 404


def test_seat_of_another_panel_is_not_found(panel: Panel) -> None:
    elsewhere = make.sitting_panel(panel.organisation)
    seat = seat_on(elsewhere)
    page = reverse("stakeholders:remove", args=[panel.public_id, seat.public_id])
    assert as_(panel.created_by).post(page, {"reason": "x"}).status_code == 404
    seat.refresh_from_db()
    assert seat.left_at is None


def test_staff_do_not_read_who_is_away(panel: Panel) -> None:
    seat = seat_on(panel)
    before = as_(panel.created_by).get(address("people", panel)).content.decode()
    seats.go_away(seat, by=seat.user)
    after = as_(panel.created_by).get(address("people", panel)).content.decode()
    assert _without_tokens(before) == _without_tokens(after)


def _without_tokens(page: str) -> str:
    return page.split("<main")[1].split("</main>", maxsplit=1)[0]


def test_minimum_is_raised_on_its_page_and_never_lowered(panel: Panel) -> None:
    client = as_(panel.created_by)
    low = client.post(address("raise-minimum", panel), {"minimum": "1"}).content.decode()
    assert "It can be raised, never lowered." in low
    client.post(address("raise-minimum", panel), {"minimum": "4"})
    panel.refresh_from_db()
    assert (panel.minimum_service_users, panel.status) == (4, PanelStatus.PAUSED)


def test_closing_asks_first(panel: Panel) -> None:
    client = as_(panel.created_by)
    assert "does not open again" in client.get(address("close-panel", panel)).content.decode()
    client.post(address("close-panel", panel))
    panel.refresh_from_db()
    assert panel.status == PanelStatus.CLOSED


@pytest.mark.thorough
def test_people_page_costs_the_same_for_few_and_many(panel: Panel) -> None:
    def cost(shown: Panel) -> int:
        client = as_(shown.created_by)
        client.get(address("people", shown))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address("people", shown))
        return len(queries)

    many = make.sitting_panel(make.organisation(), service_users=6)
    assert cost(panel) == cost(many)


@pytest.mark.parametrize("part", ["chairs", "has a voice", "takes notes"])
def test_staff_who_chair_or_rate_do_not_decide_who_else_is_on_the_panel(
    panel: Panel, part: str
) -> None:
    from stakeholders.services import panels

    staff = make.commissioner(panel.organisation)
    make.seat(panel, "clinician" if part == "has a voice" else "in_attendance", user=staff)
    if part == "chairs":
        panels.appoint_chair(panel, staff, by=panel.created_by)
    seat = seat_on(panel)
    page = reverse("stakeholders:remove", args=[panel.public_id, seat.public_id])
    answer = as_(staff).post(page, {"reason": "They talk too much."})
    seat.refresh_from_db()
    if part == "takes notes":
        assert seat.status == SeatStatus.LEFT
    else:
        assert answer.status_code == 403
        assert "You take part in this panel yourself" in answer.content.decode()
        assert seat.status == SeatStatus.ACTIVE
