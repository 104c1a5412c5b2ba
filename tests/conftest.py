"""What every test can use: a database as in production, and people to act."""

import functools
import gc
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from csp.middleware import CSPMiddleware
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError
from django.http import HttpRequest
from django.middleware import csrf
from django.test import Client, TransactionTestCase
from django.test.client import ClientHandler
from django.test.signals import setting_changed
from django.utils.crypto import get_random_string

from tests import databases, kept
from tests import pages as pages_of_tests
from vbc.ui import charts

# How fast something is says nothing on a machine that does other things too: that is for bench/.
hypothesis.settings.register_profile(
    "not timed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("not timed")

# The settings that say where files and mail go: each test has its own.
OWN_FOLDERS = {"MEDIA_ROOT", "EMAIL_FILE_PATH"}
SPELL_NOTHING = "jqvxz"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), databases.made():
        yield


def _emptied(_: TransactionTestCase) -> None:
    databases.emptied()
    kept.forget()


@pytest.fixture(autouse=True, scope="session")
def _flush_that_history_allows() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", _emptied)
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


@pytest.fixture(autouse=True)
def _kept_worlds(_own_folders: None) -> Iterator[None]:
    """What the factories make is built once and put back, until something else writes."""
    with kept.followed():
        yield


@pytest.fixture(autouse=True, scope="session")
def _patches_leave_the_way() -> Iterator[None]:
    """What factories make under a patch is not what they make without."""
    patch = pytest.MonkeyPatch()
    for name in ("setattr", "delattr", "setitem", "delitem", "undo"):
        tell = kept.patched if name == "setattr" else kept.lost
        patch.setattr(pytest.MonkeyPatch, name, _telling(tell, getattr(pytest.MonkeyPatch, name)))
    yield
    patch.undo()


def _telling(tell: Any, act: Any) -> Any:
    def acted(self: pytest.MonkeyPatch, *args: Any, **kwargs: Any) -> Any:
        tell(*args)
        return act(self, *args, **kwargs)

    return acted


@pytest.fixture(autouse=True, scope="session")
def _middleware_is_put_together_once() -> Iterator[None]:
    """A client per person need not have a site each: what answers them all is the same one, until
    a test changes a setting."""
    put_together = ClientHandler.load_middleware
    parts: dict[bool, dict[str, Any]] = {}

    def shared(self: ClientHandler, is_async: bool = False) -> None:
        if is_async not in parts:
            before = set(vars(self))
            put_together(self, is_async)
            parts[is_async] = {name: vars(self)[name] for name in set(vars(self)) - before}
        vars(self).update(parts[is_async])

    def apart(*, setting: str, **_: Any) -> None:
        if setting not in OWN_FOLDERS:
            parts.clear()

    patch = pytest.MonkeyPatch()
    patch.setattr(ClientHandler, "load_middleware", shared)
    setting_changed.connect(apart)
    yield
    setting_changed.disconnect(apart)
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _tokens_spell_nothing() -> Iterator[None]:
    """What is random on a page has no vowel: once in some thousand pages it held somebody's name,
    on a page that must not."""

    def nonce(_: CSPMiddleware, request: HttpRequest) -> str:
        if not hasattr(request, "_csp_nonce"):
            request._csp_nonce = get_random_string(22, SPELL_NOTHING)
        return str(request._csp_nonce)

    patch = pytest.MonkeyPatch()
    patch.setattr(csrf, "CSRF_ALLOWED_CHARS", SPELL_NOTHING)
    patch.setattr(CSPMiddleware, "_make_nonce", nonce)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _charts_are_drawn_once() -> Iterator[None]:
    """Each takes a process of its own for a second or two, and is the same however often it is."""
    draw = charts._drawn
    drawn: dict[tuple[str, ...], bytes] = {}

    def once(spec: dict[str, Any], kind: str) -> bytes:
        key = (charts.checked(spec), kind, str(charts.fonts_folder()))
        if key not in drawn:
            drawn[key] = draw(spec, kind)
        return drawn[key]

    patch = pytest.MonkeyPatch()
    patch.setattr(charts, "_drawn", functools.wraps(draw)(once))
    yield
    patch.undo()


@pytest.fixture
def as_owner(transactional_db: None) -> Iterator[None]:
    """Act as the role that owns the tables: what an attacker with the keys could do."""
    if not databases.has_owner():
        yield
        return
    with databases.as_owner():
        yield


def pytest_collection_finish() -> None:
    """What was imported stays: looking through it for garbage again and again would find none."""
    gc.collect()
    gc.freeze()
    # A test makes much and throws it away at once.
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of PostgreSQL are left out, visibly, where there is none."""
    if databases.is_postgresql():
        return
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL"))


# --- The ledger: which rows of the domain's inventory are proved by tests that pass ---------------

_rows: dict[str, dict[str, list[str]]] = {}


def pytest_itemcollected(item: pytest.Item) -> None:
    for mark in item.iter_markers("row"):
        item.user_properties.append(("row", mark.args[0]))
    if isinstance(item, pytest.Function) and (
        "client" in item.fixturenames or _opens_pages(item.module)
    ):
        item.add_marker(pytest.mark.pages)


@functools.cache
def _opens_pages(module: Any) -> bool:
    """Whether the module holds a client, or anything that is written where one is at hand."""
    return any(
        value is Client
        or value is pages_of_tests
        or getattr(value, "__globals__", {}).get("Client") is Client
        for value in vars(module).values()
    )


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
