"""Small truths about the database that services need."""

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
DEADLOCK = "40P01"
TRIES = 5


def retrying(act: Callable[P, R]) -> Callable[P, R]:
    """Run `act` again when the database broke a deadlock by ending it.

    Services lock in one order, so they cannot deadlock with each other; a statement from outside
    may lock the other way round. Inside somebody else's transaction there is nothing to repeat.
    """

    @functools.wraps(act)
    def again(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, TRIES + 1):
            try:
                return act(*args, **kwargs)
            except OperationalError as error:
                is_deadlock = getattr(error.__cause__, "pgcode", None) == DEADLOCK
                if not is_deadlock or connection.in_atomic_block or attempt == TRIES:
                    raise
                logger.warning("A deadlock was broken; trying %s again.", act.__name__)
        raise AssertionError("unreachable: the last try returns or raises")

    return again
