"""Worlds that are built once and then put back, row for row.

Most tests begin by building the same panel through the services, which takes a thousand statements.
The first time that this process comes to a factory marked `kept`, it is built so. What it wrote is
remembered by the way that led there: the empty database, then every kept factory since, with all
that it was given. A later test that comes the very same way gets the very same rows, at once.

Whatever else writes leaves the way for the rest of that test: a service that a test calls, a
patch, a clock that was moved, a rollback. From there on factories build, as they do in a test that
commits. `bin/test --all` keeps nothing, and `tests/architecture/test_kept_worlds.py` compares every
row of what was built with every row of what was put back.
"""

import copy
import dataclasses
import functools
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import FunctionType
from typing import Any, ParamSpec, TypeVar

import time_machine
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection, models
from django.test.signals import setting_changed
from django.utils import timezone

from vbc.core.sql import panel_rule

P = ParamSpec("P")
R = TypeVar("R")
Rows = dict[Any, tuple[Any, ...]]

PLAIN = (Enum, bool, int, float, str, bytes, Decimal, date, time, timedelta, type(None))
HARMLESS = re.compile(r"\s*(BEGIN|SELECT|SAVEPOINT|RELEASE|SET|SHOW|PRAGMA)\b", re.IGNORECASE)
WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"', re.IGNORECASE)
# The triggers write here without being asked, and only where a panel is there to be counted: so it
# comes off first and goes back on last, when everybody who sits on it has a seat again.
COUNTED = (panel_rule.SEAT, panel_rule.USER)
WRITTEN_BY_TRIGGERS = {panel_rule.PANEL, panel_rule.PAUSE}


class CannotSay(Exception):
    """Something that was given, or that happened, cannot be told from others like it."""


@dataclasses.dataclass
class State:
    """The database at one point of a way: what differs from the point before, and the ways on."""

    before: "State | None" = None
    gone: dict[str, set[Any]] = dataclasses.field(default_factory=dict)
    new: dict[str, Rows] = dataclasses.field(default_factory=dict)
    onward: dict[Any, "Step | None"] = dataclasses.field(default_factory=dict)

    def rows_of(self, table: str) -> Rows:
        rows = dict(self.before.rows_of(table)) if self.before else {}
        for key in self.gone.get(table, ()):
            del rows[key]
        return rows | self.new.get(table, {})


@dataclasses.dataclass
class Step:
    """One call of a factory. None in its place: it was tried, and cannot be kept."""

    to: State
    statements: list[tuple[str, list[tuple[Any, ...]]]]
    files: dict[Path, bytes]
    letters: list[Any]
    returned: "Kept"
    changed: "list[Change]"


class Way:
    """Where this process's database stands, as far as that is known."""

    def __init__(self) -> None:
        self.start = State()
        self.here: State | None = None
        self.written: set[str] = set()
        self.is_readable = True

    # --- What leaves the way ---------------------------------------------------------------------

    def lose(self) -> None:
        self.here = None

    def watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Stands round every statement of the test's own connection."""
        if not HARMLESS.match(sql):
            self.lose()
            if found := WRITES.match(sql):
                self.written.add(found.group(1))
            elif not sql.startswith("ROLLBACK TO"):
                self.is_readable = False
        return execute(sql, params, many, context)

    def setting(self, *, setting: str, value: Any, **_: Any) -> None:
        """A setting that a test changed is one more step of its way."""
        if not isinstance(value, bool | int | str | None) or "/" in str(value):
            self.lose()
        self.step("a setting", setting, value)

    def patch(self, target: Any, value: Any = None, *_: Any) -> None:
        """So is a function of a module, put where another one has its name."""
        told = isinstance(target, str) and isinstance(value, FunctionType)
        if not told or "<locals>" in value.__qualname__:
            self.lose()
        self.step("a patch", target, value)

    def step(self, *key: Any) -> None:
        if self.here is None:
            return
        nothing = Step(State(self.here), [], {}, [], Kept(None, []), [])
        step = self.here.onward.setdefault(key, nothing)
        self.here = step.to if step else None

    # --- Going on --------------------------------------------------------------------------------

    def call(self, make: Callable[..., R], given: Any) -> R:
        args, kwargs = given
        if self.here is None or not _is_undone_later() or time_machine.escape_hatch.is_travelling():
            self.lose()
            return make(*args, **kwargs)
        things: list[models.Model] = []
        try:
            today = timezone.localdate()
            key = (make.__module__, make.__qualname__, today, _described(given, things))
        except CannotSay:
            return make(*args, **kwargs)
        if key not in self.here.onward:
            return self.build(make, given, key, things)
        step = self.here.onward[key]
        return make(*args, **kwargs) if step is None else self.put_back(step, things)

    def build(self, make: Callable[..., R], given: Any, key: Any, things: list[models.Model]) -> R:
        """Call the factory, and keep what it did if that can be told in full."""
        begun, written_before, files_before = self.here, self.written, _files()
        assert begun is not None
        if not self.start.new:
            self.start.new = {table: _read(table) for table in _models()}
        self.written, sent = set(), len(_sent())
        held = [_held(thing) for thing in things]
        known = _known(things)
        try:
            returned = make(*given[0], **given[1])
        finally:
            written, self.written = self.written, self.written | written_before
        if not written:
            return returned
        self.lose()
        begun.onward[key] = None
        try:
            changed = [Change(*each) for each in zip(things, held, strict=True)]
            is_same = _was_told(key[-1], given, things, held) and _are_unchanged(known)
            if not is_same or not self.is_readable:
                raise CannotSay
            state, statements = _difference(begun, written)
            files = {name: _file(name) for name in _files() - files_before}
            letters = copy.deepcopy(_sent()[sent:])
            step = Step(state, statements, files, letters, Kept(returned, things), changed)
        except CannotSay:
            return returned
        begun.onward[key] = step
        self.here = state
        return returned

    def put_back(self, step: Step, things: list[models.Model]) -> Any:
        cursor = connection.connection.cursor()
        for sql, rows in step.statements:
            if rows:
                cursor.executemany(sql, rows)
            else:
                cursor.execute(sql)
        cursor.close()
        self.written |= step.to.new.keys() | step.to.gone.keys()
        for name, content in step.files.items():
            path = settings.MEDIA_ROOT / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        _sent().extend(copy.deepcopy(step.letters))
        self.here = step.to
        for thing, change in zip(things, step.changed, strict=True):
            change.happens_to(thing)
        return step.returned.given_back(things)


_way = Way()


def kept(make: Callable[P, R]) -> Callable[P, R]:
    """Mark a factory: whoever comes the same way to it gets the same rows."""

    @functools.wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        return _way.call(make, (args, kwargs))

    return made


@contextmanager
def followed() -> Iterator[None]:
    """From the empty database on, notice whatever a test writes."""
    keeps = "VBC_KEEP_NO_WORLDS" not in os.environ
    _way.here, _way.written, _way.is_readable = _way.start if keeps else None, set(), True
    connection.execute_wrappers.append(_way.watch)
    setting_changed.connect(_way.setting)
    try:
        yield
    finally:
        setting_changed.disconnect(_way.setting)
        connection.execute_wrappers.remove(_way.watch)
        _way.lose()


def lost(*_: Any) -> None:
    """Something was changed that no statement shows."""
    _way.lose()


def patched(*what: Any) -> None:
    """As the test's `monkeypatch.setattr` was called."""
    _way.patch(*what)


def forget() -> None:
    """The empty database may be another one from now on."""
    _way.start = State()
    _way.lose()


# --- What was given, told so that it can be compared ----------------------------------------------


def _described(value: Any, things: list[models.Model]) -> Any:
    """`value` as something that can be compared. Rows that are met are added to `things`."""
    if isinstance(value, datetime) and value.microsecond:
        raise CannotSay  # A moment ago, and never again.
    if isinstance(value, PLAIN):
        return type(value).__name__, value
    if isinstance(value, models.Model):
        for number, thing in enumerate(things):
            if thing is value:
                return "the same as", number
        if value.pk is None:
            raise CannotSay
        things.append(value)
        return value._meta.label, _fields(value)
    if isinstance(value, dict):
        return "dict", tuple((key, _described(each, things)) for key, each in value.items())
    if isinstance(value, list | tuple):
        return "list", tuple(_described(each, things) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, _described(vars(value), things)
    raise CannotSay


def _fields(thing: models.Model) -> tuple[Any, ...]:
    return tuple(
        (field.attname, repr(thing.__dict__.get(field.attname, "not read")))
        for field in thing._meta.concrete_fields
    )


def _held(thing: models.Model) -> dict[str, Any]:
    """The values of its fields that it has."""
    names = (field.attname for field in thing._meta.concrete_fields)
    return {name: thing.__dict__[name] for name in names if name in thing.__dict__}


def _hold(thing: models.Model, values: dict[str, Any]) -> None:
    for name in _held(thing).keys() - values.keys():
        del thing.__dict__[name]
    thing.__dict__.update(values)


def _was_told(told: Any, given: Any, things: list[models.Model], held: list[Any]) -> bool:
    """Whether what was given would still be told so, had its rows not been read again."""
    now = [_held(thing) for thing in things]
    for thing, values in zip(things, held, strict=True):
        _hold(thing, values)
    try:
        return bool(told == _described(given, []))
    finally:
        for thing, values in zip(things, now, strict=True):
            _hold(thing, values)


def _known(things: list[models.Model]) -> list[tuple[models.Model, dict[str, Any]]]:
    """What `things` know of other rows, and those of others again; each with its values."""
    seen = {id(thing): thing for thing in things}
    ahead, found = list(things), []
    while ahead:
        for other in ahead.pop()._state.fields_cache.values():
            if isinstance(other, models.Model) and id(other) not in seen:
                seen[id(other)] = other
                ahead.append(other)
                found.append((other, _held(other)))
    return found


def _are_unchanged(known: list[tuple[models.Model, dict[str, Any]]]) -> bool:
    """Whether they are as they were: what happens to a row that was not given is told nowhere."""
    return all(repr(_held(other)) == repr(held) for other, held in known)


class Change:
    """What became of a row that a factory was given: many read it again when they are done."""

    def __init__(self, thing: models.Model, held: dict[str, Any]) -> None:
        now = _held(thing)
        self.values = {
            name: value for name, value in now.items() if repr(held.get(name)) != repr(value)
        }
        are_plain = all(isinstance(value, PLAIN) for value in self.values.values())
        if held.keys() - now.keys() or not are_plain:
            raise CannotSay
        self.known = set(thing._state.fields_cache)
        self.is_prefetched = "_prefetched_objects_cache" in thing.__dict__

    def happens_to(self, thing: models.Model) -> None:
        """As reading it again would do: what it knew of other rows goes, too."""
        thing.__dict__.update(self.values)
        relations = {field.attname: field.name for field in thing._meta.concrete_fields}
        stale = {relations[name] for name in self.values}
        for name in stale | (thing._state.fields_cache.keys() - self.known):
            thing._state.fields_cache.pop(name, None)
        if not self.is_prefetched:
            thing.__dict__.pop("_prefetched_objects_cache", None)


class Kept:
    """What a factory returned. The rows it was given stand in it as themselves, not as copies."""

    def __init__(self, returned: Any, things: list[models.Model]) -> None:
        self.places = [object() for _ in things]
        given = zip(things, self.places, strict=True)
        try:
            self.returned = copy.deepcopy(returned, {id(thing): place for thing, place in given})
        except TypeError as error:
            raise CannotSay from error

    def given_back(self, things: list[models.Model]) -> Any:
        given = zip(self.places, things, strict=True)
        return copy.deepcopy(self.returned, {id(place): thing for place, thing in given})


# --- Rows -----------------------------------------------------------------------------------------


def _is_undone_later() -> bool:
    """Whether the test runs in a transaction that its end rolls back."""
    blocks = connection.atomic_blocks
    return bool(blocks) and blocks[0]._from_testcase


@functools.cache
def _models() -> dict[str, type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in found if model._meta.managed}


@functools.cache
def _columns(table: str) -> list[str]:
    fields = _models()[table]._meta.local_concrete_fields
    return [field.column for field in fields if not field.generated]


def _read(table: str) -> Rows:
    """Every row, by its key. On SQLite as it is stored: a plus sign keeps it from being read."""
    plus = "" if connection.vendor == "postgresql" else "+"
    columns = _columns(table)
    listed = ", ".join(f'{plus}"{column}"' for column in columns)
    cursor = connection.connection.cursor()
    cursor.execute(f'SELECT {listed} FROM "{table}"')
    key = columns.index(_models()[table]._meta.pk.column)
    rows = {row[key]: tuple(row) for row in cursor.fetchall()}
    cursor.close()
    return rows


def _difference(begun: State, written: set[str]) -> tuple[State, list[Any]]:
    """What the tables that were written hold now and did not before, and how to put it there."""
    state = State(begun)
    for table in sorted(written | WRITTEN_BY_TRIGGERS):
        if table not in _models():
            raise CannotSay
        before, now = begun.rows_of(table), _read(table)
        state.new[table] = {key: row for key, row in now.items() if before.get(key) != row}
        state.gone[table] = {key for key, row in before.items() if now.get(key) != row}
    if any(state.gone.get(table) for table in COUNTED):
        # Whoever sits is counted while rows are changed: no panel may be there meanwhile.
        state.gone[panel_rule.PANEL] = set(begun.rows_of(panel_rule.PANEL))
        state.new[panel_rule.PANEL] = _read(panel_rule.PANEL)
    first = sorted(state.gone, key=lambda table: table != panel_rule.PANEL)
    last = sorted(state.new, key=lambda table: table == panel_rule.PANEL)
    taking = [_taking(table, state.gone[table]) for table in first if state.gone[table]]
    adding = [_adding(table, state.new[table]) for table in last if state.new[table]]
    statements = [*taking, *adding]
    if connection.vendor == "postgresql":
        with connection.connection.cursor() as cursor:
            told = b";".join(_at_once(cursor, *statement) for statement in statements)
        return state, [(told.decode(), [])]
    return state, [(f"{begins} {ends}", rows) for begins, ends, rows in statements]


def _at_once(cursor: Any, begins: str, ends: str, rows: list[Any]) -> bytes:
    """All rows of a table in one statement: a thousand of one row each are planned one by one."""
    if begins.startswith("DELETE"):
        return b";".join(cursor.mogrify(f"{begins} {ends}", row) for row in rows)
    listed: bytes = b", ".join(cursor.mogrify(ends, row) for row in rows)
    return begins.encode() + b" " + listed


def _taking(table: str, keys: set[Any]) -> tuple[str, str, list[Any]]:
    key = _models()[table]._meta.pk.column
    return (
        f'DELETE FROM "{table}"',
        f'WHERE "{key}" = {_place()}',
        [(each,) for each in sorted(keys)],
    )


def _adding(table: str, rows: Rows) -> tuple[str, str, list[Any]]:
    columns = _columns(table)
    listed = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join([_place()] * len(columns))
    return f'INSERT INTO "{table}" ({listed}) VALUES', f"({places})", list(rows.values())


def _place() -> str:
    return "%s" if connection.vendor == "postgresql" else "?"


# --- What is kept outside the database ------------------------------------------------------------


def _files() -> set[Path]:
    root = settings.MEDIA_ROOT
    return {path.relative_to(root) for path in root.rglob("*") if path.is_file()}


def _file(name: Path) -> bytes:
    content: bytes = (settings.MEDIA_ROOT / name).read_bytes()
    return content


def _sent() -> list[Any]:
    return getattr(mail, "outbox", [])
