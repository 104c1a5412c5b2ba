"""What is counted of a service: the figure with its source and day, or why there is none."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from evidence.enums import FigureKind
from evidence.models import Service, ServiceFigure
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import EditedMeanwhile, save_version


def say(
    service: Service,
    *,
    kind: str,
    amount: int | None,
    why_not_known: str = "",
    version: int,
    by: Any,
    **about: Any,
) -> ServiceFigure:
    """The figure and what goes with it (`about`, as `set_known` takes it), or why there is none."""
    if amount is None:
        return set_not_known(service, kind=kind, why=why_not_known, version=version, by=by)
    return set_known(service, kind=kind, value=amount, version=version, by=by, **about)


@transaction.atomic
def set_known(
    service: Service,
    *,
    kind: str,
    value: int,
    source: str,
    dated_on: date,
    unit: str = "",
    period: str = "",
    basis: str = "",
    year: str = "",
    version: int,
    by: Any,
) -> ServiceFigure:
    """The figure of this kind. `value` is whole: pence a year, days, or `unit` over `period`.

    `version` is 0 where there was none. Raises `EditedMeanwhile`, or `Refused` where something
    that the figure needs is missing.
    """
    kind = FigureKind(kind).value
    if not source.strip():
        raise Refused("Say where the figure is from. Nothing was saved.")
    if kind == FigureKind.COST and not (basis and year):
        raise Refused("Say what kind of cost it is, and of which year. Nothing was saved.")
    if kind in FigureKind.with_unit() and not (unit.strip() and period):
        raise Refused("Say what is counted, and over how long. Nothing was saved.")
    fields = {
        "value": value,
        "unit": unit.strip() if kind in FigureKind.with_unit() else "",
        "period": period if kind in FigureKind.with_unit() else "",
        "basis": basis if kind == FigureKind.COST else "",
        "year": year if kind == FigureKind.COST else "",
        "source": source.strip(),
        "dated_on": dated_on,
        "why_not_known": "",
    }
    return _write(service, kind, fields, version, by)


@transaction.atomic
def set_not_known(service: Service, *, kind: str, why: str, version: int, by: Any) -> ServiceFigure:
    """Say that it is not known, and why. Raises `EditedMeanwhile`, or `Refused` without a why."""
    if not why.strip():
        raise Refused("Say why it is not known. Nothing was saved.")
    fields = {
        "value": None,
        "unit": "",
        "period": "",
        "basis": "",
        "year": "",
        "source": "",
        "dated_on": None,
        "why_not_known": why.strip(),
    }
    return _write(service, FigureKind(kind).value, fields, version, by)


def _write(
    service: Service, kind: str, fields: dict[str, Any], version: int, by: Any
) -> ServiceFigure:
    figure = ServiceFigure.objects.filter(service=service, kind=kind).first()
    if figure is None:
        try:
            with transaction.atomic():
                figure = ServiceFigure.objects.create(service=service, kind=kind, **fields)
        except IntegrityError as error:  # Someone wrote it in the same moment.
            raise EditedMeanwhile(ServiceFigure.objects.get(service=service, kind=kind)) from error
    else:
        save_version(figure, expected=version, fields=fields)
    audit.record(
        "service.figure_set",
        service,
        by=by,
        data={"kind": kind, "known": fields["value"] is not None},
    )
    return figure
