"""Asking the database the same thing only once while one page is made.

Every permission asks by itself who somebody is, which keeps each of them whole, and a page asks a
dozen of them. While `remembering`, a function marked `remembered` is asked once for the same
arguments. Nothing is remembered before or after: a service, and the next request, ask anew.
"""

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
_memory: ContextVar[dict[Any, Any] | None] = ContextVar("what one page has asked", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """For the making of a page that only reads. What is asked within is not asked twice."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function that only reads, by arguments that can be compared."""

    @functools.wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        memory = _memory.get()
        if memory is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(sorted(kwargs.items())))
        if key not in memory:
            memory[key] = function(*args, **kwargs)
        found: R = memory[key]
        return found

    return asked


def remember(function: Callable[..., R], arguments: tuple[Any, ...], found: R) -> None:
    """What a remembered function would find, where another query has brought it along."""
    memory = _memory.get()
    if memory is not None:
        memory[inspect.unwrap(function), arguments, ()] = found
