"""The years of an area from before it had its name, its code or its borders.

What may be joined, and what may not:

- the figures of an area that is the same place by another name or code are its own;
- the parts that an area is made of today may be added up where they are numbers of people or
  events. A part that is kept back or missing leaves the sum missing, never smaller. Shares and
  rates are never added;
- figures from when the borders were other ones are shown apart and are not compared with.

Worked out from what may be shown (`queries.shown`), never from what is kept, so that no sum gives
a hidden number away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from evidence.enums import AreaLinkKind
from evidence.importers.periods import middle
from evidence.models import Area, Indicator
from evidence.queries.lineage import Lineage
from evidence.queries.shown import Figure, kind_of


@dataclass(frozen=True, slots=True)
class Moment:
    """One period of an area's line.

    `used` are the figures that it is made of: its own, that of the same place by another name, or
    several added up. `stretch` counts how often the borders had changed by then; two moments can be
    compared only where it is the same.
    """

    figure: Figure
    stretch: int
    used: tuple[Figure, ...]
    is_added: bool = False

    @property
    def parts(self) -> list[Area]:
        """The areas that the figure is of, where they are not the area itself."""
        return [each.area for each in self.used if each.area_id != self.figure.area_id]


@dataclass(frozen=True, slots=True)
class Past:
    """The whole line of an area, oldest first, the days of its breaks, and what cannot be joined:
    the lines of other areas, or its own from before (`earlier`)."""

    moments: list[Moment]
    breaks: list[date]
    earlier: list[tuple[Area, list[Figure]]]

    @property
    def latest(self) -> list[Moment]:
        """The moments with the latest borders: those that can be compared with each other."""
        last = max((each.stretch for each in self.moments), default=0)
        return [each for each in self.moments if each.stretch == last]

    @property
    def is_whole(self) -> bool:
        """Whether the line goes on beyond every break, because what lies within the borders of
        today was added up."""
        return len(self.latest) == len(self.moments) and any(each.is_added for each in self.latest)

    @property
    def used(self) -> list[Figure]:
        shown = [figure for each in self.moments for figure in each.used]
        return shown + [figure for _, figures in self.earlier for figure in figures]

    @property
    def is_joined(self) -> bool:
        """Whether there is more to it than the area's own figures with its borders of today."""
        others = any(each.parts for each in self.moments)
        return others or bool(self.earlier) or len(self.latest) < len(self.moments)


def past_of(indicator: Indicator, lineage: Lineage, rows: Iterable[Figure]) -> Past:
    """The line of one area, from the figures of its whole lineage about the same people."""
    reader = _Reader(lineage, rows, can_add=kind_of(indicator.unit) == "count")
    return reader.past()


class _Reader:
    """Reads the line of an area out of the figures of all that it was and is made of."""

    def __init__(self, lineage: Lineage, rows: Iterable[Figure], *, can_add: bool) -> None:
        self.lineage, self.can_add = lineage, can_add
        self.figures = {
            (row.area_id, row.period_sort): row for row in rows if row.area_id in lineage.areas
        }
        periods = {row.period_sort: row for row in self.figures.values()}
        self.periods = [periods[order] for order in sorted(periods)]

    def past(self) -> Past:
        area, breaks = self.lineage.area, self.lineage.breaks(self.lineage.area.pk)
        if not any(pk == area.pk for pk, _ in self.figures):
            return Past([], [], [])
        moments, replaced = [], []
        for period in self.periods:
            own = self.figures.get((area.pk, period.period_sort))
            found = self._as_now(area.pk, period)
            if found is not None:
                moments.append(self._moment(found, period, len(breaks)))
                if own is not None and own not in found:
                    replaced.append(own)
                continue
            stretch = self._stretch(area.pk, period)
            found = self._as_it_was(area.pk, period, stretch)
            if found is not None:
                moments.append(self._moment(found, period, stretch))
        earlier = self._earlier({id(figure) for each in moments for figure in each.used})
        return Past(moments, breaks, ([(area, replaced)] if replaced else []) + earlier)

    def _stretch(self, pk: int, period: Figure) -> int:
        """How often the borders of an area had changed in the middle of a period."""
        breaks = self.lineage.breaks(pk)
        return sum(day <= middle(period.period) for day in breaks) if breaks else 0

    def _as_now(
        self, pk: int, period: Figure, seen: frozenset[int] = frozenset()
    ) -> tuple[Figure, ...] | None:
        """The figures that are, or add up to, one of an area with its borders of today.

        `seen` are the areas that this began with: two lists can lead round in a circle.
        """
        if pk in seen:
            return None
        seen |= {pk}
        if self._stretch(pk, period) == len(self.lineage.breaks(pk)):
            own = self.figures.get((pk, period.period_sort))
            if own is not None:
                return (own,)
            for link in self.lineage.links.get(pk, ()):
                if link.kind == AreaLinkKind.SAME:
                    found = self._as_now(link.area_id, period, seen)
                    if found is not None:
                        return found
        return self._parts(pk, period, seen) if self.can_add else None

    def _parts(self, pk: int, period: Figure, seen: frozenset[int]) -> tuple[Figure, ...] | None:
        """A figure of every part of an area; one that is not there counts as missing."""
        parts = self._parts_of(pk)
        if not all(self._makes_up(part, period, seen) for part in parts):
            return None
        found = [self._as_now(part, period, seen) for part in parts]
        if not any(found):
            return None
        gathered: list[Figure] = []
        for part, figures in zip(parts, found, strict=True):
            gathered.extend(figures or [_missing(self.lineage.areas[part], period)])
        return tuple(gathered)

    def _parts_of(self, pk: int) -> list[int]:
        return self.lineage.merged_into(pk) or self.lineage.parts.get(pk, [])

    def _makes_up(self, pk: int, period: Figure, seen: frozenset[int]) -> bool:
        """Whether an area, or what it is made of, had the borders then that it has today."""
        if pk in seen:
            return False
        if self._stretch(pk, period) == len(self.lineage.breaks(pk)):
            return True
        parts = self._parts_of(pk)
        return bool(parts) and all(self._makes_up(part, period, seen | {pk}) for part in parts)

    def _as_it_was(self, pk: int, period: Figure, stretch: int) -> tuple[Figure, ...] | None:
        """The figure of an area with the borders that it had then."""
        own = self.figures.get((pk, period.period_sort))
        if own is not None:
            return (own,)
        breaks = self.lineage.breaks(pk)
        for link in self.lineage.links.get(pk, ()):
            is_then = stretch < len(breaks) and link.day == breaks[stretch]
            if link.kind == AreaLinkKind.NEW_CODE and is_then:
                found = self._as_now(link.area_id, period)
                if found is not None:
                    return found
        return None

    def _moment(self, used: tuple[Figure, ...], period: Figure, stretch: int) -> Moment:
        if len(used) == 1:
            figure = replace(used[0], area=self.lineage.area)
            return Moment(figure, stretch, used)
        return Moment(_added(used, self.lineage.area, period), stretch, used, is_added=True)

    def _earlier(self, used: set[int]) -> list[tuple[Area, list[Figure]]]:
        """The lines of the areas that became this one and are not in its own."""
        found = []
        links = self.lineage.links.get(self.lineage.area.pk, ())
        for pk in dict.fromkeys(link.area_id for link in links):
            figures = [
                figure
                for (area_id, _), figure in sorted(self.figures.items())
                if area_id == pk and id(figure) not in used
            ]
            if figures:
                found.append((self.lineage.areas[pk], figures))
        return sorted(found, key=lambda pair: pair[0].name)


def _added(used: Sequence[Figure], area: Area, period: Figure) -> Figure:
    """The sum of figures; kept back where one of them is, and missing where one is not there."""
    states = {each.state for each in used}
    state = next((each for each in ("suppressed", "missing") if each in states), "value")
    values = [each.value for each in used if each.value is not None]
    return _blank(
        area,
        period,
        state=state,
        value=sum(values, Decimal(0)) if state == "value" else None,
    )


def _missing(area: Area, period: Figure) -> Figure:
    return _blank(area, period, state="missing", value=None)


def _blank(like_area: Area, period: Figure, *, state: str, value: Decimal | None) -> Figure:
    """A figure of an area in a period, without anything that came with another one."""
    return replace(
        period,
        area=like_area,
        state=state,
        value=value,
        lower=None,
        upper=None,
        count=None,
        denominator=None,
        comparison="",
    )
