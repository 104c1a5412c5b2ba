"""What an area was before, and what it is made of: the facts that its earlier years hang on.

Facts only. Which figures may be joined by them is decided in `queries.before`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from evidence.enums import AreaLinkKind, AreaType
from evidence.models import Area, AreaLink


@dataclass(frozen=True, slots=True)
class Link:
    """An area that became another one: which, how, and the day where it is known."""

    area_id: int
    kind: str
    day: date | None


Links = Mapping[int, list[Link]]


@dataclass(frozen=True, slots=True)
class Lineage:
    """One area with all that came before it. `links` lead into an area, by its primary key;
    `parts` are the locations that a board is made of today."""

    area: Area
    links: Links = field(default_factory=dict)
    parts: Mapping[int, list[int]] = field(default_factory=dict)
    areas: Mapping[int, Area] = field(default_factory=dict)

    @property
    def others(self) -> list[int]:
        """The primary keys of every area but the one that it is about."""
        return [pk for pk in self.areas if pk != self.area.pk]

    def breaks(self, pk: int) -> list[date]:
        """The days on which the borders of an area changed, as far as they are known."""
        return sorted(
            {
                link.day
                for link in self.links.get(pk, ())
                if link.day and link.kind != AreaLinkKind.SAME
            }
        )

    def merged_into(self, pk: int) -> list[int]:
        """The areas that together made up this one; empty where borders were drawn anew."""
        links = [link for link in self.links.get(pk, ()) if link.kind != AreaLinkKind.SAME]
        if any(link.kind != AreaLinkKind.MERGED for link in links):
            return []
        return [link.area_id for link in links]


def lineage_of(area: Area) -> Lineage:
    """Everything that came before an area. Three queries at most, however much that is."""
    parts = {area.pk: parts_of(area)} if area.area_type == AreaType.ICB else {}
    every = links_into()
    links: dict[int, list[Link]] = {}
    ahead = [area.pk, *parts.get(area.pk, [])]
    seen = set(ahead)
    while ahead:
        pk = ahead.pop()
        links[pk] = every.get(pk, [])
        fresh = [link.area_id for link in links[pk] if link.area_id not in seen]
        seen.update(fresh)
        ahead.extend(fresh)
    others = seen - {area.pk}
    areas = Area.objects.in_bulk(others) if others else {}
    return Lineage(area, links, parts, {**areas, area.pk: area})


def links_into() -> Links:
    """Every link by which one area became another, by the area that it became."""
    found: dict[int, list[Link]] = {}
    rows = AreaLink.objects.filter(kind__in=AreaLinkKind.became()).order_by("pk")
    for area_id, other_id, kind, day in rows.values_list(
        "area_id", "other_id", "kind", "happened_on"
    ):
        found.setdefault(other_id, []).append(Link(area_id, kind, day))
    return found


def parts_of(area: Area) -> list[int]:
    """The primary keys of the locations that a board is made of."""
    inside = Area.objects.filter(parent=area, area_type=AreaType.SUB_ICB, is_current=True)
    return list(inside.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Wholes:
    """Which areas make up which: what anybody could add up. `parts` are the areas that were merged
    into one, or the locations of a board; `same` are pairs that are one place by two codes."""

    parts: Mapping[int, list[int]]
    same: Sequence[tuple[int, int]]


def wholes() -> Wholes:
    """What every area is made of, as far as it is known. Two queries."""
    parts: dict[int, list[int]] = {}
    locations = Area.objects.filter(area_type=AreaType.SUB_ICB, is_current=True)
    locations = locations.filter(parent__area_type=AreaType.ICB)
    for pk, parent in locations.order_by("pk").values_list("pk", "parent_id"):
        parts.setdefault(parent, []).append(pk)
    same: list[tuple[int, int]] = []
    for pk, links in links_into().items():
        same += [(pk, link.area_id) for link in links if link.kind == AreaLinkKind.SAME]
        merged = [link.area_id for link in links if link.kind == AreaLinkKind.MERGED]
        if merged:
            parts[pk] = merged
    return Wholes(parts, same)
