"""Figures into the library, a batch at a time. Only `imports` and `undoing` call this."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from evidence.importers import ObservationRow
from evidence.models import DataImport, Indicator, Observation
from evidence.services import areas

_DIGITS = 15
_KEY = ("indicator_id", "area_id", "period", "sex", "age", "category_type", "category")

Key = tuple[Any, ...]


@dataclass
class Written:
    """What the second reading wrote: new figures, replaced ones, and those that an interrupted
    attempt at the same import had written before."""

    new: int = 0
    replaced: int = 0
    before: int = 0
    suppressed: int = 0
    missing: int = 0

    @property
    def rows(self) -> int:
        return self.new + self.replaced + self.before


@transaction.atomic
def write(
    data_import: DataImport, rows: list[ObservationRow], written: Written, *, is_ods: bool
) -> None:
    """Keep `rows` as figures of an import, replacing those that the library has; count them.

    `is_ods` says that the area codes are from the ODS register.
    """
    fresh = _figures_of(data_import, rows, is_ods=is_ods)
    known = _known(fresh.values())
    _keep(fresh.values())
    for key, figure in fresh.items():
        if key not in known:
            written.new += 1
        elif known[key] == data_import.pk:
            written.before += 1
        else:
            written.replaced += 1
        written.suppressed += figure.state == "suppressed"
        written.missing += figure.state == "missing"


def give_back(
    earlier: DataImport, rows: list[ObservationRow], *, taker: DataImport, is_ods: bool
) -> int:
    """Put the figures that `rows` of an earlier import have in the place of those of `taker`.

    A figure that is not `taker`'s any more, or never was, is left as it is. Returns how many came
    back. To be called in a transaction.
    """
    fresh = _figures_of(earlier, rows, is_ods=is_ods)
    held = _looked_up(fresh.values()).filter(data_import=taker)
    # Locked until the end, so that an import that replaces one of them meanwhile comes after this.
    keys = set(held.select_for_update().order_by("pk").values_list(*_KEY))
    back = [figure for key, figure in fresh.items() if key in keys]
    _keep(back)
    return len(back)


def _figures_of(
    data_import: DataImport, rows: list[ObservationRow], *, is_ods: bool
) -> dict[Key, Observation]:
    """What rows say, as figures of an import, by what they are about; the first of two counts."""
    indicators = _find_or_make_indicators(data_import.organisation, rows)
    places = areas.find_or_make(rows, is_ods=is_ods)
    fresh: dict[Key, Observation] = {}
    for row in rows:
        figure = _observation(
            row, indicators[row.indicator_code].pk, places[row.area_code].pk, data_import.pk
        )
        fresh.setdefault(_key_of(figure), figure)
    return fresh


def _keep(figures: Iterable[Observation]) -> None:
    """Write figures, each in the place of what the library has for the same key."""
    Observation.objects.bulk_create(
        list(figures),
        update_conflicts=True,
        unique_fields=["indicator", "area", "period", "sex", "age", "category_type", "category"],
        update_fields=[
            "data_import",
            "period_sort",
            "state",
            "value",
            "lower",
            "upper",
            "count",
            "denominator",
            "comparison",
            "note",
        ],
    )


def _find_or_make_indicators(
    organisation: Any, rows: Iterable[ObservationRow]
) -> dict[str, Indicator]:
    """The organisation's indicator for every code; the first name that a code came with stays."""
    wanted: dict[str, ObservationRow] = {}
    for row in rows:
        wanted.setdefault(row.indicator_code, row)
    Indicator.objects.bulk_create(
        [
            Indicator(organisation=organisation, code=code, name=row.indicator_name, unit=row.unit)
            for code, row in wanted.items()
        ],
        ignore_conflicts=True,
    )
    found = Indicator.objects.filter(organisation=organisation, code__in=list(wanted))
    return {indicator.code: indicator for indicator in found}


def _observation(
    row: ObservationRow, indicator_id: int, area_id: int, import_id: int
) -> Observation:
    return Observation(
        indicator_id=indicator_id,
        area_id=area_id,
        data_import_id=import_id,
        period=row.period,
        period_sort=row.period_sort,
        sex=row.sex,
        age=row.age,
        category_type=row.category_type,
        category=row.category,
        state=row.state,
        value=_rounded(row.value, 6),
        lower=_rounded(row.lower, 6),
        upper=_rounded(row.upper, 6),
        count=_rounded(row.count, 4),
        denominator=_rounded(row.denominator, 4),
        comparison=row.comparison,
        note=row.note,
    )


def _rounded(number: Decimal | None, places: int) -> Decimal | None:
    """To the places that the library keeps, halves up.

    SQLite gives back 15 digits. A figure so large that it needs more is cut, not rounded up, so
    that it cannot grow past what the column holds.
    """
    if number is None:
        return None
    whole_digits = number.adjusted() + 1
    if whole_digits + places > _DIGITS:
        return number.quantize(Decimal(1).scaleb(whole_digits - _DIGITS), rounding=ROUND_DOWN)
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _known(observations: Iterable[Observation]) -> dict[Key, int]:
    """The figures of these that the library has already, each with the import it is from."""
    rows = _looked_up(observations).values_list(*_KEY, "data_import_id")
    return {row[:-1]: row[-1] for row in rows}


def _looked_up(observations: Iterable[Observation]) -> QuerySet[Observation]:
    """The figures of the library that are about the same indicators, areas and periods."""
    every = list(observations)
    return Observation.objects.filter(
        indicator__in={each.indicator_id for each in every},
        area__in={each.area_id for each in every},
        period__in={each.period for each in every},
    )


def _key_of(observation: Observation) -> Key:
    return tuple(getattr(observation, name) for name in _KEY)
