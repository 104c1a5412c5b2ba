"""Everything the database itself enforces: all triggers and grants of the project, in one place.

They come off before every migrate and go on after it, because altering a table on SQLite silently
drops its triggers. What stands here is a backstop for whoever goes round the services.
"""

from typing import Any

from django.db import connections

from vbc.core.sql import append_only, grants, panel_rule

_PARTS = (append_only, panel_rule)


def on_pre_migrate(*, using: str, **_: Any) -> None:
    drop(using)


def on_post_migrate(*, using: str, **_: Any) -> None:
    install(using)


def drop(using: str = "default") -> None:
    """Take every trigger of ours off."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
                "WHERE tgname LIKE 'vbc\\_%' AND NOT tgisinternal"
            )
            for name, table in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}" ON {table}')
        else:
            for name in installed(using):
                cursor.execute(f'DROP TRIGGER "{name}"')


def install(using: str = "default") -> None:
    """Put every trigger on whose table exists, and give the app role what it may."""
    connection = connections[using]
    drop(using)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for part in _PARTS:
            for statement in part.statements(connection.vendor, tables):
                cursor.execute(statement)
        if connection.vendor == "postgresql":
            grants.give(cursor, tables)


def installed(using: str = "default") -> list[str]:
    """The names of our triggers that are on now."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'vbc\\_%' AND NOT tgisinternal"
            )
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'vbc\\_%' "
                "ESCAPE '\\'"
            )
        return sorted(row[0] for row in cursor.fetchall())
