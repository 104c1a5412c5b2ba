"""Whether the site is well."""

from django.db import Error, connection


def database_answers() -> bool:
    """Whether the database answers a question now."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except Error:
        return False
