"""Which figures are hidden so that no small count can be had by subtraction.

The rule: of a small count that is hidden, at least five values must remain possible for whoever
knows everything that is shown, that it is small, and that the parts of a total add up to it. So it
is never known better than a figure that is rounded to 5. Where fewer remain, the smallest shown
part of the same total is hidden too, and if there is none, the total; and again, until it holds.

What somebody could learn is worked out by bounds: every total and part is held between two whole
numbers, and each sum narrows them, until nothing changes. Limits. Bounds do not see what only
several sums in a ring give away, as three-way tables can; and whoever knows how the smallest part
is chosen learns a little from the choice.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Generic, TypeVar

from evidence.disclosure.rounding import LARGEST_SMALL, is_small, nearest_five

Key = TypeVar("Key", bound=Hashable)
AT_LEAST = 5
_NO_LIMIT = 10**12
Bounds = dict[Key, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A count in a table; None where its source keeps it back.

    `is_exact`: shown as it is, because it is national or published; `is_published`: hiding it
    would hide nothing.
    """

    count: Decimal | None
    is_exact: bool = False
    is_published: bool = False


@dataclass(frozen=True, slots=True)
class Sum(Generic[Key]):
    """A total and the parts that make it up."""

    total: Key
    parts: tuple[Key, ...]


def hidden(cells: Mapping[Key, Cell], sums: Sequence[Sum[Key]]) -> frozenset[Key]:
    """The keys of all cells that are not to be shown."""
    secret = {key for key, cell in cells.items() if is_secret(cell)}
    if not secret:
        return frozenset()
    sums = [each for each in sums if _adds_up(cells, each)]
    of_key: dict[Key, list[Sum[Key]]] = {}
    for each in sums:
        for key in (each.total, *each.parts):
            of_key.setdefault(key, []).append(each)
    gone = set(secret)
    while True:
        bounds = narrowed(cells, sums, gone)
        changed: set[Sum[Key]] = set()
        leaking = [key for key in secret if possible(bounds[key]) < AT_LEAST]
        for key in sorted(leaking, key=str):
            if changed.intersection(of_key.get(key, [])):
                continue  # What was hidden a moment ago may be enough.
            more = _next(cells, of_key, key, gone)
            if more is not None:
                gone.add(more)
                changed.update(of_key[more])
        if not changed:
            return frozenset(gone)


def narrowed(
    cells: Mapping[Key, Cell], sums: Sequence[Sum[Key]], gone: Collection[Key]
) -> Bounds[Key]:
    """Between which whole numbers each cell lies, for whoever sees all that are not `gone`."""
    bounds = {key: _known(cell, key in gone) for key, cell in cells.items()}
    sums_of: dict[Key, list[int]] = {}
    for number, each in enumerate(sums):
        for key in (each.total, *each.parts):
            sums_of.setdefault(key, []).append(number)
    # A sum says nothing new until one of its counts is known better.
    is_due = [True] * len(sums)
    while any(is_due):
        for number, each in enumerate(sums):
            if not is_due[number]:
                continue
            is_due[number] = False
            parts = [bounds[part] for part in each.parts]
            low, high = sum(part[0] for part in parts), sum(part[1] for part in parts)
            changed = [each.total] if _hold(bounds, each.total, low, high) else []
            least, most = bounds[each.total]
            for part, (own_low, own_high) in zip(each.parts, parts, strict=True):
                # Most parts are known as well as the rest of the sum lets them be.
                below, above = least - (high - own_high), most - (low - own_low)
                if (below > own_low or above < own_high) and _hold(bounds, part, below, above):
                    changed.append(part)
            for key in changed:
                for other in sums_of[key]:
                    is_due[other] = True
    return bounds


def possible(bounds: tuple[int, int]) -> int:
    """How many small counts a hidden cell can still be."""
    low, high = max(1, bounds[0]), min(LARGEST_SMALL, bounds[1])
    return max(0, high - low + 1)


def is_secret(cell: Cell) -> bool:
    """Whether a count may not be shown by itself."""
    return cell.count is None or (not cell.is_exact and is_small(cell.count))


def _known(cell: Cell, is_gone: bool) -> tuple[int, int]:
    """What is known of a cell by itself."""
    if is_gone or cell.count is None:
        return 1, _NO_LIMIT  # A zero is always shown, so what is hidden is none.
    if cell.is_exact or cell.count == 0:
        return int(cell.count), ceil(cell.count)
    middle = int(nearest_five(cell.count))
    return max(LARGEST_SMALL + 1, middle - 2), middle + 2


def _hold(bounds: Bounds[Key], key: Key, low: int, high: int) -> bool:
    """Narrow the bounds of one cell; whether that changed anything."""
    was = bounds[key]
    now = (max(was[0], low), min(was[1], high))
    # Rounded parts of a total need not meet; bounds that cross say nothing more.
    if now == was or now[0] > now[1]:
        return False
    bounds[key] = now
    return True


def _adds_up(cells: Mapping[Key, Cell], each: Sum[Key]) -> bool:
    """Whether the parts are the whole, as far as is known. Overlapping groups are not."""
    counts = [cells[part].count for part in each.parts]
    total = cells[each.total].count
    known = sum((count for count in counts if count is not None), Decimal(0))
    if total is None:
        return True
    return known < total if None in counts else known == total


def _next(
    cells: Mapping[Key, Cell], of_key: Mapping[Key, list[Sum[Key]]], leaking: Key, gone: set[Key]
) -> Key | None:
    """What to hide besides: the smallest part that is shown of a total that `leaking` is in, else
    the total; else the same one sum further away, because what is hidden may be had from there."""

    def can_go(key: Key) -> bool:
        cell = cells[key]
        return key not in gone and bool(cell.count) and not cell.is_published

    def size(key: Key) -> tuple[Decimal, str]:
        return cells[key].count or Decimal(0), str(key)

    reached, ring = {leaking}, {leaking}
    while ring:
        around = [each for key in ring for each in of_key.get(key, [])]
        parts = {part for each in around for part in each.parts}
        totals = {each.total for each in around}
        for candidates in (parts, totals):
            if able := [key for key in candidates if can_go(key)]:
                return min(able, key=size)
        ring = (parts | totals) - reached
        reached |= ring
    return None
