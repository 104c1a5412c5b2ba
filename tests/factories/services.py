"""Services as they are, pathways and what is said of them, built through the services."""

import itertools
from datetime import date
from typing import Any

from evidence.enums import CostBasis, FigureKind, FigurePeriod, ProviderSector, ServiceLevel
from evidence.models import Pathway, PathwayStep, Provider, Service, ServiceFigure
from evidence.services import pathways, providers, service_figures, services
from tests.kept import kept

_numbers = itertools.count(10_001)
DAY = date(2026, 3, 2)
SOURCE = "The contract"


@kept
def provider(
    organisation: Any, by: Any, *, sector: str = ProviderSector.NHS, name: str = ""
) -> Provider:
    fields = {"name": name or f"Provider {next(_numbers)}", "sector": sector}
    return providers.add(organisation, fields=fields, by=by)


@kept
def service(
    organisation: Any,
    by: Any,
    *,
    run_by: Provider | None = None,
    sector: str = ProviderSector.NHS,
    groups: tuple[str, ...] = (),
    **said: Any,
) -> Service:
    """One in use, at the level of community care, of a provider of its own."""
    fields = {
        "title": f"Service {next(_numbers)}",
        "description": "Somebody to talk to, for adults.",
        "level": ServiceLevel.COMMUNITY,
        "provider": run_by or provider(organisation, by, sector=sector),
    }
    return services.add(organisation, fields=fields | said, groups=groups, by=by)


@kept
def known(of: Service, kind: str, value: int, *, by: Any, **said: Any) -> ServiceFigure:
    """A figure of the contract, of 2 March 2026."""
    if kind == FigureKind.COST:
        said = {"basis": CostBasis.CONTRACT, "year": "2025-26"} | said
    if kind in FigureKind.with_unit():
        said = {"unit": "people", "period": FigurePeriod.YEAR} | said
    said = {"source": SOURCE, "dated_on": DAY, "version": 0} | said
    return service_figures.set_known(of, kind=kind, value=value, by=by, **said)


@kept
def pathway(organisation: Any, by: Any, **said: Any) -> Pathway:
    fields = {"title": f"Pathway {next(_numbers)}", "summary": "From a crisis to everyday life."}
    return pathways.add(organisation, fields=fields | said, by=by)


@kept
def step(of: Pathway, by: Any, title: str = "", *, through: Service | None = None) -> PathwayStep:
    title = title or ("" if through else f"Step {next(_numbers)}")
    fields = {"service": through, "title": title, "words": ""}
    return pathways.add_step(of, fields=fields, by=by)
