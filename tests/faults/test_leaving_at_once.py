"""Rows 1 and 2 of the fault table: service users leave at the same instant.

The control shows that the race is real: with the panel's lock and the trigger taken away, a lone
service user is left. The test beside it shows that with them nobody is, and everybody could leave.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

import pytest
from django.db import connection

from stakeholders.enums import PanelStatus, Perspective, SeatStatus
from stakeholders.models import Panel, PanelPause, Seat
from stakeholders.queries import panels as queries
from stakeholders.services import invitations, panels, seats, sitting
from tests.factories import seats as make_seat
from tests.factories import stakeholders as make
from tests.support import at_once, thoroughly
from vbc.core import sql

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 8
# How often each race is run: a few times in every run of the suite, 200 times in the long one.
FEW = [3, pytest.param(ROUNDS, marks=pytest.mark.thorough)]
ROUNDS_OR_MORE = [*FEW, pytest.param(40, marks=pytest.mark.long)]
ROUNDS_OR_MANY = [
    *FEW,
    pytest.param(200, marks=pytest.mark.long),
]


def _leave_at_once(panel: Panel, how_many: int) -> list[BaseException]:
    leaving = list(
        Seat.objects.filter(panel=panel, perspective=Perspective.SERVICE_USER, left_at=None)[
            :how_many
        ]
    )
    return at_once([partial(seats.leave, seat, by=seat.user) for seat in leaving])


def _leave_by_sql(seat_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE stakeholders_seat SET status = 'left', left_at = now() WHERE id = %s",
            [seat_id],
        )


def _is_wrong(panel: Panel) -> bool:
    """Sitting with fewer than two."""
    panel.refresh_from_db()
    return panel.status == PanelStatus.SITTING and not queries.has_service_users_to_sit(panel)


@contextmanager
def _meeting_before_commit(
    how_many: int, patch: pytest.MonkeyPatch, patience: float = 0.1
) -> Iterator[None]:
    """Everyone has written and counted before anyone commits: the worst interleaving.

    With the lock held only one can be there, so the others' wait (`patience`, seconds) runs out and
    changes nothing. Without it they meet, however slow the machine is.
    """
    real = sitting.has_service_users_to_sit
    meeting = threading.Barrier(how_many)

    def count(panel: Panel) -> bool:
        counted = real(panel)
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=patience)
        return counted

    patch.setattr(sitting, "has_service_users_to_sit", count)
    yield
    patch.setattr(sitting, "has_service_users_to_sit", real)


def test_control_without_lock_and_trigger_someone_is_left_alone(
    as_owner: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = 0
    for _ in range(ROUNDS):
        panel = make.sitting_panel(make.organisation(), service_users=3, carers=0, clinicians=0)
        with monkeypatch.context() as patch:
            sql.drop()
            patch.setattr(sitting, "lock_panel", lambda panel: Panel.objects.get(pk=panel.pk))
            # The audit's head and the grants would line the transactions up by accident.
            patch.setattr(sitting.audit, "record", lambda *args, **kwargs: None)
            with _meeting_before_commit(2, patch, patience=20):
                assert _leave_at_once(panel, 2) == []
        sql.install()
        wrong += _is_wrong(panel)
    assert wrong >= ROUNDS * 5 / 6, f"only {wrong} of {ROUNDS} rounds showed the race"


@pytest.mark.row("A1-15")
@pytest.mark.parametrize("rounds", ROUNDS_OR_MANY)
@pytest.mark.parametrize("how_many", thoroughly([2, 3, 5], 2))
def test_nobody_is_left_alone_and_everybody_could_leave(
    how_many: int, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(rounds):
        panel = make.sitting_panel(
            make.organisation(), service_users=how_many + 1, carers=0, clinicians=0
        )
        with monkeypatch.context() as patch, _meeting_before_commit(how_many, patch):
            assert _leave_at_once(panel, how_many) == []
        assert not _is_wrong(panel)
        assert panel.status == PanelStatus.PAUSED
        assert len(make.members(panel, Perspective.SERVICE_USER)) == 1


@pytest.mark.row("A1-15")
@pytest.mark.parametrize("rounds", ROUNDS_OR_MANY)
def test_nobody_is_left_alone_behind_the_services(rounds: int) -> None:
    """The same race in raw SQL: the trigger locks, counts and pauses by itself."""
    for _ in range(rounds):
        panel = make.sitting_panel(make.organisation(), service_users=3, carers=0, clinicians=0)
        ids = list(panel.seats.filter(perspective="service_user").values_list("pk", flat=True)[:2])
        errors = at_once([partial(_leave_by_sql, seat_id) for seat_id in ids])
        assert errors == []
        assert not _is_wrong(panel)


@pytest.mark.row("A1-15")
@pytest.mark.parametrize("rounds", ROUNDS_OR_MANY)
def test_service_and_raw_sql_leave_at_once(rounds: int) -> None:
    """One by the door, one round it, locking the other way round: a deadlock is tried again."""
    for _ in range(rounds):
        panel = make.sitting_panel(make.organisation(), service_users=3, carers=0, clinicians=0)
        by_door, round_it = list(panel.seats.filter(perspective="service_user")[:2])
        errors = at_once(
            [
                partial(seats.leave, by_door, by=by_door.user),
                partial(_leave_by_sql, round_it.pk),
            ]
        )
        assert errors == []
        assert not _is_wrong(panel)
        assert panel.status == PanelStatus.PAUSED


def _five_acts_at_once(service_users: int) -> tuple[Panel, list[Seat], list[BaseException]]:
    """One leaves, one becomes a carer, one joins; cover steps in while its member comes back."""
    panel = make.sitting_panel(
        make.organisation(), service_users=service_users, carers=0, clinicians=0
    )
    leaves, changes, away = panel.seats.filter(perspective=Perspective.SERVICE_USER)[:3]
    cover = make_seat.cover_for(away)
    seats.go_away(away, by=away.user)
    newcomer = make.person()
    invitation = invitations.invite(
        panel,
        email=newcomer.email,
        suggested_perspective=Perspective.SERVICE_USER,
        by=panel.created_by,
    )
    errors = at_once(
        [
            partial(seats.leave, leaves, by=leaves.user),
            partial(
                seats.change_perspective,
                changes,
                perspective=Perspective.CARER,
                is_employed_by_affected_body=False,
                by=changes.user,
            ),
            partial(
                seats.accept,
                invitation,
                perspective=Perspective.SERVICE_USER,
                is_employed_by_affected_body=False,
                by=newcomer,
            ),
            partial(seats.step_in, cover, away.place, by=cover.user),
            partial(seats.come_back, away, by=away.user),
        ]
    )
    rows = [leaves, changes, away, cover]
    for row in rows:
        row.refresh_from_db()
    return panel, rows, errors


@pytest.mark.row("A1-15")
@pytest.mark.row("A1-16")
@pytest.mark.parametrize("rounds", ROUNDS_OR_MORE)
@pytest.mark.parametrize("service_users", thoroughly([3, 4], 3))
def test_leaving_races_joining_changing_and_stepping_in(service_users: int, rounds: int) -> None:
    """Everything goes through but stepping in for somebody who was back first."""
    for _ in range(rounds):
        panel, (left, changed, back, cover), errors = _five_acts_at_once(service_users)
        assert [type(error) for error in errors] in ([], [seats.NothingToStepInFor])
        assert not _is_wrong(panel)
        assert (left.status, changed.perspective) == (SeatStatus.LEFT, Perspective.CARER)
        assert (back.status, cover.status) == (SeatStatus.ACTIVE, SeatStatus.STANDBY)
        waits = panel.status == PanelStatus.PAUSED
        assert PanelPause.objects.filter(panel=panel, ended_at=None).count() == waits
        speaking = panel.seats.active().values_list("place", flat=True)
        assert len(speaking) == len(set(speaking))


@pytest.mark.row("A1-15")
@pytest.mark.parametrize("rounds", ROUNDS_OR_MORE)
def test_leaving_races_the_panel_being_opened(rounds: int) -> None:
    """Whichever comes first: a panel that has just opened waits, or it does not open."""
    for _ in range(rounds):
        panel = make.forming_panel(make.organisation())
        leaving, _ = [make.seat(panel, Perspective.SERVICE_USER) for _ in range(2)]
        make.make_ready(panel)
        errors = at_once(
            [
                partial(panels.open_panel, panel, by=panel.created_by),
                partial(seats.leave, leaving, by=leaving.user),
            ]
        )
        assert [type(error) for error in errors] in ([], [panels.NotEnoughServiceUsers])
        leaving.refresh_from_db()
        assert leaving.status == SeatStatus.LEFT
        assert not _is_wrong(panel)
        assert panel.status == (PanelStatus.FORMING if errors else PanelStatus.PAUSED)


@pytest.mark.row("A1-15")
@pytest.mark.parametrize("rounds", ROUNDS_OR_MORE)
def test_accounts_on_two_panels_are_disabled_at_once(rounds: int) -> None:
    """Both lock both panels, in the same order: nobody waits for ever, and both panels wait."""
    for _ in range(rounds):
        org = make.organisation()
        people = [make.person() for _ in range(3)]
        both = [make.forming_panel(org) for _ in range(2)]
        # Taken in opposite orders, so that the order of seats is not that of panels.
        for panel, order in zip(both, [people, people[::-1]], strict=True):
            for user in order:
                make.seat(panel, Perspective.SERVICE_USER, user=user)
            make.make_ready(panel)
            panels.open_panel(panel, by=panel.created_by)
        errors = at_once([partial(seats.account_disabled, user, by=user) for user in people[:2]])
        assert errors == []
        for panel in both:
            assert not _is_wrong(panel)
            assert panel.status == PanelStatus.PAUSED
