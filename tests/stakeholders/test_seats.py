"""Nobody who uses services sits alone; anybody can leave at any moment."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from stakeholders.enums import (
    OrganisationRole,
    PanelStatus,
    Perspective,
    SeatKind,
    SeatStatus,
)
from stakeholders.models import (
    Panel,
    PanelPause,
    Seat,
    SeatPerspective,
    SupportPlan,
    UnwellCard,
    User,
)
from stakeholders.permissions import panels as permissions
from stakeholders.queries.panels import has_service_users_to_sit
from stakeholders.services import invitations, organisations, panels, seats
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make
from tests.support import run_jobs
from vbc.core.models import AuditEntry, Job, Notification
from vbc.core.services import audit

pytestmark = pytest.mark.django_db
SERVICE_USER = Perspective.SERVICE_USER


def _seat_of(panel: Panel, number: int = 0) -> Seat:
    user = make.members(panel, SERVICE_USER)[number]
    return Seat.objects.get(panel=panel, user=user, left_at=None)


def _status(panel: Panel) -> str:
    panel.refresh_from_db()
    return panel.status


@pytest.mark.row("A1-15")
def test_panel_does_not_open_with_a_lone_service_user() -> None:
    panel = make.forming_panel(make.organisation())
    make.make_ready(panel)
    make.seat(panel, SERVICE_USER)
    make.seat(panel, Perspective.CARER)
    with pytest.raises(panels.NotEnoughServiceUsers, match="at least 2 service users"):
        panels.open_panel(panel, by=panel.created_by)
    assert _status(panel) == PanelStatus.FORMING
    make.seat(panel, SERVICE_USER)
    panels.open_panel(panel, by=panel.created_by)
    assert _status(panel) == PanelStatus.SITTING


@pytest.mark.row("A1-15")
def test_service_user_who_works_for_the_commissioner_does_not_count() -> None:
    panel = make.forming_panel(make.organisation())
    make.seat(panel, SERVICE_USER)
    make.seat(panel, SERVICE_USER, employed=True)
    with pytest.raises(panels.NotEnoughServiceUsers):
        panels.open_panel(panel, by=panel.created_by)


def test_minimum_can_be_raised_and_never_lowered() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Panel.objects.filter(pk=panel.pk).update(minimum_service_users=1)
    Panel.objects.filter(pk=panel.pk).update(minimum_service_users=4)
    assert _status(panel) == PanelStatus.PAUSED


def _disable(seat: Seat) -> None:
    seats.account_disabled(seat.user, by=seat.user)


def _become_carer(seat: Seat) -> None:
    seats.change_perspective(
        seat, perspective=Perspective.CARER, is_employed_by_affected_body=False, by=seat.user
    )


def _take_a_job(seat: Seat) -> None:
    seats.change_perspective(
        seat, perspective=SERVICE_USER, is_employed_by_affected_body=True, by=seat.user
    )


def _raw(statement: str) -> Callable[[Seat], None]:
    def act(seat: Seat) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"seat": seat.pk, "user": seat.user_id})

    return act


LEFT_NOW = "status = 'left', left_at = CURRENT_TIMESTAMP"
CAUSES: dict[str, Callable[[Seat], None]] = {
    "leaves": lambda seat: seats.leave(seat, by=seat.user),
    "goes away": lambda seat: seats.go_away(seat, by=seat.user),
    "becomes a carer": _become_carer,
    "takes a job with the commissioner": _take_a_job,
    "account is disabled": _disable,
    "ORM goes round the door": lambda seat: (
        Seat.objects.filter(pk=seat.pk).update(status=SeatStatus.LEFT, left_at=timezone.now())
        and None
    ),
    "user disabled round the door": lambda seat: (
        User.objects.filter(pk=seat.user_id).update(is_active=False) and None
    ),
    "SQL update": _raw(f"UPDATE stakeholders_seat SET {LEFT_NOW} WHERE id = %(seat)s"),
    "SQL changes perspective": _raw(
        "UPDATE stakeholders_seat SET perspective = 'clinician' WHERE id = %(seat)s"
    ),
}


@pytest.mark.row("A1-15")
@pytest.mark.row("A1-16")
@pytest.mark.parametrize("cause", CAUSES)
def test_panel_pauses_whichever_way_the_last_but_one_goes(cause: str) -> None:
    panel = make.sitting_panel(make.organisation(), service_users=2)
    CAUSES[cause](_seat_of(panel))
    assert _status(panel) == PanelStatus.PAUSED
    assert PanelPause.objects.filter(panel=panel, ended_at__isnull=True).count() == 1
    assert not has_service_users_to_sit(panel)


@pytest.mark.parametrize("cause", CAUSES)
def test_panel_of_three_goes_on_when_one_goes(cause: str) -> None:
    panel = make.sitting_panel(make.organisation(), service_users=3)
    CAUSES[cause](_seat_of(panel))
    assert _status(panel) == PanelStatus.SITTING
    assert not PanelPause.objects.filter(panel=panel).exists()


def test_deleting_a_seat_by_sql_pauses() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=2)
    seat = _seat_of(panel)
    from vbc.core import sql

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # On PostgreSQL the app role cannot delete history first.
            triggers = [name for name in sql.installed() if "seatperspective" in name]
            for name in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute("DELETE FROM stakeholders_seatperspective WHERE seat_id = %s", [seat.pk])
            cursor.execute("DELETE FROM stakeholders_seat WHERE id = %s", [seat.pk])
            assert _status(panel) == PanelStatus.PAUSED
        else:
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                cursor.execute(
                    "DELETE FROM stakeholders_seatperspective WHERE seat_id = %s", [seat.pk]
                )


def test_sql_cannot_open_a_panel_with_a_lone_service_user() -> None:
    panel = make.forming_panel(make.organisation())
    make.seat(panel, SERVICE_USER)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stakeholders_panel SET status = 'sitting' WHERE id = %s", [panel.pk])
    assert _status(panel) == PanelStatus.PAUSED


def test_trigger_counts_as_the_queryset_does() -> None:
    """One definition, twice written: every kind of seat that must not count does not, in both."""
    org = make.organisation()
    for perspective in Perspective.values:
        for employed in (False, True):
            panel = make.forming_panel(org)
            make.seat(panel, SERVICE_USER)
            make.seat(panel, perspective, employed=employed)
            counted = panel.seats.counting_as_service_users().count()
            Panel.objects.filter(pk=panel.pk).update(status=PanelStatus.SITTING)
            expected = PanelStatus.SITTING if counted >= 2 else PanelStatus.PAUSED
            assert _status(panel) == expected, (perspective, employed)


def test_leaving_is_never_refused_and_keeps_no_reason() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=2)
    for left in (1, 0):
        seats.leave(_seat_of(panel), by=make.members(panel, SERVICE_USER)[0])
        assert len(make.members(panel, SERVICE_USER)) == left
    assert make.members(panel, SERVICE_USER) == []
    names = {field.name for field in Seat._meta.get_fields()}
    assert not {name for name in names if "reason" in name or "why" in name}


@pytest.mark.parametrize("how", ["leaves", "is removed"])
def test_what_was_written_to_look_after_somebody_goes_with_their_seat(how: str) -> None:
    """And with nobody else's."""
    panel = make.sitting_panel(make.organisation())
    going, stays = _seat_of(panel), _seat_of(panel, 1)
    for seat in (going, stays):
        UnwellCard.objects.create(seat=seat, whom_to_contact="My sister")
        SupportPlan.objects.create(seat=seat)
    if how == "leaves":
        seats.leave(going, by=going.user)
    else:
        seats.remove(going, reason="The rules of the group.", by=panel.created_by)
    for written in (UnwellCard, SupportPlan):
        assert list(written.objects.values_list("seat", flat=True)) == [stays.pk]


def test_leaving_takes_every_grant_away() -> None:
    panel = make.sitting_panel(make.organisation())
    seat = _seat_of(panel)
    panels.appoint_chair(panel, seat.user, by=panel.created_by)
    user = User.objects.get(pk=seat.user_id)
    assert permissions.may_run_panel(user, panel)
    assert Panel.objects.visible_to(user).filter(pk=panel.pk).exists()
    seats.leave(seat, by=user)
    user = User.objects.get(pk=seat.user_id)
    panel.refresh_from_db()
    assert panel.chair is None
    assert not permissions.may_run_panel(user, panel)
    assert not permissions.may_take_part_in_panel(user, panel)
    assert not Panel.objects.visible_to(user).filter(pk=panel.pk).exists()


def test_coming_back_lets_the_panel_sit_again() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=2)
    seat = _seat_of(panel)
    seats.go_away(seat, by=seat.user)
    assert _status(panel) == PanelStatus.PAUSED
    seats.come_back(seat, by=seat.user)
    assert _status(panel) == PanelStatus.SITTING
    assert PanelPause.objects.get(panel=panel).ended_at is not None


def test_newcomer_is_given_time_to_read_before_the_panel_goes_on() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=2)
    seats.leave(_seat_of(panel), by=make.members(panel, SERVICE_USER)[0])
    newcomer = make.seat(panel, SERVICE_USER)
    assert _status(panel) == PanelStatus.PAUSED
    with pytest.raises(panels.StillReading, match="time to read"):
        panels.resume(panel, by=panel.created_by)
    # All of it as if it had happened longer ago: the clock is the database's.
    long_ago = timezone.now() - panels.READING_TIME * 1.01
    PanelPause.objects.filter(panel=panel).update(began_at=long_ago)
    Seat.objects.filter(panel=panel).update(joined_at=long_ago - panels.READING_TIME)
    Seat.objects.filter(pk=newcomer.pk).update(joined_at=long_ago)
    panels.resume(panel, by=panel.created_by)
    assert _status(panel) == PanelStatus.SITTING


def test_who_sits_beside_or_stands_ready_or_has_left_again_keeps_no_panel_waiting() -> None:
    """Time to read is for whoever takes part."""
    panel = make.sitting_panel(make.organisation(), service_users=2)
    away, there = _seat_of(panel), _seat_of(panel, 1)
    seats.go_away(away, by=away.user)
    make_seat.supporter_of(there)
    make_seat.cover_for(there)
    make_seat.on_reserve(panel, Perspective.CARER)
    again = make.seat(panel, Perspective.CLINICIAN)
    seats.leave(again, by=again.user)
    seats.come_back(away, by=away.user)
    assert _status(panel) == PanelStatus.SITTING


def test_whoever_comes_back_has_their_one_voice_and_no_second() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=3)
    seat = _seat_of(panel)
    seats.leave(seat, by=seat.user)
    again = make.seat(panel, SERVICE_USER, user=seat.user)
    assert again.pk != seat.pk
    assert again.place_id == seat.place_id
    assert panel.places.filter(seats__user=seat.user).distinct().count() == 1


@pytest.mark.row("A1-15")
def test_staff_of_the_commissioner_do_not_count_whatever_they_answer() -> None:
    org = make.organisation()
    panel = make.forming_panel(org)
    make.seat(panel, SERVICE_USER)
    seat = make.seat(panel, SERVICE_USER, user=make.commissioner(org), employed=False)
    assert seat.is_employed_by_affected_body
    with pytest.raises(panels.NotEnoughServiceUsers):
        panels.open_panel(panel, by=panel.created_by)
    seats.change_perspective(
        seat, perspective=SERVICE_USER, is_employed_by_affected_body=False, by=seat.user
    )
    assert panel.seats.counting_as_service_users().count() == 1


@pytest.mark.row("A1-15")
def test_taking_a_job_with_the_commissioner_counts_again() -> None:
    org = make.organisation()
    panel = make.sitting_panel(org, service_users=2)
    organisations.add_member(org, _seat_of(panel).user, role=OrganisationRole.COMMISSIONER)
    assert _status(panel) == PanelStatus.PAUSED


def test_who_runs_the_panel_is_told_first_and_asked_to_look_after_members() -> None:
    org = make.organisation()
    runner = make.commissioner(org)
    panel = make.sitting_panel(org, service_users=2, by=runner)
    run_jobs()
    seats.leave(_seat_of(panel), by=make.members(panel, SERVICE_USER)[0])
    run_jobs()
    sent = Notification.objects.filter(sent_at__isnull=False)
    assert sent.filter(kind="stakeholders.look_after_members", recipient=runner).count() == 1
    waiting = Notification.objects.filter(kind="stakeholders.panel_waits", sent_at__isnull=True)
    assert waiting.count() == panel.seats.live().count()
    Job.objects.filter(status="queued").update(not_before=timezone.now())
    run_jobs()
    assert not waiting.exists()


def test_everybody_is_told_and_nobody_is_named() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=2, carers=1)
    seat = _seat_of(panel)
    seats.leave(seat, by=seat.user)
    told = Notification.objects.filter(kind="stakeholders.panel_waits", object_id=panel.public_id)
    staying = {s.user_id for s in panel.seats.live()}
    assert set(told.values_list("recipient_id", flat=True)) == staying
    from vbc.core.services import notices

    for notice in told:
        words = notices.words_of(notice)
        assert words is not None
        text = " ".join((words.subject, *words.paragraphs)).lower()
        assert seat.user.display_name.lower() not in text
        for secret in ("service user", "carer", "left", "away", "ill"):
            assert f" {secret}" not in text, secret


def test_pause_names_nobody_in_the_audit() -> None:
    panel = make.sitting_panel(make.organisation(), service_users=2)
    seat = _seat_of(panel)
    seats.leave(seat, by=seat.user)
    entry = AuditEntry.objects.get(verb="panel.paused")
    assert entry.actor_pseudonym == ""
    assert entry.subject_pseudonym == ""
    assert list(audit.faults()) == []


def test_one_person_has_one_live_seat() -> None:
    panel = make.sitting_panel(make.organisation())
    user = make.members(panel, SERVICE_USER)[0]
    with pytest.raises(invitations.AlreadyInvited):
        make.seat(panel, SERVICE_USER, user=user)
    seat = _seat_of(panel)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(
            panel=panel,
            place=seat.place,
            user=user,
            perspective=SERVICE_USER,
            status=SeatStatus.AWAY,
            joined_at=timezone.now(),
        )


def test_place_has_one_voice() -> None:
    panel = make.sitting_panel(make.organisation())
    seat = _seat_of(panel)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(
            panel=panel,
            place=seat.place,
            user=make.person(),
            perspective=SERVICE_USER,
            joined_at=timezone.now(),
        )


def test_perspectives_are_dated_and_kept() -> None:
    panel = make.sitting_panel(make.organisation())
    seat = _seat_of(panel)
    _become_carer(seat)
    kept = SeatPerspective.objects.filter(seat=seat).values_list("perspective", flat=True)
    assert list(kept) == [SERVICE_USER, Perspective.CARER]
    seat.refresh_from_db()
    assert seat.perspective == Perspective.CARER


def test_change_is_undone_when_its_audit_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = make.sitting_panel(make.organisation())
    seat = _seat_of(panel)

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the audit could not be written")

    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError):
        seats.leave(seat, by=seat.user)
    seat.refresh_from_db()
    assert seat.left_at is None


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (SeatKind.MEMBER, SeatStatus.STANDBY),
        (SeatKind.COVER, SeatStatus.AWAY),
        (SeatKind.RESERVE, SeatStatus.ACTIVE),
        (SeatKind.RESERVE, SeatStatus.AWAY),
        (SeatKind.SUPPORTER, SeatStatus.AWAY),
        (SeatKind.SUPPORTER, SeatStatus.STANDBY),
    ],
)
def test_no_seat_is_in_a_state_that_its_kind_does_not_have(kind: str, status: str) -> None:
    """Somebody of the reserve list who were "active" would count to the two, and have no place."""
    panel = make.sitting_panel(make.organisation(), service_users=2)
    member = _seat_of(panel)
    seat = {
        SeatKind.MEMBER: lambda: member,
        SeatKind.COVER: lambda: make_seat.cover_for(member),
        SeatKind.RESERVE: lambda: make_seat.on_reserve(panel, SERVICE_USER),
        SeatKind.SUPPORTER: lambda: make_seat.supporter_of(member),
    }[SeatKind(kind)]()
    with pytest.raises(IntegrityError, match="seat_status_fits_its_kind"), transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(status=status)


def test_term_of_somebody_who_has_left_is_not_agreed() -> None:
    panel = make.sitting_panel(make.organisation())
    stale = _seat_of(panel)
    seats.leave(_seat_of(panel), by=stale.user)
    before = AuditEntry.objects.count()
    seats.set_term(stale, ends_on=timezone.localdate(), by=panel.created_by)
    stale.refresh_from_db()
    assert stale.term_ends_on is None
    assert AuditEntry.objects.count() == before
