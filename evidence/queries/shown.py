"""The one door for figures that are shown: on a page, in a chart, in print and as a file.

A row of the database goes in; what may be shown of it comes out, as a `Figure`. Nothing that shows
figures reads rows by itself (a test holds that), so a small count cannot get past it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, Prefetch, QuerySet

from evidence import disclosure
from evidence.disclosure import CONTROLLED, Cell, Kind, Numbers, Sum
from evidence.models import Area, DataImport, Observation
from evidence.models.areas import ENGLAND_CODE
from evidence.queries.lineage import Wholes, wholes

# How sources write that a figure is of everybody.
EVERYONE = ("", "persons")
ALL_AGES = ("", "all ages")
# Each place and each file once, not once for each of their rows; without the long list of what was
# wrong with the file.
_WITH_IMPORT = Prefetch("data_import", DataImport.objects.defer("problems", "constants"))

# A count of an observation that is hidden or not: its primary key, and which of its counts.
Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it may be shown. `state` is "suppressed" also where the house hides it."""

    indicator_id: int
    area: Area
    data_import: DataImport
    period: str
    period_sort: int
    sex: str
    age: str
    category_type: str
    category: str
    state: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    count: Decimal | None
    denominator: Decimal | None
    comparison: str

    @property
    def area_id(self) -> int:
        return self.area.pk

    @property
    def is_controlled(self) -> bool:
        """Whether it was rounded and small ones hidden here, because it is nobody's publication."""
        return self.data_import.disclosure_profile == CONTROLLED


def shown(rows: QuerySet[Observation]) -> list[Figure]:
    """What may be shown of every row, in order. Three queries more where any row is an own figure:
    what else is known, and which areas make up which."""
    found = list(rows.annotate(unit=F("indicator__unit")).prefetch_related("area", _WITH_IMPORT))
    gone = _hidden([row for row in found if row.data_import.disclosure_profile == CONTROLLED])
    return [_figure(row, is_hidden=row.pk in gone) for row in found]


def kind_of(unit: str) -> Kind:
    """What a unit measures: people or events, a share of a hundred, or a rate."""
    if unit == "%":
        return "percentage"
    return "rate" if " per " in f" {unit} " else "count"


def _figure(row: Any, *, is_hidden: bool) -> Figure:
    numbers: Numbers | None = Numbers(row.value, row.lower, row.upper, row.count, row.denominator)
    is_national = row.area.is_england
    if row.data_import.disclosure_profile == CONTROLLED and row.state == "value":
        if is_hidden:
            numbers = None
        elif not is_national and numbers is not None:
            numbers = disclosure.protected(numbers, kind_of(row.unit))
    state, comparison = row.state, row.comparison
    if numbers is None:
        # The source's word for it would say something of what is hidden.
        numbers, state, comparison = Numbers(None), "suppressed", ""
    return Figure(
        indicator_id=row.indicator_id,
        area=row.area,
        data_import=row.data_import,
        period=row.period,
        period_sort=row.period_sort,
        sex=row.sex,
        age=row.age,
        category_type=row.category_type,
        category=row.category,
        state=state,
        value=numbers.value,
        lower=numbers.lower,
        upper=numbers.upper,
        count=numbers.count,
        denominator=numbers.denominator,
        comparison=comparison,
    )


def _hidden(rows: Sequence[Observation]) -> set[int]:
    """Which rows are hidden, by all that is known of their indicators and periods.

    Worked out from everything that can be shown anywhere and not from what one page shows, so that
    two pages never differ in what they hide.
    """
    if not rows:
        return set()
    known = Observation.objects.filter(
        indicator__in={row.indicator_id for row in rows}, period__in={row.period for row in rows}
    )
    tables: dict[tuple[int, str], list[_Row]] = {}
    for each in known.order_by("pk").values_list(*_Row.names()):
        row = _Row(*each)
        tables.setdefault((row.indicator, row.period), []).append(row)
    made_of = wholes()
    return {pk for table in tables.values() for pk in _hidden_in(table, made_of)}


def _made_up(wholes: Wholes, there: Collection[int]) -> list[tuple[int, list[int]]]:
    """Each area that is `there` with the ones that make it up. One that is not there is taken
    apart further; a whole of which a part is nowhere gives nothing away and is left out."""
    found = [
        (area, parts)
        for area in there
        if area in wholes.parts
        for parts in [_taken_apart(wholes, area, there)]
        if parts
    ]
    return found + [(one, [other]) for one, other in wholes.same if {one, other} <= set(there)]


def _taken_apart(wholes: Wholes, area: int, there: Collection[int]) -> list[int]:
    ahead, made, seen = list(wholes.parts[area]), [], {area}
    while ahead:
        part = ahead.pop(0)
        if part in there:
            made.append(part)
        elif part in wholes.parts and part not in seen:
            seen.add(part)
            ahead.extend(wholes.parts[part])
        else:
            return []
    return list(dict.fromkeys(made))


class _Row(NamedTuple):
    """What hiding needs to know of a row: of tens of thousands, so not the whole model."""

    pk: int
    indicator: int
    period: str
    indicator__unit: str
    data_import__disclosure_profile: str
    area: int
    area__code: str
    area__area_type: str
    area__parent: int | None
    sex: str
    age: str
    category_type: str
    category: str
    state: str
    value: Decimal | None
    count_: Decimal | None
    denominator: Decimal | None

    @classmethod
    def names(cls) -> list[str]:
        return [name.rstrip("_") for name in cls._fields]

    @property
    def is_england(self) -> bool:
        return self.area__code == ENGLAND_CODE


def _hidden_in(table: Sequence[_Row], made_of: Wholes) -> set[int]:
    """The rows of one indicator and period that are hidden."""
    cells: dict[Place, Cell] = {}
    is_count = kind_of(table[0].indicator__unit) == "count"
    for row in table:
        is_published = row.data_import__disclosure_profile != CONTROLLED
        counts = {"count": row.value if is_count else row.count_, "of": row.denominator}
        for name, count in counts.items():
            # A row that its source suppressed holds a count all the same; one without does not.
            if count is not None or (name == "count" and row.state == "suppressed"):
                is_exact = is_published or row.is_england
                cells[row.pk, name] = Cell(count, is_exact, is_published)
    if not any(disclosure.is_secret(cell) for cell in cells.values()):
        return set()
    return {pk for pk, _ in disclosure.hidden(cells, _sums(table, cells, made_of))}


def _sums(table: Sequence[_Row], cells: dict[Place, Cell], made_of: Wholes) -> list[Sum[Place]]:
    """Every total among the rows, with its parts: groups, sexes, ages, and areas."""
    by_total: dict[tuple[Any, ...], _Row] = {}
    by_parts: dict[tuple[Any, ...], list[_Row]] = {}

    def part(axis: str, *rest: Any, total: Any, row: _Row) -> None:
        by_parts.setdefault((axis, *rest, total), []).append(row)

    for row in table:
        sex = "" if row.sex.casefold() in EVERYONE else row.sex
        age = "" if row.age.casefold() in ALL_AGES else row.age
        place, group = row.area, (row.category_type, row.category)
        by_total[place, sex, age, group] = row
        if row.category_type:
            part("group", row.category_type, total=(place, sex, age, ("", "")), row=row)
        if sex:
            part("sex", total=(place, "", age, group), row=row)
        if age:
            part("age", total=(place, sex, "", group), row=row)
        if row.area__parent:
            part("parent", total=(row.area__parent, sex, age, group), row=row)
        if not row.is_england:
            part("kind", row.area__area_type, total=(ENGLAND_CODE, sex, age, group), row=row)
        else:
            by_total[ENGLAND_CODE, sex, age, group] = row
    made_up = _made_up(made_of, {row.area for row in table})
    for about in {total[1:] for total in by_total}:
        for whole, places in made_up:
            rows = [by_total[place, *about] for place in places if (place, *about) in by_total]
            if len(rows) == len(places) and (whole, *about) in by_total:
                by_parts["became", *places, (whole, *about)] = rows
    return [
        Sum((by_total[total].pk, name), tuple((row.pk, name) for row in rows))
        for (*_, total), rows in by_parts.items()
        if total in by_total
        for name in ("count", "of")
        if all((row.pk, name) in cells for row in (by_total[total], *rows))
    ]
