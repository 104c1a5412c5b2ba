"""Published figures: the years of one area, its groups, and all areas side by side.

What a page or document says of an area is worked out from one query (`figures_of`), so that three
charts cost what one costs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from evidence.enums import AreaType
from evidence.models import Area, DataImport, Indicator, Observation
from evidence.models.areas import ENGLAND_CODE
from evidence.queries.alike import could_be_alike
from evidence.queries.shown import EVERYONE, Figure, shown


@dataclass(frozen=True, slots=True)
class People:
    """Whom figures are about, as their publisher says it; empty where it does not say."""

    sex: str = ""
    age: str = ""

    @property
    def label(self) -> str:
        return ", ".join(part for part in (self.sex, self.age) if part) or "Everyone"

    def are_in(self, figure: Figure) -> bool:
        return (figure.sex, figure.age) == (self.sex, self.age)


@dataclass(frozen=True, slots=True)
class Series:
    """One area's figures by period, and England's beside them."""

    area: list[Figure]
    england: list[Figure]


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of one area in one period, with everyone there and everyone in England."""

    period: str
    groups: list[Figure]
    everyone: Figure | None
    england: Figure | None


@dataclass(frozen=True, slots=True)
class Places:
    """All areas in one period, by name. England is the benchmark, never one of the areas."""

    period: str
    areas: list[Figure]
    england: Figure | None


def figures_of(
    indicators: Iterable[Indicator], area: Area, earlier: Sequence[int] = ()
) -> dict[int, list[Figure]]:
    """Every figure of `area` and of England, by indicator; as many queries for many as for one.

    `earlier` are the primary keys of areas that it was or is made of: their totals, too.
    """
    found: dict[int, list[Figure]] = {indicator.pk: [] for indicator in indicators}
    wanted = Q(area__in=Area.objects.filter(code=ENGLAND_CODE) | _one(area))
    if earlier:
        wanted |= Q(area__in=earlier, category_type="")
    rows = Observation.objects.filter(wanted, indicator__in=list(found)).order_by(
        "period_sort", "pk"
    )
    for row in shown(rows):
        found[row.indicator_id].append(row)
    return found


def series(
    indicator: Indicator,
    area: Area,
    *,
    people: People | None = None,
    category_type: str = "",
    category: str = "",
) -> Series:
    """The years of one indicator in one area (of one group, if named), with England's beside."""
    rows = figures_of([indicator], area)[indicator.pk]
    return series_in(rows, area, people=people, category_type=category_type, category=category)


def series_in(
    rows: Sequence[Figure],
    area: Area,
    *,
    people: People | None = None,
    category_type: str = "",
    category: str = "",
) -> Series:
    """The same, from figures read already."""
    people = people or people_in(rows, area)[0]
    kept = [
        row
        for row in rows
        if people.are_in(row) and (row.category_type, row.category) == (category_type, category)
    ]
    return Series(
        area=[row for row in kept if row.area_id == area.pk],
        england=[row for row in kept if row.area.is_england and row.area_id != area.pk],
    )


def groups(
    indicator: Indicator,
    area: Area,
    category_type: str,
    *,
    period: str = "",
    people: People | None = None,
) -> Groups:
    """Groups of one kind in one area and period (the latest that has any), in one query."""
    rows = figures_of([indicator], area)[indicator.pk]
    return groups_in(rows, area, category_type, period=period, people=people)


def groups_in(
    rows: Sequence[Figure],
    area: Area,
    category_type: str,
    *,
    period: str = "",
    people: People | None = None,
) -> Groups:
    """The same, from figures read already."""
    of_type = [r for r in rows if r.area_id == area.pk and r.category_type == category_type]
    people = people or people_in(of_type or rows, area)[0]
    of_type = [row for row in of_type if people.are_in(row)]
    period = period or (of_type[-1].period if of_type else "")
    totals = [
        row for row in rows if row.period == period and not row.category_type and people.are_in(row)
    ]
    return Groups(
        period=period,
        groups=[row for row in of_type if row.period == period],
        everyone=next((row for row in totals if row.area_id == area.pk), None),
        england=next((row for row in totals if row.area.is_england), None),
    )


def people_in(rows: Sequence[Figure], area: Area) -> list[People]:
    """Whom the figures of `area` are about: everyone first, then those with most figures."""
    count: dict[People, int] = {}
    for row in rows:
        if row.area_id == area.pk:
            people = People(row.sex, row.age)
            count[people] = count.get(people, 0) + 1
    ordered = sorted(count, key=lambda each: (each.sex.casefold() not in EVERYONE, -count[each]))
    return ordered or [People()]


def category_types_in(rows: Sequence[Figure], area: Area) -> list[str]:
    """The kinds of group the figures of `area` are broken down by, as published."""
    return sorted({r.category_type for r in rows if r.area_id == area.pk and r.category_type})


def areas_with(indicator: Indicator) -> QuerySet[Area]:
    """The areas that have figures of it. England is the benchmark, never one of the areas."""
    ids = Observation.objects.filter(indicator=indicator).values("area").distinct()
    return Area.objects.filter(pk__in=ids).exclude(code=ENGLAND_CODE)


def areas_to_choose(indicator: Indicator) -> QuerySet[Area]:
    """The areas that a page about it can be opened at: those that have figures, and England where
    it is broken down by groups, since some breakdowns (tenths by deprivation) are of England alone.
    """
    figures = Observation.objects.filter(indicator=indicator)
    shown = figures.exclude(area__code=ENGLAND_CODE, category_type="")
    return Area.objects.filter(pk__in=shown.values("area").distinct())


def area_by_code(code: str) -> Area | None:
    """The area with a code of either register."""
    return Area.objects.filter(Q(code=code) | Q(ods_code=code)).exclude(code=ENGLAND_CODE).first()


def areas_like(organisation: Any, area: Area) -> QuerySet[Area]:
    """The other areas that it may be compared with, of which an organisation has figures."""
    figures = Observation.objects.filter(
        indicator__organisation=organisation, area=OuterRef("pk"), category_type=""
    )
    like_it = Area.objects.filter(could_be_alike(area)).exclude(pk=area.pk)
    return like_it.exclude(code=ENGLAND_CODE).filter(Exists(figures))


def areas_to_assess() -> QuerySet[Area]:
    """The areas a needs assessment can be about: those that are known and still there.

    A list of areas may bring thousands of practices and networks: nobody commissions for one of
    those, and the choice would be too long for a phone.
    """
    return (
        Area.objects.filter(is_current=True)
        .exclude(code=ENGLAND_CODE)
        .exclude(code__startswith="UNK")
        .exclude(area_type__in=[AreaType.GP, AreaType.PCN])
    )


def how_much_is_known_of(areas: Iterable[Area], organisations: Any) -> dict[int, int]:
    """Of how many indicators some libraries have figures, by the area's primary key; one query."""
    found = (
        Observation.objects.filter(
            area__in=[area.pk for area in areas], indicator__organisation__in=organisations
        )
        .order_by()
        .values("area")
        .annotate(measured=Count("indicator", distinct=True))
    )
    return {each["area"]: each["measured"] for each in found}


def places_of(indicators: Iterable[Indicator]) -> dict[int, list[Figure]]:
    """The totals of all areas and of England, by indicator, in the latest period that an area has
    figures for: the latest for each kind of people. As many queries for many as for one."""
    found: dict[int, list[Figure]] = {indicator.pk: [] for indicator in indicators}
    totals = Observation.objects.filter(indicator__in=list(found), category_type="")
    latest = (
        totals.exclude(area__code=ENGLAND_CODE)
        .order_by()
        .values_list("indicator", "sex", "age")
        .annotate(latest=Max("period_sort"))
    )
    wanted = Q()
    for indicator, sex, age, period_sort in latest:
        wanted |= Q(indicator=indicator, sex=sex, age=age, period_sort=period_sort)
    if wanted:
        for row in shown(totals.filter(wanted).order_by("area__name", "pk")):
            found[row.indicator_id].append(row)
    return found


def places_in(rows: Sequence[Figure], people: People) -> Places:
    """The figures of one kind of people, from `places_of`."""
    kept = [row for row in rows if people.are_in(row)]
    return Places(
        period=kept[0].period if kept else "",
        areas=[row for row in kept if not row.area.is_england],
        england=next((row for row in kept if row.area.is_england), None),
    )


def imports_behind(indicator: Indicator) -> QuerySet[DataImport]:
    """The files its figures came from."""
    ids = Observation.objects.filter(indicator=indicator).values("data_import").distinct()
    return DataImport.objects.filter(pk__in=ids).select_related("upload")


def category_types_about(organisation: Any, area: Area) -> list[str]:
    """The kinds of group that any of an organisation's figures of `area` is broken down by."""
    return list(
        Observation.objects.filter(indicator__organisation=organisation, area=area)
        .exclude(category_type="")
        .order_by("category_type")
        .values_list("category_type", flat=True)
        .distinct()
    )


def indicators_about(organisation: Any, area: Area) -> QuerySet[Indicator]:
    """An organisation's indicators that have figures of `area`."""
    ids = Observation.objects.filter(indicator__organisation=organisation, area=area)
    return Indicator.objects.filter(pk__in=ids.values("indicator"))


def indicators_of(organisation: Any) -> QuerySet[Indicator]:
    """Everything that is measured in an organisation's library, by name."""
    return Indicator.objects.filter(organisation=organisation)


def has_groups(indicator: Indicator, area: Area, category_type: str) -> bool:
    return Observation.objects.filter(
        indicator=indicator, area=area, category_type=category_type
    ).exists()


def home_area(indicator: Indicator, organisation: Any) -> Area | None:
    """The area to show first: the organisation's own, else one it assesses, else the first."""
    areas = areas_with(indicator)
    own = areas.filter(ods_code=organisation.ods_code) if organisation.ods_code else areas.none()
    assessed = areas.filter(needs_assessments__organisation=organisation)
    return own.first() or assessed.first() or areas.first() or _england_if_alone(indicator)


def _england_if_alone(indicator: Indicator) -> Area | None:
    return Area.objects.filter(code=ENGLAND_CODE, observations__indicator=indicator).first()


def _one(area: Area) -> QuerySet[Area]:
    return Area.objects.filter(pk=area.pk)
