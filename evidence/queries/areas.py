"""Places: looking one up, what it lies in, what lies in it, what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from evidence.enums import AreaLinkKind
from evidence.models import Area, AreaLink, Indicator, Observation
from evidence.queries.visible import indicators_visible_to

_ABOVE = "parent__parent__parent__parent__parent"  # a practice lies five steps below the country
_SHOWN_INSIDE = 12


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of a place besides its figures. `above` begins with the next larger place."""

    above: list[Area]
    also_in: list[Area]
    inside: list[Area]
    inside_count: int
    became: list[AreaLink]
    came_from: list[AreaLink]


def areas_listed(*, words: str = "", kind: str = "", within: str = "") -> QuerySet[Area]:
    """The places whose name has some words, or whose code of either register begins with them.

    `within` is the code of a place: those that lie in it, directly.
    """
    found = Area.objects.select_related("parent").order_by("name", "pk")
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word) | Q(code__istartswith=word) | Q(ods_code__iexact=word)
        )
    if within:
        found = found.filter(Q(parent__code=within) | Q(pk__in=_linked_into([within])))
    return found.filter(area_type=kind) if kind else found


def area_by_code(code: str) -> Area | None:
    """The place of an ONS code or, failing that, of an ODS code."""
    places = Area.objects.select_related(_ABOVE)
    upper = code.upper()
    return places.filter(code=upper).first() or places.filter(ods_code=upper).first()


def surroundings(area: Area) -> Surroundings:
    links = list(AreaLink.objects.filter(area=area).select_related("other"))
    before = AreaLink.objects.filter(other=area, kind__in=AreaLinkKind.became())
    inside = areas_listed(within=area.code)
    return Surroundings(
        above=list(_above(area)),
        also_in=[link.other for link in links if link.kind == AreaLinkKind.LIES_IN],
        inside=list(inside[:_SHOWN_INSIDE]),
        inside_count=inside.count(),
        became=[link for link in links if link.kind != AreaLinkKind.LIES_IN],
        came_from=list(before.select_related("area").order_by("area__name", "pk")),
    )


def indicators_of(user: Any, area: Area) -> QuerySet[Indicator]:
    """The indicators that have figures of a place, in the libraries that a person may read."""
    ids = Observation.objects.filter(area=area).values("indicator")
    return (
        indicators_visible_to(user)
        .filter(pk__in=ids)
        .select_related("organisation")
        .order_by("name", "pk")
    )


def _above(area: Area) -> Iterable[Area]:
    seen = {area.pk}
    larger = area.parent
    while larger is not None and larger.pk not in seen:
        seen.add(larger.pk)
        yield larger
        larger = larger.parent


def _linked_into(codes: Iterable[str]) -> QuerySet[Any]:
    return AreaLink.objects.filter(other__code__in=list(codes), kind=AreaLinkKind.LIES_IN).values(
        "area"
    )
