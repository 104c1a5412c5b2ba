"""Reads of services as they are, and the stock take: the facts that gaps are argued from."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from evidence.enums import (
    AssessmentStatus,
    FigureKind,
    ParticularGroup,
    ProviderSector,
    ReferenceKind,
    ServiceLevel,
    ServiceStatus,
)
from evidence.importers.periods import one_year
from evidence.models import (
    Area,
    Indicator,
    NeedsAssessment,
    Provider,
    Reference,
    Service,
    ServiceCluster,
    ServiceCorrection,
    ServiceEvent,
    ServiceFigure,
    ServiceGroup,
)
from evidence.queries import choices, pathways, visible
from stakeholders.models import Organisation, Panel, Stakeholder
from vbc.core.enums import ContributionStatus

# Decided here: fewer than 70 in every 100 places used is worth a question, more than 100 is too.
UNDER_USED, OVER_FULL = 70, 100
# Nothing is used by several times what fits: then the two numbers may count different things.
ASKED_ABOUT = 200
FRESH_FOR = timedelta(days=365)
STATUTORY = (ProviderSector.NHS, ProviderSector.COUNCIL)


def listed_for(
    user: Any,
    *,
    words: str = "",
    level: str = "",
    sector: str = "",
    group: str = "",
    status: str = "",
) -> QuerySet[Service]:
    """Those on the list, narrowed; without a status those that are not closed."""
    found = visible.services_visible_to(user).filter(withdrawn_at__isnull=True)
    if words:
        found = found.filter(
            Q(title__icontains=words)
            | Q(description__icontains=words)
            | Q(place__icontains=words)
            | Q(provider__name__icontains=words)
        )
    if level:
        found = found.filter(level=level)
    if sector:
        found = found.filter(provider__sector=sector)
    if group:
        meant = ServiceGroup.objects.filter(service=OuterRef("pk"), group=group)
        found = found.filter(Exists(meant))
    if status:
        return found.filter(status=status)
    return found.exclude(status=ServiceStatus.CLOSED)


def with_figures(found: QuerySet[Service]) -> QuerySet[Service]:
    """With their figures and groups; two more queries, however many."""
    return found.prefetch_related("figures", "groups")


def summary_of(found: QuerySet[Service]) -> dict[str, int]:
    """How many services, providers and user-led providers, and how many costs are not known."""
    costs = ServiceFigure.objects.filter(
        service=OuterRef("pk"), kind=FigureKind.COST, value__isnull=False
    )
    return found.order_by().aggregate(
        services=Count("pk"),
        providers=Count("provider", distinct=True),
        user_led=Count(
            "provider", distinct=True, filter=Q(provider__sector=ProviderSector.USER_LED)
        ),
        cost_not_known=Count("pk", filter=~Exists(costs)),
    )


def figures_by_kind(service: Service) -> dict[str, ServiceFigure]:
    return {each.kind: each for each in service.figures.all()}


def groups_of(service: Service) -> list[str]:
    """In the order in which groups are always shown."""
    meant = {each.group for each in service.groups.all()}
    return [group for group in ParticularGroup.values if group in meant]


def clusters_of(service: Service) -> QuerySet[ServiceCluster]:
    return service.clusters.all()


def events_of(service: Service) -> QuerySet[ServiceEvent]:
    """From the first to the latest."""
    return service.events.all()


def corrections_of(service: Service) -> QuerySet[ServiceCorrection]:
    """What its authors have not taken back, the first first."""
    return service.corrections.filter(withdrawn_at__isnull=True)


def corrections_waiting(user: Any) -> QuerySet[ServiceCorrection]:
    """Those without an answer, in the libraries that `user` looks after; the oldest first."""
    return (
        ServiceCorrection.objects.filter(
            service__organisation__in=visible.organisations_kept_by(user), withdrawn_at__isnull=True
        )
        .exclude(status__in=sorted(ContributionStatus.answered()))
        .select_related("service")
    )


def providers_listed_for(user: Any) -> QuerySet[Provider]:
    """With how many services they run, as `service_count`."""
    counted = Count("services", filter=Q(services__withdrawn_at__isnull=True))
    return visible.providers_visible_to(user).annotate(service_count=counted).order_by("name", "pk")


def providers_of(organisation: Organisation) -> QuerySet[Provider]:
    return organisation.providers.all()


def stakeholders_of(organisation: Organisation) -> QuerySet[Stakeholder]:
    """Whoever is on a map of the organisation's panels; a provider may be one of them."""
    return Stakeholder.objects.live().around().filter(panel__organisation=organisation)


def stakeholder_of(provider: Provider, user: Any) -> Stakeholder | None:
    """The provider on a panel's map, for those who may see that panel."""
    if provider.stakeholder_id is None:
        return None
    return (
        Stakeholder.objects.live()
        .filter(pk=provider.stakeholder_id, panel__in=Panel.objects.visible_to(user))
        .select_related("panel")
        .first()
    )


def areas_of(organisation: Organisation) -> QuerySet[Area]:
    """Areas that services of the organisation are in."""
    here = Service.objects.kept().filter(area=OuterRef("pk"), organisation=organisation)
    return Area.objects.filter(Exists(here))


# --- What a figure says ---------------------------------------------------------------------------


def is_stale(figure: ServiceFigure, today: date | None = None) -> bool:
    """Whether it is more than twelve months old."""
    today = today or timezone.localdate()
    return figure.dated_on is not None and today - figure.dated_on > FRESH_FOR


def use_of(figures: dict[str, ServiceFigure]) -> int | None:
    """Activity for every 100 of capacity, rounded down; None unless both count the same thing over
    the same time."""
    can, does = figures.get(FigureKind.CAPACITY), figures.get(FigureKind.ACTIVITY)
    if can is None or does is None or not can.value or does.value is None:
        return None
    if (can.unit.casefold(), can.period) != (does.unit.casefold(), does.period):
        return None
    return does.value * 100 // can.value


def is_over_full(figures: dict[str, ServiceFigure]) -> bool:
    """More than there is room for; one more than fits is already more."""
    if use_of(figures) is None:
        return False
    return bool(
        (figures[FigureKind.ACTIVITY].value or 0) > (figures[FigureKind.CAPACITY].value or 0)
    )


# --- The stock take -------------------------------------------------------------------------------


def described_for(organisation: Any, area: Any) -> QuerySet[Service]:
    """The services of an organisation that people of an area can go to today: those there, and
    those of which nobody has said where they are. Each may be a reference to an outer query."""
    found: QuerySet[Service] = Service.objects.open().filter(_in_area(area))
    return found.filter(organisation=organisation)


def _in_area(area: Any) -> Q:
    # Of those of which nobody has said where they are, nothing is left out.
    return Q(area=area) | Q(area__isnull=True)


def stock_take(organisation: Organisation, area: Area | None = None) -> dict[str, Any]:
    """Plain facts about the services of an organisation, in one area or in all. 14 queries at most.

    Counts are of services in use or closing; money is pence a year, of those whose cost is known
    (`cost_years` says which years are added together). Everything in it can be written as JSON.
    Nothing in it is a judgement: `looked_at` lists what somebody asks the panel to look at.
    """
    kept = Service.objects.kept().filter(organisation=organisation)
    if area is not None:
        kept = kept.filter(_in_area(area))
    statuses = Counter(kept.order_by().values_list("status", flat=True))
    found = list(
        kept.filter(status__in=ServiceStatus.open())
        .select_related("provider", "claimed_choice")
        .prefetch_related(
            Prefetch("figures", ServiceFigure.objects.order_by("pk")), "groups", "clusters"
        )
    )
    figures = {each.pk: figures_by_kind(each) for each in found}
    ways = pathways.falls_between(organisation, area)
    facts = {
        "organisation": organisation.name,
        "area": area.name if area else "",
        "services": len(found),
        "providers": len({each.provider_id for each in found}),
        "user_led_providers": len(
            {each.provider_id for each in found if each.provider.sector == ProviderSector.USER_LED}
        ),
        "planned": statuses[ServiceStatus.PLANNED],
        "closing": statuses[ServiceStatus.CLOSING],
        "closed": statuses[ServiceStatus.CLOSED],
        **_money_facts(found, figures),
        "by_level": _by_level(found, figures),
        "by_group": _by_group(found),
        "by_cluster": _by_cluster(found),
        **_use_facts(found, figures),
        "unmet": _unmet(found, figures),
        "looked_at": [
            _named(each, why=each.why_stop) for each in found if each.is_candidate_to_stop
        ],
        "working_with_others": sum(each.is_integrated for each in found),
        "old_figures": sum(
            is_stale(figure) for by_kind in figures.values() for figure in by_kind.values()
        ),
        "falls_between": ways["falls_between"],
        "hand_offs": ways["hand_offs"],
        "hand_offs_not_known": ways["not_known"],
        "no_choice": choices.without_choice(found),
    }
    facts["checklist"] = _checklist(organisation, found, facts)
    return facts


def _named(service: Service, **more: Any) -> dict[str, Any]:
    return {
        "title": service.title,
        "provider": service.provider.name,
        "url": service.get_absolute_url(),
        **more,
    }


def _cost(figures: dict[str, ServiceFigure]) -> int | None:
    cost = figures.get(FigureKind.COST)
    return cost.value if cost else None


def _money(
    found: Iterable[Service], figures: dict[int, dict[str, ServiceFigure]]
) -> dict[str, int]:
    """How many, what those with a known cost come to, and of how many it is not known."""
    costs = [_cost(figures[each.pk]) for each in found]
    return {
        "services": len(costs),
        "cost_pence": sum(cost or 0 for cost in costs),
        "cost_not_known": costs.count(None),
    }


def _one_year(written: str) -> str:
    """2025/26 and 2025-26 are one year, also where they were written down before that was asked."""
    try:
        return one_year(written)
    except ValueError:
        return written


def _money_facts(
    found: list[Service], figures: dict[int, dict[str, ServiceFigure]]
) -> dict[str, Any]:
    total = _money(found, figures)
    years = {
        _one_year(figure.year)
        for by_kind in figures.values()
        if (figure := by_kind.get(FigureKind.COST)) and figure.value is not None
    }
    return {
        "cost_pence": total["cost_pence"],
        "cost_not_known": total["cost_not_known"],
        "cost_years": sorted(years),
    }


def _by_level(
    found: list[Service], figures: dict[int, dict[str, ServiceFigure]]
) -> list[dict[str, Any]]:
    """Each level with its services, money, share of every £100, and the same for each sector."""
    cells: dict[tuple[str, str], list[Service]] = defaultdict(list)
    for each in found:
        cells[each.level, each.provider.sector].append(each)
    rows: list[dict[str, Any]] = []
    for level in ServiceLevel:
        sectors = [
            {"sector": sector.value, "label": str(sector.label)}
            | _money(cells[level, sector], figures)
            for sector in ProviderSector
        ]
        here = [each for sector in ProviderSector for each in cells[level, sector]]
        row: dict[str, Any] = {"level": level.value, "label": str(level.label)}
        rows.append(row | {"sectors": sectors} | _money(here, figures))
    shares = out_of_100([row["cost_pence"] for row in rows])
    return [row | {"of_100": share} for row, share in zip(rows, shares, strict=True)]


def out_of_100(amounts: list[int]) -> list[int]:
    """Each amount's share of 100, whole and adding up to 100 (largest remainders); all 0 of
    nothing."""
    total = sum(amounts)
    if not total:
        return [0] * len(amounts)
    shares = [amount * 100 // total for amount in amounts]
    by_remainder = sorted(range(len(amounts)), key=lambda n: (-(amounts[n] * 100 % total), n))
    for place in by_remainder[: 100 - sum(shares)]:
        shares[place] += 1
    return shares


def _by_group(found: list[Service]) -> list[dict[str, Any]]:
    """For each group the services meant for it; an empty list is "none that we know of"."""
    return [
        {
            "group": group.value,
            "label": str(group.label),
            "services": [_named(each) for each in found if group in groups_of(each)],
        }
        for group in ParticularGroup
    ]


def _by_cluster(found: list[Service]) -> list[dict[str, Any]]:
    """For each care cluster that is named: services, people, money; None where none is known."""
    rows: dict[int, list[ServiceCluster]] = defaultdict(list)
    for service in found:
        for each in service.clusters.all():
            rows[each.cluster].append(each)
    return [
        {
            "cluster": cluster,
            "services": len(rows[cluster]),
            "people": _sum_of_known(each.people for each in rows[cluster]),
            "cost_pence": _sum_of_known(each.cost_pence for each in rows[cluster]),
        }
        for cluster in sorted(rows)
    ]


def _sum_of_known(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _use_facts(
    found: list[Service], figures: dict[int, dict[str, ServiceFigure]]
) -> dict[str, Any]:
    under, over, not_compared = [], [], 0
    for each in found:
        known = figures[each.pk]
        use = use_of(known)
        if use is None:
            not_compared += 1
            continue
        activity, capacity = known[FigureKind.ACTIVITY], known[FigureKind.CAPACITY]
        fact = _named(
            each,
            activity=activity.value,
            capacity=capacity.value,
            unit=capacity.unit,
            period=str(capacity.get_period_display()),
            of_100=use,
        )
        if use < UNDER_USED:
            under.append(fact)
        elif is_over_full(known):
            over.append(fact)
    return {"under_used": under, "over_full": over, "use_not_known": not_compared}


def _unmet(
    found: list[Service], figures: dict[int, dict[str, ServiceFigure]]
) -> list[dict[str, Any]]:
    """Who is said to go without, service by service; `people` is None where nobody has counted."""
    return [
        _named(each, words=each.unmet_need, people=number.value if number else None)
        for each in found
        if (number := figures[each.pk].get(FigureKind.UNMET)) is not None or each.unmet_need
    ]


def _checklist(
    organisation: Organisation, found: list[Service], facts: dict[str, Any]
) -> list[dict[str, Any]]:
    """What a stock take asks for, and how much of it is there: `have` of `of`.

    Source of the list: Commissioning Friend for Mental Health Services (NMHDU, December 2009),
    stock take. `of` is None where any number will do.
    """
    sectors = Counter(each.provider.sector for each in found)
    number = len(found)

    def written(field: str) -> int:
        return sum(bool(getattr(each, field)) for each in found)

    guidance = Reference.objects.kept().filter(
        organisation=organisation, kind=ReferenceKind.GUIDANCE
    )
    needs = NeedsAssessment.objects.filter(
        organisation=organisation, status=AssessmentStatus.PUBLISHED
    )
    have = {
        "statutory": sum(sectors[each] for each in STATUTORY),
        "independent": sectors[ProviderSector.INDEPENDENT],
        "voluntary": sectors[ProviderSector.VOLUNTARY] + sectors[ProviderSector.USER_LED],
        "costs": number - facts["cost_not_known"],
        "effectiveness": written("effectiveness"),
        "deficits": written("deficits"),
        "unmet_need": len(facts["unmet"]),
        "workforce": written("workforce"),
        "benchmarks": Indicator.objects.filter(organisation=organisation).count(),
        "guidance": guidance.count(),
        "needs": needs.count(),
        "looked_at": len(facts["looked_at"]),
    }
    of_all = {"costs", "effectiveness", "deficits", "unmet_need", "workforce"}
    return [
        {"part": part, "have": count, "of": number if part in of_all else None}
        for part, count in have.items()
    ]
