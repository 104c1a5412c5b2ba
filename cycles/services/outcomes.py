"""How we will know whether it worked: where we started, what we hope for, what came of it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.models import Cycle, OutcomeMeasure
from cycles.services.cycles import locked_for
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version


class DayToCome(Refused):
    """Something was measured on a day that has not come."""


class FigureNeedsItsDay(Refused):
    """A figure stands with the day on which it was measured, and a day with its figure."""


@transaction.atomic
def add(cycle: Cycle, *, fields: dict[str, Any], by: Any) -> OutcomeMeasure:
    """A new outcome to measure. `fields`: title, unit, part_of_life, higher_is_better, baseline,
    baseline_on, hoped."""
    cycle = locked_for("edit_outcomes", cycle)
    _refuse_what_cannot_be(fields.get("baseline"), fields.get("baseline_on"))
    measure = OutcomeMeasure.objects.create(cycle=cycle, **fields)
    audit.record("outcome.added", measure, by=by)
    return measure


@transaction.atomic
def edit(
    measure: OutcomeMeasure, *, fields: dict[str, Any], expected: int, by: Any
) -> OutcomeMeasure:
    """Change what is measured, where we started or what we hope for; not while it is reviewed."""
    locked_for("edit_outcomes", measure.cycle)
    _refuse_what_cannot_be(fields.get("baseline"), fields.get("baseline_on"))
    save_version(measure, expected=expected, fields=fields)
    audit.record("outcome.edited", measure, by=by, data={"fields": sorted(fields)})
    return measure


@transaction.atomic
def add_result(
    measure: OutcomeMeasure,
    *,
    result: Decimal | None,
    result_on: date | None,
    comment: str = "",
    expected: int,
    by: Any,
) -> OutcomeMeasure:
    """What it is now, and what we make of it."""
    locked_for("add_result", measure.cycle)
    _refuse_what_cannot_be(result, result_on)
    save_version(
        measure,
        expected=expected,
        fields={"result": result, "result_on": result_on, "comment": comment.strip()},
    )
    audit.record("outcome.measured", measure, by=by)
    return measure


def _refuse_what_cannot_be(figure: Decimal | None, day: date | None) -> None:
    if (figure is None) != (day is None):
        raise FigureNeedsItsDay("A figure needs the day it was measured, and a day its figure.")
    if day is not None and day > timezone.localdate():
        raise DayToCome(
            "Nothing can have been measured on a day to come. Nothing was saved. Write the day on "
            "which it was measured."
        )
