"""What logs leave out."""

import logging
import smtplib
from types import TracebackType

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError

# Errors whose text holds what somebody wrote, or an address: the database quotes the whole row that
# a rule refuses, a mail server the address that it does not know, Python the text it cannot read,
# and a refusal what the one who asked is or is not.
TELLING = (
    DatabaseError,
    smtplib.SMTPException,
    PermissionDenied,
    ValidationError,
    ValueError,
    LookupError,
)


class WithoutAddresses(logging.Filter):
    """Takes the path of a request out of Django's own lines: it may hold an invitation's code. And
    takes the text out of errors that may hold people's words: their kind and place are enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(("django.request", "django.security")) and record.args:
            arguments = record.args if isinstance(record.args, tuple) else ()
            record.args = tuple(
                "(address)" if isinstance(value, str) and value.startswith("/") else value
                for value in arguments
            )
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            quiet = without_words(record.exc_info[1])
            record.exc_info = (type(quiet), quiet, quiet.__traceback__)
            record.exc_text = None
        return True


def without_words(error: BaseException) -> BaseException:
    """The same error, and those that led to it, to be shown in a log."""
    return _quiet(error, error.__traceback__, {})


def _quiet(
    error: BaseException, traceback: TracebackType | None, seen: dict[int, BaseException]
) -> BaseException:
    if id(error) in seen:
        return seen[id(error)]
    # What the driver raises is no DatabaseError of Django's, and says the same.
    is_telling = isinstance(error, TELLING) or hasattr(error, "pgcode")
    shown = _named_like(error, _what_is_safe(error) if is_telling else str(error))
    seen[id(error)] = shown
    for name in ("__cause__", "__context__"):
        before = getattr(error, name)
        if before is not None:
            setattr(shown, name, _quiet(before, before.__traceback__, seen))
    shown.__suppress_context__ = error.__suppress_context__
    return shown.with_traceback(traceback)


def _named_like(error: BaseException, text: str) -> BaseException:
    kind = type(error)
    names = {"__module__": kind.__module__, "__qualname__": kind.__qualname__}
    made: BaseException = type(kind.__name__, (Exception,), names)(text)
    return made


def _what_is_safe(error: BaseException) -> str:
    """The code of a database's error and the name of the rule that it is about."""
    told = getattr(error, "diag", None) or getattr(error.__cause__, "diag", None)
    parts = (getattr(told, "sqlstate", None), getattr(told, "constraint_name", None))
    return " ".join(part for part in parts if part) or "its text is left out of the log"
