"""Small truths about the database that services need."""

import functools
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection
from django.db.models import DateTimeField, Func, Value
from django.utils import timezone

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
DEADLOCK, LOCK_NOT_HAD = "40P01", "55P03"
TRIES = 5


def database_now() -> datetime:
    """The time by the database's clock: the one clock that closes, pauses and counts go by.

    Within a transaction on PostgreSQL it goes on, unlike `now()`. SQLite has no other clock than
    this machine's.
    """
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    found: datetime = row[0]
    return found


def database_clock() -> Any:
    """The same inside a query: the time at which the statement reads."""
    if connection.vendor == "postgresql":
        return Func(function="clock_timestamp", output_field=DateTimeField())
    return Value(timezone.now(), output_field=DateTimeField())


def wait_patiently() -> None:
    """In this transaction, wait for a lock as long as it takes others to finish, not only briefly.

    For what is never refused, such as leaving. A deadlock is still broken at once.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20s'")


def is_busy(error: BaseException) -> bool:
    """Whether the database ended the statement because of others, so that trying again may do."""
    return getattr(error.__cause__, "pgcode", None) in {DEADLOCK, LOCK_NOT_HAD}


def retrying(act: Callable[P, R]) -> Callable[P, R]:
    """Run `act` again when the database broke a deadlock, or a lock was not had in time.

    Services lock in one order, so they cannot deadlock with each other; a statement from outside
    may lock the other way round, or sit on a row. Inside somebody else's transaction there is
    nothing to repeat. After the last try the error goes on, and the page says that nothing is lost.
    """

    @functools.wraps(act)
    def again(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, TRIES + 1):
            try:
                return act(*args, **kwargs)
            except OperationalError as error:
                if not is_busy(error) or connection.in_atomic_block or attempt == TRIES:
                    raise
                logger.warning("The database was busy; trying %s again.", act.__name__)
        raise AssertionError("unreachable: the last try returns or raises")

    return again
