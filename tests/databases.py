"""The database of the tests: migrated once, used as in production, emptied after a commit."""

import fcntl
import functools
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import environ
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction

from vbc.core import sql
from vbc.core.sql import append_only

# Rows that migrations make; emptying keeps them.
KEPT_TABLES = {
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "core_audithead",
}
TEMPLATE = "template_vbc"
DAY = 24 * 60 * 60


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def has_owner() -> bool:
    return is_postgresql() and bool(settings.DATABASE_OWNER_URL)


@contextmanager
def made() -> Iterator[None]:
    """A database with every migration and nothing else.

    On PostgreSQL its owner makes it, and the app role uses it: every test runs as the role that
    production runs as.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with _owned(f"test_vbc_{worker}") if has_owner() else _embedded(worker):
        yield


def emptied() -> None:
    """Take away every row that a test committed. History refuses that, and rightly; nothing outside
    the tests has a way to do this."""
    connections.close_all()
    if not has_owner():
        _to_embedded(_migrated())
        return
    with as_owner():
        if sql.installed() != _triggers:
            sql.install()
        with transaction.atomic(), connection.cursor() as cursor:
            _delete_everything(cursor)


@contextmanager
def as_owner() -> Iterator[None]:
    """Act as the role that owns the tables, where there is one."""
    user = connection.settings_dict["USER"]
    connection.close()
    if has_owner():
        connection.settings_dict["USER"] = _owner()["USER"]
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = user


def count_rows_anew() -> None:
    """What a database that is used does by itself, and its owner alone may do. Planned by the
    counts of a moment before, when there were hardly any rows, a page takes a minute."""
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While one process is here, the others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- PostgreSQL ----------------------------------------------------------------------------------

_triggers: list[str] = []


def _owner() -> dict[str, Any]:
    found: dict[str, Any] = environ.Env.db_url_config(settings.DATABASE_OWNER_URL)
    return found


def _become(who: dict[str, Any], database: str) -> None:
    connection.close()
    taken = ("USER", "PASSWORD", "HOST", "PORT")
    connection.settings_dict.update({name: who[name] for name in taken} | {"NAME": database})


def _do(*statements: str) -> None:
    for statement in statements:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def prepare() -> None:
    """Make what the tests' databases are copied from, while something else goes on."""
    owner = _owner()
    _become(owner, owner["NAME"])
    with _alone(settings.VAR):
        _make_template(owner)


@contextmanager
def _owned(name: str) -> Iterator[None]:
    app, owner = dict(connection.settings_dict), _owner()
    gone = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    _become(owner, owner["NAME"])
    if "DATABASE_HOLDS_TEMPLATE" in os.environ:
        with _alone(settings.VAR):
            _make_template(owner)
        _do(gone, f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"')
    else:
        _do(gone, f'CREATE DATABASE "{name}"')
        _migrate(owner, name)
    _become(app, name)
    settings.DATABASES["default"]["NAME"] = name
    _triggers[:] = sql.installed()
    yield
    _become(owner, owner["NAME"])
    _do(gone)
    connection.close()


def _migrate(owner: dict[str, Any], name: str) -> None:
    _become(owner, name)
    call_command("migrate", verbosity=0, interactive=False)


def _make_template(owner: dict[str, Any]) -> None:
    """Once in a cluster: the workers, and the journeys after them, copy it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        if cursor.fetchone():
            return
    _do(f'CREATE DATABASE "{TEMPLATE}"')
    _migrate(owner, TEMPLATE)
    _become(owner, owner["NAME"])


def _delete_everything(cursor: Any) -> None:
    """Only from tables that hold something: to truncate all of them takes a second."""
    tables = set(connection.introspection.table_names(cursor)) - KEPT_TABLES
    cursor.execute(
        " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in sorted(tables)
        )
    )
    filled = [row[0] for row in cursor.fetchall()]
    for table in filled:
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    for table in filled:
        cursor.execute(f'DELETE FROM "{table}"')
    cursor.execute("DELETE FROM core_audithead")
    cursor.execute(
        "INSERT INTO core_audithead (id, sequence, digest) VALUES (1, 0, %s)", ["0" * 64]
    )
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in filled:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


# --- SQLite --------------------------------------------------------------------------------------


@contextmanager
def _embedded(worker: str) -> Iterator[None]:
    name = settings.VAR / f"test-{worker}.sqlite3"
    for each in (settings.DATABASES["default"], connection.settings_dict):
        each["NAME"] = str(name)
    # Nothing here need survive a crash, so nothing waits for the disk.
    connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    _to_embedded(_migrated())
    yield
    connections.close_all()
    _remove(name)


def _to_embedded(migrated: Path) -> None:
    name = Path(connection.settings_dict["NAME"])
    _remove(name)
    shutil.copyfile(migrated, name)


def _remove(name: Path) -> None:
    for path in name.parent.glob(f"{name.name}*"):
        path.unlink()


def _migrated() -> Path:
    """A file with every migration done. It is kept from run to run, and made anew when it would
    come out otherwise."""
    folder = settings.BASE_DIR / "build" / "tests"
    migrated: Path = folder / f"{_fingerprint()}.sqlite3"
    with _alone(folder):
        if not migrated.exists():
            for old in folder.glob("*.sqlite3"):
                if old.stat().st_mtime < time.time() - DAY:
                    old.unlink()
            _make_migrated(migrated)
    return migrated


def _make_migrated(target: Path) -> None:
    name = Path(connection.settings_dict["NAME"])
    _remove(name)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    shutil.copyfile(name, target)


@functools.cache
def _fingerprint() -> str:
    """Of all that decides what an empty database looks like."""
    models = sorted(apps.get_models(include_auto_created=True), key=lambda each: each._meta.label)
    told = [
        django.get_version(),
        *append_only.statements("sqlite", {model._meta.db_table for model in models}),
        *(
            f"{model._meta.label} {model._meta.verbose_name} {model._meta.permissions}"
            for model in models
        ),
    ]
    files = [*Path(sql.__file__).parent.glob("*.py")]
    for app in apps.get_app_configs():
        files += Path(app.path).glob("migrations/*.py")
    digest = hashlib.sha256("\n".join(told).encode())
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]
