"""Charts of figures, drawn in the background and kept; pages show the table until one is there."""

from collections.abc import Iterable
from typing import Any

from evidence.models import Area, ChapterChart, Indicator, NeedsAssessment
from evidence.queries import figures, pictures
from evidence.queries.figures import People
from evidence.queries.pictures import DRAW, edition_of
from vbc.core.models import Job
from vbc.core.services import jobs
from vbc.ui import charts


def ask(
    indicator: Indicator,
    area: Area,
    *,
    by_group: str = "",
    people: People | None = None,
    by: Any,
) -> Job:
    """Have the chart of an indicator and an area drawn: its years, or its groups."""
    return jobs.enqueue(DRAW, indicator, by=by, edition=edition_of(area, by_group, people))


def ask_for_needs(assessment: NeedsAssessment, *, by: Any) -> None:
    """Have every chart of a needs assessment drawn."""
    for chart in assessment.charts.select_related("indicator"):
        ask(chart.indicator, assessment.area, by_group=chart.by_group, by=by)


def ask_again(indicators: Iterable[Indicator], *, by: Any) -> None:
    """Have the charts that show these indicators drawn again, because their figures changed."""
    shown = ChapterChart.objects.filter(indicator__in=list(indicators)).select_related(
        "indicator", "assessment__area"
    )
    for chart in shown:
        ask(chart.indicator, chart.assessment.area, by_group=chart.by_group, by=by)


def draw(indicator: Indicator, edition: str) -> None:
    """Draw what `edition` names, unless the store has it. Raises `ChartFailed` with the reason.

    An edition that names nothing any more (its figures are gone) is no work.
    """
    area = Area.objects.filter(code=edition.split(":", maxsplit=1)[0]).first()
    if area is None:
        return
    rows = figures.figures_of([indicator], area)[indicator.pk]
    for by_group in ["", *figures.category_types_in(rows, area)]:
        for people in [None, *figures.people_in(rows, area)]:
            if edition_of(area, by_group, people) == edition:
                picture = pictures.of_kind(indicator, area, rows, by_group=by_group, people=people)
                charts.stored_svg(picture.spec)
                return
