"""Logs say what broke and where, and never what somebody wrote."""

import io
import logging
import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from stakeholders.models import Concern, User
from tests import support
from tests.factories import stakeholders as make
from vbc.core.authorise import authorise
from vbc.core.logs import WithoutAddresses
from vbc.core.refusals import Denied

CANARY = "Quillfeather was locked in the boathouse"
REASON = "Only carers read this."


def logged(act: Callable[[], Any], message: str = "It failed") -> str:
    """What stands in the log after `act` raised, as the handler of the settings writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    lines = settings.LOGGING["formatters"]["lines"]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=lines["processors"], foreign_pre_chain=lines["foreign_pre_chain"]
        )
    )
    handler.addFilter(WithoutAddresses())
    logger = logging.getLogger("vbc.tests.logs")
    logger.addHandler(handler)
    try:
        act()
    except Exception:
        logger.exception(message)
    else:
        pytest.fail("nothing was raised")
    finally:
        logger.removeHandler(handler)
    return written.getvalue()


@pytest.mark.django_db
def test_row_that_a_rule_refuses_is_not_quoted() -> None:
    """The database quotes the whole row in its error: here, what somebody told a safeguarding
    lead."""
    organisation, person = make.organisation(), make.person()

    def writes() -> None:
        now = timezone.now()
        with transaction.atomic():
            Concern.objects.create(
                organisation=organisation,
                raised_by=person,
                raised_at=now,
                look_by=now - timedelta(days=1),
                what_happened=CANARY,
                is_in_danger=False,
            )

    log = logged(writes)
    assert CANARY not in log
    assert "IntegrityError" in log
    assert "tests/core/test_logs.py" in log


def test_refusal_does_not_say_what_somebody_is_or_is_not() -> None:
    def refuses() -> None:
        authorise(Denied(REASON))

    log = logged(refuses)
    assert REASON not in log
    assert "carers" not in log
    assert "PermissionDenied" in log


@pytest.mark.django_db
def test_address_that_is_taken_is_not_quoted() -> None:
    make.person(email="persephone@example.org")

    def writes() -> None:
        with transaction.atomic():
            User.objects.create_user("persephone@example.org", None, display_name="X")

    log = logged(writes)
    assert "IntegrityError" in log
    # It stands in this test's own line, which the traceback shows, and in no error.
    assert "already exists" not in log
    assert "(persephone@example.org)" not in log


def _raise(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({CANARY: (550, b"No such person")}),
        ValueError(f"invalid literal for int(): {CANARY!r}"),
        KeyError(CANARY),
        UnicodeEncodeError("ascii", CANARY, 0, 1, "not in range"),
    ],
)
def test_errors_that_quote_what_they_could_not_read_say_their_kind_alone(
    error: Exception,
) -> None:
    log = logged(lambda: _raise(error))
    assert CANARY not in log
    assert type(error).__name__ in log


def test_what_led_to_it_is_shown_without_its_words_too() -> None:
    def chain() -> None:
        try:
            raise KeyError(CANARY)
        except KeyError as error:
            raise RuntimeError("The job failed.") from error

    log = logged(chain)
    assert CANARY not in log
    assert "KeyError" in log
    assert "The job failed." in log
    assert "direct cause" in log


@pytest.mark.parametrize("logger", ["django.request", "django.security.csrf"])
def test_address_of_a_request_is_left_out(logger: str) -> None:
    record = logging.LogRecord(
        logger, logging.ERROR, "x", 1, "Error: %s", ("/panels/invitation/code/",), None
    )
    assert WithoutAddresses().filter(record)
    assert record.getMessage() == "Error: (address)"


# --- The helper that tests of absence lean on -----------------------------------------------------


@pytest.mark.django_db
def test_control_what_a_task_logs_is_caught_and_what_comes_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A word that leaks into the log of a task is found."""

    def leaks(*_: Any, **__: Any) -> None:
        logging.getLogger("vbc.tests.logs").info("Made for %s", CANARY)
        raise ValueError("It broke")

    monkeypatch.setattr("reports.services.reports.make", leaks)
    from tests.factories import cycles, reports

    reports.asked_for(cycles.cycle())
    with support.logged() as log, pytest.raises(AssertionError, match="would be tried again"):
        support.run_jobs()
    assert f"Made for {CANARY}" in log.messages
    assert "ValueError" in log.text
    with support.logged() as log:
        support.run_jobs()
        logging.getLogger("vbc.tests.logs").info("After it: %s", CANARY)
    assert f"After it: {CANARY}" in log.text
    logging.getLogger("vbc.tests.logs").warning("Nobody listens any more")
    assert "Nobody listens" not in log.text
