"""What every test can use: a database as in production, and people to act."""

import fcntl
import hashlib
import importlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError
from django.test import TransactionTestCase

# No timing in a test: how long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("vbc", hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("vbc")

# Rows that migrations make; a flush between tests keeps them.
KEPT_TABLES = {
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "core_audithead",
}


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _as_owner() -> dict[str, Any]:
    """The connection settings with the owner's name: it makes the tables the app role uses."""
    import environ

    return environ.Env.db_url_config(settings.DATABASE_OWNER_URL)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[None]:
    """Make the test database as its owner, then hand it over to the app role.

    Every test on PostgreSQL therefore runs as the role that production runs as. Migrations run
    once; every further database is a copy of what they made.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with django_db_blocker.unblock():
        if is_postgresql() and settings.DATABASE_OWNER_URL:
            yield from _owned_database(f"test_vbc_{worker}")
        else:
            yield from _copied_file(settings.VAR / f"test-{worker}.sqlite3")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let one worker after the other through."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "test-database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _what_makes_a_database() -> str:
    """A name for what migrations and triggers would make: another one for any change of them."""
    digest = hashlib.sha256(django.__version__.encode())
    for module in (*settings.INSTALLED_APPS, "vbc.core.sql"):
        folder = Path(importlib.import_module(module.partition(".apps.")[0]).__file__ or "").parent
        for file in sorted({*folder.glob("migrations/*.py"), *folder.glob("sql/*.py")}):
            digest.update(f"{file.parent.parent.name}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:24]


def _copied_file(file: Path) -> Iterator[None]:
    kept = settings.BASE_DIR / "build" / "test-databases"
    made = kept / f"{_what_makes_a_database()}.sqlite3"
    with _one_at_a_time():
        if not made.exists():
            kept.mkdir(parents=True, exist_ok=True)
            for older in kept.iterdir():
                older.unlink()
            fresh = kept / f"{os.getpid()}.new"
            _use_file(fresh)
            call_command("migrate", verbosity=0, interactive=False)
            with connection.cursor() as cursor:
                # Everything into the one file that is copied.
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            fresh.replace(made)
        shutil.copyfile(made, file)
    _use_file(file)
    yield
    connection.close()
    for part in ("", "-wal", "-shm"):
        file.with_name(file.name + part).unlink(missing_ok=True)


def _use_file(file: Path) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(file)


def _owned_database(name: str) -> Iterator[None]:
    app = dict(connection.settings_dict)
    owner = _as_owner()
    made = f"made_{_what_makes_a_database()}"

    def become(who: dict[str, Any], database: str) -> None:
        connection.close()
        connection.settings_dict.update(
            USER=who["USER"],
            PASSWORD=who["PASSWORD"],
            HOST=who["HOST"],
            PORT=who["PORT"],
            NAME=database,
        )

    maintenance = owner["NAME"]
    become(owner, maintenance)
    with _one_at_a_time():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [made])
            is_made = cursor.fetchone()
            if not is_made:
                cursor.execute(f'DROP DATABASE IF EXISTS "{made}_half" WITH (FORCE)')
                cursor.execute(f'CREATE DATABASE "{made}_half"')
        if not is_made:
            become(owner, f"{made}_half")
            call_command("migrate", verbosity=0, interactive=False)
            become(owner, maintenance)
            with connection.cursor() as cursor:
                cursor.execute(f'ALTER DATABASE "{made}_half" RENAME TO "{made}"')
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{made}"')
    become(app, name)
    settings.DATABASES["default"]["NAME"] = name
    yield
    become(owner, maintenance)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    connection.close()


def _flush_as_owner(self: TransactionTestCase) -> None:
    """Empty the tables after a test that commits. History refuses that, and rightly, so the
    triggers come off for the moment; nothing outside the tests has a way to do this."""
    from vbc.core import sql

    connections.close_all()
    app_user = connection.settings_dict["USER"]
    if is_postgresql() and settings.DATABASE_OWNER_URL:
        connection.settings_dict["USER"] = _as_owner()["USER"]
    try:
        sql.drop()
        with connection.cursor() as cursor:
            tables = [
                t for t in connection.introspection.table_names(cursor) if t not in KEPT_TABLES
            ]
            if is_postgresql():
                listed = ", ".join(f'"{table}"' for table in tables)
                cursor.execute(f"TRUNCATE {listed} RESTART IDENTITY CASCADE")
            else:
                with connection.constraint_checks_disabled():
                    for table in tables:
                        if not table.startswith("sqlite_"):
                            cursor.execute(f'DELETE FROM "{table}"')
            cursor.execute("DELETE FROM core_audithead")
            cursor.execute(
                "INSERT INTO core_audithead (id, sequence, digest) VALUES (1, 0, %s)", ["0" * 64]
            )
        sql.install()
    finally:
        connection.close()
        connection.settings_dict["USER"] = app_user


@pytest.fixture(autouse=True, scope="session")
def _flush_that_history_allows() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", _flush_as_owner)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _locks_need_a_transaction_of_their_own() -> Iterator[None]:
    """Refuse a lock outside a transaction, as PostgreSQL does where no test has opened one.

    A test runs inside a transaction, so a service that forgot to open its own would pass here and
    fail for the first person who uses it.
    """
    as_sql = SQLCompiler.as_sql

    def checked(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        blocks = self.connection.atomic_blocks
        if self.query.select_for_update and all(block._from_testcase for block in blocks):
            raise TransactionManagementError("select_for_update outside of a transaction")
        return as_sql(self, *args, **kwargs)

    patch = pytest.MonkeyPatch()
    patch.setattr(SQLCompiler, "as_sql", checked)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Any, settings: Any) -> None:
    """Files and mail of a test go into its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")


@pytest.fixture
def as_owner(transactional_db: None) -> Iterator[None]:
    """Act as the role that owns the tables: what an attacker with the keys could do."""
    if not (is_postgresql() and settings.DATABASE_OWNER_URL):
        yield
        return
    app_user = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = _as_owner()["USER"]
    yield
    connection.close()
    connection.settings_dict["USER"] = app_user


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of PostgreSQL are left out, visibly, where there is none."""
    if is_postgresql():
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL"))


# --- The ledger: which rows of the domain's inventory are proved by tests that pass ---------------

_rows: dict[str, dict[str, list[str]]] = {}


def pytest_itemcollected(item: pytest.Item) -> None:
    for mark in item.iter_markers("row"):
        item.user_properties.append(("row", mark.args[0]))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A skipped test proves nothing: it counts as missing, like a failed one."""
    counts = report.when == "call" or report.outcome != "passed"
    for name, row in report.user_properties if counts else ():
        if name == "row":
            test = report.nodeid.split("[")[0]
            _rows.setdefault(str(row), {}).setdefault(test, []).append(report.outcome)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what was proved where `VBC_ROWS` says; the generator of docs/features.md reads it."""
    import json

    target = os.environ.get("VBC_ROWS")
    if target and not hasattr(session.config, "workerinput"):
        with open(target, "w") as file:
            json.dump(_rows, file, indent=1, sort_keys=True)
