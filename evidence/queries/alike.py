"""What an area is compared with: the one place that says so.

A district lies in a county, and both are local authorities; a unitary authority, a metropolitan
borough or a London borough is both at once. So figures come for the lower tier (districts and those
that are both) or for the upper tier (counties and those that are both), and an area that is both
belongs to the set that its series is of.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from evidence.enums import AreaType
from evidence.models import Area

_DISTRICT, _COUNTY = "E07", "E10"
_BOTH = ("E06", "E08", "E09")
# What the local authorities of a code are called, in the order in which they are named.
_CALLED = {
    _COUNTY: "counties",
    _DISTRICT: "districts",
    "E08": "boroughs",
    "E09": "boroughs",
    "E06": "unitary authorities",
}
_MANY = {
    AreaType.REGION: "regions",
    AreaType.NHS_REGION: "NHS regions",
    AreaType.ICB: "integrated care boards",
    AreaType.SUB_ICB: "sub-ICB locations",
    AreaType.PCN: "primary care networks",
    AreaType.GP: "general practices",
    AreaType.COMBINED: "combined authorities",
}


@dataclass(frozen=True, slots=True)
class Alike:
    """The areas of one tier of local authorities, by how their codes begin; or else of one type."""

    prefixes: tuple[str, ...] = ()
    area_type: str = ""

    def has(self, area: Area) -> bool:
        if self.prefixes:
            return area.code.startswith(self.prefixes)
        return area.area_type == self.area_type and not area.code.startswith(tuple(_CALLED))

    def called(self, areas: Iterable[Area]) -> str:
        """What those of these areas are that belong to it: "districts and unitary authorities"."""
        if not self.prefixes:
            return _MANY.get(AreaType(self.area_type), "areas")
        there = {area.code[:3] for area in areas if self.has(area)}
        names = list(dict.fromkeys(name for start, name in _CALLED.items() if start in there))
        return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else "areas"


LOWER = Alike((_DISTRICT, *_BOTH))
UPPER = Alike((_COUNTY, *_BOTH))


def alike(area: Area, areas: Iterable[Area]) -> Alike:
    """What `area` is compared with where there are figures of `areas`.

    Where a series has districts and counties, those that are both stand with the districts: that
    is the larger set.
    """
    start = area.code[:3]
    if start == _DISTRICT:
        return LOWER
    if start == _COUNTY:
        return UPPER
    if start in _BOTH:
        there = {each.code[:3] for each in areas}
        return UPPER if _COUNTY in there and _DISTRICT not in there else LOWER
    return Alike(area_type=area.area_type)


def could_be_alike(area: Area) -> Q:
    """The areas that some series may compare it with."""
    start = area.code[:3]
    if start not in _CALLED:
        return Q(area_type=area.area_type) & ~_begins(_CALLED)
    if start in _BOTH:
        return _begins(_CALLED)
    return _begins((LOWER if start == _DISTRICT else UPPER).prefixes)


def _begins(prefixes: Iterable[str]) -> Q:
    found = Q()
    for prefix in prefixes:
        found |= Q(code__startswith=prefix)
    return found
