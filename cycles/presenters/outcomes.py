"""Outcomes on a page."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from cycles.models import OutcomeMeasure
from cycles.queries.outcomes import figure, in_words
from vbc.ui.dates import day_in_words

COUNTS = {True: "What is done", False: "Whether people are better off", None: "Not said yet"}


def summaries(measures: Iterable[OutcomeMeasure]) -> list[dict[str, Any]]:
    """Each outcome with its sentence and its figures."""
    return [
        {"measure": measure, "sentence": in_words(measure), "facts": facts(measure)}
        for measure in measures
    ]


def facts(measure: OutcomeMeasure) -> list[dict[str, str]]:
    """Where we started, what we hope for, what it is now; what is not known is said."""
    better = "more is better" if measure.higher_is_better else "less is better"
    hoped = figure(measure.hoped, measure.unit)
    rows = [
        ("What it counts", COUNTS[measure.is_output]),
        ("Part of life", measure.get_part_of_life_display()),
        ("Where we started", _dated(measure.baseline, measure.unit, measure.baseline_on)),
        ("What we hope for", f"{hoped} ({better})" if hoped else "Not said yet"),
        ("What it is now", _dated(measure.result, measure.unit, measure.result_on)),
    ]
    if measure.comment:
        rows.append(("What we make of it", measure.comment))
    return [{"key": key, "value": value} for key, value in rows if value]


def _dated(value: Decimal | None, unit: str, day: date | None) -> str:
    if value is None or day is None:
        return "Not measured yet"
    return f"{figure(value, unit)}, on {day_in_words(day)}"
