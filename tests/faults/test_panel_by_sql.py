"""Row 3 of the fault table: whoever goes round the services meets the database's own rule.

Nothing here is refused but what would empty tables: a departure never is. The panel waits, and the
next round of the housekeeping tells everybody, once.
"""

from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from stakeholders.enums import PanelStatus, Perspective
from stakeholders.models import Panel, PanelPause, Seat, User
from stakeholders.notices.panels import LOOK_AFTER_MEMBERS, PANEL_WAITS
from stakeholders.services import seats, sitting
from tests.factories import stakeholders as make
from vbc.core import sql
from vbc.core.models import Notification
from vbc.core.sql import panel_rule

TRIGGERS = {
    "postgresql": {"vbc_panel_changed", "vbc_seat_changed", "vbc_user_added", "vbc_user_changed"},
    "sqlite": {
        "vbc_panel_added",
        "vbc_panel_changed",
        "vbc_panel_moved",
        "vbc_panel_paused",
        "vbc_seat_added",
        "vbc_seat_changed",
        "vbc_seat_deleted",
        "vbc_user_added",
        "vbc_user_changed",
    },
}
LEFT = "status = 'left', left_at = CURRENT_TIMESTAMP"


def _do(statement: str, **values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _panel(service_users: int = 2) -> tuple[Panel, Seat]:
    """A panel that sits, and the seat of one of its service users."""
    panel = make.sitting_panel(
        make.organisation(), service_users=service_users, carers=1, clinicians=0
    )
    return panel, Seat.objects.filter(panel=panel, perspective=Perspective.SERVICE_USER)[0]


def _waits(panel: Panel) -> bool:
    """Paused, with the one open pause that belongs to it; or sitting, with none."""
    panel.refresh_from_db()
    waits = panel.status == PanelStatus.PAUSED
    assert PanelPause.objects.filter(panel=panel, ended_at=None).count() == waits
    return waits


STATEMENTS = {
    "seat left": f"UPDATE stakeholders_seat SET {LEFT} WHERE id = %(seat)s",
    "seat away": "UPDATE stakeholders_seat SET status = 'away' WHERE id = %(seat)s",
    "all seats left": f"UPDATE stakeholders_seat SET {LEFT} WHERE panel_id = %(panel)s",
    "all seats of all panels left": f"UPDATE stakeholders_seat SET {LEFT}",
    "perspective": "UPDATE stakeholders_seat SET perspective = 'carer' WHERE id = %(seat)s",
    "all perspectives": "UPDATE stakeholders_seat SET perspective = 'clinician'",
    "employed": (
        "UPDATE stakeholders_seat SET is_employed_by_affected_body = (1 = 1) WHERE id = %(seat)s"
    ),
    "given to somebody whose account is off": (
        "UPDATE stakeholders_seat SET user_id = %(off)s WHERE id = %(seat)s"
    ),
    "moved": "UPDATE stakeholders_seat SET panel_id = %(other)s WHERE id = %(seat)s",
    "account off": (
        "UPDATE stakeholders_user SET is_active = (1 = 0) "
        "WHERE id = (SELECT user_id FROM stakeholders_seat WHERE id = %(seat)s)"
    ),
    "all accounts off": "UPDATE stakeholders_user SET is_active = (1 = 0)",
    "minimum raised": (
        "UPDATE stakeholders_panel SET minimum_service_users = 3 WHERE id = %(panel)s"
    ),
    "all minimums raised": "UPDATE stakeholders_panel SET minimum_service_users = 3",
}


@pytest.mark.row("A1-15")
@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS)
def test_panel_waits_whatever_sql_does(statement: str) -> None:
    panel, seat = _panel()
    off, other = make.person(), make.forming_panel(panel.organisation, by=panel.created_by)
    type(off).objects.filter(pk=off.pk).update(is_active=False)
    values = {"seat": seat.pk, "panel": panel.pk, "off": off.pk, "other": other.pk}
    _do(STATEMENTS[statement], **values)
    assert _waits(panel)


@pytest.mark.django_db
def test_panel_with_enough_goes_on_whatever_sql_does() -> None:
    panel, seat = _panel(service_users=3)
    _do(f"UPDATE stakeholders_seat SET {LEFT} WHERE id = %(seat)s", seat=seat.pk)
    assert not _waits(panel)


@pytest.mark.row("A1-15")
@pytest.mark.django_db
@pytest.mark.parametrize("where", ["id = %(seat)s", "panel_id = %(panel)s", "1 = 1"])
def test_panel_waits_when_seats_are_deleted(where: str) -> None:
    """Nothing is committed here, so what else points to a seat does not have to go first."""
    panel, seat = _panel()
    _do(f"DELETE FROM stakeholders_seat WHERE {where}", seat=seat.pk, panel=panel.pk)
    assert _waits(panel)
    transaction.set_rollback(True)


@pytest.mark.row("A1-15")
@pytest.mark.django_db
def test_panel_waits_when_a_seat_is_written_over() -> None:
    """`INSERT OR REPLACE` deletes and adds a row on SQLite; `ON CONFLICT` changes it on both."""
    panel, (one, two) = _panel()[0], list(Seat.objects.filter(perspective="service_user"))
    columns = [field.column for field in Seat._meta.concrete_fields]
    read = ", ".join({"status": "'away'"}.get(column, column) for column in columns)
    row = f"stakeholders_seat ({', '.join(columns)}) SELECT {read} FROM stakeholders_seat"
    if connection.vendor == "sqlite":
        _do(f"INSERT OR REPLACE INTO {row} WHERE id = %(seat)s", seat=one.pk)
    else:
        _do(
            f"INSERT INTO {row} WHERE id = %(seat)s ON CONFLICT (id) DO UPDATE SET status = "
            "EXCLUDED.status",
            seat=one.pk,
        )
    one.refresh_from_db()
    assert (one.status, two.status) == ("away", "active")
    assert _waits(panel)


@pytest.mark.row("A1-15")
@pytest.mark.django_db
def test_panel_waits_when_an_account_is_written_over() -> None:
    """The same for a person's row, by which they are no longer let in."""
    panel, seat = _panel()
    columns = [field.column for field in User._meta.concrete_fields]
    read = ", ".join({"is_active": "FALSE"}.get(column, column) for column in columns)
    row = f"stakeholders_user ({', '.join(columns)}) SELECT {read} FROM stakeholders_user"
    if connection.vendor == "sqlite":
        _do(f"INSERT OR REPLACE INTO {row} WHERE id = %(user)s", user=seat.user_id)
    else:
        _do(
            f"INSERT INTO {row} WHERE id = %(user)s ON CONFLICT (id) DO UPDATE SET is_active = "
            "EXCLUDED.is_active",
            user=seat.user_id,
        )
    assert not User.objects.get(pk=seat.user_id).is_active
    assert _waits(panel)


def _exchanged(table: str, one: int, two: int, key: str = "id") -> None:
    """Two rows have each other's key, and nothing else was touched."""
    free = 999_999
    with transaction.atomic():
        for old, new in ((one, free), (two, one), (free, two)):
            _do(f"UPDATE {table} SET {key} = %(new)s WHERE id = %(old)s", old=old, new=new)


@pytest.mark.row("A1-15")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", ["id", "rowid"])
def test_panel_waits_when_a_closed_account_takes_the_key_of_another(key: str) -> None:
    if key == "rowid" and connection.vendor != "sqlite":
        pytest.skip("a second name of the key is of SQLite")
    panel, seat = _panel()
    closed = make.person()
    User.objects.filter(pk=closed.pk).update(is_active=False)
    _exchanged("stakeholders_user", seat.user_id, closed.pk, key)
    assert not User.objects.get(pk=seat.user_id).is_active
    assert _waits(panel)


@pytest.mark.row("A1-15")
@pytest.mark.django_db(transaction=True)
def test_panel_waits_when_an_account_is_deleted_and_added_closed() -> None:
    """What points to it is looked at when all is committed, and then it is there again."""
    panel, seat = _panel()
    columns = [field.column for field in User._meta.concrete_fields]
    read = ", ".join({"is_active": "FALSE"}.get(column, column) for column in columns)
    with transaction.atomic():
        _do(
            f"CREATE TEMPORARY TABLE kept_account AS SELECT {read} FROM stakeholders_user "
            "WHERE id = %(user)s",
            user=seat.user_id,
        )
        _do("DELETE FROM stakeholders_user WHERE id = %(user)s", user=seat.user_id)
        _do(f"INSERT INTO stakeholders_user ({', '.join(columns)}) SELECT * FROM kept_account")
        _do("DROP TABLE kept_account")
    assert not User.objects.get(pk=seat.user_id).is_active
    assert _waits(panel)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL refuses it at commit")
def test_panel_that_takes_the_key_of_one_with_too_few_waits() -> None:
    panel, _ = _panel()
    lonely = make.forming_panel(panel.organisation, by=panel.created_by)
    make.seat(lonely, Perspective.SERVICE_USER)
    _exchanged("stakeholders_panel", panel.pk, lonely.pk)
    assert _waits(lonely)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is of SQLite")
def test_panel_waits_when_a_seat_of_another_panel_is_put_over_one_of_its_own() -> None:
    """REPLACE deletes the row that is in its way, and no trigger hears of that one's panel."""
    panel, gone = _panel()
    other, _ = _panel(service_users=3)
    like = other.seats.filter(perspective=Perspective.CARER)[0]
    like.pk, like.public_id, like.user = None, "aaaabbbbcccc", make.person()
    like.status, like.kind = "standby", "reserve"
    like.save(force_insert=True)
    _do(
        "UPDATE OR REPLACE stakeholders_seat SET id = %(gone)s WHERE id = %(like)s",
        gone=gone.pk,
        like=like.pk,
    )
    assert _waits(panel)
    assert not _waits(other)


@pytest.mark.postgres
@pytest.mark.row("A1-15")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["READ COMMITTED", "REPEATABLE READ"])
def test_two_departures_that_cannot_see_each_other_are_not_both_let_through(first: str) -> None:
    """The second counts with what it saw before the first: so it has to begin anew, and counts
    right then."""
    panel, _ = _panel(service_users=3)
    leaving = list(panel.seats.filter(perspective=Perspective.SERVICE_USER))[:2]
    one, two = connection.copy("one"), connection.copy("two")
    leave = f"UPDATE stakeholders_seat SET {LEFT} WHERE id = %s"
    try:
        for each, level in ((one, first), (two, "REPEATABLE READ")):
            each.set_autocommit(False)
            with each.cursor() as cursor:
                cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
                cursor.execute("SELECT count(*) FROM stakeholders_seat")
        with one.cursor() as cursor:
            cursor.execute(leave, [leaving[0].pk])
        one.commit()
        assert not _waits(panel)
        with two.cursor() as cursor, pytest.raises(DatabaseError, match="could not serialize"):
            cursor.execute(leave, [leaving[1].pk])
        two.rollback()
        with two.cursor() as cursor:
            cursor.execute(leave, [leaving[1].pk])
        two.commit()
    finally:
        one.close()
        two.close()
    assert _waits(panel)


@pytest.mark.postgres
@pytest.mark.django_db
def test_saving_an_account_that_stays_in_use_locks_no_panel() -> None:
    """A new password, saved with every other column, has nothing to do with any panel."""
    _, seat = _panel()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgqual IS NOT NULL FROM pg_trigger WHERE tgname = 'vbc_user_changed'"
        )
        assert cursor.fetchall() == [(True,)]
    seat.user.save()
    assert seat.user.is_active


@pytest.mark.row("A1-15")
@pytest.mark.django_db
@pytest.mark.parametrize("was", ["forming", "paused"])
def test_sql_cannot_make_a_panel_sit_with_a_lone_service_user(was: str) -> None:
    panel, seat = _panel()
    _do(f"UPDATE stakeholders_seat SET {LEFT} WHERE id = %(seat)s", seat=seat.pk)
    if was == "forming":
        PanelPause.objects.all().delete()
        Panel.objects.filter(pk=panel.pk).update(status=PanelStatus.FORMING)
    _do("UPDATE stakeholders_panel SET status = 'sitting' WHERE id = %(panel)s", panel=panel.pk)
    assert _waits(panel)


@pytest.mark.row("A1-15")
@pytest.mark.django_db
def test_panel_added_by_sql_does_not_sit_alone() -> None:
    panel, _ = _panel()
    columns = [f.column for f in Panel._meta.concrete_fields if f.column != "id"]
    read = ", ".join({"public_id": "'added-by-sql'"}.get(c, c) for c in columns)
    _do(
        f"INSERT INTO stakeholders_panel ({', '.join(columns)}) SELECT {read} "
        "FROM stakeholders_panel WHERE id = %(panel)s",
        panel=panel.pk,
    )
    assert _waits(Panel.objects.get(public_id="added-by-sql"))


@pytest.mark.django_db
def test_panel_that_sql_lets_go_on_has_no_pause_left_open() -> None:
    """Else its clocks would stand still, and nobody would be told of the next pause."""
    panel, seat = _panel()
    seats.go_away(seat, by=seat.user)
    _do("UPDATE stakeholders_seat SET status = 'active' WHERE id = %(seat)s", seat=seat.pk)
    assert _waits(panel)
    _do("UPDATE stakeholders_panel SET status = 'sitting' WHERE id = %(panel)s", panel=panel.pk)
    assert not _waits(panel)


@pytest.mark.django_db
def test_everybody_is_told_once_of_a_pause_that_the_database_began() -> None:
    panel, seat = _panel()
    _do(f"UPDATE stakeholders_seat SET {LEFT} WHERE id = %(seat)s", seat=seat.pk)
    assert _waits(panel)
    told = Notification.objects.filter(object_id=panel.public_id)
    assert not told.filter(kind__in=[PANEL_WAITS, LOOK_AFTER_MEMBERS]).exists()
    sitting.tell_of_pauses()
    staying = set(Seat.objects.active().filter(panel=panel).values_list("user_id", flat=True))
    assert len(staying) == 4
    assert {n.recipient_id for n in told.filter(kind=PANEL_WAITS)} == staying
    assert [n.recipient for n in told.filter(kind=LOOK_AFTER_MEMBERS)] == [panel.created_by]
    count = told.count()
    sitting.tell_of_pauses()
    assert told.count() == count


def _refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        _do(statement)
    return str(error.value)


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("table", ["seat", "panel", "panelpause", "user"])
def test_app_role_cannot_empty_a_table(table: str) -> None:
    panel, _ = _panel()
    assert "permission denied" in _refused(f"TRUNCATE stakeholders_{table} CASCADE")
    assert not _waits(panel)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["", " CASCADE"])
def test_owner_cannot_empty_the_seats(how: str, as_owner: None) -> None:
    """What points to seats is history, and history refuses to be emptied."""
    panel, _ = _panel()
    message = _refused(f"TRUNCATE stakeholders_seat{how}")
    assert ("is history" if how else "foreign key") in message
    assert not _waits(panel)


@pytest.mark.django_db(transaction=True)
@pytest.mark.thorough
def test_rule_is_on_after_an_upgrade(as_owner: None) -> None:
    """A database with a panel goes back one migration, and forward again."""
    panel, seat = _panel()
    expected = TRIGGERS[connection.vendor]
    before = sql.installed()
    assert expected <= set(before)
    graph = MigrationLoader(connection).graph
    (newest,) = graph.leaf_nodes("stakeholders")
    chain = [key for key in graph.forwards_plan(newest) if key[0] == "stakeholders"]
    call_command("migrate", "stakeholders", list(pairwise(chain))[-1][0][1], verbosity=0)
    call_command("migrate", verbosity=0, interactive=False)
    assert sql.installed() == before
    assert not _waits(panel)
    _do(f"UPDATE stakeholders_seat SET {LEFT} WHERE id = %(seat)s", seat=seat.pk)
    assert _waits(panel)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_triggers_somebody_is_left_alone(as_owner: None) -> None:
    panel, seat = _panel()
    try:
        sql.drop()
        _do(f"UPDATE stakeholders_seat SET {LEFT} WHERE id = %(seat)s", seat=seat.pk)
        assert not _waits(panel)
        assert panel.seats.counting_as_service_users().count() == 1
    finally:
        sql.install()


def test_names_of_the_triggers_are_those_that_are_made() -> None:
    tables = {panel_rule.PANEL, panel_rule.PAUSE, panel_rule.SEAT, panel_rule.USER}
    for vendor, names in TRIGGERS.items():
        made = " ".join(panel_rule.statements(vendor, tables))
        assert {name for name in names if f"CREATE TRIGGER {name} " in made} == names
        assert made.count("CREATE TRIGGER") == len(names)
