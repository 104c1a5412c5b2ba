"""Going away, cover stepping in, coming back, and who sits beside whom."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from stakeholders.enums import (
    PILLAR_OF,
    MeetingStatus,
    OrganisationRole,
    PanelStatus,
    Perspective,
    SeatKind,
    SeatStatus,
)
from stakeholders.models import Panel, PanelPause, Place, Seat, User
from stakeholders.notices import seats as words
from stakeholders.notices.meetings import MEETING_CANCELLED
from stakeholders.permissions import invitations as permissions_of_invitations
from stakeholders.permissions import panels as permissions
from stakeholders.presenters.panels import in_words, panel_page, panel_rows
from stakeholders.queries.meetings import coming_for
from stakeholders.queries.panels import (
    compositions,
    liaisons_of,
    members_of,
    part_of,
    voices_at,
)
from stakeholders.queries.seats import people_to_be_in_touch_with, places_to_step_in_for
from stakeholders.services import liaisons, organisations, panels, seats
from stakeholders.services.sitting import NoSeatAnyMore
from tests.factories import meetings as meet
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make
from tests.support import run_jobs
from vbc.core.models import AuditEntry, Notification
from vbc.core.refusals import Refused
from vbc.core.services.notices import words_of

pytestmark = pytest.mark.django_db
SERVICE_USER, CARER = Perspective.SERVICE_USER, Perspective.CARER


@pytest.fixture
def panel() -> Panel:
    """Two service users: one going away makes the panel wait."""
    return make.sitting_panel(make.organisation(), service_users=2, carers=1)


def member_of(panel: Panel, perspective: str = SERVICE_USER, number: int = 0) -> Seat:
    user = make.members(panel, perspective)[number]
    return Seat.objects.get(panel=panel, user=user, left_at=None)


def status_of(thing: Any) -> str:
    thing.refresh_from_db()
    return thing.status


def asked(user: User) -> bool:
    return Notification.objects.filter(recipient=user, kind=words.CAN_YOU_STEP_IN).exists()


@pytest.mark.row("A1-16")
def test_cover_that_steps_in_keeps_the_panel_going(panel: Panel) -> None:
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    assert status_of(cover) == SeatStatus.STANDBY
    seats.go_away(seat, by=seat.user)
    assert status_of(panel) == PanelStatus.PAUSED
    assert asked(cover.user)
    seats.step_in(cover, seat.place, by=cover.user)
    assert status_of(cover) == SeatStatus.ACTIVE
    assert status_of(panel) == PanelStatus.SITTING
    assert permissions.may_take_part_in_panel(cover.user, panel)


@pytest.mark.row("A1-16")
def test_cover_has_the_place_s_one_voice_and_gives_it_back(panel: Panel) -> None:
    make.seat(panel, SERVICE_USER)
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    seats.go_away(seat, by=seat.user)
    seats.step_in(cover, seat.place, by=cover.user)
    assert cover.place == seat.place
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(status=SeatStatus.ACTIVE)
    seats.come_back(seat, by=seat.user)
    assert (status_of(seat), status_of(cover)) == (SeatStatus.ACTIVE, SeatStatus.STANDBY)
    assert not permissions.may_take_part_in_panel(cover.user, panel)


def test_coming_back_while_cover_is_needed_does_not_pause_for_a_moment(panel: Panel) -> None:
    """Between the two rows the database counts one too few; nobody is told of a pause that never
    was."""
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    seats.go_away(seat, by=seat.user)
    seats.step_in(cover, seat.place, by=cover.user)
    pauses = PanelPause.objects.filter(panel=panel).count()
    told = Notification.objects.count()
    seats.come_back(seat, by=seat.user)
    assert status_of(panel) == PanelStatus.SITTING
    assert PanelPause.objects.filter(panel=panel).count() == pauses
    assert not PanelPause.objects.filter(panel=panel, ended_at=None).exists()
    assert Notification.objects.count() == told + 1  # Thanks to whoever stepped in.


def test_nobody_steps_in_unasked(panel: Panel) -> None:
    """An empty place is empty until somebody says that they are there."""
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    with pytest.raises(seats.NothingToStepInFor):
        seats.step_in(cover, seat.place, by=cover.user)
    seats.go_away(seat, by=seat.user)
    assert status_of(cover) == SeatStatus.STANDBY
    assert part_of(cover.user, panel) is None


def test_the_reserve_list_is_asked_a_day_after_the_cover(panel: Panel) -> None:
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    reserve = make_seat.on_reserve(panel, SERVICE_USER)
    other = make_seat.on_reserve(panel, CARER)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        seats.go_away(seat, by=seat.user)
        run_jobs()
        status = Notification.objects.values_list("status", flat=True)
        assert status.get(recipient=cover.user, kind=words.CAN_YOU_STEP_IN) == "sent"
        assert status.get(recipient=reserve.user, kind=words.CAN_YOU_STEP_IN) == "waiting"
        assert not asked(other.user)
        clock.shift(timedelta(days=1, minutes=1))
        run_jobs()
        assert status.get(recipient=reserve.user, kind=words.CAN_YOU_STEP_IN) == "sent"


def test_the_reserve_list_is_not_asked_once_somebody_has_stepped_in(panel: Panel) -> None:
    seat = member_of(panel)
    cover, reserve = make_seat.cover_for(seat), make_seat.on_reserve(panel, SERVICE_USER)
    seats.go_away(seat, by=seat.user)
    notice = Notification.objects.get(recipient=reserve.user, kind=words.CAN_YOU_STEP_IN)
    assert words_of(notice) is not None
    seats.step_in(cover, seat.place, by=cover.user)
    assert words_of(notice) is None
    with pytest.raises(seats.NothingToStepInFor):
        seats.step_in(reserve, seat.place, by=reserve.user)


@pytest.mark.row("A1-16")
def test_whoever_steps_in_from_the_reserve_list_is_that_place_s_cover(panel: Panel) -> None:
    seat, reserve = member_of(panel), make_seat.on_reserve(panel, SERVICE_USER)
    seats.go_away(seat, by=seat.user)
    assert places_to_step_in_for(reserve) == [seat.place]
    seats.step_in(reserve, seat.place, by=reserve.user)
    reserve.refresh_from_db()
    assert (reserve.kind, reserve.place, reserve.status) == (
        SeatKind.COVER,
        seat.place,
        SeatStatus.ACTIVE,
    )
    assert status_of(panel) == PanelStatus.SITTING


def test_a_carer_on_the_reserve_list_does_not_step_in_for_a_service_user(panel: Panel) -> None:
    seat, reserve = member_of(panel), make_seat.on_reserve(panel, CARER)
    seats.go_away(seat, by=seat.user)
    assert places_to_step_in_for(reserve) == []
    with pytest.raises(seats.NothingToStepInFor):
        seats.step_in(reserve, seat.place, by=reserve.user)


def test_cover_speaks_from_the_same_as_the_member(panel: Panel) -> None:
    with pytest.raises(seats.NotForThisPlace, match="Cover speaks from the same"):
        make_seat.cover_for(member_of(panel), perspective=CARER)
    assert not Seat.objects.filter(panel=panel, kind=SeatKind.COVER).exists()


def test_a_place_has_one_cover(panel: Panel) -> None:
    seat = member_of(panel)
    make_seat.cover_for(seat)
    with pytest.raises(seats.NotForThisPlace, match="Somebody else"):
        make_seat.cover_for(seat)


def test_the_reserve_list_is_for_those_whose_places_have_cover(panel: Panel) -> None:
    with pytest.raises(seats.NotForThisPlace, match="people who use services and for carers"):
        make_seat.on_reserve(panel, Perspective.CLINICIAN)


def test_cover_that_stepped_in_stays_when_the_member_leaves(panel: Panel) -> None:
    """Leaving for good must not empty a place that somebody holds."""
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    seats.go_away(seat, by=seat.user)
    seats.step_in(cover, seat.place, by=cover.user)
    seats.leave(seat, by=seat.user)
    cover.refresh_from_db()
    assert (cover.kind, cover.status) == (SeatKind.MEMBER, SeatStatus.ACTIVE)
    assert status_of(panel) == PanelStatus.SITTING
    assert Notification.objects.filter(recipient=cover.user, kind=words.PLACE_IS_YOURS).exists()


def test_a_place_counts_once_at_a_moment_whoever_has_held_it_since(panel: Panel) -> None:
    seat, leaves = member_of(panel), member_of(panel, CARER)
    cover = make_seat.cover_for(seat)
    then = timezone.now()
    seats.go_away(seat, by=seat.user)
    seats.step_in(cover, seat.place, by=cover.user)
    seats.leave(seat, by=seat.user)
    seats.leave(leaves, by=leaves.user)
    assert voices_at(panel, then) == 8
    assert voices_at(panel, timezone.now()) == 7
    cover.refresh_from_db()
    seats.change_perspective(
        cover,
        perspective=Perspective.IN_ATTENDANCE,
        is_employed_by_affected_body=False,
        by=cover.user,
    )
    assert voices_at(panel, then) == 8
    assert voices_at(panel, timezone.now()) == 6
    assert voices_at(panel, then - timedelta(days=400)) == 0


def test_cover_that_did_not_step_in_goes_on_the_reserve_list(panel: Panel) -> None:
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    seats.leave(seat, by=seat.user)
    cover.refresh_from_db()
    assert (cover.kind, cover.status) == (SeatKind.RESERVE, SeatStatus.STANDBY)
    assert cover.place != seat.place
    assert permissions.may_take_part_in_panel(cover.user, panel).reason.startswith("You are on")


@pytest.mark.row("A1-16")
@pytest.mark.parametrize("stands_down", ["the member is back", "cover stops", "cover is released"])
def test_nobody_waits_for_cover_that_only_stands_ready_again(
    panel: Panel, stands_down: str
) -> None:
    """Whoever is alone would wait for somebody who may not see who chose them. They are told, and
    choose somebody else."""
    seat, alone = member_of(panel), member_of(panel, number=1)
    cover = make_seat.on_reserve(panel, SERVICE_USER)
    seats.go_away(seat, by=seat.user)
    seats.step_in(cover, seat.place, by=cover.user)
    liaisons.offer(panel, words="Ring me.", by=cover.user)
    liaisons.choose(alone, cover.user, by=alone.user)
    assert liaisons_of(panel) == [cover.user]
    if stands_down == "the member is back":
        seats.come_back(seat, by=seat.user)
    elif stands_down == "cover stops":
        seats.go_away(cover, by=cover.user)
    else:
        seats.release(cover, by=seat.user)
    assert liaisons_of(panel) == []
    assert not people_to_be_in_touch_with(panel).exists()
    told = Notification.objects.get(kind=words.NOBODY_IN_TOUCH)
    assert told.recipient == alone.user
    said = words_of(told)
    assert said is not None
    assert "You can choose somebody else, or nobody." in said.paragraphs[0]
    liaisons.offer(panel, words="", by=panel.created_by)
    liaisons.choose(alone, panel.created_by, by=alone.user)
    assert words_of(told) is None


def test_cover_that_works_there_can_still_be_chosen_as_staff(panel: Panel) -> None:
    seat, other = member_of(panel), member_of(panel, number=1)
    cover = make_seat.cover_for(seat)
    seats.go_away(seat, by=seat.user)
    seats.step_in(cover, seat.place, by=cover.user)
    organisations.add_member(panel.organisation, cover.user, role=OrganisationRole.ADMIN)
    liaisons.offer(panel, words="", by=cover.user)
    liaisons.choose(other, cover.user, by=other.user)
    seats.come_back(seat, by=seat.user)
    assert liaisons_of(panel) == [cover.user]


@pytest.mark.parametrize("steps_in", [False, True])
def test_sentence_counts_those_whom_the_list_names(panel: Panel, *, steps_in: bool) -> None:
    """The difference would tell that somebody is away, and what they speak from."""
    seat, reader = member_of(panel), member_of(panel, CARER)
    cover = make_seat.cover_for(seat)
    if steps_in:
        seats.go_away(seat, by=seat.user)
        seats.step_in(cover, seat.place, by=cover.user)
    panel.refresh_from_db()
    page = panel_page(panel, reader.user)
    named = [each for each in page["members"] if each.speaks_from == "Service user"]
    assert len(named) == (3 if steps_in else 2)
    assert f"{in_words(len(named))} service users" in page["sentence"]
    assert panel_rows([panel], reader.user)[0].sentence == page["sentence"]


def test_cover_counts_to_the_two_and_who_is_away_does_not(panel: Panel) -> None:
    """The list and the sentence have both; the rule counts who is there."""
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    seats.go_away(seat, by=seat.user)
    assert compositions([panel])[panel.pk].service_users_counting == 1
    seats.step_in(cover, seat.place, by=cover.user)
    counted = compositions([panel])[panel.pk]
    assert counted.service_users_counting == 2
    assert counted.by_perspective[SERVICE_USER] == 3
    seats.go_away(cover, by=cover.user)
    assert status_of(panel) == PanelStatus.PAUSED


def test_cover_can_stop_and_leave_at_any_moment(panel: Panel) -> None:
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    seats.go_away(seat, by=seat.user)
    seats.step_in(cover, seat.place, by=cover.user)
    seats.go_away(cover, by=cover.user)
    assert status_of(cover) == SeatStatus.STANDBY
    assert status_of(panel) == PanelStatus.PAUSED
    seats.leave(cover, by=cover.user)
    assert status_of(cover) == SeatStatus.LEFT
    assert status_of(seat) == SeatStatus.AWAY


@pytest.mark.parametrize("how", ["the member is back", "the member is another", "released"])
def test_cover_that_chaired_runs_nothing_once_it_stands_down(panel: Panel, how: str) -> None:
    """It is a grant of its own, and would let somebody without a voice run the panel."""
    member = member_of(panel)
    cover = make_seat.on_reserve(panel, SERVICE_USER)
    seats.go_away(member, by=member.user)
    seats.step_in(cover, member.place, by=cover.user)
    panels.appoint_chair(panel, cover.user, by=panel.created_by)
    assert permissions.may_run_panel(cover.user, panel)
    if how == "the member is back":
        seats.come_back(member, by=member.user)
    elif how == "released":
        seats.release(cover, by=member.user)
    else:
        seats.change_perspective(
            member, perspective=CARER, is_employed_by_affected_body=False, by=member.user
        )
    panel.refresh_from_db()
    assert panel.chair is None
    assert not permissions.may_run_panel(cover.user, panel)
    assert not permissions.may_take_part_in_panel(cover.user, panel)


@pytest.mark.parametrize("kind", ["supporter", "cover", "reserve"])
def test_who_has_no_voice_holds_no_grant_of_one(panel: Panel, kind: str) -> None:
    seat = member_of(panel)
    there = {
        "supporter": lambda: make_seat.supporter_of(seat),
        "cover": lambda: make_seat.cover_for(seat),
        "reserve": lambda: make_seat.on_reserve(panel, CARER),
    }[kind]()
    assert permissions.holds(there.user, permissions.VIEW, panel)
    assert not permissions.holds(there.user, permissions.TAKE_PART, panel)


def test_supporter_reads_and_has_no_voice(panel: Panel) -> None:
    seat = member_of(panel)
    supporter = make_seat.supporter_of(seat)
    assert supporter.perspective == Perspective.IN_ATTENDANCE
    assert Panel.objects.visible_to(supporter.user).filter(pk=panel.pk).exists()
    assert not permissions.may_take_part_in_panel(supporter.user, panel)
    assert supporter not in members_of(panel)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=supporter.pk).update(perspective=SERVICE_USER)


def test_supporter_goes_with_the_member(panel: Panel) -> None:
    seat = member_of(panel)
    supporter = make_seat.supporter_of(seat)
    seats.leave(seat, by=seat.user)
    assert status_of(supporter) == SeatStatus.LEFT
    assert not Panel.objects.visible_to(supporter.user).filter(pk=panel.pk).exists()


def test_member_who_changes_what_they_speak_from_loses_the_cover_that_no_longer_fits(
    panel: Panel,
) -> None:
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    seats.change_perspective(
        seat, perspective=CARER, is_employed_by_affected_body=False, by=seat.user
    )
    cover.refresh_from_db()
    assert cover.kind == SeatKind.RESERVE


def test_who_has_left_changes_nothing_of_the_place_that_is_their_cover_s_by_now(
    panel: Panel,
) -> None:
    """A page that was open while its reader left, or an answer that came a moment after."""
    member = member_of(panel)
    stale = Seat.objects.get(pk=member.pk)
    cover = make_seat.cover_for(member)
    seats.go_away(member, by=member.user)
    seats.step_in(cover, member.place, by=cover.user)
    seats.leave(member, by=member.user)
    with pytest.raises(NoSeatAnyMore, match="You have left this panel"):
        seats.change_perspective(
            stale,
            perspective=Perspective.CLINICIAN,
            is_employed_by_affected_body=True,
            by=member.user,
        )
    cover.refresh_from_db()
    stale.refresh_from_db()
    assert cover.place.pillar == PILLAR_OF[Perspective.SERVICE_USER]
    assert (cover.kind, cover.status) == (SeatKind.MEMBER, SeatStatus.ACTIVE)
    assert (stale.perspective, stale.is_employed_by_affected_body) == ("service_user", False)


def test_cover_does_not_choose_what_it_speaks_from(panel: Panel) -> None:
    cover = make_seat.cover_for(member_of(panel))
    with pytest.raises(seats.NotForThisPlace):
        seats.change_perspective(
            cover, perspective=CARER, is_employed_by_affected_body=False, by=cover.user
        )


def test_former_cover_who_is_invited_does_not_get_the_place_they_covered(panel: Panel) -> None:
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    seats.leave(cover, by=cover.user)
    joined = make.seat(panel, SERVICE_USER, user=cover.user)
    assert joined.place != seat.place


def test_member_who_returns_does_not_take_a_place_that_is_held(panel: Panel) -> None:
    """They left; whoever covered became the member; the one who returns gets a new place."""
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    seats.go_away(seat, by=seat.user)
    seats.step_in(cover, seat.place, by=cover.user)
    seats.leave(seat, by=seat.user)
    seats.go_away(Seat.objects.get(pk=cover.pk), by=cover.user)
    again = make.seat(panel, SERVICE_USER, user=seat.user)
    assert again.place != seat.place


# --- Terms, removal, minimum, closing -------------------------------------------------------------


def test_term_ends_after_its_last_day_and_not_on_it(panel: Panel) -> None:
    seat = member_of(panel)
    today = timezone.localdate()
    seats.set_term(seat, ends_on=today, by=panel.created_by)
    assert seats.end_terms(today) == 0
    assert seats.end_terms(today + timedelta(days=1)) == 1
    assert status_of(seat) == SeatStatus.LEFT
    assert status_of(panel) == PanelStatus.PAUSED
    assert seats.end_terms(today + timedelta(days=1)) == 0
    assert Notification.objects.filter(recipient=seat.user, kind=words.TERM_ENDED).count() == 1


def test_removal_gives_its_reason_to_the_person_and_to_nobody_s_mail(panel: Panel) -> None:
    seat = member_of(panel)
    seats.remove(seat, reason="Canary reason", by=panel.created_by)
    assert status_of(seat) == SeatStatus.LEFT
    assert seat.removal.reason == "Canary reason"
    notice = Notification.objects.get(recipient=seat.user, kind=words.REMOVED)
    said = words_of(notice)
    assert said is not None
    assert "Canary" not in said.subject + " ".join(said.paragraphs)
    assert status_of(panel) == PanelStatus.PAUSED


def test_removal_needs_a_reason(panel: Panel) -> None:
    seat = member_of(panel)
    with pytest.raises(Refused, match="Write the reason"):
        seats.remove(seat, reason="  ", by=panel.created_by)
    assert status_of(seat) == SeatStatus.ACTIVE


@pytest.mark.row("A1-15")
def test_minimum_is_raised_and_the_panel_waits_at_once(panel: Panel) -> None:
    with pytest.raises(Refused, match="never lowered"):
        panels.raise_minimum(panel, minimum=1, by=panel.created_by)
    panels.raise_minimum(panel, minimum=3, by=panel.created_by)
    assert status_of(panel) == PanelStatus.PAUSED
    make.seat(panel, SERVICE_USER)
    # The newcomer has time to read before the panel goes on.
    assert status_of(panel) == PanelStatus.PAUSED


def test_closed_panel_stays_closed(panel: Panel) -> None:
    panels.close(panel, by=panel.created_by)
    assert status_of(panel) == PanelStatus.CLOSED
    seat = member_of(panel)
    seats.leave(seat, by=seat.user)
    assert status_of(panel) == PanelStatus.CLOSED
    assert not Place.objects.filter(panel=panel, seats__user=seat.user, seats__left_at=None)


# --- Letting go -----------------------------------------------------------------------------------


def test_no_one_member_puts_somebody_off_the_reserve_list(panel: Panel) -> None:
    """A chair who is a member could have somebody step in, come back, and be rid of them."""
    seat, reserve = member_of(panel), make_seat.on_reserve(panel, SERVICE_USER)
    seats.go_away(seat, by=seat.user)
    seats.step_in(reserve, seat.place, by=reserve.user)
    seats.come_back(seat, by=seat.user)
    reserve.refresh_from_db()
    assert permissions_of_invitations.may_release(seat.user, reserve)
    seats.release(reserve, by=seat.user)
    reserve.refresh_from_db()
    assert (reserve.kind, reserve.status) == (SeatKind.RESERVE, SeatStatus.STANDBY)
    assert reserve.place != seat.place
    said = words_of(Notification.objects.get(recipient=reserve.user, kind=words.ON_RESERVE_AGAIN))
    assert said is not None
    assert "as before" in " ".join(said.paragraphs)


def test_cover_whom_the_member_asked_goes(panel: Panel) -> None:
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    seats.release(cover, by=seat.user)
    assert status_of(cover) == SeatStatus.LEFT


def test_cover_that_became_the_member_meanwhile_stays(panel: Panel) -> None:
    """The page was open while the member left and cover got the place."""
    seat = member_of(panel)
    cover = make_seat.cover_for(seat)
    seats.go_away(seat, by=seat.user)
    seats.step_in(cover, seat.place, by=cover.user)
    seats.leave(seat, by=seat.user)
    seats.release(cover, by=seat.user)
    cover.refresh_from_db()
    assert (cover.kind, cover.status) == (SeatKind.MEMBER, SeatStatus.ACTIVE)
    assert status_of(panel) == PanelStatus.SITTING


# --- A panel that has been closed -----------------------------------------------------------------


def test_nobody_is_asked_to_step_in_once_the_panel_is_closed(panel: Panel) -> None:
    seat, reserve = member_of(panel), make_seat.on_reserve(panel, SERVICE_USER)
    panels.close(panel, by=panel.created_by)
    seats.go_away(seat, by=seat.user)
    assert not asked(reserve.user)
    assert places_to_step_in_for(Seat.objects.get(pk=reserve.pk)) == []
    with pytest.raises(seats.NothingToStepInFor):
        seats.step_in(reserve, seat.place, by=reserve.user)


def test_meetings_to_come_fall_through_with_the_panel(panel: Panel) -> None:
    to_come, searched, held = meet.arranged(panel), meet.set_up(panel), meet.held(panel)
    panels.close(panel, by=panel.created_by)
    assert [meet.fresh(each).status for each in (to_come, searched, held)] == [
        MeetingStatus.CANCELLED,
        MeetingStatus.CANCELLED,
        MeetingStatus.HELD,
    ]
    assert list(coming_for(member_of(panel).user)) == []
    told = Notification.objects.filter(kind=MEETING_CANCELLED, object_id=to_come.public_id)
    assert told.count() == panel.seats.count()
    assert AuditEntry.objects.filter(verb="meeting.cancelled").count() == 2
