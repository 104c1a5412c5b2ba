"""Charts of figures, drawn in the background and kept; pages show the table until one is there."""

from collections.abc import Iterable, Sequence
from typing import Any

from evidence.enums import Display
from evidence.models import Area, ChapterChart, Indicator, NeedsAssessment
from evidence.queries import figures, hopes, pictures
from evidence.queries.figures import People
from evidence.queries.gaps import DRAW_HOPES, gaps_by_theme
from evidence.queries.pictures import DRAW, DRAW_PROFILE, Figures, edition_of, profile_edition
from stakeholders.models import Organisation
from vbc.core.models import Job
from vbc.core.services import jobs
from vbc.ui import charts


def ask(
    indicator: Indicator,
    area: Area,
    *,
    display: str = "",
    by_group: str = "",
    people: People | None = None,
    by: Any,
) -> Job:
    """Have the chart of an indicator and an area drawn: its years, its groups, or as said."""
    edition = edition_of(area, by_group, people, display)
    return jobs.enqueue(DRAW, indicator, by=by, edition=edition)


def ask_profile(
    organisation: Organisation,
    area: Area,
    *,
    display: str,
    beside: Sequence[Area] = (),
    by: Any,
) -> Job:
    """Have a chart of all indicators that an organisation has of an area drawn."""
    return jobs.enqueue(
        DRAW_PROFILE,
        organisation,
        by=by,
        edition=profile_edition(display, area, beside),
        organisation=organisation,
    )


def ask_for_chart(chart: ChapterChart, *, by: Any) -> Job:
    """Have a chart of a needs assessment drawn."""
    area = chart.assessment.area
    if chart.indicator is None:
        return ask_profile(chart.assessment.organisation, area, display=chart.display, by=by)
    return ask(chart.indicator, area, display=chart.display, by_group=chart.by_group, by=by)


def ask_for_needs(assessment: NeedsAssessment, *, by: Any) -> None:
    """Have every chart of a needs assessment drawn."""
    for chart in assessment.charts.select_related(
        "indicator", "assessment__area", "assessment__organisation"
    ):
        ask_for_chart(chart, by=by)


def ask_again(indicators: Iterable[Indicator], *, by: Any) -> None:
    """Have the charts that show these indicators drawn again, because their figures changed."""
    changed = list(indicators)
    libraries = {indicator.organisation_id for indicator in changed}
    every = ChapterChart.objects.select_related(
        "indicator", "assessment__area", "assessment__organisation"
    )
    for chart in every.filter(indicator__in=changed):
        ask_for_chart(chart, by=by)
    for chart in every.filter(indicator=None, assessment__organisation__in=libraries):
        ask_for_chart(chart, by=by)


def draw(indicator: Indicator, edition: str) -> None:
    """Draw what `edition` names, unless the store has it. Raises `ChartFailed` with the reason.

    An edition that names nothing any more (its figures are gone) is no work.
    """
    area = Area.objects.filter(code=edition.split(":", maxsplit=1)[0]).first()
    if area is None:
        return
    read = Figures([indicator], area)
    rows = read.about(indicator)
    everybody = [None, *figures.people_in(rows, area)]
    for display in Display:
        about_groups = display in Display.ABOUT_GROUPS
        for by_group in figures.category_types_in(rows, area) if about_groups else [""]:
            for people in everybody:
                if edition_of(area, by_group, people, display) == edition:
                    picture = pictures.of_kind(
                        indicator, read, display=display, by_group=by_group, people=people
                    )
                    _keep(picture.specs)
                    return


def draw_profile(organisation: Organisation, edition: str) -> None:
    """Draw what `edition` names, unless the store has it. Raises `ChartFailed` with the reason."""
    display, _, keys = edition.partition(":")
    found = Area.objects.in_bulk([int(key) for key in keys.split(".") if key.isdecimal()])
    areas = [found[int(key)] for key in keys.split(".") if key.isdecimal() and int(key) in found]
    if not areas or display not in Display.ABOUT_AN_AREA:
        return
    area, *beside = areas
    read = Figures(list(figures.indicators_about(organisation, area)), area)
    _keep(pictures.of_area(read, display=display, beside=beside).specs)


def ask_for_hopes(organisation: Organisation, *, by: Any) -> Job:
    """Have the picture drawn of how it is and what people hope for, as it stands today."""
    edition = hopes.edition(gaps_by_theme(organisation))
    return jobs.enqueue(DRAW_HOPES, organisation, by=by, edition=edition, organisation=organisation)


def draw_hopes(organisation: Organisation) -> None:
    """Draw it, unless the store has it. Raises `ChartFailed` with the reason."""
    themes = gaps_by_theme(organisation)
    if hopes.latest(themes):
        _keep(hopes.specifications(themes))


def _keep(specs: Iterable[dict[str, Any]]) -> None:
    """Draw each and keep it, the wide one first."""
    for spec in specs:
        charts.stored_svg(spec)
