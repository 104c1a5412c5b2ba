"""A list of services in and out: read from a file, and written into one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from evidence.enums import (
    CostBasis,
    FigureKind,
    FigurePeriod,
    ParticularGroup,
    ProviderSector,
    ServiceLevel,
    ServiceStatus,
    WayIn,
)
from evidence.importers import RowProblem, service_list
from evidence.importers import service_columns as columns
from evidence.importers.service_list import ServiceFile
from evidence.importers.service_row import ServiceRow
from evidence.models import Provider, Service, ServiceFigure, ServiceGroup
from evidence.queries.services import figures_by_kind, groups_of
from evidence.services.services import in_order
from vbc.core import spreadsheets
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.ui.money import in_figures

WORDS: dict[str, dict[str, str]] = {
    name: {value: str(label) for value, label in kind.choices}
    for name, kind in (
        ("sector", ProviderSector),
        ("level", ServiceLevel),
        ("status", ServiceStatus),
        ("groups", ParticularGroup),
        ("ways_in", WayIn),
        ("basis", CostBasis),
        ("period", FigurePeriod),
    )
}


@dataclass(frozen=True)
class Taken:
    """What became of a file. Where `is_kept` is False, nothing of it was."""

    is_kept: bool
    added: int
    there_already: int
    problems: list[RowProblem]
    ignored: tuple[str, ...]
    without_table: tuple[str, ...] = ()
    had_example: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether no line could be used at all."""
        return not self.added and not self.there_already


@transaction.atomic
def take(organisation: Any, *, stream: Any, keep_good_rows: bool, by: Any) -> Taken:
    """Add the services of a file that are not on the list yet; those that are stay as they are.

    One row that cannot be read keeps the whole file out, unless `keep_good_rows`. Raises
    `UnreadableFile` where it cannot be used at all. Everything is written in a few statements and
    stands in the audit as one entry: whoever acts meanwhile waits for its head.
    """
    found = service_list.read(stream, WORDS)
    known = {
        each.name.casefold(): each for each in Provider.objects.filter(organisation=organisation)
    }
    problems = [*found.problems, *_of_other_sectors(found, known)]
    wrong = {each.line for each in problems}
    if problems and not keep_good_rows:
        return _taken(found, problems, is_kept=False)
    there = {
        (provider.casefold(), title.casefold())
        for provider, title in Service.objects.kept()
        .filter(organisation=organisation)
        .values_list("provider__name", "title")
    }
    rows = [row for row in found.rows if row.line not in wrong]
    new = [row for row in rows if (row.provider.casefold(), row.title.casefold()) not in there]
    try:
        with transaction.atomic():
            made = _write(organisation, new, known, by)
    except IntegrityError as error:
        raise Refused(
            "Somebody added one of these services in the same moment. Nothing was added. Add the "
            "file again: what is there already stays as it is."
        ) from error
    if made:
        ids = [service.public_id for service in made]
        audit.record("service.imported", organisation, by=by, data={"services": ids})
    there_already = len(rows) - len(new)
    return _taken(found, problems, is_kept=True, added=len(new), there_already=there_already)


def _taken(
    found: ServiceFile,
    problems: list[RowProblem],
    *,
    is_kept: bool,
    added: int = 0,
    there_already: int = 0,
) -> Taken:
    return Taken(
        is_kept,
        added,
        there_already,
        problems,
        found.ignored,
        found.sheets.without,
        found.had_example,
    )


def _of_other_sectors(found: ServiceFile, known: dict[str, Provider]) -> list[RowProblem]:
    """A provider has one sector, in the library and within the file."""
    sectors = {name: provider.sector for name, provider in known.items()}
    problems = []
    for row in found.rows:
        there = sectors.setdefault(row.provider.casefold(), row.sector)
        if there != row.sector:
            column = columns.CHOSEN["sector"]
            message = (
                f"{found.lines.called(row.line)}, “{column}”: “{row.provider}” is said to be "
                f"“{ProviderSector(there).label}” elsewhere. Make the two agree."
            )
            problems.append(RowProblem(row.line, column, row.sector, message))
    return problems


def _write(
    organisation: Any, rows: list[ServiceRow], known: dict[str, Provider], by: Any
) -> list[Service]:
    unknown = {
        row.provider.casefold(): Provider(
            organisation=organisation, name=row.provider, sector=row.sector
        )
        for row in reversed(rows)  # Written as the first line writes it.
        if row.provider.casefold() not in known
    }
    Provider.objects.bulk_create(unknown.values())
    providers = known | unknown
    made: list[Service] = Service.objects.bulk_create(
        Service(
            organisation=organisation,
            provider=providers[row.provider.casefold()],
            title=row.title,
            description=row.description,
            level=row.level,
            status=row.status or ServiceStatus.IN_USE,
            place=row.place,
            contact=row.contact,
            age_from=row.age_from,
            age_to=row.age_to,
            ways_in=in_order(row.ways_in),
            contract_ends=row.contract_ends,
            created_by=by,
        )
        for row in rows
    )
    ServiceGroup.objects.bulk_create(
        ServiceGroup(service=service, group=group)
        for service, row in zip(made, rows, strict=True)
        for group in row.groups
    )
    ServiceFigure.objects.bulk_create(
        ServiceFigure(
            service=service,
            kind=figure.kind,
            value=figure.value,
            unit=figure.unit,
            period=figure.period,
            basis=figure.basis,
            year=figure.year,
            source=row.source,
            dated_on=row.dated_on,
        )
        for service, row in zip(made, rows, strict=True)
        for figure in row.figures
    )
    return made


def allowed_words() -> list[tuple[str, list[str]]]:
    """What may be written in each column that takes certain words only, each list once."""
    meant_for = [columns.EVERYBODY, columns.ADULTS, *WORDS["groups"].values()]
    periods = " and ".join(f"{each}" for each in columns.PERIODS.values())
    return [
        (columns.CHOSEN["sector"], list(WORDS["sector"].values())),
        (columns.CHOSEN["level"], list(WORDS["level"].values())),
        (columns.CHOSEN["status"], list(WORDS["status"].values())),
        (columns.SEVERAL["groups"], meant_for),
        (columns.SEVERAL["ways_in"], list(WORDS["ways_in"].values())),
        (columns.COST_BASIS, list(WORDS["basis"].values())),
        (periods, list(WORDS["period"].values())),
    ]


def pattern() -> str:
    """A file with the right columns and one line that shows how to fill them in."""
    example = _example()
    return spreadsheets.table(columns.HEAD, [[example.get(name, "") for name in columns.HEAD]])


def _example() -> dict[str, str]:
    return {
        columns.TEXTS["title"][0]: columns.EXAMPLE,
        columns.TEXTS["description"][0]: "A house with six beds for adults in a crisis",
        columns.TEXTS["provider"][0]: "The Open Door",
        columns.TEXTS["place"][0]: "Leeds",
        columns.TEXTS["contact"][0]: "The front desk, 0113 496 0106",
        columns.CHOSEN["sector"]: str(ProviderSector.VOLUNTARY.label),
        columns.CHOSEN["level"]: str(ServiceLevel.CRISIS.label),
        columns.CHOSEN["status"]: str(ServiceStatus.IN_USE.label),
        columns.SEVERAL["groups"]: columns.ADULTS,
        columns.SEVERAL["ways_in"]: f"{WayIn.SELF.label}; {WayIn.GP.label}",
        columns.NUMBERS["age_from"]: "18",
        columns.DAY["contract_ends"]: "31/3/2027",
        columns.COST: "385000",
        columns.COST_BASIS: str(CostBasis.CONTRACT.label),
        columns.COST_YEAR: "2025-26",
        columns.CAPACITY: "6",
        columns.UNITS[columns.CAPACITY]: "beds",
        columns.PERIODS[columns.CAPACITY]: str(FigurePeriod.AT_ONCE.label),
        columns.ACTIVITY: "540",
        columns.UNITS[columns.ACTIVITY]: "people",
        columns.PERIODS[columns.ACTIVITY]: str(FigurePeriod.YEAR.label),
        columns.WAITING: "1",
        columns.SOURCE: "The contract",
        columns.AS_OF: "1/4/2026",
    }


def written(found: Iterable[Service]) -> str:
    """The services as a table, with the columns that can be read in again. Contacts are left out:
    a file travels further than a page."""
    head = [name for name in columns.HEAD if name != columns.TEXTS["contact"][0]]
    return spreadsheets.table(
        head, [[cells[name] for name in head] for cells in map(_cells, found)]
    )


def _cells(service: Service) -> dict[str, object]:
    figures = figures_by_kind(service)
    cost, capacity, activity, waiting = (
        figures.get(kind)
        for kind in (
            FigureKind.COST,
            FigureKind.CAPACITY,
            FigureKind.ACTIVITY,
            FigureKind.WAITING,
        )
    )
    known = [
        each for each in (cost, capacity, activity, waiting) if each and each.value is not None
    ]
    return {
        columns.TEXTS["title"][0]: service.title,
        columns.TEXTS["description"][0]: service.description,
        columns.TEXTS["provider"][0]: service.provider.name,
        columns.TEXTS["place"][0]: service.place,
        columns.CHOSEN["sector"]: service.provider.get_sector_display(),
        columns.CHOSEN["level"]: service.get_level_display(),
        columns.CHOSEN["status"]: service.get_status_display(),
        columns.SEVERAL["groups"]: "; ".join(
            str(ParticularGroup(each).label) for each in groups_of(service)
        ),
        columns.SEVERAL["ways_in"]: "; ".join(str(WayIn(each).label) for each in service.ways_in),
        columns.NUMBERS["age_from"]: _or_empty(service.age_from),
        columns.NUMBERS["age_to"]: _or_empty(service.age_to),
        columns.DAY["contract_ends"]: _or_empty(service.contract_ends),
        columns.COST: in_figures(cost.value) if cost and cost.value is not None else "",
        columns.COST_BASIS: cost.get_basis_display() if cost else "",
        columns.COST_YEAR: cost.year if cost else "",
        columns.CAPACITY: _value(capacity),
        columns.UNITS[columns.CAPACITY]: capacity.unit if capacity else "",
        columns.PERIODS[columns.CAPACITY]: capacity.get_period_display() if capacity else "",
        columns.ACTIVITY: _value(activity),
        columns.UNITS[columns.ACTIVITY]: activity.unit if activity else "",
        columns.PERIODS[columns.ACTIVITY]: activity.get_period_display() if activity else "",
        columns.WAITING: _value(waiting),
        columns.SOURCE: "; ".join(dict.fromkeys(each.source for each in known)),
        columns.AS_OF: min((each.dated_on for each in known if each.dated_on), default=""),
    }


def _value(figure: ServiceFigure | None) -> object:
    return _or_empty(figure.value) if figure else ""


def _or_empty(value: object) -> object:
    return "" if value is None else value
