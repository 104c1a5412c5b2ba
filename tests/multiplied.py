"""More of everything: rows copied in the database, with all that hangs on them.

A page that asks once more for each row shows it when there are more rows, whichever rows they are.
So each row that there is can stand for many like it, and no factory has to be written for each kind
of list. The copies are rows and nothing more: no service made them, and nobody decided anything.
"""

import copy
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import F

from stakeholders.models import Organisation, User
from tests.factories import stakeholders as make
from vbc.core.models import Job, Upload

APPS = ("stakeholders", "evidence", "cycles", "reports")
# These are whom pages are for, not what they list.
OWNERS = (Organisation, User)
# Pages list what these carry.
CARRIERS = (Job, Upload)
# Names of what stands in the code: there are no others.
KEYS = ("kind", "framework", "item", "value")
# Of each kind so many rows are copied, those on which most kinds hang; and none on which half a
# world hangs.
SOME, LARGEST = 4, 3000

Key = tuple[type[models.Model], Any]


class Multiplier:
    """Copies rows as they were when it was made."""

    def __init__(self) -> None:
        self.kinds = [
            each
            for each in apps.get_models()
            if (each._meta.app_label in APPS and each not in OWNERS) or each in CARRIERS
        ]
        self.rows: dict[Key, models.Model] = {
            (kind, row.pk): row for kind in self.kinds for row in kind._base_manager.order_by("pk")
        }
        self.hanging: dict[Key, list[Key]] = {}
        for key, row in self.rows.items():
            for on in _related(row):
                self.hanging.setdefault(on, []).append(key)
        self.numbers = itertools.count(1000)

    @property
    def names(self) -> set[str]:
        """What there is any of."""
        return {kind.__name__ for kind, _ in self.rows}

    def multiply(self, times: int) -> Counter[str]:
        """Copy some rows of each kind so many times; how many of each kind were made."""
        made: Counter[str] = Counter()
        for kind in self.kinds:
            keys = [key for key in self.rows if key[0] is kind]
            keys.sort(key=lambda key: -len({each for each, _ in self.hanging.get(key, [])}))
            for key in keys[:SOME]:
                tree = self._tree(key)
                if len(tree) <= LARGEST:
                    made.update(self._copies(tree, times))
        return made

    def _tree(self, root: Key) -> list[Key]:
        """A row and all that hangs on it, each after what it hangs on itself."""
        found, todo = {root}, [root]
        while todo:
            new = [each for each in self.hanging.get(todo.pop(), []) if each not in found]
            found.update(new)
            todo += new
        ordered: dict[Key, None] = {}
        while len(ordered) < len(found):
            ready = [
                key
                for key in found
                if key not in ordered
                and not any(
                    on in found and on not in ordered and on != key
                    for on in _related(self.rows[key])
                )
            ]
            if not ready:
                return [root]  # They hang on each other.
            ordered.update(dict.fromkeys(sorted(ready, key=lambda key: (key[0].__name__, key[1]))))
        return list(ordered)

    def _copies(self, tree: list[Key], times: int) -> Iterator[str]:
        """The names of what was made: nothing where the database refuses."""
        try:
            with transaction.atomic():
                made = [self._copy(tree) for _ in range(times)]
        except DatabaseError:
            return
        for copies in made:
            yield from (kind.__name__ for kind, _ in copies)

    def _copy(self, tree: list[Key]) -> dict[Key, Any]:
        """The key of each row's copy. What there can be only one of is left out, with what hangs on
        it."""
        made: dict[Key, Any] = {}
        inside = set(tree)
        for key in tree:
            if any(
                on in inside and on not in made and on != key for on in _related(self.rows[key])
            ):
                continue
            row = copy.copy(self.rows[key])
            row._state = copy.copy(row._state)
            row._state.fields_cache = {}
            row._state.adding = True
            moved = set()
            for field in row._meta.concrete_fields:
                if field.is_relation and (on := _on(row, field)) in made:
                    setattr(row, field.attname, made[on])
                    moved.add(field.name)
            if not row._meta.pk.is_relation:
                row.pk = None
            together = [names for names in _unique_together(key[0]) if not moved & set(names)]
            if all(self._vary(row, names) for names in together):
                row.save_base(raw=True, force_insert=True)
                made[key] = row.pk
        return made

    def _vary(self, row: Any, names: Iterable[str]) -> bool:
        """Make one of `names` another than before, so that together they are another, if any of
        them can be."""
        fields = [row._meta.get_field(name) for name in names]
        values = [getattr(row, field.attname) for field in fields]
        if None in values or all(value == "" for value in values):
            return True  # Nothing there has to be told apart.
        for field in fields:
            number = next(self.numbers)
            if field.has_default() and callable(field.default) and field.unique:
                value: Any = field.get_default()
            elif field.is_relation and field.related_model is User:
                value = make.person().pk
            elif field.is_relation or field.choices or field.name in KEYS:
                continue
            elif isinstance(field, models.CharField | models.TextField):
                before = getattr(row, field.attname)
                value = f"{number}{before}"[: field.max_length]
            elif isinstance(field, models.IntegerField):
                value = number
            elif isinstance(field, models.DateField):
                value = getattr(row, field.attname) + timedelta(days=number)
            else:
                continue
            setattr(row, field.attname, value)
            return True
        return False


def _unique_together(kind: type[models.Model]) -> list[Sequence[str]]:
    alone = [
        [field.name]
        for field in kind._meta.concrete_fields
        if field.unique and not (field.primary_key and not field.is_relation)
    ]
    together = [
        [*each.fields, *(name for said in each.expressions for name in _named_in(said))]
        for each in kind._meta.constraints
        if isinstance(each, models.UniqueConstraint)
    ]
    return [*alone, *together, *kind._meta.unique_together]


def _named_in(expression: Any) -> Iterator[str]:
    """The fields of which an expression is made."""
    if isinstance(expression, F):
        yield expression.name
    for each in getattr(expression, "get_source_expressions", list)():
        yield from _named_in(each)


def _related(row: models.Model) -> list[Key]:
    return [_on(row, field) for field in row._meta.concrete_fields if field.is_relation]


def _on(row: models.Model, field: Any) -> Key:
    return field.related_model, getattr(row, field.attname)
